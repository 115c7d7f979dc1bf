"""Every way to ask that the language files hold is read, and won by its own intent."""

import datetime

import pytest

from bot.engine import Engine
from tests.sentences import Maker

TODAY = datetime.date(2026, 11, 22)
MOST = 3  # sentences a line; more say the same with optional words


def test_every_line_is_won_by_its_own_intent(engine: Engine) -> None:
    """A sentence said with a line's own words is read as that line's query, whichever line is found first."""
    lost: dict[str, str] = {}
    lines: set[str] = set()
    won: set[str] = set()
    for made in Maker(engine).all():
        key = f"{made.intent.id}: {made.line}"
        lines.add(key)
        if key in won:
            continue
        text = f"{made.text[:-1]} in 2020?" if made.intent.change else made.text
        reading = engine.read(text, (), TODAY)
        queries = (reading.query,) if reading.query else reading.options
        if any(q is not None and q.relation == made.intent.relation and q.form == made.intent.form for q in queries):
            won.add(key)
        else:
            lost[key] = f"{made.text} -> {reading.status} {reading.reason} {reading.line}"
    missing = {key: why for key, why in lost.items() if key not in won}
    assert not missing, "\n".join(f"{key}\n    {why}" for key, why in sorted(missing.items()))
    assert len(lines) > 100


def _stolen(engine: Engine, most: int) -> list[str]:
    """Sentences, at most so many a line, that are read as another relation than the line's."""
    stolen = []
    tried: dict[str, int] = {}
    for made in Maker(engine).all():
        key = f"{made.intent.id}: {made.line}"
        tried[key] = tried.get(key, 0) + 1
        if tried[key] > most:
            continue
        query = engine.read(made.text, (), TODAY).query
        if query is not None and query.relation != made.intent.relation:
            stolen.append(f"{made.intent.id}: {made.text} -> {query.rule}")
    return stolen


def test_no_line_is_read_as_another_relation(engine: Engine) -> None:
    """No sentence made from one intent's line is read as another relation."""
    assert not (stolen := _stolen(engine, MOST)), "\n".join(stolen)


@pytest.mark.soak
def test_no_skeleton_is_read_as_another_relation(engine: Engine) -> None:
    """The same for every skeleton of every line: some tens of thousands of sentences."""
    assert not (stolen := _stolen(engine, 1_000_000)), "\n".join(stolen)
