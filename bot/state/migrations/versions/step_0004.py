"""Many hands: what curators decide on, who they are, and what they have begun. Reports of mistakes become proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, and move the reports, which keep their numbers: people were told them."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("proposer_id", sa.BigInteger(), nullable=True),
        sa.Column("proposer_name", sa.Text(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("tell", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("decided_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_name", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_table(
        "proposal_skips",
        sa.Column("proposal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("curator_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("proposal", "curator_id", name="pk_proposal_skips"),
    )
    op.create_table(
        "curators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_curators"),
    )
    op.create_table(
        "hidden_gaps",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_hidden_gaps"),
    )
    op.create_table(
        "notice_channels",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "kind", name="pk_notice_channels"),
    )
    op.create_table(
        "kept_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_drafts"),
    )
    for table, column in (
        ("proposals", "state"), ("proposals", "proposer_id"), ("proposals", "guild_id"), ("proposals", "first_id"),
        ("proposals", "decided_id"), ("proposals", "decided_at"), ("proposal_skips", "curator_id"),
        ("curators", "user_id"), ("curators", "role_id"), ("curators", "added_by"), ("hidden_gaps", "set_by"),
        ("notice_channels", "set_by"), ("kept_drafts", "person_id"), ("kept_drafts", "at"),
    ):  # fmt: skip
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(_MOVE)
    if op.get_context().dialect.name == "postgresql":  # numbers that were given by hand do not move its counter
        op.execute(
            "SELECT setval(pg_get_serial_sequence('proposals', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM proposals),"
            " false)"
        )
    op.drop_table("reports")


_MOVE = """
INSERT INTO proposals (id, kind, state, facts, draft, text, source, proposer_id, proposer_name, guild_id, tell, at,
    first_name, decided_name, reason)
SELECT id, 'report', CASE state WHEN 'rejected' THEN 'rejected' WHEN 'done' THEN 'accepted' ELSE 'open' END, facts,
    'null', text, source, reporter_id, '', guild_id, 'no', at, '', '', ''
FROM reports ORDER BY id
"""
