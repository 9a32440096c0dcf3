"""What needs attention today, the largest money first; each line leads to the page where it is dealt with."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date

import polars as pl

from engine import inventory as formulas
from engine import kpis
from engine.answers import alarms, dead_stock, dealer_alerts, flows
from engine.answers.answer import Alert, Answer, Column
from engine.answers.facts import facts_for
from engine.answers.kpis import known_kpis
from engine.answers.notes import counted_on, notes_of
from engine.answers.periods import Span, span_of
from engine.answers.picking import Pick, pick_of
from engine.answers.quality import REQUIRED, late_tables, stale_counts
from engine.answers.source import Source, remembered
from engine.answers.tiles import tiles_and_months
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COST, SALES = ("cost",), ("sales_value",)
TILES = ("net_sales", "margin_share", "stock_value", "days_of_supply", "gmroii", "out_of_stock_share")
COLUMNS = (
    Column("said", message("What needs attention"), "message"),
    Column("money", message("Money"), "money"),
    Column("severity", message("How urgent"), "text"),
    Column("page", message("Page"), "text"),
)


def start(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Alerts with the money that they are about, largest first (frame: COLUMNS, the same lines); tiles of the company.

    extra: `risks` (label as Message JSON, value, severity, key) for the picture; facts: `last_days`, the last day of each kind of data.
    """
    answer: Answer = _start(warehouse, selection, scope)
    return alarms.raised(answer, warehouse)


@remembered
def _start(source: Source, selection: Selection, scope: Scope) -> Answer:
    whole = Selection(selection.as_of, selection.first, selection.last, (), selection.where, selection.compare)
    span = span_of(source, whole, by_month=False)
    with ThreadPoolExecutor(1) as beside:  # the database and the frames work outside of Python's lock
        waited = beside.submit(
            copy_context().run, lambda: [*_of_the_stock(source, span, whole, scope), *dealer_alerts.alerts(source, span.as_of, whole, scope)]
        )
        tiles, _ = tiles_and_months(source, known_kpis(TILES), whole, scope)
        found = [*waited.result(), *_of_the_data(source, span.as_of)]
    alerts = sorted((alert for alert in found if scope.shows(*alert.facets)), key=lambda alert: -(alert.money or 0.0))
    lines = [(alert.said.to_json(), alert.money, alert.severity, alert.page) for alert in alerts]
    schema = {"said": pl.String, "money": pl.Float64, "severity": pl.String, "page": pl.String}
    frame = pl.DataFrame(lines, schema=schema, orient="row")
    return Answer(
        name="start",
        headline=_headline(alerts),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=span.as_of,
        first=span.first,
        last=span.last,
        tiles=tiles,
        alerts=tuple(alerts),
        notes=notes_of(source, known_kpis(TILES), whole, span, 0),
        missing=tuple(table for table in REQUIRED if not source.has(table)),
        extra={"risks": frame.select(pl.col("said").alias("label"), pl.col("money").alias("value"), "severity", pl.col("page").alias("key"))},
        facts={"last_days": {what: reach[1] for what, reach in source.days.items()}, "counted_on": counted_on(source, span.as_of)},
        scope=scope,
        selection=selection,
    )


def _headline(alerts: list[Alert]) -> Message:
    money = sum(alert.money or 0.0 for alert in alerts[:1])
    if not alerts:
        return message("Nothing needs attention.")
    if money:
        return plural(
            "{n} thing needs attention; {most_money} in it.", "{n} things need attention; {most_money} in the largest of them.", n=len(alerts), most_money=money
        )  # fmt: skip
    return plural("{n} thing needs attention.", "{n} things need attention.", n=len(alerts))


def _of_the_stock(source: Source, span: Span, selection: Selection, scope: Scope) -> Iterator[Alert]:
    """Dead stock as its page has it; unsold, short, long and negative stock, from the facts by article."""
    pick = pick_of(source, selection, scope)
    if pick.no_stock is not None or "stock" not in source.days:
        return
    asked = known_kpis(("unsold_stock_value", "days_of_supply_backward", "stock_value", "stock_qty", "out_of_stock_share"))
    facts, _ = facts_for(source, asked, span, pick, ("sku",))
    needed = ("stock_value", "stock_qty", "demand_value", "demand_qty", "demand_days", "unsold_value")
    items = kpis.summed(facts, needed, ("sku",)).join(kpis.by(asked, facts, "sku").select("sku", "days_of_supply_backward"), on="sku", how="left")
    dead = dead_stock.seen_lots(source, selection, scope, dead_stock.unsold_of(source, Selection(as_of=span.as_of), ""))
    dead = dead.filter(pl.col("class").is_not_null())
    yield from _dead(dead)
    yield from _unsold(items.filter(~pl.col("sku").is_in(dead["item_id"].implode())), span, dead.height > 0)
    yield from _out_of_stock(source, items, span, pick)
    yield from _too_long(source, items)
    yield from _negative(source, span, pick)


