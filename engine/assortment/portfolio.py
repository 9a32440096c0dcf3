"""What a sphere lives on: shares of turnover and profit by stage of life, by age, by price segment."""

from collections.abc import Sequence
from datetime import date

import polars as pl

DIMENSIONS = ("stage", "age", "price_segment")
UNKNOWN = "unknown"


def ages(entered_on: pl.Series, as_of: date, edges: Sequence[int]) -> pl.Series:
    """The age band of each position by the months since it entered: the first month of the band, as text; `unknown` where nobody knows when it entered."""
    bounds = sorted(edges)
    frame = pl.DataFrame({"entered": entered_on})
    months = (as_of.year - pl.col("entered").dt.year()) * 12 + as_of.month - pl.col("entered").dt.month()
    months = months - (pl.col("entered").dt.day() > as_of.day).cast(pl.Int32)
    band: pl.Expr = pl.lit(str(bounds[0]) if bounds else UNKNOWN)
    for edge in bounds[1:]:
        band = pl.when(months >= edge).then(pl.lit(str(edge))).otherwise(band)
    return frame.select(pl.when(pl.col("entered").is_null()).then(pl.lit(UNKNOWN)).otherwise(band).alias("age")).to_series()


def shares(positions: pl.DataFrame, by: str) -> pl.DataFrame:
    """How a sphere is made up: sphere, `by`, positions, turnover, margin, turnover_share, profit_share (of the gains; below zero = a loss).

    positions: sphere, `by`, turnover, margin. Returns above sales count as no turnover in the share, and as they are in the sum.
    """
    known = positions.with_columns(pl.col(by).fill_null(UNKNOWN))
    sums = known.group_by("sphere", by).agg(
        pl.len().cast(pl.Int64).alias("positions"), pl.col("turnover", "margin").sum(), pl.col("turnover").clip(lower_bound=0.0).sum().alias("_worth"),
        pl.col("margin").clip(lower_bound=0.0).sum().alias("_gain"),
    )  # fmt: skip
    worth, gain = pl.col("_worth").sum().over("sphere"), pl.col("_gain").sum().over("sphere")
    return sums.with_columns(
        pl.when(worth > 0).then(pl.col("_worth") / worth).alias("turnover_share"), pl.when(gain > 0).then(pl.col("margin") / gain).alias("profit_share")
    ).select("sphere", by, "positions", "turnover", "margin", "turnover_share", "profit_share").sort("sphere", by)  # fmt: skip
