"""What can be delivered by the plan of record, beside the same with peaks built ahead and the cheapest plan of all, and what each costs."""

import numpy as np
import polars as pl

from engine.answers.answer import Alert, Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.sop.basis import Basis, basis_of
from engine.answers.sop.families import OF_ALL, picked
from engine.answers.sop.material_needs import needs
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.family_sheet import forward_cover
from engine.sop.grid import tall
from engine.sop.prebuild import moved_frame
from engine.sop.scenarios import Outcome, Scenario, outcome_of, side_by_side

TABLES = ("stock", "production_plan", "resources", "capacity", "resource_use", "forecasts")
COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("strategy", message("How it is made"), "text"),
    Column("month", message("Month"), "month"),
    Column("demand_qty", message("Demand"), "qty"),
    Column("supply_qty", message("Production plan"), "qty"),
    Column("shipped_qty", message("Can be delivered"), "qty"),
    Column("short_qty", message("Late or missing"), "qty"),
    Column("late_qty", message("Owed at the month's end"), "qty"),
    Column("short_value", message("Late or missing, money"), "money"),
    Column("stock_qty", message("Stock at the month's end"), "qty"),
    Column("cover_days", message("Days covered"), "days"),
    Column("safety_qty", message("Safety stock"), "qty"),
    Column("released_qty", message("Safety stock released"), "qty"),
    Column("best_qty", message("Cheapest plan"), "qty"),
    Column("is_planned", message("Planned"), "flag"),
)
METHODS: dict[str, Message] = {
    "as_planned": message("As planned"),
    "prebuild": message("Peaks built ahead"),
    "optimal": message("Cheapest plan"),
}
FIGURE_LABELS: dict[str, tuple[Message, str]] = {
    "service_share": (message("Delivered in its month"), "share"),
    "demand_qty_share": (message("Delivered in the end"), "share"),
    "revenue": (message("Sales revenue"), "money"),
    "margin": (message("Gross margin"), "money"),
    "contribution": (message("Sales less cost of the plan"), "money"),
    "plan_cost": (message("Cost of the plan"), "money"),
    "stock_value": (message("Stock at the end"), "money"),
    "least_cash": (message("Least cash"), "money"),
    "cash": (message("Cash at the end"), "money"),
    "peak_load_share": (message("Highest load"), "share"),
    "overtime_hours": (message("Overtime"), "qty"),
    "outside_hours": (message("Bought outside"), "qty"),
    "over_hours": (message("Hours that nobody has"), "qty"),
    "heads": (message("Most people needed"), "count"),
    "late_value": (message("Owed at the end"), "money"),
}


