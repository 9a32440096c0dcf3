"""Opening the records: which database, its connections, bringing its tables up to date, and its faults as sentences.

SQLite (WAL) at <home>/records/records.db; the environment variable GRANARY_RECORDS names a PostgreSQL database instead
(`postgresql://user@host/name`). The demo's home keeps its own file in any case: its play decisions are not the company's.
Reading makes nothing: a home without records stays one.
"""

import contextlib
import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, make_url, select, text
from sqlalchemy.pool import NullPool, QueuePool

from engine.errors import Busy, NotKept
from engine.messages import Message, message
from engine.store.home import RECORDS_VARIABLE, Home

NEWEST = "r0003_signed"
"""The migration that a database of this program has reached."""
SECONDS_TO_WAIT = 20
WAITING = f"-c lock_timeout={SECONDS_TO_WAIT}s"
LOCK_OF_WRITERS, LOCK_OF_MIGRATION = 7_304_118_001, 7_304_118_002
"""Numbers of PostgreSQL's advisory locks: any two that no other program on the same database is likely to choose."""

LOCKED = message("Somebody else is writing to the records just now; try again in a moment.")
READ_ONLY = message("The records may not be written to: the folder or the disk is read-only. Nothing was kept.")
BROKEN = message("The records file is damaged and cannot be read; put back the last copy of the folder “records”.")
UNREACHABLE = message("The database of the records cannot be reached; nothing was read or kept.")
FULL = message("The disk is full; nothing was kept.")
_SQLITE_FAULTS = (
    (("locked", "busy"), LOCKED),
    (("readonly", "read-only", "unable to open"), READ_ONLY),
    (("malformed", "not a database", "disk i/o"), BROKEN),
    (("is full",), FULL),
)


@contextlib.contextmanager
def faults_as_sentences() -> Iterator[None]:
    """Turn a fault of database or disk into Busy (somebody else is writing) or NotKept."""
    try:
        yield
    except exc.DBAPIError as fault:
        raise _said(fault.orig) from fault
    except OSError as fault:
        raise NotKept(message("The disk did not obey ({fault}); nothing was kept.", fault=fault.strerror or str(fault))) from fault


def _said(fault: BaseException | None) -> Busy | NotKept:
    """The sentence for a fault of the database's driver."""
    of_sqlite = isinstance(fault, sqlite3.Error)
    said = next((said for signs, said in _SQLITE_FAULTS if any(sign in str(fault).lower() for sign in signs)), None) if of_sqlite else _said_by_postgres(fault)
    if said is None:
        said = message("The records cannot be used: {fault}", fault=next(iter(str(fault).splitlines()), "?"))
    return Busy(said) if said is LOCKED else NotKept(said)


def _said_by_postgres(fault: BaseException | None) -> Message | None:
    from psycopg import OperationalError, errors

    known: tuple[tuple[type[Exception], Message], ...] = (
        (errors.LockNotAvailable, LOCKED), (errors.DeadlockDetected, LOCKED), (errors.QueryCanceled, LOCKED), (errors.DiskFull, FULL),
        (errors.ReadOnlySqlTransaction, READ_ONLY), (errors.InsufficientPrivilege, READ_ONLY), (OperationalError, UNREACHABLE),
    )  # fmt: skip
    return next((said for kind, said in known if isinstance(fault, kind)), None)


def address_of(home: Home) -> URL:
    """The database of a home. Raises NotKept for an address that names no PostgreSQL database."""
    if home.records_url is None:
        return URL.create("sqlite", database=str(home.records_file))
    try:
        url = make_url(home.records_url)
    except exc.ArgumentError:
        url = URL.create("")
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise NotKept(message("{variable} must name a PostgreSQL database: postgresql://user@host/name.", variable=RECORDS_VARIABLE))
    return url.set(drivername="postgresql+psycopg")


@contextlib.contextmanager
def reading(home: Home) -> Iterator[Connection]:
    """A connection for reading, on tables that are up to date. Raises Busy, NotKept."""
    with faults_as_sentences(), _engine_of(home, may_write=_is_writable(home)).connect() as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def writing(home: Home) -> Iterator[Connection]:
    """A connection that alone may write until its transaction ends; the tables are made where there are none. Raises Busy, NotKept."""
    with faults_as_sentences():
        home.records.mkdir(parents=True, exist_ok=True)
        connection = _engine_of(home, may_write=True).connect().execution_options(writes=True)
        with connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": LOCK_OF_WRITERS})
            yield connection


@contextlib.contextmanager
def one_moment(home: Home) -> Iterator[Connection]:
    """A connection for reading that sees the records as they are at one moment, however long it reads. Raises Busy, NotKept."""
    with faults_as_sentences():
        connection = _engine_of(home, may_write=_is_writable(home)).connect()
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection, connection.begin():
            yield connection


