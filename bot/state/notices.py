"""Into which channels notices go: one line for each change, or a digest every week. Off where nobody said."""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.state.models import NoticeRow
from bot.state.person import changed

NoticeKind = Literal["audit", "digest"]
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Notice:
    """A channel of a server for one kind of notice. `sent_at` is when the last digest went."""

    guild_id: int
    kind: str
    channel_id: int
    at: datetime.datetime
    sent_at: datetime.datetime | None


class Notices:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def set(self, guild_id: int, kind: NoticeKind, channel_id: int, by: int, at: datetime.datetime) -> None:
        """Send notices of a kind into a channel of a server. Raises ValueError for an unknown kind."""
        if kind not in get_args(NoticeKind):
            raise ValueError(f"'{kind}' is no kind of notice: {', '.join(get_args(NoticeKind))}")
        with self._work() as session:
            row = session.get(NoticeRow, (guild_id, kind))
            sent = row.sent_at if row else None  # another channel is no reason for another digest
            session.merge(
                NoticeRow(guild_id=guild_id, kind=kind, channel_id=channel_id, set_by=by, at=at, sent_at=sent)
            )

    def off(self, guild_id: int, kind: NoticeKind) -> bool:
        """Send them no longer; whether they were sent."""
        off = delete(NoticeRow).where(NoticeRow.guild_id == guild_id, NoticeRow.kind == kind)
        with self._work() as session:
            return changed(session, off) > 0

    def get(self, guild_id: int, kind: NoticeKind) -> int | None:
        """The channel of a server for notices of a kind."""
        with self._work() as session:
            row = session.get(NoticeRow, (guild_id, kind))
            return row.channel_id if row else None

    def all(self, kind: NoticeKind) -> list[Notice]:
        """Every server's channel for notices of a kind."""
        with self._work() as session:
            rows = session.scalars(select(NoticeRow).where(NoticeRow.kind == kind).order_by(NoticeRow.guild_id))
            return [Notice(row.guild_id, row.kind, row.channel_id, row.at, row.sent_at) for row in rows]

    def due(self, now: datetime.datetime) -> list[Notice]:
        """The digests that are to be sent: a week after the last one, the first one at once."""
        return [notice for notice in self.all("digest") if notice.sent_at is None or notice.sent_at <= now - WEEK]

    def sent(self, guild_id: int, kind: NoticeKind, at: datetime.datetime) -> None:
        """Note that one went."""
        step = update(NoticeRow).where(NoticeRow.guild_id == guild_id, NoticeRow.kind == kind).values(sent_at=at)
        with self._work() as session:
            changed(session, step)
