"""A warehouse in a file, made from rows with the real contracts and SQL files, without the road of loading: for tests of the figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from engine.store import layers, versions
from engine.store.contracts import catalogue
from engine.store.home import Home
from engine.store.warehouse import Warehouse, open_warehouse

Rows = Iterable[Mapping[str, Any]]


def published(
    folder: Path,
    tables: Mapping[str, Rows] | None = None,
    selects: Mapping[str, str] | None = None,
    prepare: Sequence[str] = (),
    loads: Mapping[str, Rows] | None = None,
) -> Warehouse:
    """Version 1 of a home in `folder`. tables: contract table -> rows; loads: record of loading -> rows.
    selects: contract table -> SELECT, after the statements of `prepare`."""
    home = Home(folder)
    home.warehouse.mkdir(parents=True)
    file = versions.file_of(home, 1)
    with duckdb.connect(str(file)) as con:
        layers.make_input_tables(con, catalogue())
        for table, rows in (tables or {}).items():
            _insert(con, f"main.{table}", [{**row, "_source": 1, "_line": line} for line, row in enumerate(rows, start=2)])
        for table, rows in (loads or {}).items():
            _insert(con, f"loads.{table}", list(rows))
        con.execute("create schema raw; use raw")
        for statement in prepare:
            con.execute(statement)
        for table, select in (selects or {}).items():
            con.execute(f"insert into main.{table} by name select *, 1 as _source, row_number() over () as _line from ({select})")
        con.execute("use main")
        con.execute("drop schema raw cascade")
        layers.make_layers(con)
        layers.run_audits(con)
    versions.write_whole(home.warehouse / "1.json", json.dumps({"version": 1, "base": None, "sources": []}))
    versions.write_whole(home.warehouse / "CURRENT", "1\n")
    return open_warehouse(home)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    con.register("brought", pl.DataFrame(rows, infer_schema_length=None))
    con.execute(f"insert into {table} by name select * from brought")
    con.unregister("brought")
