"""Dates of any precision (a year, a month, a day) and the periods that facts hold for.

A partial date is kept as its text (`2025`, `2025-08`, `2025-08-31`): text of equal precision sorts by time, and the
precision is part of what is known.
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

# Plain digits only: other scripts' digits would pass as numbers and then fail to sort as text.
_PARTIAL = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")

MONTHS = tuple(calendar.month_name)[1:]


def is_partial_date(text: str) -> bool:
    """Whether `text` is a calendar date of year, month or day precision."""
    try:
        first_day(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=16_384)  # a base of 100,000 facts asks over a million times for few thousand dates
def first_day(text: str) -> datetime.date:
    """The first day of a partial date. Raises ValueError for anything that is no date."""
    found = _PARTIAL.match(text)
    try:
        if not found:
            raise ValueError
        return datetime.date(*(int(part) if part else 1 for part in found.groups()))
    except ValueError:
        raise ValueError(f"'{text}' is not a date (2025, 2025-08 or 2025-08-31)") from None


def day_after(text: str) -> datetime.date:
    """The first day that no longer belongs to a partial date."""
    first = first_day(text)
    if len(text) == 4:
        return datetime.date(first.year + 1, 1, 1)
    if len(text) == 7:
        return datetime.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + datetime.timedelta(days=1)


def spoken(text: str) -> str:
    """A partial date as it is read aloud: `31 August 2025`, `August 2025`, `2025`."""
    day = first_day(text)
    if len(text) == 4:
        return text
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return month if len(text) == 7 else f"{day.day} {month}"


@dataclass(frozen=True, slots=True)
class Since:
    """When something became true. `latest` is set for `by DATE`: true on that day, the beginning is not known."""

    date: str | None
    latest: bool = False

    @classmethod
    def parse(cls, text: str | None) -> "Since":
        """Read `DATE`, `by DATE`, `unknown` or nothing. Raises ValueError for anything else."""
        if text is None or text == "unknown":
            return cls(None)
        latest = text.startswith("by ")
        date = text[3:].strip() if latest else text
        first_day(date)
        return cls(date, latest)

    @property
    def exact(self) -> bool:
        """Whether the beginning itself is known, so that the time before it is known too."""
        return self.date is not None and not self.latest

    @property
    def day(self) -> datetime.date | None:
        """The first day of the date, None where it is unknown."""
        return first_day(self.date) if self.date else None


@dataclass(frozen=True, slots=True)
class Span:
    """The days a question asks about: from `first` up to, not including, `after`."""

    first: datetime.date
    after: datetime.date

    @classmethod
    def of(cls, text: str) -> "Span":
        """The days of a partial date."""
        return cls(first_day(text), day_after(text))

    @classmethod
    def day(cls, day: datetime.date) -> "Span":
        """One day."""
        return cls(day, day + datetime.timedelta(days=1))

    @property
    def last(self) -> datetime.date:
        """The last day of the span."""
        return self.after - datetime.timedelta(days=1)
