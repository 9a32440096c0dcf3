"""Production of a whole company by the plain methods: level, chase, hybrid. They are what the plan of record and the cheapest plan are compared with.

Nothing is limited here: hours that a method asks for and nobody has are counted when it is costed. Families without a safety stock are made to
order, so whatever the method, they are made when they are asked for. Source: Heizer and Render, Operations Management, ch. 13.
"""

from collections.abc import Callable

import numpy as np

from engine.sop.grid import Numbers
from engine.sop.situation import Situation

BASE_SHARE = 0.5
"""Of a hybrid plan: the share of the months that the steady part alone is enough for."""


def _targets(situation: Situation) -> Numbers:
    """Stock that is wanted at each month's end."""
    wanted = np.array(situation.safety, dtype=float)
    wanted[:, -1] = np.maximum(wanted[:, -1], situation.ending)
    return wanted


def _days(situation: Situation) -> Numbers:
    """Working days; months count alike where nobody knows them."""
    return situation.days if float(situation.days.sum()) > 0 else np.ones(situation.axes.shape[1])


def _followed(situation: Situation, steady: Numbers) -> Numbers:
    """What each month lacks to its wanted stock, and at least `steady` (families × months)."""
    targets, made = _targets(situation), np.zeros(situation.axes.shape)
    stock = situation.opening - situation.owed
    for month in range(made.shape[1]):
        lacking = situation.demand[:, month] + targets[:, month] - stock
        made[:, month] = np.maximum(np.maximum(lacking, 0.0), steady[:, month])
        stock = stock + made[:, month] - situation.demand[:, month]
    return made


def chase(situation: Situation) -> Numbers:
    """Each month what it is asked for and what its wanted stock lacks, no more: the least stock, the most change."""
    return _followed(situation, np.zeros(situation.axes.shape))


def level(situation: Situation) -> Numbers:
    """The same every working day, so much that the last month ends with the stock that is wanted: the least change; what comes too late shows."""
    days, targets = _days(situation), _targets(situation)
    whole = np.maximum(situation.demand.sum(axis=1) + targets[:, -1] + situation.owed - situation.opening, 0.0)
    steady = whole[:, None] * days / days.sum()
    return np.where(_is_stocked(situation), steady, chase(situation))


def hybrid(situation: Situation) -> Numbers:
    """A steady part that is enough for the easier months (BASE_SHARE of them); in the others what is lacking comes on top, from overtime or others."""
    follows, days = chase(situation), _days(situation)
    daily = np.where(days > 0, follows / np.where(days > 0, days, 1.0), np.nan)
    base = np.nan_to_num(np.asarray(np.nanquantile(daily, BASE_SHARE, axis=1, method="lower")))[:, None] * days
    return np.where(_is_stocked(situation), _followed(situation, _not_beyond(situation, base)), follows)


def _not_beyond(situation: Situation, base: Numbers) -> Numbers:
    """The steady part as long as it is needed: never more in all than what is still asked for up to the end."""
    targets, left = _targets(situation), np.array(base)
    stock = situation.opening - situation.owed
    for month in range(left.shape[1]):
        still = situation.demand[:, month:].sum(axis=1) + targets[:, -1] - stock
        left[:, month] = np.clip(left[:, month], 0.0, np.maximum(still, 0.0))
        lacking = np.maximum(situation.demand[:, month] + targets[:, month] - stock, 0.0)
        stock = stock + np.maximum(left[:, month], lacking) - situation.demand[:, month]
    return left


def _is_stocked(situation: Situation) -> Numbers:
    return np.asarray(np.any(situation.safety > 0, axis=1, keepdims=True))


PRODUCED: dict[str, Callable[[Situation], Numbers]] = {"level": level, "chase": chase, "hybrid": hybrid}
"""Method -> production, families × months."""
