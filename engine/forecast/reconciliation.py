"""Items and their family made to agree: whatever the way, the items add up to the family.

With forecasts b of the items, F of the family and the gap d = F − Σb, every linear way moves the items by a share of the gap:

    b + k · d        with Σk = 1 where the family's figure stands, 0 where the items' figures stand, and in between for least squares

For errors with covariance W the least-squares shares are k = −J W u ÷ (u′ W u) with u = (−1 … −1, 1) and J the rows of the items: the general
solution S(S′W⁻¹S)⁻¹S′W⁻¹ written for one family.
Sources: Hyndman, Ahmed, Athanasopoulos & Shang 2011 (least squares); Wickramasuriya, Athanasopoulos & Hyndman 2019 (minimum trace, its equation
with U′); Schäfer & Strimmer 2005 (shrinkage of a covariance of few observations).
"""

import numpy as np

from engine.forecast import Numbers

WAYS = ("bottom_up", "top_down", "least_squares", "minimum_trace")
"""bottom_up: the family is the sum of its items. top_down: the family's figure is shared out like the items' forecasts. least_squares: weighted
by the error variances. minimum_trace: by their shrunk covariance."""
MOST_ROUNDS = 60
"""Each round takes at least one item that has reached 0 out of the sharing."""
FINEST = -10
"""Quantities are rounded to 2^-10 of a unit (coarser for huge ones), so that sums are exact in any order."""


def shares(way: str, items: Numbers, covariance: Numbers) -> Numbers:
    """(items, horizon): the share of the gap that each item takes.

    items: (items, horizon) forecasts. covariance: (items + 1, items + 1) of the errors, the family last; its diagonal serves `least_squares`.
    """
    count, horizon = items.shape
    if way == "bottom_up" or not count:
        return np.zeros((count, horizon))
    if way == "top_down":
        whole = items.sum(axis=0)
        return np.where(whole > 0, items / np.where(whole > 0, whole, 1.0), 1.0 / count)
    weights = covariance if way == "minimum_trace" else np.diag(np.diag(covariance))
    gap = np.concatenate([-np.ones(count), [1.0]])  # U′: the family less its items
    towards = weights @ gap
    whole = float(gap @ towards)
    moved = -towards[:count] / whole if whole > 0 else np.zeros(count)
    return np.repeat(moved[:, None], horizon, axis=1)


def shrunk_covariance(residuals: Numbers) -> Numbers:
    """(series, series) covariance of errors (observations, series) around 0, its correlations shrunk towards none."""
    count = residuals.shape[0]
    variance = np.mean(residuals**2, axis=0)
    deviation = np.sqrt(np.where(variance > 0, variance, 1.0))
    unit = residuals / deviation
    correlation = unit.T @ unit / max(count, 1)
    if count < 3:
        return np.diag(variance)
    squares = (unit**2).T @ (unit**2) / count
    chance = (squares - correlation**2) / (count - 1)
    off = ~np.eye(len(variance), dtype=bool)
    strength = float(np.sum(correlation[off] ** 2))
    part = float(np.clip(np.sum(chance[off]) / strength, 0.0, 1.0)) if strength > 0 else 1.0
    kept = correlation * (1 - part)
    np.fill_diagonal(kept, 1.0)
    deviation = np.where(variance > 0, deviation, 0.0)
    return np.asarray(kept * np.outer(deviation, deviation))


def reconciled(items: Numbers, family: Numbers, way: str, covariance: Numbers) -> Numbers:
    """(items, horizon) forecasts, none below 0, whose sums are the family's reconciled forecast.

    items: (items, horizon), family: (horizon,), both not below 0. An item that the sharing would turn negative stays at 0 and the others share
    the rest; items without any error variance stay as they are unless nobody else can take the gap.
    """
    part, gap = shares(way, items, covariance), family - items.sum(axis=0)
    target = items.sum(axis=0) + part.sum(axis=0) * gap
    moved = items + part * gap
    for _ in range(MOST_ROUNDS):
        below = moved < 0
        if not below.any():
            break
        moved = np.maximum(moved, 0.0)
        excess = moved.sum(axis=0) - np.maximum(target, 0.0)
        free = np.where(moved > 0, np.abs(part), 0.0)
        whole = free.sum(axis=0)
        moved = moved - np.where(whole > 0, free / np.where(whole > 0, whole, 1.0), 0.0) * excess
    return np.asarray(np.maximum(moved, 0.0), dtype=np.float64)


def exact(items: Numbers) -> Numbers:
    """The items rounded so finely and so evenly that their sums come out the same in whatever order they are added up."""
    most = float(np.max(np.sum(np.abs(items), axis=0), initial=1.0))
    step = 2.0 ** max(FINEST, int(np.ceil(np.log2(max(most, 1.0)))) - 50)
    rounded: Numbers = np.round(items / step) * step
    return rounded
