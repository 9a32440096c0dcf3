"""Classes of positions: the rules side by side, how far each is from another class, what holds a class against noise, how the classes are made up."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from engine import abc
from engine.messages import Message, message

TARGETS = {"A": (0.20, 0.80), "B": (0.16, 0.16), "C": (0.64, 0.04)}
"""Class -> share of the positions and of the criterion that the policy expects."""
TOO_FEW = message("Too few positions for a rule of many small and few large ones.")
ALL_EQUAL = message("All positions are equal, so that all are A.")
NOTHING_EARNED = message("Nothing was earned or turned over here, so everything is C.")
_DUST = 1e-12


@dataclass(frozen=True)
class Rules:
    """limits, counts, sums: of the rules of `engine.abc`. drives: the rule that gives the class (abc.RULES). few: below so many positions a sphere
    is told to have too few. holds: whether a class is held against noise; hold_share: how far past a limit it must be to change at once."""

    limits: tuple[float, float] = (0.80, 0.96)
    counts: tuple[float, float] = abc.COUNT_LIMITS
    sums: tuple[float, float] = abc.SUM_LIMITS
    drives: str = "value"
    few: int = 10
    holds: bool = False
    hold_share: float = 0.02


def positions_classed(frame: pl.DataFrame, rules: Rules = Rules(), worth: str = "turnover") -> pl.DataFrame:
    """Positions with their classes by every rule, within their sphere, in order of the criterion.

    frame: sphere, criterion, `worth` (money) and whatever else. Adds share_before, class, class_by_value, class_by_limit, class_by_count,
    class_by_sum, distance_share (of the criterion, to the nearest limit between two classes), distance (the same in money of the sphere's worth) and
    nearest_class (the class beyond that limit). The distance is unknown for what is worth nothing: it is C whatever the others do.
    """
    ranked = abc.side_by_side(frame, "criterion", "sphere", limits=rules.limits, counts=rules.counts, sums=rules.sums)
    upper, lower = rules.limits
    before, money = pl.col("before_share"), pl.col(worth).fill_null(0.0).clip(lower_bound=0.0).sum().over("sphere")
    to_upper, to_lower = (before - upper).abs(), (before - lower).abs()
    counts = pl.col("criterion") > 0
    at_upper = to_upper < to_lower
    past_upper = pl.when(before < upper - _DUST).then(pl.lit("B")).otherwise(pl.lit("A"))
    past_lower = pl.when(before < lower - _DUST).then(pl.lit("C")).otherwise(pl.lit("B"))
    beyond = pl.when(at_upper).then(past_upper).otherwise(past_lower)
    apart = pl.min_horizontal(to_upper, to_lower)
    return ranked.with_columns(
        pl.when(counts).then(apart).alias("distance_share"),
        pl.when(counts).then(apart * money).alias("distance"),
        pl.when(counts).then(beyond).alias("nearest_class"),
        pl.col(abc.RULES[rules.drives]).fill_null("C").alias("class"),
    ).rename({"before_share": "share_before", **{column: f"class_by_{rule}" for rule, column in abc.RULES.items()}})


def by_value(frame: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Positions with share_before and class by value alone."""
    ranked = abc.classed(frame, "criterion", "sphere", limits=rules.limits)
    return ranked.rename({"before_share": "share_before", "abc_class": "class"})


def held(runs: Sequence[pl.DataFrame], rules: Rules) -> pl.DataFrame:
    """The class that holds after several reviews: sku, sphere, held_class.

    runs: reviews, the oldest first, each sku, sphere, class, distance_share. A class changes when it is past the limit by `hold_share` or more, or when
    two reviews in a row say so; a position that is new takes its class at once. With one review, or where nothing is held, its classes hold.
    """
    standing = runs[0].select("sku", "sphere", pl.col("class").alias("held_class"), pl.col("class").alias("_said"))
    for run in runs[1:]:
        now = run.select("sku", "sphere", "class", "distance_share").join(standing, on=["sku", "sphere"], how="left", nulls_equal=True)
        is_sure = (pl.col("distance_share").fill_null(1.0) >= rules.hold_share - _DUST) | (pl.col("class") == pl.col("_said"))
        changes = pl.lit(not rules.holds) | pl.col("held_class").is_null() | is_sure
        standing = now.select(
            "sku", "sphere", pl.when(changes).then(pl.col("class")).otherwise(pl.col("held_class")).alias("held_class"), pl.col("class").alias("_said")
        )
    return standing.drop("_said")


def flags(classed: pl.DataFrame, few: int) -> pl.DataFrame:
    """What is to be known of the classes of a sphere: sphere, flag (Message as JSON), one row a flag; spheres without a flag have none."""
    spheres = classed.group_by("sphere", maintain_order=True).agg(
        pl.len().alias("positions"),
        (pl.col("criterion").max() - pl.col("criterion").min()).alias("spread"),
        pl.col("criterion").clip(lower_bound=0.0).sum().alias("total"),
    )
    rows: list[tuple[str, str]] = []
    for sphere, positions, spread, total in spheres.iter_rows():
        said: list[Message] = []
        if total <= 0:
            said.append(NOTHING_EARNED)
        elif positions > 1 and spread <= _DUST:
            said.append(ALL_EQUAL)
        if positions < few:
            said.append(TOO_FEW)
        rows += [(sphere, one.to_json()) for one in said]
    return pl.DataFrame(rows, schema={"sphere": pl.String, "flag": pl.String}, orient="row")


def summary(classed: pl.DataFrame, column: str = "class") -> pl.DataFrame:
    """How the classes of each sphere are made up, beside what the policy expects: sphere, class, positions, positions_share, criterion_share,
    turnover, margin, expected_positions_share, expected_criterion_share. Every class has its row."""
    every = classed.select("sphere").unique(maintain_order=True).join(pl.DataFrame({"class": list(TARGETS)}), how="cross")
    sums = classed.group_by("sphere", pl.col(column).alias("class")).agg(
        pl.len().cast(pl.Int64).alias("positions"), pl.col("criterion").sum().alias("criterion_share"), pl.col("turnover", "margin").sum()
    )
    whole = every.join(sums, on=["sphere", "class"], how="left", maintain_order="left").with_columns(
        pl.col("positions").fill_null(0), pl.col("criterion_share", "turnover", "margin").fill_null(0.0)
    )
    many = pl.col("positions").sum().over("sphere")
    expected = [pl.col("class").replace_strict({name: shares[place] for name, shares in TARGETS.items()}, return_dtype=pl.Float64) for place in (0, 1)]
    return whole.select(
        "sphere", "class", "positions", pl.when(many > 0).then(pl.col("positions") / many).alias("positions_share"), "criterion_share", "turnover", "margin",
        expected[0].alias("expected_positions_share"), expected[1].alias("expected_criterion_share"),
    )  # fmt: skip
