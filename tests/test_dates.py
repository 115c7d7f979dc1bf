"""What a date asked about lets be known: no more than the dates on file tell."""

import datetime

import pytest

from bot.answers.evidence import too_coarse
from bot.knowledge.dates import Since, Span

DAY = Span.day(datetime.date(1972, 6, 15))


@pytest.mark.parametrize(
    ("since", "until", "span", "coarse"),
    [
        ("1960", "1972", Span.of("1971"), False), ("1960", "1972", Span.of("1972"), True),
        ("1960", "1972", DAY, True), ("1960", "1972", Span.day(datetime.date(1972, 12, 31)), False),
        ("1960", "1972", Span.of("1973"), False), ("1960", "1972-06", DAY, True), ("1960", "1972-06-15", DAY, False),
        ("1972", None, Span.of("1972"), False), ("1972", None, DAY, True), ("by 1972", None, DAY, True),
        ("1972", None, Span.of("1973"), False), ("unknown", None, DAY, False),
        ("2026", None, Span.of("2026-06"), False),
    ],
)  # fmt: skip
def test_dates_too_coarse_for_a_day(since: str, until: str | None, span: Span, *, coarse: bool) -> None:
    """Within the year of a change nothing is known of a day; of its last day, and from the newest source on, it is."""
    assert too_coarse(Since.parse(since), until, "2026-05", span) is coarse
