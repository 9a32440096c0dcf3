"""The executable plan: what can be shipped of what is asked for, by the rules of the meeting.

Where supply is enough, the unconstrained demand is the plan and safety stock only regulates. Where it is not: safety stock is released (to
nothing if need be) with the service that costs, orders are ranked with the must-serve quantity first, the bottleneck runs at its maximum,
and both sides commit themselves: the market to what it may sell, supply to what it must bring.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import special

from engine.messages import Message, message
from engine.sop.grid import Axes, Numbers, tall

_DUST = 1e-9


@dataclass(frozen=True)
class Executable:
    """Families × months. shipped: what can be delivered; late: shortage carried to the next month at each month's end (backlog); stock: closing;
    safety_left: safety stock that is still there; released: what it lost in the month; short: asked for in the month and not delivered then.
    refill: for each family the month in which its safety stock is whole again after a release (−1: never within the horizon, −2: never touched).
    """

    axes: Axes
    demand: Numbers
    supply: Numbers
    safety: Numbers
    shipped: Numbers
    late: Numbers
    stock: Numbers
    safety_left: Numbers
    released: Numbers
    short: Numbers
    refill: tuple[int, ...]

    @property
    def is_unconstrained(self) -> bool:
        """Whether everything asked for is delivered in its month."""
        return bool((self.short <= _DUST).all())

    def frame(self) -> pl.DataFrame:
        """family, month, demand_qty, supply_qty, shipped_qty, short_qty, late_qty, stock_qty, safety_qty, safety_left_qty, released_qty: the basis
        of master scheduling. `shipped_qty` is the market's commitment, `supply_qty` that of production and purchasing."""
        return tall(
            self.axes, demand_qty=self.demand, supply_qty=self.supply, shipped_qty=self.shipped, short_qty=self.short, late_qty=self.late,
            stock_qty=self.stock, safety_qty=self.safety, safety_left_qty=self.safety_left, released_qty=self.released,
        )  # fmt: skip


def executable(
    axes: Axes, demand: Numbers, supply: Numbers, opening: Numbers, safety: Numbers, owed: Numbers | float = 0.0, release: Numbers | float = 1.0
) -> Executable:  # fmt: skip
    """What can be shipped month after month.

    opening: stock (safety stock in it). supply: what comes in by production and purchase. owed: backlog before the first month. release: the
    share of the safety stock that may be given up (1 = to nothing, 0 = none), one number or families × months. What is late is served first,
    then the month's demand, then safety stock is filled up again.
    """
    families, months = axes.shape
    names = ("shipped", "late", "stock", "safety_left", "released", "short")
    found = {name: np.zeros((families, months)) for name in names}
    stock, late = np.array(opening, dtype=float), np.broadcast_to(np.asarray(owed, dtype=float), (families,)).copy()
    share = np.broadcast_to(np.asarray(release, dtype=float), (families, months))
    for month in range(months):
        there, asked = stock + supply[:, month], demand[:, month] + late
        kept = safety[:, month] * (1 - share[:, month])
        shipped = np.minimum(asked, np.maximum(there - kept, 0.0))
        after = there - shipped
        level = safety[:, month]
        found["shipped"][:, month], found["stock"][:, month] = shipped, after
        found["safety_left"][:, month] = np.minimum(np.maximum(after, 0.0), level)
        found["released"][:, month] = np.maximum(np.minimum(stock, level) - found["safety_left"][:, month], 0.0)
        found["short"][:, month] = np.maximum(demand[:, month] - np.maximum(shipped - late, 0.0), 0.0)
        stock, late = after, asked - shipped
        found["late"][:, month] = late
    return Executable(axes, demand, supply, safety, **found, refill=_refills(found["released"], found["safety_left"], safety))


def shipped_as_planned(
    axes: Axes, demand: Numbers, supply: Numbers, opening: Numbers, safety: Numbers, owed: Numbers, stock: Numbers, late: Numbers
) -> Executable:  # fmt: skip
    """The executable plan of a supply plan that has decided what is late: shipped = demand + late before − late after."""
    before = np.concatenate([owed[:, None], late[:, :-1]], axis=1)
    shipped = demand + before - late
    start = np.concatenate([opening[:, None], stock[:, :-1]], axis=1)
    left = np.minimum(np.maximum(stock, 0.0), safety)
    released = np.maximum(np.minimum(start, safety) - left, 0.0)
    short = np.maximum(demand - np.maximum(shipped - before, 0.0), 0.0)
    return Executable(axes, demand, supply, safety, shipped, late, stock, left, released, short, _refills(released, left, safety))


