"""A warehouse in a file, made from rows with the real contracts and SQL files, without the road of loading: for tests of the figures."""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
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


_MADE = tempfile.TemporaryDirectory(prefix="granary-small-")
"""Files made so far by this process, each under a digest of what it was made from: many tests begin with the same rows."""


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
    made = Path(_MADE.name) / f"{hashlib.sha256(repr(asked).encode()).hexdigest()}.duckdb"
    if not made.exists():
        _make(made.with_suffix(".part"), asked)
        made.with_suffix(".part").rename(made)  # rows that no table takes leave nothing that looks whole
    home = Home(folder)
    home.warehouse.mkdir(parents=True)
    shutil.copyfile(made, versions.file_of(home, 1))
    versions.write_whole(home.warehouse / "1.json", json.dumps({"version": 1, "base": None, "sources": [], "schema": _schema()}))
    versions.write_whole(home.warehouse / "CURRENT", "1\n")
    return open_warehouse(home)


_schema = functools.cache(build.schema_hash)


@dataclass(frozen=True)
class _Asked:
    tables: dict[str, list[Mapping[str, Any]]]
    selects: dict[str, str]
    prepare: tuple[str, ...]
    loads: dict[str, list[Mapping[str, Any]]]


def _listed(tables: Mapping[str, Rows] | None) -> dict[str, list[Mapping[str, Any]]]:
    return {table: list(rows) for table, rows in (tables or {}).items()}


def _make(file: Path, asked: _Asked) -> None:
    shutil.copyfile(_empty(), file)
    with duckdb.connect(str(file)) as con:
        for table, rows in asked.tables.items():
            _insert(con, f"main.{table}", [{**row, "_source": 1, "_line": line} for line, row in enumerate(rows, start=2)])
        for table, rows in asked.loads.items():
            _insert(con, f"loads.{table}", rows)
        con.execute("create schema raw; use raw")
        for statement in asked.prepare:
            con.execute(statement)
        for table, select in asked.selects.items():
            con.execute(f"insert into main.{table} by name select *, 1 as _source, row_number() over () as _line from ({select})")
        con.execute("use main")
        con.execute("drop schema raw cascade")
        layers.make_layers(con, changed={*asked.tables, *asked.selects})
        audits.run_audits(con)


@functools.cache
def _empty() -> Path:
    """Every table and layer without a row: what hangs on no row of a test need not be made for each."""
    file = Path(_MADE.name) / "empty.duckdb"
    with duckdb.connect(str(file)) as con:
        layers.make_input_tables(con, catalogue())
        layers.make_layers(con)
    return file


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    con.register("brought", pl.DataFrame(rows, infer_schema_length=None))
    con.execute(f"insert into {table} by name select * from brought")
    con.unregister("brought")
