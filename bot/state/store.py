"""The one door to the state: small verbs, each a transaction of its own. Ids and values in, plain records out.

Safe to call from any thread; calls wait for one another. Every verb may raise StateError (a full disk, say, or a store
that was closed); nothing is half done then.
"""

import contextlib
import datetime
import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, get_args

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.state import dailies, database, deck, lock, migrate, person, quizzes, seen
from bot.state.curators import CuratorList
from bot.state.dailies import DAILY_DAYS, Dailies
from bot.state.deck import REVIEW_DAYS, Cards
from bot.state.hidden import HiddenGaps
from bot.state.journal import Journal
from bot.state.kept import KEPT_DAYS, KeptDrafts
from bot.state.models import AnswerRow, ChannelModeRow, KeptRow, MissedRow, OptInRow, QuestionCountRow
from bot.state.notices import Notices
from bot.state.problems import StateError
from bot.state.proposals import Proposals
from bot.state.quizzes import ROUND_DAYS, Quizzes
from bot.state.records import Asked, FactChange, Missed, Mode
from bot.state.reminders import Reminders

MISSED_DAYS = 30  # how long a question that was not understood is kept
ANSWER_DAYS = 90  # how long it is known who asked what an answer answers; its buttons work that long

_ID = re.compile(rf"\d{{{person.ID_DIGITS},}}")