def _refills(released: Numbers, left: Numbers, safety: Numbers) -> tuple[int, ...]:
    found = []
    for row in range(released.shape[0]):
        touched = np.flatnonzero(released[row] > _DUST)
        whole = np.flatnonzero(left[row] >= safety[row] - _DUST)
        if not touched.size:
            found.append(-2)
            continue
        later = whole[whole > touched[-1]]
        found.append(int(later[0]) if later.size else -1)
    return tuple(found)


def service_after(safety: Numbers | float, released: Numbers | float, deviation: Numbers | float) -> tuple[Numbers, Numbers]:
    """(share of cycles without a gap with the whole safety stock, with what is left): Φ(ss ÷ σ_L), Φ((ss − released) ÷ σ_L).

    deviation: of the demand over the lead time. Where it is zero nothing can go wrong while something is kept: 1.
    """
    spread = np.asarray(deviation, dtype=float)
    kept = np.asarray(safety, dtype=float), np.asarray(safety, dtype=float) - np.asarray(released, dtype=float)
    before, after = (np.where(spread > 0, special.ndtr(part / np.where(spread > 0, spread, 1.0)), np.where(part >= 0, 1.0, 0.0)) for part in kept)
    return np.asarray(before), np.asarray(after)


# ── orders in their order ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Allocation:
    """rows: every order with rank, available_before, given_qty, short_qty; told: what the meeting must hear, such as a must-serve quantity that is
    larger than the supply."""

    rows: pl.DataFrame
    told: tuple[Message, ...]


def ranked_orders(orders: pl.DataFrame, available: dict[str, float], keys: Sequence[str] = ("priority", "promised_on", "unit_margin")) -> Allocation:
    """What each order gets of what there is.

    orders: order_id, family, qty, must_serve_qty (null = 0) and the columns of `keys`. available: family -> pieces. Must-serve quantities come
    before everything, in rank order; the rest follows by rank: a smaller priority first, an earlier date first, a higher margin first;
    unknown stands last. Source: S6.
    """
    down = [key.endswith(("margin", "value")) for key in keys]
    sorted_rows = orders.sort([*keys, "order_id"], descending=[*down, False], nulls_last=True).with_columns(
        pl.col("must_serve_qty").fill_null(0.0).clip(0.0, pl.col("qty")).alias("must_serve_qty")
    )
    left, given, before = dict(available), [0.0] * sorted_rows.height, [0.0] * sorted_rows.height
    told: list[Message] = []
    must = sorted_rows["must_serve_qty"].to_list()
    listed = list(sorted_rows.select("family", "qty").iter_rows())
    for turn in (True, False):
        for place, (family, qty) in enumerate(listed):
            there = left.get(family, 0.0)
            wanted = must[place] if turn else qty - given[place]
            if turn:
                before[place] = there
            taken = min(wanted, there)
            given[place] += taken
            left[family] = there - taken
    for family in sorted({family for family, _ in listed}):
        asked = sum(amount for amount, (own, _) in zip(must, listed, strict=True) if own == family)
        if asked > available.get(family, 0.0) + _DUST:
            told.append(
                message("{family}: {must_qty} must be served, and there are {there_qty}.", family=family, must_qty=asked, there_qty=available.get(family, 0.0))
            )
    rows = sorted_rows.with_columns(
        pl.Series("rank", range(1, sorted_rows.height + 1), dtype=pl.Int64), pl.Series("available_before_qty", before, dtype=pl.Float64),
        pl.Series("given_qty", given, dtype=pl.Float64),
    ).with_columns((pl.col("qty") - pl.col("given_qty")).alias("short_qty"))  # fmt: skip
    return Allocation(rows, tuple(told))


def idle_bottleneck(short: Numbers, hours: Numbers, available: Numbers, uses: Numbers, tolerance: float = 0.02) -> list[tuple[int, int, float]]:
    """Where something is short although a resource that it needs is not full: (resource, month, free hours).

    short: families × months; hours, available: resources × months; uses: families × resources (hours a piece). Only resources that limit a
    family are judged, by the fullest one of each family and month: that is the one that must run at its maximum. A shortage may be
    made up by anything built earlier, but a full month cannot be filled later.
    """
    share = np.where(available > 0, hours / np.where(available > 0, available, 1.0), 1.0)
    found: dict[tuple[int, int], float] = {}
    for family, month in np.argwhere(short > _DUST):
        machines = np.flatnonzero(uses[family] > 0)
        if not machines.size:
            continue
        fullest = int(machines[np.argmax(share[machines, month])])
        free = float(available[fullest, month] - hours[fullest, month])
        if free > tolerance * float(available[fullest, month]):
            found[fullest, int(month)] = free
    return [(resource, month, free) for (resource, month), free in sorted(found.items())]
