"""Who somebody is beyond their name, and the zone in which the clock of the wall showed when something was kept."""

import sqlalchemy as sa
from alembic import op

revision = "r0003_signed"
down_revision = "r0002_drafts"


def upgrade() -> None:
    """Add both columns, empty in the rows that are there: those are hashed without them (see chain.py)."""
    op.add_column("records", sa.Column("identity", sa.Text))
    op.add_column("records", sa.Column("zone", sa.Text))
