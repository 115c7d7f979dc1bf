"""What may happen to a quiz (events), and what is to be done then (effects)."""

import datetime
from dataclasses import dataclass

from bot.study.asked import Asked
from bot.study.playing import Result
from bot.study.scores import Score

TAKEN, CHANGED, LATE = "taken", "changed", "late"  # what became of an answer

# --- events


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody answered question `number`, by a message or click that was sent `at`. `right` is the grader's word for
    what was typed; for a choice it is found out."""

    person: int
    number: int
    picks: tuple[int, ...]
    at: datetime.datetime
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Somebody who may says that it is enough."""


@dataclass(frozen=True, slots=True)
class Next:
    """Somebody who may wants the next question."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody who may ends it. The question that is open does not count."""


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody wants to be forgotten."""

    person: int


Event = Answer | Tick | Reveal | Next | Stop | Left


# --- effects


@dataclass(frozen=True, slots=True)
class Ask:
    """Show a question (again, where it was shown before)."""

    number: int
    asked: Asked
    closes_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Tell somebody what became of their answer: TAKEN, CHANGED or LATE."""

    person: int
    how: str


@dataclass(frozen=True, slots=True)
class Revealed:
    """Show what is right and how everybody answered; `again` where that was shown before and has changed."""

    number: int
    result: Result
    scores: tuple[Score, ...]
    next_at: datetime.datetime | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """It is over."""

    scores: tuple[Score, ...]
    results: tuple[Result, ...]


Effect = Ask | Told | Revealed | Finished
