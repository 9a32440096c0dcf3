"""The dead stock: quantities that give the planted sums to the cent, and how the goods came to lie there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from data.demo.company import Article
from data.demo.days import Clock, dice
from data.demo.flow import Flow
from data.demo.places import Dealers
from data.demo.prices import Prices
from data.demo.scenario import Scenario

HUNDRED = 100


def exact(draw: np.random.Generator, costs: np.ndarray, floors: np.ndarray, total: int) -> tuple[np.ndarray, np.ndarray]:
    """Quantities in hundreds and unit costs in cents whose values add up to `total` CNY exactly.

    Every quantity is a multiple of 100 at least as large as its floor, so every value is a whole number of CNY; the
    lowest unit cost is moved a little to take up the rest. Returns (quantities, unit costs).
    """
    cents = np.rint(np.asarray(costs) * 100).astype(np.int64)
    least = np.maximum(1, np.ceil(floors / HUNDRED)).astype(np.int64)
    weight = draw.lognormal(0, 0.6, len(cents))
    last = int(np.argmin(cents))
    weight[last] = weight.mean()
    for _ in range(200):
        free = total - int((least * cents).sum())
        if free < 0:
            raise ValueError("the stock that is left over is worth more than the sum to be planted")
        hundreds = least + np.rint(weight / weight.sum() * free / cents).astype(np.int64)
        rest = total - int((hundreds * cents).sum()) + int(hundreds[last] * cents[last])
        pieces = round(rest / cents[last])
        for away in range(80):
            many = pieces + (away + 1) // 2 * (1 if away % 2 else -1)
            if many < max(1, least[last]):
                continue
            if rest > 0 and rest % many == 0 and 0.8 < rest / many / cents[last] < 1.25:
                hundreds[last], cents[last] = many, rest // many
                return hundreds * HUNDRED, cents / 100
        weight = weight * draw.uniform(0.95, 1.05, len(weight))
    raise ValueError(f"no quantities found that are worth {total}")


@dataclass(frozen=True)
class OldLot:
    """Finished goods that lie since before the history: pieces at each own place at its beginning."""

    article: int
    received_before: int
    qty: dict[int, int]


@dataclass(frozen=True)
class Relics:
    """The planted finished goods: articles and pieces on the last day; `opening` lots, and the flow and prices with them in."""

    unsold: dict[int, int]
    withdrawn: dict[int, int]
    opening: list[OldLot]
    flow: Flow
    prices: Prices


def bury(seed: int, story: Scenario, articles: list[Article], buyers: Dealers, flow: Flow, prices: Prices, clock: Clock) -> Relics:
    """Put the dead stock into the flow: one run too many of each withdrawn article, old lots of those unsold for years."""
    draw = dice(seed, "relics")
    gone = [index for index, article in enumerate(articles) if article.state == "withdrawn"]
    stale = [index for index, article in enumerate(articles) if article.state == "unsold"]
    left = flow.own[-1].sum(axis=0)
    costs = prices.unit_cost.copy()
    gone_qty, costs[gone] = exact(draw, costs[gone], left[gone], story.withdrawn)
    stale_qty, costs[stale] = exact(draw, costs[stale], np.zeros(len(stale)), story.unsold)
    flow = _overrun(draw, articles, flow, clock, dict(zip(gone, (gone_qty - left[gone]).tolist(), strict=True)))
    flow, opening = _lay_down(draw, articles, buyers, flow, clock, dict(zip(stale, stale_qty.tolist(), strict=True)))
    return Relics(
        unsold=dict(zip(stale, stale_qty.tolist(), strict=True)),
        withdrawn=dict(zip(gone, gone_qty.tolist(), strict=True)),
        opening=opening,
        flow=flow,
        prices=replace(prices, unit_cost=costs),
    )


def _joined(old: dict[str, np.ndarray], rows: Sequence[tuple[int, ...]]) -> dict[str, np.ndarray]:
    if not rows:
        return old
    new = np.array(rows, dtype=np.int64)
    return {name: np.concatenate([values, new[:, place]]) for place, (name, values) in enumerate(old.items())}


def _overrun(draw: np.random.Generator, articles: list[Article], flow: Flow, clock: Clock, extra: dict[int, int]) -> Flow:
    """The run that should not have been made, some weeks before the article was stopped."""
    own, rows = flow.own.copy(), []
    for index, qty in extra.items():
        if qty:
            day = int(clock.after_working(np.array([articles[index].stopped_on - int(draw.integers(30, 120))]), 0)[0])
            rows.append((day, index, qty))
            own[clock.month_of[day] + 1 :, 0, index] += qty
    return replace(flow, own=own, made=_joined(flow.made, rows))


def _lay_down(draw: np.random.Generator, articles: list[Article], buyers: Dealers, flow: Flow, clock: Clock, left: dict[int, int]) -> tuple[Flow, list[OldLot]]:
    """Old lots at the plant and a branch, and the few sales that some of them still had; the dealers sold those on at once."""
    own, lots, orders, sold = flow.own.copy(), [], [], []
    for index, qty in left.items():
        article = articles[index]
        branch = int(draw.integers(1, own.shape[1]))
        away = int(qty * draw.choice([0.0, 0.2, 0.35])) // 10 * 10
        sales = _last_sales(draw, article, buyers, clock) if article.last_sold_on is not None else []
        shipped = sum(sale[2] for sale in sales)
        assert article.received_on is not None
        age = clock.index(article.received_on)
        plant = qty - away + shipped
        if draw.random() < 0.3:
            newer = plant // 3
            lots.append(OldLot(index, age, {0: plant - newer, branch: away} if away else {0: plant - newer}))
            lots.append(OldLot(index, age + 11, {0: newer}))
        else:
            lots.append(OldLot(index, age, {0: plant, branch: away} if away else {0: plant}))
        own[:, 0, index] += plant
        own[:, branch, index] += away
        for day, dealer, pieces in sales:
            own[clock.month_of[day] + 1 :, 0, index] -= pieces
            orders.append((max(0, day - 3), day, dealer, index, pieces, pieces))
            sold.append((min(day + 3, int(clock.month_ends[clock.month_of[day]])), dealer, index, pieces))
    return replace(flow, own=own, orders=_joined(flow.orders, orders), sold_on=_joined(flow.sold_on, sold)), lots


def _last_sales(draw: np.random.Generator, article: Article, buyers: Dealers, clock: Clock) -> list[tuple[int, int, int]]:
    """(day, dealer, pieces) of a handful of sales, the last one when the article was last sold."""
    assert article.last_sold_on is not None
    days = {article.last_sold_on, *draw.integers(1, article.last_sold_on, int(draw.integers(2, 8))).tolist()}
    found = []
    for day in sorted(days):
        shipped_on = int(clock.after_working(np.array([day]), 0)[0])
        can = np.flatnonzero((buyers.status == "active") & (buyers.location == 0) & (buyers.started < shipped_on) & buyers.consents)
        found.append((shipped_on, int(draw.choice(can)), article.variant.pack * int(draw.integers(1, 5))))
    return found
