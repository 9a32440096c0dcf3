"""What will be asked for: contracts, deals, the forecast of the rest, and what was changed by hand, by family and month."""

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.sop.basis import TABLES, Demand, demand_of
from engine.answers.sop.families import OF_ALL, picked
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.demand import EFFECTS, below_contracts
from engine.sop.grid import tall

COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("month", message("Month"), "month"),
    Column("small_qty", message("Small contracts"), "qty"),
    Column("large_qty", message("Large contracts"), "qty"),
    Column("deal_qty", message("Deals about to be signed"), "qty"),
    Column("rest_qty", message("Forecast of the rest"), "qty"),
    Column("override_qty", message("Changed by hand"), "qty"),
    Column("demand_qty", message("Demand"), "qty"),
    Column("demand_value", message("Demand, money"), "money"),
    Column("last_year_qty", message("Sold a year before"), "qty"),
    Column("change_share", message("Against the year before"), "share"),
    Column("below_contracts_qty", message("Below contracts"), "qty"),
    Column("source", message("Forecast by"), "text"),
    Column("is_continued", message("Goes on from last year"), "flag"),
    Column("demand_why", message("Why unknown"), "message"),
)
NO_FORECAST = message("Nobody forecast it, and nothing was sold a year before from which it could go on.")
SOURCES: dict[str, Message] = {
    "consensus": message("Consensus"),
    "expert": message("Experts"),
    "statistical": message("Statistics"),
    "sales": message("Sales"),
    "marketing": message("Marketing"),
    "granary": message("Our own method"),
}
TOLD = {"rule": pl.String, "what": pl.String, "qty": pl.Float64, "said": pl.String}


