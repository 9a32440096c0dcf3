"""The method of regular and seasonal items: the mean of three views of the same series.

    dynamic      dynamic optimised Theta on the series without its seasons
    quarters     the same on sums of three months: the long swing, without the noise of single months
    smoothing    exponential smoothing of the logarithm, with and without seasons, drift and damped slope, averaged by AICc

Seasons are taken out by shrunk indices (`seasons.indices`). How the members were chosen is told in CONTRIBUTING.md, “Forecasts”: by holding out the
last 18 months of the *training* part of M3 series, never by looking at a test horizon.
"""

from collections.abc import Sequence

import numpy as np

from engine.forecast import YEAR, Numbers, smoothing, theta
from engine.forecast.guards import Method, is_sound
from engine.forecast.seasons import indices, tiled
from engine.forecast.smoothing import Form

SEASON_CAUTION = 1.0
"""Prior precision of the seasons of the smoothing, relative to its error variance."""
FORMS = tuple(Form(trend, seasons, season_caution=SEASON_CAUTION) for trend in ("none", "drift", "damped") for seasons in (True, False))
LEVEL_FORMS = (Form("none"),)
QUARTER = 3
FEW = 6
"""With fewer months the level is their mean."""


def regular(values: Numbers, origins: Sequence[int], horizon: int, towards: Numbers | None = None) -> Numbers:
    """(origins, horizon): the mean of the members that came out sound; not a number from an origin where none did.

    values: not below 0. origins: counts of leading values known then. towards: seasonal indices of line or group in the order of the series' months.
    """
    unit = float(np.mean(values))
    if unit <= 0:
        return np.zeros((len(origins), horizon))
    scaled = values / unit
    views = (*_views(scaled, origins, horizon, towards), smoothed(scaled, origins, horizon))
    out = np.full((len(origins), horizon), np.nan)
    for row, origin in enumerate(origins):
        sound = [view[row] for view in views if is_sound(view[row], scaled[:origin])]
        if sound:
            out[row] = np.mean(sound, axis=0)
    return out * unit


def _views(values: Numbers, origins: Sequence[int], horizon: int, towards: Numbers | None) -> tuple[Numbers, ...]:
    """The members on the series without its seasons."""
    rows: tuple[list[Numbers], ...] = ([], [])
    for origin in origins:
        for place, method in enumerate((theta.dynamic, in_sums(theta.dynamic, QUARTER))):
            rows[place].append(deseasonalised(method, values[:origin], horizon, towards))
    return tuple(np.array(found) for found in rows)


def deseasonalised(method: Method, values: Numbers, horizon: int, towards: Numbers | None) -> Numbers:
    """A method on the series divided by its seasonal indices, times the indices of the months ahead.

    A month that never sells has an index of 0 and cannot be divided by; then the method works on the series as it is.
    """
    index = indices(values, YEAR, towards)
    factors = tiled(index, 0, len(values))
    if factors.min(initial=1.0) <= 0:
        return method(values, horizon)
    return method(values / factors, horizon) * tiled(index, len(values), horizon)


def in_sums(method: Method, size: int) -> Method:
    """A method on the means of so many months each, counted back from the last one. Source: Kourentzes, Petropoulos & Trapero 2014."""

    def on_sums(values: Numbers, horizon: int) -> Numbers:
        blocks = values[len(values) % size :].reshape(-1, size).mean(axis=1)
        return np.repeat(method(blocks, -(-horizon // size)), size)[:horizon]

    return on_sums


def smoothed(values: Numbers, origins: Sequence[int], horizon: int) -> Numbers:
    """(origins, horizon): exponential smoothing on the logarithms (square roots where a value is 0), averaged over FORMS."""
    positive = float(values.min()) > 0
    moved = np.log(values) if positive else np.sqrt(values)
    ahead = smoothing.averaged([smoothing.paths(moved, form, origins, horizon) for form in FORMS])
    return np.asarray(np.exp(ahead)) if positive else np.maximum(ahead, 0.0) ** 2


def level_of(values: Numbers) -> float:
    """Where a short series without seasons stands: smoothing of the level, averaged over its parameters; the mean of fewer than FEW months."""
    if len(values) < FEW:
        return float(np.mean(values))
    level = smoothing.averaged([smoothing.paths(values, form, [len(values)], 1) for form in LEVEL_FORMS])
    return float(level[0, 0]) if np.isfinite(level[0, 0]) else float(np.mean(values))
