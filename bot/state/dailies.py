"""The question of the day: in which channels, at which hour, what was asked, who answered, and the streaks.

Comes in: a way to work in a transaction, JSON values and plain rows. Goes out: the same. When a question is due, and
what a streak forgives, is not known here.
"""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.state.person import changed
from bot.state.quiz_models import DailyAnswerRow, DailyRow, DailyStreakRow

DAILY_DAYS = 40  # how long answers are kept one by one; streaks stay


@dataclass(frozen=True, slots=True)
class Daily:
    """A channel with a question of the day. `asked` is the last one, asked on `asked_on` of the channel's zone."""

    channel_id: int
    guild_id: int
    hour: int
    zone: str
    topic: str
    asked: Any
    asked_on: datetime.date | None
    message_id: int | None


@dataclass(frozen=True, slots=True)
class KeptStreak:
    """Days in a row, the most there ever were, and the last one."""

    person: int
    days: int
    best: int
    last: datetime.date


class Dailies:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def set(
        self, guild_id: int, channel_id: int, hour: int, zone: str, topic: str, by: int, at: datetime.datetime
    ) -> None:  # fmt: skip
        """Ask one question a day in a channel, or from now on at another hour or of another topic."""
        with self._work() as session:
            row = session.get(DailyRow, channel_id)
            if row is None:
                row = DailyRow(channel_id=channel_id, asked=None)
                session.add(row)
            row.guild_id, row.hour, row.zone, row.topic = guild_id, hour, zone, topic
            row.set_by, row.at = by, at

    def off(self, channel_id: int) -> bool:
        """Ask no more in a channel, and forget its answers and streaks; whether it was on."""
        with self._work() as session:
            session.execute(delete(DailyAnswerRow).where(DailyAnswerRow.channel_id == channel_id))
            session.execute(delete(DailyStreakRow).where(DailyStreakRow.channel_id == channel_id))
            return changed(session, delete(DailyRow).where(DailyRow.channel_id == channel_id)) > 0

    def all(self, guild_id: int | None = None) -> list[Daily]:
        """The channels of a server, or all."""
        rows = select(DailyRow).order_by(DailyRow.channel_id)
        with self._work() as session:
            found = session.scalars(rows if guild_id is None else rows.where(DailyRow.guild_id == guild_id))
            return [_told(row) for row in found]

    def get(self, channel_id: int) -> Daily | None:
        """What is set for a channel; None where it is off."""
        with self._work() as session:
            row = session.get(DailyRow, channel_id)
            return None if row is None else _told(row)

    def note_asked(self, channel_id: int, day: datetime.date, asked: Any, message_id: int | None = None) -> bool:
        """Keep what is asked on a day; False where that day's was asked already, so that it is asked once."""
        with self._work() as session:
            row = session.get(DailyRow, channel_id)
            if row is None or row.asked_on == day:
                return False
            row.asked, row.asked_on, row.message_id = asked, day, message_id
            return True

    def note_message(self, channel_id: int, message_id: int) -> None:
        """Keep which message asks."""
        with self._work() as session:
            row = session.get(DailyRow, channel_id)
            if row is not None:
                row.message_id = message_id

    def answer(
        self, channel_id: int, day: datetime.date, person_id: int, picks: tuple[int, ...], right: bool,
        at: datetime.datetime,
    ) -> bool:  # fmt: skip
        """Keep somebody's answer of a day; False where they have answered: the first one counts."""
        with self._work() as session:
            if session.get(DailyAnswerRow, (channel_id, day, person_id)) is not None:
                return False
            session.add(
                DailyAnswerRow(
                    channel_id=channel_id, day=day, person_id=person_id, picks=list(picks), right=right, at=at
                )
            )
            return True

    def answers(self, channel_id: int, day: datetime.date) -> list[tuple[int, tuple[int, ...], bool]]:
        """Who answered what on a day, the first first: person, picks, whether right."""
        rows = select(DailyAnswerRow).where(DailyAnswerRow.channel_id == channel_id, DailyAnswerRow.day == day)
        with self._work() as session:
            found = session.scalars(rows.order_by(DailyAnswerRow.at, DailyAnswerRow.person_id))
            return [(row.person_id, tuple(row.picks), row.right) for row in found]

    def streak(self, channel_id: int, person_id: int) -> KeptStreak | None:
        """Somebody's streak in a channel."""
        with self._work() as session:
            row = session.get(DailyStreakRow, (channel_id, person_id))
            return None if row is None else _streak(row)

    def keep_streak(self, channel_id: int, streak: KeptStreak) -> None:
        """Keep somebody's streak."""
        with self._work() as session:
            session.merge(
                DailyStreakRow(
                    channel_id=channel_id, person_id=streak.person, days=streak.days, best=streak.best, last=streak.last
                )
            )

    def streaks(self, channel_id: int) -> list[KeptStreak]:
        """All streaks of a channel, the longest first."""
        rows = select(DailyStreakRow).where(DailyStreakRow.channel_id == channel_id)
        with self._work() as session:
            return [
                _streak(r) for r in session.scalars(rows.order_by(DailyStreakRow.days.desc(), DailyStreakRow.person_id))
            ]


def _told(row: DailyRow) -> Daily:
    return Daily(
        row.channel_id, row.guild_id, row.hour, row.zone, row.topic, row.asked, row.asked_on, row.message_id
    )  # fmt: skip


def _streak(row: DailyStreakRow) -> KeptStreak:
    return KeptStreak(row.person_id, row.days, row.best, row.last)


def prune(session: Session, before: datetime.date) -> int:
    """Delete answers of days before one; how many."""
    return changed(session, delete(DailyAnswerRow).where(DailyAnswerRow.day < before))
