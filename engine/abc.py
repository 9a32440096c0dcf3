"""ABC: which few items make most of a sum. One rule drives (by value, with the share before the item); the others stand beside it."""

from collections.abc import Sequence

import polars as pl

CLASSES = ("A", "B", "C")
COUNT_LIMITS, SUM_LIMITS = (0.20, 0.36), (1.00, 1.32)
"""Of the rule by count: A 20 % of the items, B the next 16 %. Of the method of sums: share of the sum plus share of the items."""
RULES = {"value": "abc_class", "limit": "abc_by_limit", "count": "abc_by_count", "sum": "abc_by_sum"}
"""Rule -> the column that holds its classes."""
_DUST = 1e-9
"""A share that passes a limit by less than this through the rounding of floating point has not passed it."""


def _ranked(frame: pl.DataFrame, value: str, keys: Sequence[str | pl.Expr]) -> pl.DataFrame:
    """The frame, the largest first, with `_worth` (nothing below 0), `_upto` (with the item), `_larger` (of all that is larger), `_sum`."""
    worth = pl.col(value).fill_null(0.0).fill_nan(0.0).clip(lower_bound=0.0)
    ranked = frame.with_columns(worth.alias("_worth")).sort("_worth", descending=True, maintain_order=True)
    ranked = ranked.with_columns(pl.col("_worth").cum_sum().over(*keys).alias("_upto"), pl.col("_worth").sum().over(*keys).alias("_sum"))
    before = pl.col("_upto") - pl.col("_worth")
    return ranked.with_columns(before.first().over(*keys, "_worth").alias("_larger"))


def _shares(ranked: pl.DataFrame) -> pl.DataFrame:
    """`share`, `before_share`: unknown where the sum is zero."""
    has_sum = pl.col("_sum") > 0
    return ranked.with_columns(
        pl.when(has_sum).then(pl.col("_worth") / pl.col("_sum")).alias("share"),
        pl.when(has_sum).then(pl.col("_larger") / pl.col("_sum")).alias("before_share"),
    )


def _lettered(measured: pl.Expr, limits: tuple[float, float], *, within_limit: bool) -> pl.Expr:
    """A below the first limit, B below the second, else C. within_limit: what stands on a limit still belongs to the class above it."""
    upper, lower = (limit + _DUST if within_limit else limit - _DUST for limit in limits)
    below = (measured <= upper, measured <= lower) if within_limit else (measured < upper, measured < lower)
    counts = (pl.col("_sum") > 0) & (pl.col("_worth") > 0)
    return pl.when(counts & below[0]).then(pl.lit("A")).when(counts & below[1]).then(pl.lit("B")).otherwise(pl.lit("C"))


def classed(frame: pl.DataFrame, value: str, *within: str, limits: tuple[float, float]) -> pl.DataFrame:
    """The frame with `share` (of the sum of its group), `before_share` (of all that is larger) and `abc_class`.

    value:  column by which items are ranked, in any unit; zero, below zero and unknown count as none and are C.
    within: columns that part the frame; items are ranked among their own kind only.
    limits: A while what is larger makes less than the first share of the sum, B less than the second, else C. Because the share is
            taken before the item, the largest item is always A; items of the same value are in the same class.
    Where a group's sum is zero everything in it is C and the shares are unknown. Source: rule by value of A2 (80 / 96).
    """
    shares = _shares(_ranked(frame, value, within or (pl.lit(0),)))
    letter = _lettered(pl.col("before_share"), limits, within_limit=False)
    return shares.with_columns(letter.alias("abc_class")).drop("_worth", "_upto", "_larger", "_sum")


def side_by_side(
    frame: pl.DataFrame,
    value: str,
    *within: str,
    limits: tuple[float, float],
    counts: tuple[float, float] = COUNT_LIMITS,
    sums: tuple[float, float] = SUM_LIMITS,
) -> pl.DataFrame:
    """What `classed` gives, with the classes of the other rules beside it (RULES): `abc_by_limit`, `abc_by_count`, `abc_by_sum`.

    By limit: the share with the item may not pass a limit, so that one large item may leave A empty. By count: the first 20 % of the items, rounded half
    up, then 16 %. By the method of sums: share of the sum so far plus share of the items so far. Items of one value follow each other as they stood.
    What is worth nothing is C by every rule; without any worth the other rules say nothing (null).
    """
    keys: Sequence[str | pl.Expr] = within or (pl.lit(0),)
    shares = _shares(_ranked(frame, value, keys))
    number, many = pl.int_range(1, pl.len() + 1).over(*keys), pl.len().over(*keys)
    shares = shares.with_columns(number.alias("_number"), many.alias("_many"), (pl.col("_upto") / pl.col("_sum")).alias("_with"))
    first, second = ((pl.col("_many") * limit + 0.5 + _DUST).floor() for limit in counts)
    is_worth = pl.col("_worth") > 0
    counted = pl.when(is_worth & (pl.col("_number") <= first)).then(pl.lit("A")).when(is_worth & (pl.col("_number") <= second)).then(pl.lit("B"))
    summed = pl.col("_with") + pl.col("_number") / pl.col("_many")
    said = pl.col("_sum") > 0
    return shares.with_columns(
        _lettered(pl.col("before_share"), limits, within_limit=False).alias("abc_class"),
        pl.when(said).then(_lettered(pl.col("_with"), limits, within_limit=True)).alias("abc_by_limit"),
        pl.when(said).then(counted.otherwise(pl.lit("C"))).alias("abc_by_count"),
        pl.when(said).then(_lettered(summed, sums, within_limit=True)).alias("abc_by_sum"),
    ).drop("_worth", "_upto", "_larger", "_sum", "_number", "_many", "_with")
