"""Rough-cut capacity: what a production plan asks of each resource, by three methods, and where it does not fit.

Overall factors share total hours out by history; a bill of resources takes hours by family; a resource profile takes them in the month in
which they fall, set-ups included. They differ on purpose: overall factors cannot see a change of the mix.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.messages import Message, message
from engine.sop.grid import Numbers

NO_HOURS = message("The resource has no hours in this month, and the plan needs it.")
NOT_NEEDED = message("The family does not use this resource.")
NO_CAPACITY_GIVEN = message("No capacity was given for this month.")
NOT_PLANNED_YET = message("The resource works for months after this one that the plan does not reach, so its load is not known yet.")


@dataclass(frozen=True)
class Use:
    """One step of a family on a resource. per_unit: resource units in one piece. months_ahead: how many months before the piece is finished it
    falls. setup: resource units in each month in which the family is made at all."""

    family: str
    resource: str
    per_unit: float
    months_ahead: int = 0
    setup: float = 0.0


@dataclass(frozen=True)
class Bill:
    """The uses as arrays. per_unit, setup: months ahead -> families × resources."""

    families: tuple[str, ...]
    resources: tuple[str, ...]
    per_unit: dict[int, Numbers]
    setup: dict[int, Numbers]

    @property
    def whole(self) -> Numbers:
        """Families × resources: units of a resource in one piece, whenever they fall."""
        none = np.zeros((len(self.families), len(self.resources)))
        return np.asarray(sum(self.per_unit.values(), start=none))

    @property
    def without(self) -> tuple[str, ...]:
        """Families that no resource limits: of them nobody said what they need."""
        uses = self.whole + sum(self.setup.values(), start=np.zeros(self.whole.shape))
        return tuple(family for family, row in zip(self.families, uses, strict=True) if not row.any())


def bill_of(families: Sequence[str], resources: Sequence[str], uses: Iterable[Use]) -> Bill:
    """A bill of resources; uses of other families or resources are left out, several uses of one add up."""
    rows, columns = {family: row for row, family in enumerate(families)}, {resource: column for column, resource in enumerate(resources)}
    per_unit: dict[int, Numbers] = {0: np.zeros((len(rows), len(columns)))}
    setup: dict[int, Numbers] = {}
    for use in uses:
        if use.family not in rows or use.resource not in columns:
            continue
        place = rows[use.family], columns[use.resource]
        per_unit.setdefault(use.months_ahead, np.zeros((len(rows), len(columns))))[place] += use.per_unit
        if use.setup:
            setup.setdefault(use.months_ahead, np.zeros((len(rows), len(columns))))[place] += use.setup
    return Bill(tuple(families), tuple(resources), per_unit, setup)


def rated_capacity(
    units: Numbers | float, shifts: Numbers | float, hours: Numbers | float, days: Numbers | float, utilisation: Numbers | float, efficiency: Numbers | float
) -> Numbers:  # fmt: skip
    """Hours that are there: units × shifts × hours of a shift × days × utilisation × efficiency."""
    return np.asarray(np.asarray(units) * shifts * hours * days * utilisation * efficiency)


# ── load ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Load:
    """hours: resources × months. before: resources × months before the first one (the last column is the month just before): what the plan
    would have needed by then because it falls months ahead."""

    hours: Numbers
    before: Numbers


def is_unseen(bill: Bill, months: int) -> npt.NDArray[np.bool_]:
    """Resources × months: whether a part of the load hangs on months that lie behind the plan, because the work falls months ahead of the finished piece."""
    hidden = np.zeros((len(bill.resources), months), dtype=bool)
    for uses in (bill.per_unit, bill.setup):
        for ahead, needed in uses.items():
            if ahead:
                hidden[needed.any(axis=0), max(months - ahead, 0) :] = True
    return hidden


def overall_factors(plan: Numbers, hours_per_unit: Numbers, shares: Numbers) -> Numbers:
    """Resources × months: total hours of the plan × each resource's historical share. shares: one a resource, their sum is 1."""
    return np.outer(shares, np.asarray(hours_per_unit) @ plan)


