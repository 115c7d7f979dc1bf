"""Questions that are not for this bot, put aside for good. Comes in: a way to work in a transaction, and keys."""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.state.models import HiddenGapRow
from bot.state.person import changed


class HiddenGaps:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def keys(self) -> frozenset[str]:
        """What was put aside."""
        with self._work() as session:
            return frozenset(session.scalars(select(HiddenGapRow.key)))

    def add(self, keys: Sequence[str], by: int | None, at: datetime.datetime) -> None:
        """Put questions aside."""
        with self._work() as session:
            for key in keys:
                session.merge(HiddenGapRow(key=key, set_by=by, at=at))

    def remove(self, keys: Sequence[str]) -> int:
        """Take that back; how many had been put aside."""
        with self._work() as session:
            return changed(session, delete(HiddenGapRow).where(HiddenGapRow.key.in_(tuple(keys))))
