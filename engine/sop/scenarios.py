"""Scenarios: named sets of levers over a base, reckoned by the same logic as the base itself.

A lever only changes the situation (demand, hours, safety stock, price …); every plan, of record or of a scenario, is then made and costed by
`outcome_of`. So two scenarios differ by their levers and by nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from engine.errors import Impossible
from engine.messages import Message, message
from engine.sop.executable import Executable, executable, shipped_as_planned
from engine.sop.grid import Numbers
from engine.sop.levers import KINDS, Lever, applied
from engine.sop.methods import PRODUCED
from engine.sop.optimal import optimal
from engine.sop.prebuild import Prebuilt, prebuilt
from engine.sop.projections import Made, Projection, extra_hours, projected
from engine.sop.rccp import load_of
from engine.sop.situation import Situation
from engine.sop.supply import SupplyPlan

METHODS = ("as_planned", "level", "chase", "hybrid", "prebuild", "optimal")
FIGURES = (
    "service_share", "demand_qty_share", "revenue", "margin", "contribution", "plan_cost", "stock_value", "least_cash", "cash", "peak_load_share",
    "overtime_hours", "outside_hours", "over_hours", "heads", "late_value",
)  # fmt: skip
"""What an option is judged by. service_share: of the demand what is delivered in its month, in money. demand_qty_share: the same in the end (late
deliveries count). contribution: revenue − plan_cost. stock_value: after the last month. late_value: what is still owed then, at its price.
over_hours: hours in the plan that nobody has. heads: the most that any month needs."""


@dataclass(frozen=True)
class Scenario:
    """levers in the order in which they work. method: one of METHODS: production as in the plan of record, by a plain method, as in the plan of
    record with peaks built ahead, or the cheapest plan."""

    name: str
    levers: tuple[Lever, ...] = ()
    method: str = "optimal"


@dataclass(frozen=True)
class Outcome:
    """What a scenario leads to. figures: FIGURES -> number, None where unknown. plan: of the method `optimal`; moves: of `prebuild`. said: why a
    constraint could not be kept, None where all are."""

    scenario: Scenario
    situation: Situation
    shipping: Executable
    projection: Projection
    figures: Mapping[str, float | None]
    plan: SupplyPlan | None = None
    moves: Prebuilt | None = None
    said: Message | None = None


def outcome_of(base: Situation, scenario: Scenario, before: Outcome | None = None) -> Outcome:
    """A scenario over a base. before: an earlier outcome: families that share no resource with what was changed are taken from its plan.

    Raises Impossible for a method that does not exist, or a lever that cannot be.
    """
    if scenario.method not in METHODS:
        raise Impossible(message("There is no method “{found}”; the methods are {methods}.", found=scenario.method, methods=", ".join(METHODS)))
    situation = applied(base, scenario.levers)
    plan, moves = None, None
    if scenario.method == "optimal":
        plan = optimal(situation.supply(), before=None if before is None else before.plan)
        made = Made(plan.made, plan.subcontracted, plan.overtime, plan.outside, _crew_cost(situation, plan))
    else:
        production = PRODUCED[scenario.method](situation) if scenario.method in PRODUCED else situation.production
        if scenario.method == "prebuild":
            moves = _built_ahead(situation)
            production = moves.made
        overtime, outside, _ = extra_hours(situation, load_of(production, situation.bill).hours)
        made = Made(production, np.zeros(production.shape), overtime, outside, np.zeros(production.shape[1]))
    supply = made.made + made.bought
    at = (situation.axes, situation.demand, supply, situation.opening, situation.safety, situation.owed)
    shipping = executable(*at, situation.release) if plan is None else shipped_as_planned(*at, plan.stock, plan.backlog + np.cumsum(plan.unmet, axis=1))
    projection = projected(situation, made, shipping)
    return Outcome(
        scenario, situation, shipping, projection, _figures(situation, shipping, projection), plan, moves, None if plan is None else plan.said
    )  # fmt: skip


def _built_ahead(situation: Situation) -> Prebuilt:
    """Peaks moved ahead as far as normal hours go; what then is still too much is left to overtime."""
    price = np.minimum(
        np.where(np.isfinite(situation.overtime), situation.overtime, np.inf), np.where(np.isfinite(situation.outside), situation.outside, np.inf)
    )  # fmt: skip
    hour_price = np.where(np.isfinite(price), price - situation.hour, 0.0)
    return prebuilt(situation.production, situation.bill, situation.available, situation.holding, hour_price, most_months=situation.prebuild_months)


def _crew_cost(situation: Situation, plan: SupplyPlan) -> Numbers:
    cost = np.zeros(situation.axes.shape[1])
    for crew in situation.crews:
        cost = cost + crew.wage * plan.heads[crew.resource] + crew.hire * plan.hired[crew.resource] + crew.lay_off * plan.laid_off[crew.resource]
    return cost


def _figures(situation: Situation, shipping: Executable, projection: Projection) -> dict[str, float | None]:
    worth = float((situation.demand * situation.price).sum())
    late_now = float((shipping.short * situation.price).sum())
    owed = float((shipping.late[:, -1] * situation.price[:, -1]).sum())
    share = projection.share[np.isfinite(projection.share)]
    heads = projection.heads[np.isfinite(projection.heads)]
    revenue, cost = float(projection.revenue.sum()), float(projection.plan_cost.sum())
    return {
        "service_share": 1 - late_now / worth if worth > 0 else None,
        "demand_qty_share": 1 - owed / worth if worth > 0 else None,
        "revenue": revenue,
        "margin": float(projection.margin.sum()),
        "contribution": revenue - cost,
        "plan_cost": cost,
        "stock_value": float(projection.stock_value[:, -1].sum()),
        "least_cash": float(projection.cash.min()),
        "cash": float(projection.cash[-1]),
        "peak_load_share": float(share.max()) if share.size else None,
        "overtime_hours": float(projection.overtime.sum()),
        "outside_hours": float(projection.outside.sum()),
        "over_hours": float(projection.over.sum()),
        "heads": float(np.nansum(np.where(np.isfinite(projection.heads), projection.heads, 0.0), axis=0).max()) if heads.size else None,
        "late_value": owed,
    }


def side_by_side(base: Outcome, others: Sequence[Outcome]) -> pl.DataFrame:
    """One row a figure: figure, one column an option (o0 is the base, o1 …), and the difference of each to the base (d1 …); null where unknown."""
    rows = []
    for name in FIGURES:
        start = base.figures[name]
        row: dict[str, Any] = {"figure": name, "o0": start}
        for number, other in enumerate(others, start=1):
            value = other.figures[name]
            row |= {f"o{number}": value, f"d{number}": None if value is None or start is None else value - start}
        rows.append(row)
    names = ["o0", *(f"{letter}{number}" for number in range(1, len(others) + 1) for letter in ("o", "d"))]
    return pl.DataFrame(rows, schema={"figure": pl.String, **dict.fromkeys(names, pl.Float64)})


# ── as records keep them ─────────────────────────────────────────────────────────────────────────────────────────────────


def record_of(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain values, as a record can keep it; `scenario_of` gives it back."""
    return {
        "name": scenario.name,
        "method": scenario.method,
        "levers": [{"kind": type(lever).__name__, **vars(lever)} for lever in scenario.levers],
    }


def scenario_of(record: Mapping[str, Any]) -> Scenario:
    """The scenario that `record_of` wrote. Raises Impossible for a kind of lever that does not exist."""
    made = []
    for kept in record["levers"]:
        kind = KINDS.get(kept["kind"])
        if kind is None:
            raise Impossible(message("There is no lever “{found}”; the levers are {levers}.", found=kept["kind"], levers=", ".join(sorted(KINDS))))
        build: Callable[..., Lever] = kind
        made.append(build(**{name: tuple(value) if isinstance(value, list) else value for name, value in kept.items() if name != "kind"}))
    return Scenario(record["name"], tuple(made), record["method"])


def with_levers(scenario: Scenario, *levers: Lever) -> Scenario:
    """The same scenario with more levers."""
    return replace(scenario, levers=(*scenario.levers, *levers))
