"""Dates of any precision: read, spoken, ordered; and nothing else passes for a date."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.dates import Since, Span, day_after, first_day, is_partial_date, spoken


@pytest.mark.parametrize(
    ("text", "first", "after", "said"),
    [
        ("2025", "2025-01-01", "2026-01-01", "2025"),
        ("2025-08", "2025-08-01", "2025-09-01", "August 2025"),
        ("2025-12", "2025-12-01", "2026-01-01", "December 2025"),
        ("2025-08-31", "2025-08-31", "2025-09-01", "31 August 2025"),
        ("2024-02-29", "2024-02-29", "2024-03-01", "29 February 2024"),
        ("1000", "1000-01-01", "1001-01-01", "1000"),
        ("2999-12-31", "2999-12-31", "3000-01-01", "31 December 2999"),
    ],
)
def test_a_date_of_each_precision(text: str, first: str, after: str, said: str) -> None:
    """Its first day, the day after it, and how it is read aloud."""
    assert first_day(text).isoformat() == first
    assert day_after(text).isoformat() == after
    assert spoken(text) == said


@pytest.mark.parametrize(
    "text",
    ["", "25", "999", "3000", "20255", "2025-13", "2025-00", "2025-02-30", "2023-02-29", "2025-8", "2025-08-1", " 2025",
     "2025 ", "2025\n", "2025-08-31T00:00", "2025/08", "31.08.2025", "٢٠٢٥", "2٠25", "２０２５", "unknown", "by 2025"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    """Each is refused with a message that shows what is wanted."""
    assert not is_partial_date(text)
    with pytest.raises(ValueError, match=r"is not a date \(2025, 2025-08 or 2025-08-31\)"):
        first_day(text)


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_day_lies_in_each_of_its_dates(day: datetime.date, length: int) -> None:
    """A date holds its first day, not the day after it, and is read back from its text."""
    text = day.isoformat()[:length]
    assert first_day(text) <= day < day_after(text)
    assert is_partial_date(text)
    assert str(day.year) in spoken(text)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_is_not(text: str) -> None:
    """No other error than the one that says so."""
    if is_partial_date(text):
        assert first_day(text) < day_after(text)


@pytest.mark.parametrize(
    ("text", "date", "latest", "exact"),
    [
        (None, None, False, False),
        ("unknown", None, False, False),
        ("2011", "2011", False, True),
        ("by 2011", "2011", True, False),
        ("by 2011-05-03", "2011-05-03", True, False),
    ],
)
def test_since(text: str | None, date: str | None, latest: bool, exact: bool) -> None:
    """A beginning is a date, a latest date, or not known."""
    since = Since.parse(text)
    assert (since.date, since.latest, since.exact) == (date, latest, exact)
    assert since.day == (first_day(date) if date else None)


@pytest.mark.parametrize("text", ["by", "by ", "by unknown", "before 2011", "2011-13", "by 2011-02-30", "soon", ""])
def test_what_is_no_beginning(text: str) -> None:
    """The message is about the date, not about the calendar's inner life."""
    with pytest.raises(ValueError, match="is not a date"):
        Since.parse(text)


def test_spans() -> None:
    """The days that a question asks about."""
    assert Span.of("2020-02") == Span(datetime.date(2020, 2, 1), datetime.date(2020, 3, 1))
    assert Span.of("2020-02").last == datetime.date(2020, 2, 29)
    day = datetime.date(2020, 2, 29)
    assert Span.day(day) == Span(day, datetime.date(2020, 3, 1))
    assert Span.day(day).last == day
