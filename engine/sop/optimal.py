"""The cheapest supply plan (linear programme, HiGHS), in parts that share no resource; and where there is none, the nearest one and why."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import optimize, sparse
from scipy.sparse import csgraph

from engine.errors import Impossible
from engine.messages import Message, message
from engine.sop.grid import Numbers
from engine.sop.programme import STOCK, Programme, programme_of, whole_columns
from engine.sop.supply import COSTS, Breach, Decisions, Supply, SupplyPlan, costs_of

_DUST = 1e-6
_LONGEST_WHOLE = 20.0
"""Seconds after which the best whole plan found so far is taken."""


def optimal(supply: Supply, *, whole: bool = False, before: SupplyPlan | None = None) -> SupplyPlan:
    """The cheapest plan that meets demand (late, where backlog has a price), capacity, stock levels and crews.

    whole: heads and pieces in whole numbers. before: an earlier plan: parts whose question is unchanged are taken from it.
    Where no plan meets everything, the nearest one is given with its breaches: least stock gives way first, then demand (least worth first),
    hours only where production itself is fixed beyond them.
    """
    kept = {} if before is None else before.parts
    parts: list[tuple[list[int], list[int], SupplyPlan]] = []
    known: dict[bytes, SupplyPlan] = {}
    for families, resources in _components(supply):
        part = supply.part(families, resources)
        key = _key(part, whole)
        known[key] = kept[key] if key in kept else _solved(part, whole)
        parts.append((families, resources, known[key]))
    return _joined(supply, parts, known, whole)


def _components(supply: Supply) -> Iterable[tuple[list[int], list[int]]]:
    """Families and resources that hang together by use; families that no resource limits are one part."""
    families, _, resources = supply.shape
    uses = sum((np.abs(uses) for uses in supply.per_unit.values()), start=np.zeros((families, resources)))
    links = sparse.csr_array(np.block([[np.zeros((families, families)), uses], [uses.T, np.zeros((resources, resources))]]))
    count, label = csgraph.connected_components(links, directed=False)
    free = [row for row in range(families) if not uses[row].any()]
    if free:
        yield free, []
    for number in range(count):
        mine = np.flatnonzero(label == number)
        rows = [int(node) for node in mine if node < families and node not in free]
        if rows:
            yield rows, [int(node) - families for node in mine if node >= families]


def _key(part: Supply, whole: bool) -> bytes:
    """What a part's plan depends on."""
    digest = hashlib.blake2b(repr((part.families, part.months, part.resources, whole)).encode(), digest_size=16)
    arrays: list[Any] = [part.demand, part.opening, part.owed, part.floor, part.ending, part.available, part.overtime, part.outside]
    arrays += [part.least_made, part.most_made, part.most_subcontract, part.spare, *vars(part.rates).values()]
    arrays += [value for ahead in sorted(part.per_unit) for value in (np.array(ahead), part.per_unit[ahead])]
    for crew in part.crews:
        arrays += [np.array([crew.resource, crew.heads, crew.hire, crew.lay_off, crew.most]), crew.hours, crew.overtime, crew.wage]
    for array in arrays:
        digest.update(b"-" if array is None else np.ascontiguousarray(array, dtype=float).tobytes())
        digest.update(b"|")
    return digest.digest()


# ── one part ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _solved(part: Supply, whole: bool) -> SupplyPlan:
    programme = programme_of(part)
    if (programme.lower <= programme.upper).all():
        values, worth = _run(programme, programme.cost, whole)
        if values is not None:
            return _plan(part, programme, values, worth, whole)
    return _nearest(part, whole)


