"""Questions about both directions at once: "do A and B owe each other?".

Comes in: a query that names two, of a relation in which order counts. Goes out: one Answer with what is on file of
each direction: true if both are, false if one is false, and else no more than what is known of each.
"""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.answers.answer import Answer
from bot.answers.several import resting
from bot.answers.words import verdict_apart
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dates import first_day
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.compose import Composer


def meant(kb: KnowledgeBase, query: Query) -> bool:
    """Whether a query asks for both directions of a statement that may be true in one only."""
    return query.mutual and bool(query.subject and query.object) and not kb.relations[query.relation].symmetric


def answer(composer: "Composer", query: Query, today: datetime.date) -> Answer:
    """What is on file of both directions. A reason that is known of one side is told; a date must be known of both."""
    ways = (replace(query, mutual=False), replace(query.turned(), mutual=False))
    made = [composer.answer(way, today) for way in ways]
    verdict = _verdict([a.verdict for a in made])
    enough = any if query.form == "why" else all
    text = _both(*(verdict_apart(a.text)[1] for a in made))
    if verdict != "no" and not enough(a.status == "answered" for a in made):
        return Answer("no_record", text, query)
    if query.form == "whether":
        key = "mutual_neither" if all(a.verdict == "no" for a in made) else f"mutual_{verdict}"
        text = composer.words.message(key, {"text": text}) or text
    return replace(resting(query, made), text=text, verdict=verdict, value=_value(query, [a.value for a in made]))


def _value(query: Query, values: list[Any]) -> Any:
    """Since when, or for how long, it is true of both: the later date, the shorter time; None unless both are known."""
    if query.form == "when" and all(isinstance(value, str) for value in values):
        return max(values, key=first_day)
    if query.form == "how_many" and all(isinstance(value, int) for value in values):
        return min(values)
    return None


def _both(one: str, two: str) -> str:
    """Two texts, and what both end with once."""
    for at in (i + 1 for i in range(len(one)) if one.startswith(". ", i)):
        if two.endswith(one[at:]):
            return f"{one[:at]} {two}"
    return one if one == two else f"{one} {two}"


def _verdict(verdicts: list[str | None]) -> str | None:
    """No if one is a no; a yes only of two."""
    return next((v for v in ("no", None, "disputed", "yes") if v in verdicts), None)
