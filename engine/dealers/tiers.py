"""From scores to tiers: bands, gates and caps, slow to rise and quick to fall, and peers with whom alone one is compared."""

import itertools
from collections.abc import Sequence

import polars as pl

from engine.errors import BadUse
from engine.messages import message

UNRATED = "unrated"
FLAG = "flag"
Bands = Sequence[tuple[str, float]]
"""(tier, least score), the best first; the last begins at 0."""


def check_bands(bands: Bands) -> Bands:
    """The bands as they were given. Raises BadUse where they do not fall from tier to tier down to 0."""
    limits = [limit for _, limit in bands]
    if not limits or limits[-1] != 0 or any(above <= below for above, below in itertools.pairwise(limits)):
        raise BadUse(message("The tiers of the scorecard must begin at falling scores, the last one at 0."))
    return bands


def tier_of(score: pl.Expr, bands: Bands) -> pl.Expr:
    """The tier of a score; a score on a limit belongs to the better tier; no score is unrated."""
    tier: pl.Expr = pl.lit(UNRATED)
    for name, limit in reversed(check_bands(bands)):
        tier = pl.when(score >= limit - 1e-9).then(pl.lit(name)).otherwise(tier)
    return pl.when(score.is_null()).then(pl.lit(UNRATED)).otherwise(tier)


def next_tier(tier: str, bands: Bands) -> tuple[str, float] | None:
    """The tier above and the score at which it begins; None for the best one and for nobody's."""
    names = [name for name, _ in bands]
    return bands[names.index(tier) - 1] if tier in names and names.index(tier) > 0 else None


def worst(tiers: Sequence[str], bands: Bands) -> str:
    """The worst of some tiers; unrated where one of them is."""
    order = [name for name, _ in bands] + [UNRATED]
    return max(tiers, key=order.index)


def capped(tier: str, caps: Sequence[str], bands: Bands) -> str:
    """A tier under the caps of the gates that are shut: never better than any of them. A cap that names no tier only flags."""
    known = {name for name, _ in bands} | {UNRATED}
    return worst([tier, *(cap for cap in caps if cap in known)], bands)


def lasting(flags: Sequence[bool | None], periods: int) -> list[bool]:
    """For each period whether a flag was up in it and in the periods before, so many in a row; unknown breaks the row."""
    run, found = 0, []
    for flag in flags:
        run = run + 1 if flag else 0
        found.append(run >= periods)
    return found


def held(tiers: Sequence[str], bands: Bands, up_periods: int = 2, down_periods: int = 1) -> list[str]:
    """The tiers that hold, period by period: up only after so many periods above in a row, down after so many below.

    Up leads to the worst tier of those periods, so one good month carries nobody past what the other earned. An unrated period is
    unrated, breaks the row, and is followed by the tier held before it.
    """
    order = {name: place for place, (name, _) in enumerate(bands)}
    holding: str | None = None
    above: list[str] = []
    below: list[str] = []
    found = []
    for tier in tiers:
        if tier not in order:
            above, below = [], []
            found.append(UNRATED)
            continue
        if holding is None or tier == holding:
            holding, above, below = tier, [], []
        elif order[tier] < order[holding]:
            above, below = [*above, tier], []
            if len(above) >= up_periods:
                holding, above = worst(above[-up_periods:], bands), []
        else:
            above, below = [], [*below, tier]
            if len(below) >= down_periods:
                holding, below = min(below[-down_periods:], key=lambda name: order[name]), []
        found.append(holding)
    return found


def adjacent_incidents(batches: Sequence[str | None]) -> int:
    """How many incidents some complaints are: those on the same batch or on batches with adjacent numbers are one.

    A batch without a number, or none at all, is an incident of its own. Source: the course, p. 67–87.
    """
    split = [_numbered(batch) for batch in batches]
    alone = sum(1 for batch, found in zip(batches, split, strict=True) if found is None and batch is None)
    alone += len({batch for batch, found in zip(batches, split, strict=True) if found is None and batch is not None})
    numbers = sorted({found for found in split if found is not None})
    joined = sum(1 for before, after in itertools.pairwise(numbers) if before[0] == after[0] and after[1] - before[1] <= 1)
    return alone + len(numbers) - joined


def _numbered(batch: str | None) -> tuple[str, int] | None:
    """A batch as its letters and the number at its end; None where it ends in none."""
    digits = 0
    while batch and digits < len(batch) and batch[len(batch) - digits - 1].isdecimal():
        digits += 1
    return (batch[: len(batch) - digits], int(batch[len(batch) - digits :])) if batch and digits else None


def volume_class(turnover: pl.Expr, mean: pl.Expr, classes: Bands) -> pl.Expr:
    """The class of a dealer by turnover beside the mean dealer's: the first whose multiple of the mean it reaches, the last one else."""
    found: pl.Expr = pl.lit(classes[-1][0])
    for name, times in reversed(classes):
        found = pl.when(turnover >= times * mean).then(pl.lit(name)).otherwise(found)
    return pl.when(turnover.is_null()).then(pl.lit(classes[-1][0])).otherwise(found)


def ranked(frame: pl.DataFrame, group: Sequence[str]) -> pl.DataFrame:
    """The frame with `peer_rank` and `peers`: the place by score among rated dealers of the same group, and how many those are.

    Equal scores share a place and the next one is left out; who has no score has no place. Nobody is ranked across groups.
    """
    rated = pl.col("score").is_not_null()
    place = pl.when(rated).then(pl.col("score").round(9).rank("min", descending=True).over(list(group)))
    return frame.with_columns(place.cast(pl.Int64).alias("peer_rank"), rated.sum().over(list(group)).cast(pl.Int64).alias("peers"))
