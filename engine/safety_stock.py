"""Stock that is kept against surprise: by the share of cycles without a gap, and by the share of demand that is met. Never one for the other.

Everything takes numbers or numpy arrays of one shape (a million rows at once) and gives the same. Quantities are in pieces, times in one
unit throughout (days with daily demand, weeks with weekly demand). Sources: textbook formulas of the field; reference cases in the tests.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from engine.messages import message

SERVICE_WORDS = MappingProxyType({
    "cycle_service": message("Safety stock for cycles without a gap"),
    "fill_rate": message("Safety stock for demand met from stock"),
})  # fmt: skip
"""The names under which safety stocks are shown; the two kinds never share one."""

Numbers = npt.NDArray[np.float64]
Given = Numbers | float
Rows = npt.NDArray[np.int64]

_ROOT_OF_TWO_PI = np.sqrt(2 * np.pi)
_STEPS = 60
_FURTHEST = 8.0
"""Beyond eight deviations the normal curve holds nothing that a computer can tell from nothing."""
INTERMITTENT_ABOVE = 1.32
"""Mean number of buckets between two demands above which a demand is intermittent (Syntetos and Boylan)."""


class Safety(NamedTuple):
    """factor: deviations that are kept, may be below zero. stock: factor × deviation, shown as 0 where that is below zero.
    reorder: mean demand of the time covered + factor × deviation (at least the mean where the factor is below zero).
    cycle_service: share of cycles without a gap. fill_rate: share of the demand that is met, None without an order quantity."""

    factor: Numbers
    stock: Numbers
    reorder: Numbers
    cycle_service: Numbers
    fill_rate: Numbers | None


def density(k: Given) -> Numbers:
    """Standard normal density."""
    return np.asarray(np.exp(-0.5 * np.square(k)) / _ROOT_OF_TWO_PI)


def loss(k: Given) -> Numbers:
    """G(k) = φ(k) − k·(1 − Φ(k)): the part of a standard normal demand that lies beyond k, on average."""
    return np.asarray(density(k) - np.asarray(k) * special.ndtr(-np.asarray(k, dtype=float)))


def factor_of_loss(wanted: Given) -> Numbers:
    """The k at which G(k) is what is wanted (above zero); NaN where that is zero or less.

    Newton's method on ln G, all values at once: G falls everywhere and ln G is nearly straight, so that it never runs away.
    """
    target = np.asarray(wanted, dtype=float)
    known = target > 0
    log_target = np.log(np.where(known, target, 1.0))
    k = np.where(target > 1.0, -target, 0.0)
    for _ in range(_STEPS):
        value = np.maximum(loss(k), 1e-300)
        step = (np.log(value) - log_target) * value / np.maximum(special.ndtr(-k), 1e-300)
        k = np.clip(k + step, -1e12, 38.0)
        if np.all(np.abs(step) <= 1e-13 * np.maximum(1.0, np.abs(k))):
            break
    return np.asarray(np.where(known, k, np.nan))


def lead_time_deviation(demand: Given, deviation: Given, lead: Given, lead_deviation: Given = 0.0, interval: Given = 0.0) -> Numbers:
    """Standard deviation of the demand of lead time and order interval: √((L + R)·σ_d² + d²·σ_L²).

    demand, deviation: mean and standard deviation of the demand of one time unit. interval: 0 where stock is reviewed all the time.
    """
    return np.asarray(np.sqrt((np.asarray(lead) + interval) * np.square(deviation) + np.square(demand) * np.square(lead_deviation)))


def by_cycle_service(service: Given, mean: Given, deviation: Given, order_qty: Given | None = None) -> Safety:
    """Safety stock for a share of cycles without a gap (CSL): z·σ, of the time that `mean` and `deviation` cover."""
    factor = np.asarray(special.ndtri(np.asarray(service, dtype=float)))
    return _kept(factor, mean, deviation, order_qty)


def by_fill_rate(fill: Given, mean: Given, deviation: Given, order_qty: Given) -> Safety:
    """Safety stock for a share of the demand that is met (β): the k that solves G(k) = (1 − β)·Q ÷ σ.

    With large orders the k falls below zero: no safety stock is needed, and 0 is shown. Without deviation nothing is needed either.
    """
    spread = np.asarray(deviation, dtype=float)
    still = spread <= 0
    wanted = (1 - np.asarray(fill, dtype=float)) * order_qty / np.where(still, 1.0, spread)
    return _kept(np.where(still, 0.0, factor_of_loss(wanted)), mean, deviation, order_qty)


def _kept(factor: Numbers, mean: Given, deviation: Given, order_qty: Given | None) -> Safety:
    spread = np.asarray(deviation, dtype=float)
    stock = np.maximum(factor * spread, 0.0)
    fill = None if order_qty is None else np.asarray(1 - spread * loss(factor) / np.asarray(order_qty, dtype=float))
    return Safety(factor, stock, np.asarray(mean + stock), np.asarray(special.ndtr(factor)), fill)


class Levels(NamedTuple):
    """What both aims ask for. mean, deviation: of the demand of lead time and order interval together."""

    mean: Numbers
    deviation: Numbers
    by_cycles: Safety
    by_fill: Safety


def levels(
    demand: Given, deviation: Given, lead: Given, lead_deviation: Given, interval: Given, order_qty: Given, *, service: float, fill: float,
    is_clumped: npt.NDArray[np.bool_] | bool = False,
) -> Levels:  # fmt: skip
    """Safety stock by cycle service and by fill rate, each with what it reaches of the other.

    demand, deviation: mean and standard deviation of one time unit; lead, lead_deviation, interval: in that unit. order_qty: of one cycle.
    is_clumped: which items follow the rule for intermittent demand (whole pieces, negative binomial) instead of the normal curve.
    """
    mean = np.asarray(np.asarray(demand, dtype=float) * (np.asarray(lead, dtype=float) + interval))
    spread = lead_time_deviation(demand, deviation, lead, lead_deviation, interval)
    cycles, filled = by_cycle_service(service, mean, spread, order_qty), by_fill_rate(fill, mean, spread, order_qty)
    clumped = np.broadcast_to(np.asarray(is_clumped), mean.shape)
    if not clumped.any():
        return Levels(mean, spread, cycles, filled)
    of = (mean[clumped], np.square(spread[clumped]))
    orders = np.broadcast_to(np.asarray(order_qty, dtype=float), mean.shape)[clumped]
    by_service, by_fill = intermittent_reorder(service, *of), intermittent_fill(fill, *of, orders)
    return Levels(mean, spread, _placed(cycles, clumped, by_service, *of, orders), _placed(filled, clumped, by_fill, *of, orders))


def _placed(whole: Safety, where: npt.NDArray[np.bool_], reorder: Numbers, mean: Numbers, variance: Numbers, order_qty: Numbers) -> Safety:
    """The levels of all items, with those of the clumped ones in their places."""
    service, short = clumped_cover(np.where(np.isfinite(reorder), reorder, 0.0), mean, variance)
    spread = np.sqrt(variance)
    factor = np.where(spread > 0, (reorder - mean) / np.where(spread > 0, spread, 1.0), 0.0)
    mine = (factor, np.maximum(reorder - mean, 0.0), reorder, service, 1 - short / order_qty)
    parts = []
    for every, own in zip(whole, mine, strict=True):
        put = np.array(np.broadcast_to(np.asarray(every, dtype=float), where.shape))
        put[where] = own
        parts.append(put)
    return Safety(*parts)


def sample_deviation(values: Numbers) -> Numbers:
    """Standard deviation of each row of a matrix (items × buckets), n − 1 below; NaN cells are left out; fewer than two known: NaN."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    filled = np.where(known, values, 0.0)
    mean = filled.sum(axis=1) / np.maximum(count, 1)
    squares = np.where(known, np.square(values - mean[:, None]), 0.0).sum(axis=1)
    return np.asarray(np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan))


