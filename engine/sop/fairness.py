"""One board for all departments: sales areas, production, purchasing and dealers, judged by the same rules, with their evidence.

Every measure is a share of what was promised or planned, 0 is perfect, and a limit says from where on it counts as a lapse. Ranks compare
`times` = measure ÷ limit, so that a department is never judged by another yardstick than its neighbour. Source: S12.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from engine.messages import Message, message

DEPARTMENTS = ("sales", "production", "purchasing", "dealers")


@dataclass(frozen=True)
class Rule:
    """One measure. department: whose it is. part, whole: additive inputs, measure = |part| ÷ whole. signed: whether the sign is told too."""

    name: str
    department: str
    label: Message
    how: Message
    signed: bool = False


RULES: Mapping[str, Rule] = MappingProxyType({
    rule.name: rule
    for rule in (
        Rule("forecast_bias", "sales", message("Forecast bias"), message("(reported − picked up) ÷ reported; above zero more was reported than taken."), True),
        Rule("out_of_stock", "sales", message("Out of stock"), message("days out of stock ÷ working days")),
        Rule("clearance", "sales", message("To be cleared"), message("stock to be cleared ÷ stock, at cost")),
        Rule("outside_plan", "sales", message("Orders outside the plan"), message("ordered beyond what was requested ÷ ordered")),
        Rule("inside_lead_time", "sales", message("Orders inside the lead time"), message("ordered for less than the lead time ahead ÷ ordered")),
        Rule("plan_missed", "production", message("Plan missed"), message("Σ|made − planned| ÷ planned")),
        Rule("stage_late", "production", message("Stages beyond standard"), message("hours beyond the standard ÷ standard hours")),
        Rule("batch_spread", "production", message("Unsteady batches"), message("standard deviation ÷ mean of batch quantities")),
        Rule("over_buying", "purchasing", message("Bought beyond plan"), message("bought beyond plan ÷ planned, at cost")),
        Rule("plan_changes", "dealers", message("Changed plans"), message("changed quantity ÷ ordered")),
    )
})  # fmt: skip
"""The measures by name; `board` takes no other."""


def board(rows: pl.DataFrame, limits: Mapping[str, float]) -> pl.DataFrame:
    """department, measure, who, part, whole, share, signed_share, limit, times, is_lapse, rank: the worst first.

    rows: measure, who, part, whole (additive; several rows of one measure and person are added up). limits: measure -> share from which on it is
    a lapse (missing: never). A whole of zero leaves the share unknown, and the row last. Raises KeyError for a measure without a rule.
    """
    unknown = set(rows["measure"]) - set(RULES)
    if unknown:
        raise KeyError(f"no rule for {sorted(unknown)}")
    signed = [name for name, rule in RULES.items() if rule.signed]
    summed = rows.group_by("measure", "who", maintain_order=True).agg(pl.col("part", "whole").cast(pl.Float64).sum())
    ratio = pl.when(pl.col("whole") > 0).then(pl.col("part") / pl.col("whole"))
    judged = summed.with_columns(
        pl.col("measure").replace_strict({name: rule.department for name, rule in RULES.items()}, return_dtype=pl.String).alias("department"),
        ratio.abs().alias("share"),
        pl.when(pl.col("measure").is_in(signed)).then(ratio).alias("signed_share"),
        pl.col("measure").replace_strict(dict(limits), default=None, return_dtype=pl.Float64).alias("limit"),
    )
    judged = judged.with_columns(pl.when(pl.col("limit") > 0).then(pl.col("share") / pl.col("limit")).alias("times"))
    judged = judged.with_columns((pl.col("times") > 1).fill_null(False).alias("is_lapse"))
    placed = judged.sort("times", "department", "measure", "who", descending=[True, False, False, False], nulls_last=True).with_row_index("rank", offset=1)
    names = ("department", "measure", "who", "part", "whole", "share", "signed_share", "limit", "times", "is_lapse")
    return placed.select(*names, pl.col("rank").cast(pl.Int64))


def inputs(measure: str, frame: pl.DataFrame, who: str, part: str | pl.Expr, whole: str | pl.Expr) -> pl.DataFrame:
    """Rows for the board from a frame of the evidence: measure, who, part, whole. Unknown parts or wholes are left out."""

    def of(column: str | pl.Expr) -> pl.Expr:
        return pl.col(column) if isinstance(column, str) else column

    rows = frame.select(pl.lit(measure).alias("measure"), pl.col(who).cast(pl.String).alias("who"), of(part).alias("part"), of(whole).alias("whole"))
    return rows.filter(pl.col("part").is_not_null() & pl.col("whole").is_not_null() & pl.col("who").is_not_null())


def forecast_bias(frame: pl.DataFrame) -> pl.DataFrame:
    """area, reported_qty, picked_up_qty -> inputs: an area that reports 2,000 and takes 1,000 has a bias of +50 % of what it reported."""
    return inputs("forecast_bias", frame, "area", pl.col("reported_qty") - pl.col("picked_up_qty"), "reported_qty")


def orders_by_area(orders: pl.DataFrame, requested: pl.DataFrame) -> pl.DataFrame:
    """Orders outside the plan and inside the lead time, by area.

    orders: area, family, month, qty, days_ahead (requested − ordered), lead_days. requested: area, family, month, qty that was asked for beforehand.
    An order without a requested day cannot be judged by its lead time and is left out there.
    """
    keys = ["area", "family", "month"]
    ordered = orders.group_by(keys).agg(pl.col("qty").sum()).join(requested.group_by(keys).agg(pl.col("qty").sum().alias("asked_qty")), on=keys, how="left")
    beyond = (pl.col("qty") - pl.col("asked_qty").fill_null(0.0)).clip(lower_bound=0.0)
    dated = orders.filter(pl.col("days_ahead").is_not_null() & pl.col("lead_days").is_not_null())
    late = pl.when(pl.col("days_ahead") < pl.col("lead_days")).then(pl.col("qty")).otherwise(0.0)
    return pl.concat([inputs("outside_plan", ordered, "area", beyond, "qty"), inputs("inside_lead_time", dated, "area", late, "qty")])


def plan_missed(frame: pl.DataFrame) -> pl.DataFrame:
    """who, planned_qty, made_qty (one row a family and month) -> inputs: too much in one month does not excuse too little in another."""
    return inputs("plan_missed", frame, "who", (pl.col("made_qty") - pl.col("planned_qty")).abs(), "planned_qty")


def stages_late(frame: pl.DataFrame) -> pl.DataFrame:
    """who, hours, standard_hours (one row a stage that was done) -> inputs; being early elsewhere does not make up for it."""
    return inputs("stage_late", frame, "who", (pl.col("hours") - pl.col("standard_hours")).clip(lower_bound=0.0), "standard_hours")


def unsteady_batches(frame: pl.DataFrame) -> pl.DataFrame:
    """who, qty (one row a batch) -> inputs: standard deviation and mean; a place with a single batch has no spread to judge."""
    spread = frame.group_by("who").agg(pl.col("qty").std().alias("spread"), pl.col("qty").mean().alias("middle"))
    return inputs("batch_spread", spread, "who", "spread", "middle")


def over_buying(frame: pl.DataFrame) -> pl.DataFrame:
    """who, bought_value, planned_value (one row an item and month) -> inputs."""
    return inputs("over_buying", frame, "who", (pl.col("bought_value") - pl.col("planned_value")).clip(lower_bound=0.0), "planned_value")