def _nearest(part: Supply, whole: bool) -> SupplyPlan:
    """First as little broken as possible, then, with that much broken, as cheap as possible."""
    programme = programme_of(part, is_elastic=True)
    if (programme.lower > programme.upper).any():
        raise Impossible(message("More is to be made than may be made in the same month. Correct the least and the most production."))
    least, worth = _run(programme, programme.breaking, False)
    if least is None:
        raise Impossible(message("No plan keeps the crews and the fixed production at once. Free one of them."))
    is_breaking = programme.breaking > 0
    slack = np.where(is_breaking, np.maximum(least, 0.0), 0.0)
    upper = np.where(is_breaking, slack * (1 + 1e-9) + _DUST, programme.upper)
    values, worth_of_money = _run(replace(programme, upper=upper), programme.cost, whole)
    if values is None:  # whole numbers may need a little more room than the best of fractions
        values, worth_of_money = _run(replace(programme, upper=np.where(is_breaking, np.ceil(slack + 1), programme.upper)), programme.cost, whole)
    if values is None:
        values, worth_of_money = least, worth
    plan = _plan(part, programme, values, worth_of_money, whole)
    breaches = _breaches(part, programme, values)
    stood = np.argwhere(_hour_worth(programme, worth) > _DUST)
    binding = tuple((part.resources[row], part.months[column]) for row, column in stood)
    return replace(plan, breaches=breaches, binding=binding, said=_said(breaches, binding))


def _run(programme: Programme, cost: Numbers, whole: bool) -> tuple[Numbers | None, Numbers | None]:
    """(values of the decisions, worth of a unit more on each row of `below`) of the best solution; (None, None) where there is none."""
    if whole:
        rows = sparse.vstack([programme.equal, programme.below]).tocsc()
        low = np.concatenate([programme.equal_side, np.full(programme.below_side.size, -np.inf)])
        high = np.concatenate([programme.equal_side, programme.below_side])
        found = optimize.milp(
            cost, integrality=whole_columns(programme), bounds=optimize.Bounds(programme.lower, programme.upper),
            constraints=optimize.LinearConstraint(rows, low, high), options={"time_limit": _LONGEST_WHOLE, "mip_rel_gap": 1e-7},
        )  # fmt: skip
        return (None, None) if found.x is None else (np.asarray(found.x), None)
    return _by_simplex(programme, cost)


def _by_simplex(programme: Programme, cost: Numbers) -> tuple[Numbers | None, Numbers | None]:
    """The same in fractions. Decisions that are settled by their bounds are taken out first, and the solver's own preparation is left out: both
    take longer than they save here."""
    is_open = programme.upper > programme.lower
    values = np.where(is_open, 0.0, programme.lower)
    equal, below = programme.equal[:, is_open], programme.below[:, is_open] if programme.below.shape[0] else None
    found = optimize.linprog(
        cost[is_open], A_ub=below, b_ub=None if below is None else programme.below_side - programme.below @ values, A_eq=equal,
        b_eq=programme.equal_side - programme.equal @ values, bounds=np.stack([programme.lower[is_open], programme.upper[is_open]], axis=1),
        method="highs-ds", options={"presolve": False},
    )  # fmt: skip
    if found.status != 0:
        return None, None
    values[is_open] = found.x
    return values, np.zeros(0) if below is None else -np.asarray(found.ineqlin.marginals)


def _hour_worth(programme: Programme, worth: Numbers | None) -> Numbers:
    """Resources × months: what one more hour would save; 0 where nothing limits, not a number where whole numbers were asked for."""
    if worth is None:
        return np.full(programme.capacity.shape, np.nan)
    padded = np.append(worth, 0.0)
    return np.asarray(np.maximum(padded[programme.capacity], 0.0))


def _plan(part: Supply, programme: Programme, values: Numbers, worth: Numbers | None, whole: bool) -> SupplyPlan:
    families, months, resources = part.shape
    values = np.where(np.abs(values) < 1e-9, 0.0, values)
    place = programme.places

    def block(name: str, shape: tuple[int, int]) -> Numbers:
        return np.asarray(values[place[name]]) if name in place else np.zeros(shape)

    bought = np.zeros((families, months))
    if "subcontracted" in place:
        bought[place["buyers"]] = values[place["subcontracted"]]
    people = {name: np.full((resources, months), np.nan) for name in ("heads", "hired", "laid_off")}
    for number, crew in enumerate(part.crews):
        for name, grid in people.items():
            grid[crew.resource] = values[place[f"{name}{number}"]]
    stock = sum((block(name, (families, months)) for name in STOCK), start=np.zeros((families, months)))
    chosen = Decisions(
        made=block("made", (families, months)), subcontracted=bought, stock=np.asarray(stock),
        backlog=block("backlog", (families, months)), unmet=block("unmet", (families, months)),
        overtime=block("overtime", (resources, months)), outside=block("outside", (resources, months)), **people,
    )  # fmt: skip
    return SupplyPlan(**vars(chosen), hour_worth=_hour_worth(programme, worth), costs=costs_of(part, chosen), whole=whole)


