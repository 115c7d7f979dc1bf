"""Every way to ask that the language files hold is read, and won by its own intent."""

import datetime

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


def test_no_line_is_read_as_another_relation(engine: Engine) -> None:
    """No sentence made from one intent's line is answered as another relation or form."""
    stolen = []
    tried: dict[str, int] = {}
    for made in Maker(engine).all():
        key = f"{made.intent.id}: {made.line}"
        tried[key] = tried.get(key, 0) + 1
        if tried[key] > MOST:
            continue
        reading = engine.read(made.text, (), TODAY)
        query = reading.query
        if query is not None and query.relation != made.intent.relation:
            stolen.append(f"{made.intent.id}: {made.text} -> {query.rule}")
    assert not stolen, "\n".join(stolen)
