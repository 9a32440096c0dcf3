"""Exponential smoothing as linear innovations state space, worked out for a whole grid of smoothing parameters at once.

    y_t = l + φb + s + e        l ← l + φb + αe        b ← φb + βe        s ← s + γe

For fixed (α, β, γ, φ) the errors are linear in the states at the start, so the best start is a least-squares solution and nothing has to be
searched for: no fit can fail to converge. The forecasts of all points of the grid, and of several forms, are averaged with weights by AICc.
One pass over the series serves every origin of a back-test: the errors up to an origin do not depend on what comes after it.

Source: Hyndman, Koehler, Ord & Snyder 2008, “Forecasting with Exponential Smoothing”, ch. 5 (linear innovations; start by least squares) and
Burnham & Anderson 2002 (weights by AICc).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from engine.forecast import YEAR, Numbers


@dataclass(frozen=True)
class Form:
    """What a model is made of. trend: none, drift (a slope that never changes) or damped. has_season: additive seasons.

    caution: prior precision, relative to the error variance, that draws slope and seasons at the start towards 0 (0 = plain least squares).
    """

    trend: str = "none"
    has_season: bool = False
    slope_caution: float = 0.0
    season_caution: float = 0.0

    def grid(self) -> Numbers:
        """(points, 4): α, β, γ, φ."""
        alphas = (0.02, 0.06, 0.12, 0.2, 0.3, 0.42, 0.56, 0.72, 0.9)
        gammas = (0.0, 0.04, 0.1, 0.2) if self.has_season else (0.0,)
        slopes = {"none": ((0.0, 1.0),), "drift": ((0.0, 1.0),), "damped": tuple(product((0.04, 0.15, 0.4), (0.85, 0.94)))}[self.trend]
        rows = [(alpha, alpha * part, gamma * (1 - alpha), phi) for alpha, gamma, (part, phi) in product(alphas, gammas, slopes)]
        return np.array(rows)

    @property
    def slopes(self) -> int:
        return int(self.trend != "none")

    def parameters(self) -> int:
        """How many figures are chosen from the data beside the states at the start: smoothing parameters and the variance."""
        return 2 + int(self.has_season) + (2 if self.trend == "damped" else 0)


@dataclass(frozen=True)
class Paths:
    """Forecasts of every point of a grid from every origin. paths: (origins, points, horizon). criterion: (origins, points), AICc."""

    paths: Numbers
    criterion: Numbers


def paths(values: Numbers, form: Form, origins: Sequence[int], horizon: int, period: int = YEAR) -> Paths:
    """Forecasts from each origin (a count of leading values that are known then) for each point of the form's grid.

    An origin needs more values than the form has states and parameters; where it has not, the criterion is infinite.
    """
    grid = form.grid()
    states, errors, kept = _filtered(values, form, grid, sorted(set(origins)), period)
    out = np.zeros((len(origins), len(grid), horizon))
    criterion = np.full((len(origins), len(grid)), np.inf)
    for place, origin in enumerate(origins):
        free = states + form.parameters()
        if origin <= free + 1:
            continue
        start, squares = _start(errors[:origin], form, period)
        level, slope, season = kept[origin]
        mix = np.concatenate([np.ones((len(grid), 1)), start], axis=1)
        out[place] = _ahead(_mixed(level, mix), _mixed(slope, mix), np.stack([_mixed(one, mix) for one in season]), grid[:, 3], origin, horizon)
        variance = np.maximum(squares / origin, 1e-12 * max(float(np.mean(values[:origin] ** 2)), 1e-300))
        criterion[place] = origin * np.log(variance) + 2 * free * origin / (origin - free - 1)
    return Paths(out, criterion)


def _mixed(columns: Numbers, mix: Numbers) -> Numbers:
    """What the states come to for the chosen start: column 0 runs on the data, the others on one unit of each state at the start."""
    found: Numbers = np.einsum("gc,gc->g", columns, mix)
    return found


def _filtered(
    values: Numbers, form: Form, grid: Numbers, stops: Sequence[int], period: int
) -> tuple[int, Numbers, dict[int, tuple[Numbers, Numbers, Numbers]]]:
    """(count of states, errors of each month (n, points, 1 + states), level, slope and seasons as they stand at each stop)."""
    seasons = period - 1 if form.has_season else 0
    states = 1 + form.slopes + seasons
    shape = (len(grid), 1 + states)
    alpha, beta, gamma, phi = (grid[:, [column]] for column in range(4))
    level, slope, season = np.zeros(shape), np.zeros(shape), np.zeros((period if seasons else 1, *shape))
    level[:, 1] = 1.0
    if form.slopes:
        slope[:, 2] = 1.0
    for number in range(seasons):  # contrasts against the last month: the seasons at the start add up to nothing
        season[number, :, 1 + 1 + form.slopes + number] = 1.0
        season[period - 1, :, 1 + 1 + form.slopes + number] = -1.0
    errors = np.empty((len(values), *shape))
    kept: dict[int, tuple[Numbers, Numbers, Numbers]] = {}
    for month, value in enumerate(values):
        if month in stops:
            kept[month] = (level.copy(), slope.copy(), season.copy())
        place = month % period if seasons else 0
        if form.slopes:
            slope *= phi
            level += slope
        error = -(level + season[place]) if seasons else -level
        error[:, 0] += value
        errors[month] = error
        level += alpha * error
        if form.slopes:
            slope += beta * error
        if seasons:
            season[place] += gamma * error
    kept[len(values)] = (level, slope, season)
    return states, errors, kept


def _start(errors: Numbers, form: Form, period: int) -> tuple[Numbers, Numbers]:
    """(states at the start (points, states), sum of squares (points,)) of the least-squares solution, drawn towards 0 by the form's caution."""
    columns = np.ascontiguousarray(errors.transpose(1, 2, 0))
    products = columns @ columns.transpose(0, 2, 1)
    inner, target = products[:, 1:, 1:], products[:, 1:, 0]
    size = inner.shape[1]
    weight = np.full(size, 1e-9)
    if form.slopes:
        weight[1] += form.slope_caution
    weight[1 + form.slopes :] += form.season_caution
    trace = np.trace(inner, axis1=1, axis2=2)[:, None] / size
    ridge = inner + (weight + 1e-9 * trace)[:, :, None] * np.eye(size)
    found = np.linalg.solve(ridge, -target[:, :, None])[:, :, 0]
    squares = products[:, 0, 0] + 2 * np.einsum("gs,gs->g", found, target) + np.einsum("gs,gst,gt->g", found, inner, found)
    return found, np.maximum(squares, 0.0)


def _ahead(level: Numbers, slope: Numbers, season: Numbers, phi: Numbers, origin: int, horizon: int) -> Numbers:
    """(points, horizon): the level, the damped sum of the slope, and the month's season."""
    out = np.empty((len(level), horizon))
    gained = np.zeros_like(level)
    for step in range(horizon):
        slope = slope * phi
        gained = gained + slope
        out[:, step] = level + gained + season[(origin + step) % len(season)]
    return out


def averaged(found: Sequence[Paths]) -> Numbers:
    """(origins, horizon): the mean over all points of some forms, weighted by exp(−AICc / 2); not a number where no form could be fitted."""
    criterion = np.concatenate([one.criterion for one in found], axis=1)
    ahead = np.concatenate([one.paths for one in found], axis=1)
    best = criterion.min(axis=1, keepdims=True)
    known = np.isfinite(best[:, 0])
    weights = np.exp(-0.5 * (criterion - np.where(np.isfinite(best), best, 0.0)))
    weights = np.where(np.isfinite(criterion), weights, 0.0)
    total = weights.sum(axis=1, keepdims=True)
    mean: Numbers = np.einsum("og,ogh->oh", weights / np.where(total > 0, total, 1.0), ahead)
    mean[~known] = np.nan
    return mean
