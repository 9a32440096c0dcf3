"""Stock on its way to the consumer: how much a dealer buys against what it sells on, and whether its books close. Pure formulas."""

import polars as pl

_DUST = 1e-6


def channel_load(frame: pl.DataFrame, months: int, limit: float, running: int) -> pl.DataFrame:
    """Sell-in ÷ sell-through of the last `months` months, for each dealer and month, and whether the dealer is being stuffed.

    frame: dealer_id, month (every month of the span, once), sell_in_qty, sell_through_qty (null: not reported). Adds channel_load (null where a
    month of the span was not reported, nothing was sold on, or fewer months are known) and is_stuffed: above `limit` in this month and the
    `running` − 1 before it (null where one of these is unknown). Source: I9; reference 2.10: above 1.1 two months running.
    """
    ordered = frame.sort("dealer_id", "month")
    sums = {
        name: pl.col(name).cast(pl.Float64).rolling_sum(window_size=months, min_samples=months).over("dealer_id")
        for name in ("sell_in_qty", "sell_through_qty")
    }
    ordered = ordered.with_columns(sums["sell_in_qty"].alias("_in"), sums["sell_through_qty"].alias("_out"))
    ordered = ordered.with_columns(pl.when(pl.col("_out") > _DUST).then(pl.col("_in") / pl.col("_out")).alias("channel_load"))
    above = (pl.col("channel_load") > limit).cast(pl.Float64)
    stuffed = above.rolling_min(window_size=running, min_samples=running).over("dealer_id") > 0
    return ordered.with_columns(stuffed.alias("is_stuffed")).drop("_in", "_out")


def sell_through_rate(opening: pl.Expr, sell_in: pl.Expr, sell_through: pl.Expr) -> pl.Expr:
    """Sold on ÷ (opening stock + bought); null where there was nothing to sell on."""
    there = opening + sell_in
    return pl.when(there > _DUST).then(sell_through / there)


def unexplained(opening: pl.Expr, sell_in: pl.Expr, sell_through: pl.Expr, adjusted: pl.Expr, closing: pl.Expr) -> pl.Expr:
    """Closing stock − (opening + sell-in − sell-through ± adjustments): 0 where a dealer's books close."""
    return closing - (opening + sell_in.fill_null(0.0) - sell_through.fill_null(0.0) + adjusted.fill_null(0.0))
