"""Fair numbers between departments: sales areas, production, purchasing and dealers on one board, by the same rules, with their evidence.

Each measure is a share of what was promised or planned over the whole months behind; a lapse is above the limit of the settings. Source: S12.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from engine import purchases
from engine.answers import flows
from engine.answers.answer import Answer, Column
from engine.answers.gathering import EVERYBODY
from engine.answers.kpis import figures
from engine.answers.meeting import cycles
from engine.answers.periods import end_of
from engine.answers.plan_changes import changed
from engine.answers.sop import history
from engine.answers.sop.basis import Resources, resources_of
from engine.answers.sop.families import Families, families_of
from engine.answers.sop.months import Months, months_of
from engine.answers.source import Source, remembered
from engine.kpis import BOOK
from engine.messages import Message, message, plural
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop import fairness as rules
from engine.sop.grid import Axes, tall

DEPARTMENTS: dict[str, Message] = {
    "sales": message("Sales areas"),
    "production": message("Production"),
    "purchasing": message("Purchasing"),
    "dealers": message("Dealers"),
}
COLUMNS = (
    Column("rank", message("Rank"), "count"),
    Column("department", message("Department"), "message"),
    Column("measure", message("Measure"), "message"),
    Column("who", message("Who"), "text"),
    Column("fair_share", message("Share"), "share", "down"),
    Column("limit_share", message("Limit"), "share"),
    Column("times_ratio", message("Times the limit"), "ratio", "down"),
    Column("is_lapse", message("Lapse"), "flag"),
    Column("signed_share", message("With its sign"), "share"),
    Column("how", message("How it is reckoned"), "message"),
    Column("measure_id", message("Code"), "code"),
)
EVIDENCE = (
    Column("about", message("About"), "text"),
    Column("part", message("Counts against them"), "qty"),
    Column("whole", message("Out of"), "qty"),
    Column("fair_share", message("Share"), "share"),
)
TABLES = ("forecasts", "sales", "availability", "orders", "requests", "production", "production_plan", "stages", "purchases", "purchase_plan", "order_changes")
ROWS = {"who": pl.String, "about": pl.String, "part": pl.Float64, "whole": pl.Float64}


@dataclass(frozen=True)
class _Work:
    """What every measure starts from. months: whole ones behind; region: dealer -> region."""

    source: Source
    months: Months
    families: Families
    resources: Resources

    @property
    def span(self) -> dict[str, date]:
        return {"first_month": self.months.behind[0], "last_month": self.months.behind[-1]}

    @property
    def days(self) -> dict[str, date]:
        return {"first": self.months.behind[0], "last": end_of(self.months.behind[-1])}

    def by_region(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows of dealers with the region of each as `who`."""
        known = self.source.dealers.select("dealer_id", pl.col("region").alias("who"))
        return rows.join(known, on="dealer_id", how="inner").filter(pl.col("who").is_not_null())


