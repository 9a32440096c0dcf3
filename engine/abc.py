"""ABC classes by value: which few items make most of a sum."""

from collections.abc import Sequence

import polars as pl

CLASSES = ("A", "B", "C")
_DUST = 1e-9
"""A share that passes a limit by less than this through the rounding of floating point has not passed it."""


def classed(frame: pl.DataFrame, value: str, *within: str, limits: tuple[float, float]) -> pl.DataFrame:
    """The frame with `share` (of the sum of its group), `before_share` (of all that is larger) and `abc_class`.

    value:  column by which items are ranked, in any unit; zero, below zero and unknown count as none and are C.
    within: columns that part the frame; items are ranked among their own kind only.
    limits: A while what is larger makes less than the first share of the sum, B less than the second, else C. Because the share is
            taken before the item, the largest item is always A; items of the same value are in the same class.
    Where a group's sum is zero everything in it is C and the shares are unknown. Source: rule by value of A2 (80 / 96).
    """
    keys: Sequence[str | pl.Expr] = within or (pl.lit(0),)
    worth = pl.col(value).fill_null(0.0).fill_nan(0.0).clip(lower_bound=0.0)
    ranked = frame.with_columns(worth.alias("_worth")).sort("_worth", descending=True, maintain_order=True)
    upto = pl.col("_worth").cum_sum().over(*keys)
    ranked = ranked.with_columns((upto - pl.col("_worth")).alias("_larger"), pl.col("_worth").sum().over(*keys).alias("_sum"))
    ranked = ranked.with_columns(pl.col("_larger").first().over(*keys, "_worth"))
    has_sum = pl.col("_sum") > 0
    shares = ranked.with_columns(
        pl.when(has_sum).then(pl.col("_worth") / pl.col("_sum")).alias("share"),
        pl.when(has_sum).then(pl.col("_larger") / pl.col("_sum")).alias("before_share"),
    )
    upper, lower = (limit - _DUST for limit in limits)
    counts = has_sum & (pl.col("_worth") > 0)
    letter = pl.when(counts & (pl.col("before_share") < upper)).then(pl.lit("A")).when(counts & (pl.col("before_share") < lower)).then(pl.lit("B"))
    return shares.with_columns(letter.otherwise(pl.lit("C")).alias("abc_class")).drop("_worth", "_larger", "_sum")
