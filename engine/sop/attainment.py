"""Whether plans were kept: sales and production against their plans, month by month and over three months, and demand that was met."""

import numpy as np
import numpy.typing as npt

from engine.sop.grid import Numbers

MONTHS = 3
"""The months over which performance is cumulated."""


def performance(actual: Numbers, plan: Numbers) -> Numbers:
    """Actual ÷ plan; not a number where nothing was planned."""
    return np.asarray(np.where(plan > 0, actual / np.where(plan > 0, plan, 1.0), np.nan))


def cumulative(actual: Numbers, plan: Numbers, months: int = MONTHS) -> Numbers:
    """The same over the last `months` months up to each month (fewer at the beginning)."""
    return performance(_windows(actual, months), _windows(plan, months))


def _windows(values: Numbers, months: int) -> Numbers:
    total = np.cumsum(values, axis=-1)
    before = np.zeros_like(total)
    before[..., months:] = total[..., :-months]
    return np.asarray(total - before)


def is_within(share: Numbers, tolerance: float) -> npt.NDArray[np.bool_]:
    """Whether a performance lies within the tolerance on both sides of 1; unknown lies outside."""
    return np.asarray(np.abs(share - 1) <= tolerance + 1e-12)


def conformance(actual: Numbers, plan: Numbers) -> float | None:
    """1 − Σ|actual − plan| ÷ Σ plan over all families and months: too much in one month does not make up for too little in another.
    None where nothing was planned; below zero where the plan meant nothing."""
    total = float(np.sum(plan))
    return None if total <= 0 else 1 - float(np.abs(actual - plan).sum()) / total


def fulfilment(demand: Numbers, supply: Numbers) -> tuple[float | None, Numbers]:
    """(Σ min(demand, supply) ÷ Σ demand, unmet demand by family and month). None where nothing is asked for."""
    met, total = np.minimum(demand, np.maximum(supply, 0.0)), float(np.sum(demand))
    return (float(met.sum()) / total if total > 0 else None), np.asarray(demand - met)
