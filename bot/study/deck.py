"""What somebody learns: which card comes next, what a grade makes of it, and what a changed fact does.

Comes in: the state, who makes questions, facts to choose from, and the time. Goes out: cards with their questions. How
cards are scheduled is `schedule.py`'s matter, and whose facts a deck holds that of `origins.py`.
"""

import datetime
import random
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Protocol
from weakref import WeakKeyDictionary

from bot.knowledge.base import KnowledgeBase
from bot.state.deck import Cards, KeptCard
from bot.study.asked import Asked, key_of
from bot.study.schedule import Grade, Schedule, graded, unseen, waits

NEW_A_DAY = 10  # new cards for a person in one day, unless they want more
# Kinds of question that somebody may learn alone: they ask for one fact and have one answer.
KINDS = (
    "since", "name.subject", "name.object", "which.subject", "which.object", "until", "term", "whether", "stand",
)  # fmt: skip
# What may differ without the fact saying anything else: that it was looked up again is no change to learn.
_BESIDES = ("as_of", "sources")


class Maker(Protocol):
    """Who makes questions from the facts of a knowledge base on a day; what it could not make once, it never can."""

    def make(self, id_: str, kind: str, rng: random.Random) -> Asked | None:
        """The question of a kind from a fact; None where it cannot be asked so, or not any more."""