def supply_plan(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The executable plan: one row a family and month (COLUMNS), the most short money first. Nothing is refused for being impossible: hours that
    nobody has are counted, and what cannot be delivered is said.

    extra: `options` (figure, o0 as planned, o1 peaks built ahead, o2 cheapest, d1, d2), `moves` (family, resource, from_month, to_month, moved_qty,
    hours, holding_value), `months` (month, demand_value, shipped_value, stock_value), `materials` (the purchase-arrival plan of the plan of record,
    `engine.answers.sop.material_needs.COLUMNS`). facts: measures, methods (words), figures (label and unit).
    """
    answer: Answer = _supply_plan(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _supply_plan(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    basis = basis_of(source, selection, run)
    planned, ahead, best = (outcome_of(basis.situation, Scenario(method, method=method)) for method in METHODS)
    chosen = picked(source, selection, scope, basis.demand.families)
    frame = _frame(basis, planned, best).filter(pl.col("family").is_in(chosen))
    options = side_by_side(planned, [ahead, best])
    materials = needs(source, basis.situation.materials, planned.projection.materials, planned.projection.materials_short, basis.demand.months)
    moves = moved_frame(ahead.moves.moves if ahead.moves is not None else (), basis.situation.axes.months).filter(pl.col("family").is_in(chosen))
    return Answer(
        name="supply_plan",
        headline=_headline(frame, planned, best, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=basis.demand.months.as_of,
        first=basis.situation.axes.months[0],
        last=basis.situation.axes.months[-1],
        alerts=_alerts(frame),
        notes=_notes(source, basis, best),
        missing=tuple(table for table in TABLES if not source.has(table)),
        extra={
            "options": options if frame.height else options.clear(),
            "moves": moves,
            "months": _by_month(basis, planned, chosen),
            "materials": materials if frame.height else materials.clear(),
        },
        facts={"measures": _measures(planned, best) if frame.height else (), "methods": dict(METHODS), "figures": dict(FIGURE_LABELS)},
        scope=scope,
        selection=selection,
    )


def _frame(basis: Basis, planned: Outcome, best: Outcome) -> pl.DataFrame:
    situation = basis.situation
    cover = forward_cover(planned.shipping.stock, situation.demand, situation.days)
    rows = planned.shipping.frame().join(
        tall(
            situation.axes, cover_days=cover.days, short_value=planned.shipping.short * situation.price,
            best_qty=best.plan.made + best.plan.subcontracted if best.plan is not None else np.nan * situation.demand, _planned=basis.is_planned,
        ), on=["family", "month"],
    )  # fmt: skip
    worst = pl.col("short_value").sum().over("family")
    named = basis.demand.families.named(rows).with_columns((pl.col("_planned") > 0).alias("is_planned"))
    value = (pl.col("demand_qty").sum().over("family")).alias("_asked")
    return named.sort(worst, value, "family", "month", descending=[True, True, False, False]).select(column.name for column in COLUMNS)


def _by_month(basis: Basis, planned: Outcome, chosen: tuple[str, ...]) -> pl.DataFrame:
    situation, projection = basis.situation, planned.projection
    rows = tall(
        situation.axes, demand_value=situation.demand * situation.price, shipped_value=projection.revenue, stock_value=projection.stock_value,
    )  # fmt: skip
    chosen_rows = rows.filter(pl.col("family").is_in(chosen))
    return chosen_rows.group_by("month").agg(pl.col("demand_value", "shipped_value", "stock_value").sum()).sort("month")


def _headline(frame: pl.DataFrame, planned: Outcome, best: Outcome, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    if frame.is_empty():
        return message("There is nothing to plan: no family has a known demand and price.")
    service, cost = planned.figures["service_share"], planned.figures["plan_cost"]
    cheapest, best_service = best.figures["plan_cost"], best.figures["service_share"]
    if service is None or cost is None or cheapest is None or best_service is None:
        return message("Nothing is asked for in these months.")
    return message(
        "The plan delivers {service_share} of the demand in its month at {cost_money}; the cheapest plan delivers {best_share} at {best_money}.",
        service_share=service, cost_money=cost, best_share=best_service, best_money=cheapest,
    )  # fmt: skip


def _alerts(frame: pl.DataFrame) -> tuple[Alert, ...]:
    """The five families of which most money is late or missing."""
    by = frame.group_by("family", "family_name", maintain_order=True).agg(pl.col("short_value").sum(), pl.col("month").filter(pl.col("short_qty") > 0).min())
    short = by.filter(pl.col("short_value") > 0).sort("short_value", "family", descending=[True, False]).head(5)
    return tuple(
        Alert(
            message("{family}: {short_money} cannot be delivered in its month, first in {month}.", family=row["family_name"], short_money=row["short_value"],
                    month=row["month"]),
            row["short_value"], "supply_plan", (("line_id", row["family"]),),
        )
        for row in short.iter_rows(named=True)
    )  # fmt: skip


def _measures(planned: Outcome, best: Outcome) -> tuple[Measured, ...]:
    nothing = message("Nothing is asked for.")
    saved = None
    if planned.figures["plan_cost"] is not None and best.figures["plan_cost"] is not None:
        saved = planned.figures["plan_cost"] - best.figures["plan_cost"]
    return (
        Measured(message("Delivered in its month"), planned.figures["service_share"], "share", message("Of the demand, in money."), nothing),
        Measured(message("Stock at the end"), planned.figures["stock_value"], "money", message("At cost, after the last month."), nothing),
        Measured(message("Hours that nobody has"), planned.figures["over_hours"], "qty", message("In the plan, beyond overtime and others."), nothing),
        Measured(message("Cheaper by"), saved, "money", message("Cost of the plan − cost of the cheapest plan; they need not deliver the same."), nothing),
    )


def _notes(source: Source, basis: Basis, best: Outcome) -> tuple[Message, ...]:
    notes = [
        message("What is late is delivered first, then the month's demand; safety stock is released when supply is short, and filled up again after."),
        message("Cost of a plan: making, hours, overtime, keeping stock, being late. Being late costs a share of the price for each month."),
    ]
    if not (source.has("production_plan") or source.has("purchase_plan")):
        notes.append(message("No production plan was loaded: it is taken that demand is made."))
    elif (basis.is_planned == 0).any():
        notes.append(message("Where nobody planned a family for a month, it is taken that its demand is made or bought."))
    if basis.left_out:
        notes.append(plural("{n} family of unknown demand is left out.", "{n} families of unknown demand are left out.", n=len(basis.left_out)))
    if best.said is not None:
        notes.append(best.said)
    return tuple(notes)
