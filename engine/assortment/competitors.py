"""Our prices beside the competitors': at base price and at the largest discount, how old the survey is, and what in it cannot be."""

from datetime import date

import polars as pl

from engine.assortment.windows import moved, quarter_of
from engine.messages import message

DISCOUNT_ABOVE_BASE = message("The competitor's discounted price is above their base price; the survey has to be checked.")
NO_DISCOUNT = message("The competitor's price at the largest discount was not surveyed.")
OURS_MISSING = message("We have no price here.")
OUR_DISCOUNT_MISSING = message("Our own price at the largest discount is not known.")
NEVER = message("No competitor was surveyed for this line.")
QUARTER_MONTHS = 3


def newest(observed: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Of each competitor and line (or product) the last survey until a day."""
    known = observed.filter(pl.col("observed_on") <= as_of).sort("observed_on", maintain_order=True)
    return known.unique(["competitor", "line_id", "sku"], keep="last", maintain_order=True)


def is_stale(observed_on: date, as_of: date) -> bool:
    """Whether a survey is older than the calendar quarter before that of the day: every quarter has to be surveyed (S13)."""
    return quarter_of(observed_on) < moved(quarter_of(as_of), -QUARTER_MONTHS)


def indexed(observed: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The frame with base_index, discount_index (ours ÷ theirs), index_why, is_stale, age_days.

    observed: competitor, observed_on, base_price, best_discount_price of theirs; own_base, own_best of ours. An index above 1: we are dearer. A discounted
    price above its own base price is no price: that index is unknown and the row says why.
    """
    wrong = (pl.col("best_discount_price") > pl.col("base_price")).fill_null(False)
    why = (
        pl.when(pl.col("own_base").is_null()).then(pl.lit(OURS_MISSING.to_json()))
        .when(wrong).then(pl.lit(DISCOUNT_ABOVE_BASE.to_json()))
        .when(pl.col("best_discount_price").is_null()).then(pl.lit(NO_DISCOUNT.to_json()))
        .when(pl.col("own_best").is_null()).then(pl.lit(OUR_DISCOUNT_MISSING.to_json()))
    )  # fmt: skip
    oldest_fresh = moved(quarter_of(as_of), -QUARTER_MONTHS)
    return observed.with_columns(
        pl.when(pl.col("base_price") > 0).then(pl.col("own_base") / pl.col("base_price")).alias("base_index"),
        pl.when((pl.col("best_discount_price") > 0) & ~wrong).then(pl.col("own_best") / pl.col("best_discount_price")).alias("discount_index"),
        why.alias("index_why"),
        (pl.col("observed_on") < oldest_fresh).alias("is_stale"),
        (pl.lit(as_of) - pl.col("observed_on")).dt.total_days().alias("age_days"),
    )


def by_line(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """What each of our lines knows of its competitors: sphere, product_group, line_id, competitors, base_index (median), discount_index (median),
    observed_on (the newest), is_overdue (never surveyed, or stale), has_both (both comparisons are there)."""
    sums = rows.group_by("line_id").agg(
        pl.col("competitor").n_unique().cast(pl.Int64).alias("competitors"), pl.col("base_index", "discount_index").median(), pl.col("observed_on").max(),
        pl.col("is_stale").all().alias("_stale"),
    )  # fmt: skip
    whole = lines.join(sums, on="line_id", how="left", maintain_order="left")
    both = pl.col("base_index").is_not_null() & pl.col("discount_index").is_not_null()
    return whole.with_columns(
        pl.col("competitors").fill_null(0), pl.col("_stale").fill_null(True).alias("is_overdue"), both.alias("has_both")
    ).drop("_stale")  # fmt: skip