def is_intermittent(values: Numbers) -> npt.NDArray[np.bool_]:
    """For each row of a matrix (items × buckets) whether the mean distance of two demands is above INTERMITTENT_ABOVE buckets."""
    known = np.isfinite(values)
    hits = (known & (np.where(known, values, 0.0) > 0)).sum(axis=1)
    return np.asarray((hits > 0) & (known.sum(axis=1) / np.maximum(hits, 1) > INTERMITTENT_ABOVE))


def intermittent_reorder(service: Given, mean: Given, variance: Given) -> Numbers:
    """Stock that meets the demand of the time covered with probability `service` where demand comes in clumps.

    mean, variance: of the demand of that time. Negative binomial where the variance is above the mean, else Poisson: whole pieces,
    never below zero, skewed as such demand is. Infinite where all of it should be met.
    """
    middle, spread, wanted = _of_one_shape(mean, variance, service)
    found = _least_stock(lambda stock, rows: 1 - _beyond(stock, middle[rows], spread[rows]) >= wanted[rows], _normal_guess(wanted, middle, spread))
    return np.asarray(np.where(wanted < 1, found, np.inf).reshape(np.broadcast(mean, variance, service).shape))


def intermittent_fill(fill: Given, mean: Given, variance: Given, order_qty: Given) -> Numbers:
    """Stock of which the expected shortage of one cycle is at most (1 − fill) × order_qty, for the same kind of demand, in whole pieces."""
    allowed = (1 - np.asarray(fill, dtype=float)) * order_qty
    middle, spread, wanted = _of_one_shape(mean, variance, allowed)
    found = _least_stock(lambda stock, rows: clumped_cover(stock, middle[rows], spread[rows])[1] <= wanted[rows], _fill_guess(wanted, middle, spread))
    return found.reshape(np.broadcast(mean, variance, allowed).shape)