@contextlib.contextmanager
def at_file(file: Path) -> Iterator[Connection]:
    """A connection to records in a file of no home (a copy), which alone may write; its tables are made or brought up to date. Raises Busy, NotKept."""
    with faults_as_sentences():
        engine = _sqlite(URL.create("sqlite", database=str(file)), may_write=True)
        try:
            _bring_up_to_date(engine, None)
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                yield connection
        finally:
            engine.dispose()


def _is_writable(home: Home) -> bool:
    return home.records_url is not None or os.access(home.records, os.W_OK)


_ENGINES: OrderedDict[tuple[str, bool], tuple[tuple[int, int], Engine]] = OrderedDict()
_ENGINES_LOCK = threading.RLock()
_POSTGRES: dict[URL, Engine] = {}
_POSTGRES_LOCK = threading.RLock()
MOST_ENGINES = 8


def _engine_of(home: Home, may_write: bool) -> Engine:
    """The engine of a home's database, its tables brought up to date when this process first meets it.

    Another file in the old one's place (restored, made anew) is met as a new one, and the handles of the old one are let go.
    """
    if home.records_url is not None:
        return _postgres(address_of(home))
    file = str(home.records_file)
    key = file, may_write
    with _ENGINES_LOCK:
        kept = _ENGINES.get(key)
        if kept is not None and kept[0] == _identity(file):
            _ENGINES.move_to_end(key)
            return kept[1]
        if kept is not None:
            _ENGINES.pop(key)[1].dispose()
        engine = _sqlite(address_of(home), may_write)
        if may_write:
            _migrate(engine, home)
        _ENGINES[key] = _identity(file) or (0, 0), engine
        while len(_ENGINES) > MOST_ENGINES:
            _ENGINES.popitem(last=False)[1][1].dispose()
        return engine


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _sqlite(url: URL, may_write: bool) -> Engine:
    """SQLite by file; where the folder may not be written to, as a file that nobody changes (WAL would want files beside it)."""
    unchanging = URL.create("sqlite", database=f"file:{url.database}", query={"immutable": "1", "uri": "true"})
    engine = create_engine(
        url if may_write else unchanging, poolclass=QueuePool if may_write else NullPool, connect_args={"timeout": SECONDS_TO_WAIT, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say so, below
        if may_write:
            connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma trusted_schema = off")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("begin immediate" if connection.get_execution_options().get("writes") else "begin")

    return engine


def _postgres(url: URL) -> Engine:
    with _POSTGRES_LOCK:
        if url not in _POSTGRES:
            engine = create_engine(url, pool_pre_ping=True, pool_size=5, connect_args={"connect_timeout": SECONDS_TO_WAIT, "options": WAITING})
            _migrate(engine, None)
            _POSTGRES[url] = engine
        return _POSTGRES[url]


def let_go() -> None:
    """Close every connection that is kept; the next use opens anew."""
    with _ENGINES_LOCK:
        for _, engine in _ENGINES.values():
            engine.dispose()
        _ENGINES.clear()
    with _POSTGRES_LOCK:
        for engine in _POSTGRES.values():
            engine.dispose()
        _POSTGRES.clear()


def revision(connection: Connection) -> str | None:
    """The migration that a database has reached; None = it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(select(text("version_num")).select_from(text("alembic_version"))).scalar()
    return found


def reached(home: Home) -> str | None:
    """The migration that a home's records have reached, without bringing them any further; None = there are none. Raises Busy, NotKept."""
    if not home.has_records:
        return None
    with faults_as_sentences():
        engine = create_engine(address_of(home), poolclass=NullPool)
        with engine.connect() as connection:
            return revision(connection)


def knows(migration: str) -> bool:
    """Whether this program knows a migration; a newer program's it does not."""
    return (Path(__file__).parent / "migrations" / "versions" / f"{migration}.py").exists()


def _migrate(engine: Engine, home: Home | None) -> None:
    """Bring the tables up to date: quickly where they are. An engine whose tables cannot be brought there keeps no connection."""
    try:
        _bring_up_to_date(engine, home)
    except BaseException:
        engine.dispose()
        raise


def _bring_up_to_date(engine: Engine, home: Home | None) -> None:
    """One at a time, all or nothing."""
    with engine.connect() as connection, connection.begin():
        if revision(connection) == NEWEST:
            return
    lock: Any = FileLock(home.records / ".migration.lock", timeout=SECONDS_TO_WAIT) if home else contextlib.nullcontext()
    with lock, engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": LOCK_OF_MIGRATION})
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    """Run the migrations that a database lacks. Raises NotKept for one that a newer program has made."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as fault:
        raise NotKept(message("The records were written by a newer Granary; start that one.")) from fault
