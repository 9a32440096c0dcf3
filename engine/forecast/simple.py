"""The plain methods: what a forecast must beat, and what is fallen back to."""

import numpy as np

from engine.forecast import YEAR, Numbers


def naive(values: Numbers, horizon: int) -> Numbers:
    """The last value, for every month."""
    return np.full(horizon, float(values[-1]))


def seasonal_naive(values: Numbers, horizon: int, period: int = YEAR) -> Numbers:
    """The value of the same month a year before; where there is less than a year, the last value."""
    if len(values) < period:
        return naive(values, horizon)
    year = values[-period:]
    return np.asarray(year[np.arange(horizon) % period], dtype=float)


def mean(values: Numbers, horizon: int) -> Numbers:
    """The mean of all values, for every month."""
    return np.full(horizon, float(np.mean(values)))


def year_mean(values: Numbers, horizon: int, period: int = YEAR) -> Numbers:
    """The mean of the last twelve months, for every month. Source: on 400 car parts nothing common was better (RMSSE 0.741)."""
    return mean(values[-period:], horizon)


def nothing(values: Numbers, horizon: int) -> Numbers:
    """No demand."""
    return np.zeros(horizon)
