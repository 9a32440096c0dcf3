"""The linear programme behind a supply plan, as sparse arrays: columns are decisions, rows are balances, capacities and crews.

Source of the model: Chopra and Meindl, Supply Chain Management, ch. 8 (aggregate planning), with several families and shared resources.
In the elastic form every constraint that a plan may break has a column that measures by how much.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from engine.sop.grid import Numbers
from engine.sop.supply import Supply

Places = npt.NDArray[np.int64]
BREAKING = {"floor": 1.0, "unmet": 20.0, "over": 4000.0}
"""What a unit of each broken constraint weighs when the nearest plan is sought: stock levels give way first, then demand, hours last."""


STOCK = ("stock", "kept", "spare")
"""The columns whose sum is a month's stock: what lies beyond every level, what fills the least level, what fills the one above it."""


@dataclass
class Columns:
    """The decisions by name, their price, their bounds."""

    places: dict[str, Places] = field(default_factory=dict)
    cost: list[Numbers] = field(default_factory=list)
    lower: list[Numbers] = field(default_factory=list)
    upper: list[Numbers] = field(default_factory=list)
    count: int = 0

    def add(self, name: str, shape: tuple[int, ...], cost: Numbers | float, upper: Numbers | float = np.inf, lower: Numbers | float = 0.0) -> Places:
        """A block of decisions; cost and bounds are one for all, or of the block's shape."""
        size = int(np.prod(shape))
        places = np.arange(self.count, self.count + size, dtype=np.int64).reshape(shape)
        for kept, values in ((self.cost, cost), (self.lower, lower), (self.upper, upper)):
            kept.append(np.broadcast_to(np.asarray(values, dtype=float), shape).ravel())
        self.places[name], self.count = places, self.count + size
        return places


@dataclass
class Rows:
    """Rows of a matrix under construction: (row, column, value) and a right-hand side."""

    row: list[Places] = field(default_factory=list)
    column: list[Places] = field(default_factory=list)
    value: list[Numbers] = field(default_factory=list)
    side: list[Numbers] = field(default_factory=list)
    count: int = 0

    def begin(self, side: Numbers) -> Places:
        """New rows with their right-hand sides; their numbers."""
        places = np.arange(self.count, self.count + side.size, dtype=np.int64).reshape(side.shape)
        self.side.append(side.ravel())
        self.count += side.size
        return places

    def put(self, rows: Places, columns: Places, values: Numbers | float) -> None:
        """Entries; `values` is one for all, or of their shape."""
        self.row.append(rows.ravel())
        self.column.append(columns.ravel())
        self.value.append(np.broadcast_to(np.asarray(values, dtype=float), rows.shape).ravel())

    def matrix(self, columns: int) -> tuple[sparse.csc_array, Numbers]:
        """The sparse matrix and the right-hand sides."""
        if not self.count:
            return sparse.csc_array((0, columns)), np.zeros(0)
        row, column, value = (np.concatenate(parts) for parts in (self.row, self.column, self.value))
        return sparse.csc_array((value, (row, column)), shape=(self.count, columns)), np.concatenate(self.side)


@dataclass(frozen=True)
class Programme:
    """min cost·x with equal·x = equal_side, below·x ≤ below_side, lower ≤ x ≤ upper. places: decision -> its columns; capacity: the rows of
    `below` of each resource and month, −1 where nothing limits it. breaking: weight of each column of a broken constraint, 0 for the others."""

    places: dict[str, Places]
    cost: Numbers
    lower: Numbers
    upper: Numbers
    equal: sparse.csc_array
    equal_side: Numbers
    below: sparse.csc_array
    below_side: Numbers
    capacity: Places
    breaking: Numbers


