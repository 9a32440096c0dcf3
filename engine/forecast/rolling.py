"""Rolling origins: what a method would have said in the past, beside what came."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.forecast import Numbers, errors


@dataclass(frozen=True)
class Back:
    """Forecasts from some origins and what came. ahead, actual: (origins, horizon); not a number behind the end of the history.

    months_back: how many months before the end of the history each origin lies.
    """

    months_back: tuple[int, ...]
    ahead: Numbers
    actual: Numbers

    @property
    def pairs(self) -> tuple[Numbers, Numbers]:
        """(forecasts, actuals) of all months that can be compared, one after another."""
        known = ~np.isnan(self.ahead) & ~np.isnan(self.actual)
        return self.ahead[known], self.actual[known]

    def wape(self) -> float | None:
        ahead, actual = self.pairs
        return errors.wape(ahead, actual) if len(ahead) else None

    def spread(self) -> float | None:
        """Mean |F − A|; None where nothing can be compared."""
        ahead, actual = self.pairs
        return errors.mad(ahead, actual) if len(ahead) else None


def origins_of(count: int, months_back: Sequence[int], least: int) -> tuple[int, ...]:
    """Which of the origins, in months before the end, leave at least `least` months to learn from; ascending."""
    return tuple(sorted(back for back in set(months_back) if back > 0 and count - back >= least))


def actuals(values: Numbers, months_back: Sequence[int], horizon: int) -> Numbers:
    """(origins, horizon): what came after each origin, not a number behind the end."""
    out = np.full((len(months_back), horizon), np.nan)
    for row, back in enumerate(months_back):
        reach = min(back, horizon)
        out[row, :reach] = values[len(values) - back : len(values) - back + reach]
    return out
