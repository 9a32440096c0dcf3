"""Changes of orders after they were placed: how many, how much, what they cost us, and the fee for those who ask for them. Pure formulas.

Company Q lets dealers pay for changed plans by the number of changes and by the quantity changed; it prints no rates, so both rates
and what is free are settings. A change that our own sales or production asked for is counted, costs money, and is never the dealer's to pay.
Source: D7; the case of company Q.
"""

from dataclasses import dataclass

import polars as pl

DAYS_OF_A_YEAR = 365.0


@dataclass(frozen=True)
class Rates:
    """each, unit: fee for a change and for a changed piece. free_count: changes free in a month; free_share: share of the month's ordered quantity
    that may be changed for nothing."""

    each: float
    unit: float
    free_count: float
    free_share: float


@dataclass(frozen=True)
class Costs:
    """handling: money a change. rush, left: share of the goods' cost where more or earlier, or less, is wanted. wait: share of it for a year of waiting."""

    handling: float
    rush: float
    left: float
    wait: float


def measured(changes: pl.DataFrame, costs: Costs, date_share: float) -> pl.DataFrame:
    """How much each change changed, and what it costs us.

    changes: kind (qty | date | cancel), qty_before, qty_after, date_before, date_after, line_qty, unit_cost, changed_on.
    date_share: which share of the line counts as changed quantity where only the date was moved (0 = a moved date counts by number alone).
    Adds month, changed_qty (null: neither quantity is known), changed_value (at cost; null where unknown), cost_value: handling, and for more
    goods or an earlier day the rush, for fewer the goods left over, for a later day the waiting. What is unknown costs handling alone.
    """
    is_date = pl.col("kind") == "date"
    after = pl.when(pl.col("kind") == "cancel").then(pl.col("qty_after").fill_null(0.0)).otherwise(pl.col("qty_after"))
    before = pl.when(pl.col("kind") == "cancel").then(pl.coalesce("qty_before", "line_qty")).otherwise(pl.col("qty_before"))
    moved = (pl.col("date_after") - pl.col("date_before")).dt.total_days()
    sized = changes.with_columns(
        pl.col("changed_on").dt.truncate("1mo").alias("month"),
        pl.when(is_date).then(0.0).otherwise(after - before).alias("_more"),
        pl.when(is_date).then(moved).otherwise(0).alias("_later"),
        pl.when(is_date).then(pl.col("line_qty") * date_share).otherwise((after - before).abs()).alias("changed_qty"),
    )
    goods = pl.col("_more").abs() * pl.col("unit_cost")
    whole_line = pl.col("line_qty") * pl.col("unit_cost")
    waiting = whole_line * costs.wait * pl.col("_later") / DAYS_OF_A_YEAR
    extra = (
        pl.when(pl.col("_more") > 0).then(goods * costs.rush)
        .when(pl.col("_more") < 0).then(goods * costs.left)
        .when(pl.col("_later") > 0).then(waiting)
        .when(pl.col("_later") < 0).then(whole_line * costs.rush)
    )  # fmt: skip
    return sized.with_columns(
        (pl.col("changed_qty") * pl.col("unit_cost")).alias("changed_value"), (costs.handling + extra.fill_null(0.0)).alias("cost_value")
    ).drop("_more", "_later")


def summed(changes: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Changes (as of `measured`) by some keys: changes, changed_qty, changed_value, cost_value, dealer_changes and dealer_qty (asked by the dealer)."""
    by_dealer = pl.col("asked_by") == "dealer"
    return changes.group_by(keys, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("changes"),
        pl.col("changed_qty").sum(),
        pl.col("changed_value").sum(),
        pl.col("cost_value").sum(),
        by_dealer.sum().cast(pl.Int64).alias("dealer_changes"),
        pl.col("changed_qty").filter(by_dealer).sum().alias("dealer_qty"),
    )


def fees(months: pl.DataFrame, rates: Rates) -> pl.DataFrame:
    """The fee of each dealer and month: what goes beyond the free changes × rate + what goes beyond the free quantity × rate.

    months: dealer_id, month, dealer_changes, dealer_qty, ordered_qty (of the month; null = nothing was ordered, so no quantity is free).
    Adds fee_count_value, fee_qty_value, fee_value. What is free in one month is not carried into another.
    """
    count = (pl.col("dealer_changes") - rates.free_count).clip(lower_bound=0.0) * rates.each
    free = pl.col("ordered_qty").fill_null(0.0) * rates.free_share
    qty = (pl.col("dealer_qty").fill_null(0.0) - free).clip(lower_bound=0.0) * rates.unit
    return months.with_columns(count.alias("fee_count_value"), qty.alias("fee_qty_value")).with_columns(
        (pl.col("fee_count_value") + pl.col("fee_qty_value")).alias("fee_value")
    )


def unlike_others(dealers: pl.DataFrame, share: float, times: float) -> pl.DataFrame:
    """Which dealers change their plans as a habit: at least `share` of their order lines, and `times` what dealers usually change.

    dealers: dealer_changes, lines (ordered). Adds change_share (null: no lines were ordered), usual_share (the median of all who ordered) and
    is_habit. With one dealer there is nothing usual; then the share alone decides.
    """
    rated = dealers.with_columns(pl.when(pl.col("lines") > 0).then(pl.col("dealer_changes") / pl.col("lines")).alias("change_share"))
    usual = rated["change_share"].median() if rated["change_share"].count() > 1 else None
    limit = share if usual is None else max(share, times * float(str(usual)))
    return rated.with_columns(
        pl.lit(usual, dtype=pl.Float64).alias("usual_share"),
        ((pl.col("change_share") >= limit) & (pl.col("dealer_changes") > 0)).fill_null(False).alias("is_habit"),
    )
