"""The tables. Ids are Discord's, so they need 64 bits.

Columns of a person's id: `set_by`, `added_by`, `user_id`, `person_id`, `curator_id`, `proposer_id`, `first_id`,
`decided_id`. `person.py` tells and forgets every one of them; a test walks all tables for an id that it missed. After a
change here, add the next file in `migrations/versions/` by hand; a test says what is missing.
"""

import datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.state.columns import Json, Moment, Words


class Base(DeclarativeBase):
    """Every constraint has a name, so that a migration can change it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime.datetime: Moment}


class ChannelModeRow(Base):
    """When the bot speaks in a channel, and who decided it. A channel without a row has the default."""

    __tablename__ = "channel_modes"

    channel_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guild_id: Mapped[int] = mapped_column(BigInteger, index=True)
    mode: Mapped[str] = mapped_column(String(16))
    set_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime.datetime]


class OptInRow(Base):
    """A server that lets the texts of questions that were not understood be kept."""

    __tablename__ = "opt_ins"

    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    set_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime.datetime]


class QuestionCountRow(Base):
    """How often a question was asked on a day (UTC), by anybody anywhere."""

    __tablename__ = "question_counts"

    query: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[datetime.date] = mapped_column(primary_key=True, index=True)
    count: Mapped[int] = mapped_column(BigInteger)


class MissedRow(Base):
    """A question that was not understood. `text` is empty (NULL) where the server did not opt in."""

    __tablename__ = "missed_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    guild_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    text: Mapped[str | None] = mapped_column(Words)
    at: Mapped[datetime.datetime] = mapped_column(index=True)


class AnswerRow(Base):
    """Who asked what an answer message answers, so that its buttons work after a restart."""

    __tablename__ = "answers"

    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    query: Mapped[Any] = mapped_column(Json, nullable=False)
    at: Mapped[datetime.datetime] = mapped_column(index=True)


class FactVersionRow(Base):
    """A fact as it was last served: a digest, and the last change of it that was noticed (added, corrected, removed).

    What was there the first time has no change.
    """

    __tablename__ = "fact_versions"

    fact: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32))
    change: Mapped[str | None] = mapped_column(String(16))
    at: Mapped[datetime.datetime | None] = mapped_column(Moment, index=True)


class FactChangeRow(Base):
    """A change of the knowledge base, by hand of a curator: written before the files are, and marked when they are.

    `curator_name` is the public trail and stays. `edits` holds the lines before and after of every entry that was
    touched, the fact's own first; `files` the hashes of every file before and after; `blob`, what the files are to
    hold, is kept until it is done. `folder` is the knowledge folder.
    """

    __tablename__ = "fact_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime] = mapped_column(index=True)
    folder: Mapped[str] = mapped_column(Text)
    curator_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    curator_name: Mapped[str] = mapped_column(Words)
    action: Mapped[str] = mapped_column(String(16))
    entry: Mapped[str] = mapped_column(String(16))
    fact: Mapped[str] = mapped_column(String(200), index=True)
    relation: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Words)
    edits: Mapped[Any] = mapped_column(Json, nullable=False)
    files: Mapped[Any] = mapped_column(Json, nullable=False)
    blob: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(16), index=True)
    commit: Mapped[str | None] = mapped_column(String(64))
    undoes: Mapped[int | None]


class ProposalRow(Base):
    """Something that curators are to decide on: see `proposals.Proposal`. Names of curators are the public trail.

    `claimed_at` is when somebody began to save it, so that two do not; a claim runs out by itself.
    """

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    facts: Mapped[Any] = mapped_column(Json, nullable=False)
    draft: Mapped[Any] = mapped_column(Json, nullable=False)
    text: Mapped[str] = mapped_column(Words)
    source: Mapped[str] = mapped_column(Words)
    proposer_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    proposer_name: Mapped[str] = mapped_column(Words)
    guild_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    channel_id: Mapped[int | None] = mapped_column(BigInteger)
    tell: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime.datetime]
    first_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    first_name: Mapped[str] = mapped_column(Words)
    decided_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    decided_name: Mapped[str] = mapped_column(Words, default="")
    decided_at: Mapped[datetime.datetime | None] = mapped_column(Moment, index=True)
    reason: Mapped[str] = mapped_column(Words, default="")
    change_id: Mapped[int | None]
    claimed_at: Mapped[datetime.datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime.datetime | None] = mapped_column(Moment)


class SkipRow(Base):
    """That a curator does not want to see a proposal again on a day. Those at a terminal have no id: 0."""

    __tablename__ = "proposal_skips"

    proposal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    curator_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    day: Mapped[datetime.date]


class CuratorRow(Base):
    """Who was named a curator while the bot runs: a person, or everybody who has a role."""

    __tablename__ = "curators"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    role_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    guild_id: Mapped[int | None] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Words)
    added_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime.datetime]


class HiddenGapRow(Base):
    """A question that is not for this bot. The key is a digest: no words are kept longer than those of the question."""

    __tablename__ = "hidden_gaps"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    set_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime.datetime]


class NoticeRow(Base):
    """The channel of a server into which notices of one kind go, and when the last one went."""

    __tablename__ = "notice_channels"

    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    channel_id: Mapped[int] = mapped_column(BigInteger)
    set_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime.datetime]
    sent_at: Mapped[datetime.datetime | None] = mapped_column(Moment)


class KeptRow(Base):
    """What somebody has begun to fill in and not sent yet, so that nothing typed is lost."""

    __tablename__ = "kept_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    value: Mapped[Any] = mapped_column(Json, nullable=False)
    at: Mapped[datetime.datetime] = mapped_column(index=True)
