"""What is remembered for a few minutes, in memory alone: the last question of a person in a channel, and how often they
asked.

Comes in: ids and times (seconds of any clock that never goes back). Must not know: what a question means.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.answers.answer import Answer
from bot.questions.query import Query

FOLLOW_SECONDS = 600
KEPT_PEOPLE = 20_000  # persons and channels; the oldest go first, so that memory stays flat
KEPT_ANSWERS = 500
KEPT_MESSAGES = 2_000

Place = tuple[int, int]  # a channel and a person


@dataclass(slots=True)
class Recent:
    """The last query of each person in each channel, and the answers behind the newest messages."""

    _queries: OrderedDict[Place, tuple[float, Query]] = field(default_factory=OrderedDict)
    _answers: OrderedDict[int, tuple[int, Answer]] = field(default_factory=OrderedDict)
    _seen: OrderedDict[int, None] = field(default_factory=OrderedDict)

    def new(self, message: int) -> bool:
        """Whether a message was not seen before: one that comes again after a broken connection is answered once."""
        known = message in self._seen
        self._seen[message] = None
        if len(self._seen) > KEPT_MESSAGES:
            self._seen.popitem(last=False)
        return not known

    def note(self, place: Place, query: Query, now: float) -> None:
        """Remember a question that was understood."""
        self._queries[place] = (now, query)
        self._queries.move_to_end(place)
        while len(self._queries) > KEPT_PEOPLE or now - next(iter(self._queries.values()))[0] > FOLLOW_SECONDS:
            self._queries.popitem(last=False)

    def last(self, place: Place, now: float) -> Query | None:
        """The last question there, if it was asked not long ago."""
        at, query = self._queries.get(place, (0.0, None))
        if query is None or now - at > FOLLOW_SECONDS:
            self._queries.pop(place, None)
            return None
        return query

    def keep(self, message: int, answer: Answer, person: int = 0) -> None:
        """Keep an answer to a person as it was read, for who asks why; after a restart only its query is known."""
        self._answers[message] = (person, answer)
        if len(self._answers) > KEPT_ANSWERS:
            self._answers.popitem(last=False)

    def answer(self, message: int) -> Answer | None:
        """The answer behind a message."""
        return self._answers[message][1] if message in self._answers else None

    def forget(self, person: int) -> int:
        """Forget a person's questions, and those in which others wrote the id out; how many."""
        theirs = [place for place in self._queries if place[1] == person]
        for place in theirs:
            del self._queries[place]
        about = [at for at, (who, made) in self._answers.items() if who == person or str(person) in repr(made)]
        for message in about:
            del self._answers[message]
        return len(theirs) + len(about)


@dataclass(slots=True)
class Cooldown:
    """So many questions in so many seconds, for each person in each channel: a bucket that refills steadily."""

    questions: int
    seconds: float
    _spent: OrderedDict[Place, tuple[float, float]] = field(default_factory=OrderedDict)
    _told: dict[Place, float] = field(default_factory=dict)

    def wait(self, place: Place, now: float) -> float:
        """0, and the question counts; or the seconds after which the next one is answered."""
        if self.questions <= 0 or self.seconds <= 0:
            return 0.0
        rate = self.questions / self.seconds
        spent, at = self._spent.pop(place, (0.0, now))
        spent = max(spent - (now - at) * rate, 0.0)
        wait = max((spent + 1 - self.questions) / rate, 0.0)
        self._spent[place] = (spent if wait else spent + 1, now)
        while len(self._spent) > KEPT_PEOPLE or now - next(iter(self._spent.values()))[1] > self.seconds:
            self._spent.popitem(last=False)  # the oldest: by then it is full again
        return wait

    def first_time(self, place: Place, now: float) -> bool:
        """Whether somebody who must wait was not told so within the cooldown: once is enough."""
        self._told = {who: at for who, at in self._told.items() if now - at < self.seconds}
        first = place not in self._told
        self._told.setdefault(place, now)
        return first

    def forget(self, person: int) -> int:
        """Forget how often a person asked; in how many channels that was known."""
        theirs = [place for place in self._spent if place[1] == person]
        for place in theirs:
            del self._spent[place]
            self._told.pop(place, None)
        return len(theirs)
