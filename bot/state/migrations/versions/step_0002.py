"""Which facts were served, to tell what changed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "fact_versions",
        sa.Column("fact", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("change", sa.String(16), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("fact", name="pk_fact_versions"),
    )
    op.create_index("ix_fact_versions_at", "fact_versions", ["at"])
