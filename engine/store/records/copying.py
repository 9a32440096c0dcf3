"""A copy of the records while people write, and bringing a copy back. Whatever the records lie in, the copy is one SQLite file."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from engine.errors import BadUse, NotKept
from engine.messages import message
from engine.store.home import Home
from engine.store.records import chain, opening
from engine.store.records.anchor import Anchor
from engine.store.records.tables import METADATA, RECORDS

ROWS_AT_ONCE = 5_000


def copy(home: Home, to: Path) -> None:
    """Write everything that is kept at one moment into a new SQLite file; whoever writes meanwhile is not held up.

    SQLite by its online backup, PostgreSQL by one transaction that sees a single moment. Raises Busy, NotKept.
    """
    if home.records_url is None:
        with opening.reading(home) as connection, opening.faults_as_sentences(), _file(to) as copied:
            connection.connection.driver_connection.backup(copied)  # type: ignore[union-attr]
            copied.execute("pragma journal_mode = delete")  # one file, with nothing beside it
        return
    with opening.one_moment(home) as connection, opening.at_file(to) as copied_to:
        _pour(connection, copied_to)


@contextlib.contextmanager
def _file(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection to a file; its faults come as those of the records."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            yield connection
    except sqlite3.Error as fault:
        raise NotKept(message("The records could not be copied: {fault}.", fault=str(fault))) from fault


def _pour(source: Connection, target: Connection) -> None:
    """Every row of every table, in the order in which the chain takes them."""
    for table in METADATA.sorted_tables:
        rows = source.execute(select(table).order_by(*table.primary_key.columns)).mappings()
        for part in rows.partitions(ROWS_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in part])


def verdict_of(file: Path, anchor: Anchor | None) -> chain.Verdict:
    """Walk the chain of a copied file and hold it against an anchor. Its tables are brought up to date first. Raises NotKept."""
    with opening.at_file(file) as connection:
        return chain.verdict(map(dict, connection.execute(select(RECORDS).order_by(RECORDS.c.seq)).mappings()), anchor)


def refuse_full(home: Home) -> None:
    """Raises BadUse where the database that was named for the records holds some already: they would become part of a foreign chain."""
    if home.records_url is None:
        return
    with opening.reading(home) as connection:
        if connection.execute(select(func.count()).select_from(RECORDS)).scalar():
            raise BadUse(message("The database that is named for the records is not empty; name an empty one."))


def bring_back(home: Home, file: Path) -> None:
    """Put the rows of a copied file into the database that was named for the records, all or nothing. Raises BadUse, Busy, NotKept."""
    refuse_full(home)
    with opening.at_file(file) as copied, opening.writing(home) as connection:
        _pour(copied, connection)
