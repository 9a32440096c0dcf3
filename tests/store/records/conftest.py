"""Homes whose records lie in a file or in PostgreSQL. A server is named by GRANARY_TEST_POSTGRES (`.ci/run` starts one)."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening

SERVER = os.environ.get("GRANARY_TEST_POSTGRES")
NEEDS_A_SERVER = "PostgreSQL: no server is named in GRANARY_TEST_POSTGRES"
_NUMBERS = itertools.count(1)


def database_of_its_own() -> Iterator[str]:
    """The address of an empty database, which is dropped afterwards."""
    if not SERVER:
        pytest.skip(NEEDS_A_SERVER)
    url, name = sa.make_url(SERVER).set(drivername="postgresql+psycopg"), f"granary_{os.getpid()}_{next(_NUMBERS)}"
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"create database {name}")
    own = url.set(database=name)
    yield own.set(drivername="postgresql").render_as_string(hide_password=False)
    opening.let_go()
    with server.connect() as connection:
        connection.exec_driver_sql(f"drop database {name} with (force)")
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """An empty home; its records will lie where the parameter says."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    if request.param == "postgresql":
        for url in database_of_its_own():
            monkeypatch.setenv(RECORDS_VARIABLE, url)
            yield Home(tmp_path)
    else:
        yield Home(tmp_path)
        opening.let_go()


@pytest.fixture
def file_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """An empty home with its records in a file."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    yield Home(tmp_path)
    opening.let_go()


@pytest.fixture
def raw(home: Home) -> Iterator[Callable[[], sa.Connection]]:
    """A connection past the store, as somebody with the password of the database has it; each statement counts at once."""
    engines: list[sa.Engine] = []

    def connect() -> sa.Connection:
        engine = sa.create_engine(opening.address_of(home), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        engines.append(engine)
        return engine.connect()

    yield connect
    for engine in engines:
        engine.dispose()