# Keys of questions that a maker could not make, as long as it is there.
_ASLEEP: WeakKeyDictionary[Maker, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Shown:
    """A card that is up: its question, when its fact changed since it was last seen, and the wait after each grade."""

    card: KeptCard
    asked: Asked
    changed_at: datetime.datetime | None
    waits: dict[Grade, datetime.timedelta]
    new: bool


def said(kb: KnowledgeBase) -> dict[str, str]:
    """A digest of what each fact says, by its id; the same after it was only looked up again."""
    plain = {}
    for fact in kb.facts():
        told = [(name, repr(getattr(fact, name))) for name in fact.__slots__ if name not in _BESIDES]
        plain[fact.id] = blake2b(repr(told).encode(), digest_size=12).hexdigest()
    return plain


class Deck:
    """A person's cards. Made anew for each visit; what it knows is in the state."""

    def __init__(self, cards: Cards, person_id: int, maker: Maker, digests: dict[str, str]) -> None:
        """`digests` are those of `said`, of the knowledge base that `maker` asks from."""
        self._cards, self._person, self._maker, self._digests = cards, person_id, maker, digests

    def due(
        self, now: datetime.datetime, facts: Collection[str] | None = None, *, missed: bool = False
    ) -> list[KeptCard]:
        """The cards that are due, of these facts alone if they are given; those whose fact changed come first.

        With `missed`, only those whose answer the person did not know the last time, due or not.
        """
        held = [c for c in self._held(now) if not c.retired and not self.sleeps(c)]
        found = [c for c in held if facts is None or c.fact in facts]
        chosen = [c for c in found if (c.missed_at is not None if missed else c.last is not None and c.due <= now)]
        return sorted(chosen, key=lambda c: (c.changed_at is None, c.due, c.key))

    def coming(self, now: datetime.datetime, facts: Collection[str] | None = None) -> list[datetime.datetime]:
        """When cards that were asked and are not due yet come up again, the earliest first."""
        held = self._cards.all(self._person)
        asked = [c.due for c in held if c.last is not None and not c.retired and (facts is None or c.fact in facts)]
        return sorted(due for due in asked if due > now)

    def _held(self, now: datetime.datetime) -> list[KeptCard]:
        """The person's cards, after what the facts say now was noted where it is news to one of them."""
        held = self._cards.all(self._person)
        if all(self._digests.get(c.fact, "") == c.digest for c in held):
            return held
        self._cards.note_changes(self._digests, now)
        return self._cards.all(self._person)

    def next(
        self, now: datetime.datetime, rng: random.Random, facts: Collection[str] | None = None, *,
        missed: bool = False, more: bool = False, fresh: Collection[str] | None = None,
    ) -> Shown | None:  # fmt: skip
        """The card that is up: one that is due, else one that was added and not asked yet, else a new one of the facts.

        None when the person is done for now. `more` goes on with new cards beyond those of a day; `fresh` are the facts
        of which new ones are made, where they are others than those that are asked about.
        """
        for card in self.due(now, facts, missed=missed):
            if (shown := self.show(card, now)) is not None:
                return shown
        if missed:
            return None
        held = self._cards.all(self._person)
        if not more and _begun(held, now) >= NEW_A_DAY:
            return None
        waiting = [c for c in held if c.last is None and not c.retired and (facts is None or c.fact in facts)]
        for card in sorted(waiting, key=lambda c: (c.missed_at is None, c.added_at, c.key)):
            if (shown := self.show(card, now)) is not None:
                return shown
        return self._new(now, rng, facts if fresh is None else fresh, held)

    def had_enough(self, now: datetime.datetime) -> bool:
        """Whether the new cards of a day have been asked."""
        return _begun(self._cards.all(self._person), now) >= NEW_A_DAY

    def _new(
        self, now: datetime.datetime, rng: random.Random, facts: Collection[str] | None, held: Sequence[KeptCard]
    ) -> Shown | None:
        """A card of a fact that the person has none of, picked by chance."""
        asked, keys = {c.fact for c in held if not c.retired}, {c.key for c in held}
        left = sorted({fact for fact in (self._digests if facts is None else facts) if fact in self._digests} - asked)
        rng.shuffle(left)
        for fact in left:
            for kind in rng.sample(KINDS, len(KINDS)):
                question = ask(self._maker, fact, kind) if key_of(fact, kind) not in keys else None
                if question is not None:
                    card = self._unseen(fact, kind, now)
                    self._cards.add(self._person, [card])
                    return _up(card, question, now)
        return None

    def show(self, card: KeptCard, now: datetime.datetime) -> Shown | None:
        """A card with its question; None where it cannot be asked today: its fact was not checked for too long, say."""
        asked = ask(self._maker, card.fact, card.kind) if card.fact in self._digests else None
        return None if asked is None else _up(card, asked, now)

    def sleeps(self, card: KeptCard) -> bool:
        """Whether it was found today that a card cannot be asked; what was not tried is taken to be askable."""
        return card.key in _ASLEEP.get(self._maker, ())

    def wakes(self, now: datetime.datetime) -> bool:
        """Whether any card is due that can be asked."""
        return any(self.show(card, now) is not None for card in self.due(now))

    def grade(self, card: KeptCard, grade: Grade, now: datetime.datetime) -> KeptCard | None:
        """What a grade makes of a card that was shown; None where it was graded meanwhile (a second click)."""
        made = graded(schedule_of(card), grade, now)
        missed = card.missed_at if grade is Grade.HARD else now if grade is Grade.AGAIN else None
        after = replace(
            card, state=made.state, step=made.step, stability=made.stability, difficulty=made.difficulty, due=made.due,
            last=made.last, changed_at=None, missed_at=missed, digest=self._digests.get(card.fact, card.digest),
        )  # fmt: skip
        return after if self._cards.grade(self._person, card, after, int(grade), now) else None

    def add_missed(self, keys: Iterable[str], now: datetime.datetime) -> int:
        """Put what was missed elsewhere, by keys of questions, among the cards, due now; how many were new."""
        known = [parts for key in keys if (parts := self._parted(key)) is not None]
        return self._cards.add(self._person, [replace(self._unseen(*parts, now), missed_at=now) for parts in known])

    def _parted(self, key: str) -> tuple[str, str] | None:
        fact = fact_of(key, self._digests)
        return (fact, key[len(fact) + 1 :]) if fact else None

    def _unseen(self, fact: str, kind: str, now: datetime.datetime) -> KeptCard:
        s = unseen(now)
        return KeptCard(
            key_of(fact, kind), fact, kind, self._digests[fact], s.state, s.step, s.stability, s.difficulty, s.due,
            s.last, now,
        )  # fmt: skip


def fact_of(key: str, served: Container[str]) -> str:
    """The fact of a question's key, both parts of which may hold dots; empty where it is not among those served."""
    ends = [end for end, sign in enumerate(key) if sign == "." and key[:end] in served]
    return key[: ends[-1]] if ends else ""


def _begun(held: Sequence[KeptCard], now: datetime.datetime) -> int:
    """How many cards were begun within the last day."""
    return sum(c.last is not None and c.added_at > now - datetime.timedelta(days=1) for c in held)


def _up(card: KeptCard, asked: Asked, now: datetime.datetime) -> Shown:
    return Shown(card, asked, card.changed_at, waits(schedule_of(card), now), card.last is None)


def ask(maker: Maker, fact: str, kind: str) -> Asked | None:
    """The question of a card: with the same choices each time, as far as the facts allow."""
    key, asleep = key_of(fact, kind), _ASLEEP.setdefault(maker, set())
    made = None if key in asleep else maker.make(fact, kind, random.Random(key))  # noqa: S311 - choices, no secrets
    if made is None:
        asleep.add(key)
    return made


def schedule_of(card: KeptCard) -> Schedule:
    """The schedule that a card holds."""
    return Schedule(card.state, card.step, card.stability, card.difficulty, card.due, card.last)
