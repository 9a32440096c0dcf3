"""Whether the books say what lies there: accuracy of the stock records, what to count when, whether old goods leave first.

A position is item × location × batch. A surplus in one place never offsets a shortage in another: positions are judged one by one and
variances are added up without their sign.
"""

from collections.abc import Sequence

import polars as pl

_DUST = 1e-9
Ladder = Sequence[tuple[str, float]]


def judged(positions: pl.DataFrame, tolerance: Ladder) -> pl.DataFrame:
    """Counted positions with the verdict: `difference_qty`, `difference_value`, `tolerance_share`, `is_within`.

    positions: book_qty, counted_qty, unit_cost (may be null), abc_class. tolerance: share of the book quantity for each class, bounds
    included; a class without one allows nothing. A book of 0 with something found is a miss whatever the class.
    Source: I8; course p. 110 (within the standard ÷ actually counted).
    """
    share = pl.col("abc_class").replace_strict(dict(tolerance), default=0.0, return_dtype=pl.Float64)
    difference = pl.col("counted_qty") - pl.col("book_qty")
    allowed = share * pl.col("book_qty").abs()
    slack = _DUST * pl.max_horizontal(pl.col("book_qty").abs(), pl.col("counted_qty").abs())
    return positions.with_columns(
        difference.alias("difference_qty"),
        (difference * pl.col("unit_cost")).alias("difference_value"),
        share.alias("tolerance_share"),
        (difference.abs() <= allowed + slack).alias("is_within"),
    )


def accuracy(positions: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Judged positions added up to the keys (none: one row).

    Columns: keys, counted_n, within_n, missed_n, accuracy_share (within ÷ counted), surplus_value, shortage_value (both ≥ 0),
    variance_value (their sum), book_value, variance_share (|variance| ÷ book value), uncosted_n (positions without a cost, which are in
    no value). Shares of nothing are null. Values leave out what has no cost.
    """
    worth = pl.col("difference_value")
    book = (pl.col("book_qty").abs() * pl.col("unit_cost")).sum()
    sums = [
        pl.len().cast(pl.Int64).alias("counted_n"),
        pl.col("is_within").sum().cast(pl.Int64).alias("within_n"),
        worth.clip(lower_bound=0.0).sum().alias("surplus_value"),
        (-worth).clip(lower_bound=0.0).sum().alias("shortage_value"),
        book.alias("book_value"),
        pl.col("unit_cost").is_null().sum().cast(pl.Int64).alias("uncosted_n"),
    ]
    summed = positions.group_by(*keys, maintain_order=True).agg(sums) if keys else positions.select(sums)
    counted, value, variance = pl.col("counted_n"), pl.col("book_value"), pl.col("variance_value")
    whole = summed.with_columns(
        (counted - pl.col("within_n")).alias("missed_n"),
        pl.when(counted > 0).then(pl.col("within_n") / counted).alias("accuracy_share"),
        (pl.col("surplus_value") + pl.col("shortage_value")).alias("variance_value"),
    ).with_columns(pl.when(value > 0).then(variance / value).alias("variance_share"))
    ordered = ("counted_n", "within_n", "missed_n", "accuracy_share", "surplus_value", "shortage_value", "variance_value", "book_value", "variance_share")
    return whole.select(*keys, *ordered, "uncosted_n")


def count_plan(positions: pl.DataFrame, intervals: Ladder, as_of: pl.Expr) -> pl.DataFrame:
    """What is to be counted when: `interval_days`, `due_on`, `overdue_days`, `state` (never | overdue | soon | counted).

    positions: what lies there, with abc_class and last_counted_on (null: never). intervals: days between two counts for each class.
    A position that was never counted is due on the day itself; how long it is overdue is unknown. `soon`: due within a quarter of its
    interval. A class without an interval is never due. Source: I8 (A 4 ×, B 2 ×, C once a year).
    """
    interval = pl.col("abc_class").replace_strict(dict(intervals), default=None, return_dtype=pl.Float64)
    due = pl.when(pl.col("last_counted_on").is_null()).then(as_of).otherwise(pl.col("last_counted_on") + pl.duration(days=pl.col("interval_days")))
    planned = positions.with_columns(interval.cast(pl.Int64).alias("interval_days"))
    planned = planned.with_columns(pl.when(pl.col("interval_days").is_not_null()).then(due.cast(pl.Date)).alias("due_on"))
    late = (as_of - pl.col("due_on")).dt.total_days()
    is_never = pl.col("last_counted_on").is_null() & pl.col("due_on").is_not_null()
    state = pl.when(is_never).then(pl.lit("never")).when(late > 0).then(pl.lit("overdue"))
    return planned.with_columns(
        pl.when(~is_never & (late > 0)).then(late).alias("overdue_days"),
        state.when(-late * 4 <= pl.col("interval_days")).then(pl.lit("soon")).otherwise(pl.lit("counted")).alias("state"),
    )


def taken_out_of_turn(batches: pl.DataFrame) -> pl.DataFrame:
    """Where newer goods left while older ones stayed, between two counts of a place.

    batches: one row a batch of an item in a place: location_id, item_id, batch_id, received_on, before_qty and after_qty (good pieces at
    the earlier and the later count, 0 where it was not there), unit_cost. Rows without received_on are left out: their age is unknown.
    Gives location_id, item_id, taken_qty (all that left), early_qty (of it, what the oldest-first order would have left lying),
    oldest_on (the oldest that stayed), early_value, is_kept. Only positions from which something left.
    """
    place = ("location_id", "item_id")
    days = (
        batches.filter(pl.col("received_on").is_not_null())
        .with_columns(
            (pl.col("before_qty") - pl.col("after_qty")).clip(lower_bound=0.0).alias("left_qty"),
            pl.min_horizontal("before_qty", "after_qty").clip(lower_bound=0.0).alias("stayed_qty"),
        )
        .group_by(*place, "received_on")
        .agg(pl.col("left_qty").sum(), pl.col("stayed_qty").sum(), pl.col("unit_cost").mean())
        .sort(*place, "received_on")
    )
    lay = pl.col("left_qty") + pl.col("stayed_qty")
    oldest_first = pl.min_horizontal(lay, (pl.col("left_qty").sum().over(place) - (lay.cum_sum() - lay).over(place)).clip(lower_bound=0.0))
    turned = days.with_columns((pl.col("left_qty") - oldest_first).clip(lower_bound=0.0).alias("early_qty"))
    summed = turned.group_by(*place, maintain_order=True).agg(
        pl.col("left_qty").sum().alias("taken_qty"),
        pl.col("early_qty").sum(),
        pl.col("received_on").filter(pl.col("stayed_qty") > 0).min().alias("oldest_on"),
        (pl.col("early_qty") * pl.col("unit_cost")).sum().alias("early_value"),
    )
    return summed.filter(pl.col("taken_qty") > _DUST).with_columns((pl.col("early_qty") <= _DUST).alias("is_kept"))
