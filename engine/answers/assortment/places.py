"""Where lines, groups and products stand in the BCG, now and in the reviews before; and what our prices are."""

import numpy as np
import polars as pl

from engine.answers.assortment import ruled
from engine.answers.assortment.basis import Basis, Numbers
from engine.answers.assortment.standing import KEY, Standing
from engine.answers.source import Source
from engine.assortment import bcg
from engine.assortment.growth import with_growth, with_profit_share
from engine.assortment.tree import GROUP, LINE

LEVELS: dict[str, tuple[str, ...]] = {"group": GROUP, "line": LINE, "sku": KEY}


def objects(standing: Standing, level: str) -> pl.DataFrame:
    """What is compared: groups, lines or positions that turned anything over in these months or the same of the year before."""
    frame = {"group": standing.groups, "line": standing.lines, "sku": standing.frame}[level]
    return frame.filter((pl.col("turnover") != 0) | (pl.col("last_year_turnover") != 0) | (pl.col("margin") != 0))


def placed(
    source: Source, standing: Standing, level: str = "line", growth: float | None = None, share: float | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(what is compared with quadrant, is_plotted, growth_line, share_line and relative_share; the lines of each sphere). growth, share: moved lines."""
    compared = objects(standing, level)
    thresholds = bcg.thresholds_of(compared, ruled.bcg_rules(source.settings, growth, share))
    return bcg.relative(bcg.placed(compared, thresholds), "sphere"), thresholds


def placed_lines(source: Source, standing: Standing) -> pl.DataFrame:
    """Lines with their quadrant by the settings."""
    return placed(source, standing)[0]


def trail(source: Source, standing: Standing, level: str) -> pl.DataFrame:
    """Where each stood in the reviews behind and stands now: its keys, reviewed_on, growth, profit_share, turnover; the oldest first."""
    keys, basis = LEVELS[level], standing.basis
    parts = []
    for back in range(int(source.settings["assortment_reviews"]), -1, -1):
        window = basis.earlier(back) if back else basis.window
        _, net, cost = basis.sums(window.months)
        every, (turnover, margin, before) = _of_level(basis, level, net, net - cost, basis.sums(window.base)[1])
        sums = every.with_columns(
            pl.Series("turnover", turnover),
            pl.Series("margin", margin),
            pl.Series("last_year_turnover", before),
            pl.lit(len(window.months)).alias("months_sold"),
        )
        known = with_growth(sums.filter(pl.col("turnover") != 0), has_base=window.has_base, least_months=0)
        parts.append(with_profit_share(known, "sphere").select(*keys, pl.lit(window.last).alias("reviewed_on"), "growth", "profit_share", "turnover"))
    return pl.concat(parts)


def _of_level(basis: Basis, level: str, *values: Numbers) -> tuple[pl.DataFrame, tuple[Numbers, ...]]:
    """(what is compared; sums of the positions of each)."""
    if level == "sku":
        return basis.frame.select(KEY), values
    every, places = basis.line_numbers if level == "line" else basis.group_numbers
    sums = (np.asarray(np.bincount(places, weights=value, minlength=every.height), dtype=np.float64) for value in values)
    return every, tuple(sums)


def prices(source: Source, standing: Standing) -> pl.DataFrame:
    """Every position that is still listed with base_price and best_discount_price: the newest of the price changes, else the list price of the catalogue."""
    told = source.read("prices_until", as_of=standing.as_of).select("sku", pl.col("list_price").alias("_changed"), "best_discount_price")
    listed = standing.frame.filter(pl.col("withdrawn_on").is_null() | (pl.col("withdrawn_on") > standing.as_of))
    joined = listed.join(told, on="sku", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("_changed", "list_price").alias("base_price")).drop("_changed")
