"""How much stock a month should have: last month's sales, moved by what the same two months did a year before.

Ratio reading: F × L(t) ÷ L(t−1); additive reading: F + L(t) − L(t−1); beside them by the averaged index of all years of the line. Where the product sold
nothing in the earlier month a year before, or is new, the ratio of its line stands, then of its group, then none (1). A ratio beyond the cap is cut and
marked. What is made to order, and a novelty after its pilot batch, is made to order: its norm is 0.
"""

import polars as pl

OWN, LINE, GROUP, NONE = "own", "line", "group", "none"
_QTY = ("last_year_qty", "last_year_before_qty")
YEAR = 12


def norms(positions: pl.DataFrame, cap: float, is_ratio: bool = True) -> pl.DataFrame:
    """The norm of each position.

    positions: sphere, product_group, line_id, sku, sold_qty (last month, net of returns), last_year_qty, last_year_before_qty (this month and the one
    before, a year earlier), index_ratio (averaged seasonal index of the line, this month ÷ the one before, null = unknown), is_to_order, is_piloted_new,
    is_new. Adds: ratio, ratio_from (own, line, group, none), is_capped, norm_ratio_qty, norm_additive_qty, norm_index_qty, norm_qty (the reading in force,
    0 where it is made to order).
    """
    rated = _rated(positions, cap)
    sold = pl.col("sold_qty").fill_null(0.0).clip(lower_bound=0.0)
    has_own = pl.col("ratio_from") == OWN
    added = pl.when(has_own).then((sold + pl.col("last_year_qty") - pl.col("last_year_before_qty")).clip(lower_bound=0.0)).otherwise(sold * pl.col("ratio"))
    found = rated.with_columns(
        (sold * pl.col("ratio")).alias("norm_ratio_qty"), added.alias("norm_additive_qty"), (sold * pl.col("index_ratio")).alias("norm_index_qty")
    )
    is_none = pl.col("is_to_order") | pl.col("is_piloted_new")
    chosen = pl.col("norm_ratio_qty" if is_ratio else "norm_additive_qty")
    return found.with_columns(pl.when(is_none).then(0.0).otherwise(chosen).alias("norm_qty"))


def _rated(positions: pl.DataFrame, cap: float) -> pl.DataFrame:
    """With ratio, ratio_from and is_capped: by the product's own months a year before, else its line's, else its group's, else 1."""
    known = positions.with_columns(pl.col(name).fill_null(0.0) for name in _QTY)
    own = pl.when((pl.col(_QTY[1]) > 0) & ~pl.col("is_new")).then(pl.col(_QTY[0]).clip(lower_bound=0.0) / pl.col(_QTY[1])).alias("_own")
    known = known.with_columns(own, _over("_line", "sphere", "product_group", "line_id"), _over("_group", "sphere", "product_group"))
    wanted = pl.coalesce("_own", "_line", "_group", pl.lit(1.0))
    source = (
        pl.when(pl.col("_own").is_not_null()).then(pl.lit(OWN)).when(pl.col("_line").is_not_null()).then(pl.lit(LINE))
        .when(pl.col("_group").is_not_null()).then(pl.lit(GROUP)).otherwise(pl.lit(NONE))
    )  # fmt: skip
    return known.with_columns(
        wanted.clip(upper_bound=cap).alias("ratio"), (wanted > cap).alias("is_capped"), source.alias("ratio_from")
    ).drop("_own", "_line", "_group")  # fmt: skip


def _over(name: str, *keys: str) -> pl.Expr:
    now, before = (pl.col(column).sum().over(keys) for column in _QTY)
    return pl.when(before > 0).then(now.clip(lower_bound=0.0) / before).alias(name)


def seasonal_index(months: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Seasonal index by calendar month, pooled at the keys: keys, calendar_month, seasonal_index (mean of the month ÷ mean of all months), years.

    months: keys, month, qty. Months from a key's first sale on without a row count as nothing sold. Null where less than a year is known, or nothing
    was sold on the whole: a part of a year tells no season.
    """
    if months.is_empty():
        types = {key: months.schema[key] for key in keys}
        return pl.DataFrame(schema=types | {"calendar_month": pl.Int8, "seasonal_index": pl.Float64, "years": pl.Int64})
    every = months.select(pl.col("month").unique())
    summed = months.group_by(*keys, "month").agg(pl.col("qty").sum())
    began = summed.filter(pl.col("qty") > 0).group_by(keys).agg(pl.col("month").min().alias("_began"))
    full = summed.select(keys).unique().join(every, how="cross").join(summed, on=[*keys, "month"], how="left").join(began, on=list(keys), how="left")
    known = full.filter(pl.col("month") >= pl.col("_began").fill_null(pl.col("month"))).with_columns(pl.col("qty").fill_null(0.0))
    by_month = known.with_columns(
        pl.col("month").dt.month().alias("calendar_month"), pl.col("qty").mean().over(keys).alias("_mean"), pl.len().over(keys).alias("_months")
    )
    tells = (pl.col("_mean").first() > 0) & (pl.col("_months").first() >= YEAR)
    found = by_month.group_by(*keys, "calendar_month").agg(
        pl.when(tells).then(pl.col("qty").mean() / pl.col("_mean").first()).alias("seasonal_index"), pl.len().cast(pl.Int64).alias("years")
    )
    return found.sort(*keys, "calendar_month")
