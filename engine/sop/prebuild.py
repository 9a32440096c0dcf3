"""Peaks made flat: production that a resource cannot do in its month is moved to the latest earlier month with room, and what that costs.

What cannot be moved is the shortage that the meeting must rank. Families × months; resources × months.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from engine.sop.grid import Numbers
from engine.sop.rccp import Bill, load_of, over_hours

_DUST = 1e-9


@dataclass(frozen=True)
class Move:
    """Production of a family that is made earlier. hours: of the resource that was too full; cost: of keeping it until then."""

    family: str
    resource: str
    from_month: int
    to_month: int
    qty: float
    hours: float
    cost: float


@dataclass(frozen=True)
class Prebuilt:
    """made: production after the moves; moves; short: production that no month had room for, taken out of `made`; over_before, over_after: hours
    too many, resources × months. cost: of holding what is made earlier; saved: what those hours would have cost otherwise."""

    made: Numbers
    moves: tuple[Move, ...]
    short: Numbers
    over_before: Numbers
    over_after: Numbers
    cost: float
    saved: float

    @property
    def gain(self) -> float:
        """Saved − cost: below zero it is cheaper to work overtime than to build ahead."""
        return self.saved - self.cost


def prebuilt(
    production: Numbers, bill: Bill, available: Numbers, holding: Numbers, hour_price: Numbers | float = 0.0, *, first: int = 0, most_months: int | None = None,
    is_cut: bool = False,
) -> Prebuilt:  # fmt: skip
    """Move what is too much to earlier months.

    available: hours (not a number or infinite = no limit). holding: of a piece for a month, one a family: the family that is cheapest to
    keep per hour of the full resource is moved first. hour_price: of an hour beyond what is there (overtime, subcontractor), one a resource.
    first: the first month that may still be changed (the time fence). most_months: how far ahead may be built at most.
    is_cut: whether what cannot be moved is taken out of production (else it stays, and the hours stay over).
    """
    made, short = np.array(production, dtype=float), np.zeros(production.shape)
    limit = np.where(np.isnan(available), np.inf, available)
    before = over_hours(load_of(made, bill).hours, limit)
    price = np.broadcast_to(np.asarray(hour_price, dtype=float), (len(bill.resources),))
    free = limit - load_of(made, bill).hours
    moves: list[Move] = []
    work = _Work(bill, made, free, holding, moves, first, production.shape[1] if most_months is None else most_months)
    for month in range(production.shape[1] - 1, first - 1, -1):
        for resource in np.argsort(free[:, month]):
            if free[resource, month] < -_DUST:
                _relieve(work, int(resource), month)
    if is_cut:
        for month in range(first, production.shape[1]):
            for resource in np.argsort(free[:, month]):
                if free[resource, month] < -_DUST:
                    _cut(work, int(resource), month, short)
    after = np.maximum(-free, 0.0)
    after[after < 1e-7] = 0.0
    cost = float(sum(move.cost for move in moves))
    return Prebuilt(made, tuple(moves), short, before, after, cost, float((price[:, None] * (before - after)).sum()))


@dataclass
class _Work:
    bill: Bill
    made: Numbers
    free: Numbers
    holding: Numbers
    moves: list[Move]
    first: int
    most_months: int

    def uses(self, family: int) -> list[tuple[int, int, float]]:
        """(resource, months ahead, hours a piece) of a family."""
        return [
            (int(resource), ahead, float(uses[family, resource])) for ahead, uses in self.bill.per_unit.items() for resource in np.flatnonzero(uses[family] > 0)
        ]

    def room(self, family: int, month: int) -> float:
        """Pieces of a family that every resource still has room for, if they are finished in a month."""
        most = np.inf
        for resource, ahead, hours in self.uses(family):
            if month - ahead >= 0:
                most = min(most, max(float(self.free[resource, month - ahead]), 0.0) / hours)
        return most

    def change(self, family: int, month: int, qty: float) -> None:
        """More (or less) of a family in a month, with the hours that it takes."""
        self.made[family, month] += qty
        for resource, ahead, hours in self.uses(family):
            if month - ahead >= 0:
                self.free[resource, month - ahead] -= hours * qty


def _makers(work: _Work, resource: int, month: int) -> list[tuple[float, int, int, float]]:
    """(cost of keeping an hour's worth, family, month finished, hours a piece) of what loads a resource in a month, the cheapest first."""
    found = []
    for ahead, uses in work.bill.per_unit.items():
        done = month + ahead
        if done >= work.made.shape[1]:
            continue
        for family in np.flatnonzero((uses[:, resource] > 0) & (work.made[:, done] > _DUST)):
            hours = float(uses[family, resource])
            found.append((float(work.holding[family]) / hours, int(family), done, hours))
    return sorted(found)


def _relieve(work: _Work, resource: int, month: int) -> None:
    for _, family, done, hours in _makers(work, resource, month):
        earliest = max(work.first, done - work.most_months)
        for earlier in range(done - 1, earliest - 1, -1):
            over = -float(work.free[resource, month])
            if over <= _DUST:
                return
            asked = min(over / hours, float(work.made[family, done]))
            work.change(family, done, -asked)  # its own hours are free again before room is looked for
            qty = min(asked, work.room(family, earlier))
            work.change(family, done, asked - qty)
            if qty <= _DUST:
                continue
            work.change(family, earlier, qty)
            cost = float(work.holding[family]) * qty * (done - earlier)
            work.moves.append(Move(work.bill.families[family], work.bill.resources[resource], done, earlier, qty, qty * hours, cost))


def _cut(work: _Work, resource: int, month: int, short: Numbers) -> None:
    for _, family, done, hours in reversed(_makers(work, resource, month)):
        over = -float(work.free[resource, month])
        if over <= _DUST:
            return
        qty = min(over / hours, float(work.made[family, done]))
        work.change(family, done, -qty)
        short[family, done] += qty


def smoothness(made: Numbers) -> float:
    """Sum of the changes from month to month, all families together: what production and purchasing feel."""
    return float(np.abs(np.diff(made, axis=-1)).sum())


def moved_frame(moves: tuple[Move, ...], months: tuple[object, ...]) -> pl.DataFrame:
    """One row a move: family, resource, from_month, to_month, moved_qty, hours, holding_value."""
    rows = [(move.family, move.resource, months[move.from_month], months[move.to_month], move.qty, move.hours, move.cost) for move in moves]
    kinds = {"family": pl.String, "resource": pl.String, "from_month": pl.Date, "to_month": pl.Date, "moved_qty": pl.Float64, "hours": pl.Float64}
    return pl.DataFrame(rows, schema={**kinds, "holding_value": pl.Float64}, orient="row")
