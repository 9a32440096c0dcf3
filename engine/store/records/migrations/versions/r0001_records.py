"""The records and their guards: nothing that was kept is changed, taken out, replaced or put in out of turn."""

import sqlalchemy as sa
from alembic import op

revision = "r0001_records"
down_revision = None

IN_SQLITE = (
    "create trigger records_are_not_changed before update on records begin select raise(abort, 'records are append-only: no update'); end",
    "create trigger records_are_not_deleted before delete on records begin select raise(abort, 'records are append-only: no delete'); end",
    # INSERT OR REPLACE deletes without asking the trigger above, so a row must be the next one.
    """create trigger records_are_appended before insert on records
       when new.seq <> (select coalesce(max(seq), 0) + 1 from records) or exists (select 1 from records where hash = new.hash)
       begin select raise(abort, 'records are append-only: a row must be the next one'); end""",
)
IN_POSTGRES = (
    """create function records_refuse() returns trigger language plpgsql as
       $$ begin raise exception using message = 'records are append-only: no ' || lower(tg_op); end $$""",
    "create trigger records_are_not_changed before update or delete on records for each row execute function records_refuse()",
    "create trigger records_are_not_emptied before truncate on records for each statement execute function records_refuse()",
    """create function records_take_the_next() returns trigger language plpgsql as
       $$ begin
         if new.seq <> (select coalesce(max(seq), 0) + 1 from records) then
           raise exception 'records are append-only: a row must be the next one';
         end if;
         return new;
       end $$""",
    "create trigger records_are_appended before insert on records for each row execute function records_take_the_next()",
)


def upgrade() -> None:
    """Make the table, what finds a subject's newest row, and the triggers."""
    op.create_table(
        "records",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("self_declared", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("warehouse_version", sa.Integer),
        sa.Column("replaces", sa.Integer),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
    )
    op.create_index("records_by_subject", "records", ["kind", "subject", "seq"])
    op.create_index("records_by_kind", "records", ["kind", "seq"])
    for trigger in IN_SQLITE if op.get_bind().dialect.name == "sqlite" else IN_POSTGRES:
        op.get_bind().exec_driver_sql(trigger)
