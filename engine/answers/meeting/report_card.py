"""The report card of the last month: each measure beside what was aimed at; the meeting opens only those that are below plan."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.kpis import figures
from engine.answers.meeting import cycles
from engine.answers.periods import end_of
from engine.answers.sop import history
from engine.answers.sop.basis import rates_of
from engine.answers.sop.budget_bridge import budget_rows
from engine.answers.sop.deliveries import deliveries_of
from engine.answers.sop.families import families_of
from engine.answers.sop.months import months_of
from engine.answers.source import Source, remembered
from engine.kpis import BOOK
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.grid import Axes, Numbers, grid

MEASURES: dict[str, tuple[Message, str, Message]] = {
    "sales": (message("Sold, of what was forecast"), "share", message("Last month, all families at their price.")),
    "accuracy": (message("Accuracy of the forecasts"), "share", message("1 − error, weighted by money, over the months behind.")),
    "bias": (message("Bias (forecast − actual)"), "share", message("Over the months behind; above zero was too high.")),
    "production": (message("Made, of what was planned"), "share", message("Last month, all families at their price.")),
    "in_stock": (message("Products in stock"), "share", message("Of the products that sell, at the end of the month.")),
    "cover": (message("Days of supply"), "days", message("Stock ÷ demand a day.")),
    "otif": (message("Orders on time and in full"), "share", message("Of the order lines due last month, what left complete by the promised day.")),
    "backlog": (message("Backlog"), "days", message("Orders not yet shipped at the month's end ÷ what is shipped a day.")),
    "overdue": (message("Backlog past its day"), "share", message("Of the orders not yet shipped, in money; at most.")),
    "net_sales": (message("Net sales, of the budget"), "share", message("Last month.")),
    "margin": (message("Margin, of the budget"), "share", message("The year up to last month.")),
}
"""Measure -> label, unit, of what it is."""
AT_MOST = ("bias", "overdue", "backlog")
"""Measures that are below plan where they are above their figure."""
WHY: dict[str, Message] = {
    "sales": message("Nobody forecast the month before it began."),
    "accuracy": message("No forecast of the months behind can be compared with what came."),
    "bias": message("No forecast of the months behind can be compared with what came."),
    "production": message("Production or its plan was not loaded."),
    "in_stock": message("Nothing tells which products sell and what of them is in stock."),
    "cover": message("Stock or demand is not known."),
    "net_sales": message("No budget of the month was loaded."),
    "margin": message("No budgeted margin of the year was loaded."),
}
"""Why a measure is unknown, where its own figures do not say."""
OF_BUDGET = ("net_sales", "margin")
"""Measures that tell money by their share of a budget: in a column of their own, which some roles do not see."""
COLUMNS = (
    Column("card_measure", message("Measure"), "message"),
    Column("reached_share", message("Reached"), "share"),
    Column("budget_share", message("Reached, of the budget"), "share"),
    Column("target_share", message("Plan"), "share"),
    Column("reached_days", message("Reached, days"), "days"),
    Column("target_days", message("Plan, days"), "days"),
    Column("is_below", message("Below plan"), "flag"),
    Column("measured_on", message("Of what"), "message"),
    Column("reached_why", message("Why unknown"), "message"),
)


def report_card(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """One row a measure (COLUMNS), those below plan first; is_below is null where the measure is unknown (reached_why) or nothing is aimed at.

    facts: below (how many), unknown, month (the last whole one), names (of the rows, in order).
    """
    cycles.of_the_company(scope)
    answer: Answer = _report_card(warehouse, selection, scope)
    return answer


@remembered
def _report_card(source: Source, selection: Selection, scope: Scope) -> Answer:
    last = months_of(source, Selection()).last
    found, why = _reached(source, scope)
    rows = [_row(source, name, found.get(name), why) for name in MEASURES]
    rows.sort(key=lambda row: (row[7] is not True, row[7] is None))
    below, unknown = sum(row[7] is True for row in rows), sum(row[7] is None for row in rows)
    return Answer(
        name="report_card",
        headline=_headline(below, unknown, len(rows), last),
        frame=pl.DataFrame([row[1:] for row in rows], schema=_SCHEMA, orient="row"),
        columns=COLUMNS,
        version=source.version,
        facts={"below": below, "unknown": unknown, "month": last, "names": tuple(row[0] for row in rows)},
        scope=scope,
        selection=selection,
    )


def _row(source: Source, name: str, value: float | None, why: Mapping[str, Message]) -> tuple[Any, ...]:
    """Name and COLUMNS of a measure."""
    label, unit, of = MEASURES[name]
    said = None if value is not None else why.get(name) or WHY.get(name)
    reason = None if said is None else said.to_json()
    if unit == "days":
        is_outside, edge = _of_days(source, name, value)
        return (name, label.to_json(), None, None, None, value, edge, is_outside, of.to_json(), reason)
    targets = {str(each): float(target) for each, target in source.settings["meeting_targets"]}
    aim = targets.get(name)
    is_below = None if value is None or aim is None else abs(value) > aim if name in AT_MOST else value < aim
    own, budget = (None, value) if name in OF_BUDGET else (value, None)
    return (name, label.to_json(), own, budget, aim, None, None, is_below, of.to_json(), reason)


def _of_days(source: Source, name: str, value: float | None) -> tuple[bool | None, float]:
    """(is below plan, the figure that it is measured by) of a measure in days: at most so many, or between two edges."""
    if name in AT_MOST:
        most = float(source.settings["backlog_days_most"])
        return (None if value is None else value > most), most
    low, high = float(source.settings["supply_band_low_days"]), float(source.settings["supply_band_high_days"])
    return (None if value is None else not low <= value <= high), high if value is None or value > high else low


_SCHEMA: dict[str, Any] = {
    "card_measure": pl.String,
    **dict.fromkeys(("reached_share", "budget_share", "target_share", "reached_days", "target_days"), pl.Float64),
    "is_below": pl.Boolean,
    "measured_on": pl.String,
    "reached_why": pl.String,
}


def _reached(source: Source, scope: Scope) -> tuple[dict[str, float | None], dict[str, Message]]:
    """(measure -> what the last month, or the months behind, brought, None where the data do not tell; reasons of some that are None)."""
    families, months = families_of(source), months_of(source, Selection())
    axes = Axes(families.names, months.behind)
    price = np.nan_to_num(rates_of(source, families, months)[0])[:, None]
    forecast = grid(history.forecasts(source, families, months.as_of, months.behind, made_before_month=True), axes, "qty", absent=np.nan) * price
    sold = grid(history.sales(source, families, months.behind), axes, "qty") * price
    known = ~np.isnan(forecast)
    error = np.where(known, forecast - sold, 0.0)
    spoken = np.where(known, sold, 0.0)
    planned = history.planned(source, families, (months.last,)) * price
    made = history.made(source, families, (months.last,)) * price if history.knows_production(source) else np.full(planned.shape, np.nan)
    is_planned = np.nan_to_num(planned) > 0
    off = _ratio(np.abs(error), spoken)
    served = deliveries_of(source, months.last, float(history.sales(source, families, (months.last,))["net_value"].sum()))
    return {
        "sales": _ratio(spoken[:, -1], np.where(known, forecast, 0.0)[:, -1]),
        "accuracy": None if off is None else 1 - off,
        "bias": _ratio(error, spoken),
        "production": None if np.isnan(made).any() else _ratio(np.where(is_planned, made, 0.0), np.where(is_planned, planned, 0.0)),
        **_of_stock(source, scope, months.last),
        **_of_budget(source, months.last),
        "otif": served.otif, "backlog": served.backlog_days, "overdue": served.overdue,
    }, served.why  # fmt: skip


def _ratio(above: Numbers, below: Numbers) -> float | None:
    """Sum ÷ sum; None where the lower one is nothing."""
    whole = float(np.sum(below))
    return float(np.sum(above)) / whole if whole > 0 else None


def _of_stock(source: Source, scope: Scope, month: date) -> dict[str, float | None]:
    names = ("days_of_supply", "out_of_stock_share")
    frame, _, _ = figures(source, tuple(BOOK[name] for name in names), Selection(as_of=end_of(month)), scope)
    row = frame.row(0, named=True) if frame.height else {}
    out, days = row.get("out_of_stock_share"), row.get("days_of_supply")
    return {"in_stock": None if out is None else 1 - float(out), "cover": None if days is None else float(days)}


def _of_budget(source: Source, month: date) -> dict[str, float | None]:
    """Net sales of the month and margin of the year, of their budget."""
    families, year = families_of(source), tuple(date(month.year, number, 1) for number in range(1, month.month + 1))
    planned = budget_rows(source, families, year)
    sold = history.sales(source, families, year)
    now = pl.col("month") == month

    def of(actual: Any, budget: Any) -> float | None:
        return None if not budget or actual is None or budget <= 0 else float(actual) / float(budget)

    margin = None if planned["margin_value"].null_count() else planned["margin_value"].sum()
    return {
        "net_sales": of(sold.filter(now)["net_value"].sum(), planned.filter(now)["net_value"].sum()),
        "margin": of((sold["net_value"] - sold["cost_value"]).sum(), margin),
    }


def _headline(below: int, unknown: int, count: int, month: date) -> Message:
    if unknown == count:
        return message("The data tell nothing of the measures of {month}.", month=month)
    if not below:
        return message("No measure of {month} is below plan.", month=month)
    return plural("{n} measure of {month} is below plan.", "{n} measures of {month} are below plan.", n=below, month=month)
