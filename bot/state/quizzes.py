"""Quizzes that run, rounds that were played, and what was asked how often.

Comes in: a way to work in a transaction, JSON values and plain rows. Goes out: the same. What a quiz is, is not known.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.state.person import changed
from bot.state.quiz_models import (
    QuizAnswerRow,
    QuizMissRow,
    QuizOptOutRow,
    QuizRoundRow,
    QuizRow,
    QuizScoreRow,
    QuizTurnRow,
)

ROUND_DAYS = 400  # how long the rounds of a server are kept: a season, and the same of the year before


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What somebody answered to question `number`."""

    number: int
    person: int
    picks: tuple[int, ...]
    right: bool
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class KeptQuiz:
    """A quiz that runs, as it was last saved."""

    channel_id: int
    guild_id: int | None
    host_id: int | None
    value: Any
    answers: tuple[KeptAnswer, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to: `(person, points, answered)`, and of each person the keys that they answered wrongly."""

    topic: str
    questions: int
    scores: Sequence[tuple[int, int, int]]
    misses: Mapping[int, Sequence[str]]


class Quizzes:
    """Small verbs, each a transaction of its own, like those of the Store; each may raise StateError."""

    def __init__(self, work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._work = work

    def begin(self, channel_id: int, guild_id: int | None, host_id: int, value: Any, at: datetime.datetime) -> bool:
        """Keep a quiz that begins; False where one runs in the channel already."""
        with self._work() as session:
            if session.get(QuizRow, channel_id) is not None:
                return False
            session.add(QuizRow(channel_id=channel_id, guild_id=guild_id, host_id=host_id, value=value, at=at))
            return True

    def save(
        self, channel_id: int, at: datetime.datetime, value: Any = None, put: Iterable[KeptAnswer] = (),
        drop: Iterable[tuple[int, int]] = (),
    ) -> None:  # fmt: skip
        """Keep how a quiz stands now (None: as before), and answers; those in `drop`, by number and person, no more.

        Of a quiz that has ended nothing is kept.
        """
        with self._work() as session:
            row = session.get(QuizRow, channel_id)
            if row is None:
                return
            if value is not None:
                row.value, row.at = value, at
            for number, person in drop:
                which = (QuizAnswerRow.channel_id == channel_id, QuizAnswerRow.number == number)
                session.execute(delete(QuizAnswerRow).where(*which, QuizAnswerRow.person_id == person))
            for given in put:
                session.merge(
                    QuizAnswerRow(
                        channel_id=channel_id, number=given.number, person_id=given.person, picks=list(given.picks),
                        right=given.right, at=given.at,
                    )
                )  # fmt: skip

    def running(self) -> list[KeptQuiz]:
        """All quizzes that run, to go on with after a restart."""
        with self._work() as session:
            found = []
            for row in session.scalars(select(QuizRow).order_by(QuizRow.channel_id)):
                answers = select(QuizAnswerRow).where(QuizAnswerRow.channel_id == row.channel_id)
                given = session.scalars(answers.order_by(QuizAnswerRow.number, QuizAnswerRow.at))
                kept = tuple(KeptAnswer(a.number, a.person_id, tuple(a.picks), a.right, a.at) for a in given)
                found.append(KeptQuiz(row.channel_id, row.guild_id, row.host_id, row.value, kept))
            return found

    def end(self, channel_id: int, played: Round | None, at: datetime.datetime) -> int | None:
        """Keep a quiz no longer, and what it came to, for those who did not opt out; the number of the round.

        None where there is nothing to keep, or where the quiz has ended already.
        """
        with self._work() as session:
            row = session.get(QuizRow, channel_id)
            if row is None:
                return None
            guild = row.guild_id
            session.delete(row)
            session.execute(delete(QuizAnswerRow).where(QuizAnswerRow.channel_id == channel_id))
            if played is None:
                return None
            made = QuizRoundRow(
                guild_id=guild, channel_id=channel_id, topic=played.topic, questions=played.questions, at=at
            )
            session.add(made)
            session.flush()
            hidden = _opted_out(session, guild)
            for person, points, answered in played.scores:
                if person not in hidden:
                    score = QuizScoreRow(round_id=made.id, person_id=person, points=points, answered=answered)
                    session.add(score)
            for person, keys in played.misses.items():
                session.add_all(QuizMissRow(round_id=made.id, person_id=person, key=key) for key in dict.fromkeys(keys))
            return made.id

    def misses(self, round_id: int, person_id: int) -> list[str]:
        """The keys of the questions that somebody answered wrongly in a round."""
        own = (QuizMissRow.round_id == round_id, QuizMissRow.person_id == person_id)
        with self._work() as session:
            return list(session.scalars(select(QuizMissRow.key).where(*own).order_by(QuizMissRow.key)))

    def season(
        self, guild_id: int, since: datetime.datetime, before: datetime.datetime
    ) -> list[tuple[int, int, int]]:  # fmt: skip
        """What everybody who did not opt out reached in a server's rounds of a time: person, points, answers."""
        points, answered = func.sum(QuizScoreRow.points), func.sum(QuizScoreRow.answered)
        rows = (
            select(QuizScoreRow.person_id, points, answered)
            .join(QuizRoundRow, QuizRoundRow.id == QuizScoreRow.round_id)
            .where(QuizRoundRow.guild_id == guild_id, QuizRoundRow.at >= since, QuizRoundRow.at < before)
            .group_by(QuizScoreRow.person_id)
        )
        with self._work() as session:
            hidden = _opted_out(session, guild_id)
            return [(who, int(won), int(made)) for who, won, made in session.execute(rows) if who not in hidden]

    def opt_out(self, guild_id: int, person_id: int, at: datetime.datetime) -> None:
        """Leave the leaderboards of a server; what was reached there is deleted."""
        rounds = select(QuizRoundRow.id).where(QuizRoundRow.guild_id == guild_id)
        own = (QuizScoreRow.person_id == person_id, QuizScoreRow.round_id.in_(rounds))
        with self._work() as session:
            session.merge(QuizOptOutRow(guild_id=guild_id, person_id=person_id, at=at))
            session.execute(delete(QuizScoreRow).where(*own))

    def opt_in(self, guild_id: int, person_id: int) -> bool:
        """Be on the leaderboards of a server again, from now on; whether somebody was not."""
        own = (QuizOptOutRow.guild_id == guild_id, QuizOptOutRow.person_id == person_id)
        with self._work() as session:
            return changed(session, delete(QuizOptOutRow).where(*own)) > 0

    def opted_out(self, guild_id: int) -> set[int]:
        """Who is not to be shown in a server."""
        with self._work() as session:
            return _opted_out(session, guild_id)

    def turns(self, place_id: int) -> dict[str, int]:
        """How often each fact was asked in a server, or in a channel that is in none."""
        with self._work() as session:
            rows = session.scalars(select(QuizTurnRow).where(QuizTurnRow.place_id == place_id))
            return {row.fact: row.times for row in rows}

    def note_turns(self, place_id: int, facts: Iterable[str]) -> None:
        """Note that facts were asked once more."""
        with self._work() as session:
            for fact in dict.fromkeys(facts):
                row = session.get(QuizTurnRow, (place_id, fact))
                if row is None:
                    session.add(QuizTurnRow(place_id=place_id, fact=fact, times=1))
                else:
                    row.times += 1


def _opted_out(session: Session, guild_id: int | None) -> set[int]:
    return set(session.scalars(select(QuizOptOutRow.person_id).where(QuizOptOutRow.guild_id == guild_id)))


def prune(session: Session, before: datetime.datetime) -> int:
    """Delete rounds that ended before a time, with what was reached and missed in them; how many rounds."""
    old = select(QuizRoundRow.id).where(QuizRoundRow.at < before)
    session.execute(delete(QuizScoreRow).where(QuizScoreRow.round_id.in_(old)))
    session.execute(delete(QuizMissRow).where(QuizMissRow.round_id.in_(old)))
    return changed(session, delete(QuizRoundRow).where(QuizRoundRow.at < before))
