"""Demand that comes now and then: what to expect in a month."""

import numpy as np

from engine.forecast import Numbers


def tsb(values: Numbers, horizon: int, size_part: float = 0.1, chance_part: float = 0.1) -> Numbers:
    """Chance of demand × its size, both smoothed; the chance falls in every month without demand, so that a dying item dies out.

    size_part, chance_part: smoothing parameters. Source: Teunter, Syntetos & Babai 2011.
    """
    asked = values > 0
    if not asked.any():
        return np.zeros(horizon)
    size, chance = float(np.mean(values[asked])), float(np.mean(asked))
    first = int(np.argmax(asked))
    size = float(values[first])
    for value in values[first:]:
        chance += chance_part * (float(value > 0) - chance)
        if value > 0:
            size += size_part * (float(value) - size)
    return np.full(horizon, chance * size)