# ── what could not be kept ───────────────────────────────────────────────────────────────────────────────────────────────


def _breaches(part: Supply, programme: Programme, values: Numbers) -> tuple[Breach, ...]:
    found: list[Breach] = []
    last = len(part.months) - 1
    for kind, name, names in (("demand", "unmet", part.families), ("floor", "floor", part.families), ("capacity", "over", part.resources)):
        amounts = values[programme.places[name]]
        for row, month in np.argwhere(amounts > 1e-4 * (1 + np.abs(part.demand).max(initial=0.0) * 1e-3)):
            is_end = kind == "floor" and month == last and part.ending[row] > part.floor[row, month]
            found.append(Breach("ending" if is_end else kind, names[row], part.months[month], float(amounts[row, month])))
    return _ranked(found)


def _ranked(found: Iterable[Breach]) -> tuple[Breach, ...]:
    return tuple(sorted(found, key=lambda each: (BREACH_RANK.index(each.kind), -each.amount)))


BREACH_RANK = ("capacity", "demand", "ending", "floor")
"""The worst breach comes first."""
KINDS = {
    "capacity": message("{where} lacks {amount_qty} hours in {month} for production that is fixed."),
    "demand": message("{amount_qty} of {where} asked for in {month} cannot be delivered."),
    "ending": message("{where} ends {amount_qty} below the stock that is wanted at the end."),
    "floor": message("{where} falls {amount_qty} below its least stock in {month}."),
}


def _said(breaches: tuple[Breach, ...], binding: tuple[tuple[str, Any], ...]) -> Message | None:
    """The sentence that names the worst breach, and what stood in the way."""
    if not breaches:
        return None
    worst = breaches[0]
    first = replace(KINDS[worst.kind], values=(("where", worst.where), ("month", worst.month), ("amount_qty", worst.amount)))
    if not binding:
        return message("No plan keeps everything. {first} The plan shown is the nearest that can be kept.", first=first)
    return message(
        "No plan keeps everything. {first} {resource} is full in {month}. The plan shown is the nearest that can be kept.",
        first=first, resource=binding[0][0], month=binding[0][1],
    )  # fmt: skip


# ── the parts together ───────────────────────────────────────────────────────────────────────────────────────────────────


def _joined(supply: Supply, parts: list[tuple[list[int], list[int], SupplyPlan]], known: dict[bytes, SupplyPlan], whole: bool) -> SupplyPlan:
    families, months, resources = supply.shape
    of_families = {name: np.zeros((families, months)) for name in ("made", "subcontracted", "stock", "backlog", "unmet")}
    of_resources = {name: np.zeros((resources, months)) for name in ("overtime", "outside", "hour_worth")}
    of_resources |= {name: np.full((resources, months), np.nan) for name in ("heads", "hired", "laid_off")}
    for rows, machines, plan in parts:
        for name, grid in of_families.items():
            grid[rows] = getattr(plan, name)
        for name, grid in of_resources.items():
            grid[machines] = getattr(plan, name)
    breaches = _ranked(each for _, _, plan in parts for each in plan.breaches)
    binding = tuple(each for _, _, plan in parts for each in plan.binding)
    costs = {name: float(sum(plan.costs[name] for _, _, plan in parts)) for name in COSTS}
    return SupplyPlan(
        **of_families, **of_resources, costs=costs, breaches=breaches, binding=binding, said=_said(breaches, binding), whole=whole, parts=known
    )  # fmt: skip
