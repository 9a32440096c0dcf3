"""What a plan means: stock, backlog, revenue, margin, stock value, cash, hours, heads and materials, month by month."""

from dataclasses import dataclass

import numpy as np

from engine.sop.executable import Executable
from engine.sop.grid import Numbers
from engine.sop.rccp import load_of, load_share
from engine.sop.situation import Situation


@dataclass(frozen=True)
class Projection:
    """Families × months: shipped, late, stock (pieces), revenue, margin, stock_value (money). Resources × months: hours, share (load ÷ available,
    not a number where there are none), overtime, outside, over (hours that nobody has), heads (needed, not a number where unknown).
    By month: plan_cost (making, hours, overtime, outside, subcontract, holding, backlog, wages, promotions), cash (at the end). materials: needed, materials
    × months, None without recipes; short: what of it is neither there nor coming in."""

    shipped: Numbers
    late: Numbers
    stock: Numbers
    revenue: Numbers
    margin: Numbers
    stock_value: Numbers
    hours: Numbers
    share: Numbers
    overtime: Numbers
    outside: Numbers
    over: Numbers
    heads: Numbers
    plan_cost: Numbers
    cash: Numbers
    materials: Numbers | None
    materials_short: Numbers | None


@dataclass(frozen=True)
class Made:
    """What a method of planning decided: made, bought: families × months; overtime, outside: hours, resources × months; crew_cost: wages, hiring
    and lay-off by month."""

    made: Numbers
    bought: Numbers
    overtime: Numbers
    outside: Numbers
    crew_cost: Numbers


