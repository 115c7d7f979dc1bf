"""Dates as people type them: in words, by the reader's own grammar of time, or in numbers.

Comes in: a text. Goes out: the dates it may mean, each as exact as it was typed (`2025`, `2025-08`, `2025-08-31`).
"""

import datetime
import re

from bot.knowledge.dates import is_partial_date
from bot.questions.text import words
from bot.questions.times import TimeWords, find_times

_NUMBERS = re.compile(r"\d+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def typed_dates(text: str, today: datetime.date, language: TimeWords) -> tuple[str, ...]:
    """The dates that a text may mean: one, several where day and month may be either, none where it names none.

    8/9/2025 is the 8th of September or the 9th of August. Two digits are no year.
    """
    said = list(words(text.replace("/", " ").replace(".", " ").replace("-", " ").replace("–", " ")))
    if any(word in language.months for word in said):
        found = [span.at.text for span in find_times(said, today, language) if span.at and span.at.mode != "before"]
        return tuple(date for date in found if is_partial_date(date)) if len(found) == 1 else ()
    numbers = _NUMBERS.findall(_ORDINAL.sub("", text.casefold()))
    return tuple(dict.fromkeys(date for date in _orders(numbers) if is_partial_date(date)))


def _orders(numbers: list[str]) -> list[str]:
    """The ways to put numbers together to a date."""
    years = [number for number in numbers if len(number) == 4]
    if len(years) != 1 or len(numbers) > 3 or any(len(n) > 2 for n in numbers if n not in years):
        return []
    (year,) = years
    rest = [int(number) for number in numbers if number != year]
    if not rest:
        return [year]
    if len(rest) == 1:
        return [f"{year}-{rest[0]:02}"]
    one, two = rest
    if numbers[0] == year:  # the year first is followed by the month
        return [f"{year}-{one:02}-{two:02}"]
    return [f"{year}-{two:02}-{one:02}", f"{year}-{one:02}-{two:02}"]
