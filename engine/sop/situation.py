"""Everything that a plan is reckoned from, in one frozen piece: what a scenario changes, and what every method of planning starts from."""

from dataclasses import dataclass, field, replace

import numpy as np

from engine.errors import Impossible
from engine.messages import message
from engine.sop.grid import Axes, Numbers
from engine.sop.rccp import Bill
from engine.sop.supply import Crew, Rates, Supply

OWED_TIMES = 3.0
"""What a piece that is never delivered weighs, in times of its price: more than any way of making it should cost."""


@dataclass(frozen=True)
class CashTerms:
    """opening: cash before the first month. collected: share of a month's revenue that comes in 0, 1, 2 … months later. making_paid_after: months
    after production in which material is paid. known_in, known_out: what is already sure, by month (receivables, planned payments)."""

    opening: float = 0.0
    collected: tuple[float, ...] = (1.0,)
    making_paid_after: int = 0
    known_in: Numbers | float = 0.0
    known_out: Numbers | float = 0.0


@dataclass(frozen=True)
class Materials:
    """names; per_piece: materials × families; months_ahead: before production in which each must be there; unit_cost, stock: one a material;
    arriving: materials × months that is planned to come in."""

    names: tuple[str, ...]
    per_piece: Numbers
    months_ahead: Numbers
    unit_cost: Numbers
    stock: Numbers
    arriving: Numbers


@dataclass(frozen=True)
class Situation:
    """Families × months unless said otherwise; every money is of one piece or one hour.

    demand: unconstrained. production: the plan of record. opening, owed: stock and backlog before the first month, one a family.
    safety: safety stock; released: the share of it that may be given up when supply is short (1 = to nothing, 0 = none). ending: least stock
    after the last month, one a family.
    bill; available, overtime_most, outside_most: resources × months (available without a limit: infinite). days: working days of each month.
    price: of a piece; unit_cost: standard cost; making: what a piece costs beside hours; holding, backlog: for a month; subcontract: bought
    ready made (infinite = cannot be); subcontract_most: pieces. hour, overtime, outside: one a resource. crews: people whose number may change.
    deviation: of demand over the lead time, one a family (not a number = unknown). areas, area_share: families × areas, rows add up to 1.
    prebuild_months: how far ahead may be built. hours_per_head: what one head brings in a month, resources × months (not a number = unknown).
    campaign: what promotions cost by month.
    """

    axes: Axes
    resources: tuple[str, ...]
    demand: Numbers
    production: Numbers
    opening: Numbers
    owed: Numbers
    safety: Numbers
    ending: Numbers
    bill: Bill
    available: Numbers
    overtime_most: Numbers
    outside_most: Numbers
    days: Numbers
    price: Numbers
    unit_cost: Numbers
    making: Numbers
    holding: Numbers
    backlog: Numbers
    subcontract: Numbers
    hour: Numbers
    overtime: Numbers
    outside: Numbers
    released: Numbers | float = 1.0
    crews: tuple[Crew, ...] = ()
    least_made: Numbers | None = None
    most_made: Numbers | None = None
    subcontract_most: Numbers | None = None
    deviation: Numbers | None = None
    areas: tuple[str, ...] = ()
    area_share: Numbers | None = None
    prebuild_months: int | None = None
    hours_per_head: Numbers | None = None
    campaign: Numbers | float = 0.0
    cash: CashTerms = field(default_factory=CashTerms)
    materials: Materials | None = None

    @property
    def release(self) -> Numbers:
        """Share of the safety stock that may be given up, families × months."""
        return np.broadcast_to(np.asarray(self.released, dtype=float), self.axes.shape)

    def supply(self) -> Supply:
        """The question to the linear programme, which always has an answer: demand may be late at its price, safety stock may be missed at more
        than that (at half of it where it may be released), and what is never delivered weighs OWED_TIMES the price.

        Raises Impossible where demand or price of a family is unknown.
        """
        for values, what in ((self.demand, message("demand")), (self.price, message("price"))):
            unknown = np.flatnonzero(np.isnan(values).any(axis=1))
            if unknown.size:
                family = self.axes.families[int(unknown[0])]
                raise Impossible(message("Unknown for {family}: {what}. No plan can be reckoned without it; give it a figure.", family=family, what=what))
        price = self.price.mean(axis=1)
        worth = np.maximum(price - self.unit_cost, 0.01 * np.maximum(price, 1.0))
        late = np.where(np.isfinite(self.backlog), self.backlog, 2 * self.holding + 0.05 * price)
        owed = np.where(np.isfinite(self.backlog), OWED_TIMES * price, np.inf)
        below, spare = 1.1 * late + self.holding, 0.5 * late + self.holding
        rates = Rates(self.making, self.holding, self.backlog, self.subcontract, owed, worth, below, spare, self.hour, self.overtime, self.outside)
        return Supply(
            self.axes.families, self.axes.months, self.resources, self.demand, self.opening, self.owed, self.safety * (1 - self.release), self.ending,
            self.bill.per_unit, np.where(np.isnan(self.available), np.inf, self.available), self.overtime_most, self.outside_most, rates, self.crews,
            self.least_made, self.most_made, self.subcontract_most, self.safety * self.release,
        )  # fmt: skip

    def for_months(self, months: int) -> "Situation":
        """The first months alone."""
        cut = {name: getattr(self, name)[:, :months] for name in ("demand", "production", "safety", "available", "overtime_most", "outside_most", "price")}
        cut["days"] = self.days[:months]
        if np.ndim(self.released):
            cut["released"] = np.asarray(self.released)[:, :months]
        if np.ndim(self.campaign):
            cut["campaign"] = np.asarray(self.campaign)[:months]
        for name in ("least_made", "most_made", "subcontract_most", "hours_per_head"):
            values = getattr(self, name)
            cut[name] = None if values is None else values[:, :months]
        return replace(self, axes=Axes(self.axes.families, self.axes.months[:months]), **cut)