def _fill_guess(allowed: Numbers, mean: Numbers, variance: Numbers) -> Numbers:
    """About the stock whose expected shortage is allowed: that of the normal curve, moved as its quantile is."""
    return _normal_guess(special.ndtr(factor_of_loss(np.maximum(allowed, 0.0) / _spread(mean, variance))), mean, variance)


def _normal_guess(service: Numbers, mean: Numbers, variance: Numbers) -> Numbers:
    """About the quantile of a skewed demand: the normal one, and what the skew of a negative binomial adds (Cornish and Fisher's first term)."""
    spread = _spread(mean, variance)
    quantile = special.ndtri(np.clip(service, 1e-9, 1 - 1e-9))
    skew = np.where(mean > 0, (2 * spread**2 / np.maximum(mean, 1e-12) - 1) / spread, 0.0)
    return np.asarray(mean + spread * (quantile + (np.square(quantile) - 1) * np.minimum(skew, 2.0) / 6))


def _spread(mean: Numbers, variance: Numbers) -> Numbers:
    """Standard deviation of clumped demand: never below that of a Poisson demand, nor zero."""
    return np.asarray(np.sqrt(np.maximum(np.maximum(variance, mean), 1e-12)))


def _of_one_shape(mean: Given, variance: Given, third: Given) -> tuple[Numbers, Numbers, Numbers]:
    parts = np.broadcast_arrays(np.maximum(np.asarray(mean, dtype=float), 0.0), np.asarray(variance, dtype=float), np.asarray(third, dtype=float))
    return parts[0].ravel(), parts[1].ravel(), parts[2].ravel()


def clumped_cover(stock: Numbers, mean: Given, variance: Given) -> tuple[Numbers, Numbers]:
    """(probability that demand is at most the stock, expected demand beyond it) of whole pieces of stock.

    E[D; D > s] = mean × P(D' ≥ s), where D' is the negative binomial of size r + 1, or of a Poisson demand the same. Without demand: 1 and 0.
    """
    middle, spread = np.maximum(np.asarray(mean, dtype=float), 0.0), np.asarray(variance, dtype=float)
    held = np.maximum(np.asarray(stock, dtype=float), 0.0)
    above = _beyond(held, middle, spread)
    upper = np.where(held > 0, _beyond(np.maximum(held, 1.0) - 1, middle, spread, larger=1.0), 1.0)
    return np.asarray(1 - above), np.asarray(np.where(middle > 0, np.maximum(middle * upper - held * above, 0.0), 0.0))


def _beyond(stock: Numbers, mean: Given, variance: Given, larger: float = 0.0) -> Numbers:
    """P(D > s): of a negative binomial (size r + larger, ratio p) I(s + 1, r; 1 − p), of a Poisson demand the incomplete gamma function."""
    held, middle, spread = np.broadcast_arrays(np.asarray(stock, dtype=float), np.asarray(mean, dtype=float), np.asarray(variance, dtype=float))
    clumped = (middle > 0) & (spread > middle * (1 + 1e-9))
    even = (middle > 0) & ~clumped
    found = np.zeros(middle.shape)
    few, wide = middle[clumped], spread[clumped]
    found[clumped] = special.betainc(held[clumped] + 1, np.square(few) / (wide - few) + larger, 1 - few / wide)
    found[even] = special.gammainc(held[even] + 1, middle[even])
    return found


