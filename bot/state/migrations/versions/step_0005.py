"""Quizzes that outlive a restart, rounds and their scores, and the question of the day."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _quizzes()
    _rounds()
    _dailies()
    for table, column in (
        ("quizzes", "guild_id"), ("quizzes", "host_id"), ("quiz_answers", "person_id"), ("quiz_rounds", "guild_id"),
        ("quiz_rounds", "at"), ("quiz_scores", "person_id"), ("quiz_misses", "person_id"),
        ("quiz_opt_outs", "person_id"), ("dailies", "guild_id"), ("dailies", "set_by"), ("daily_answers", "day"),
        ("daily_answers", "person_id"), ("daily_streaks", "person_id"),
    ):  # fmt: skip
        op.create_index(f"ix_{table}_{column}", table, [column])


def _quizzes() -> None:
    op.create_table(
        "quizzes",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("host_id", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_quizzes"),
    )
    op.create_table(
        "quiz_answers",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("picks", sa.Text(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "number", "person_id", name="pk_quiz_answers"),
    )
    op.create_table(
        "quiz_turns",
        sa.Column("place_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.String(200), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place_id", "fact", name="pk_quiz_turns"),
    )


def _rounds() -> None:
    op.create_table(
        "quiz_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(255), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_rounds"),
    )
    op.create_table(
        "quiz_scores",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "person_id", name="pk_quiz_scores"),
    )
    op.create_table(
        "quiz_misses",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "person_id", "key", name="pk_quiz_misses"),
    )
    op.create_table(
        "quiz_opt_outs",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "person_id", name="pk_quiz_opt_outs"),
    )


def _dailies() -> None:
    op.create_table(
        "dailies",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(255), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("channel_id", name="pk_dailies"),
    )
    op.create_table(
        "daily_answers",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("picks", sa.Text(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "day", "person_id", name="pk_daily_answers"),
    )
    op.create_table(
        "daily_streaks",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("best", sa.Integer(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "person_id", name="pk_daily_streaks"),
    )
