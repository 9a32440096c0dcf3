"""A warehouse in a file, made from rows with the real contracts and SQL files, without the road of loading: for tests of the figures."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from engine.store import audits, build, layers, versions
from engine.store.contracts import catalogue
from engine.store.home import Home
from engine.store.warehouse import Warehouse, open_warehouse

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class _Asked:
    tables: dict[str, list[Mapping[str, Any]]]
    selects: dict[str, str]
    prepare: tuple[str, ...]
    loads: dict[str, list[Mapping[str, Any]]]

    def differs_from(self, other: _Asked) -> set[str]:
        """The input tables whose rows differ; what a SELECT fills may."""
        named = {table for table in {*self.tables, *other.tables} if self.tables.get(table) != other.tables.get(table)}
        return named | {*self.selects, *other.selects}


_FOLDER = tempfile.TemporaryDirectory(prefix="granary-small-")
_MADE: list[tuple[_Asked, Path]] = []
"""Files made so far by this process: many tests begin with the same rows, or with nearly the same."""


def published(
    folder: Path,
    tables: Mapping[str, Rows] | None = None,
    selects: Mapping[str, str] | None = None,
    prepare: Sequence[str] = (),
    loads: Mapping[str, Rows] | None = None,
) -> Warehouse:
    """Version 1 of a home in `folder`. tables: contract table -> rows; loads: record of loading -> rows.
    selects: contract table -> SELECT, after the statements of `prepare`."""
    asked = _Asked(_listed(tables), dict(selects or {}), tuple(prepare), _listed(loads))
    home = Home(folder)
    home.warehouse.mkdir(parents=True)
    shutil.copyfile(_made(asked), versions.file_of(home, 1))
    versions.write_whole(home.warehouse / "1.json", json.dumps({"version": 1, "base": None, "sources": [], "schema": _schema()}))
    versions.write_whole(home.warehouse / "CURRENT", "1\n")
    return open_warehouse(home)


_schema = functools.cache(build.schema_hash)


def _listed(tables: Mapping[str, Rows] | None) -> dict[str, list[Mapping[str, Any]]]:
    return {table: list(rows) for table, rows in (tables or {}).items()}


def _made(asked: _Asked) -> Path:
    """The file of these rows; made from the one that differs in the fewest tables, so that only what hangs on them is made anew."""
    for before, file in _MADE:
        if before == asked:
            return file
    before, start = min(_MADE or [_empty()], key=lambda made: len(asked.differs_from(made[0])))
    file = Path(_FOLDER.name) / f"{len(list(Path(_FOLDER.name).iterdir()))}.duckdb"
    shutil.copyfile(start, file)
    _change(file, asked, asked.differs_from(before))
    _MADE.append((asked, file))
    return file


def _change(file: Path, asked: _Asked, tables: set[str]) -> None:
    """Fill these tables of a file as asked, and all that hangs on them."""
    with _standing_in(file) as con:
        for table in sorted(tables):
            con.execute(f"delete from main.{table}")
            _insert(con, f"main.{table}", [{**row, "_source": 1, "_line": line} for line, row in enumerate(asked.tables.get(table, ()), start=2)])
        for table in layers.LOADS:
            con.execute(f"delete from loads.{table}")
            _insert(con, f"loads.{table}", asked.loads.get(table, ()))
        con.execute("create schema raw; use raw")
        for statement in asked.prepare:
            con.execute(statement)
        for table, select in asked.selects.items():
            con.execute(f"insert into main.{table} by name select *, 1 as _source, row_number() over () as _line from ({select})")
        con.execute("use main; drop schema raw cascade")
        layers.make_layers(con, changed=tables)
        audits.run_audits(con)


def _empty() -> tuple[_Asked, Path]:
    file = Path(_FOLDER.name) / "empty.duckdb"
    with _standing_in(file) as con:
        layers.make_input_tables(con, catalogue())
        layers.make_layers(con)
    _MADE.append((_Asked({}, {}, (), {}), file))
    return _MADE[0]


@contextmanager
def _standing_in(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that stands in a file, of an engine that all files share: to start one takes as long as to make a small warehouse."""
    with _engine().cursor() as con:
        con.execute(f"attach '{file}' as small; use small")
        try:
            yield con
        finally:
            con.execute("use memory; detach small")


@functools.cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    con.register("brought", pl.DataFrame(rows, infer_schema_length=None))
    con.execute(f"insert into {table} by name select * from brought")
    con.unregister("brought")