def _dead(dead: pl.DataFrame) -> Iterator[Alert]:
    """What will not become money by itself, by the rules and with the money of its page."""
    if dead.height:
        said = plural(
            "{n} item in stock is dead: damaged, without a set, unsold or withdrawn.",
            "{n} items in stock are dead: damaged, without a set, unsold or withdrawn.",
            n=dead["item_id"].n_unique(),
        )
        yield Alert(said, float(dead["value"].sum() or 0.0), "dead_stock", severity="critical", facets=COST)


def _unsold(items: pl.DataFrame, span: Span, is_further: bool) -> Iterator[Alert]:
    """What did not sell in the window and is not dead yet; together with the dead it is no less than the KPI of unsold stock."""
    unsold = items.filter(pl.col("unsold_value") > 0)
    days, money = span.periods[0].demand.days, float(unsold["unsold_value"].sum() or 0.0)
    if unsold.height and is_further:
        said = plural(
            "{n} further article did not sell in {window_days} days.",
            "{n} further articles did not sell in {window_days} days.",
            n=unsold.height, window_days=days,
        )  # fmt: skip
        yield Alert(said, money, "health", severity="critical", facets=COST)
    elif unsold.height:
        said = plural(
            "{n} article lies in stock and did not sell in {window_days} days.",
            "{n} articles lie in stock and did not sell in {window_days} days.",
            n=unsold.height, window_days=days,
        )  # fmt: skip
        yield Alert(said, money, "health", severity="critical", facets=COST)


def _out_of_stock(source: Source, items: pl.DataFrame, span: Span, pick: Pick) -> Iterator[Alert]:
    """What sells and is gone: the sales of 30 days that are at risk."""
    gone = items.filter((pl.col("stock_qty") <= 0) & formulas.has_demand(pl.col("demand_qty").fill_null(0.0)))
    if not gone.height:
        return
    sold = flows.sales_in(source, [span.periods[0].demand], pick, [flows.ITEM])
    sold = sold.filter(source.of_items(sold[flows.ITEM], "item_id").is_in(gone["sku"].to_list()))
    at_risk = float(sold["net_value"].sum() or 0.0) / span.periods[0].demand.days * 30
    said = plural(
        "{n} article that sells is out of stock: a month of its sales is at risk.",
        "{n} articles that sell are out of stock: a month of their sales is at risk.",
        n=gone.height,
    )
    first = gone.sort("demand_value", descending=True)["sku"][0]
    yield Alert(said, at_risk, "item", (("sku", first),), "critical", SALES)


def _too_long(source: Source, items: pl.DataFrame) -> Iterator[Alert]:
    """What would last longer than the band allows: the money beyond it."""
    high = float(source.settings["supply_band_high_days"])
    long = items.filter(pl.col("days_of_supply_backward") > high)
    beyond = long.select((pl.col("stock_value") - pl.col("demand_value") / pl.col("demand_days") * high).sum()).item() if long.height else None
    if beyond:
        said = plural(
            "{n} article lasts longer than {band_days} days; what lies beyond is tied up.",
            "{n} articles last longer than {band_days} days; what lies beyond is tied up.",
            n=long.height, band_days=high,
        )  # fmt: skip
        yield Alert(said, float(beyond), "health", facets=COST)


def _negative(source: Source, span: Span, pick: Pick) -> Iterator[Alert]:
    stock = flows.stock_at(source, span.as_of, pick, True)
    below = stock.filter(pl.col("stock_qty") < 0)
    if below.height:
        said = plural("{n} balance is below zero: the book is wrong there.", "{n} balances are below zero: the book is wrong there.", n=below.height)
        worst = below.sort("stock_value", "item_id")["item_id"][0]
        yield Alert(said, abs(float(below["stock_value"].sum())), "item", (("sku", worst),), facets=COST)


def _of_the_data(source: Source, as_of: date) -> Iterator[Alert]:
    for table, last in late_tables(source, ("sales", "stock", "dealer_sales"), as_of):
        yield Alert(message("The data of {table} end on {last_day}.", table=table, last_day=last), None, "quality")
    stale = stale_counts(source, as_of)
    if stale.height:
        said = plural("{n} place was counted too long ago.", "{n} places were counted too long ago.", n=stale.height)
        yield Alert(said, None, "quality")