def programme_of(supply: Supply, is_elastic: bool = False) -> Programme:
    """The programme of a question. is_elastic: stock levels, demand and hours may be missed, at a weight."""
    families, months, resources = supply.shape
    columns, equal, below = Columns(), Rows(), Rows()
    _families(supply, columns, is_elastic)
    _resources(supply, columns)
    if is_elastic:
        columns.add("floor", (families, months), 0.0)
        columns.add("unmet", (families, months), 0.0)
        columns.add("over", (resources, months), 0.0)
    _balance(supply, columns, equal)
    capacity = _capacity(supply, columns, below)
    _crews(supply, columns, equal, below)
    if is_elastic:
        rows = below.begin(-_hard_floor(supply))
        below.put(rows, columns.places["stock"], -1.0)
        below.put(rows, columns.places["floor"], -1.0)
    breaking = np.zeros(columns.count)
    for name, weight in BREAKING.items() if is_elastic else ():
        worth = 1.0 if name == "over" else np.repeat(np.maximum(supply.rates.worth, 1e-3), months).reshape(families, months)
        breaking[columns.places[name]] = weight * worth
    cost, lower, upper = (np.concatenate(parts) for parts in (columns.cost, columns.lower, columns.upper))
    return Programme(columns.places, cost, lower, upper, *equal.matrix(columns.count), *below.matrix(columns.count), capacity, breaking)


def _least_stock(supply: Supply) -> Numbers:
    least = np.array(supply.floor, dtype=float)
    least[:, -1] = np.maximum(least[:, -1], supply.ending)
    return least


def _hard_floor(supply: Supply) -> Numbers:
    """The least stock of families that may never fall below it."""
    return np.where(np.isfinite(supply.rates.below), 0.0, 1.0)[:, None] * _least_stock(supply)


def _families(supply: Supply, columns: Columns, is_elastic: bool) -> None:
    families, months, _ = supply.shape
    rates, shape = supply.rates, (families, months)
    crewed = np.array([resource in supply.crewed for resource in range(len(supply.resources))], dtype=bool)
    hour = np.where(crewed, 0.0, rates.hour)
    made = rates.making + sum((uses @ hour for uses in supply.per_unit.values()), start=np.zeros(families))
    most = np.inf if supply.most_made is None else supply.most_made
    columns.add("made", shape, made[:, None], most, 0.0 if supply.least_made is None else supply.least_made)
    columns.add("stock", shape, rates.holding[:, None], lower=0.0 if is_elastic else _hard_floor(supply))
    may_fall = np.isfinite(rates.below)
    if may_fall.any():  # the part of the stock that fills the least: what it saves is what a missing piece costs
        below = np.where(may_fall, rates.below, 0.0)[:, None] * np.ones(months)
        at_end = may_fall & (supply.ending > 0) & np.isfinite(rates.owed)
        below[:, -1] = np.where(at_end, 0.9 * np.where(np.isfinite(rates.owed), rates.owed, 0.0), below[:, -1])
        columns.add("kept", shape, rates.holding[:, None] - below, np.where(may_fall[:, None], _least_stock(supply), 0.0))
    if supply.spare is not None:
        columns.add("spare", shape, (rates.holding - rates.spare)[:, None], supply.spare)
    late = np.where(np.isfinite(rates.backlog), rates.backlog, 0.0)[:, None] * np.ones(months)
    room = np.where(np.isfinite(rates.backlog), np.inf, 0.0)[:, None] * np.ones(months)
    can_stay_owed = np.isfinite(rates.owed) & np.isfinite(rates.backlog)
    late[:, -1] += np.where(can_stay_owed, np.where(np.isfinite(rates.owed), rates.owed, 0.0), 0.0)
    room[:, -1] = np.where(can_stay_owed, np.inf, 0.0)
    columns.add("backlog", shape, late, room)
    buys = np.flatnonzero(np.isfinite(rates.subcontract))
    if buys.size:
        limit = np.inf if supply.most_subcontract is None else supply.most_subcontract[buys]
        columns.add("subcontracted", (buys.size, months), rates.subcontract[buys][:, None], limit)
        columns.places["buyers"] = buys


