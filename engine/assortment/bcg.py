"""BCG: growth against share of profit within the sphere, with thresholds that say what they are; losers and what is new are listed, never hidden."""

from dataclasses import dataclass

import polars as pl

from engine.messages import Message, message

STAR, COW, QUESTION, DOG, LOSER, NEW = "star", "cow", "question", "dog", "loser", "new"
QUADRANTS = (STAR, COW, QUESTION, DOG, LOSER, NEW)
STAGE_OF_QUADRANT = {QUESTION: ("introduction", "growth"), STAR: ("growth",), COW: ("maturity",), DOG: ("decline",)}
"""Quadrant -> the stages of life that it stands for; a label only, see `stages`."""
GROWTH_RULES, SHARE_RULES = ("sphere", "median", "fixed"), ("mean", "median", "fixed")
SAID_GROWTH: dict[str, Message] = {
    "sphere": message("growth of the whole sphere"), "median": message("median of the growth rates"), "fixed": message("fixed by a setting"),
}  # fmt: skip
SAID_SHARE: dict[str, Message] = {
    "mean": message("mean share of what is compared"), "median": message("median of the shares"), "fixed": message("fixed by a setting"),
}  # fmt: skip


@dataclass(frozen=True)
class BcgRules:
    """growth_rule, share_rule: where the lines stand. fixed_growth, fixed_share: where both are fixed; moved_growth, moved_share: by whoever looks."""

    growth_rule: str = "sphere"
    share_rule: str = "mean"
    fixed_growth: float = 0.10
    fixed_share: float = 0.10
    moved_growth: float | None = None
    moved_share: float | None = None


def thresholds_of(frame: pl.DataFrame, rules: BcgRules = BcgRules()) -> pl.DataFrame:
    """Where the lines of each sphere stand: sphere, growth_line, share_line, compared (how many are compared). Null where nothing can be said.

    frame: sphere, turnover, last_year_turnover, growth, profit_share. By default growth of the whole sphere and 1 ÷ n, n = what earns a profit or not,
    losers left out; what has no year before does not count for the sphere's growth either.
    """
    comparable = pl.col("growth").is_not_null()
    plotted = pl.col("profit_share") >= 0
    now, before = (pl.col(name).filter(comparable).sum() for name in ("turnover", "last_year_turnover"))
    growth = {
        "sphere": pl.when(before > 0).then(now / before - 1),
        "median": pl.col("growth").median(),
        "fixed": pl.lit(rules.fixed_growth),
    }[rules.growth_rule]
    share = {
        "mean": pl.when(plotted.sum() > 0).then(1.0 / plotted.sum()),
        "median": pl.col("profit_share").filter(plotted).median(),
        "fixed": pl.lit(rules.fixed_share),
    }[rules.share_rule]
    moved = [None if value is None else pl.lit(float(value)) for value in (rules.moved_growth, rules.moved_share)]
    chosen_growth, chosen_share = growth if moved[0] is None else moved[0], share if moved[1] is None else moved[1]
    return frame.group_by("sphere", maintain_order=True).agg(
        chosen_growth.cast(pl.Float64).first().alias("growth_line"), chosen_share.cast(pl.Float64).first().alias("share_line"),
        plotted.sum().cast(pl.Int64).alias("compared"),
    )  # fmt: skip


def placed(frame: pl.DataFrame, thresholds: pl.DataFrame) -> pl.DataFrame:
    """The frame with growth_line, share_line, `quadrant` and `is_plotted`.

    A point on a line belongs to the upper side. Below zero share: `loser`, whatever it grows by (drawn left of zero where its growth is known). Without
    a base to compare: `new`, in a strip at the side. Unknown where the sphere earns nothing.
    """
    joined = frame.join(thresholds.drop("compared", strict=False), on="sphere", how="left", maintain_order="left")
    grows, earns = pl.col("growth") >= pl.col("growth_line"), pl.col("profit_share") >= pl.col("share_line")
    quadrant = (
        pl.when(pl.col("margin") < 0).then(pl.lit(LOSER))
        .when(pl.col("growth").is_null()).then(pl.lit(NEW))
        .when(pl.col("profit_share").is_null() | pl.col("share_line").is_null() | pl.col("growth_line").is_null()).then(None)
        .when(grows & earns).then(pl.lit(STAR)).when(earns).then(pl.lit(COW)).when(grows).then(pl.lit(QUESTION)).otherwise(pl.lit(DOG))
    )  # fmt: skip
    is_plotted = pl.col("growth").is_not_null() & pl.col("profit_share").is_not_null()
    return joined.with_columns(quadrant.alias("quadrant"), is_plotted.alias("is_plotted"))


def relative(frame: pl.DataFrame, *within: str) -> pl.DataFrame:
    """The frame with `relative_share`: its share ÷ the largest other share of the sphere; unknown where no other is above zero."""
    shares = pl.col("profit_share").fill_null(0.0).clip(lower_bound=0.0)
    largest, second = shares.max().over(within), shares.top_k(2).min().over(within)
    is_alone = pl.len().over(within) < 2
    other = pl.when(is_alone).then(0.0).when(shares == largest).then(second).otherwise(largest)
    return frame.with_columns(pl.when(other > 0).then(shares / other).alias("relative_share"))


def star_of(lines: pl.DataFrame) -> pl.DataFrame:
    """Of each group the line that may be promoted as its star (S16): in the star quadrant the largest share × growth, equal ones by profit; a group
    without a star proposes none. lines: sphere, product_group, line_id, quadrant, profit_share, growth, margin. Gives those rows."""
    stars = lines.filter(pl.col("quadrant") == STAR).with_columns((pl.col("profit_share") * pl.col("growth")).alias("star_score"))
    ordered = stars.sort("star_score", "margin", "line_id", descending=[True, True, False], nulls_last=True)
    return ordered.unique(["sphere", "product_group"], keep="first", maintain_order=True)
