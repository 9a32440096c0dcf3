"""From what was shipped to what was asked for: returns, missing months, months out of stock, promotions and slips, each shown as a quantity.

The parts add up: demand = shipped + returned + missing + stock_out + promotion + slip, month by month. Returns move between months and
add nothing over the whole history, unless more came back than was ever shipped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.forecast import YEAR, Numbers
from engine.forecast.seasons import indices, tiled

Flags = npt.NDArray[np.bool_]
AROUND = 6
"""Months to either side by which the usual level of a month is judged."""
ROUNDS = 3
"""Seasons and usual months are found from one another, so many times."""
MOST_UPLIFT = 3.0
LONG_ENOUGH = 18
"""With fewer months a slip cannot be told from how the item sells."""


@dataclass(frozen=True)
class Cleaned:
    """Demand of each month and what was added to the shipments to come to it (negative = taken away)."""

    demand: Numbers
    returned: Numbers
    missing: Numbers
    stock_out: Numbers
    promotion: Numbers
    slip: Numbers

    @property
    def is_corrected(self) -> Flags:
        """The months whose demand is not what was shipped."""
        return np.asarray(np.any(np.array([self.returned, self.missing, self.stock_out, self.promotion, self.slip]) != 0, axis=0))


def netted(shipped: Numbers) -> Numbers:
    """What each month's returns leave: a month below 0 is set off against the months before it, the last first; what is left then is 0."""
    left = np.array(shipped, dtype=float)
    for month in np.flatnonzero(left < 0):
        owed, left[month] = -left[month], 0.0
        for before in range(month - 1, -1, -1):
            taken = min(max(left[before], 0.0), owed)
            left[before] -= taken
            owed -= taken
            if owed <= 0:
                break
    return left


def usual(values: Numbers, is_sound: Flags, reach: int = AROUND) -> Numbers:
    """What would be usual for each month: the median of the sound months around it without seasons, times the month's season.

    Not a number where no sound month lies within reach. Seasons are told from the sound months, the others filled with what is found to be usual.
    """
    filled = np.where(is_sound, values, np.nan)
    level = _medians(filled, reach)
    normal = np.nan_to_num(level, nan=float(np.nanmean(filled)) if is_sound.any() else 0.0)
    for _ in range(ROUNDS):
        season = tiled(indices(np.where(is_sound, values, normal)), 0, len(values))
        season = np.where(season > 0, season, 1.0)
        found = _medians(filled / season, reach) * season
        normal = np.where(np.isnan(found), normal, found)
    return np.asarray(found)


def _medians(values: Numbers, reach: int) -> Numbers:
    """The median of the known values around each place, that place left out."""
    padded = np.concatenate([np.full(reach, np.nan), values, np.full(reach, np.nan)])
    around = np.sort(np.array([padded[reach + step : reach + step + len(values)] for step in range(-reach, reach + 1) if step]), axis=0)
    known = np.count_nonzero(~np.isnan(around), axis=0)
    columns = np.arange(len(values))
    middle = (around[np.maximum(known - 1, 0) // 2, columns] + around[np.minimum(known // 2, 2 * reach - 1), columns]) / 2
    return np.where(known > 0, middle, np.nan)


def cleaned(
    shipped: Numbers,
    thresholds: Mapping[str, Any],
    *,
    in_stock_share: Numbers | None = None,
    promotion_share: Numbers | None = None,
    uplift: float = 0.0,
    is_missing: Flags | None = None,
) -> Cleaned:
    """The demand behind what was shipped in each month.

    in_stock_share:  share of the working days on which it could be bought, not a number where nobody counted.
    promotion_share: share of the days under a promotion of mean depth (a deeper one counts for more). uplift: what a whole month of such a promotion
                     adds, as a share of the usual demand.
    is_missing:      months for which the company has no sales at all: nobody knows, so the usual demand stands for them.
    """
    count = len(shipped)
    left = netted(shipped)
    gone = np.zeros(count, dtype=bool) if is_missing is None else is_missing
    stock = np.ones(count) if in_stock_share is None else np.nan_to_num(in_stock_share, nan=1.0)
    under = np.zeros(count) if promotion_share is None else np.nan_to_num(promotion_share, nan=0.0)
    hardly = stock < float(thresholds["least_in_stock_share"])
    is_sound = ~gone & ~hardly
    normal = usual(left, is_sound)
    missing = np.where(gone & ~np.isnan(normal), np.maximum(np.nan_to_num(normal) - left, 0.0), 0.0)
    base = left + missing
    could = np.where(hardly, np.maximum(np.nan_to_num(normal), base), base / np.where(hardly, 1.0, np.clip(stock, 0.01, 1.0)))
    stock_out = could - base
    promotion = could / (1 + max(uplift, 0.0) * np.maximum(under, 0.0)) - could
    demand = could + promotion
    plain = _without_slips(demand, is_sound, float(thresholds["forecast_outlier_times"])) if count >= LONG_ENOUGH else demand
    return Cleaned(plain, left - shipped, missing, stock_out, promotion, plain - demand)


def _without_slips(demand: Numbers, is_sound: Flags, times: float) -> Numbers:
    """The usual demand in place of single months that stand far above all others around them; two such beside one another are a new level.

    The last month has nobody behind it to tell a slip from a new level, so it must stand out by the square of that.
    """
    level = _medians(np.where(is_sound, demand, np.nan), AROUND)
    normal = usual(demand, is_sound & ~(demand > times * np.nan_to_num(level, nan=np.inf)))  # a slip must not look like the season of its month
    known = ~np.isnan(normal) & (normal > 0)
    ratio = np.divide(demand, normal, out=np.ones(len(demand)), where=known)
    limit = np.full(len(demand), times)
    limit[-1] = times * times
    high = known & (ratio > limit)
    beside = np.concatenate([[False], high[:-1]]) | np.concatenate([high[1:], [False]])
    usually = np.count_nonzero(demand > 0) > len(demand) / 2
    return np.where(high & ~beside & usually, np.nan_to_num(normal), demand)


def measured_uplift(demands: Sequence[Numbers], shares: Sequence[Numbers], least_months: int = 3) -> float | None:
    """What a whole month of promotion adds, as a share of the usual demand, over the items of a line; None where it cannot be told.

    Usual is judged by the months without promotion around it. Σ(demand − usual) ÷ Σ(usual × share): sums, not a mean of ratios. Never below 0.
    """
    more, base, months = 0.0, 0.0, set[int]()
    for demand, share in zip(demands, shares, strict=True):
        under = share > 0
        if len(demand) <= YEAR or not under.any() or under.all():
            continue
        normal = usual(demand, ~under)
        told = under & ~np.isnan(normal)
        more += float(np.sum((demand - normal)[told]))
        base += float(np.sum((normal * share)[told]))
        months |= {len(demand) - int(place) for place in np.flatnonzero(told)}
    return float(np.clip(more / base, 0.0, MOST_UPLIFT)) if base > 0 and len(months) >= least_months else None