class Store:
    """The open state. `open` it once in a process, and `close` it."""

    def __init__(self, engine: Engine, held: IO[str] | None) -> None:
        self._engine = engine
        self._held = held
        self._closed = False
        self._turn = threading.RLock()

    @classmethod
    def open(cls, url: str, *, exclusive: bool = True) -> "Store":
        """Open the state at a URL, made or brought up to date where need be; `sqlite://` lives in memory only.

        A bot holds it for itself; who opens it without `exclusive` shares it with a running one, and must not stay
        within a transaction for long. Raises StateInUseError if another bot holds it, or if it must be brought up to
        date while one does, and StateError if it cannot be opened.
        """
        parsed = database.parse(url)
        engine = database.connect(parsed)
        database.prepare(parsed)
        path = database.lock_path(parsed)
        store = cls(engine, lock.take(path) if path is not None and exclusive else None)
        try:
            with store._told():
                if exclusive or path is None:
                    migrate.upgrade(engine)
                elif not migrate.current(engine):
                    with lock.take(path):
                        migrate.upgrade(engine)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Release the state. A second time does nothing."""
        with self._turn:
            self._closed = True
            self._engine.dispose()
            if self._held is not None:
                self._held.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- channels and servers

    def channel_mode(self, channel_id: int) -> Mode | None:
        """When the bot speaks in a channel; None where nobody said."""
        with self._work() as session:
            row = session.get(ChannelModeRow, channel_id)
            return None if row is None else _mode(row.mode)

    def channel_modes(self, guild_id: int) -> dict[int, Mode]:
        """The modes that were set in a server, by channel."""
        with self._work() as session:
            rows = session.scalars(select(ChannelModeRow).where(ChannelModeRow.guild_id == guild_id))
            return {row.channel_id: _mode(row.mode) for row in rows}

    def set_channel_mode(self, guild_id: int, channel_id: int, mode: Mode, by: int, at: datetime.datetime) -> None:
        """Say when the bot speaks in a channel. Raises ValueError for an unknown mode."""
        with self._work() as session:
            session.merge(ChannelModeRow(channel_id=channel_id, guild_id=guild_id, mode=_mode(mode), set_by=by, at=at))

    def opted_in(self, guild_id: int) -> bool:
        """Whether a server lets the texts of questions that were not understood be kept."""
        with self._work() as session:
            return session.get(OptInRow, guild_id) is not None

    def opt_in(self, guild_id: int, by: int, at: datetime.datetime) -> None:
        """Keep the texts of a server's questions that were not understood, from now on."""
        with self._work() as session:
            session.merge(OptInRow(guild_id=guild_id, set_by=by, at=at))

    def opt_out(self, guild_id: int) -> int:
        """Keep them no longer, and delete those that were kept; how many."""
        with self._work() as session:
            session.execute(delete(OptInRow).where(OptInRow.guild_id == guild_id))
            kept = select(func.count()).where(MissedRow.guild_id == guild_id, MissedRow.text.is_not(None))
            count = session.scalar(kept) or 0
            session.execute(update(MissedRow).where(MissedRow.guild_id == guild_id).values(text=None))
        self._scrub(whole=True)
        return count

    # --- questions

    def count_question(self, query: str, day: datetime.date) -> None:
        """Count a question, given as the stable text of its query (`query_key`)."""
        self.record({(query, day): 1}, ())

    def record(
        self,
        asked: Mapping[tuple[str, datetime.date], int],
        missed: Sequence[tuple[str, int | None, datetime.datetime]],
    ) -> None:
        """Many questions at once: how often each query was asked on a day; what was not understood, where and when.

        One transaction costs as much as one question alone; of a busy bot's questions most come in such batches.
        """
        with self._work() as session:
            for (query, day), times in asked.items():
                row = session.get(QuestionCountRow, (query, day))
                if row is None:
                    session.add(QuestionCountRow(query=query, day=day, count=times))
                else:
                    row.count += times
            for text, guild_id, at in missed:
                _miss(session, text, guild_id, at)

    def question_counts(self, since: datetime.date) -> dict[str, int]:
        """How often each query was asked on that day and later, the most asked first."""
        total = func.sum(QuestionCountRow.count)
        counted = select(QuestionCountRow.query, total).where(QuestionCountRow.day >= since)
        with self._work() as session:
            rows = session.execute(
                counted.group_by(QuestionCountRow.query).order_by(total.desc(), QuestionCountRow.query)
            )
            return {query: int(count) for query, count in rows}

    def note_missed(self, text: str, guild_id: int | None, at: datetime.datetime) -> bool:
        """Note that a question was not understood; whether its text was kept. Ids within the text are blanked."""
        with self._work() as session:
            return _miss(session, text, guild_id, at)

    def missed(self, guild_id: int, limit: int = 100) -> list[Missed]:
        """The kept texts of a server, the newest first."""
        kept = select(MissedRow).where(MissedRow.guild_id == guild_id, MissedRow.text.is_not(None))
        with self._work() as session:
            rows = session.scalars(kept.order_by(MissedRow.at.desc(), MissedRow.id.desc()).limit(limit))
            return [Missed(row.text or "", row.at) for row in rows]

    def missed_texts(self, since: datetime.datetime, limit: int) -> list[tuple[str, int]]:
        """The kept texts of all servers since then, each with how often it was asked; the most asked first."""
        count, last = func.count(), func.max(MissedRow.at)
        chosen = select(MissedRow.text, count).where(MissedRow.text.is_not(None), MissedRow.at >= since)
        ordered = chosen.group_by(MissedRow.text).order_by(count.desc(), last.desc(), MissedRow.text)
        with self._work() as session:
            return [(text or "", int(times)) for text, times in session.execute(ordered.limit(limit))]

    def missed_count(self, since: datetime.datetime) -> int:
        """How many questions were not understood since then, with or without a kept text."""
        with self._work() as session:
            return session.scalar(select(func.count()).where(MissedRow.at >= since)) or 0

    # --- answers

    def remember_answer(self, message_id: int, user_id: int, query: Any, at: datetime.datetime) -> None:
        """Remember who asked what a message answers. `query` is any JSON value (`query_to_json`, or a list of them)."""
        with self._work() as session:
            session.merge(AnswerRow(message_id=message_id, user_id=user_id, query=query, at=at))

    def recall_answer(self, message_id: int) -> Asked | None:
        """Who asked what a message answers; None when it is not, or no longer, known."""
        with self._work() as session:
            row = session.get(AnswerRow, message_id)
            return None if row is None else Asked(row.user_id, row.query, row.at)

    def forget_answer(self, message_id: int) -> bool:
        """Forget a message that was deleted; whether it was known."""
        with self._work() as session:
            return person.changed(session, delete(AnswerRow).where(AnswerRow.message_id == message_id)) > 0

    # --- the facts that are served

    def note_facts(self, digests: Mapping[str, str], at: datetime.datetime) -> dict[str, int]:
        """Note the facts that are served from now on, by id; how many were added, corrected and removed."""
        with self._work() as session:
            return seen.note(session, digests, at)

    def fact_changes(self, since: datetime.datetime) -> list[FactChange]:
        """The facts that are served otherwise since then, the newest change first."""
        with self._work() as session:
            return seen.changes(session, since)

    @property
    def journal(self) -> Journal:
        """The journal of what curators changed."""
        return Journal(self._work, self._settle)

    @property
    def proposals(self) -> Proposals:
        """What curators are to decide on."""
        return Proposals(self._work)

    @property
    def curators(self) -> CuratorList:
        """Who was named a curator while the bot runs."""
        return CuratorList(self._work)

    @property
    def notices(self) -> Notices:
        """Into which channels notices go."""
        return Notices(self._work)

    @property
    def kept(self) -> KeptDrafts:
        """What people have begun to fill in."""
        return KeptDrafts(self._work)

    @property
    def hidden(self) -> HiddenGaps:
        """Questions that are not for this bot."""
        return HiddenGaps(self._work)

    @property
    def cards(self) -> Cards:
        """What people learn: their cards and decks."""
        return Cards(self._work)

    @property
    def reminders(self) -> Reminders:
        """When people want to be told that cards are due."""
        return Reminders(self._work)

    @property
    def quizzes(self) -> Quizzes:
        """Quizzes that run, and rounds that were played."""
        return Quizzes(self._work)

    @property
    def dailies(self) -> Dailies:
        """Questions of the day."""
        return Dailies(self._work)

    # --- keeping little

    def prune(self, now: datetime.datetime) -> dict[str, int]:
        """Delete what is older than MISSED_DAYS, ANSWER_DAYS, KEPT_DAYS, and old play and grades; how many of each."""
        days = datetime.timedelta
        with self._work() as session:
            counts = {
                "missed": person.changed(session, delete(MissedRow).where(MissedRow.at < now - days(MISSED_DAYS))),
                "answers": person.changed(session, delete(AnswerRow).where(AnswerRow.at < now - days(ANSWER_DAYS))),
                "kept": person.changed(session, delete(KeptRow).where(KeptRow.at < now - days(KEPT_DAYS))),
                "rounds": quizzes.prune(session, now - days(ROUND_DAYS)),
                "dailies": dailies.prune(session, (now - days(DAILY_DAYS)).date()),
                "reviews": deck.prune(session, now - days(REVIEW_DAYS)),
            }
        self._scrub(whole=False)
        return counts

    def about(self, user_id: int) -> dict[str, Any]:
        """Everything stored about a person: a JSON object of lists."""
        with self._work() as session:
            return person.about(session, user_id)

    def export(self, user_id: int) -> str:
        """The same as the text of a JSON file that a person can be given."""
        return json.dumps({"user": str(user_id), **self.about(user_id)}, ensure_ascii=False, indent=2) + "\n"

    def forget(self, user_id: int) -> dict[str, int]:
        """Leave no trace of a person, in the tables or the bytes of the files; how many rows were concerned.

        Raises StateError if the files could not be cleaned; what was stored is deleted even then, and a second call
        cleans again.
        """
        with self._turn:
            with self._work() as session:
                counts = person.forget(session, user_id)
            self._scrub(whole=True)
        return counts

    # --- how

    @contextlib.contextmanager
    def _work(self) -> Iterator[Session]:
        """A transaction: kept when the block ends, undone when it raises."""
        with self._turn, self._told():
            if self._closed:
                raise StateError("the state is closed")
            with Session(self._engine) as session, session.begin():
                yield session

    def _settle(self) -> None:
        with self._turn, self._told():
            database.settle(self._engine)

    def _scrub(self, *, whole: bool) -> None:
        with self._turn, self._told():
            database.scrub(self._engine, whole=whole)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Faults of the database as StateError, without the values that were to be written."""
        try:
            yield
        except SQLAlchemyError as error:
            fault = getattr(error, "orig", None) or type(error).__name__
            url = self._engine.url.render_as_string(hide_password=True)
            raise StateError(f"{url}: the state cannot be used: {fault}") from error


def _miss(session: Session, text: str, guild_id: int | None, at: datetime.datetime) -> bool:
    keeps = guild_id is not None and session.get(OptInRow, guild_id) is not None
    session.add(MissedRow(guild_id=guild_id, text=_ID.sub("0", text) if keeps else None, at=at))
    return keeps


def _mode(text: str) -> Mode:
    if text not in get_args(Mode):
        raise ValueError(f"'{text}' is no mode of a channel: {', '.join(get_args(Mode))}")
    return text  # type: ignore[return-value]
