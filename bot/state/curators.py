"""Who was named a curator while the bot runs. Comes in: a way to work in a transaction. Goes out: appointments."""

import datetime
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bot.state.models import CuratorRow
from bot.state.person import changed


@dataclass(frozen=True, slots=True)
class Appointment:
    """A curator: a person (`user_id`), or everybody who has a role (`role_id`). Those of the settings have the id 0."""

    id: int
    user_id: int | None
    role_id: int | None
    guild_id: int | None
    name: str
    added_by: int | None
    at: datetime.datetime | None


class CuratorList:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def all(self) -> list[Appointment]:
        """Everybody who was named, in that order."""
        with self._work() as session:
            return [_told(row) for row in session.scalars(select(CuratorRow).order_by(CuratorRow.id))]

    def holds(self, user_id: int, role_ids: Collection[int]) -> bool:
        """Whether a person was named, or one of their roles."""
        named = or_(CuratorRow.user_id == user_id, CuratorRow.role_id.in_(tuple(role_ids)))
        with self._work() as session:
            return session.scalar(select(CuratorRow.id).where(named).limit(1)) is not None

    def add(
        self, name: str, by: int, at: datetime.datetime, *, user_id: int | None = None, role_id: int | None = None,
        guild_id: int | None = None,
    ) -> Appointment:  # fmt: skip
        """Name a person or a role; a second time changes the name that is shown."""
        same = CuratorRow.user_id == user_id if user_id is not None else CuratorRow.role_id == role_id
        with self._work() as session:
            row = session.scalar(select(CuratorRow).where(same))
            if row is None:
                row = CuratorRow(user_id=user_id, role_id=role_id, guild_id=guild_id, name=name, added_by=by, at=at)
                session.add(row)
            row.name = name
            session.flush()
            session.refresh(row)
            return _told(row)

    def remove(self, id_: int) -> bool:
        """Name somebody no longer; whether they had been."""
        with self._work() as session:
            return changed(session, delete(CuratorRow).where(CuratorRow.id == id_)) > 0


def _told(row: CuratorRow) -> Appointment:
    return Appointment(row.id, row.user_id, row.role_id, row.guild_id, row.name, row.added_by, row.at)
