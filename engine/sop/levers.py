"""The levers of the what-if drawer. Each says what it changes of a situation; none of them plans anything.

Empty families, months, areas or resources stand for all of them. Months are counted from 0, as columns of the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine.errors import Impossible
from engine.messages import Message, message
from engine.sop.grid import Numbers
from engine.sop.situation import Situation


class Lever(Protocol):
    """Anything that changes a situation."""

    def on(self, situation: Situation) -> Situation:
        """The situation after it. Raises Impossible where it cannot be."""


def applied(situation: Situation, levers: Sequence[Lever]) -> Situation:
    """A situation after some levers, one after the other."""
    for lever in levers:
        situation = lever.on(situation)
    return situation


def _chosen(names: Sequence[str], all_names: Sequence[str], what: Message) -> npt.NDArray[np.bool_]:
    """Which of all names are meant; none named = all."""
    unknown = sorted(set(names) - set(all_names))
    if unknown:
        raise Impossible(message("This plan does not have “{found}” ({what}). Choose one that it has.", what=what, found=unknown[0]))
    return np.array([not names or name in names for name in all_names], dtype=bool)


def _in_months(months: Sequence[int], count: int) -> npt.NDArray[np.bool_]:
    outside = [month for month in months if not 0 <= month < count]
    if outside:
        raise Impossible(message("The plan has {n_months} months; month {found} is none of them.", n_months=count, found=outside[0] + 1))
    return np.array([not months or month in months for month in range(count)], dtype=bool)


def _cells(situation: Situation, families: Sequence[str], months: Sequence[int]) -> npt.NDArray[np.bool_]:
    rows, columns = _chosen(families, situation.axes.families, message("family")), _in_months(months, situation.axes.shape[1])
    return np.asarray(rows[:, None] & columns[None, :])


def _times(share: float, what: Message) -> float:
    """1 + share. Raises Impossible where nothing less than nothing would be left."""
    if not np.isfinite(share) or share < -1:
        raise Impossible(message("Nothing can fall by more than all of it; the change of {what} was {found_share}.", what=what, found_share=share))
    return 1 + share


@dataclass(frozen=True)
class DemandLever:
    """Demand more or less by a share, of families, months and sales areas. A share of one area moves the family by what the area is of it."""

    share: float
    families: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()

    def on(self, situation: Situation) -> Situation:
        """Demand of the chosen cells × (1 + share × share of the areas)."""
        factor = _times(self.share, message("demand")) - 1
        weight = np.ones(situation.axes.shape[0])
        if self.areas:
            if situation.area_share is None:
                raise Impossible(message("How the families sell by area is unknown, so demand cannot be changed by area. Change it by family."))
            weight = situation.area_share[:, _chosen(self.areas, situation.areas, message("area"))].sum(axis=1)
        change = np.where(_cells(situation, self.families, self.months), factor * weight[:, None], 0.0)
        return replace(situation, demand=situation.demand * (1 + change))


@dataclass(frozen=True)
class CapacityLever:
    """Normal hours of resources more or less: by a share, and by hours a month on top (another shift)."""

    share: float = 0.0
    hours: float = 0.0
    resources: tuple[str, ...] = ()
    months: tuple[int, ...] = ()

    def on(self, situation: Situation) -> Situation:
        """available × (1 + share) + hours, never below zero."""
        cells = _chosen(self.resources, situation.resources, message("resource"))[:, None] & _in_months(self.months, situation.axes.shape[1])
        changed = np.maximum(situation.available * _times(self.share, message("capacity")) + self.hours, 0.0)
        return replace(situation, available=np.where(cells, changed, situation.available))


@dataclass(frozen=True)
class OvertimeLever:
    """How much of the overtime that is allowed may be used: 0 none, 1 all, 1.5 half as much again."""

    times: float
    resources: tuple[str, ...] = ()
    months: tuple[int, ...] = ()

    def on(self, situation: Situation) -> Situation:
        """overtime_most × times; overtime of crews in the same way."""
        times = _times(self.times - 1, message("overtime"))
        chosen, columns = _chosen(self.resources, situation.resources, message("resource")), _in_months(self.months, situation.axes.shape[1])
        most = np.where(chosen[:, None] & columns, situation.overtime_most * times, situation.overtime_most)
        crews = tuple(
            replace(crew, overtime=np.where(columns, crew.overtime * times, crew.overtime)) if chosen[crew.resource] else crew for crew in situation.crews
        )
        return replace(situation, overtime_most=most, crews=crews)


@dataclass(frozen=True)
class SubcontractLever:
    """What others can do for us: hours more a month on resources (needs a price for them), or pieces more a month of families."""

    hours: float = 0.0
    pieces: float = 0.0
    resources: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    months: tuple[int, ...] = ()

    def on(self, situation: Situation) -> Situation:
        """outside_most + hours, subcontract_most + pieces, never below zero."""
        columns = _in_months(self.months, situation.axes.shape[1])
        machines = _chosen(self.resources, situation.resources, message("resource"))[:, None] & columns
        outside = np.where(machines, np.maximum(np.nan_to_num(situation.outside_most) + self.hours, 0.0), situation.outside_most)
        most = situation.subcontract_most
        if self.pieces:
            unpriced = _chosen(self.families, situation.axes.families, message("family")) & ~np.isfinite(situation.subcontract)
            if unpriced.all():
                raise Impossible(message("Nobody said what a bought piece of these families costs. Give a price, or buy hours instead."))
            base = np.zeros(situation.axes.shape) if most is None else most
            most = np.where(_cells(situation, self.families, self.months), np.maximum(base + self.pieces, 0.0), base)
        return replace(situation, outside_most=outside, subcontract_most=most)


@dataclass(frozen=True)
class SafetyLever:
    """How much of the safety stock may be given up: 1 = to nothing."""

    share: float
    families: tuple[str, ...] = ()
    months: tuple[int, ...] = ()

    def on(self, situation: Situation) -> Situation:
        """The share that may be released in the chosen cells."""
        if not 0 <= self.share <= 1:
            raise Impossible(message("Between nothing and all of the safety stock can be released; {found_share} was asked.", found_share=self.share))
        return replace(situation, released=np.where(_cells(situation, self.families, self.months), self.share, situation.release))


@dataclass(frozen=True)
class PrebuildLever:
    """How many months ahead may be built; 0 = each month makes its own."""

    months: int

    def on(self, situation: Situation) -> Situation:
        """The furthest move that `prebuild` may make."""
        if self.months < 0:
            raise Impossible(message("Nothing can be built after it is needed; {found} months were asked. Say 0 or more.", found=self.months))
        return replace(situation, prebuild_months=self.months)


@dataclass(frozen=True)
class PriceLever:
    """Price more or less by a share, and what demand does then: elasticity −2 = 1 % dearer sells 2 % less."""

    share: float
    elasticity: float = 0.0
    families: tuple[str, ...] = ()
    months: tuple[int, ...] = ()

    def on(self, situation: Situation) -> Situation:
        """price × (1 + share), demand × (1 + elasticity × share), never below zero."""
        cells, factor = _cells(situation, self.families, self.months), _times(self.share, message("price"))
        demand = situation.demand * np.maximum(1 + self.elasticity * self.share, 0.0)
        return replace(situation, price=np.where(cells, situation.price * factor, situation.price), demand=np.where(cells, demand, situation.demand))


@dataclass(frozen=True)
class PromotionLever:
    """A promotion of some months: price_cut is taken off a piece and discount_share off its price, demand of these months rises by own_share, and of
    each of the pulled_months after them pulled_share is bought ahead. spend: money, in equal parts over its months.

    Months next to each other are one promotion; what is bought ahead comes from the months before the next one. What months beyond the plan lose is not
    counted. Source: Chopra and Meindl, Supply Chain Management, ch. 9 (10 %, 20 % of each of the next two months).
    """

    months: tuple[int, ...]
    price_cut: float = 0.0
    own_share: float = 0.10
    pulled_share: float = 0.20
    pulled_months: int = 2
    families: tuple[str, ...] = ()
    discount_share: float = 0.0
    spend: float = 0.0

    def on(self, situation: Situation) -> Situation:
        """Demand moved from the months after into the months of the promotion; the price falls in these alone, and what is spent is paid in them."""
        for share, said in (
            (self.pulled_share, message("Between nothing and all of a month can be bought ahead; {found_share} was asked.", found_share=self.pulled_share)),
            (self.discount_share, message("Between nothing and all of the price can be taken off; {found_share} was asked.", found_share=self.discount_share)),
        ):
            if not 0 <= share <= 1:
                raise Impossible(said)
        if not np.isfinite(self.spend) or self.spend < 0:
            raise Impossible(message("A promotion costs nothing or something; {found_money} was given.", found_money=self.spend))
        uplift, cells = _times(self.own_share, message("demand")) - 1, _cells(situation, self.families, self.months)
        rows = _chosen(self.families, situation.axes.families, message("family"))
        left = situation.price * (1 - self.discount_share)
        if (left[cells] < self.price_cut).any():
            raise Impossible(message("The price cannot be cut by {found_money}: that is more than the price. Cut less.", found_money=self.price_cut))
        when = _in_months(self.months, situation.axes.shape[1])
        demand = promoted(situation.demand, when, uplift, self.pulled_share, self.pulled_months)
        return replace(
            situation, price=np.where(cells, left - self.price_cut, situation.price), demand=np.where(rows[:, None], demand, situation.demand),
            campaign=situation.campaign + np.where(when, self.spend / max(int(when.sum()), 1), 0.0),
        )  # fmt: skip


def promoted(demand: Numbers, when: npt.NDArray[np.bool_], own_share: float, pulled_share: float = 0.20, pulled_months: int = 2) -> Numbers:
    """Demand after promotions. when: which months are promoted. Each has (1 + own_share) of its own and its part of what the months after lose."""
    changed = np.array(demand, dtype=float)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], when.astype(int), [0]))))
    firsts, ends = edges[::2], edges[1::2]
    for first, end, following in zip(firsts, ends, [*firsts[1:], len(when)], strict=True):
        own, later = changed[..., first:end].copy(), slice(end, min(end + pulled_months, following))
        pulled = pulled_share * changed[..., later]
        whole = own.sum(axis=-1, keepdims=True)
        part = np.where(whole > 0, own / np.where(whole > 0, whole, 1.0), 1 / (end - first))
        changed[..., first:end] = own * (1 + own_share) + part * pulled.sum(axis=-1, keepdims=True)
        changed[..., later] -= pulled
    return changed


KINDS: dict[str, type] = {
    each.__name__: each for each in (DemandLever, CapacityLever, OvertimeLever, SubcontractLever, SafetyLever, PrebuildLever, PriceLever, PromotionLever)
}
"""The levers by name, as a record keeps them."""
