"""Families by exception: which of them the executives have to speak of, and which can be approved together."""

from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.meeting import cycles, register
from engine.answers.sop.demand_review import demand_review
from engine.answers.sop.supply_plan import supply_plan
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

RED, AMBER, GREEN = "red", "amber", "green"
STATES: dict[str, Message] = {
    RED: message("to be decided"),
    AMBER: message("to be looked at"),
    GREEN: message("as agreed"),
}
COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("family_state", message("State"), "message"),
    Column("reason", message("Why it is on the list"), "message"),
    Column("short_value", message("Late or missing, money"), "money"),
    Column("stake_value", message("Money at stake"), "money"),
    Column("demand_value", message("Demand, money"), "money"),
    Column("change_share", message("Against the year before"), "share"),
    Column("is_approved", message("Approved"), "flag"),
)
SHORT = message("not all can be delivered in its month")


def meeting_families(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """One row a family (COLUMNS): red ones first (not all can be delivered, planned below contracts, demand unknown), then amber ones (any other reason of
    the demand review), then the green ones; within each the most money first. A family that somebody pulled out of the consent list is amber.

    facts: states (code of each row), consented (families that were approved together), by (who approved them, or ""), pulled, month.
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    reviewed, supplied = demand_review(warehouse, Selection(), scope), supply_plan(warehouse, Selection(), scope)
    month = supplied.first
    kept = register.minutes(str(warehouse.home.path), month, "executive") if month is not None else {}
    consented, pulled = set(kept.get("consented") or ()), set(kept.get("pulled") or ())
    short = supplied.frame.group_by("family").agg(pl.col("short_value").sum(), pl.col("short_qty").sum().alias("_short"))
    rows = reviewed.frame.join(short, on="family", how="left", maintain_order="left")
    red = (pl.col("_short").fill_null(0.0) > 0.5) | (pl.col("below_contracts_qty").fill_null(0.0) > 0.5) | pl.col("demand_value").is_null()
    amber = (pl.col("reasons_n") > 0) | pl.col("family").is_in(sorted(pulled))
    state = pl.when(red).then(pl.lit(RED)).when(amber).then(pl.lit(AMBER)).otherwise(pl.lit(GREEN))
    reason = pl.coalesce("reason", pl.when(pl.col("_short").fill_null(0.0) > 0.5).then(pl.lit(SHORT.to_json())))
    told = rows.with_columns(
        state.alias("_state"), reason.alias("reason"), pl.col("family").is_in(sorted(consented)).alias("is_approved")
    ).with_columns(
        pl.col("_state").replace_strict({code: said.to_json() for code, said in STATES.items()}, return_dtype=pl.String).alias("family_state"),
        pl.col("_state").replace_strict({RED: 0, AMBER: 1, GREEN: 2}, return_dtype=pl.Int32).alias("_place"),
    )  # fmt: skip
    weight = pl.max_horizontal(pl.col("short_value").fill_null(0.0), pl.col("stake_value").fill_null(0.0))
    ordered = told.sort("_place", weight, pl.col("demand_value").fill_null(0.0), "family", descending=[False, True, True, False])
    return Answer(
        name="meeting_families",
        headline=_headline(ordered["_state"].to_list()),
        frame=ordered.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=supplied.version,
        facts={
            "states": ordered["_state"].to_list(), "consented": sorted(consented), "by": str(kept.get("consented_by", "")), "pulled": sorted(pulled),
            "month": month,
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _headline(states: list[str]) -> Message:
    open_, green = sum(state != GREEN for state in states), states.count(GREEN)
    if not states:
        return message("There is no family of products to show.")
    if not open_:
        return plural("{n} family is as agreed; none needs a word.", "All {n} families are as agreed; none needs a word.", n=green)
    said = plural("{n} family has to be spoken of.", "{n} families have to be spoken of.", n=open_)
    further = plural("{n} can be approved at once.", "{n} can be approved together.", n=green)
    return message("{said} {further}", said=said, further=further)
