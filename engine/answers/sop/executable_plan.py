"""The executable plan: what the market commits itself to sell, what production and purchasing commit themselves to bring, and which order comes first.

Source: S6. Where supply is enough, demand is the plan; where it is not, safety stock is released with the service that costs, orders are ranked
with the must-serve quantity first, and the bottleneck must run at its maximum.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.meeting import cycles, register
from engine.answers.periods import end_of
from engine.answers.sop import history
from engine.answers.sop.basis import Basis, basis_of
from engine.answers.sop.families import OF_ALL, picked
from engine.answers.sop.people_needed import people_needed
from engine.answers.source import Source, remembered, source_of
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.executable import idle_bottleneck, ranked_orders, service_after
from engine.sop.grid import Axes, Numbers, grid, tall
from engine.sop.scenarios import Outcome, Scenario, outcome_of
from engine.sop.versions import fingerprint
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

FEWEST_ERRORS = 4
"""Months of a family whose forecast can be compared with its sales, below which its deviation is not known."""
COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("month", message("Month"), "month"),
    Column("demand_qty", message("Demand"), "qty"),
    Column("market_qty", message("The market sells"), "qty"),
    Column("supply_qty", message("Supply brings"), "qty"),
    Column("short_qty", message("Late or missing"), "qty"),
    Column("released_qty", message("Safety stock released"), "qty"),
    Column("safety_left_qty", message("Safety stock left"), "qty"),
    Column("service_after_share", message("Service with what is left"), "share"),
    Column("service_before_share", message("Service with all of it"), "share"),
    Column("refill_month", message("Whole again in"), "month"),
    Column("stock_qty", message("Stock at the month's end"), "qty"),
    Column("safety_qty", message("Safety stock"), "qty"),
    Column("service_after_share_why", message("Why unknown"), "message"),
)
ORDERS = (
    Column("rank", message("Rank"), "count"),
    Column("order_id", message("Order"), "code"),
    Column("line_no", message("Line number"), "code"),
    Column("dealer_name", message("Dealer"), "text"),
    Column("family", message("Family"), "code"),
    Column("sku", message("Article"), "code"),
    Column("priority", message("Priority"), "text"),
    Column("wanted_on", message("Wanted on"), "date"),
    Column("qty", message("Still open"), "qty"),
    Column("must_serve_qty", message("Must be served"), "qty"),
    Column("given_qty", message("Gets"), "qty"),
    Column("missing_qty", message("Does not get"), "qty"),
)
IDLE = (
    Column("resource_id", message("Resource"), "code"),
    Column("resource_name", message("Name of the resource"), "text"),
    Column("month", message("Month"), "month"),
    Column("free_qty", message("Free"), "score"),
)
SIDES: dict[str, Message] = {"market": message("Sales and market"), "supply": message("Production and purchasing")}
"""Who commits: the market to what it sells, supply to what it brings."""
NO_SPREAD = message("Too few months have both a forecast made before them and sales, so the risk is unknown.")
NO_SAFETY = message("Nothing is kept as safety stock.")


def executable_plan(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a family and month (COLUMNS), families with most released or missing money first. Service is the share of months without a gap, with
    the whole safety stock and with what is left of it: Φ(stock ÷ deviation of what the forecast missed).

    extra: `orders` (ORDERS: every open order of the first month in its rank), `idle` (IDLE: where something is missing although the resource that
    limits it is not full), `heads` (people_needed.COLUMNS). facts: measures, commitments (side -> {who, is_stale}), month, told (what the ranking must say).
    """
    answer: Answer = _executable_plan(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _executable_plan(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    basis = basis_of(source, Selection(as_of=selection.as_of), run)
    planned = outcome_of(basis.situation, Scenario("as_planned", method="as_planned"))
    chosen = picked(source, selection, scope, basis.demand.families)
    month = basis.demand.months.first
    frame = _frame(source, basis, planned).filter(pl.col("family").is_in(chosen))
    heads = people_needed(basis, planned).filter(pl.col("heads_qty").is_not_null())
    orders, told = _orders(source, basis, planned, str(source.home.path))
    return Answer(
        name="executable_plan",
        headline=_headline(frame, planned, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=basis.demand.months.as_of,
        first=basis.situation.axes.months[0],
        last=basis.situation.axes.months[-1],
        notes=_notes(orders),
        missing=tuple(table for table in ("stock", "production_plan", "orders") if not source.has(table)),
        extra={
            "orders": orders.filter(pl.col("family").is_in(chosen)),
            "idle": _idle(basis, planned) if scope.sees_all else _idle(basis, planned).clear(),
            "heads": heads if scope.sees_all else heads.clear(),
        },
        facts={
            "measures": _measures(frame, planned) if scope.sees_all else (), "told": told if scope.sees_all else (), "month": month,
            "commitments": _commitments(str(source.home.path), basis, planned) if scope.sees_all else {},
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _frame(source: Source, basis: Basis, planned: Outcome) -> pl.DataFrame:
    situation, shipping = basis.situation, planned.shipping
    spread = np.broadcast_to(_spread(source, basis)[:, None], situation.axes.shape)
    before, after = service_after(situation.safety, situation.safety - shipping.safety_left, spread)
    is_known = (situation.safety > 0) & ~np.isnan(spread)
    rows = shipping.frame().join(
        tall(situation.axes, service_before_share=np.where(is_known, before, np.nan), service_after_share=np.where(is_known, after, np.nan),
             _worth=(shipping.short + shipping.released) * situation.price),
        on=["family", "month"],
    )  # fmt: skip
    months = situation.axes.months
    refill = {family: months[place] if place >= 0 else None for family, place in zip(situation.axes.families, shipping.refill, strict=True)}
    why = (
        pl.when(pl.col("service_after_share").is_not_null()).then(None)
        .when(pl.col("safety_qty") > 0).then(pl.lit(NO_SPREAD.to_json())).otherwise(pl.lit(NO_SAFETY.to_json()))
    )  # fmt: skip
    told = rows.with_columns(
        pl.col("shipped_qty").alias("market_qty"), pl.col("family").replace_strict(refill, default=None, return_dtype=pl.Date).alias("refill_month"),
        why.alias("service_after_share_why"),
    )  # fmt: skip
    worst = pl.col("_worth").sum().over("family")
    named = basis.demand.families.named(told).sort(worst, "family", "month", descending=[True, False, False])
    return named.select(column.name for column in COLUMNS)


def _spread(source: Source, basis: Basis) -> Numbers:
    """Deviation of a month's demand from its last forecast, one a family of the plan; not a number where too little is known."""
    families, behind = basis.demand.families, basis.demand.months.behind
    axes = Axes(basis.situation.axes.families, behind)
    known = history.forecasts(source, families, basis.demand.months.as_of, behind, made_before_month=True)
    missed = grid(known, axes, "qty", absent=np.nan) - grid(history.sales(source, families, behind), axes, "qty")
    count = (~np.isnan(missed)).sum(axis=1)
    middle = np.where(count > 0, np.nansum(missed, axis=1) / np.maximum(count, 1), np.nan)
    square = np.nansum((missed - middle[:, None]) ** 2, axis=1) / np.maximum(count - 1, 1)
    return np.where(count >= FEWEST_ERRORS, np.sqrt(square), np.nan)


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _orders(source: Source, basis: Basis, planned: Outcome, home: str) -> tuple[pl.DataFrame, tuple[Message, ...]]:
    """Open orders wanted until the end of the first month in their rank, and what each gets of the stock and of what comes in then."""
    situation, months = basis.situation, basis.demand.months
    kinds = {column.name: _KINDS[column.unit] for column in ORDERS}
    lines = basis.demand.families.keyed(source.whole.read("rows_orders_open", as_of=months.as_of)) if source.has("orders") else None
    if lines is None or lines.is_empty():
        return pl.DataFrame(schema=kinds), ()
    until = end_of(months.first)
    mine = lines.filter(pl.col("family").is_in(situation.axes.families), pl.col("wanted_on").is_null() | (pl.col("wanted_on") <= until))
    must = named_must_serve(home, months.first)
    unit_cost = dict(zip(situation.axes.families, situation.unit_cost.tolist(), strict=True))
    asked = mine.with_columns(
        pl.col("open_qty").alias("qty"), pl.col("wanted_on").alias("promised_on"), (pl.col("order_id") + "/" + pl.col("line_no")).alias("_key"),
        (pl.col("unit_value") - pl.col("family").replace_strict(unit_cost, return_dtype=pl.Float64)).alias("unit_margin"),
        pl.col("priority").cast(pl.Float64, strict=False).alias("_priority"),
    ).with_columns(
        pl.coalesce(pl.col("_key").replace_strict(must, default=None, return_dtype=pl.Float64), pl.when("has_contract").then("qty")).alias("must_serve_qty")
    )  # fmt: skip
    supply = planned.shipping.supply[:, 0] + situation.opening
    there = {family: max(float(qty), 0.0) for family, qty in zip(situation.axes.families, supply, strict=True)}
    ranked = ranked_orders(asked, there, ("_priority", "promised_on", "unit_margin"))
    dealers = source.whole.dealers.select("dealer_id", "dealer_name")
    rows = ranked.rows.join(dealers, on="dealer_id", how="left", maintain_order="left").with_columns(pl.col("short_qty").alias("missing_qty"))
    return rows.select(pl.col(name).cast(kind) for name, kind in kinds.items()), ranked.told


_KINDS: dict[str, Any] = {"count": pl.Int64, "code": pl.String, "text": pl.String, "date": pl.Date, "qty": pl.Float64}


def named_must_serve(home: str, month: date) -> dict[str, float]:
    """What of single orders must be served, as somebody said for a cycle: `<order>/<line>` -> quantity."""
    return {str(key): float(qty) for key, qty in (register.minutes(home, month, "must_serve").get("orders") or {}).items()}


def name_must_serve(home: str, month: date, order: str, line: str, qty: float, who: Scope) -> None:
    """Say how much of an order line must be served whatever happens. Raises BadUse below zero, Impossible where the step
    is closed, NotKept where somebody else said something different in the same moment, NotAllowed."""
    if not np.isfinite(qty) or qty < 0:
        raise BadUse(message("At least nothing of an order must be served; {found_qty} was given.", found_qty=qty))
    cycles.closed_for_editing(home, month, "supply")
    said = {"orders": {f"{order}/{line}": float(qty)}}
    register.minute(home, month, "must_serve", said, who, open_warehouse(Home(Path(home))).version)


# ── commitments ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _print(basis: Basis, planned: Outcome) -> str:
    return fingerprint({"plan": tall(basis.situation.axes, sells=planned.shipping.shipped, brings=planned.shipping.supply)})


def _commitments(home: str, basis: Basis, planned: Outcome) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    now = _print(basis, planned)
    for side in SIDES:
        said = register.minutes(home, basis.demand.months.first, f"commit_{side}")
        if said.get("who"):
            found[side] = {"who": str(said["who"]), "is_stale": said.get("inputs") != now}
    return found


def commit(home: str, side: str, who: Scope) -> None:
    """One side commits itself to its half of the executable plan as it stands now. Raises BadUse for another side, Impossible where the step is closed,
    NotAllowed."""
    if side not in SIDES:
        raise BadUse(message("There is no side “{side}”; there are {sides}.", side=side, sides=", ".join(SIDES)))
    register.may_write(home, who)
    warehouse = open_warehouse(Home(Path(home)))
    basis = basis_of(source_of(warehouse, who), Selection(), run_of(warehouse))
    cycles.closed_for_editing(home, basis.demand.months.first, "supply")
    planned = outcome_of(basis.situation, Scenario("as_planned", method="as_planned"))
    said = {"who": who.who, "inputs": _print(basis, planned)}
    register.minute(home, basis.demand.months.first, f"commit_{side}", said, who, warehouse.version)


# ── people, idle bottlenecks ─────────────────────────────────────────────────────────────────────────────────────────────


def _idle(basis: Basis, planned: Outcome) -> pl.DataFrame:
    situation = basis.situation
    there = np.where(np.isnan(situation.available), np.inf, situation.available)
    limited = np.where(np.isinf(there), planned.projection.hours, there)
    found = idle_bottleneck(planned.shipping.short, planned.projection.hours, limited, situation.bill.whole)
    rows = [(situation.resources[resource], situation.axes.months[month], free) for resource, month, free in found]
    frame = pl.DataFrame(rows, schema={"resource_id": pl.String, "month": pl.Date, "free_qty": pl.Float64}, orient="row")
    return _resources_named(basis, frame).select(column.name for column in IDLE)


def _resources_named(basis: Basis, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.join(basis.resources.frame.select("resource_id", "resource_name"), on="resource_id", how="left", maintain_order="left")


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _headline(frame: pl.DataFrame, planned: Outcome, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    if frame.is_empty():
        return message("There is nothing to plan: no family has a known demand and price.")
    if planned.shipping.is_unconstrained:
        return message("Supply is enough: all demand can be delivered in its month, and safety stock only regulates.")
    short = frame.filter(pl.col("short_qty") > 0)
    released = frame.filter(pl.col("released_qty") > 0)["family"].n_unique()
    return plural(
        "Demand is above supply in {n} family, first in {month}; safety stock is released in {released_n}.",
        "Demand is above supply in {n} families, first in {month}; safety stock is released in {released_n}.",
        n=short["family"].n_unique(), month=short["month"].min(), released_n=released,
    )  # fmt: skip


def _measures(frame: pl.DataFrame, planned: Outcome) -> tuple[Measured, ...]:
    nothing = message("Nothing is asked for.")
    lowest = frame.filter(pl.col("released_qty") > 0)["service_after_share"].min()
    return (
        Measured(message("Delivered in its month"), planned.figures["service_share"], "share", message("Of the demand, in money."), nothing),
        Measured(message("Safety stock released"), float(frame["released_qty"].sum()), "qty", message("Pieces, all families and months."), nothing),
        Measured(
            message("Lowest service after it"), float(lowest) if isinstance(lowest, float) else None, "share",
            message("Share of months without a gap, of the family that is left with least."), message("No safety stock is released, or its risk is unknown."),
        ),
        Measured(message("Late or missing"), float(frame["short_qty"].sum()), "qty", message("Pieces, each in the month in which it was asked for."), nothing),
    )  # fmt: skip


def _notes(orders: pl.DataFrame) -> tuple[Message, ...]:
    notes = [
        message("The market commits itself to sell no more than can be delivered, production and purchasing to bring what is planned."),
        message("Service is the share of months without a gap: safety stock against what the forecast missed in the months behind."),
    ]
    if orders.height:
        notes.append(message("What must be served comes first: what stands under a contract, or what somebody named; then by priority, day and margin."))
    return tuple(notes)
