"""The methods by name: each gives forecasts from several origins of one series, and each class of items has those that suit it.

The first method of a class is what it gets unless its back-test says otherwise (`finishing.chosen`); what all are measured against is among the
candidates, so that no class is forecast clearly worse than by the month of a year ago.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.forecast import YEAR, Numbers, ensemble, intermittent, launches, simple, theta
from engine.forecast.guards import Method, first_sound
from engine.forecast.seasons import tiled

BY_CLASS: dict[str, tuple[str, ...]] = {
    "regular": ("ensemble", "theta", "year_mean", "seasonal_naive"),
    "seasonal": ("ensemble", "theta", "seasonal_naive"),
    "short": ("pooled_season", "year_mean", "seasonal_naive"),
    "intermittent": ("year_mean", "tsb", "seasonal_naive"),
    "new": ("analogue",),
    "ended": ("nothing",),
}
BENCHMARK = "seasonal_naive"
"""What every forecast is measured against."""
BEYOND_HISTORY = ("analogue", "run_out")
"""Methods that know more than the series' own few months: its range says nothing about them."""
FALL_BACK: tuple[tuple[str, Method], ...] = (
    ("theta", lambda values, horizon: ensemble.deseasonalised(theta.theta, values, horizon, None)),
    ("seasonal_naive", simple.seasonal_naive),
    ("mean", simple.mean),
)


@dataclass(frozen=True)
class Known:
    """What is known beside the series. season: factors of the calendar months of its line or group, None where nobody can tell.
    first: calendar month (0 = January) of its first value. curve: what earlier launches sold by age. runs_out_in: months for which a withdrawn item
    is still expected to sell what is left of it."""

    season: Numbers | None = None
    first: int = 0
    curve: launches.Curve | None = None
    runs_out_in: int = 0

    @property
    def own_order(self) -> Numbers | None:
        """The factors in the order of the series' months."""
        return None if self.season is None else np.roll(self.season, -self.first)


Many = Callable[[Numbers, Sequence[int], int, Known], Numbers]


def forecasts(name: str, values: Numbers, origins: Sequence[int], horizon: int, known: Known) -> tuple[Numbers, tuple[str, ...]]:
    """((origins, horizon) forecasts, the method that each origin ended with): sound and not below 0.

    origins: counts of leading values that are known then. Where a method fails or explodes, the next of FALL_BACK stands in.
    """
    try:
        with np.errstate(all="ignore"):
            ahead = _METHODS[name](values, origins, horizon, known)
    except (ValueError, np.linalg.LinAlgError):
        ahead = np.full((len(origins), horizon), np.nan)
    out, names = np.zeros((len(origins), horizon)), []
    for row, origin in enumerate(origins):
        path = ahead[row]
        if not origin or (name in BEYOND_HISTORY and np.all(np.isfinite(path))):
            used, out[row] = name, np.maximum(np.nan_to_num(path), 0.0)
        else:
            used, out[row] = first_sound(((name, _ready(path)), *FALL_BACK), values[:origin], horizon)
        names.append(used)
    return out, tuple(names)


def _ready(path: Numbers) -> Method:
    """Forecasts that were worked out already, in the shape of a method."""
    return lambda _values, _horizon: path


def _each(method: Method) -> Many:
    """A method of one origin, asked origin by origin."""

    def many(values: Numbers, origins: Sequence[int], horizon: int, _known: Known) -> Numbers:
        return np.array([method(values[:origin], horizon) if origin else np.zeros(horizon) for origin in origins])

    return many


def _ensemble(values: Numbers, origins: Sequence[int], horizon: int, known: Known) -> Numbers:
    return ensemble.regular(values, origins, horizon, known.own_order)


def _theta(values: Numbers, origins: Sequence[int], horizon: int, known: Known) -> Numbers:
    return np.array([ensemble.deseasonalised(theta.theta, values[:origin], horizon, known.own_order) for origin in origins])


def _pooled_season(values: Numbers, origins: Sequence[int], horizon: int, known: Known) -> Numbers:
    """The level without the seasons of its line or group, times these: for histories too short to show seasons of their own."""
    season = known.own_order if known.own_order is not None else np.ones(YEAR)
    out = np.empty((len(origins), horizon))
    for row, origin in enumerate(origins):
        factors = tiled(season, 0, origin + horizon)
        factors = np.where(factors > 0, factors, 1.0)
        level = values[:origin] / factors[:origin]
        out[row] = ensemble.level_of(level) * factors[origin:]
    return out


def _analogue(values: Numbers, origins: Sequence[int], horizon: int, known: Known) -> Numbers:
    season = known.season if known.season is not None else np.ones(YEAR)
    return np.array([launches.by_analogue(values[:origin], horizon, known.curve, season, known.first) for origin in origins])


def _run_out(values: Numbers, origins: Sequence[int], horizon: int, known: Known) -> Numbers:
    """What the last quarter sold, for as long as something is left, and then nothing."""
    ahead = np.where(np.arange(horizon) < known.runs_out_in, 1.0, 0.0)
    return np.array([float(np.mean(values[max(0, origin - 3) : origin])) * ahead for origin in origins])


_METHODS: dict[str, Many] = {
    "ensemble": _ensemble,
    "theta": _theta,
    "pooled_season": _pooled_season,
    "analogue": _analogue,
    "tsb": _each(intermittent.tsb),
    "year_mean": _each(simple.year_mean),
    "seasonal_naive": _each(simple.seasonal_naive),
    "nothing": _each(simple.nothing),
    "run_out": _run_out,
}
METHODS = tuple(_METHODS)
