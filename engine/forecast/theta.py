"""Theta: the mean of a straight line and an exponential smoothing of the series with its curvature doubled; and its dynamic form.

Sources: Assimakopoulos & Nikolopoulos 2000 (Theta); Hyndman & Billah 2003 (Theta = simple smoothing with half the slope as drift);
Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016 (dynamic optimised Theta, DOTM).
"""

import numpy as np

from engine.forecast import Numbers

ALPHAS: Numbers = np.concatenate([np.linspace(0.02, 0.3, 15), np.linspace(0.34, 0.98, 17)])
LEAST = 3
"""Fewer values have no line through them."""


def theta(values: Numbers, horizon: int) -> Numbers:
    """(horizon,) forecasts of a series without seasons: simple smoothing, α and level at the start by least squares, plus half the slope.

    Raises ValueError for fewer than LEAST values.
    """
    n = _count(values)
    slope = _slope(values)
    level, alpha = _smoothed(values)
    steps = np.arange(horizon)
    return np.asarray(level + 0.5 * slope * (steps + 1 / alpha - (1 - alpha) ** n / alpha), dtype=np.float64)


def _count(values: Numbers) -> int:
    if len(values) < LEAST:
        raise ValueError(f"theta needs {LEAST} values, was given {len(values)}")
    return len(values)


def _slope(values: Numbers) -> float:
    """Of the least-squares line through the values."""
    place = np.arange(len(values)) - (len(values) - 1) / 2
    return float(place @ values / (place @ place))


def _levels(values: Numbers) -> tuple[Numbers, Numbers]:
    """(months + 1, alphas): the smoothed level before each month for a start of 0, and what is left of one unit at the start."""
    level, left = np.zeros((len(values) + 1, len(ALPHAS))), np.ones((len(values) + 1, len(ALPHAS)))
    for month, value in enumerate(values):
        level[month + 1] = level[month] + ALPHAS * (value - level[month])
        left[month + 1] = left[month] * (1 - ALPHAS)
    return level, left


def _smoothed(values: Numbers) -> tuple[float, float]:
    """(last level, α) of the simple smoothing with the least squared errors."""
    level, left = _levels(values)
    errors = values[:, None] - level[:-1]
    start = np.sum(errors * left[:-1], axis=0) / np.sum(left[:-1] ** 2, axis=0)
    squares = np.sum((errors - start * left[:-1]) ** 2, axis=0)
    best = int(np.argmin(squares))
    return float(level[-1, best] + start[best] * left[-1, best]), float(ALPHAS[best])


def dynamic(values: Numbers, horizon: int) -> Numbers:
    """(horizon,) forecasts by the dynamic optimised Theta model of a series without seasons.

    The line through the values is renewed with every month. For each α of a grid the level at the start and the weight 1 − 1/θ of the line
    (θ ≥ 1, so within 0 … 1) are least-squares solutions. Raises ValueError for fewer than LEAST values.
    """
    n = _count(values)
    level, left = _levels(values)
    line = np.zeros_like(level)  # what the line adds to the forecast of each month, for a weight of 1
    mean, slope = float(values[0]), 0.0
    decay = 1 - ALPHAS
    for month in range(1, n + 1):
        line[month] = _line(mean, slope, month, decay)
        if month < n:
            mean, slope = _renewed(mean, slope, month, float(values[month]))
    errors = (values[:, None] - level[:-1])[1:]
    start, weight = _two_unknowns(errors, left[1:-1], line[1:-1])
    squares = np.sum((errors - start * left[1:-1] - weight * line[1:-1]) ** 2, axis=0)
    best = int(np.argmin(squares))
    return _continued(float(level[-1, best] + start[best] * left[-1, best]), float(weight[best]), float(ALPHAS[best]), _line_at(values), n, horizon)


def _line(mean: float, slope: float, month: int, decay: Numbers) -> Numbers:
    """(1 − α)^t A + (1 − (1 − α)^(t+1)) / α · B after `month` values: intercept A and slope B of the line through them."""
    intercept = mean - (month + 1) / 2 * slope
    return decay**month * intercept + (1 - decay ** (month + 1)) / (1 - decay) * slope


def _renewed(mean: float, slope: float, month: int, value: float) -> tuple[float, float]:
    """Mean and slope of the line after one value more than `month`."""
    n = month + 1
    slope = ((n - 2) * slope + 6 / n * (value - mean)) / (n + 1)
    return (month * mean + value) / n, slope


def _line_at(values: Numbers) -> tuple[float, float]:
    """(mean, slope) after all values."""
    mean, slope = float(values[0]), 0.0
    for month in range(1, len(values)):
        mean, slope = _renewed(mean, slope, month, float(values[month]))
    return mean, slope


def _two_unknowns(errors: Numbers, left: Numbers, line: Numbers) -> tuple[Numbers, Numbers]:
    """Least squares for each α: (start, weight), the weight held within 0 … 1."""
    aa, bb, ab = np.sum(left * left, axis=0), np.sum(line * line, axis=0), np.sum(left * line, axis=0)
    ay, by = np.sum(left * errors, axis=0), np.sum(line * errors, axis=0)
    apart = aa * bb - ab * ab
    sound = apart > 1e-10 * aa * bb
    weight = np.where(sound, (aa * by - ab * ay) / np.where(sound, apart, 1.0), 0.0)
    weight = np.clip(weight, 0.0, 1.0)
    start = (ay - weight * ab) / np.where(aa > 0, aa, 1.0)
    return start, weight


def _continued(level: float, weight: float, alpha: float, line: tuple[float, float], n: int, horizon: int) -> Numbers:
    """Month after month, each forecast taken as the value of its month."""
    mean, slope = line
    out = np.empty(horizon)
    decay = np.array([1 - alpha])
    for step in range(horizon):
        value = level + weight * float(_line(mean, slope, n + step, decay)[0])
        out[step] = value
        level += alpha * (value - level)
        mean, slope = _renewed(mean, slope, n + step, value)
    return out
