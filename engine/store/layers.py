"""From input tables to marts: the SQL files of `sql/`, run in the order in which they need each other.

A file's name is the name of what it makes; what it needs is read from its text (`main.w`, `staging.x`, `marts.y`), so that no list of
files has to be kept in order by hand, and a load of one table makes anew only what hangs on it.
"""

import functools
import graphlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from engine.store.contracts import Contract
from engine.store.home import SQL

OBJECT = re.compile(r"\b(staging|marts|main)\.([a-z_][a-z0-9_]*)")

TODAY = "current_date"
FEW_ROWS = 200_000
STANDING = """select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()
union all select schema_name || '.' || view_name from duckdb_views() where database_name = current_database() and not internal"""
LOADS = {
    "sources": "source_id integer, table_name varchar, file varchar, sha256 varchar, sheet varchar, loaded_at timestamp, in_version integer, adapter varchar,"
    " read bigint, loaded bigint, repaired bigint, rejected bigint, set_aside bigint, replaced bigint, first_day date, last_day date,"
    " mapping varchar, dialect varchar, raw_files varchar",
    "rejects": "source_id integer, table_name varchar, file varchar, line bigint, column_name varchar, value varchar, rule varchar,"
    " severity varchar, reason varchar, row_text varchar",
    "set_aside": "source_id integer, table_name varchar, file varchar, line bigint, rule varchar, reason varchar, row_text varchar",
    "repairs": "source_id integer, table_name varchar, file varchar, line bigint, column_name varchar, value varchar, rule varchar, reason varchar",
    "told": "source_id integer, table_name varchar, file varchar, rule varchar, column_name varchar, row_count bigint, examples varchar, said varchar",
    "formats": "source_id integer, table_name varchar, file varchar, heading varchar, column_name varchar, said varchar, examples varchar",
    "audits": "name varchar, severity varchar, row_count bigint, said varchar",
}
"""The records of loading, kept beside the data in every version."""

KEPT = {
    "age_layers": "as_of date, item_id varchar, location_id varchar, received_on date, qty double",
    "company_facts": "as_of date, settings varchar, period integer, month date, input varchar, value double, why varchar",
    "dealer_standing": "as_of date, settings varchar, dealer_id varchar, days_of_supply double, low double, high double, positions bigint,"
    " out_count bigint, out_value double, over_count bigint, over_value double, stock_value double, order_value double, counted_on date,"
    " reported_on date, is_estimated boolean",
    "dealer_measures": "month_of_score date, settings varchar, dealer_id varchar, month date, measure varchar, value double, low double, high double,"
    " deduct double",
    "dealers_stuffed": "month_of_score date, settings varchar, dealer_id varchar, month date",
    "item_classes": "as_of date, settings varchar, item_id varchar, item_kind varchar, class_value double, share double, before_share double,"
    " abc_class varchar",
    "material_sets": "as_of date, item_id varchar, is_completable boolean, why_no_set varchar",
    "position_demand": "as_of date, settings varchar, location_id varchar, sku varchar, known_months double, daily_qty double, deviation_qty double,"
    " deviation_from varchar, is_intermittent boolean",
    "supplied_positions": "as_of date, settings varchar, location_id varchar, dealer_id varchar, sku varchar, on_hand_qty double, in_transit_qty double,"
    " committed_qty double, position_qty double, daily_qty double, ico_qty double, low_qty double, safety_qty double,"
    " days_of_supply double, position_days double, low_days double, high_days double, interval_days double, lead_days double,"
    " needed_qty double, order_qty double, order_value double, pack_qty double, min_order_qty double, status varchar,"
    " gap_days double, at_risk_qty double, at_risk_value double, excess_value double, unit_cost double,"
    " unit_price double, sold_qty double, days double, out_share double, adjustment double, safety_share double, counted_on date,"
    " reported_on date, is_estimated boolean, demand_from varchar, rules_from varchar, remark varchar",
}
"""What a build keeps of formulas: filled by the function that is handed to the build, empty where none is."""

_SERIES = "month date, qty double, promotion_qty double, low_80 double, high_80 double, low_95 double, high_95 double"
DERIVED = {
    "forecast_runs": "version integer, made_at timestamp, as_of date, last_month date, months integer, items integer, families integer, way varchar,"
    " seconds double, told varchar",
    "forecast_items": f"sku varchar, family varchar, {_SERIES}",
    "forecast_families": f"family varchar, {_SERIES}",
    "forecast_series": "level varchar, code varchar, family varchar, kind varchar, method varchar, stood_in varchar, history_months integer,"
    " compared_months integer, wape double, mase double, naive_wape double, fva_share double, bias_share double, interval_months double,"
    " uplift_share double, corrected_months integer",
    "forecast_history": "sku varchar, family varchar, month date, shipped_qty double, returned_qty double, missing_qty double, stock_out_qty double,"
    " promotion_qty double, slip_qty double, demand_qty double",
    "forecast_past": "level varchar, code varchar, family varchar, made_after date, month date, qty double, naive_qty double, actual_qty double",
    "forecast_choices": "level varchar, kind varchar, method varchar, error double, is_chosen boolean",
    "forecast_ways": "way varchar, item_wape double, family_wape double, is_chosen boolean",
}
"""What is worked out of a version after it is served, in a file beside it (`beside`); no version holds these tables."""


