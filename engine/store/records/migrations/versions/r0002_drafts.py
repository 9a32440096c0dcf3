"""Drafts: what somebody began and has not decided yet."""

import sqlalchemy as sa
from alembic import op

revision = "r0002_drafts"
down_revision = "r0001_records"


def upgrade() -> None:
    """Make the table; unlike the records it may be changed."""
    op.create_table(
        "drafts",
        sa.Column("who", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
