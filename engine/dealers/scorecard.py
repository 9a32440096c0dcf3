"""The balanced scorecard of a dealer: measures to scores, scores to one score, what each measure gives and which one lifts it cheapest.

Frames travel long: one row a dealer, period and measure. What was not measured is null, never 0, and gives its weight to the rest.
`tiers.py` makes tiers of the scores.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from engine.errors import BadUse
from engine.messages import message

PERSPECTIVES = ("financial", "customer", "process", "growth")
LINEAR, TRAPEZOID = "linear", "trapezoid"
WHOLE = 100.0
KEYS = ("dealer_id", "month")
_DUST = 1e-9


@dataclass(frozen=True)
class Measure:
    """One measure of the scorecard.

    weight:  points out of 100. at_0, at_100: the values that score 0 and 100; in between linearly, beyond them clipped.
    shape:   `linear`; or `trapezoid`: 100 inside the row's own band low … high, 0 at at_0 × low and at at_100 × high.
    effort:  what moving it from score 0 to score 100 costs beside the other measures; only the cheapest lever asks for it.
    """

    code: str
    perspective: str
    weight: float
    at_0: float
    at_100: float
    shape: str = LINEAR
    effort: float = 1.0


def measures_of(rows: Iterable[Sequence[Any]]) -> tuple[Measure, ...]:
    """The measures of a settings table, checked. Raises BadUse with a sentence for a table that cannot be scored by."""
    measures = tuple(Measure(*row) for row in rows)
    for name in (one.code for one in measures):
        if sum(one.code == name for one in measures) > 1:
            raise BadUse(message("The scorecard names the measure {name} twice.", name=name))
    for one in measures:
        _check(one)
    total = sum(one.weight for one in measures)
    if abs(total - WHOLE) > _DUST:
        raise BadUse(message("The weights of the scorecard add up to {found}; they must add up to 100.", found=round(total, 6)))
    return measures


def _check(one: Measure) -> None:
    if one.perspective not in PERSPECTIVES:
        raise BadUse(message("The measure {name} stands in the perspective “{found}”, which does not exist.", name=one.code, found=one.perspective))
    if one.weight < 0 or one.effort <= 0:
        raise BadUse(message("The measure {name} has a weight below zero or costs no effort.", name=one.code))
    if one.shape not in (LINEAR, TRAPEZOID):
        raise BadUse(message("The measure {name} has the shape “{found}”, which does not exist.", name=one.code, found=one.shape))
    if one.shape == TRAPEZOID and not 0 <= one.at_0 < 1 < one.at_100:
        raise BadUse(message("The measure {name} must score 0 below its band and above it.", name=one.code))
    if one.shape == LINEAR and one.at_0 == one.at_100:
        raise BadUse(message("The measure {name} scores 0 and 100 at the same value.", name=one.code))


def scored(measured: pl.DataFrame, measures: Sequence[Measure]) -> pl.DataFrame:
    """Every measure of every dealer and period with its score and what it gives to the whole.

    measured: dealer_id, month, measure, value; low, high (the band, for a trapezoid), deduct (points taken off the score) where there are any.
    Returns one row for each (dealer_id, month) × measure: these columns and
    score (0–100, null = not measured), weight (as set), weight_in_force (of 100; 0 = not measured), contribution (points of the whole),
    room (points of the whole that this measure can still give), per_unit (points of the whole for one unit of the value, towards the better;
    0 where the value lies so far off its scale that the next unit gives nothing; null where nothing is to be gained).
    """
    book = pl.DataFrame([(one.code, one.perspective, one.weight, one.at_0, one.at_100, one.shape, one.effort) for one in measures], schema=_BOOK, orient="row")
    optional = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("low", "high", "deduct") if name not in measured.columns]
    given = measured.with_columns(optional).with_columns(pl.col("value", "low", "high").cast(pl.Float64), pl.col("deduct").cast(pl.Float64).fill_null(0.0))
    grid = given.select(KEYS).unique(maintain_order=True).join(book, how="cross")
    rows = grid.join(given, on=[*KEYS, "measure"], how="left", maintain_order="left").with_columns(pl.col("deduct").fill_null(0.0))
    rows = rows.with_columns(_bare().alias("_bare")).with_columns((pl.col("_bare").clip(0.0, WHOLE) - pl.col("deduct")).clip(0.0, WHOLE).alias("score"))
    weighed = rows.with_columns(_weight_in_force().alias("weight_in_force"))
    is_on_scale = pl.col("_bare") - pl.col("deduct") >= -_DUST
    slope = pl.when(is_on_scale & (pl.col("_bare") >= -_DUST)).then(pl.col("weight_in_force") / _span()).otherwise(0.0)
    lacking = (WHOLE - pl.col("deduct") - pl.col("score")).clip(lower_bound=0.0)
    return weighed.with_columns(
        (pl.col("weight_in_force") * pl.col("score") / WHOLE).alias("contribution"),
        (pl.col("weight_in_force") * lacking / WHOLE).alias("room"),
        pl.when(lacking > _DUST).then(slope).alias("per_unit"),
    ).drop("_bare")


_BOOK: dict[str, Any] = {
    "measure": pl.String, "perspective": pl.String, "weight": pl.Float64, "at_0": pl.Float64, "at_100": pl.Float64, "shape": pl.String, "effort": pl.Float64,
}  # fmt: skip


def _bare() -> pl.Expr:
    """The score of a value before it is clipped: linear between the two ends, or from outside of the band into it."""
    value, low, high, at_0, at_100 = (pl.col(name) for name in ("value", "low", "high", "at_0", "at_100"))
    straight = (value - at_0) / (at_100 - at_0)
    below = pl.when(low > 0).then((value - at_0 * low) / (low - at_0 * low)).otherwise(pl.lit(1.0))
    above = (at_100 * high - value) / (at_100 * high - high)
    banded = pl.when(value < low).then(below).when(value > high).then(pl.when(high > 0).then(above).otherwise(pl.lit(0.0))).otherwise(pl.lit(1.0))
    shaped = pl.when(pl.col("shape") == TRAPEZOID).then(pl.when(low.is_not_null() & high.is_not_null()).then(banded)).otherwise(straight)
    return pl.when(value.is_finite()).then(shaped * WHOLE)


def _span() -> pl.Expr:
    """How far the value must go from score 0 to score 100."""
    value, low, high, at_0, at_100 = (pl.col(name) for name in ("value", "low", "high", "at_0", "at_100"))
    towards_band = pl.when(value < low).then(low - at_0 * low).otherwise(at_100 * high - high)
    return pl.when(pl.col("shape") == TRAPEZOID).then(towards_band).otherwise((at_100 - at_0).abs())


def _value_at(score: pl.Expr) -> pl.Expr:
    """The value that scores so much, on the side of the band on which the dealer stands."""
    value, low, high, at_0, at_100 = (pl.col(name) for name in ("value", "low", "high", "at_0", "at_100"))
    share = score / WHOLE
    banded = pl.when(value < low).then(at_0 * low + (low - at_0 * low) * share).otherwise(at_100 * high - (at_100 * high - high) * share)
    return pl.when(pl.col("shape") == TRAPEZOID).then(banded).otherwise(at_0 + (at_100 - at_0) * share)


def _weight_in_force() -> pl.Expr:
    """The weights of what was measured, out of 100: first inside the perspective, then an empty perspective's over the others."""
    measured = pl.col("score").is_not_null() & (pl.col("weight") > 0)
    kept = pl.when(measured).then(pl.col("weight")).otherwise(0.0)
    inside = [*KEYS, "perspective"]
    of_perspective, seen = pl.col("weight").sum().over(inside), kept.sum().over(inside)
    renormalised = pl.when(seen > 0).then(kept / seen * of_perspective).otherwise(0.0)
    whole = renormalised.sum().over(list(KEYS))
    return pl.when(whole > 0).then(renormalised / whole * WHOLE).otherwise(0.0)


