"""Tells the texts on file: a position, a definition, what an article says; of two that are compared, those of both.

Comes in: a query of a relation whose facts are texts. Goes out: an Answer.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.draft import Draft
from bot.answers.evidence import known_within, span_of, statements
from bot.answers.words import fill
from bot.knowledge.records import Fact
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

TEXTS = 6  # texts in one answer; an article makes at most this many claims about one pair


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """The texts about whom the query names; where it sets two apart, of both, or of neither."""
    # Beside a subject `minus` is whose side is taken; without one, what the object is set apart from.
    compared = bool(query.minus) and not query.subject
    asked = (replace(query, minus=None), replace(query, object=query.minus, minus=None)) if compared else (query,)
    draft = Draft(query)
    told: list[Fact] = []
    for one in asked:
        facts = _on_file(composer, one, today)
        if not facts:
            return replace(composer.no_record(one), query=query)
        for fact in _closest_first(facts, one)[:TEXTS]:
            _tell(composer, draft, one, fact)
        told += facts
    verdict = "disputed" if all(f.status == "disputed" for f in told) else None
    value = " ".join(f.text or "" for f in told) if len(told) == len(asked) else None
    return composer.finish(draft, today, verdict=verdict, value=value)


def _on_file(composer: "Composer", query: Query, today: datetime.date) -> list[Fact]:
    """The facts with a text that hold on the days asked about; without a date, also what is over if all is."""
    span = span_of(query, today)
    found = [f for f in statements(composer.kb, query, any_narrowing=not query.narrows) if f.text]
    return [f for f in found if known_within(f, span, *query.participants())] or ([] if query.at else found)


def _tell(composer: "Composer", draft: Draft, query: Query, fact: Fact) -> None:
    words = composer.words
    values = words.values(query, claimed_by=fact.claimed_by, date=words.date(fact.as_of))
    if fact.status == "claimed":
        draft.say(fill(words.term("says"), {**values, "text": fact.text or ""}))
    else:
        draft.say(fact.text)
    if fact.status == "disputed":
        for side in fact.dispute:
            draft.say(fill(words.term("side"), {"by": side.by, "text": side.text}))
            draft.sources.update(dict.fromkeys(side.sources))
    draft.say(fact.note)
    draft.rest_on((fact,))


def _closest_first(facts: Sequence[Fact], query: Query) -> list[Fact]:
    """Those that speak of nobody else first, then the newest."""
    newest = sorted(facts, key=lambda f: f.since.date or f.as_of, reverse=True)
    return sorted(newest, key=lambda f: len(set(f.participants()) - set(query.participants())))
