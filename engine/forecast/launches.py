"""New items: what earlier launches of their kind sold at the same age says how theirs go on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.forecast import Numbers
from engine.forecast.seasons import tiled

CAUTION = 3.0
"""As many months of its own weigh as much as the analogue does."""


@dataclass(frozen=True)
class Curve:
    """What comparable items sold at each age in months, without seasons; the last age stands for all later ones. launches: how many there were."""

    by_age: Numbers
    launches: int


def curve(launches: Sequence[Numbers], length: int) -> Curve | None:
    """The median demand at each age over earlier launches (each: deseasonalised demand from the first sale on); None without any.

    Ages that fewer than half of the launches have reached take the level of the last age that they did.
    """
    if not launches:
        return None
    table = np.full((len(launches), length), np.nan)
    for row, values in enumerate(launches):
        table[row, : min(length, len(values))] = values[:length]
    reached = np.sum(~np.isnan(table), axis=0)
    most = max(int(np.count_nonzero(reached * 2 >= len(launches))), 1)
    by_age = np.nanmedian(table[:, :most], axis=0)
    last = float(np.mean(by_age[-min(3, most) :]))
    return Curve(np.concatenate([by_age, np.full(length - most, last)]), len(launches))


def by_analogue(values: Numbers, horizon: int, launched: Curve | None, season: Numbers, first: int) -> Numbers:
    """(horizon,) forecasts of an item with few months of its own.

    values: its demand from the first sale on (may be empty). season: factors of the calendar months. first: calendar month of the first value
    (of the first forecast where there is none). The curve is scaled by how its own months compare, drawn towards 1 while they are few.
    Without a curve its own mean stands; without both, ValueError: nothing is known.
    """
    count = len(values)
    factors = tiled(season, first, count + horizon)
    factors = np.where(factors > 0, factors, 1.0)
    own = values / factors[:count]
    if launched is None:
        if not count:
            raise ValueError("neither a history nor a comparable launch")
        return float(np.mean(own)) * factors[count:]
    line = np.concatenate([launched.by_age, np.full(max(0, count + horizon - len(launched.by_age)), launched.by_age[-1])])
    seen = float(np.sum(line[:count]))
    scale = 1.0
    if count and seen > 0:
        trust = count / (count + CAUTION)
        scale = trust * float(np.sum(own)) / seen + (1 - trust)
    return np.asarray(scale * line[count : count + horizon] * factors[count:])
