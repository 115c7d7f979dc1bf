"""What a quiz is: its rules, its questions, where it stands, and what everybody answered."""

import datetime
from dataclasses import dataclass

from bot.study.asked import Asked
from bot.study.scores import Score, ranked

ASKING, REVEALED, OVER = "asking", "revealed", "over"


@dataclass(frozen=True, slots=True)
class Rules:
    """How a quiz goes: seconds for a question and between two (0: until somebody says next), and how strict it is.

    With `players`, a question closes as soon as so many have answered.
    """

    topic: str
    seconds: int = 20
    pause: int = 6
    strict: bool = False
    players: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that somebody gave: the places of the choices (none for a typed name beside them), and when."""

    person: int
    picks: tuple[int, ...]
    right: bool
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Result:
    """A question that is closed, and what everybody answered."""

    asked: Asked
    given: tuple[Given, ...]
    closed_at: datetime.datetime

    def counts(self) -> tuple[int, ...]:
        """How many chose each of the choices."""
        singles = [g.picks[0] for g in self.given if len(g.picks) == 1]
        return tuple(singles.count(place) for place in range(len(self.asked.choices)))

    def right(self) -> tuple[int, ...]:
        """Who was right, by when they answered."""
        return tuple(given.person for given in sorted(self.given, key=lambda g: g.at) if given.right)


@dataclass(frozen=True, slots=True)
class Quiz:
    """Where a quiz stands. `number` is the place of the current question; `until` when it closes, or the next comes."""

    rules: Rules
    questions: tuple[Asked, ...]
    number: int
    phase: str
    until: datetime.datetime | None
    given: tuple[Given, ...] = ()
    results: tuple[Result, ...] = ()

    @property
    def asked(self) -> Asked:
        """The current question."""
        return self.questions[self.number]

    def scores(self) -> tuple[Score, ...]:
        """Everybody who answered, the best first; who has the same has the same rank."""
        return ranked((given.person, given.right) for result in self.results for given in result.given)
