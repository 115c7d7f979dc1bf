"""What somebody has begun to fill in and not sent yet: a restart, or a click that failed, loses nothing typed.

Comes in: a way to work in a transaction, and JSON values. Each is seen by the person alone who began it.
"""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.state.models import KeptRow
from bot.state.person import changed

KEPT_DAYS = 7  # how long somebody may take over a draft


class KeptDrafts:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def keep(self, person_id: int, value: Any, at: datetime.datetime) -> int:
        """Keep what a person has filled in so far; its number."""
        row = KeptRow(person_id=person_id, value=value, at=at)
        with self._work() as session:
            session.add(row)
            session.flush()
            return row.id

    def get(self, id_: int, person_id: int) -> Any:
        """What a person has filled in; None where it is not known, not theirs, or sent by now."""
        with self._work() as session:
            row = session.scalar(_of(id_, person_id))
            return None if row is None else row.value

    def of(self, person_id: int) -> list[tuple[int, Any]]:
        """All that a person has begun, the newest first: number and value."""
        with self._work() as session:
            rows = session.scalars(select(KeptRow).where(KeptRow.person_id == person_id).order_by(KeptRow.id.desc()))
            return [(row.id, row.value) for row in rows]

    def replace(self, id_: int, person_id: int, value: Any) -> bool:
        """Keep something else under the same number; whether it was still there."""
        with self._work() as session:
            row = session.scalar(_of(id_, person_id))
            if row is not None:
                row.value = value
            return row is not None

    def drop(self, id_: int, person_id: int) -> bool:
        """Keep it no longer; True once, so that what is sent twice is done once."""
        dropped = delete(KeptRow).where(KeptRow.id == id_, KeptRow.person_id == person_id)
        with self._work() as session:
            return changed(session, dropped) > 0


def _of(id_: int, person_id: int) -> Any:
    return select(KeptRow).where(KeptRow.id == id_, KeptRow.person_id == person_id)
