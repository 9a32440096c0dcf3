"""What a supply plan is made from, and what it is: families and months, resources with hours or with people, and the money of each.

Families × months and resources × months; quantities in pieces, capacity in the resource's unit (hours). Nothing is said here of how a plan is
found: `optimal` finds the cheapest, `aggregate` the textbook ones, and all are costed alike.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.messages import Message
from engine.sop.grid import Numbers

COSTS = ("making", "hours", "wages", "overtime", "outside", "subcontract", "holding", "backlog", "owed", "hiring", "lay_off")
"""The lines of a plan's cost. outside: hours bought outside; subcontract: pieces bought outside; owed: what is never delivered."""


@dataclass(frozen=True)
class Crew:
    """People on a resource, whose number the plan may change. heads: before the first month; hours, overtime: of one head in each month;
    wage: of one head in each month, whether worked or not; hire, lay_off: once for one head; most: heads that the place can hold."""

    resource: int
    heads: float
    hours: Numbers
    overtime: Numbers
    wage: Numbers
    hire: float
    lay_off: float
    most: float = np.inf


@dataclass(frozen=True)
class Rates:
    """Money. Of a piece of each family: making (without hours), holding and backlog for a month, subcontract, owed (never delivered), worth
    (its margin), below and spare (missing to the least stock and to the wanted one, for a month). Of an hour of each resource: hour (paid as
    used), overtime, outside. Infinite = not to be had: no backlog, nobody to buy from, nothing owed at the end, no stock below its least."""

    making: Numbers
    holding: Numbers
    backlog: Numbers
    subcontract: Numbers
    owed: Numbers
    worth: Numbers
    below: Numbers
    spare: Numbers
    hour: Numbers
    overtime: Numbers
    outside: Numbers


@dataclass(frozen=True)
class Supply:
    """One question: what to make, when.

    demand: families × months. opening, owed: stock and backlog before the first month. floor: least stock at each month's end (safety stock);
    ending: least stock at the end of all (where a floor may be missed, so may this, at nine tenths of a piece never delivered); spare: stock that
    is wanted above the floor and may be given up. per_unit: months ahead -> families × resources (a bill of resources). available, overtime, outside:
    hours of each resource and month (infinite: no limit); of a crewed resource the hours come from its crew. least_made, most_made: bounds on
    production (frozen months); most_subcontract: pieces that others can make. resources, families: names, for what is said.
    """

    families: tuple[str, ...]
    months: tuple[Any, ...]
    resources: tuple[str, ...]
    demand: Numbers
    opening: Numbers
    owed: Numbers
    floor: Numbers
    ending: Numbers
    per_unit: dict[int, Numbers]
    available: Numbers
    overtime: Numbers
    outside: Numbers
    rates: Rates
    crews: tuple[Crew, ...] = ()
    least_made: Numbers | None = None
    most_made: Numbers | None = None
    most_subcontract: Numbers | None = None
    spare: Numbers | None = None

    @property
    def shape(self) -> tuple[int, int, int]:
        """(families, months, resources)."""
        return len(self.families), len(self.months), len(self.resources)

    @property
    def crewed(self) -> frozenset[int]:
        """The resources whose hours come from people."""
        return frozenset(crew.resource for crew in self.crews)

    def part(self, families: list[int], resources: list[int]) -> "Supply":
        """The same question for some families and resources."""
        place = {resource: number for number, resource in enumerate(resources)}

        def of(values: Numbers | None) -> Numbers | None:
            return None if values is None else values[families]

        rates = Rates(
            *(getattr(self.rates, name)[families] for name in ("making", "holding", "backlog", "subcontract", "owed", "worth", "below", "spare")),
            *(getattr(self.rates, name)[resources] for name in ("hour", "overtime", "outside")),
        )
        return replace(
            self,
            families=tuple(self.families[row] for row in families),
            resources=tuple(self.resources[row] for row in resources),
            demand=self.demand[families],
            opening=self.opening[families],
            owed=self.owed[families],
            floor=self.floor[families],
            ending=self.ending[families],
            per_unit={ahead: uses[np.ix_(families, resources)] for ahead, uses in self.per_unit.items()},
            available=self.available[resources],
            overtime=self.overtime[resources],
            outside=self.outside[resources],
            rates=rates,
            crews=tuple(replace(crew, resource=place[crew.resource]) for crew in self.crews if crew.resource in place),
            least_made=of(self.least_made),
            most_made=of(self.most_made),
            most_subcontract=of(self.most_subcontract),
            spare=of(self.spare),
        )