def _resources(supply: Supply, columns: Columns) -> None:
    _, months, resources = supply.shape
    rates, shape = supply.rates, (resources, months)
    hour = np.where([resource in supply.crewed for resource in range(resources)], 0.0, rates.hour)
    for name, rate, limit in (("overtime", rates.overtime, supply.overtime), ("outside", rates.outside, supply.outside)):
        to_be_had = np.isfinite(rate)
        price = np.where(to_be_had, rate, hour) - hour
        columns.add(name, shape, price[:, None], np.where(to_be_had[:, None], limit, 0.0))
    for number, crew in enumerate(supply.crews):
        columns.add(f"heads{number}", (months,), crew.wage, crew.most)
        columns.add(f"hired{number}", (months,), crew.hire)
        columns.add(f"laid_off{number}", (months,), crew.lay_off)


def _balance(supply: Supply, columns: Columns, equal: Rows) -> None:
    """Stock before − backlog before + made + bought (+ never met) − stock + backlog = demand."""
    side = np.array(supply.demand, dtype=float)
    side[:, 0] += supply.owed - supply.opening
    rows, place = equal.begin(side), columns.places
    equal.put(rows, place["made"], 1.0)
    for part in STOCK:
        if part in place:
            equal.put(rows, place[part], -1.0)
            equal.put(rows[:, 1:], place[part][:, :-1], 1.0)
    equal.put(rows, place["backlog"], 1.0)
    equal.put(rows[:, 1:], place["backlog"][:, :-1], -1.0)
    if "subcontracted" in place:
        equal.put(rows[place["buyers"]], place["subcontracted"], 1.0)
    if "unmet" in place:
        equal.put(rows, place["unmet"], 1.0)


def _capacity(supply: Supply, columns: Columns, below: Rows) -> Places:
    """Hours asked ≤ hours there + overtime + hours from outside, for resources and months that have a limit."""
    _, months, resources = supply.shape
    there = np.array(supply.available, dtype=float)
    there[sorted(supply.crewed)] = 0.0
    is_limited = np.isfinite(there)
    rows = np.full((resources, months), -1, dtype=np.int64)
    rows[is_limited] = below.begin(there[is_limited])
    place = columns.places
    for ahead, uses in supply.per_unit.items():
        family, resource = np.nonzero(uses)
        if not family.size or ahead >= months:
            continue
        asking = rows[resource][:, : months - ahead]
        making = place["made"][family][:, ahead:]
        amount = np.broadcast_to(uses[family, resource][:, None], asking.shape)
        known = asking >= 0
        below.put(asking[known], making[known], amount[known])
    for name in ("overtime", "outside", "over"):
        if name in place:
            below.put(rows[is_limited], place[name][is_limited], -1.0)
    for number, crew in enumerate(supply.crews):
        below.put(rows[crew.resource], place[f"heads{number}"], -crew.hours)
    return rows


def _crews(supply: Supply, columns: Columns, equal: Rows, below: Rows) -> None:
    """Heads = heads before + hired − laid off; overtime ≤ what the heads may do."""
    months, place = supply.shape[1], columns.places
    for number, crew in enumerate(supply.crews):
        before = np.zeros(months)
        before[0] = crew.heads
        rows = equal.begin(before)
        heads = place[f"heads{number}"]
        equal.put(rows, heads, 1.0)
        equal.put(rows[1:], heads[:-1], -1.0)
        equal.put(rows, place[f"hired{number}"], -1.0)
        equal.put(rows, place[f"laid_off{number}"], 1.0)
        limit = below.begin(np.zeros(months))
        below.put(limit, place["overtime"][crew.resource], 1.0)
        below.put(limit, heads, -crew.overtime)


def whole_columns(programme: Programme) -> npt.NDArray[np.int64]:
    """1 for decisions that come in whole numbers (heads and pieces), 0 for hours."""
    found = np.zeros(programme.cost.size, dtype=np.int64)
    is_whole: Callable[[str], bool] = lambda name: name not in ("overtime", "outside", "over", "buyers")  # noqa: E731
    for name, places in programme.places.items():
        if is_whole(name):
            found[places] = 1
    return found
