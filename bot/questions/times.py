"""The closed grammar of time: which days a question asks about.

Comes in: a sentence's words and the day of asking. Goes out: `TimeSpan`s, each the words it takes up and the `At` it
means. The words themselves (months, "before", "ago") come from the language file.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.dates import Span, day_after, first_day, is_partial_date
from bot.questions.query import At

_YEAR = re.compile(r"[12]\d{3}\Z")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\Z")
_DECADE = re.compile(r"([12]\d{2}0|[2-9]0)s\Z")
# "The last decade" is the ten years up to now to some and the calendar's to others: the words are left over, and block.
UNSURE = frozenset({("decade", 1)})
_FIRST = datetime.date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Words `start` to `end` (exclusive) name a time. `at` is None for a date that does not exist."""

    start: int
    end: int
    at: At | None


class TimeWords:
    """The language file's words of time, ready for look-up."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        def phrases(key: str) -> list[tuple[str, ...]]:
            return sorted((tuple(p.split()) for p in row.get(key, ())), key=len, reverse=True)

        self.modes = {
            "in": phrases("at"),
            "by": phrases("by"),
            "before": phrases("before"),
            "after": phrases("after"),
            "since": phrases("since"),
            "throughout": phrases("throughout"),
        }
        self.between, self.joins, self.ago = phrases("between"), phrases("joins"), phrases("ago")
        self.fillers = frozenset(row.get("fillers", ()))
        self.last, self.this = phrases("last"), phrases("this")
        self.units = {word: unit for unit, names in row.get("units", {}).items() for word in names}
        self.months = {word: int(n) for n, names in row.get("months", {}).items() for word in names}

    def mode_before(self, words: Sequence[str], at: int) -> tuple[str, int]:
        """The preposition that ends before `at`, and where it starts; ("in", at) if there is none."""
        best = ("in", at)
        for mode, phrases in self.modes.items():
            for phrase in phrases:
                start = at - len(phrase)
                if start >= 0 and tuple(words[start:at]) == phrase and at - start > at - best[1]:
                    best = (mode, start)
        return best


def find_times(
    words: Sequence[str],
    today: datetime.date,
    language: TimeWords,
    anchors: Sequence[tuple[int, int, Span, str]] = (),
) -> list[TimeSpan]:
    """Every time that the words name. `anchors` are mentions of things with a period: (start, end, span, text).

    An anchor counts only behind a preposition of time, since most mentions of a war are not about its date.
    """
    found: list[TimeSpan] = []
    index = 0
    while index < len(words):
        date = _date_at(words, index, language) or _relative_at(words, index, today, language)
        if date is None:
            index += 1
            continue
        end, text = date
        mode, start = language.mode_before(words, index)
        mode, start = _skip_article(words, mode, start, index, language)
        ranged = _range(words, index, end, text, language)
        if ranged:
            found.append(ranged)
            index = ranged.end
            continue
        found.append(TimeSpan(start, end, _at(mode, text, today)))
        index = end
    for start, end, span, text in anchors:
        before = start - 1 if start and words[start - 1] in language.fillers else start
        mode, begin = language.mode_before(words, before)
        if begin < before:
            found.append(TimeSpan(begin, end, _anchored(mode, span, text, today)))
    return found


def _skip_article(words: Sequence[str], mode: str, start: int, index: int, language: TimeWords) -> tuple[str, int]:
    """For "in the year 2020" or "before the 1990s": short words between preposition and date belong to the date."""
    if start == index and index >= 1:
        for gap in (1, 2):
            mode_at = index - gap
            if mode_at > 0 and all(w in language.fillers for w in words[mode_at:index]):
                before, earlier = language.mode_before(words, mode_at)
                if earlier < mode_at:
                    return before, earlier
    return mode, start


def _date_at(words: Sequence[str], i: int, language: TimeWords) -> tuple[int, str] | None:
    """A date that begins at word `i`: (end, text). The text may be no real date (31 February)."""

    def word(k: int) -> str:
        return words[k] if k < len(words) else ""

    day = _DAY.match(word(i))
    joiner = 1 if word(i + 1) in language.fillers else 0
    if day and word(i + 1 + joiner) in language.months:
        month = language.months[word(i + 1 + joiner)]
        if _YEAR.match(word(i + 2 + joiner)):
            return i + 3 + joiner, f"{word(i + 2 + joiner)}-{month:02}-{int(day[1]):02}"
        return None
    if word(i) in language.months:
        month = language.months[word(i)]
        day = _DAY.match(word(i + 1))
        if day and _YEAR.match(word(i + 2)):
            return i + 3, f"{word(i + 2)}-{month:02}-{int(day[1]):02}"
        if _YEAR.match(word(i + 1)):
            return i + 2, f"{word(i + 1)}-{month:02}"
        return None
    if _DECADE.match(word(i)):
        return i + 1, word(i)
    if _YEAR.match(word(i)):
        return i + 1, word(i)
    return None


def _relative_at(words: Sequence[str], i: int, today: datetime.date, language: TimeWords) -> tuple[int, str] | None:
    """ "five years ago", "last year", "this month": (end, text), or None."""
    if words[i].isdigit() and len(words[i]) <= 3 and i + 2 < len(words):
        unit = language.units.get(words[i + 1])
        behind = next((p for p in language.ago if tuple(words[i + 2 : i + 2 + len(p)]) == p), None)
        if unit and behind:
            return i + 2 + len(behind), _back(today, int(words[i]), unit)
    for phrases, count in ((language.last, 1), (language.this, 0)):
        for phrase in phrases:
            end = i + len(phrase)
            unit = language.units.get(words[end]) if end < len(words) else None
            if unit and tuple(words[i:end]) == phrase and (unit, count) not in UNSURE:
                return end + 1, _back(today, count, unit)
    return None


def _back(today: datetime.date, count: int, unit: str) -> str:
    """The year, month or decade that lies `count` units before today."""
    if unit == "month":
        months = max(12, today.year * 12 + today.month - 1 - count)
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "decade":
        return f"{max(1000, (today.year // 10 - count) * 10)}s"
    return f"{max(1000, today.year - count)}"


def _range(words: Sequence[str], i: int, end: int, first: str, language: TimeWords) -> TimeSpan | None:
    """ "between 1992 and 2000", "from 1992 to 2000"."""
    second = _date_at(words, end, language)
    if second and len(first) == len(second[1]) == 4 and first.isdigit() and second[1].isdigit() and first < second[1]:
        _, start = language.mode_before(words, i)  # "2016-2020", "in 2016/2020"
        return TimeSpan(start, second[0], At(f"{first}/{second[1]}", Span(first_day(first), day_after(second[1]))))
    opening = next((p for p in language.between if i >= len(p) and tuple(words[i - len(p) : i]) == p), None)
    if opening is None:
        return None
    for join in language.joins:
        if tuple(words[end : end + len(join)]) == join:
            second = _date_at(words, end + len(join), language)
            if second and is_partial_date(first) and is_partial_date(second[1]):
                start_day, after = first_day(first), day_after(second[1])
                if after > start_day:
                    at = At(f"{first}/{second[1]}", Span(start_day, after))
                    return TimeSpan(i - len(opening), second[0], at)
    return None


def _span_of(text: str) -> Span | None:
    decade = _DECADE.match(text)
    if decade:
        year = int(decade[1]) if len(decade[1]) == 4 else 1900 + int(decade[1])
        return Span(datetime.date(year, 1, 1), datetime.date(year + 10, 1, 1))
    return Span.of(text) if is_partial_date(text) else None


def _at(mode: str, text: str, today: datetime.date) -> At | None:
    span = _span_of(text)
    return None if span is None else _anchored(mode, span, text, today)


def _anchored(mode: str, span: Span, text: str, today: datetime.date) -> At:
    shaped: Mapping[str, Callable[[], Span]] = {
        "in": lambda: span,
        "throughout": lambda: span,
        "by": lambda: Span.day(span.last),
        "before": lambda: Span.day(span.first - datetime.timedelta(days=1)) if span.first > _FIRST else span,
        "after": lambda: Span(span.after, max(today + datetime.timedelta(days=1), span.after)),
        "since": lambda: Span(span.first, max(today + datetime.timedelta(days=1), span.after)),
    }
    return At(text, shaped[mode](), mode)
