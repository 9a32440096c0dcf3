"""The tables of the records store, as SQLAlchemy Core sees them; migrations/ makes them.

Every value that is hashed is text or a whole number, so that SQLite and PostgreSQL give back exactly what was written.
"""

from sqlalchemy import Column, Integer, MetaData, Table, Text

METADATA = MetaData()

RECORDS = Table(
    "records",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text),
    Column("who", Text, nullable=False),
    Column("self_declared", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("warehouse_version", Integer),
    Column("replaces", Integer),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("identity", Text),
    Column("zone", Text),
)
"""One row a decision, never changed. seq: 1, 2, 3 … without a gap. at: UTC, ISO. payload: JSON, null = the subject is withdrawn.
previous_hash: the hash of the row before, of the first row GENESIS. hash: over everything else in the row.
identity: issuer and subject of the sign-in, null = nobody signed in. zone: offset of the local time, `+08:00`. Rows from before there
were these two hold null in both."""

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("who", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""What somebody began and has not decided yet: overwritten at each change, gone when it is decided."""