def totals(rows: pl.DataFrame, least_measured: float) -> pl.DataFrame:
    """One row a dealer and period of `scored`: score (null = unrated), measured_weight (of 100), is_measured (whether that is enough).

    least_measured: share of the weight (0–1) below which nobody is rated; never is a gap taken for a full score.
    """
    sums = rows.group_by(list(KEYS), maintain_order=True).agg(
        pl.col("contribution").sum().alias("reached"),
        pl.col("weight").filter(pl.col("score").is_not_null()).sum().alias("measured_weight"),
    )
    enough = (pl.col("measured_weight") >= least_measured * WHOLE - _DUST) & (pl.col("measured_weight") > 0)
    return sums.select(*KEYS, pl.when(enough).then(pl.col("reached")).alias("score"), "measured_weight", enough.alias("is_measured"))


def levers(rows: pl.DataFrame, gaps: pl.DataFrame) -> pl.DataFrame:
    """What each measure alone would have to become for the next tier, the cheapest first.

    rows: of `scored`. gaps: dealer_id, month, gap (points that lack to the next tier).
    Returns dealer_id, month, measure, needed (change of the value, without sign), target (the value to reach), points (what it gives: the gap,
    or all its room where that is less), is_enough, cost (the way to go, in lengths of the measure's scale, × its effort).
    A value that lies off its scale must first come back onto it. A measure at its full score, or not measured, is no lever.
    """
    open_rows = rows.filter(pl.col("room") > _DUST).join(gaps.filter(pl.col("gap") > 0), on=list(KEYS), how="inner")
    reckoned = open_rows.with_columns(pl.min_horizontal("gap", "room").alias("points"), (pl.col("gap") <= pl.col("room") + _DUST).alias("is_enough"))
    wanted = pl.col("score") + pl.col("points") / pl.col("weight_in_force") * WHOLE + pl.col("deduct")
    aimed = reckoned.with_columns(_value_at(wanted.clip(0.0, WHOLE)).alias("target"))
    needed = aimed.with_columns((pl.col("target") - pl.col("value")).abs().alias("needed"))
    priced = needed.with_columns((pl.col("needed") / _span() * pl.col("effort")).alias("cost"))
    # One that reaches the tier alone comes before any that does not; among those that do not, the one that brings most.
    ordered = priced.with_columns(pl.when("is_enough").then(pl.col("cost")).otherwise(-pl.col("points")).alias("_order")).sort(
        *KEYS, "is_enough", "_order", "score", "measure", descending=[False, False, True, False, False, False], maintain_order=True
    )
    return ordered.select(*KEYS, "measure", "needed", "target", "points", "is_enough", "cost")