def load_of(plan: Numbers, bill: Bill) -> Load:
    """What a plan (families × months) asks of each resource, in the month in which it falls."""
    months = plan.shape[-1]
    furthest = max((*bill.per_unit, *bill.setup, 0))
    hours = np.zeros((len(bill.resources), furthest + months))
    is_made = (plan > 0).astype(float)
    for ahead in {*bill.per_unit, *bill.setup}:
        asked = np.zeros((len(bill.resources), months))
        if ahead in bill.per_unit:
            asked = asked + bill.per_unit[ahead].T @ plan
        if ahead in bill.setup:
            asked = asked + bill.setup[ahead].T @ is_made
        hours[:, furthest - ahead : furthest - ahead + months] += asked
    return Load(hours[:, furthest:], hours[:, :furthest])


@dataclass(frozen=True)
class Bottleneck:
    """The resource and month with the highest load. share: load ÷ available, None where there are no hours at all. over: hours too many."""

    resource: str
    month: date
    share: float | None
    over: float


def load_share(hours: Numbers, available: Numbers) -> Numbers:
    """Load ÷ available; 0 where nothing is asked of a resource without hours, not a number where something is, or where capacity is unknown."""
    there = np.where(np.isnan(available), 0.0, available)
    share = np.where(there > 0, hours / np.where(there > 0, there, 1.0), np.nan)
    return np.asarray(np.where((hours <= 0) & ~np.isnan(available), 0.0, share))


def over_hours(hours: Numbers, available: Numbers) -> Numbers:
    """Hours beyond what is there; not a number where capacity is unknown."""
    return np.asarray(np.maximum(hours - available, 0.0))


def bottleneck(hours: Numbers, available: Numbers, resources: Sequence[str], months: Sequence[date]) -> Bottleneck | None:
    """The resource × month with the highest load; a resource without hours that something is asked of comes before all. None without any."""
    if not hours.size or np.isnan(available).all():
        return None
    rank = np.where(np.isnan(available), -1.0, np.where((available <= 0) & (hours > 0), np.inf, np.nan_to_num(load_share(hours, available))))
    row, column = np.unravel_index(int(np.argmax(rank)), rank.shape)
    share = None if np.isinf(rank[row, column]) else float(rank[row, column])
    return Bottleneck(resources[int(row)], months[int(column)], share, float(over_hours(hours, available)[row, column]))


def board(
    hours: Numbers, available: Numbers, resources: Sequence[str], months: Sequence[date], most: Numbers | None = None,
    unseen: npt.NDArray[np.bool_] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """resource, month, load, available, load_share, over, free, most, load_share_why (Message JSON): one row a resource and month.

    available: not a number where nobody gave it. most: with overtime and subcontracting. unseen: where a part of the load is not known yet
    (`is_unseen`); what is known of it is told only where it is too much already.
    """
    if unseen is not None:
        hours = np.where(unseen & ~(hours > available), np.nan, hours)
    share, over = load_share(hours, available), over_hours(hours, available)
    whys = [[_why(hours[row, column], available[row, column]) for column in range(len(months))] for row in range(len(resources))]
    return pl.DataFrame(
        {
            "resource": pl.Series([resource for resource in resources for _ in months], dtype=pl.String),
            "month": pl.Series([month for _ in resources for month in months], dtype=pl.Date),
            "load": hours.ravel(),
            "available": available.ravel(),
            "load_share": share.ravel(),
            "over": over.ravel(),
            "free": np.maximum(available - hours, 0.0).ravel(),
            "most": (available if most is None else most).ravel(),
            "load_share_why": pl.Series([None if why is None else why.to_json() for row in whys for why in row], dtype=pl.String),
        }
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


def _why(load: float, available: float) -> Message | None:
    if np.isnan(available):
        return NO_CAPACITY_GIVEN
    if np.isnan(load):
        return NOT_PLANNED_YET
    return NO_HOURS if available <= 0 < load else None


def margin_per_hour(margin: Numbers, hours_per_unit: Numbers, families: Sequence[str]) -> pl.DataFrame:
    """family, unit_margin, hours_per_unit, margin_per_hour: what an hour of the bottleneck earns with each family, the best first.

    margin: of one piece; hours_per_unit: hours of the bottleneck in it. A family that does not use it has no figure and stands last.
    """
    uses = np.asarray(hours_per_unit, dtype=float) > 0
    earned = np.where(uses, np.asarray(margin, dtype=float) / np.where(uses, hours_per_unit, 1.0), np.nan)
    frame = pl.DataFrame(
        {"family": pl.Series(list(families), dtype=pl.String), "unit_margin": margin, "hours_per_unit": hours_per_unit, "margin_per_hour": earned}
    )
    return frame.with_columns(pl.col(pl.Float64).fill_nan(None)).sort("margin_per_hour", "family", descending=[True, False], nulls_last=True)
