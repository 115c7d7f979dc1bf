"""When people want to be told that cards are due. Comes in: a way to work in a transaction, and plain values."""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.state.deck_models import StudyReminderRow
from bot.state.person import changed


@dataclass(frozen=True, slots=True)
class Reminder:
    """Where and when a person is told: in a channel of a server, or, where `channel_id` is None, in a message of their
    own. `hour` is one of the zone's day; `told_on` the day on which they were last told."""

    person_id: int
    guild_id: int | None
    channel_id: int | None
    hour: int
    zone: str
    told_on: datetime.date | None = None


class Reminders:
    """Small verbs, each a transaction of its own; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def get(self, person_id: int) -> Reminder | None:
        """A person's reminder; None where they did not ask for one."""
        with self._work() as session:
            row = session.get(StudyReminderRow, person_id)
            return None if row is None else _reminder(row)

    def all(self) -> list[Reminder]:
        """Everybody's."""
        with self._work() as session:
            rows = session.scalars(select(StudyReminderRow).order_by(StudyReminderRow.person_id))
            return [_reminder(row) for row in rows]

    def set(self, reminder: Reminder) -> None:
        """Remind a person from now on, in place of a reminder that they had."""
        r = reminder
        row = StudyReminderRow(
            person_id=r.person_id, guild_id=r.guild_id, channel_id=r.channel_id, hour=r.hour, zone=r.zone,
            told_on=r.told_on,
        )  # fmt: skip
        with self._work() as session:
            session.merge(row)

    def told(self, person_id: int, day: datetime.date) -> bool:
        """Note that a person was told on a day; False if they were already, so that nobody is told twice."""
        with self._work() as session:
            row = session.get(StudyReminderRow, person_id)
            if row is None or row.told_on == day:
                return False
            row.told_on = day
            return True

    def clear(self, person_id: int) -> bool:
        """Remind a person no more; whether they were."""
        with self._work() as session:
            return changed(session, delete(StudyReminderRow).where(StudyReminderRow.person_id == person_id)) > 0

    def clear_channel(self, channel_id: int) -> int:
        """Remind nobody in a channel that is gone; how many were."""
        with self._work() as session:
            return changed(session, delete(StudyReminderRow).where(StudyReminderRow.channel_id == channel_id))

    def clear_guild(self, guild_id: int) -> int:
        """Remind nobody in the channels of a server any more; how many were."""
        with self._work() as session:
            return changed(session, delete(StudyReminderRow).where(StudyReminderRow.guild_id == guild_id))


def _reminder(row: StudyReminderRow) -> Reminder:
    return Reminder(row.person_id, row.guild_id, row.channel_id, row.hour, row.zone, row.told_on)
