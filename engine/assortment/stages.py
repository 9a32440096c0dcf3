"""The stage of life of a position or line: what somebody filled in wins, else a rule on age and on growth beside the sphere."""

import polars as pl

from engine.messages import Message, message

STAGES = ("introduction", "growth", "maturity", "decline")
BAND = 0.10
STAGE_WORDS: dict[str, Message] = {
    "introduction": message("introduction"), "growth": message("growth"), "maturity": message("maturity"), "watch": message("maturity, falling"),
    "decline": message("decline"),
}  # fmt: skip
"""`watch`: it fell behind in one review; in the second it is in decline."""


def staged(frame: pl.DataFrame, band: float = BAND) -> pl.DataFrame:
    """The frame with `stage`, `is_watched` and `stage_by` (`filled`, `rule`; null where neither says anything).

    frame: life_cycle (filled in, or null), is_new, growth, sphere_growth, growth_before, sphere_growth_before (of the review before). Rule: new = introduction;
    above the sphere by more than the band = growth; below by more in two reviews running = decline, in one = watched maturity; else maturity.
    """
    ahead, ahead_before = pl.col("growth") - pl.col("sphere_growth"), pl.col("growth_before") - pl.col("sphere_growth_before")
    falls, fell = ahead < -band - 1e-12, ahead_before < -band - 1e-12
    ruled = (
        pl.when(pl.col("is_new")).then(pl.lit("introduction"))
        .when(ahead.is_null()).then(None)
        .when(ahead > band + 1e-12).then(pl.lit("growth"))
        .when(falls & fell.fill_null(False)).then(pl.lit("decline"))
        .otherwise(pl.lit("maturity"))
    )  # fmt: skip
    filled = pl.col("life_cycle")
    by = pl.when(filled.is_not_null()).then(pl.lit("filled")).when(ruled.is_not_null()).then(pl.lit("rule"))
    watched = filled.is_null() & ~pl.col("is_new") & falls.fill_null(False) & ~fell.fill_null(False)
    return frame.with_columns(pl.coalesce(filled, ruled).alias("stage"), watched.alias("is_watched"), by.alias("stage_by"))
