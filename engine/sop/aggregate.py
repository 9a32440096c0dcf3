"""Aggregate plans of one family as the textbooks make them: level, chase, constant crew with overtime or subcontractors, hybrid, smoothest.

Sources: Heizer and Render, Operations Management; Jacobs and Chase, Operations and Supply Chain Management; Chopra and Meindl, ch. 8. The
cheapest plan of all is in `optimal`; these are what it is compared with, and every one of them is costed alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import optimize, sparse

from engine.sop.family_sheet import level_without_gap, production_for
from engine.sop.grid import Numbers

LINES = ("making", "wages", "overtime", "subcontract", "holding", "shortage", "hiring", "lay_off", "raising", "lowering")


@dataclass(frozen=True)
class Workshop:
    """One family and the crew that makes it. demand: by month; days: working days of each month. hours_per_unit: of a piece; hours_per_day: of a
    head. wage, overtime: an hour; making: material of a piece; subcontract: a piece bought outside. holding: a piece in stock at a month's end
    above `free_stock` (one number a month, usually the safety stock); shortage: a piece short at a month's end. hire, lay_off: a head.
    raise_rate, lower_rate: a piece a day more or less than the month before."""

    demand: Numbers
    days: Numbers
    hours_per_unit: float
    hours_per_day: float
    wage: float
    opening_stock: float = 0.0
    opening_heads: float | None = None
    making: float = 0.0
    overtime: float = 0.0
    subcontract: float = 0.0
    holding: float = 0.0
    shortage: float = 0.0
    hire: float = 0.0
    lay_off: float = 0.0
    raise_rate: float = 0.0
    lower_rate: float = 0.0
    free_stock: Numbers | float = 0.0

    def heads_for(self, pieces: Numbers) -> Numbers:
        """Heads that make so many pieces in each month in normal time; fractions of heads allowed."""
        return np.asarray(pieces * self.hours_per_unit / (self.hours_per_day * self.days))

    def output_of(self, heads: Numbers | float, whole: bool = False) -> Numbers:
        """Pieces that so many heads make in each month; whole: rounded to pieces."""
        made = np.asarray(heads * self.hours_per_day * self.days / self.hours_per_unit)
        return np.rint(made) if whole else made


@dataclass(frozen=True)
class CrewPlan:
    """A plan by month. made, overtime, bought: pieces; stock: below zero what is short; heads; change: of production against the demand of the
    month (what goes into stock). costs: LINES -> money."""

    name: str
    made: Numbers
    overtime: Numbers
    bought: Numbers
    heads: Numbers
    stock: Numbers
    change: Numbers
    costs: dict[str, float]

    @property
    def total(self) -> float:
        """The plan's whole cost."""
        return float(sum(self.costs.values()))


def costed(
    name: str, shop: Workshop, made: Numbers, heads: Numbers, overtime: Numbers | None = None, bought: Numbers | None = None, *, by_hour: bool = False
) -> CrewPlan:  # fmt: skip
    """A plan with its costs. Heads are paid for the whole month, or (by_hour) for the hours that the pieces take; the rate of a day is taken in
    whole pieces."""
    extra, outside = np.zeros(made.shape) if overtime is None else overtime, np.zeros(made.shape) if bought is None else bought
    change = made + extra + outside - shop.demand
    stock = shop.opening_stock + np.cumsum(change)
    crew = np.diff(heads, prepend=heads[0] if shop.opening_heads is None else shop.opening_heads)
    rate = np.diff(np.rint(made / shop.days))
    costs = {
        "making": shop.making * float((made + extra).sum()),
        "wages": shop.wage * float((made * shop.hours_per_unit if by_hour else heads * shop.hours_per_day * shop.days).sum()),
        "overtime": shop.overtime * shop.hours_per_unit * float(extra.sum()),
        "subcontract": shop.subcontract * float(outside.sum()),
        "holding": shop.holding * float(np.maximum(stock - shop.free_stock, 0.0)[stock > 0].sum()),
        "shortage": shop.shortage * float(np.maximum(-stock, 0.0).sum()),
        "hiring": shop.hire * float(np.maximum(crew, 0.0).sum()),
        "lay_off": shop.lay_off * float(np.maximum(-crew, 0.0).sum()),
        "raising": shop.raise_rate * float(np.maximum(rate, 0.0).sum()),
        "lowering": shop.lower_rate * float(np.maximum(-rate, 0.0).sum()),
    }
    return CrewPlan(name, made, extra, outside, heads, stock, change, costs)


