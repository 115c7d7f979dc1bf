"""The journal of what curators changed: written before a file is, and marked when all are.

Comes in: a way to work in a transaction, and entries. Goes out: entries, the newest first. Nothing is ever taken out.
"""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.state.models import FactChangeRow

ChangeState = Literal["pending", "done", "dropped", "stuck"]
PENDING: ChangeState = "pending"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A change as it is kept. `edits` and `files` are JSON values; `blob` is gone once it is done or dropped."""

    at: datetime.datetime
    folder: str
    curator_id: int | None
    curator_name: str
    action: str
    entry: str
    fact: str
    relation: str
    reason: str
    edits: Any
    files: Any
    blob: bytes | None
    state: str = PENDING
    commit: str | None = None
    undoes: int | None = None
    id: int = 0


class Journal:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]], settle: Callable[[], None]) -> None:
        """`settle` brings what was committed to the disk itself."""
        self._work, self._settle = work, settle

    def begin(self, entry: JournalEntry) -> int:
        """Note a change that is about to be made; its number. Once this returns, not even a power cut loses it."""
        kept = {name: getattr(entry, name) for name in _COLUMNS if name != "id"}
        row = FactChangeRow(**kept)
        with self._work() as session:
            session.add(row)
            session.flush()
            number = row.id
        self._settle()
        return number

    def finish(self, id_: int, state: ChangeState) -> None:
        """Say what came of a change. What was needed to complete it is let go, unless somebody must look at it."""
        values: dict[str, Any] = {"state": state} if state == "stuck" else {"state": state, "blob": None}
        with self._work() as session:
            session.execute(update(FactChangeRow).where(FactChangeRow.id == id_).values(**values))

    def committed(self, ids: Sequence[int], commit: str) -> None:
        """Note the commit that mirrors some changes."""
        with self._work() as session:
            session.execute(update(FactChangeRow).where(FactChangeRow.id.in_(ids)).values(commit=commit))

    def get(self, id_: int) -> JournalEntry | None:
        """One change."""
        return next(iter(self._read(select(FactChangeRow).where(FactChangeRow.id == id_))), None)

    def newest(self, fact: str = "", limit: int = 20) -> list[JournalEntry]:
        """The changes of a fact, or of all, the newest first; those that were dropped are left out."""
        chosen = select(FactChangeRow).where(FactChangeRow.state != "dropped")
        if fact:
            chosen = chosen.where(FactChangeRow.fact == fact)
        return self._read(chosen.order_by(FactChangeRow.id.desc()).limit(limit))

    def since(self, at: datetime.datetime) -> list[JournalEntry]:
        """The changes that were begun since then, the oldest first."""
        return self._read(select(FactChangeRow).where(FactChangeRow.at >= at).order_by(FactChangeRow.id))

    def pending(self) -> list[JournalEntry]:
        """What was begun and not marked, the oldest first."""
        return self._read(select(FactChangeRow).where(FactChangeRow.state == PENDING).order_by(FactChangeRow.id))

    def uncommitted(self, folder: str) -> list[JournalEntry]:
        """What was done in a folder and is mirrored by no commit, the oldest first."""
        chosen = select(FactChangeRow).where(
            FactChangeRow.state == "done", FactChangeRow.commit.is_(None), FactChangeRow.folder == folder
        )
        return self._read(chosen.order_by(FactChangeRow.id))

    def _read(self, chosen: Select[Any]) -> list[JournalEntry]:
        with self._work() as session:
            return [JournalEntry(**{name: getattr(row, name) for name in _COLUMNS}) for row in session.scalars(chosen)]


_COLUMNS = tuple(JournalEntry.__dataclass_fields__)