def one_family(
    demand: Numbers, opening: float, ending: float, hours_per_unit: float, crew: Crew, *, making: float, holding: float, backlog: float, overtime: float,
    subcontract: float = np.inf, name: str = "family",
) -> Supply:  # fmt: skip
    """The textbook's question: one family made by one crew, the rest by overtime and subcontractors."""
    wanted = np.asarray(demand, dtype=float)[None, :]
    months = wanted.shape[1]
    one, none = np.ones(1), np.zeros((1, months))
    rates = Rates(
        making * one, holding * one, backlog * one, subcontract * one, np.inf * one, one, np.inf * one, 0 * one, np.zeros(1), overtime * one, np.inf * one
    )  # fmt: skip
    return Supply(
        (name,), tuple(range(months)), ("crew",), wanted, opening * one, 0 * one, none, ending * one, {0: np.array([[hours_per_unit]])}, none,
        np.full((1, months), np.inf), none, rates, (crew,),
    )  # fmt: skip


@dataclass(frozen=True)
class Breach:
    """A constraint that cannot be kept. kind: `demand` (pieces that can never be delivered), `floor` (stock below its least level at a month's
    end), `ending` (the same at the end of all), `capacity` (hours that are needed and not there). where: family or resource."""

    kind: str
    where: str
    month: Any
    amount: float


@dataclass(frozen=True)
class Decisions:
    """What a plan decides. made, subcontracted, stock, backlog, unmet: families × months (pieces); overtime, outside: resources × months (hours);
    heads, hired, laid_off: resources × months, not a number where a resource has no crew."""

    made: Numbers
    subcontracted: Numbers
    stock: Numbers
    backlog: Numbers
    unmet: Numbers
    overtime: Numbers
    outside: Numbers
    heads: Numbers
    hired: Numbers
    laid_off: Numbers


@dataclass(frozen=True)
class SupplyPlan(Decisions):
    """A plan with its money. hour_worth: what one more hour would save, resources × months. costs: COSTS -> money.

    breaches: constraints that could not be kept; the plan is then the nearest one that can be, and `said` names them. binding: resource and
    month that stood in the way. whole: whether only whole heads and pieces were allowed. parts: the plans of families that share no resource
    with others, by what they depend on, for the next question.
    """

    hour_worth: Numbers
    costs: dict[str, float]
    breaches: tuple[Breach, ...] = ()
    binding: tuple[tuple[str, Any], ...] = ()
    said: Message | None = None
    whole: bool = False
    parts: dict[bytes, "SupplyPlan"] = field(default_factory=dict, repr=False, compare=False)

    @property
    def total(self) -> float:
        """The plan's whole cost."""
        return float(sum(self.costs.values()))

    @property
    def is_feasible(self) -> bool:
        """Whether every constraint is kept."""
        return not self.breaches


def costs_of(supply: Supply, chosen: Decisions) -> dict[str, float]:
    """What a plan costs, line by line (COSTS). Hours of a resource without a crew are paid as used: load − overtime − hours from outside."""
    rates, crewed = supply.rates, sorted(supply.crewed)
    hours = np.zeros(supply.available.shape)
    for uses in supply.per_unit.values():  # whenever they fall, they are paid
        hours = hours + uses.T @ chosen.made
    normal = np.maximum(hours - chosen.overtime - chosen.outside, 0.0)
    normal[crewed] = 0.0
    wages = sum(float((crew.wage * chosen.heads[crew.resource]).sum()) for crew in supply.crews)
    return {
        "making": float(rates.making @ chosen.made.sum(axis=1)),
        "hours": _priced(rates.hour, normal),
        "wages": wages,
        "overtime": _priced(rates.overtime, chosen.overtime),
        "outside": _priced(rates.outside, chosen.outside),
        "subcontract": _priced(rates.subcontract, chosen.subcontracted),
        "holding": _priced(rates.holding, np.maximum(chosen.stock, 0.0)),
        "backlog": _priced(rates.backlog, chosen.backlog),
        "owed": _priced(rates.owed, chosen.backlog[:, -1:] + chosen.unmet.sum(axis=1, keepdims=True)),
        "hiring": sum(crew.hire * float(chosen.hired[crew.resource].sum()) for crew in supply.crews),
        "lay_off": sum(crew.lay_off * float(chosen.laid_off[crew.resource].sum()) for crew in supply.crews),
    }


def _priced(rate: Numbers, amounts: Numbers) -> float:
    """Rate × amounts; what is not to be had has no price, and its amount is nothing but rounding."""
    finite = np.where(np.isfinite(rate), rate, 0.0)
    return float(finite @ amounts.sum(axis=1))
