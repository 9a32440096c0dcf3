"""An empty database for each test of the intake, without starting an engine for each: that takes 22 ms, fifty times as long as one more database."""

import functools
import itertools
import weakref

import duckdb

_NUMBERS = itertools.count(1)


def empty_database() -> duckdb.DuckDBPyConnection:
    """A connection that stands in an empty database of its own, in memory; the database goes with it."""
    con = _engine().cursor()
    name = f"database_{next(_NUMBERS)}"
    con.execute(f"attach ':memory:' as {name}")
    con.execute(f"use {name}")
    weakref.finalize(con, _let_go, name)
    return con


def _let_go(name: str) -> None:
    _engine().execute(f"detach database if exists {name}")


@functools.cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})