@dataclass(frozen=True)
class Layer:
    """One SQL file: `schema.name` and what it is made of."""

    schema: str
    name: str
    sql: str

    @property
    def title(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def needs(self) -> set[str]:
        """The input tables and layers that it reads, as `schema.name`."""
        code = "\n".join(line.split("--")[0] for line in self.sql.splitlines())
        return {f"{schema}.{name}" for schema, name in OBJECT.findall(code)} - {self.title}


@functools.cache
def layers(folder: Path = SQL) -> tuple[Layer, ...]:
    """Staging views and marts, each after all that it needs. Raises graphlib.CycleError on a circle: a fault of ours."""
    found = {
        f"{schema}.{path.stem}": Layer(schema, path.stem, path.read_text(encoding="utf-8"))
        for schema in ("staging", "marts")
        for path in sorted((folder / schema).glob("*.sql"))
    }
    order = graphlib.TopologicalSorter({name: layer.needs & found.keys() for name, layer in found.items()}).static_order()
    return tuple(found[name] for name in order)


@functools.cache
def inputs_of(folder: Path = SQL) -> Mapping[str, frozenset[str]]:
    """Layer -> the input tables that it is made from, through whatever lies between; beside them TODAY where the day of the build counts."""
    found: dict[str, frozenset[str]] = {}
    for layer in layers(folder):
        own = {TODAY} if TODAY in layer.sql else set[str]()
        found[layer.title] = frozenset(own.union(*(found.get(need) or {need.removeprefix("main.")} for need in layer.needs)))
    return found


def make_input_tables(con: duckdb.DuckDBPyConnection, contracts: dict[str, Contract]) -> None:
    """Every input table and load record that is not there, empty: a page's query binds whether or not a file was brought for it."""
    there = _standing(con)
    for contract in contracts.values():
        if f"main.{contract.table}" not in there:
            columns = ", ".join(f'"{column.name}" {column.type}' for column in contract.columns)
            con.execute(f'create table main."{contract.table}" ({columns}, _source integer, _line bigint)')
    con.execute("create schema if not exists loads")
    for name, columns in LOADS.items():
        if f"loads.{name}" not in there:
            con.execute(f"create table loads.{name} ({columns})")


def rows_in(con: duckdb.DuckDBPyConnection) -> int:
    """How many rows the input tables hold, about: as the database reckons without counting."""
    return int(con.execute("select coalesce(sum(estimated_size), 0) from duckdb_tables() where schema_name = 'main'").fetchall()[0][0])


def make_layers(
    con: duckdb.DuckDBPyConnection, progress: Callable[[str, float], None] = lambda stage, share: None, changed: Collection[str] | None = None
) -> None:
    """Make staging and marts from the input tables. changed: the input tables that have other rows than the layers which stand there were made
    from, where these are of this program; what hangs on none of them stays. None makes all anew.

    Few rows in one transaction: more than a hundred commits would take longer than the work. Many rows table by table, so that none waits in memory.
    """
    if rows_in(con) > FEW_ROWS:
        _make_layers(con, progress, changed)
        return
    con.execute("begin")
    try:
        _make_layers(con, progress, changed)
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def _make_layers(con: duckdb.DuckDBPyConnection, progress: Callable[[str, float], None], changed: Collection[str] | None) -> None:
    if changed is None:
        con.execute("drop schema if exists marts cascade")
        con.execute("drop schema if exists staging cascade")
    con.execute("create schema if not exists staging")
    con.execute("create schema if not exists marts")
    make_kept_tables(con)
    there = _standing(con)
    other = {TODAY, *(changed or ())}
    stale = [layer for layer in layers() if layer.title not in there or (layer.schema == "marts" and inputs_of()[layer.title] & other)]
    for done, layer in enumerate(stale):
        progress(f"{layer.schema}:{layer.name}", done / len(stale))
        kind = "view" if layer.schema == "staging" else "table"
        con.execute(f"create or replace {kind} {layer.title} as {layer.sql.rstrip().rstrip(';')}")


def _standing(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables and views of the database, as `schema.name`."""
    return {title for (title,) in con.execute(STANDING).fetchall()}


def make_kept_tables(con: duckdb.DuckDBPyConnection, tables: Mapping[str, str] = KEPT) -> None:
    """The tables of KEPT (or DERIVED), empty."""
    con.execute("drop schema if exists kept cascade")
    con.execute("create schema kept")
    for name, columns in tables.items():
        con.execute(f"create table kept.{name} ({columns})")


def keep(con: duckdb.DuckDBPyConnection, tables: Mapping[str, pl.DataFrame]) -> None:
    """Put rows into tables of KEPT, by the names of their columns."""
    for name, rows in tables.items():
        con.register("rows_to_keep", rows)
        con.execute(f"insert into kept.{name} by name select * from rows_to_keep")
        con.unregister("rows_to_keep")
