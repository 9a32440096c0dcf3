"""The family sheet: what was forecast, sold, planned and made, and the stock or backlog that follows, for stock, to order, or finished to order.

Quantities are in the family's unit, families × months (or one family: months). Stock at a month's end = stock before + production − demand; a
stock below zero is what is owed. Backlog at a month's end = backlog before + bookings − shipments. Identities are checked, not hoped for.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.sop.grid import Numbers, running

STRATEGIES = ("make_to_stock", "make_to_order", "finish_to_order")


# ── forward and backward ─────────────────────────────────────────────────────────────────────────────────────────────────


def stock_ahead(opening: Numbers | float, production: Numbers, demand: Numbers, adjustments: Numbers | float = 0.0) -> Numbers:
    """Stock at the end of each month from a given production (forward): opening + running sum of (production − demand + adjustments)."""
    return np.asarray(_beside(opening) + running(np.asarray(production) - demand + adjustments))


def production_for(targets: Numbers, opening: Numbers | float, demand: Numbers) -> Numbers:
    """Production that ends each month on its target (backward): demand + target − stock before, never below zero.

    Where there is more stock than demand and target take, nothing is made and the rest is carried on.
    """
    made = np.zeros_like(np.asarray(demand + targets, dtype=float))
    stock = np.asarray(opening, dtype=float)
    for month in range(made.shape[-1]):
        made[..., month] = np.maximum(demand[..., month] + targets[..., month] - stock, 0.0)
        stock = stock + made[..., month] - demand[..., month]
    return made


def backlog_ahead(opening: Numbers | float, bookings: Numbers, shipments: Numbers) -> Numbers:
    """Backlog at the end of each month: opening + running sum of (bookings − shipments). Below zero: more is shipped than was ordered."""
    return np.asarray(_beside(opening) + running(np.asarray(bookings) - shipments))


def level_rate(opening: float, demand: Numbers, ending: float) -> float:
    """The one production a month that leaves `ending` in stock at the end of all months; stock may run out in between."""
    return float((np.sum(demand) + ending - opening) / np.size(demand))


def level_without_gap(opening: float, demand: Numbers) -> float:
    """The least production a month with which stock never runs out: max over t of (demand of the first t months − opening) ÷ t."""
    return float(max(0.0, np.max((np.cumsum(demand) - opening) / np.arange(1, np.size(demand) + 1))))


def _beside(opening: Numbers | float) -> Numbers:
    """A number for each family, as a column beside its months."""
    return np.asarray(np.asarray(opening, dtype=float)[..., None])


# ── cover ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Cover:
    """Days that the stock at each month's end lasts. days: below zero where goods are owed, not a number where the horizon ends before the
    stock does. at_least: the days that are known to be covered then, else the days themselves."""

    days: Numbers
    at_least: Numbers


def forward_cover(stock: Numbers, demand: Numbers, days: Numbers | float) -> Cover:
    """Days of the coming months that a month's closing stock lasts (forward cover).

    demand: of the same months; days: working days of each month. The stock is used up month after month at that month's daily rate.
    Goods that are owed count below zero, at the daily rate of the month after. In the last month nothing is known of what follows.
    Months without days are passed over.
    """
    held, wanted = np.atleast_2d(np.asarray(stock, dtype=float)), np.atleast_2d(np.asarray(demand, dtype=float))
    length = np.broadcast_to(np.asarray(days, dtype=float), wanted.shape[-1:])
    found, least = np.full(held.shape, np.nan), np.zeros(held.shape)
    last = held.shape[-1]
    for month in range(last):
        left, lasted, ended = held[:, month].copy(), np.zeros(held.shape[0]), np.zeros(held.shape[0], dtype=bool)
        for later in range(month + 1, last):
            if length[later] <= 0:
                continue
            want = wanted[:, later]
            owed = (left < 0) & ~ended & (later == month + 1) & (want > 0)
            found[owed, month] = (left[owed] / want[owed]) * length[later]
            ended |= left < 0
            here = ~ended & (left < want)
            found[here, month] = lasted[here] + left[here] / want[here] * length[later]
            ended |= here
            lasted = np.where(ended, lasted, lasted + length[later])
            left = np.where(ended, left, left - want)
        least[:, month] = np.where(np.isnan(found[:, month]), lasted, found[:, month])
    shape = np.shape(stock)
    return Cover(found.reshape(shape), least.reshape(shape))


def simple_cover(stock: Numbers, daily_demand: Numbers | float) -> Numbers:
    """Stock ÷ mean daily demand of the months ahead; not a number where nothing is asked for. Another figure than forward cover."""
    rate = np.asarray(daily_demand, dtype=float)
    return np.asarray(np.where(rate > 0, np.asarray(stock) / np.where(rate > 0, rate, 1.0), np.nan))


def stock_for_cover(cover_days: Numbers | float, demand: Numbers, days: Numbers | float, goes_on: bool = False) -> Numbers:
    """The closing stock of each month that lasts so many days of the months after.

    cover_days: one number, or one a family. goes_on: what lies beyond the last month is taken to be like it; else a stock that the
    horizon does not reach is not a number.
    """
    wanted = np.atleast_2d(np.asarray(demand, dtype=float))
    length = np.broadcast_to(np.asarray(days, dtype=float), wanted.shape[-1:])
    asked = np.broadcast_to(np.asarray(cover_days, dtype=float), wanted.shape[:1])
    kept, last = np.full(wanted.shape, np.nan), wanted.shape[-1]
    for month in range(last):
        left, needed = asked.copy(), np.zeros(wanted.shape[0])
        for later in range(month + 1, last):
            if length[later] > 0:
                used = np.minimum(left, length[later])
                needed, left = needed + wanted[:, later] * used / length[later], left - used
        if goes_on and length[-1] > 0:
            needed, left = needed + wanted[:, -1] * left / length[-1], np.zeros_like(left)
        kept[:, month] = np.where(left > 1e-9, np.nan, needed)
    return kept.reshape(np.shape(demand))


def backlog_days(backlog: Numbers, shipments: Numbers, days: Numbers | float) -> Numbers:
    """Days of work in the backlog = the customer's lead time: backlog ÷ mean daily planned shipments of the months after.

    In the last month its own shipments stand for what follows. Not a number where nothing is to be shipped.
    """
    length = np.broadcast_to(np.asarray(days, dtype=float), np.shape(shipments)[-1:])
    later_qty = np.flip(np.cumsum(np.flip(shipments, axis=-1), axis=-1), axis=-1) - shipments
    later_days = np.flip(np.cumsum(np.flip(length))) - length
    is_last = np.arange(length.size) == length.size - 1
    qty, over = np.where(is_last, shipments, later_qty), np.where(is_last, length, later_days)
    rate = qty / np.where(over > 0, over, np.nan)
    return np.asarray(np.where(rate > 0, np.asarray(backlog) / np.where(rate > 0, rate, 1.0), np.nan))


# ── the sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Past:
    """Months behind. opening: stock (or backlog) before the first of them. forecast, sales, planned, made: families × months; for goods
    made to order `sales` are bookings and `made` is what was shipped. counted: closing stock as counted, where known."""

    opening: Numbers
    forecast: Numbers
    sales: Numbers
    planned: Numbers
    made: Numbers
    counted: Numbers | None = None


Rows = dict[str, Numbers]
"""Row of a sheet -> its values, in the order in which they are shown."""


def past_rows(past: Past) -> Rows:
    """Sales and production against what was planned, by month and cumulated, and the stock beside its plan.

    adjustment: what a count found beyond stock before + made − sold; without a count 0. sales_diff = sales − forecast, made_diff = made −
    planned. The sheet closes: stock − planned stock = cumulated made_diff − cumulated sales_diff + cumulated adjustments.
    """
    sales_diff, made_diff = past.sales - past.forecast, past.made - past.planned
    books = stock_ahead(past.opening, past.made, past.sales)
    stock = books if past.counted is None else _counted(past, past.counted)
    before = np.concatenate([_beside(past.opening), stock[..., :-1]], axis=-1)
    return {
        "forecast_qty": past.forecast, "sales_qty": past.sales, "sales_diff_qty": sales_diff, "sales_diff_cum_qty": running(sales_diff),
        "planned_qty": past.planned, "made_qty": past.made, "made_diff_qty": made_diff, "made_diff_cum_qty": running(made_diff),
        "stock_plan_qty": stock_ahead(past.opening, past.planned, past.forecast),
        "adjustment_qty": stock - (before + past.made - past.sales), "stock_qty": stock,
    }  # fmt: skip


def _counted(past: Past, counted: Numbers) -> Numbers:
    """Stock as counted; a month that nobody counted goes on from the one before."""
    stock = np.array(counted, dtype=float)
    before = np.asarray(past.opening, dtype=float)
    for month in range(stock.shape[-1]):
        booked = before + past.made[..., month] - past.sales[..., month]
        stock[..., month] = np.where(np.isnan(stock[..., month]), booked, stock[..., month])
        before = stock[..., month]
    return stock


def gap_of(rows: Rows) -> Numbers:
    """By how much a sheet of the past does not close, by month; zero but for rounding."""
    explained = rows["made_diff_cum_qty"] - rows["sales_diff_cum_qty"] + running(rows["adjustment_qty"])
    return np.asarray(rows["stock_qty"] - rows["stock_plan_qty"] - explained)


@dataclass(frozen=True)
class Ahead:
    """Months to come. forecast, plan: families × months (to order: bookings expected, shipments planned); the old ones are those of the last
    cycle, where there was one. days: working days of each month. target_days: days of cover (or of backlog) that are wanted, one a family."""

    forecast: Numbers
    plan: Numbers
    days: Numbers
    old_forecast: Numbers | None = None
    old_plan: Numbers | None = None
    target_days: Numbers | None = None


def _changes(ahead: Ahead) -> Rows:
    unknown = np.full(np.shape(ahead.forecast), np.nan)
    old_forecast = unknown if ahead.old_forecast is None else ahead.old_forecast
    old_plan = unknown if ahead.old_plan is None else ahead.old_plan
    return {
        "old_forecast_qty": old_forecast, "forecast_qty": ahead.forecast, "forecast_change_qty": ahead.forecast - old_forecast,
        "old_plan_qty": old_plan, "planned_qty": ahead.plan, "plan_change_qty": ahead.plan - old_plan,
    }  # fmt: skip


def stock_rows(opening: Numbers | float, ahead: Ahead) -> Rows:
    """The coming months of goods made to stock. opening: the last ACTUAL closing stock, not the planned one.

    cover_days: forward cover, not a number where the horizon ends (cover_at_least_days then says how much is known). target_qty: the stock
    that the wanted cover takes, target_diff_qty: stock less target.
    """
    stock = stock_ahead(opening, ahead.plan, ahead.forecast)
    cover = forward_cover(stock, ahead.forecast, ahead.days)
    rows = {**_changes(ahead), "stock_qty": stock, "cover_days": cover.days, "cover_at_least_days": cover.at_least}
    if ahead.target_days is not None:
        target = stock_for_cover(ahead.target_days, ahead.forecast, ahead.days, goes_on=True)
        rows |= {"target_qty": target, "target_diff_qty": stock - target}
    return rows


def backlog_rows(opening: Numbers | float, ahead: Ahead) -> Rows:
    """The coming months of goods made to order: backlog, and the days of work that it is."""
    backlog = backlog_ahead(opening, ahead.forecast, ahead.plan)
    return {**_changes(ahead), "backlog_qty": backlog, "backlog_days": backlog_days(backlog, ahead.plan, ahead.days)}


def finish_rows(hub_opening: Numbers | float, hub_plan: Numbers, backlog_opening: Numbers | float, ahead: Ahead, per_unit: Numbers | float = 1.0) -> Rows:
    """The coming months of goods that are finished to order: backlog of the finishing, and stock of the parts that it takes from the hub.

    hub_plan: parts made; per_unit: parts in one finished piece. short_hub_qty: parts that the finishing plan takes and the hub will not have.
    """
    finishing = backlog_rows(backlog_opening, ahead)
    taken = ahead.plan * np.asarray(per_unit, dtype=float)[..., None] if np.ndim(per_unit) else ahead.plan * per_unit
    stock = stock_ahead(hub_opening, hub_plan, taken)
    return {**finishing, "hub_planned_qty": hub_plan, "hub_taken_qty": taken, "hub_stock_qty": stock, "short_hub_qty": np.maximum(-stock, 0.0)}


def suggested_production(
    starting: float, demand: float, indirect: float, safety: float, least: float = 0.0, most: float = np.inf
) -> float:  # fmt: skip
    """What to make so that the safety stock remains: safety − starting + demand + indirect demand, at most `most`; what is less than the
    least batch becomes the least batch, nothing below zero is made."""
    needed = min(safety - starting + demand + indirect, most)
    return 0.0 if needed <= 0 else max(needed, least)


def is_closed(rows: Rows, tolerance: float = 1e-6) -> npt.NDArray[np.bool_]:
    """For each family whether its sheet of the past closes in every month."""
    return np.asarray(np.all(np.abs(gap_of(rows)) <= tolerance, axis=-1))
