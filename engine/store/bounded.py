"""A version as somebody sees it who may see own regions and dealers only: the same tables, as views that hold own rows and no others.

Every named read of a bounded scope runs in a catalogue of its own, in memory, beside the version's file. It has the names of the version's
schemas, so that the text of a read is the same for everybody; what a view does not let through cannot be asked for, whoever forgets what above.
A table that RULES does not name gives no rows there.
"""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from engine.store.home import SQL


class Bounds(NamedTuple):
    """regions: those whose dealers and places may be seen; dealers: those who may be seen; None = not bound by it, empty = none.

    With both, a dealer must be among both. Places of our own belong to a region; who is bound to single dealers sees none of them.
    """

    regions: frozenset[str] | None
    dealers: frozenset[str] | None


BY_DEALER, BY_PLACE, BY_AREA, OPEN, CLOSED, SPELLED = "dealer", "place", "area", "open", "closed", "spelled"
RULES: dict[str, dict[str, tuple[str, ...]]] = {
    "marts": {
        BY_DEALER: (
            "cost_to_serve_month", "credit_terms", "dealer_availability_month", "dealer_books_month", "dealer_capital_month", "dealer_costs_month",
            "dealer_flow_month", "dealer_mix_month", "dealer_order_days", "dealer_reports", "dealer_sales_day", "dealer_sales_month", "dealer_stock_month",
            "dealer_targets", "dealers", "invoices", "order_changes", "order_lines_month", "order_lines_open", "outlet_buys_month",
            "outlet_new_products_month", "outlet_visits", "outlets",
            "payments", "receivables_month", "requests_ahead", "requests_met_month", "sales_lines", "sales_month", "shipments_before_invoice",
        ),
        BY_PLACE: (
            "availability_month", "channel_month", "locations", "replenishment_rules", "sales_item_day", "sales_item_month", "stock_counts", "stock_day",
            "stock_first_seen", "stock_lots_day", "stock_month", "stock_sound_day", "stocktakes",
        ),
        BY_AREA: ("areas", "sales_area_day", "sales_area_month"),
        OPEN: ("calendar_days", "item_costs", "items", "material_supply", "order_packs", "recipes"),
        CLOSED: (
            "assortment_products", "budget_month", "capacity_month", "cash_month", "competitor_prices", "contracts_month", "deals", "forecast_scopes",
            "forecasts_month", "item_makers", "market_players", "market_segments", "marketing_budget_month", "open_orders_item", "paid_item_day",
            "planned_payments", "positions", "positions_sold", "price_changes", "production_month", "production_plan_month", "projects",
            "purchase_plan_month", "purchases_month", "requests_item", "resource_use", "resources", "sales_position_area_month", "sales_position_month",
            "sales_reps", "stock_movements", "tree_versions",
        ),
        SPELLED: ("days_in_data", "demand_month", "diversions", "promotions", "withdrawals"),
    },
    "main": {BY_DEALER: ("complaints", "sales"), BY_PLACE: ("locations", "stock"), CLOSED: ("forecasts",), SPELLED: ("products",)},
    "loads": {CLOSED: ("audits", "rejects", "told"), SPELLED: ("sources",)},
    "kept": {
        BY_DEALER: ("dealer_measures", "dealer_standing", "dealers_stuffed"), BY_PLACE: ("age_layers", "position_demand"),
        CLOSED: ("company_facts", "item_classes", "material_sets", "supplied_positions"),
    },
}  # fmt: skip
"""Schema -> how a table is bounded -> tables. What is summed over dealers and names no place is closed; sales by place are what own places shipped;
SPELLED views stand in sql/bounds/. A table that is not named is closed, so a new one shows nothing until somebody says what of it is whose."""
OWN_ROWS = {
    BY_DEALER: 'where dealer_id in (select dealer_id from "{mine}".own.dealers)',
    BY_PLACE: 'where location_id in (select location_id from "{mine}".own.places)',
    BY_AREA: 'where area_no in (select area_no from "{mine}".own.areas)',
    OPEN: "",
    CLOSED: "where false",
}
THERE = "select schema_name, table_name from duckdb_tables() where database_name = $name"
OWN_KEYS = {"dealers": "dealer_id varchar", "places": "location_id varchar", "areas": "area_no integer"}
_CATALOGUE = re.compile(r"\b(whole|mine)\.")


def make_views(con: duckdb.DuckDBPyConnection, mine: str, whole: str, bounds: Bounds) -> None:
    """Fill an empty attached catalogue with the views of a version. mine, whole: names of the two catalogues, both ours."""
    con.execute(f'create schema "{mine}".own')
    values = {name: None if kept is None else sorted(kept) for name, kept in bounds._asdict().items()}
    for table, key in OWN_KEYS.items():
        con.execute(f'create table "{mine}".own.{table} ({key})')
        con.execute(f'insert into "{mine}".own.{table} {_spelled(f"own_{table}", mine, whole)}', values)
    there = set(con.execute(THERE, {"name": whole}).fetchall())  # a version from before an upgrade lacks some
    for schema in RULES:
        con.execute(f'create schema if not exists "{mine}".{schema}')
        for name, text in _views(schema, mine, whole, {table for home, table in there if home == schema}):
            con.execute(f'create view "{mine}".{schema}.{name} as {text}')


def _views(schema: str, mine: str, whole: str, there: set[str]) -> Iterator[tuple[str, str]]:
    named = {table: rule for rule, tables in RULES[schema].items() for table in tables}
    unnamed = dict.fromkeys(there - named.keys(), CLOSED)
    for table, rule in sorted((named | unnamed).items()):
        if table in there:
            if rule == SPELLED:
                yield table, _spelled(f"{schema}_{table}", mine, whole)
            else:
                yield table, f'select * from "{whole}".{schema}."{table}" ' + OWN_ROWS[rule].format(mine=mine)


def _spelled(name: str, mine: str, whole: str) -> str:
    """A view of sql/bounds/, with the names of the two catalogues put in."""
    catalogues = {"mine": mine, "whole": whole}
    return _CATALOGUE.sub(lambda found: f'"{catalogues[found[1]]}".', _text(SQL / "bounds" / f"{name}.sql"))


@functools.cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
