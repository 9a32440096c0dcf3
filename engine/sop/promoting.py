"""What a planned promotion would bring, by the rule by which past ones are judged: turnover net of what was only bought earlier, for each one spent."""

from dataclasses import dataclass

import numpy as np

from engine.assortment.promotion import Uplift
from engine.sop.levers import PromotionLever
from engine.sop.situation import Situation


@dataclass(frozen=True)
class Promised:
    """uplift: turnover in its months and in those after it, with and without it; sister lines are not told apart. margin_change: gross margin with it
    − without it, the discount included."""

    uplift: Uplift
    margin_change: float

    @property
    def gain(self) -> float:
        """More margin, less what is spent."""
        return self.margin_change - (self.uplift.spend or 0.0)


def promised(before: Situation, lever: PromotionLever) -> Promised:
    """A promotion over a situation without it: what is asked for, whether it can be delivered or not. Raises Impossible for one that cannot be."""
    after = lever.on(before)
    months = before.axes.shape[1]
    run = np.isin(np.arange(months), lever.months) if lever.months else np.ones(months, dtype=bool)
    turnover = [(each.demand * each.price).sum(axis=0) for each in (before, after)]
    margin = [float((each.demand * (each.price - each.unit_cost[:, None])).sum()) for each in (before, after)]
    base, promoted = turnover
    uplift = Uplift(
        float(promoted[run].sum()), float(base[run].sum()), float(promoted[~run].sum()), float(base[~run].sum()), spend=lever.spend,
    )  # fmt: skip
    return Promised(uplift, margin[1] - margin[0])
