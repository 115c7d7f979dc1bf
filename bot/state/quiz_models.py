"""The tables of quizzes and of the question of the day; more tables of the one state, by the rules of `models.py`.

What somebody answered is never within the JSON of a quiz, but in rows of its own, so that it can be told and forgotten.
"""

import datetime
from typing import Any

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.state.columns import Json
from bot.state.models import Base


class QuizRow(Base):
    """A quiz that runs in a channel: its questions and where it stands, without anybody's answers."""

    __tablename__ = "quizzes"

    channel_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guild_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    host_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    value: Mapped[Any] = mapped_column(Json, nullable=False)
    at: Mapped[datetime.datetime]


class QuizAnswerRow(Base):
    """What somebody answered to a question of a quiz that runs."""

    __tablename__ = "quiz_answers"

    channel_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    picks: Mapped[Any] = mapped_column(Json, nullable=False)
    right: Mapped[bool]
    at: Mapped[datetime.datetime]


class QuizRoundRow(Base):
    """A quiz that was played to its end."""

    __tablename__ = "quiz_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    guild_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    channel_id: Mapped[int] = mapped_column(BigInteger)
    topic: Mapped[str] = mapped_column(String(255))
    questions: Mapped[int]
    at: Mapped[datetime.datetime] = mapped_column(index=True)


class QuizScoreRow(Base):
    """What somebody reached in a round."""

    __tablename__ = "quiz_scores"

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    points: Mapped[int]
    answered: Mapped[int]


class QuizMissRow(Base):
    """A question, by its key, that somebody answered wrongly in a round."""

    __tablename__ = "quiz_misses"

    round_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)


class QuizOptOutRow(Base):
    """Somebody who does not want to be on the leaderboards of a server."""

    __tablename__ = "quiz_opt_outs"

    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    at: Mapped[datetime.datetime]


class QuizTurnRow(Base):
    """How often a fact was asked in a server, or in a channel that is in none."""

    __tablename__ = "quiz_turns"

    place_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fact: Mapped[str] = mapped_column(String(200), primary_key=True)
    times: Mapped[int]


class DailyRow(Base):
    """A channel with a question of the day: at which hour of which zone, and the one that was asked last."""

    __tablename__ = "dailies"

    channel_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guild_id: Mapped[int] = mapped_column(BigInteger, index=True)
    hour: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(255))
    set_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime.datetime]
    asked: Mapped[Any] = mapped_column(Json, nullable=False)
    asked_on: Mapped[datetime.date | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)


class DailyAnswerRow(Base):
    """What somebody answered to a question of the day."""

    __tablename__ = "daily_answers"

    channel_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day: Mapped[datetime.date] = mapped_column(primary_key=True, index=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    picks: Mapped[Any] = mapped_column(Json, nullable=False)
    right: Mapped[bool]
    at: Mapped[datetime.datetime]


class DailyStreakRow(Base):
    """On how many days in a row somebody answered the question of the day of a channel; one day may be missed."""

    __tablename__ = "daily_streaks"

    channel_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    days: Mapped[int]
    best: Mapped[int]
    last: Mapped[datetime.date]
