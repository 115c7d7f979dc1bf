"""The tables of what people learn; more tables of the one state, under the rules that `models.py` tells."""

import datetime
from typing import Any

from sqlalchemy import BigInteger, Double, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.state.columns import Json, Moment, Words
from bot.state.models import Base


class StudyCardRow(Base):
    """A card of a person: the question of a fact, where it stands in the schedule, and what is to be said of it.

    `last` is NULL until it is graded, `changed_at` until its fact changed, `missed_at` while it is known.
    """

    __tablename__ = "study_cards"

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fact: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(32))
    state: Mapped[int]
    step: Mapped[int | None]
    stability: Mapped[float | None] = mapped_column(Double)
    difficulty: Mapped[float | None] = mapped_column(Double)
    due: Mapped[datetime.datetime] = mapped_column(Moment, index=True)
    last: Mapped[datetime.datetime | None] = mapped_column(Moment)
    added_at: Mapped[datetime.datetime]
    changed_at: Mapped[datetime.datetime | None] = mapped_column(Moment)
    missed_at: Mapped[datetime.datetime | None] = mapped_column(Moment)
    retired: Mapped[bool]


class StudyReviewRow(Base):
    """How a person graded a card, and the card's state before and after."""

    __tablename__ = "study_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    key: Mapped[str] = mapped_column(String(255))
    grade: Mapped[int]
    was: Mapped[int]
    became: Mapped[int]
    at: Mapped[datetime.datetime] = mapped_column(index=True)


class StudyDeckRow(Base):
    """A deck of a person's own. `origin` says where its facts come from, so that new ones join it."""

    __tablename__ = "study_decks"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    name: Mapped[str] = mapped_column(Words)
    origin: Mapped[Any] = mapped_column(Json, nullable=False)
    at: Mapped[datetime.datetime]


class StudyReminderRow(Base):
    """Where and when a person wants to be told that cards are due: in a channel, or in a message of their own (NULL).

    `hour` is one of the zone's day; `told_on` is the day on which they were last told.
    """

    __tablename__ = "study_reminders"

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guild_id: Mapped[int | None] = mapped_column(BigInteger)
    channel_id: Mapped[int | None] = mapped_column(BigInteger)
    hour: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    told_on: Mapped[datetime.date | None]
