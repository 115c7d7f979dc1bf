"""Cards to take along: what is written on each, in an order and under names that a later export finds again.

Comes in: who makes questions, and facts. Goes out: cards as plain texts, or as the bytes of a CSV file. The package for
Anki is `anki_package.py`'s.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import spoken
from bot.knowledge.records import Source
from bot.study.asked import Asked
from bot.study.deck import KINDS, Maker, ask

PER_FACT = 2  # cards of one fact; the kinds that ask for most come first
COLUMNS = ("key", "question", "choices", "answer", "back", "as_of", "sources", "tags")


@dataclass(frozen=True, slots=True)
class Taken:
    """A card. `key`, the fact's id and the kind of question, stays from export to export."""

    key: str
    question: str
    choices: tuple[str, ...]
    answer: str
    back: str
    as_of: str
    sources: tuple[Source, ...]
    tags: tuple[str, ...]


# What was made of each fact, as long as its maker is there: everything on file takes a quarter of a minute.
_MADE: WeakKeyDictionary[Maker, dict[str, tuple[Taken, ...]]] = WeakKeyDictionary()


def taken(kb: KnowledgeBase, maker: Maker, facts: Iterable[str]) -> Iterator[Taken]:
    """The cards of the facts, in their order, PER_FACT of each at most. Facts that cannot be asked give none."""
    made = _MADE.setdefault(maker, {})
    for fact in dict.fromkeys(facts):
        if fact not in made:
            asked = filter(None, (ask(maker, fact, kind) for kind in KINDS))
            made[fact] = tuple(_taken(kb, one) for one in islice(asked, PER_FACT))
        yield from made[fact]


def chosen(kb: KnowledgeBase, maker: Maker, cards: Iterable[tuple[str, str]]) -> Iterator[Taken]:
    """The cards of these facts and kinds of question, in their order; those that cannot be asked any more give none."""
    for fact, kind in dict.fromkeys(cards):
        asked = ask(maker, fact, kind)
        if asked is not None:
            yield _taken(kb, asked)


def _taken(kb: KnowledgeBase, asked: Asked) -> Taken:
    fact = kb.fact(asked.fact)
    tags = (fact.relation, *fact.participants(), *((fact.named,) if fact.named else ()))
    return Taken(
        asked.key, asked.text, asked.choices, asked.answer, asked.back, spoken(asked.as_of),
        tuple(kb.source(id_) for id_ in asked.sources), tuple(dict.fromkeys(tags)),
    )  # fmt: skip


def to_csv(cards: Iterable[Taken]) -> bytes:
    """The cards as a CSV file with a head line, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for card in cards:
        sources = "; ".join(f"{s.publisher}: {s.title}{f' {s.url}' if s.url else ''}" for s in card.sources)
        rows.writerow([
            card.key, _plain(card.question), " | ".join(card.choices), _plain(card.answer), card.back, card.as_of,
            sources, " ".join(card.tags),
        ])  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text