def fairness(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The board (COLUMNS), the worst first: measure ÷ limit ranks everybody by the same yardstick.

    extra: `evidence` (measure_id, who, and EVIDENCE): the rows behind each line, the largest part first. facts: lapses, months.
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _fairness(warehouse, selection, scope)
    return answer


@remembered
def _fairness(source: Source, selection: Selection, scope: Scope) -> Answer:
    months = months_of(source, selection)
    families = families_of(source)
    work = _Work(source, months, families, resources_of(source, families, months))
    found = {name: _summed(gather(work)) for name, gather in MEASURES.items()}
    limits = {str(name): float(share) for name, share in source.settings["fairness_limits"]}
    board = rules.board(pl.concat([rules.inputs(name, rows, "who", "part", "whole") for name, rows in found.items()]), limits)
    frame = _framed(board)
    return Answer(
        name="fairness",
        headline=_headline(frame, months),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=months.as_of,
        first=months.behind[0],
        last=end_of(months.behind[-1]),
        notes=_notes(),
        missing=tuple(table for table in TABLES if not source.has(table)),
        extra={"evidence": pl.concat([_evidence(name, rows) for name, rows in found.items()])},
        facts={"lapses": int(frame["is_lapse"].sum()), "months": months.behind},
        scope=scope,
        selection=selection,
    )


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    """who, about, part, whole; unknown ones are left out, several of one kind are added up."""
    known = rows.select(pl.col(name).cast(kind) for name, kind in ROWS.items()).drop_nulls()
    return known.group_by("who", "about").agg(pl.col("part", "whole").sum()).sort("who", "about")


def _framed(board: pl.DataFrame) -> pl.DataFrame:
    said = {name: (DEPARTMENTS[rule.department].to_json(), rule.label.to_json(), rule.how.to_json()) for name, rule in rules.RULES.items()}
    words = [
        pl.col("measure").replace_strict({name: words[place] for name, words in said.items()}, return_dtype=pl.String).alias(column)
        for place, column in enumerate(("department_said", "measure_said", "how"))
    ]
    named = board.with_columns(*words).select(
        "rank", pl.col("department_said").alias("department"), pl.col("measure_said").alias("measure"), "who", pl.col("share").alias("fair_share"),
        pl.col("limit").alias("limit_share"), pl.col("times").alias("times_ratio"), "is_lapse", "signed_share", "how", pl.col("measure").alias("measure_id"),
    )  # fmt: skip
    return named.select(column.name for column in COLUMNS)


def _evidence(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    share = pl.when(pl.col("whole") > 0).then(pl.col("part").abs() / pl.col("whole"))
    told = rows.with_columns(pl.lit(name).alias("measure_id"), share.alias("fair_share"))
    return told.sort(pl.col("part").abs(), descending=True).select("measure_id", "who", *(column.name for column in EVIDENCE))


# ── the measures: who, about, part, whole ────────────────────────────────────────────────────────────────────────────────


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=ROWS)


def _month() -> pl.Expr:
    return pl.col("month").dt.strftime("%Y-%m").alias("about")


def _forecast_bias(work: _Work) -> pl.DataFrame:
    """What an area reported less what it took: by its own forecast, else by what its dealers asked for."""
    said = work.source.read("rows_forecasts_areas", **work.span) if work.source.has("forecasts") else pl.DataFrame()
    if said.height:
        sold = flows.sales_of_months(work.source, EVERYBODY, ["region"], work.months.behind).group_by("region", "month").agg(pl.col("qty").sum().alias("taken"))
        both = said.join(sold, left_on=["area", "month"], right_on=["region", "month"], how="left").with_columns(pl.col("taken").fill_null(0.0))
        return both.select(pl.col("area").alias("who"), _month(), (pl.col("qty") - pl.col("taken")).alias("part"), pl.col("qty").alias("whole"))
    asked = work.by_region(work.source.read("requests_met_months", **work.span))
    return asked.select("who", _month(), (pl.col("asked_qty") - pl.col("taken_qty")).alias("part"), pl.col("asked_qty").alias("whole"))


def _out_of_stock(work: _Work) -> pl.DataFrame:
    rows = work.by_region(work.source.read("dealer_availability_months", **work.span))
    return rows.select("who", _month(), (pl.col("working_days") - pl.col("in_stock_days")).alias("part"), pl.col("working_days").alias("whole"))


def _clearance(work: _Work) -> pl.DataFrame:
    """Stock that nobody buys beside all of it, at cost, where it lies now."""
    asked = Selection(as_of=work.months.as_of, by=("region", "location_id"))
    frame, _, _ = figures(work.source, (BOOK["stock_value"], BOOK["unsold_stock_value"]), asked, EVERYTHING)
    return frame.select(
        pl.col("region").alias("who"), pl.col("location_id").alias("about"), pl.col("unsold_stock_value").alias("part"), pl.col("stock_value").alias("whole")
    )


def _orders(work: _Work) -> pl.DataFrame:
    if not work.source.has("orders"):
        return pl.DataFrame(schema={"who": pl.String, "family": pl.String, "month": pl.Date, "qty": pl.Float64, "days_ahead": pl.Float64})
    rows = work.by_region(work.source.read("rows_orders_placed", **work.days))
    return work.families.keyed(rows).with_columns(pl.col("days_ahead").cast(pl.Float64))


def _outside_plan(work: _Work) -> pl.DataFrame:
    """Ordered beyond what was asked for beforehand, by area, family and month; nobody is judged for months without any request."""
    if not work.source.has("requests"):
        return _empty()
    asked = work.families.keyed(work.by_region(work.source.read("rows_requests_months", **work.span))).group_by("who", "family", "month")
    ordered = _orders(work).group_by("who", "family", "month").agg(pl.col("qty").sum())
    both = ordered.join(asked.agg(pl.col("qty").sum().alias("asked")), on=["who", "family", "month"], how="left", nulls_equal=True)
    both = both.filter(pl.col("asked").is_not_null().any().over("month"))
    beyond = (pl.col("qty") - pl.col("asked").fill_null(0.0)).clip(lower_bound=0.0)
    return both.select("who", (pl.col("family").fill_null("?") + " · " + pl.col("month").dt.strftime("%Y-%m")).alias("about"), beyond.alias("part"),
                       pl.col("qty").alias("whole"))  # fmt: skip


def _inside_lead_time(work: _Work) -> pl.DataFrame:
    rows = _orders(work).filter(pl.col("days_ahead").is_not_null())
    late = pl.when(pl.col("days_ahead") < float(work.source.settings["lead_time_days"])).then(pl.col("qty")).otherwise(0.0)
    return rows.select("who", _month(), late.alias("part"), pl.col("qty").alias("whole"))


def _plan_missed(work: _Work) -> pl.DataFrame:
    """Made against planned by family and month; each family stands for the resource that makes it. Too much does not excuse too little."""
    if not (work.source.has("production_plan") and history.knows_production(work.source)):
        return _empty()
    behind = work.months.behind
    planned, made = history.planned(work.source, work.families, behind), history.made(work.source, work.families, behind)
    own = work.families.frame["strategy"].to_numpy() != "bought"
    axes = Axes(work.families.names, behind)
    rows = tall(axes, part=np.where(own[:, None], np.abs(made - planned), np.nan), whole=np.where(own[:, None], planned, np.nan))
    who = _makers(work)
    return rows.with_columns(
        pl.col("family").replace_strict(who, default=None, return_dtype=pl.String).alias("who"),
        (pl.col("family") + " · " + pl.col("month").dt.strftime("%Y-%m")).alias("about"),
    )  # fmt: skip


def _makers(work: _Work) -> dict[str, str]:
    """Family -> name of the resource of which it takes most hours; a family that takes none is not judged."""
    uses, frame = work.resources.bill.whole, work.resources.frame
    names = [name or code for code, name in frame.select("resource_id", "resource_name").iter_rows()]
    hours = frame["unit"].to_numpy() == "hours"
    weight = np.where(hours, uses, uses * 1e-9)  # units of another kind only decide where there are no hours
    return {family: names[int(np.argmax(row))] for family, row in zip(work.families.names, weight, strict=True) if row.any()}


def _stage_late(work: _Work) -> pl.DataFrame:
    """Stages of production against their standard hours; who answered for them stands in the evidence."""
    if not work.source.has("stages"):
        return _empty()
    rows = work.source.read("rows_stage_hours", **work.days).filter(pl.col("batch_id").is_not_null())
    return rows.select(
        pl.col("stage").alias("who"), pl.col("responsible").alias("about"), (pl.col("hours") - pl.col("standard_hours")).clip(lower_bound=0.0).alias("part"),
        pl.col("standard_hours").alias("whole"),
    )  # fmt: skip


def _batch_spread(work: _Work) -> pl.DataFrame:
    """How far batches of one article lie apart; an article with one batch tells nothing."""
    if not work.source.has("production"):
        return _empty()
    named = dict(work.resources.frame.select("resource_id", "resource_name").iter_rows()) | dict(
        work.source.places.select("location_id", "location_name").iter_rows()
    )
    rows = work.source.read("rows_batches_made", **work.days).filter(pl.col("who").is_not_null())
    spread = rows.group_by("who", "sku").agg(pl.col("qty").std().alias("part"), pl.col("qty").mean().alias("whole"))
    return spread.select(pl.col("who").replace(named), pl.col("sku").alias("about"), "part", "whole")


def _over_buying(work: _Work) -> pl.DataFrame:
    """Bought beyond the plan of an item and month, at what was paid."""
    if not (work.source.has("purchases") and work.source.has("purchase_plan")):
        return _empty()
    bought = work.source.read("purchases_months", **work.span)
    compared = purchases.against_plan(bought, work.source.read("purchase_plan_months", **work.span))
    by = bought.group_by("item_id").agg(pl.col("supplier").drop_nulls().first())
    known = work.source.items.select("item_id", "unit_cost")
    rows = compared.join(by, on="item_id", how="left").join(known, on="item_id", how="left")
    price = pl.when(pl.col("bought_qty") > 0).then(pl.col("bought_value") / pl.col("bought_qty")).otherwise(pl.col("unit_cost"))
    beyond = pl.col("difference_qty").clip(lower_bound=0.0) * price
    return rows.select(pl.col("supplier").alias("who"), (pl.col("item_id") + " · " + pl.col("month").dt.strftime("%Y-%m")).alias("about"),
                       beyond.alias("part"), (pl.col("planned_qty") * price).alias("whole"))  # fmt: skip


def _plan_changes(work: _Work) -> pl.DataFrame:
    if not (work.source.has("order_changes") and work.source.has("orders")):
        return _empty()
    rows = changed(work.source, work.months.behind[0], end_of(work.months.behind[-1]), EVERYTHING)
    named = rows.join(work.source.dealers.select("dealer_id", "dealer_name"), on="dealer_id", how="left")
    return named.select(
        pl.coalesce("dealer_name", "dealer_id").alias("who"), pl.col("dealer_id").alias("about"), pl.col("dealer_qty").alias("part"),
        pl.col("ordered_qty").alias("whole"),
    )  # fmt: skip


MEASURES: dict[str, Callable[[_Work], pl.DataFrame]] = {
    "forecast_bias": _forecast_bias, "out_of_stock": _out_of_stock, "clearance": _clearance, "outside_plan": _outside_plan,
    "inside_lead_time": _inside_lead_time, "plan_missed": _plan_missed, "stage_late": _stage_late, "batch_spread": _batch_spread,
    "over_buying": _over_buying, "plan_changes": _plan_changes,
}  # fmt: skip
"""Measure (`engine.sop.fairness.RULES`) -> its rows."""


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _headline(frame: pl.DataFrame, months: Months) -> Message:
    lapses = frame.filter("is_lapse")
    if frame.is_empty():
        return message("Nothing was loaded by which departments could be compared.")
    if lapses.is_empty():
        return message("Nobody is beyond the limits since {month}.", month=months.behind[0])
    worst = lapses.row(0, named=True)
    said = message("{who} is furthest beyond the limit: {measure}, {worst_share}.", who=worst["who"], measure=Message.from_json(worst["measure"]),
                   worst_share=worst["fair_share"])  # fmt: skip
    return message("{said} {further}", said=said, further=plural("{n} line is a lapse.", "{n} lines are lapses.", n=lapses.height))


def _notes() -> tuple[Message, ...]:
    return (
        message("One yardstick for all: each measure is a share of what was promised or planned, and is ranked by how many times its limit it is."),
        message("A bias above zero means that more was reported than taken, below zero that less was."),
    )
