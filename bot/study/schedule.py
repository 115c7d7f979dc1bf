"""When a card comes up again: the scheduling of py-fsrs, as pure functions of a schedule, a grade and a time.

Nothing of it is worked out here. Fuzz is off, so that the same answers always leave the same schedule.
"""

import datetime
from dataclasses import dataclass
from enum import IntEnum

from fsrs import Card, Rating, Scheduler, State

_FSRS = Scheduler(enable_fuzzing=False)
KNOWN = int(State.Review)  # the state of a card that is past its first steps


class Grade(IntEnum):
    """How well somebody knew the answer."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where a card stands, in the terms of py-fsrs. Times are aware and in UTC; `last` is when it was last graded."""

    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime.datetime
    last: datetime.datetime | None


def unseen(now: datetime.datetime) -> Schedule:
    """The schedule of a card that nobody has graded yet: due at once."""
    return _schedule(Card(card_id=0, due=now.astimezone(datetime.UTC)))


def graded(schedule: Schedule, grade: Grade, now: datetime.datetime) -> Schedule:
    """The schedule after a grade. A clock that was set back counts as no time at all."""
    at = now.astimezone(datetime.UTC)
    card, _ = _FSRS.review_card(_card(schedule), Rating(grade), max(at, schedule.last or at))
    return _schedule(card)


def retention(schedule: Schedule, now: datetime.datetime) -> float:
    """How likely the answer is known at a time, from 0 to 1; 0 for a card that was never graded."""
    return float(_FSRS.get_card_retrievability(_card(schedule), now.astimezone(datetime.UTC)))


def waits(schedule: Schedule, now: datetime.datetime) -> dict[Grade, datetime.timedelta]:
    """How long a card would wait after each grade, for the buttons."""
    return {grade: (after := graded(schedule, grade, now)).due - (after.last or now) for grade in Grade}


def spoken_wait(wait: datetime.timedelta) -> str:
    """A wait in one word and its number: "10 minutes", "3 days", "4 months", "2 years"."""
    minutes, days = round(wait.total_seconds() / 60), round(wait.total_seconds() / 86_400)
    for least, number, word in (
        (730, round(days / 365), "year"), (61, round(days / 30.4), "month"), (1, days, "day"),
    ):  # fmt: skip
        if days >= least:
            return f"{number} {word}{'s' * (number != 1)}"
    number = max(1, minutes)
    return f"{number} minute{'s' * (number != 1)}"


def _card(schedule: Schedule) -> Card:
    s = schedule
    return Card(0, State(s.state), s.step, s.stability, s.difficulty, s.due, s.last)


def _schedule(card: Card) -> Schedule:
    return Schedule(int(card.state), card.step, card.stability, card.difficulty, card.due, card.last_review)
