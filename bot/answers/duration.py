"""How long a statement has been true, or was: counted from its beginning to its end, or to today.

Comes in: a question about a statement, and the day. Goes out: how it stands, with its length first and as its value.
"""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import when
from bot.answers.evidence import taking_part
from bot.answers.words import verdict_apart
from bot.knowledge.dates import first_day
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.compose import Composer

DAYS, MONTHS = 60, 24  # up to so many days are told in days, up to so many months in months


def answer(composer: "Composer", query: Query, today: datetime.date) -> "Answer":
    """How the statement stands, with its length before it where its beginning is known exactly."""
    said = composer.whether(query, today)
    if query.negated:
        return _not_so(composer, query, said, today)
    dated = when.answer(composer, replace(query, form="when", date="since"), today)
    if said.status != "answered" or not isinstance(dated.value, str) or not dated.facts:
        return said
    fact = composer.kb.fact(dated.facts[0])
    _, until = fact.period_of(*taking_part(query, fact))
    count, unit = _length(dated.value, until or today.isoformat())
    told = composer.words.message(unit if count != 1 else unit.removesuffix("s"), {"count": str(count)})
    return replace(said, text=f"{told} {verdict_apart(said.text)[1]}", value=count)


def _not_so(composer: "Composer", query: Query, said: "Answer", today: datetime.date) -> "Answer":
    """How the statement stands, with how long ago it ended before it; no length where it is true or never was."""
    ended = when.answer(composer, replace(query, form="when", date="until"), today)
    if said.status != "answered" or said.verdict != "no" or not isinstance(ended.value, str):
        return said
    count, unit = _length(ended.value, today.isoformat())
    told = composer.words.message(unit if count != 1 else unit.removesuffix("s"), {"count": str(count)})
    return replace(said, text=f"{told} {verdict_apart(said.text)[1]}", value=count)


def _length(since: str, until: str) -> tuple[int, str]:
    """A count and its unit. Two dates of which one is only a month or year are no longer apart than that is exact."""
    begun, ended = first_day(since), first_day(until)
    exact = min(len(since), len(until))
    days = (ended - begun).days
    if exact == len("2025-08-31") and days <= DAYS:
        return days, "days"
    months = (ended.year - begun.year) * 12 + ended.month - begun.month
    if exact == len("2025-08-31") and ended.day < begun.day:
        months -= 1
    if exact > len("2025") and months <= MONTHS:
        return months, "months"
    return (months // 12 if exact > len("2025") else ended.year - begun.year), "years"