def level_by_day(shop: Workshop, daily: float | None = None) -> CrewPlan:
    """The same number of pieces every working day; without one, the mean of the whole demand."""
    rate = float(shop.demand.sum() / shop.days.sum()) if daily is None else daily
    made = rate * shop.days
    return costed("level", shop, made, shop.heads_for(made))


def level_without_backlog(shop: Workshop, whole_crew: bool = False) -> CrewPlan:
    """The smallest constant crew with which nothing is ever short, making all it can."""
    rate = level_without_gap(shop.opening_stock, shop.demand)
    heads = float(shop.heads_for(np.full(shop.demand.shape, rate)).max())
    heads = float(np.ceil(heads - 1e-9)) if whole_crew else heads
    return costed("level", shop, shop.output_of(heads), np.full(shop.demand.shape, heads))


def chase(shop: Workshop, targets: Numbers, heads: Numbers | None = None) -> CrewPlan:
    """What each month's demand and target stock take, no more; the crew follows. heads: the crew where it is rounded."""
    made = production_for(targets, shop.opening_stock, shop.demand)
    return costed("chase", shop, made, shop.heads_for(made) if heads is None else heads)


def constant_crew(shop: Workshop, heads: float, rest: str = "stock", targets: Numbers | None = None, whole: bool = False) -> CrewPlan:
    """The same heads all the time. rest: what happens to what they cannot make: `stock` (nothing: it is short), `overtime` or `subcontract`.

    targets: closing stock that must be reached then, by month; 0 without. whole: output in whole pieces.
    """
    made = shop.output_of(heads, whole)
    crew = np.full(made.shape, float(heads))
    if rest == "stock":
        return costed("constant crew", shop, made, crew)
    wanted = np.zeros(made.shape) if targets is None else targets
    extra, stock = np.zeros(made.shape), shop.opening_stock
    for month in range(made.size):
        before = stock + made[month] - shop.demand[month]
        extra[month] = max(float(wanted[month]) - before, 0.0)
        stock = before + extra[month]
    if rest == "overtime":
        return costed("constant crew and overtime", shop, made, crew, overtime=extra)
    return costed("constant crew and subcontractors", shop, made, crew, bought=extra)


def hybrid(shop: Workshop, place: int, rest: str = "subcontract", targets: Numbers | None = None) -> CrewPlan:
    """A base crew that is enough for the `place` easiest months (1 = the easiest); beyond it overtime or subcontractors."""
    wanted = np.zeros(shop.demand.shape) if targets is None else targets
    needed = shop.heads_for(production_for(wanted, shop.opening_stock, shop.demand))
    return constant_crew(shop, float(np.sort(needed)[place - 1]), rest, targets)


def smoothest(demand: Numbers, opening: float, least_stock: Numbers | float = 0.0, most: Numbers | float = np.inf) -> Numbers | None:
    """Production that changes least from month to month (Σ|P[t] − P[t−1]|) and keeps a least stock; of equally smooth ones the one with the
    least stock. None where even full production cannot keep it.

    most: the most that can be made in each month.
    """
    months = len(demand)
    floor = np.broadcast_to(np.asarray(least_stock, dtype=float), (months,))
    steps = months - 1
    lower = sparse.csr_array(np.tril(np.ones((months, months))))
    moves = sparse.diags_array([-np.ones(steps), np.ones(steps)], offsets=[0, 1], shape=(steps, months))
    up = sparse.hstack([moves, -sparse.eye_array(steps)])
    down = sparse.hstack([-moves, -sparse.eye_array(steps)])
    stock = sparse.hstack([-lower, sparse.csr_array((months, steps))])
    side = np.concatenate([np.zeros(2 * steps), opening - np.cumsum(demand) - floor])
    weight = 1e-6 * np.arange(months, 0, -1) / months
    bounds = np.stack([np.zeros(months + steps), np.concatenate([np.broadcast_to(np.asarray(most, dtype=float), (months,)), np.full(steps, np.inf)])], axis=1)
    found = optimize.linprog(np.concatenate([weight, np.ones(steps)]), A_ub=sparse.vstack([up, down, stock]).tocsc(), b_ub=side, bounds=bounds, method="highs")
    return None if found.status != 0 else np.asarray(found.x[:months])


def compared(plans: Sequence[CrewPlan]) -> pl.DataFrame:
    """One row a plan, the cheapest first: plan, every cost line, total, most_stock, most_heads, least_stock."""
    rows = [
        {"plan": plan.name, **plan.costs, "total": plan.total, "most_stock": float(plan.stock.max()), "least_stock": float(plan.stock.min()),
         "most_heads": float(np.nanmax(plan.heads))}
        for plan in plans
    ]  # fmt: skip
    return pl.DataFrame(rows).sort("total")
