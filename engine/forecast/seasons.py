"""Seasons: whether a series has them, how strong they are, and the factors that stand for them."""

import numpy as np

from engine.forecast import YEAR, Numbers

SURE = 1.645
"""Of a normal distribution: 90 % lie within so many deviations."""
YEARLY_WEIGHT = 0.7
"""Each year weighs so much of the one after it: seasons wander."""
LEAST_YEARS = 2
"""Fewer whole years cannot show what comes back."""


def is_seasonal(values: Numbers, period: int = YEAR) -> bool:
    """Whether the autocorrelation one year apart stands out from chance (two-sided 90 %). False for less than three years, or no movement.

    Source: the test of the Theta entry to the M3 competition (Assimakopoulos & Nikolopoulos 2000); Bartlett's variance.
    """
    if len(values) < 3 * period:
        return False
    apart = values - values.mean()
    whole = float(apart @ apart)
    if whole <= 0:
        return False
    links = np.array([float(apart[lag:] @ apart[:-lag]) for lag in range(1, period + 1)]) / whole
    limit = SURE * np.sqrt((1 + 2 * float(links[:-1] @ links[:-1])) / len(values))
    return bool(abs(links[-1]) > limit)


def centred_mean(values: Numbers, period: int = YEAR) -> Numbers:
    """The moving mean over a whole year, centred; (n − period) values, beginning half a year in."""
    weights = np.full(period + 1, 1.0 / period) if period % 2 == 0 else np.full(period, 1.0 / period)
    if period % 2 == 0:
        weights[[0, -1]] = 0.5 / period
    return np.convolve(values, weights, mode="valid")


def ratios(values: Numbers, period: int = YEAR) -> Numbers:
    """(years, period) ratios of each month to the centred mean, in calendar order of the first value; not a number where there is none."""
    middle = centred_mean(values, period)
    rows = -(-len(values) // period)
    found = np.full(rows * period, np.nan)
    at = period // 2
    inner = values[at : at + len(middle)]
    known = middle > 0
    found[at : at + len(middle)][known] = inner[known] / middle[known]
    return found.reshape(rows, period)


def indices(values: Numbers, period: int = YEAR, towards: Numbers | None = None) -> Numbers:
    """(period,) factors around 1 by which the months of a series lie above or below its level, in the order of its months.

    Each is drawn towards 1 (or `towards`: the indices of its line or group, in the same order) as far as its scatter over the years says that
    it may be chance: the share of the variance between months that is more than what scatter alone would bring. Where the series cannot
    tell, `towards` stands. Source: classical decomposition by ratio to the centred mean; shrinkage after Miller & Williams 2003 (James–Stein).
    """
    aim = np.ones(period) if towards is None else towards
    if len(values) < LEAST_YEARS * period:
        return aim
    table = ratios(values, period)
    counts = np.sum(~np.isnan(table), axis=0)
    if counts.min() < 1:
        return aim
    own = np.nanmean(table, axis=0)
    trusted = _trusted_share(table, own, own - aim, counts)
    weights = YEARLY_WEIGHT ** np.arange(len(table))[::-1][:, None] * ~np.isnan(table)
    recent = np.sum(np.nan_to_num(table) * weights, axis=0) / weights.sum(axis=0)
    found = np.maximum(aim + trusted * (recent - aim), 0.0)
    mean = float(found.mean())
    return found / mean if mean > 0 else aim


def _trusted_share(table: Numbers, means: Numbers, apart: Numbers, counts: Numbers) -> float:
    """How much of the variance between months (of what they lie apart from the aim) is more than chance: 0 … 1."""
    freedom = int(np.sum(counts) - len(means))
    between = float(np.sum((apart - apart.mean()) ** 2))
    if freedom <= 0 or between <= 0:
        return 1.0
    within = float(np.nansum((table - means) ** 2)) / freedom
    chance = within * float(np.mean(1.0 / counts))
    return float(np.clip(1 - (len(means) - 3) * chance / between, 0.0, 1.0))


def tiled(factors: Numbers, first: int, length: int) -> Numbers:
    """`length` factors in the order of the months, the first of them for place `first`."""
    return factors[(first + np.arange(length)) % len(factors)]
