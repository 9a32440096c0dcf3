"""How wrong a forecast was: measures with their sources, and the sign convention named by each.

e = forecast − actual unless a name says otherwise; a positive error is a forecast that was too high.
"""

import numpy as np

from engine.forecast import YEAR, Numbers

FLOOR_SHARE = 0.05
"""MASE: a scale below this share of the mean level counts as this share, so that a history that hardly moved does not turn pennies into hundreds."""


def smape(ahead: Numbers, actual: Numbers) -> float:
    """Mean of 200 · |F − A| ÷ (|A| + |F|), in per cent, 0 where both are 0. Source: M3 competition (Makridakis & Hibon 2000)."""
    whole = np.abs(ahead) + np.abs(actual)
    return float(np.mean(200 * np.divide(np.abs(ahead - actual), whole, out=np.zeros_like(whole), where=whole > 0)))


def scale(history: Numbers, period: int = YEAR, floor: float = FLOOR_SHARE) -> float:
    """The mean step from a month to the same month of the year before (from month to month where there is less than a year and a month).

    Never below `floor` × the mean level. 0 only where nothing was ever asked for. Source: Hyndman & Koehler 2006.
    """
    lag = period if len(history) > period else 1
    step = float(np.mean(np.abs(history[lag:] - history[:-lag]))) if len(history) > lag else 0.0
    return max(step, floor * float(np.mean(np.abs(history))) if len(history) else 0.0)


def mase(ahead: Numbers, actual: Numbers, history: Numbers, period: int = YEAR, floor: float = 0.0) -> float | None:
    """Mean |F − A| ÷ `scale`; None where the scale is 0. Without a floor it is the published measure."""
    unit = scale(history, period, floor)
    return float(np.mean(np.abs(ahead - actual))) / unit if unit > 0 else None


def wape(ahead: Numbers, actual: Numbers) -> float | None:
    """Σ|F − A| ÷ Σ|A|; None where nothing was asked for."""
    whole = float(np.sum(np.abs(actual)))
    return float(np.sum(np.abs(ahead - actual))) / whole if whole > 0 else None


def bias(ahead: Numbers, actual: Numbers) -> float | None:
    """Σ(F − A) ÷ ΣA: positive = too high; None where nothing was asked for."""
    whole = float(np.sum(actual))
    return float(np.sum(ahead - actual)) / whole if whole > 0 else None


def mad(ahead: Numbers, actual: Numbers) -> float:
    """Mean |F − A|."""
    return float(np.mean(np.abs(ahead - actual)))
