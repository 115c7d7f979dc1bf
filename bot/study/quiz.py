"""A quiz of one channel, as a pure machine: a state and an event in, a state and what is to be done out.

It knows no Discord, no clock and no chance: questions come ready, the time comes with every event. Several quizzes at
once are the caller's dict.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.study.asked import Asked
from bot.study.scores import Score, ranked

ASKING, REVEALED, OVER = "asking", "revealed", "over"
TAKEN, CHANGED, LATE = "taken", "changed", "late"

# An answer counts by when it was sent: what was sent in time and arrives within this is there before the reveal.
GRACE = datetime.timedelta(seconds=1.5)
# After a restart nobody has less time than this for the question that was open.
AGAIN = datetime.timedelta(seconds=10)


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
Step = tuple[Quiz, tuple[Effect, ...]]


def start(rules: Rules, questions: tuple[Asked, ...], now: datetime.datetime) -> Step:
    """Begin with the first question. Raises ValueError where there is none."""
    if not questions:
        raise ValueError("a quiz without questions")
    return _ask(Quiz(rules, questions, 0, OVER, None), 0, now)


def step(quiz: Quiz, event: Event, now: datetime.datetime) -> Step:
    """What becomes of a quiz by an event. After its end nothing does any more."""
    if isinstance(event, Left):
        return _left(quiz, event.person), ()
    if isinstance(event, Answer):
        return _answer(quiz, event, now)
    if quiz.phase == OVER:
        return quiz, ()
    if isinstance(event, Stop):
        return _finish(quiz)
    if isinstance(event, Reveal):
        return _close(quiz, now) if quiz.phase == ASKING else (quiz, ())
    if isinstance(event, Next):
        return _next(quiz, now) if quiz.phase == REVEALED else (quiz, ())
    if quiz.until is None:
        return quiz, ()
    if quiz.phase == ASKING and now >= quiz.until + GRACE:
        return _close(quiz, now)
    if quiz.phase == REVEALED and now >= quiz.until:
        return _next(quiz, now)
    return quiz, ()


def resume(quiz: Quiz, now: datetime.datetime) -> Step:
    """Go on after a restart: the open question is shown again with time enough, or the next one comes."""
    if quiz.phase == OVER:
        return quiz, ()
    if quiz.phase == ASKING:
        left = max(quiz.until or now, now + min(AGAIN, datetime.timedelta(seconds=quiz.rules.seconds)))
        quiz = replace(quiz, until=left)
        return quiz, (Ask(quiz.number, quiz.asked, left),)
    return (quiz, ()) if quiz.until is None else (replace(quiz, until=max(quiz.until, now)), ())


def refresh(quiz: Quiz, remade: Callable[[Asked], Asked | None], now: datetime.datetime) -> Step:
    """Take in that facts have changed. `remade` gives a question as it is now: itself, another one, or None.

    Of the question that is open, what was answered is void if it is another one now.
    """
    if quiz.phase == OVER:
        return quiz, ()
    kept = quiz.questions[: quiz.number + (quiz.phase == REVEALED)]
    coming = quiz.questions[len(kept) :]
    new = tuple(made for asked in coming if (made := remade(asked)) is not None)
    changed = replace(quiz, questions=(*kept, *new))
    if quiz.phase == REVEALED or (new and coming and new[0] == coming[0]):
        return changed, ()
    changed = replace(changed, given=())
    return _ask(changed, quiz.number, now) if new else _finish(changed)


def _answer(quiz: Quiz, event: Answer, now: datetime.datetime) -> Step:
    sent = min(event.at, now)
    asked = quiz.questions[event.number] if 0 <= event.number < len(quiz.questions) else None
    if asked is None or event.number != quiz.number or any(not 0 <= p < len(asked.choices) for p in event.picks):
        return quiz, (Told(event.person, LATE),)
    right = event.picks == asked.right if event.right is None else event.right
    given = Given(event.person, event.picks, right, sent)
    if quiz.phase == ASKING and quiz.until is not None and sent <= quiz.until:
        before = len(quiz.given)
        quiz = replace(quiz, given=_with(quiz.given, given))
        told = Told(event.person, TAKEN if len(quiz.given) > before else CHANGED)
        if quiz.rules.players and len(quiz.given) >= quiz.rules.players:
            quiz, effects = _close(quiz, now)
            return quiz, (told, *effects)
        return quiz, (told,)
    result = quiz.results[-1] if quiz.results and quiz.results[-1].asked == asked else None
    if result is None or quiz.phase == ASKING or sent > result.closed_at:
        return quiz, (Told(event.person, LATE),)
    # Sent before anybody could know, and only underway for long.
    result = replace(result, given=_with(result.given, given))
    quiz = replace(quiz, results=(*quiz.results[:-1], result))
    shown = Revealed(quiz.number, result, quiz.scores(), quiz.until, again=True)
    return quiz, (Told(event.person, TAKEN), shown)


def _with(all_given: tuple[Given, ...], given: Given) -> tuple[Given, ...]:
    """The answers with one more: of each person the one sent last counts."""
    old = next((g for g in all_given if g.person == given.person), None)
    if old is not None and old.at > given.at:
        return all_given
    return (*(g for g in all_given if g.person != given.person), given)


def _ask(quiz: Quiz, number: int, now: datetime.datetime) -> Step:
    closes = now + datetime.timedelta(seconds=quiz.rules.seconds)
    quiz = replace(quiz, number=number, phase=ASKING, until=closes, given=())
    return quiz, (Ask(number, quiz.asked, closes),)


def _close(quiz: Quiz, now: datetime.datetime) -> Step:
    closed = min(now, quiz.until) if quiz.until else now
    result = Result(quiz.asked, quiz.given, closed)
    last = quiz.number + 1 == len(quiz.questions)
    next_at = now + datetime.timedelta(seconds=quiz.rules.pause) if quiz.rules.pause else None
    quiz = replace(
        quiz, phase=REVEALED, until=None if last else next_at, given=(), results=(*quiz.results, result)
    )  # fmt: skip
    shown = Revealed(quiz.number, result, quiz.scores(), quiz.until)
    if not last:
        return quiz, (shown,)
    quiz, finished = _finish(quiz)
    return quiz, (shown, *finished)


def _next(quiz: Quiz, now: datetime.datetime) -> Step:
    return _ask(quiz, quiz.number + 1, now) if quiz.number + 1 < len(quiz.questions) else _finish(quiz)


def _finish(quiz: Quiz) -> Step:
    quiz = replace(quiz, phase=OVER, until=None, given=())
    return quiz, (Finished(quiz.scores(), quiz.results),)


def _left(quiz: Quiz, person: int) -> Quiz:
    def without(given: tuple[Given, ...]) -> tuple[Given, ...]:
        return tuple(g for g in given if g.person != person)

    results = tuple(replace(result, given=without(result.given)) for result in quiz.results)
    return replace(quiz, given=without(quiz.given), results=results)
