"""Aggregate planning as a transportation problem: sources of each month (stock, normal time, overtime, subcontractors) serve this month or a
later one, at the price of keeping. Source: Heizer and Render, Operations Management (method of Bowman)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from engine.errors import Impossible
from engine.messages import message
from engine.sop.grid import Numbers


@dataclass(frozen=True)
class SupplySource:
    """What can be had in a month. month: its place from 0. price: of a piece. late: what a piece costs for each month that it comes late,
    infinite where nothing may come late."""

    name: str
    month: int
    amount: float
    price: float
    late: float = np.inf


@dataclass(frozen=True)
class Shipped:
    """amounts: sources × months of use. cost: of all. unused: of each source."""

    amounts: Numbers
    cost: float
    unused: Numbers


def cheapest(sources: Sequence[SupplySource], demand: Numbers, carry: float) -> Shipped:
    """The cheapest way to serve every month. carry: keeping a piece for a month.

    Raises Impossible where the sources cannot serve the demand; the sentence names the first month that cannot be.
    """
    months = len(demand)
    waits = np.array([[month - source.month for month in range(months)] for source in sources], dtype=float)
    late = np.array([source.late for source in sources])[:, None]
    price = np.array([source.price for source in sources])[:, None] + np.where(waits >= 0, waits * carry, 0.0)
    price = price + np.where(waits < 0, -waits * np.where(np.isfinite(late), late, 0.0), 0.0)
    is_open = (waits >= 0) | np.isfinite(late)
    count = len(sources)
    from_source = sparse.kron(sparse.eye_array(count), np.ones((1, months)))
    to_month = sparse.kron(np.ones((1, count)), sparse.eye_array(months))
    amounts = np.array([source.amount for source in sources])
    bounds = np.stack([np.zeros(count * months), np.where(is_open, np.inf, 0.0).ravel()], axis=1)
    found = optimize.linprog(price.ravel(), A_ub=from_source.tocsc(), b_ub=amounts, A_eq=to_month.tocsc(), b_eq=demand, bounds=bounds, method="highs")
    if found.status != 0:
        gaps = [
            (month, float(sum(demand[: month + 1]) - sum(source.amount for source in sources if source.month <= month))) for month in range(months)
        ]  # fmt: skip
        month, short = next(((month, gap) for month, gap in gaps if gap > 0), (months - 1, 0.0))
        raise Impossible(
            message("The sources lack {short_qty} pieces until month {place}. Add capacity, or let deliveries be late.", short_qty=short, place=month + 1)
        )  # fmt: skip
    used = np.asarray(found.x).reshape(count, months)
    return Shipped(used, float(found.fun), amounts - used.sum(axis=1))
