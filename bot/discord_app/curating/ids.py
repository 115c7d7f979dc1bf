"""The custom ids of curators' buttons, menus and forms.

Comes in: what a button does, a number (of a draft that is kept, of a proposal, a change, a page) and a word (which
fact, say). Goes out: at most 100 characters, and back. They are told apart from those of answers by the letter behind
`att`, and hold nothing secret and no right: rights are looked at when the button is pressed.

    attc1:save:17:            version 1, save the draft that is kept as 17
    attc1:fact:4:relations-…  version 1, confirm (the fourth of the actions) that fact
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from urllib.parse import quote

from bot.discord_app.parts import Button, Row
from bot.discord_app.press_ids import Family, Pressed
from bot.knowledge.base import KnowledgeBase

VERSION = 1

_HANDLE = 70  # characters of a fact's id that stand in a button; a longer one is found by its print


class Verb(StrEnum):
    """What a button, menu or form does. The words are on messages out there: never give one another meaning."""

    # a draft that is kept, by its number
    SAVE = "save"
    AGAIN = "again"
    CANCEL = "cancel"
    WHOLE = "whole"
    BEGIN = "begin"
    BEGIN_FORM = "begin_form"
    WORDS = "words"
    WORDS_FORM = "words_form"
    DATES = "dates"
    DATES_FORM = "dates_form"
    SOURCE = "source"
    SOURCE_FORM = "source_form"
    SIDE = "side"
    SIDE_FORM = "side_form"
    # a fact, by its id; a change, by its number
    FACT = "fact"
    CHOSEN = "chosen"
    FOUND = "found"
    CHANGES = "changes"
    CHANGE = "change"
    UNDO = "undo"
    # a proposal, by its number
    ACCEPT = "accept"
    REJECT = "reject"
    REJECT_FORM = "reject_form"
    SKIP = "skip"
    NEXT = "next"
    SUGGEST_FORM = "suggest_form"
    WITHDRAW = "withdraw"
    # what to work on, by page or by a kept number
    STALE = "stale"
    GAPS = "gaps"
    GAP = "gap"
    TEACH = "teach"
    TURNED = "turned"
    HIDE = "hide"
    UNHIDE = "unhide"
    # who takes part in a fact that is being added, by the number of its draft; `place` by that and one digit behind it
    PLACES = "places"
    RELATION = "relation"
    PLACE = "place"
    NARROWER = "narrower"
    NAMES = "names"
    NAMES_FORM = "names_form"
    READY = "ready"


FORMS = frozenset(verb for verb in Verb if verb.value.endswith("_form"))


@dataclass(frozen=True, slots=True)
class Press(Pressed[Verb]):
    """What was pressed, chosen or sent."""


_FAMILY = Family("c", VERSION, Verb, Press)
write, read, press = _FAMILY.write, _FAMILY.read, _FAMILY.press


def turner(verb: Verb, page: int, pages: int, word: str = "") -> list[Row]:
    """The row that turns pages; nothing where there is only one."""
    if pages < 2:
        return []
    back = Button("‹ Back", write(verb, page - 1, word), disabled=page == 1)
    here = Button(f"{page} of {pages}", write(verb, 10**6 + page, word), disabled=True)
    return [Row((back, here, Button("Next ›", write(verb, page + 1, word), disabled=page == pages)))]


def handle(id_: str) -> str:
    """What stands for a fact in a button: its id where that fits, else a print of it."""
    return id_ if len(quote(id_, safe="")) <= _HANDLE else f"~{blake2b(id_.encode(), digest_size=12).hexdigest()}"


def fact_of(kb: KnowledgeBase, held: str) -> str:
    """The id of the fact that a handle stands for, retired ones too; empty where it is not on file."""
    if not held.startswith("~"):
        return held if held in kb or held in kb.retired else ""
    every = (*(fact.id for fact in kb.facts()), *kb.retired)
    return next((id_ for id_ in every if handle(id_) == held), "")
