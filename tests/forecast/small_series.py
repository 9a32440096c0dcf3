"""Series for tests of forecasting, made by formulas so that the right answer is known."""

import numpy as np

from engine.forecast import Numbers

SEASON: Numbers = np.array([0.6, 0.7, 0.9, 1.0, 1.1, 1.2, 1.3, 1.2, 1.1, 1.0, 0.9, 1.0])


def seasonal(months: int, level: float = 100.0, slope: float = 0.0, noise: float = 0.0, seed: int = 1, first: int = 0) -> Numbers:
    """Level, a line and SEASON (mean 1), with chance in per cent of the value."""
    chance = np.random.default_rng(seed)
    place = np.arange(months)
    return np.asarray((level + slope * place) * SEASON[(place + first) % 12] * (1 + noise * chance.standard_normal(months)))


def intermittent(months: int, share: float = 0.25, size: float = 8.0, seed: int = 3) -> Numbers:
    """Demand in a share of the months, like spare parts."""
    chance = np.random.default_rng(seed)
    return np.asarray((chance.random(months) < share) * np.maximum(1, chance.poisson(size, months)), dtype=float)