def _least_stock(is_enough: Callable[[Numbers, Rows], npt.NDArray[np.bool_]], guess: Numbers) -> Numbers:
    """For each item the fewest whole pieces that are enough: from a guess by growing steps to both sides of the answer, then by halving, all items at
    once that are not settled yet. Infinite where no stock is.

    is_enough: stock of some items, and which they are.
    """
    low, high = np.full(guess.shape, -1.0), np.full(guess.shape, np.inf)
    is_floor = np.ones(guess.shape, dtype=bool)  # nothing was too little yet
    probe, rows = np.maximum(np.ceil(np.nan_to_num(guess)), 0.0), np.arange(guess.size)
    for turn in range(2 * _STEPS):
        enough = is_enough(probe[rows], rows)
        high[rows[enough]], low[rows[~enough]] = probe[rows[enough]], probe[rows[~enough]]
        is_floor[rows[~enough]] = False
        rows = rows[high[rows] - low[rows] > 1]
        if turn >= _STEPS:
            rows = rows[np.isfinite(high[rows])]
        if not rows.size:
            break
        step, under, above = 2.0 ** min(turn, _STEPS), low[rows], high[rows]
        down, halved = np.maximum(above - step, 0.0), np.floor((under + np.where(np.isfinite(above), above, under)) / 2)
        probe[rows] = np.where(np.isinf(above), under + step, np.where(is_floor[rows], down, halved))
    return np.asarray(high)


def bootstrap_reorder(service: float, history: Numbers, buckets: int, draws: int, seed: int) -> float:
    """The same by drawing: sums of `buckets` buckets drawn from the item's own history (with their zeros), and their quantile.

    One item at a time; the seed makes the answer the same each time. Unknown history is NaN and gives NaN.
    """
    known = history[np.isfinite(history)]
    if known.size == 0 or buckets <= 0:
        return float("nan")
    sums = np.random.default_rng(seed).choice(known, size=(draws, buckets)).sum(axis=1)
    return float(np.quantile(sums, service, method="higher"))


# ── how much at once ─────────────────────────────────────────────────────────────────────────────────────────────────────


def economic_order(yearly_demand: Given, cost_of_order: Given, cost_of_holding: Given) -> tuple[Numbers, Numbers]:
    """(order quantity, cost a year) at which ordering and holding cost the same: √(2·D·K ÷ h), √(2·D·K·h)."""
    product = 2 * np.asarray(yearly_demand, dtype=float) * cost_of_order
    return np.asarray(np.sqrt(product / cost_of_holding)), np.asarray(np.sqrt(product * cost_of_holding))


def critical_ratio(price: Given, cost: Given, salvage: Given) -> Numbers:
    """(price − cost) ÷ (price − salvage): what one piece too few costs, as a share of what one too few and one too many cost."""
    return np.asarray((np.asarray(price, dtype=float) - cost) / (np.asarray(price, dtype=float) - salvage))


class OneSeason(NamedTuple):
    """What to have for one season: order_qty, its expected cost (of having too much and too little), and the demand that is expected to go unmet."""

    order_qty: float
    cost: float
    short_qty: float


def one_season(mean: float, deviation: float, too_much: float, too_little: float, lead: float = 0.0) -> OneSeason:
    """The newsvendor's order for normal demand: μ·(L + 1) + z·σ·√(L + 1) at the ratio too_little ÷ (too_little + too_much).

    mean, deviation: of the demand of one period. too_much, too_little: cost of a piece left and of a piece short. lead: periods until it comes.
    """
    middle, spread = mean * (lead + 1), deviation * np.sqrt(lead + 1)
    factor = float(special.ndtri(too_little / (too_little + too_much)))
    cost = (too_little + too_much) * spread * float(density(factor))
    return OneSeason(float(middle + factor * spread), float(cost), float(spread * loss(factor)))


def season_profit(order_qty: float, mean: float, deviation: float, price: float, cost: float, salvage: float) -> float:
    """Profit that is expected of an order for one season: what sells at the price, what is left at its salvage value, less the cost of all."""
    short = float(deviation * loss((order_qty - mean) / deviation))
    sold = mean - short
    return float(price * sold + salvage * (order_qty - sold) - cost * order_qty)


def logistics_cost(
    order_qty: float, yearly_demand: float, yearly_deviation: float, lead_days: float, lead_deviation_days: float, unit_cost: float, transport_cost: float,
    holding_share: float, order_cost: float, service: float,
) -> tuple[float, float]:  # fmt: skip
    """(safety stock, cost a year) of an article: bought and carried, ordered, and held with its safety stock at what it cost to get here.

    yearly_demand, yearly_deviation: of 365 days. unit_cost, transport_cost: of a piece. holding_share: of the value, a year. order_cost: of an order.
    """
    spread = lead_time_deviation(yearly_demand, yearly_deviation, lead_days / 365, lead_deviation_days / 365)
    stock = float(by_cycle_service(service, 0.0, spread).stock)
    landed = unit_cost + transport_cost
    return stock, yearly_demand * landed + yearly_demand / order_qty * order_cost + (order_qty / 2 + stock) * holding_share * landed
