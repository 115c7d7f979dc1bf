"""Facts that nobody has looked at for longer than their relation allows, those first that matter most.

Comes in: the engine that serves, and how often each query was asked. Goes out: facts with their sources, and how one
would ask for them. What matters is how often a fact is asked for, times how long it has been due.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.curation.asked import counted, question
from bot.engine import Engine
from bot.knowledge.dates import first_day
from bot.knowledge.records import Source
from bot.state.store import ANSWER_DAYS, Store


@dataclass(frozen=True, slots=True)
class Stale:
    """A fact that is due: asked for so often in the last 90 days, and so many `over` days past its interval."""

    fact: str
    question: str
    asked: int
    over: int
    as_of: str
    sources: tuple[Source, ...]

    @property
    def weight(self) -> int:
        """How much it matters."""
        return (self.asked + 1) * self.over


def stale(engine: Engine, store: Store, today: datetime.date, limit: int | None = None) -> list[Stale]:
    """The facts that are due, those first that matter most. Raises StateError."""
    asked = times_asked(engine, store.question_counts(today - datetime.timedelta(days=ANSWER_DAYS)), today)
    kb = engine.kb
    due: list[tuple[int, int, str]] = []
    for fact in kb.facts():
        over = (today - first_day(fact.as_of)).days - kb.relations[fact.relation].recheck_days
        lasting = not fact.until and fact.status != "claimed"  # what is over, or was said once, stays so
        if over > 0 and lasting:
            due.append((asked[fact.id], over, fact.id))
    due.sort(key=lambda one: (-(one[0] + 1) * one[1], -one[1], one[2]))
    found = []
    for times, over, id_ in due[:limit]:
        fact = kb.fact(id_)
        sources = tuple(kb.source(source) for source in fact.sources)
        found.append(Stale(id_, question(engine, fact), times, over, fact.as_of, sources))
    return found


def times_asked(engine: Engine, counts: Mapping[str, int], today: datetime.date) -> Counter[str]:
    """How often each fact was asked for. A question whose answer rests on many is shared out among them, rounded down:
    a list that is asked for a hundred times is no hundred questions about each on it."""
    shares: dict[str, float] = {}
    for query, times in counted(engine, counts):
        facts = engine.answer(query, today).facts
        for fact in facts:
            shares[fact] = shares.get(fact, 0.0) + times / len(facts)
    return Counter({fact: int(share + 1e-9) for fact, share in shares.items()})
