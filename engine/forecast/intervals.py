"""How far off a forecast may be: from what the same methods missed by in the past, horizon by horizon."""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.forecast import Numbers

LEVELS = (0.80, 0.95)
LEAST = 30
"""With fewer past errors at a horizon those of neighbouring horizons are taken in, and in the end all."""
NORMAL = {0.80: 1.2816, 0.95: 1.9600}
DEVIATION_BY_MAD = 1.2533
"""A normal distribution's standard deviation is so many mean absolute deviations."""


def pooled(errors: Sequence[Numbers], units: Sequence[float], horizon: int) -> Numbers | None:
    """(horizon, 4): quantiles of actual − forecast in units of each series: the lower and upper ends of LEVELS, 80 % first.

    errors: (origins, horizon) of actual − forecast for each series of a class, not a number where nothing can be compared. units: their own
    scale; series of scale 0 tell nothing. None where there are fewer than LEAST errors in all. The ends never come closer with the horizon.
    """
    parts = [found / unit for found, unit in zip(errors, units, strict=True) if unit > 0 and found.size]
    if not parts:
        return None
    table = np.concatenate(parts)
    if np.count_nonzero(~np.isnan(table)) < LEAST:
        return None
    tails = [0.5 - LEVELS[0] / 2, 0.5 + LEVELS[0] / 2, 0.5 - LEVELS[1] / 2, 0.5 + LEVELS[1] / 2]
    ends = np.array([np.quantile(_near(table, step), tails) for step in range(horizon)])
    ends[:, [0, 2]] = np.minimum.accumulate(np.minimum(ends[:, [0, 2]], 0.0), axis=0)
    ends[:, [1, 3]] = np.maximum.accumulate(np.maximum(ends[:, [1, 3]], 0.0), axis=0)
    return ends


def _near(table: Numbers, step: int) -> Numbers:
    """The errors of a horizon and of as many to either side as it takes."""
    for reach in range(1, table.shape[1] + 1):
        found = table[:, max(0, step - reach) : step + reach + 1]
        found = found[~np.isnan(found)]
        if len(found) >= LEAST:
            break
    return np.asarray(found)


def around(ahead: Numbers, unit: float, ends: Numbers | None) -> Mapping[float, tuple[Numbers, Numbers]]:
    """Level -> (low, high), none below 0, the forecast between them.

    unit: the series' own scale. Without pooled ends the normal distribution stands in, its spread growing with the root of the horizon.
    """
    out = {}
    for place, level in enumerate(LEVELS):
        if ends is None:
            reach = NORMAL[level] * DEVIATION_BY_MAD * unit * np.sqrt(1 + np.arange(len(ahead)) / 12)
            low, high = ahead - reach, ahead + reach
        else:
            low, high = ahead + unit * ends[: len(ahead), 2 * place], ahead + unit * ends[: len(ahead), 2 * place + 1]
        out[level] = (np.clip(low, 0.0, ahead), np.maximum(high, ahead))
    return out
