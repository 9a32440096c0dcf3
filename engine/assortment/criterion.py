"""The generalised criterion: a product's share of its sphere's gross profit and of its turnover, weighed, times a factor that marketing has logged."""

import polars as pl

MARGIN_WEIGHT, TURNOVER_WEIGHT = 0.5, 0.5


def _share(value: str, *within: str) -> pl.Expr:
    """The share of what is above zero in the sum of its sphere; 0 where that sum is zero. Losses and returns count as none, they are listed apart."""
    worth = pl.col(value).fill_null(0.0).fill_nan(0.0).clip(lower_bound=0.0)
    total = worth.sum().over(within) if within else worth.sum()
    return pl.when(total > 0).then(worth / total).otherwise(0.0)


def weighted(
    frame: pl.DataFrame,
    *within: str,
    margin: str = "margin",
    turnover: str = "turnover",
    factor: str | None = None,
    weights: tuple[float, float] = (MARGIN_WEIGHT, TURNOVER_WEIGHT),
) -> pl.DataFrame:  # fmt: skip
    """The frame with `margin_part`, `turnover_part` (shares of the sphere), `plain_criterion` and `criterion` (with the factor).

    within: the columns of the sphere. weights: of margin and turnover; where the sphere has no profit at all (or no turnover) the other counts alone.
    factor: column of factors, null = 1. Both criteria add up to 1 in each sphere, or are all 0 where nothing is earned and nothing turned over.
    Source: reading of 4.2.1; margins 60/30/10 and turnovers 100/200/100 give .425/.400/.175 (S05).
    """
    parts = frame.with_columns(_share(margin, *within).alias("margin_part"), _share(turnover, *within).alias("turnover_part"))
    factors = pl.lit(1.0) if factor is None else pl.col(factor).fill_null(1.0)
    raw = weights[0] * pl.col("margin_part") + weights[1] * pl.col("turnover_part")
    scored = parts.with_columns(raw.alias("plain_criterion"), (raw * factors).alias("criterion"))
    return scored.with_columns(_share("plain_criterion", *within).alias("plain_criterion"), _share("criterion", *within).alias("criterion"))
