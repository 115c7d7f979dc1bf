"""Cards as a package for Anki. A later import updates the notes, by their guids, and leaves the scheduling as it is.

Comes in: cards and the time of the export. Goes out: the bytes of an .apkg file. The numbers below are what Anki knows
the deck and the kind of note by: they never change, nor do the fields; a card's guid is made from its key alone.
"""

import datetime
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from bot.knowledge.records import Source
from bot.study.export import Taken

DECK_ID, MODEL_ID = 1_764_230_917, 1_764_230_923
DECK = "Attaché"
FIELDS = ("Question", "Choices", "Answer", "Back", "AsOf", "Sources", "Key")

_FRONT = '<div class="question">{{Question}}</div>{{#Choices}}<ul>{{Choices}}</ul>{{/Choices}}'
_BACK = """{{FrontSide}}
<hr id="answer">
<div class="answer">{{Answer}}</div>
<div class="back">{{Back}}</div>
<div class="small">As of {{AsOf}} · {{Sources}}</div>"""
_STYLE = """.card { font-family: sans-serif; font-size: 20px; line-height: 1.35; text-align: center; }
.question { font-weight: 600; }
ul { display: inline-block; margin: 0.8em auto 0; padding: 0; list-style: none; text-align: left; }
li { margin: 0.25em 0; }
.answer { font-size: 1.2em; font-weight: 600; }
.back { margin: 0.7em auto 0; max-width: 34em; }
.small { margin-top: 1em; font-size: 0.65em; opacity: 0.75; }"""


def write(cards: Iterable[Taken], at: datetime.datetime) -> bytes:
    """The package. Of two exports Anki takes the later one's texts, so `at` must be the time of this one."""
    import genanki

    model = genanki.Model(
        MODEL_ID, DECK, fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}], css=_STYLE,
    )  # fmt: skip
    deck = genanki.Deck(DECK_ID, DECK)
    for card in cards:
        deck.add_note(_note(genanki, model, card))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.apkg"
        genanki.Package(deck).write_to_file(str(path), timestamp=at.timestamp())
        return path.read_bytes()


def _note(genanki: Any, model: Any, card: Taken) -> Any:
    fields = [
        escape(card.question), "".join(f"<li>{escape(choice)}</li>" for choice in card.choices), escape(card.answer),
        escape(card.back).replace("\n", "<br>"), escape(card.as_of), "; ".join(map(_source, card.sources)),
        escape(card.key),
    ]  # fmt: skip
    tags = [f"attache::{tag}" for tag in card.tags]
    return genanki.Note(model, fields, guid=genanki.guid_for("attache", card.key), tags=tags, sort_field=card.key)


def _source(source: Source) -> str:
    told = escape(f"{source.publisher}: {source.title}")
    return f'<a href="{escape(source.url)}">{told}</a>' if source.url else told
