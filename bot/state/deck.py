"""What people learn: their cards, how they graded them, decks of their own and when to remind them.

Comes in: a way to work in a transaction, and plain values. Each verb is a transaction of its own, like those of the
Store, and may raise StateError. What a schedule means, and what a card asks, is not known here.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.state.deck_models import StudyCardRow, StudyDeckRow, StudyReviewRow
from bot.state.person import changed

_GONE = ""  # the digest of a fact that there is no more
REVIEW_DAYS = 365  # how long single grades are kept, for the picture of the progress; schedules do not need them


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card of a person. `key` is the question's; `digest` says what its fact said; `schedule` as of py-fsrs.

    `changed_at` is when its fact changed, until the person has seen that; `missed_at` when they last missed it, until
    they know it; a `retired` card is not asked, for its fact is gone.
    """

    key: str
    fact: str
    kind: str
    digest: str
    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime.datetime
    last: datetime.datetime | None
    added_at: datetime.datetime
    changed_at: datetime.datetime | None = None
    missed_at: datetime.datetime | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """One grade: of which card, which grade, when, and the card's state before and after it."""

    key: str
    grade: int
    was: int
    became: int
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class KeptDeck:
    """A deck of a person's own: its number, its name and where its facts come from."""

    id: int
    name: str
    origin: Any


_SCHEDULE = ("state", "step", "stability", "difficulty", "due", "last")
_MARKS = ("digest", "added_at", "changed_at", "missed_at", "retired")


class Cards:
    """Small verbs, each a transaction of its own."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def all(self, person_id: int) -> list[KeptCard]:
        """All cards of a person, retired ones too; those due first come first."""
        chosen = select(StudyCardRow).where(StudyCardRow.person_id == person_id)
        with self._work() as session:
            return [_card(row) for row in session.scalars(chosen.order_by(StudyCardRow.due, StudyCardRow.key))]

    def get(self, person_id: int, key: str) -> KeptCard | None:
        """A card of a person."""
        with self._work() as session:
            row = session.get(StudyCardRow, (person_id, key))
            return None if row is None else _card(row)

    def add(self, person_id: int, cards: Iterable[KeptCard]) -> int:
        """Add cards that a person does not have yet; how many. One that they have is marked as missed if it comes so,
        and is due then."""
        added = 0
        with self._work() as session:
            for card in cards:
                row = session.get(StudyCardRow, (person_id, card.key))
                if row is None:
                    session.add(_row(person_id, card))
                    added += 1
                elif card.missed_at is not None:
                    row.missed_at, row.due = card.missed_at, min(row.due, card.due)
        return added

    def grade(self, person_id: int, before: KeptCard, after: KeptCard, grade: int, at: datetime.datetime) -> bool:
        """Keep what a grade made of a card; False where it was graded otherwise meanwhile, and nothing is kept."""
        with self._work() as session:
            row = session.get(StudyCardRow, (person_id, before.key))
            if row is None or row.last != before.last:
                return False
            _set(row, after)
            session.add(
                StudyReviewRow(
                    person_id=person_id, key=after.key, grade=grade, was=before.state, became=after.state, at=at
                )
            )
            return True

    def retire(self, person_id: int, keys: Collection[str]) -> None:
        """Ask these cards no more, until their facts change: there is no such question now."""
        chosen = update(StudyCardRow).where(StudyCardRow.person_id == person_id, StudyCardRow.key.in_(keys))
        with self._work() as session:
            changed(session, chosen.values(retired=True))

    def remove(self, person_id: int, keys: Collection[str]) -> int:
        """Drop cards that a person no longer wants; how many."""
        chosen = delete(StudyCardRow).where(StudyCardRow.person_id == person_id, StudyCardRow.key.in_(keys))
        with self._work() as session:
            return changed(session, chosen)

    def note_changes(self, digests: Mapping[str, str], at: datetime.datetime) -> dict[str, int]:
        """Note what the facts say now: cards of a changed one are due at once and say so, those of one that is gone are
        retired, and those of one that came back are asked again. How many cards changed and were retired."""
        counts = {"changed": 0, "retired": 0}
        held = select(StudyCardRow.fact, StudyCardRow.digest).distinct()
        with self._work() as session:
            for fact, digest in session.execute(held).all():
                said = digests.get(fact, _GONE)
                if said == digest:
                    continue
                cards = update(StudyCardRow).where(StudyCardRow.fact == fact, StudyCardRow.digest == digest)
                if said == _GONE:
                    counts["retired"] += changed(session, cards.values(retired=True, digest=_GONE))
                    continue
                marks = {"digest": said, "changed_at": at, "due": at, "retired": False}
                counts["changed"] += changed(session, cards.where(StudyCardRow.last.is_not(None)).values(marks))
                changed(session, cards.values(digest=said, retired=False))
        return counts

    def reviews(self, person_id: int, since: datetime.datetime) -> list[Review]:
        """How a person graded since then, the oldest first."""
        chosen = select(StudyReviewRow).where(StudyReviewRow.person_id == person_id, StudyReviewRow.at >= since)
        with self._work() as session:
            rows = session.scalars(chosen.order_by(StudyReviewRow.at, StudyReviewRow.id))
            return [Review(row.key, row.grade, row.was, row.became, row.at) for row in rows]

    # --- decks

    def decks(self, person_id: int) -> list[KeptDeck]:
        """The decks of a person, by name."""
        chosen = select(StudyDeckRow).where(StudyDeckRow.person_id == person_id)
        with self._work() as session:
            rows = session.scalars(chosen.order_by(StudyDeckRow.name, StudyDeckRow.id))
            return [KeptDeck(row.id, row.name, row.origin) for row in rows]

    def keep_deck(self, person_id: int, name: str, origin: Any, at: datetime.datetime) -> int:
        """Keep a deck under a name, in place of one that had it; its number."""
        chosen = select(StudyDeckRow).where(StudyDeckRow.person_id == person_id, StudyDeckRow.name == name)
        with self._work() as session:
            row = session.scalar(chosen)
            if row is None:
                row = StudyDeckRow(person_id=person_id, name=name, origin=origin, at=at)
                session.add(row)
            row.origin = origin
            session.flush()
            return row.id

    def drop_deck(self, person_id: int, id_: int) -> bool:
        """Drop a deck; its cards stay. Whether it was there."""
        chosen = delete(StudyDeckRow).where(StudyDeckRow.person_id == person_id, StudyDeckRow.id == id_)
        with self._work() as session:
            return changed(session, chosen) > 0


def prune(session: Session, before: datetime.datetime) -> int:
    """Delete single grades that are older; how many."""
    return changed(session, delete(StudyReviewRow).where(StudyReviewRow.at < before))


def _card(row: StudyCardRow) -> KeptCard:
    return KeptCard(
        row.key, row.fact, row.kind, row.digest, row.state, row.step, row.stability, row.difficulty, row.due, row.last,
        row.added_at, row.changed_at, row.missed_at, row.retired,
    )  # fmt: skip


def _row(person_id: int, card: KeptCard) -> StudyCardRow:
    row = StudyCardRow(person_id=person_id, key=card.key, fact=card.fact, kind=card.kind)
    _set(row, card)
    return row


def _set(row: StudyCardRow, card: KeptCard) -> None:
    for name in (*_SCHEDULE, *_MARKS):
        setattr(row, name, getattr(card, name))
