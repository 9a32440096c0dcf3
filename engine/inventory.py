"""How stock is judged: cover, turns, gross margin return on stock, stock without a sale. Pure formulas, no data of their own.

Every formula takes polars expressions of sums and gives an `Outcome`: the value, and where that is unknown one of WORDS that
says why. Nothing is ever infinite and no unknown is ever 0.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

Amounts = TypeVar("Amounts", pl.Expr, npt.NDArray[np.float64])

DAYS_OF_A_YEAR = 365.0
LEAST_SURE_DAYS = 90
"""A yearly figure made from fewer days than this is told to be unsure."""
MONTH_ENDS_OF_A_YEAR = 13
_DUST = 1e-9
"""What is left of a quantity by the rounding of floating point, relative to the quantity itself, counts as nothing."""


WORDS = ("no_demand", "no_net_sales", "no_mean_stock", "no_days")
"""Why a formula may not know its value; `kpis.REASONS` says it in a sentence."""


class Outcome(NamedTuple):
    """value: the figure, null where unknown. why: the place in WORDS where it is unknown, else null (numbers are quicker than texts).
    censored: whether the true value lies beyond the one that is given, or None where that cannot happen."""

    value: pl.Expr
    why: pl.Expr
    censored: pl.Expr | None = None


def unknown_where(value: pl.Expr, *reasons: tuple[pl.Expr, str], censored: pl.Expr | None = None) -> Outcome:
    """The value, made unknown where one of the conditions holds; the first that holds says why."""
    why = pl.lit(None, dtype=pl.UInt32)
    for condition, word in reversed(reasons):
        why = pl.when(condition.fill_null(True)).then(pl.lit(WORDS.index(word), dtype=pl.UInt32)).otherwise(why)
    known = pl.when(why.is_null()).then(value)
    return Outcome(known, why, None if censored is None else (censored & why.is_null()).fill_null(False))


def backward_days_of_supply(stock: pl.Expr, demand: pl.Expr, days: pl.Expr) -> Outcome:
    """Days that the stock would last at the mean daily sales of the window.

    stock, demand: in one unit (money at cost for groups, pieces for one item); demand net of returns. days: calendar days, both ends in.
    No demand is unknown whatever the stock; stock at or below zero with demand is 0. Source: I1; course p. 91.
    """
    cover = pl.when(stock <= 0).then(0.0).otherwise(stock / demand * days)
    return unknown_where(cover, (demand <= 0, "no_demand"))


def forward_days_of_supply(stock: pl.Expr, ahead: Sequence[pl.Expr], days: Sequence[pl.Expr]) -> Outcome:
    """Days until the last unit is used up by the demand that is ahead: whole buckets while the stock lasts, then a share of the next.

    stock:  what is there at the start, in one unit with `ahead`.
    ahead:  demand of each coming bucket (below zero counts as none). days: the length of each bucket.
    Where the stock outlasts the horizon the horizon is given, marked as censored. Source: I1; golden vector of the tests.
    """
    left, cover, demand = stock, pl.lit(0.0), pl.lit(0.0)
    dust = stock.abs() * _DUST
    for wanted, length in zip(ahead, days, strict=True):
        need = wanted.fill_null(0.0).clip(lower_bound=0.0)
        share = pl.when(left <= dust).then(0.0).when(need <= 0).then(1.0).otherwise((left / need).clip(upper_bound=1.0))
        cover = cover + share * length
        left = left - need
        demand = demand + need
    return unknown_where(cover, (demand <= 0, "no_demand"), censored=(left > dust) & (stock > 0))


def walk(stock: float, ahead: Sequence[tuple[float, float]]) -> tuple[float, float, tuple[float, float] | None]:
    """How `forward_days_of_supply` uses a stock up: (demand of the buckets that it covers whole, their days, the bucket in which it ends).

    ahead: (days, demand) of each bucket. The last is None where the stock outlasts them all; buckets without demand are covered.
    """
    left, used, days = stock, 0.0, 0.0
    for length, wanted in ahead:
        need = max(wanted, 0.0)
        if left <= abs(stock) * _DUST or need > left:
            return used, days, (length, need)
        left, used, days = left - need, used + need, days + length
    return used, days, None


def turns(cost: pl.Expr, mean_stock: pl.Expr, days: pl.Expr) -> Outcome:
    """How often the stock was sold in a year: sales at cost ÷ mean stock at cost; fewer than 365 days are scaled up to a year.

    No stock with sales is unknown (it went past the warehouse); stock without sales is 0. Source: I2; course p. 92.
    """
    return unknown_where(cost * _to_a_year(days) / mean_stock, (mean_stock <= 0, "no_mean_stock"), (days <= 0, "no_days"))


def gmroii(margin: pl.Expr, mean_stock: pl.Expr, days: pl.Expr) -> Outcome:
    """Gross margin of a year for each unit of money in stock: gross margin ÷ mean stock at cost; a loss stays negative.

    Equals margin share × turns ÷ (1 − margin share) over the same months. Source: I3; course p. 93.
    """
    return unknown_where(margin * _to_a_year(days) / mean_stock, (mean_stock <= 0, "no_mean_stock"), (days <= 0, "no_days"))


def margin_share(net_value: pl.Expr, cost: pl.Expr) -> Outcome:
    """Share of net sales that stays after the cost of the goods; unknown unless net sales are above zero."""
    return unknown_where((net_value - cost) / net_value, (net_value <= 0, "no_net_sales"))


def out_of_stock_share(out: pl.Expr, with_demand: pl.Expr) -> Outcome:
    """Positions at or below zero that have demand ÷ positions that have demand (position: item × own place)."""
    return unknown_where(out / with_demand, (with_demand <= 0, "no_demand"))


def mean_balance(total: pl.Expr, count: pl.Expr) -> pl.Expr:
    """Mean of month-end balances: their sum ÷ how many there are (13 for a year: the opening one and twelve ends)."""
    return pl.when(count > 0).then(total / count)


def is_unsold(stock_qty: Amounts, sold_qty: Amounts) -> Any:
    """Whether something lies there and nothing of it was sold, net of returns, in the window; columns or arrays."""
    return (stock_qty > 0) & (sold_qty <= _DUST)


def has_demand(sold_qty: Amounts) -> Any:
    """Whether something was sold, net of returns, in the window; columns or arrays."""
    return sold_qty > _DUST


def projected_stock(opening: float, demand: Sequence[float], supply: Sequence[float]) -> list[float]:
    """Stock at the end of each period: opening + supply − demand, carried on; below zero it is a backlog."""
    balances, balance = [], opening
    for wanted, arriving in zip(demand, supply, strict=True):
        balance += arriving - wanted
        balances.append(balance)
    return balances


def _to_a_year(days: pl.Expr) -> pl.Expr:
    """What a sum over so many days is multiplied by to stand for a year; a whole year, also a leap year, stays as it is."""
    return pl.when(days < DAYS_OF_A_YEAR).then(DAYS_OF_A_YEAR / days).otherwise(1.0)
