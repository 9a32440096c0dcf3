"""What no forecast may do: explode, turn negative, or be missing."""

from collections.abc import Callable, Sequence

import numpy as np

from engine.forecast import Numbers

RANGES = 3.0
"""A forecast beyond the history by more than so many of its ranges is a fit that exploded."""

Method = Callable[[Numbers, int], Numbers]


def is_sound(ahead: Numbers, history: Numbers) -> bool:
    """Whether every figure is finite and within the history's least and most, each moved by RANGES of its range.

    A history that never moved has no range; then half of its height stands for it.
    """
    if not np.all(np.isfinite(ahead)):
        return False
    least, most = float(np.min(history)), float(np.max(history))
    reach = RANGES * max(most - least, 0.5 * max(abs(most), abs(least)))
    return bool(np.all(ahead <= most + reach) and np.all(ahead >= least - reach))


def first_sound(chain: Sequence[tuple[str, Method]], history: Numbers, horizon: int) -> tuple[str, Numbers]:
    """(name, forecasts not below 0) of the first method whose forecast is sound; the last of the chain is taken as it is.

    A method that cannot work on a history says so by ValueError or LinAlgError.
    """
    name, ahead = chain[-1][0], np.zeros(horizon)
    for name, method in chain:
        try:
            with np.errstate(all="ignore"):
                ahead = method(history, horizon)
        except (ValueError, np.linalg.LinAlgError, FloatingPointError, ZeroDivisionError):
            continue
        if is_sound(ahead, history):
            return name, np.maximum(ahead, 0.0)
    return name, np.maximum(np.nan_to_num(ahead, nan=0.0, posinf=0.0, neginf=0.0), 0.0)
