"""Where the facts of a deck come from: a topic, a list or an overview, or what was missed in a quiz.

An origin is a JSON object with one of the keys `topic` (a key of a topic), `query` (a query, whose answer's facts are
meant) or `facts` (ids). It is looked up each time, so that new facts join a deck and those that are gone leave it.
"""

import datetime
from collections.abc import Callable, Collection, Iterable
from typing import Any

from bot.engine import Engine
from bot.questions.query import Query
from bot.state.queries import query_from_json, query_to_json

TOPIC, QUERY, FACTS = "topic", "query", "facts"

# The ids of the facts of a topic; none for a topic that there is not, or no longer.
Topics = Callable[[str], Iterable[str]]


def of_topic(key: str) -> dict[str, Any]:
    """The origin of a topic."""
    return {TOPIC: key}


def of_query(query: Query) -> dict[str, Any]:
    """The origin of a list or an overview: what its answer rests on."""
    return {QUERY: query_to_json(query)}


def of_facts(facts: Iterable[str]) -> dict[str, Any]:
    """The origin of facts that were named: those of a quiz, or those of it that were missed."""
    return {FACTS: list(dict.fromkeys(facts))}


def facts_of(engine: Engine, origin: Any, today: datetime.date, topics: Topics) -> tuple[str, ...]:
    """The ids of the facts of an origin that are served now. None for one that this version does not understand."""
    if not isinstance(origin, dict) or len(origin) != 1:
        return ()
    ((sort, value),) = origin.items()
    found: Collection[str] = ()
    if sort == TOPIC and isinstance(value, str):
        found = tuple(topics(value))
    elif sort == FACTS and isinstance(value, list):
        found = [fact for fact in value if isinstance(fact, str)]
    elif sort == QUERY:
        found = _of_answer(engine, value, today)
    return tuple(fact for fact in dict.fromkeys(found) if fact in engine.kb)


def _of_answer(engine: Engine, value: Any, today: datetime.date) -> tuple[str, ...]:
    try:
        query = query_from_json(value)
        return engine.answer(query, today).facts
    except (ValueError, KeyError):  # of another version, or about something that is on file no longer
        return ()