def demand_plan(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The unconstrained demand of the coming months: one row a family and month (COLUMNS), the family with the most money first.

    extra: `told` (rule, what, qty, said: what was not taken as it came), `overrides` (EFFECTS: each change with its effect), `below_contracts`
    (family, month, demand_qty, contract_qty, short_qty), `months` (month, demand_value, last_year_value). facts: measures, sources (words),
    cycle (the first month). An override that no longer fits the data waits, and a note says so.
    """
    answer: Answer = _demand_plan(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _demand_plan(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    demand = demand_of(source, selection, run)
    chosen = picked(source, selection, scope, demand.families)
    frame = rows_of(demand).filter(pl.col("family").is_in(chosen))
    waiting = [("waits", f"{each.family} {str(each.month)[:7]}", each.value, said.to_json()) for each, said in demand.waiting]
    not_taken = [(each.rule, each.what, each.qty, each.said.to_json()) for each in demand.composed.told]
    told = pl.DataFrame([*waiting, *not_taken], schema=TOLD, orient="row")
    below = below_contracts(demand.axes, demand.plan, demand.composed.contracted).filter(pl.col("family").is_in(chosen))
    return Answer(
        name="demand_plan",
        headline=_headline(frame, below, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=demand.months.as_of,
        first=demand.months.ahead[0],
        last=demand.months.ahead[-1],
        notes=_notes(source, demand),
        missing=tuple(table for table in ("sales", *TABLES) if not source.has(table)),
        extra={
            "told": told if chosen else told.clear(),
            "overrides": demand.layered.effects.filter(pl.col("family").is_in(chosen)).select(EFFECTS),
            "below_contracts": below,
            "months": _by_month(frame),
        },
        facts={"measures": _measures(frame, below), "sources": dict(SOURCES), "cycle": demand.months.first},
        scope=scope,
        selection=selection,
    )


def rows_of(demand: Demand) -> pl.DataFrame:
    """A demand plan as COLUMNS, the family with the most money first."""
    parts, plan = demand.composed, demand.plan
    base, price = parts.total, demand.price[:, None]
    rows = tall(
        demand.axes, small_qty=parts.small, large_qty=parts.large, deal_qty=parts.deals, rest_qty=parts.rest,
        override_qty=np.where(np.isnan(base), np.where(np.isnan(plan), np.nan, plan), plan - base), demand_qty=plan, demand_value=plan * price,
        last_year_qty=demand.year_before, below_contracts_qty=np.maximum(parts.contracted - plan, 0.0), _continued=demand.is_continued,
    )  # fmt: skip
    rows = rows.join(demand.forecast.select("family", "month", "source"), on=["family", "month"], how="left", maintain_order="left")
    sold = pl.col("last_year_qty") > 0
    rows = demand.families.named(rows).with_columns(
        pl.when(sold).then(pl.col("demand_qty") / pl.col("last_year_qty") - 1).alias("change_share"),
        (pl.col("_continued") > 0).alias("is_continued"),
        pl.when(pl.col("demand_qty").is_null()).then(pl.lit(NO_FORECAST.to_json())).alias("demand_why"),
    )
    worth = pl.col("demand_value").sum().over("family")
    ordered = rows.sort(worth, "family", "month", descending=[True, False, False], nulls_last=True)
    return ordered.select(column.name for column in COLUMNS)


def _by_month(frame: pl.DataFrame) -> pl.DataFrame:
    """month, demand_value, and what was sold a year before at the same prices."""
    price = pl.when(pl.col("demand_qty") > 0).then(pl.col("demand_value") / pl.col("demand_qty"))
    then = (pl.col("last_year_qty") * price.max().over("family")).alias("last_year_value")
    return frame.with_columns(then).group_by("month").agg(pl.col("demand_value", "last_year_value").sum()).sort("month")


def _measures(frame: pl.DataFrame, below: pl.DataFrame) -> tuple[Measured, ...]:
    known = frame.filter(pl.col("demand_qty").is_not_null())
    why = message("Nothing is known of the demand ahead.")
    price = pl.when(pl.col("demand_qty") > 0).then(pl.col("demand_value") / pl.col("demand_qty"))

    def worth(*parts: str) -> float | None:
        return float(known.select((pl.sum_horizontal(parts) * price).sum()).item() or 0.0) if known.height else None

    return (
        Measured(message("Demand ahead"), worth("demand_qty"), "money", message("Quantities of all families at their price of the last twelve months."), why),
        Measured(message("Of it by contract"), worth("small_qty", "large_qty"), "money", message("What of contracts is still to be delivered."), why),
        Measured(message("Of it by deals"), worth("deal_qty"), "money", message("Deals about to be signed."), why),
        Measured(message("Changed by hand"), worth("override_qty"), "money", message("Sum of the changes of this cycle, above or below zero."), why),
        Measured(
            message("Below contracts"), float(below["short_qty"].sum()) if known.height else None, "qty",
            message("Where the plan is below what was promised by contract."), why,
        ),
    )  # fmt: skip


def _headline(frame: pl.DataFrame, below: pl.DataFrame, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    known = frame.filter(pl.col("demand_value").is_not_null())
    if known.is_empty():
        return message("Nothing is known of the demand ahead.")
    value = float(known["demand_value"].sum())
    contract = float(known.select((pl.sum_horizontal("small_qty", "large_qty") * pl.col("demand_value") / pl.col("demand_qty")).fill_nan(0.0).sum()).item())
    said = message(
        "Demand of {ahead_money} is expected in {n_months} months; {contract_share} of it is under contract.",
        ahead_money=value, n_months=known["month"].n_unique(), contract_share=contract / value if value > 0 else 0.0,
    )  # fmt: skip
    if below.is_empty():
        return said
    count = below["family"].n_unique()
    further = plural("{n} family is planned below its contracts.", "{n} families are planned below their contracts.", n=count)
    return message("{said} {further}", said=said, further=further)


def _notes(source: Source, demand: Demand) -> tuple[Message, ...]:
    notes = [
        message("Demand = contracts still to be delivered + deals about to be signed + forecast of the rest, then what was changed by hand."),
        message("A forecast of all demand is lessened by the contracts (and the deals, where they stand in it): nothing is counted twice."),
    ]
    if (demand.is_continued > 0).any():
        notes.append(message("Months beyond the forecasts go on from last year's sales at the ratio of the forecast months; without a forecast as a year ago."))
    unknown = int(np.isnan(demand.plan).any(axis=1).sum())
    if unknown:
        notes.append(plural("{n} family has months of unknown demand.", "{n} families have months of unknown demand.", n=unknown))
    if demand.waiting:
        notes.append(
            plural(
                "{n} change by hand waits: it no longer fits these data, and the list says why.",
                "{n} changes by hand wait: they no longer fit these data, and the list says why.", n=len(demand.waiting),
            )
        )  # fmt: skip
    told = sum(each.rule != "beyond_horizon" for each in demand.composed.told)
    if told:
        notes.append(plural("{n} entry was not taken as it came; the list says why.", "{n} entries were not taken as they came; the list says why.", n=told))
    if not source.has("forecasts"):
        notes.append(message("No forecasts of the company were loaded; our own forecast stands for them where it was made."))
    return tuple(notes)