def extra_hours(situation: Situation, hours: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """(overtime, hours from outside, hours that nobody has) of a load: what is too much goes to whatever is cheaper first."""
    there = np.where(np.isnan(situation.available), np.inf, situation.available)
    over = np.maximum(hours - there, 0.0)
    can_overtime = np.where(np.isfinite(situation.overtime)[:, None], np.nan_to_num(situation.overtime_most), 0.0)
    can_outside = np.where(np.isfinite(situation.outside)[:, None], np.nan_to_num(situation.outside_most), 0.0)
    cheaper_outside = (situation.outside < situation.overtime)[:, None]
    first = np.minimum(over, np.where(cheaper_outside, can_outside, can_overtime))
    second = np.minimum(over - first, np.where(cheaper_outside, can_overtime, can_outside))
    overtime, outside = np.where(cheaper_outside, second, first), np.where(cheaper_outside, first, second)
    return np.asarray(overtime), np.asarray(outside), np.asarray(over - first - second)


def projected(situation: Situation, made: Made, shipping: Executable) -> Projection:
    """The consequences of what is made and shipped. What is late is paid at the price of the month in which it was ordered."""
    hours = load_of(made.made, situation.bill).hours
    there = np.where(np.isnan(situation.available), np.inf, situation.available)
    crewed = sorted({crew.resource for crew in situation.crews})
    over = np.maximum(hours - there - made.overtime - made.outside, 0.0)
    over[crewed] = 0.0  # the plan of a crew has bounds of its own
    revenue = _revenue(situation, shipping)
    cost = made_cost(situation, made, hours, shipping)
    heads = np.full(hours.shape, np.nan)
    if situation.hours_per_head is not None:
        known = situation.hours_per_head > 0
        heads = np.where(known, hours / np.where(known, situation.hours_per_head, 1.0), np.nan)
    needed, short = _materials(situation, made.made)
    return Projection(
        shipped=shipping.shipped, late=shipping.late, stock=shipping.stock, revenue=revenue,
        margin=revenue - shipping.shipped * situation.unit_cost[:, None], stock_value=np.maximum(shipping.stock, 0.0) * situation.unit_cost[:, None],
        hours=hours, share=load_share(hours, situation.available), overtime=made.overtime, outside=made.outside, over=over, heads=heads, plan_cost=cost,
        cash=_cash(situation, made, hours, revenue), materials=needed, materials_short=short,
    )  # fmt: skip


def _revenue(situation: Situation, shipping: Executable) -> Numbers:
    """Shipments at the price at which they were ordered: what is late goes first, at the mean price of what is owed."""
    revenue = np.zeros(situation.axes.shape)
    owed = np.array(np.broadcast_to(situation.owed, situation.axes.shape[:1]), dtype=float)
    owed_value = owed * situation.price[:, 0]
    for month in range(situation.axes.shape[1]):
        shipped, price = shipping.shipped[:, month], situation.price[:, month]
        of_owed = np.minimum(shipped, owed)
        part = np.where(owed > 0, of_owed / np.where(owed > 0, owed, 1.0), 0.0) * owed_value
        fresh = shipped - of_owed
        revenue[:, month] = part + fresh * price
        newly = np.maximum(situation.demand[:, month] - fresh, 0.0)
        owed, owed_value = owed - of_owed + newly, owed_value - part + newly * price
    return revenue


def _hour_money(situation: Situation, made: Made, hours: Numbers) -> Numbers:
    """By month: hours in normal time, overtime, hours from outside, crews."""
    crewed = [crew.resource for crew in situation.crews]
    normal = np.maximum(hours - made.overtime - made.outside, 0.0)
    normal[crewed] = 0.0

    def priced(rate: Numbers, amount: Numbers) -> Numbers:
        return np.asarray(np.where(np.isfinite(rate), rate, 0.0) @ amount)

    return priced(situation.hour, normal) + priced(situation.overtime, made.overtime) + priced(situation.outside, made.outside) + made.crew_cost


def made_cost(situation: Situation, made: Made, hours: Numbers, shipping: Executable) -> Numbers:
    """What the plan costs by month: making, hours and crews, bought pieces, keeping stock, being late, promotions."""
    bought = np.where(np.isfinite(situation.subcontract), situation.subcontract, 0.0) @ made.bought
    late = np.where(np.isfinite(situation.backlog), situation.backlog, 0.0) @ shipping.late
    kept = situation.holding @ np.maximum(shipping.stock, 0.0)
    return np.asarray(situation.making @ made.made + _hour_money(situation, made, hours) + bought + kept + late + situation.campaign)


def _cash(situation: Situation, made: Made, hours: Numbers, revenue: Numbers) -> Numbers:
    """Cash at each month's end. Keeping and being late cost no cash of their own."""
    terms, months = situation.cash, situation.axes.shape[1]
    sold, came = revenue.sum(axis=0), np.zeros(months)
    for lag, share in enumerate(terms.collected):
        came[lag:] += share * sold[: months - lag] if lag else share * sold
    paid = np.zeros(months)
    material = situation.making @ made.made + np.where(np.isfinite(situation.subcontract), situation.subcontract, 0.0) @ made.bought
    lag = terms.making_paid_after
    paid[lag:] += material[: months - lag] if lag else material
    known = np.broadcast_to(terms.known_in, (months,)) - np.broadcast_to(terms.known_out, (months,))
    flow = came + known - paid - _hour_money(situation, made, hours) - situation.campaign
    return np.asarray(terms.opening + np.cumsum(flow))


def _materials(situation: Situation, made: Numbers) -> tuple[Numbers | None, Numbers | None]:
    """(what each material is needed for in the month in which it must be there, what of it is lacking)."""
    book = situation.materials
    if book is None:
        return None, None
    months = made.shape[1]
    used = book.per_piece @ made
    needed = np.zeros(used.shape)
    for ahead in np.unique(book.months_ahead).astype(int):
        mine = book.months_ahead == ahead
        ahead = min(max(ahead, 0), months)
        needed[mine, : months - ahead] += used[mine, ahead:]
        if ahead:
            needed[mine, 0] += used[mine, :ahead].sum(axis=1)  # it should be there already
    left = book.stock[:, None] + np.cumsum(book.arriving - needed, axis=1)
    short = np.maximum(-left, 0.0)
    return needed, np.asarray(np.diff(np.maximum.accumulate(short, axis=1), axis=1, prepend=0.0))


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def heads_needed(
    hours: Numbers, days: Numbers, hours_per_day: float, absence_share: float = 0.0, efficiency: float = 1.0
) -> Numbers:  # fmt: skip
    """Heads that so many hours a month take: hours ÷ (days × hours of a day × (1 − absence) × efficiency); not a number in a month without days."""
    each = np.asarray(days) * hours_per_day * (1 - absence_share) * efficiency
    return np.asarray(np.where(each > 0, hours / np.where(each > 0, each, 1.0), np.nan))


@dataclass(frozen=True)
class Roster:
    """Heads at each month's end, hired and leaving in the month: heads[t] = heads[t − 1] + hired − leaving."""

    heads: Numbers
    hired: Numbers
    leaving: Numbers


def roster(needed: Numbers, opening: float) -> Roster:
    """A crew that follows what is needed, in whole heads; an unknown month leaves it as it is."""
    heads, now = np.zeros(needed.shape), float(opening)
    for month, wanted in enumerate(needed):
        now = now if np.isnan(wanted) else float(np.ceil(wanted - 1e-9))
        heads[month] = now
    change = np.diff(heads, prepend=float(opening))
    return Roster(heads, np.maximum(change, 0.0), np.maximum(-change, 0.0))
