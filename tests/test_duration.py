"""How long something has been so, or was: as exact as its dates are, and no more exact."""

import datetime

import pytest

from bot.answers.duration import _length
from bot.engine import Engine

DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("since", "until", "length"),
    [
        ("1967-06-05", "1967-06-10", (5, "days")), ("2025-08-31", "2025-10-30", (60, "days")),
        ("2025-08-31", "2025-10-31", (2, "months")), ("2025-08-31", "2026-11-22", (14, "months")),
        ("2025-08", "2025-10-31", (2, "months")), ("2008-02-17", "2026-02-16", (17, "years")),
        ("2008-02-17", "2026-02-17", (18, "years")), ("2008", "2026-11-22", (18, "years")),
        ("2026", "2026-11-22", (0, "years")),
    ],
)  # fmt: skip
def test_lengths(since: str, until: str, length: tuple[int, str]) -> None:
    """Days for what was short, then months, then whole years; a year alone is no day."""
    assert _length(since, until) == length


@pytest.mark.parametrize(
    ("question", "value", "begins"),
    [
        ("For how long has Costa Rica recognised Kosovo?", 18, "18 years. Costa Rica has recognised Kosovo since"),
        ("how long has Turkey been in NATO?", 74, "74 years. Turkey has belonged to NATO since"),
        ("how long did the Six-Day War last?", 5, "5 days. The Six-Day War lasted"),
        ("how long did Nauru recognise Taiwan?", None, ""),
    ],
)
def test_answers(engine: Engine, question: str, value: int | None, begins: str) -> None:
    """The number is the value; where no exact beginning is on file there is none."""
    answer = engine.ask(question, today=DAY)
    assert answer.status == "answered"
    assert answer.query is not None
    assert answer.query.form == "how_many"
    assert answer.text.startswith(begins)
    if value is not None:
        assert answer.value == value
