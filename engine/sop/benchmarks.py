"""Simple forecasts that any other must beat, and the classical smoothing methods with starting values of their own.

Each takes the demand of consecutive months (or other buckets), oldest first. Sources: Chopra and Meindl, Supply Chain Management, ch. 7;
Hyndman and Athanasopoulos, Forecasting: Principles and Practice.
"""

from dataclasses import dataclass

import numpy as np

from engine.sop.grid import Numbers


@dataclass(frozen=True)
class Smoothed:
    """fitted: for each bucket the forecast made one bucket before (not a number where there was none). ahead: the next buckets."""

    fitted: Numbers
    ahead: Numbers


def naive(history: Numbers, buckets: int) -> Numbers:
    """The last value goes on."""
    return np.full(buckets, float(history[-1]))


def seasonal_naive(history: Numbers, buckets: int, season: int) -> Numbers:
    """Each bucket is as one season before."""
    last = np.asarray(history[-season:], dtype=float)
    return np.resize(last, buckets)


def overall_mean(history: Numbers, buckets: int) -> Numbers:
    """The mean of all history goes on."""
    return np.full(buckets, float(np.mean(history)))


def drift(history: Numbers, buckets: int) -> Numbers:
    """The line through the first and the last value goes on."""
    step = (float(history[-1]) - float(history[0])) / (len(history) - 1)
    return np.asarray(float(history[-1]) + step * np.arange(1, buckets + 1), dtype=float)


def moving_average(history: Numbers, width: int, ahead: int = 1) -> Smoothed:
    """The mean of the last `width` values."""
    sums = np.convolve(np.asarray(history, dtype=float), np.ones(width), mode="valid") / width
    fitted = np.full(len(history), np.nan)
    fitted[width:] = sums[:-1]
    return Smoothed(fitted, np.full(ahead, float(sums[-1])))


def simple_smoothing(history: Numbers, alpha: float, level: float, ahead: int = 1) -> Smoothed:
    """Level only: level ← α·demand + (1 − α)·level. level: before the first bucket."""
    fitted = np.empty(len(history))
    for bucket, demand in enumerate(history):
        fitted[bucket] = level
        level = alpha * float(demand) + (1 - alpha) * level
    return Smoothed(fitted, np.full(ahead, level))


def holt(history: Numbers, alpha: float, beta: float, level: float, trend: float, ahead: int = 1) -> Smoothed:
    """Level and trend; both before the first bucket."""
    fitted = np.empty(len(history))
    for bucket, demand in enumerate(history):
        fitted[bucket] = level + trend
        before, level = level, alpha * float(demand) + (1 - alpha) * (level + trend)
        trend = beta * (level - before) + (1 - beta) * trend
    return Smoothed(fitted, np.asarray(level + trend * np.arange(1, ahead + 1), dtype=float))


def winters(
    history: Numbers, alpha: float, beta: float, gamma: float, level: float, trend: float, factors: Numbers, ahead: int = 1
) -> Smoothed:  # fmt: skip
    """Level, trend and seasonal factors (demand = (level + trend) × factor); all before the first bucket, whose factor is factors[0]."""
    season, kept = len(factors), [float(factor) for factor in factors]
    fitted = np.empty(len(history))
    for bucket, demand in enumerate(history):
        factor = kept[bucket]
        fitted[bucket] = (level + trend) * factor
        before, level = level, alpha * (float(demand) / factor) + (1 - alpha) * (level + trend)
        trend = beta * (level - before) + (1 - beta) * trend
        kept.append(gamma * (float(demand) / level) + (1 - gamma) * factor)
    done = len(history)
    steps = np.array([(level + trend * step) * kept[done + (step - 1) % season] for step in range(1, ahead + 1)])
    return Smoothed(fitted, steps)


@dataclass(frozen=True)
class Starting:
    """Starting values of a seasonal method. deseasonalised: centred averages, not a number at both ends. level, trend: of the line through
    them, at bucket 0. factors: mean of demand ÷ line by place in the season."""

    deseasonalised: Numbers
    level: float
    trend: float
    factors: Numbers


def starting_values(history: Numbers, season: int) -> Starting:
    """Level, trend and seasonal factors of a history of at least two seasons."""
    values = np.asarray(history, dtype=float)
    half = season // 2
    weights = np.ones(season + 1 - season % 2)
    if season % 2 == 0:
        weights[[0, -1]] = 0.5
    centred = np.full(len(values), np.nan)
    centred[half : len(values) - half] = np.convolve(values, weights, mode="valid") / season
    buckets = np.arange(1, len(values) + 1)
    known = ~np.isnan(centred)
    trend, level = np.polyfit(buckets[known], centred[known], 1)
    ratio = values / (level + trend * buckets)
    factors = np.array([ratio[place::season].mean() for place in range(season)])
    return Starting(centred, float(level), float(trend), factors)
