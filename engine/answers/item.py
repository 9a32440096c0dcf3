"""One item everywhere: places, months, dealers, orders, forecast."""

from typing import Any

import polars as pl

from engine import inventory as formulas
from engine.answers import flows
from engine.answers.ahead import demand_ahead
from engine.answers.answer import Answer, Column
from engine.answers.frames import at_cost
from engine.answers.kpis import known_kpis
from engine.answers.notes import counted_on, notes_of
from engine.answers.periods import Span, first_of, months_before, span_of
from engine.answers.picking import Pick, pick_of
from engine.answers.source import Source, remembered
from engine.answers.tiles import beside_last_year, tiles_and_months
from engine.errors import BadUse
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

TILES = ("stock_value", "stock_qty", "days_of_supply", "sold_qty", "margin_share", "turns")
MONTHLY = ("net_sales", "sold_qty", "margin_share", "stock_qty", "stock_value", "days_of_supply_backward", "turns", "days_of_supply")
MOST_DEALERS = 10
COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("name", message("Name"), "text"),
    Column("place_kind", message("Kind of place"), "text"),
    Column("counted_on", message("Counted on"), "date"),
    Column("stock_qty", message("Quantity in stock"), "qty"),
    Column("stock_value", message("Stock at cost"), "money"),
    Column("in_transit_qty", message("Under way"), "qty"),
    Column("committed_qty", message("Committed"), "qty"),
)


@remembered
def ask_item(source: Source, selection: Selection, scope: Scope) -> Answer:
    """The answer of `engine.answers.inventory.item`, which see. Raises BadUse for an item that the data do not know."""
    where = dict(selection.where)
    sku = (where.get("sku") or (_largest(source, selection),))[0]
    fields = source.items.filter(pl.col("item_id") == sku)
    if sku and fields.is_empty():
        raise BadUse(message("There is no item “{sku}”.", sku=sku))
    where |= {"sku": (sku or "",), "item_kind": ("all",)}
    only = Selection(selection.as_of, selection.first, selection.last, (), tuple(where.items()), selection.compare)
    span, pick = span_of(source, only, by_month=False), pick_of(source, only, scope)
    monthly = known_kpis(MONTHLY)
    tiles, months = tiles_and_months(source, known_kpis(TILES), only, scope, monthly, 24)
    known: dict[str, Any] = fields.row(0, named=True) if fields.height else {}
    facts = known | _units(source, span, pick, sku) | _open(source, sku) | {"counted_on": counted_on(source, span.as_of)}
    return Answer(
        name="item",
        headline=_headline(known.get("item_name") or sku or "", facts),
        frame=_places(source, span, pick),
        columns=COLUMNS,
        version=source.version,
        as_of=span.as_of,
        first=span.first,
        last=span.last,
        tiles=tiles,
        notes=notes_of(source, monthly, only, span, 0),
        missing=tuple(table for table in ("products", "sales", "stock") if not source.has(table)),
        extra={
            "months": months.select("month", *MONTHLY),
            "trend_stock_qty": beside_last_year(months, "stock_qty"),
            "trend_sold_qty": beside_last_year(months, "sold_qty"),
            "dealers": _dealers(source, span, pick, sku),
            "sold_on": _sold_on(source, span, pick, sku),
        },
        facts=facts,
        scope=scope,
        selection=only,
    )


def _largest(source: Source, selection: Selection) -> str | None:
    """The article with the largest stock of ours, among those that the filters let through."""
    span = span_of(source, selection, by_month=False)
    free = Selection(where=tuple((key, values) for key, values in selection.where if key != "sku"))
    stock = flows.stock_at(source, span.as_of, pick_of(source, free, Scope()), False).sort("stock_value", "item_id", descending=[True, False], nulls_last=True)
    return stock["item_id"][0] if stock.height else (source.items["item_id"][0] if source.items.height else None)


def _units(source: Source, span: Span, pick: Pick, sku: str | None) -> dict[str, Any]:
    """Days of supply in pieces: one item needs no money to be compared with itself."""
    period = span.periods[0]
    sold = flows.sales_in(source, [period.demand], pick, [flows.ITEM])
    stock = flows.stock_at(source, period.end, pick, False)
    sums = pl.DataFrame({"stock": [float(stock["stock_qty"].sum() or 0)], "sold": [float(sold["qty"].sum() or 0)], "days": [float(period.demand.days)]})
    cover = formulas.backward_days_of_supply(pl.col("stock"), pl.col("sold"), pl.col("days"))
    demand = at_cost(source, sold.select("window_no", flows.ITEM, pl.col("qty").alias("demand_qty")), span.periods)
    ahead = demand_ahead(source, span.periods, pick, demand, lambda: sold.select("window_no", flows.ITEM, pl.col("qty").alias("sold_qty")))
    return {
        "sku": sku,
        "window_qty": sums["sold"][0],
        "days_of_supply_units": sums.select(cover.value.alias("cover"))["cover"][0],
        "is_forecast": ahead is not None and bool(ahead["forecast_items"].sum()),
    }


def _open(source: Source, sku: str | None) -> dict[str, Any]:
    found = source.read("item_orders", sku=sku)
    return {"open_qty": found["open_qty"][0] if found.height else None, "first_promised_on": found["first_promised_on"][0] if found.height else None}


def _places(source: Source, span: Span, pick: Pick) -> pl.DataFrame:
    """Our own places and those of dealers and customers, the largest stock first."""
    everywhere = Pick(pick.kind, pick.items, pick.dealers, pick.places, pick.shipped_from, False, pick.no_stock)
    stock = flows.stock_at(source, span.as_of, everywhere, True)
    newest = source.counts.filter(pl.col("counted_on") <= span.as_of).group_by("location_id").agg(pl.col("counted_on").max())
    named = source.places.select("location_id", pl.col("location_name").alias("name"), pl.col("kind").alias("place_kind"))
    whole = stock.join(named, on="location_id", how="left").join(newest, on="location_id", how="left")
    return whole.select(column.name for column in COLUMNS).sort("stock_value", "location_id", descending=[True, False], nulls_last=True)


def _dealers(source: Source, span: Span, pick: Pick, sku: str | None) -> pl.DataFrame:
    return source.read("item_dealers", sku=sku, first=span.first, last=span.last, dealers=pick.dealers).head(MOST_DEALERS)


def _sold_on(source: Source, span: Span, pick: Pick, sku: str | None) -> pl.DataFrame:
    """What dealers sold on: month, qty."""
    first = months_before(first_of(span.as_of), 24)
    return source.read("item_sold_on", sku=sku, first_month=first, last_month=first_of(span.as_of), dealers=pick.dealers)


def _headline(name: str, facts: dict[str, Any]) -> Message:
    cover = facts["days_of_supply_units"]
    if cover is None:
        return message("{name}: nothing was sold in the window.", name=name)
    if cover <= 0:
        return message("{name} is out of stock and still asked for.", name=name)
    return message("{name}: the stock lasts {cover_days} days at the pace of the window.", name=name, cover_days=cover)
