"""From the budget to what was reached: volume, mix, price and cost by family, and where the year is heading by the latest call."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.periods import end_of, month_of
from engine.answers.sop import history
from engine.answers.sop.basis import Demand, demand_of
from engine.answers.sop.families import OF_ALL, Families, picked
from engine.answers.source import Source, remembered
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.bridge import STEPS, Bridge, margin_bridge
from engine.sop.grid import Axes, grid, months_from

COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("budget_value", message("Budgeted margin"), "money"),
    Column("volume_value", message("Volume"), "money", "higher"),
    Column("mix_value", message("Mix"), "money", "higher"),
    Column("price_value", message("Price"), "money", "higher"),
    Column("cost_value", message("Cost"), "money", "higher"),
    Column("not_split_value", message("Cannot be split"), "money"),
    Column("actual_value", message("Margin reached"), "money"),
    Column("total_value", message("Gap"), "money", "higher"),
    Column("has_budget", message("Budgeted"), "flag"),
)
STEP_WORDS: dict[str, Message] = {
    "budget": message("Budget"),
    "volume": message("Volume"),
    "mix": message("Mix"),
    "price": message("Price"),
    "cost": message("Cost"),
    "not_split": message("Cannot be split"),
    "actual": message("Reached"),
}
FACTS = {"family": pl.String, **dict.fromkeys(("budget_qty", "budget_value", "budget_margin_value", "qty", "value", "margin_value"), pl.Float64)}


def budget_bridge(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Why the margin is not the budget's: one row a family (COLUMNS), the largest gap first; steps add up to the gap.

    The months: those of the chosen window that are whole, else the calendar year up to the last whole month. extra: `bars` (step, label as Message
    JSON, value, is_total), `call` (month, budget_value, actual_value, demand_value: net sales of the year by month, actual behind, plan ahead).
    facts: measures, year_budget, year_call (net sales of the whole year; None where a month ahead is neither planned nor budgeted).
    """
    answer: Answer = _budget_bridge(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _budget_bridge(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    demand = demand_of(source, selection, run)
    chosen = picked(source, selection, scope, demand.families)
    months = _months(selection, demand)
    bridge = margin_bridge(_facts(source, demand, months).filter(pl.col("family").is_in(chosen)))
    frame = demand.families.named(bridge.rows.rename({step: f"{step}_value" for step in STEPS})).select(column.name for column in COLUMNS)
    has_budget = source.has("budget") and bool(frame["has_budget"].any())
    if not has_budget:
        frame = frame.clear()
    call = _call(source, demand, chosen)
    measures, facts = _measures(bridge, call, has_budget), _year(call)
    return Answer(
        name="budget_bridge",
        headline=_headline(bridge, months, has_budget, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=demand.months.as_of,
        first=months[0],
        last=end_of(months[-1]),
        notes=_notes(),
        missing=tuple(table for table in ("budget", "sales") if not source.has(table)),
        extra={"bars": _bars(bridge) if has_budget else _bars(bridge).clear(), "call": call},
        facts={"measures": measures, **facts},
        scope=scope,
        selection=selection,
    )


def _months(selection: Selection, demand: Demand) -> tuple[date, ...]:
    """Whole months only: a budget is by the month."""
    last = demand.months.last
    named = [month_of(text) for text in selection.allowed("month") or ()]
    first = selection.first or (min(named) if named else None)
    until = selection.last or (end_of(max(named)) if named else None)
    start = date(last.year, 1, 1) if first is None else first.replace(day=1)
    stop = last if until is None else min(last, until.replace(day=1))
    count = max((stop.year - start.year) * 12 + stop.month - start.month + 1, 1)
    return months_from(start, count)


def _facts(source: Source, demand: Demand, months: Sequence[date]) -> pl.DataFrame:
    """Budget and actual of each family over the months. A family without a row on one side has nulls there."""
    budget = budget_rows(source, demand.families, months)
    complete = [pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum()).alias(f"budget_{name}") for name in ("qty", "margin_value")]
    planned = budget.group_by("family").agg(pl.col("net_value").sum().alias("budget_value"), *complete)
    sold = history.sales(source, demand.families, months).group_by("family").agg(
        pl.col("qty").sum(), pl.col("net_value").sum().alias("value"), (pl.col("net_value") - pl.col("cost_value")).sum().alias("margin_value")
    )  # fmt: skip
    return planned.join(sold, on="family", how="full", coalesce=True).select(pl.col(name).cast(kind) for name, kind in FACTS.items())


def budget_rows(source: Source, families: Families, months: Sequence[date]) -> pl.DataFrame:
    """family, month, qty, net_value, margin_value. Where a line has a row for the whole company, its regions say the same again."""
    rows = families.keyed(source.whole.read("budget_between", first_month=months[0], last_month=months[-1]))
    whole = pl.col("region").is_null().any().over("month", "line_id")
    return rows.filter(pl.col("family").is_not_null(), pl.col("region").is_null() | ~whole)


def _call(source: Source, demand: Demand, chosen: tuple[str, ...]) -> pl.DataFrame:
    """Net sales of the calendar year of the first month ahead, month by month: budget, actual behind, demand plan at today's prices ahead."""
    year = months_from(date(demand.months.first.year, 1, 1), 12)
    rows = [row for row, family in enumerate(demand.families.names) if family in chosen]
    axes = Axes(demand.families.names, year)
    budget = budget_rows(source, demand.families, year)
    planned = grid(budget, axes, "net_value")[rows].sum(axis=0)
    behind = grid(history.sales(source, demand.families, year), axes, "net_value")[rows].sum(axis=0)
    ahead = np.nansum((demand.plan * demand.price[:, None])[rows], axis=0)
    of_month = dict(zip(demand.months.ahead, ahead, strict=True))
    table = [
        (
            month, float(planned[place]) if source.has("budget") else None, float(behind[place]) if month <= demand.months.last else None,
            float(of_month[month]) if month in of_month else None,
        )
        for place, month in enumerate(year)
    ]  # fmt: skip
    schema = {"month": pl.Date, **dict.fromkeys(("budget_value", "actual_value", "demand_value"), pl.Float64)}
    return pl.DataFrame(table if chosen else [], schema=schema, orient="row")


def _year(call: pl.DataFrame) -> dict[str, float | None]:
    """The year's budget and its latest call: actual months + plan of the others."""
    latest = pl.coalesce("actual_value", "demand_value")
    whole = call.height > 0 and call.select(latest.is_not_null().all()).item()
    budget = call["budget_value"].sum() if call.height and call["budget_value"].is_not_null().all() else None
    return {"year_budget": None if budget is None else float(budget), "year_call": float(call.select(latest.sum()).item()) if whole else None}


def _bars(bridge: Bridge) -> pl.DataFrame:
    """What is drawn: budget, the steps that moved anything, what was reached."""
    moved = [(step, value, False) for step, value in bridge.steps.items() if abs(value) >= 0.005]
    rows = [("budget", bridge.budget, True), *moved, ("actual", bridge.actual, True)]
    named = [(step, STEP_WORDS[step].to_json(), value, is_total) for step, value, is_total in rows]
    return pl.DataFrame(named, schema={"step": pl.String, "label": pl.String, "value": pl.Float64, "is_total": pl.Boolean}, orient="row")


def _headline(bridge: Bridge, months: Sequence[date], has_budget: bool, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    if not has_budget:
        return message("No budget of these months was loaded, so there is nothing to compare with.")
    largest = max(bridge.steps, key=lambda step: abs(bridge.steps[step]))
    parts = {"gap_money": abs(bridge.gap), "step": STEP_WORDS[largest], "step_money": bridge.steps[largest], "first": months[0], "last": months[-1]}
    if bridge.gap < 0:
        return message("Margin is {gap_money} below the budget; most of it is “{step}”, {step_money}.", **parts)
    return message("Margin is {gap_money} above the budget; most of it is “{step}”, {step_money}.", **parts)


def _measures(bridge: Bridge, call: pl.DataFrame, has_budget: bool) -> tuple[Measured, ...]:
    why, year = message("No budget of these months was loaded."), _year(call)
    gap = None if year["year_call"] is None or not year["year_budget"] else year["year_call"] / year["year_budget"] - 1
    return (
        Measured(message("Budgeted margin"), bridge.budget if has_budget else None, "money", message("Sum of the months."), why),
        Measured(message("Margin reached"), bridge.actual if has_budget else None, "money", message("Net sales − cost of the same months."), why),
        Measured(message("Gap"), bridge.gap if has_budget else None, "money", message("Reached − budgeted; the steps add up to it."), why),
        Measured(
            message("Year against budget"), gap, "share", message("Net sales of the year: actual months and the demand plan of the others ÷ budget − 1."),
            message("Budget or plan of a month of this year is unknown."),
        ),
    )  # fmt: skip


def _notes() -> tuple[Message, ...]:
    return (
        message("Volume is what the margin would be if all families had moved alike, at budget prices; mix is what their different movements add."),
        message("A family without a budget has no price to differ from: all of it is volume and mix. One without quantities cannot be split."),
    )
