"""Every member of the United Nations with every contested entity: what is answered is what is on file, no more.

The oracle here is as plain as can be and shares no code with the answers: it goes through all facts and complete lists.
"""

import datetime

import pytest

from bot.engine import Engine
from bot.knowledge.records import Fact

DAY = datetime.date(2026, 11, 22)
CONTESTED = (
    "kosovo", "palestine", "israel", "taiwan", "sahrawi-republic", "northern-cyprus", "abkhazia", "south-ossetia",
    "transnistria", "artsakh", "somaliland", "taliban", "north-korea", "south-korea", "cyprus", "armenia", "azerbaijan",
    "turkey", "holy-see", "china",
)  # fmt: skip
EVENTS = ("armenian-genocide", "holodomor", "khojaly")


def now(fact: Fact, *who: str) -> bool:
    """Whether a fact holds, or does not, on the day."""
    since, until = fact.period_of(*who)
    begun = since.day is None or since.day <= DAY
    return begun and (until is None or until[:10].ljust(10, "0") > DAY.isoformat())


def expected(engine: Engine, relation: str, one: str, two: str) -> str:
    """The verdict on "one … two" straight from facts and lists; `answered` for a mere claim, or `no_record`."""
    kb = engine.kb
    assert not kb.relations[relation].symmetric
    found = [
        f for f in kb.facts(relation)
        if one in {p.who for p in f.roles[0]} and two in {p.who for p in f.roles[1]}
        and all(kb.relations[relation].counts_as.get(value, True) for value in f.narrows.values())
    ]  # fmt: skip
    facts = [f for f in found if f.status != "claimed"]
    current = [f for f in facts if now(f, one, two)]
    implied = [
        f for name in kb.implying(relation) for f in kb.facts(name, one, two) if now(f, one, two) and f.holds
    ]  # fmt: skip
    if any(f.holds and f.status == "settled" for f in current):
        return "yes"
    if any(f.status == "disputed" for f in current):
        return "disputed"
    if current:
        return "no"
    if any(f.status == "settled" for f in implied):
        return "yes"
    if any(f.holds and f.until for f in facts):
        return "no"
    if any(now(f, one, two) for f in found):
        return "answered"  # somebody's claim, told as theirs: no verdict of ours
    speaking = [
        c for c in kb.coverages
        if c.relation == relation and not c.narrows
        and one in kb.members(c.subject, DAY) and two in kb.members(c.object, DAY)
    ]  # fmt: skip
    speaking.sort(key=lambda c: len(kb.members(c.object, DAY)))
    if speaking:
        return "yes" if speaking[0].unlisted else "no"
    return "no_record"


def differing(engine: Engine, relation: str, other: str, name: str) -> list[tuple[object, ...]]:
    """The questions, one for each member, that are read or answered otherwise than they should be."""
    wrong: list[tuple[object, ...]] = []
    for state in sorted(engine.kb.members("un-members", DAY) - {other}):
        question = f"Does {engine.kb.entities[state].label} recognise {name}?"
        answer = engine.ask(question, today=DAY)
        query = answer.query
        read = query and (query.relation, query.form, query.subject, query.object)
        told, wanted = answer.verdict or answer.status, expected(engine, relation, state, other)
        if read != (relation, "whether", (state,), (other,)) or told != wanted:
            wrong.append((question, read, told, wanted))
    return wrong


@pytest.mark.parametrize("other", CONTESTED)
def test_recognition(engine: Engine, other: str) -> None:
    """One canonical wording for all: read as it is meant, and answered from the facts and lists."""
    assert differing(engine, "recognition", other, engine.kb.entities[other].label) == []


@pytest.mark.parametrize("event", EVENTS)
def test_events(engine: Engine, event: str) -> None:
    """What states call an event, in the same way."""
    assert differing(engine, "event_recognition", event, engine.kb.entities[event].stated) == []
