"""The clearance programme: what was listed as dead, what has left since, how late it is, and what money came out of it.

Pure formulas: frames in, frames out. Source: I11, the quarterly list of dead materials and products with a deadline for sales.
"""

from datetime import date

import polars as pl

STATUSES = ("late", "soon", "running", "unknown", "done")
"""late: past its deadline and not gone. soon: the deadline is near. unknown: nothing was counted since it was listed. done: gone or closed."""
PLANS = ("discount", "bundle", "rework", "return", "scrap")
_DUST = 1e-9


def quarter_of(day: date) -> str:
    """The quarter that a day lies in, such as `2025Q4`."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def progress(listed: pl.DataFrame, as_of: date, soon_days: int) -> pl.DataFrame:
    """What became of each item until a day.

    listed: listed_on, deadline, closed_on (null = open), listed_qty, listed_value (at cost on that day), now_qty (stock of the same
    item and place on the newest count, null = not counted since), gone_qty (by how much our stock of the item fell in all places
    together since then), sold_qty and sold_value (net sales since the listing), proceeds_value (money for scrap or returned goods).
    Adds: left_qty, left_value (at the cost of the listing), cleared_qty, cleared_share, sold_share (of what was listed), otherwise_qty
    (left without a sale: scrap, rework, return), freed_value, days_late (of what is open and late), status.
    What was listed is what counts: newer goods of the same item neither undo progress nor add to it, and goods that were only moved
    to another place of ours are not cleared. Sales of more pieces than were cleared count only as far as these.
    """
    now, sold = pl.col("now_qty").clip(lower_bound=0), pl.col("sold_qty").fill_null(0).clip(lower_bound=0)
    really_gone = pl.max_horizontal(pl.col("gone_qty").fill_null(0).clip(lower_bound=0), sold)
    cleared = pl.min_horizontal((pl.col("listed_qty") - now).clip(lower_bound=0), really_gone)
    found = (
        listed.with_columns(pl.when(now.is_not_null()).then(cleared).alias("cleared_qty"))
        .with_columns(pl.min_horizontal("cleared_qty", sold).alias("_by_sale"), (pl.col("listed_qty") - pl.col("cleared_qty")).alias("left_qty"))
        .with_columns(
            (pl.col("listed_value") * _share("left_qty", "listed_qty")).alias("left_value"),
            _share("cleared_qty", "listed_qty").alias("cleared_share"),
            _share("_by_sale", "listed_qty").alias("sold_share"),
            (pl.col("cleared_qty") - pl.col("_by_sale")).alias("otherwise_qty"),
            (pl.col("sold_value") * _share("_by_sale", "sold_qty")).fill_null(0.0).alias("_from_sales"),
        )
    )
    freed = pl.when(pl.col("left_qty").is_not_null()).then(pl.col("_from_sales") + pl.col("proceeds_value").fill_null(0.0))
    return (
        found.with_columns(freed.alias("freed_value"), _status(as_of, soon_days).alias("status"))
        .with_columns(pl.when(pl.col("status") == "late").then((pl.lit(as_of) - pl.col("deadline")).dt.total_days()).alias("days_late"))
        .drop("_by_sale", "_from_sales")
    )


def _share(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > _DUST).then(pl.col(part) / pl.col(whole))


def _status(as_of: date, soon_days: int) -> pl.Expr:
    is_done = pl.col("closed_on").is_not_null() | (pl.col("left_qty") <= _DUST)
    until = (pl.col("deadline") - pl.lit(as_of)).dt.total_days()
    return (
        pl.when(is_done).then(pl.lit("done"))
        .when(until < 0).then(pl.lit("late"))
        .when(pl.col("left_qty").is_null()).then(pl.lit("unknown"))
        .when(until <= soon_days).then(pl.lit("soon"))
        .otherwise(pl.lit("running"))
    )  # fmt: skip


def late_first(found: pl.DataFrame) -> pl.DataFrame:
    """Late items first, then by how near the deadline is, what is done last; within each the most money that still lies there."""
    order = {status: place for place, status in enumerate(STATUSES)}
    ranked = found.with_columns(pl.col("status").replace_strict(order, return_dtype=pl.Int8).alias("_rank"))
    return ranked.sort("_rank", "left_value", "item_id", descending=[False, True, False], nulls_last=True).drop("_rank")
