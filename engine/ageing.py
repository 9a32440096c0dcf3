"""How old stock is and what must be set aside for it. Pure formulas: frames in, frames out.

Age: days since the first receipt into the company. Unknown age is a bucket of its own, never “0–30”; a mean age is weighted by pieces.
Source: I5; the reference on stock ageing and on the reserve for excess and obsolete stock.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

_DUST = 1e-9


def age_days(came_on: pl.Expr, as_of: date) -> pl.Expr:
    """Days since the day of receipt; null where that is unknown, and 0 for a receipt after the day itself (a slip of the books)."""
    return (pl.lit(as_of) - came_on).dt.total_days().clip(lower_bound=0)


def bucket_of(age: pl.Expr, last_days: Sequence[int]) -> pl.Expr:
    """The bucket by its first day: 0, last_days[0] + 1, …; null where the age is unknown."""
    found = pl.when(age.is_not_null()).then(pl.lit(0))
    value: pl.Expr = found.otherwise(pl.lit(None, dtype=pl.Int64))
    for last in last_days:
        value = pl.when(age > last).then(pl.lit(last + 1)).otherwise(value)
    return value.cast(pl.Int64)


def mean_age(age: str, qty: str) -> pl.Expr:
    """Mean age in days, weighted by pieces of known age; null where no age is known."""
    known = pl.col(age).is_not_null() & (pl.col(qty) > 0)
    pieces = pl.col(qty).filter(known).sum()
    return pl.when(pieces > 0).then((pl.col(age) * pl.col(qty)).filter(known).sum() / pieces)


def excess(on_hand: float, horizon_demand: float, safety: float) -> float:
    """Pieces beyond the demand of the horizon and the safety stock. Source: reference on excess and obsolete stock."""
    return max(0.0, on_hand - horizon_demand - safety)


def reserved(stock: pl.DataFrame, items: pl.DataFrame, by_age: Sequence[tuple[int, float]], by_excess: Sequence[tuple[float, float]]) -> pl.DataFrame:
    """The reserve of each layer of stock: for each piece the largest of three shares of its value, never more than the value.

    stock: item_id, age (days, null = unknown), qty > 0, value, and whatever else.
    items: item_id, monthly_qty (demand of a month; null = nothing can be said), safety_qty, run_out_qty (null unless the item is withdrawn:
           what can still be sold of it), nrv_share (what it can bring ÷ its cost; null = unknown).
    by_age: (days from, share): the rate of a layer; an unknown age has none.
    by_excess: (months of demand, share), ascending: the oldest pieces are sold first; what lies beyond safety stock and so many months of
      demand has the share. A withdrawn item: everything beyond its run-out, in full.
    Third share: what the price does not bring back of the cost (lower of cost and net realisable value).
    Adds reserve_value and excess_qty (beyond the first step of by_excess, or beyond the run-out).
    """
    ordered = stock.with_row_index("_row").sort("item_id", "age", descending=[False, True], nulls_last=False, maintain_order=True)
    joined = ordered.join(items, on="item_id", how="left", maintain_order="left").with_columns(
        (pl.col("qty").cum_sum().over("item_id") - pl.col("qty")).alias("_from"), pl.col("qty").cum_sum().over("item_id").alias("_to"),
        (pl.col("value") / pl.col("qty")).alias("_cost"), _age_rate(by_age).alias("_age_rate"),
        (1 - pl.col("nrv_share")).clip(0.0, 1.0).fill_null(0.0).alias("_nrv_rate"),
    )  # fmt: skip
    starts = [(pl.lit(0.0), 0.0), *((_beyond(months), share) for months, share in by_excess)]
    value, excessive = pl.lit(0.0), pl.lit(0.0)
    for place, (start, share) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else pl.lit(float("inf"))
        pieces = (pl.min_horizontal("_to", end) - pl.max_horizontal("_from", start)).clip(lower_bound=0.0)
        is_gone = pl.col("run_out_qty").is_not_null()
        rate = pl.max_horizontal(pl.lit(share) if place == 0 else pl.when(is_gone).then(1.0).otherwise(share), "_age_rate", "_nrv_rate")
        value = value + pieces * pl.col("_cost") * rate.clip(0.0, 1.0)
        excessive = excessive + (pieces if place else pl.lit(0.0))
    found = joined.with_columns(value.alias("reserve_value"), excessive.alias("excess_qty")).sort("_row")
    return found.select(*stock.columns, "reserve_value", "excess_qty")


def _beyond(months: float) -> pl.Expr:
    """The piece at which so many months of demand and the safety stock are used up; beyond every piece where no demand can be said."""
    usual = pl.when(pl.col("monthly_qty").is_null()).then(float("inf")).otherwise(pl.col("safety_qty").fill_null(0.0) + months * pl.col("monthly_qty"))
    return pl.when(pl.col("run_out_qty").is_not_null()).then(pl.col("run_out_qty")).otherwise(usual)


def _age_rate(by_age: Sequence[tuple[int, float]]) -> pl.Expr:
    rate = pl.lit(0.0)
    for days, share in sorted(by_age):
        rate = pl.when(pl.col("age") >= days).then(pl.lit(float(share))).otherwise(rate)
    return rate
