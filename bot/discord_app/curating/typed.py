"""What a curator types for a date, a narrowing or a page, as a draft wants it.

Comes in: text. Goes out: dates as the files write them, or a TypedError whose text is the sentence to show.
"""

import datetime
import re
from collections.abc import Iterable

from bot.discord_app.escape import escape
from bot.discord_app.limits import fit
from bot.knowledge.dates import MONTHS, is_partial_date, spoken
from bot.knowledge.records import Relation

STILL = "still so"  # what takes an end out again

_SPOKEN = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?:of )?(?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})")
_DOTTED = re.compile(r"(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.(?P<year>\d{4})")
_BY = re.compile(r"(?:by|at least|at the latest|no later than) (.+)")


class TypedError(ValueError):
    """Something typed that cannot be read; `told` says so, and what would be read instead."""

    def __init__(self, told: str, typed: str) -> None:
        """`{}` within what is told stands for what was typed."""
        super().__init__(typed)
        self.told = told.replace("{}", fit(escape(typed), 100))


def date_of(text: str, today: datetime.date) -> str:
    """A date of any precision: `2025`, `2025-08`, "31 August 2025", "31.8.2025", "today"."""
    typed = " ".join(text.lower().replace(",", " ").split())
    if typed in ("today", "now"):
        return today.isoformat()
    found = _SPOKEN.fullmatch(typed) or _MONTH_FIRST.fullmatch(typed) or _DOTTED.fullmatch(typed)
    made = typed
    if found:
        month = _month(found["month"])
        made = f"{found['year']}-{month:02}" if month else ""
        made += f"-{int(found['day']):02}" if found["day"] else ""
    if not is_partial_date(made):
        hint = "Try `2025`, `2025-08`, `2025-08-31` or `31 August 2025`."
        raise TypedError(f"I cannot read *{{}}* as a date. {hint}", text)
    return made


def since_of(text: str, today: datetime.date) -> str | None:
    """A beginning: a date, "by 2011", "unknown"; None where nothing was typed."""
    typed = " ".join(text.lower().split())
    if not typed or typed == "unknown":
        return typed or None
    by = _BY.fullmatch(typed)
    return f"by {date_of(by[1], today)}" if by else date_of(text, today)


def until_of(text: str, today: datetime.date) -> str | None:
    """An end: a date, "still so" for none any more; None where nothing was typed."""
    typed = " ".join(text.lower().split())
    if not typed:
        return None
    return "" if typed in (STILL, "none", "-", "open") else date_of(text, today)


def narrows_of(text: str, relation: Relation) -> dict[str, str] | None:
    """Narrower senses, "kind: oil" or the value alone; None where nothing was typed."""
    made: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, colon, value = (each.strip() for each in part.partition(":"))
        found = [
            (key, held) for key, values in relation.narrows.items() for held in values
            if held.lower() == (value or name).lower() and (not colon or key.lower() == name.lower())
        ]  # fmt: skip
        if len(found) != 1:
            offered = ", ".join(f"`{one}`" for one in narrowings(relation)) or "none"
            raise TypedError(f"I cannot read *{{}}* as a narrower sense. There are: {offered}.", part)
        made.update(found)
    return made or None


def narrowings(relation: Relation) -> Iterable[str]:
    """What may be chosen: "kind: oil"."""
    return [f"{key}: {value}" for key, values in relation.narrows.items() for value in values]


def offered_dates(today: datetime.date, typed: str, *more: str) -> list[tuple[str, str]]:
    """Dates to choose from while somebody types: a label, and what it stands for."""
    made: list[tuple[str, str]] = []
    if typed.strip():
        try:
            read = since_of(typed, today) or ""
            date = read.removeprefix("by ")
            made.append(
                (("at the latest " if read != date else "") + (spoken(date) if date[:1].isdigit() else date), read)
            )
        except TypedError:
            made = []
    day = today.isoformat()
    usual = [(f"today, {spoken(day)}", day), (spoken(day[:7]), day[:7]), (day[:4], day[:4]), *((m, m) for m in more)]
    return [
        *made,
        *(one for one in usual if one[1] not in {value for _, value in made} and typed.lower() in one[0].lower()),
    ]


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(text)), 0)
