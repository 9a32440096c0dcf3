"""The store of materials: what was bought, used, lost and left, lot by lot; and production by batch."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.days import Clock, dice
from data.demo.goods import Books, count_days, order_numbers
from data.demo.layers import first_out
from data.demo.materials import SUPPLIERS, Bill
from data.demo.places import PLANT, STORE
from data.demo.relics import exact

SCALE = 10_000
FLOOR = 240.0
UNHARMED = 10**6


@dataclass
class Lots:
    """Lots of materials: material, day received (before the history: negative), quantity, unit cost, day from which it is
    damaged (UNHARMED: never), whether it is for keeps (never used), and why it was bought early.
    """

    material: list[int]
    day: list[int]
    qty: list[float]
    cost: list[float]
    damaged_from: list[int]
    kept: list[bool]
    purpose: list[str | None]

    def add(self, material: int, day: int, qty: float, cost: float, damaged_from: int = UNHARMED, kept: bool = False, purpose: str | None = None) -> None:
        row = (material, day, round(float(qty), 4), round(float(cost), 2), damaged_from, kept, purpose)
        for values, value in zip(vars(self).values(), row, strict=True):
            values.append(value)

    def id(self, which: np.ndarray) -> list[str]:
        return [f"W{number + 1:06d}" for number in which]


@dataclass(frozen=True)
class Store:
    """The store as it came out: lots; what each batch took of each lot; losses; the buying plan; the planted materials."""

    lots: Lots
    used: tuple[np.ndarray, np.ndarray, np.ndarray]
    lost: list[tuple[int, int, float]]
    plan: list[tuple[int, int, float]]
    damaged: list[int]
    no_set: list[int]
    overbought: list[int]


def _use(books: Books, parts: Bill) -> tuple[np.ndarray, np.ndarray]:
    """(batch, quantity of each material) of production: rows are batches made here."""
    batches = books.traced.batches
    bought = np.array([article.bought for article in books.articles])
    made = np.flatnonzero((batches.day >= 0) & ~bought[batches.article])
    return made, np.round(parts.per[batches.article[made]] * batches.qty[made][:, None], 4)


def _buy(books: Books, parts: Bill, lots: Lots, use: np.ndarray, overbought: list[int]) -> tuple[list[tuple[int, int, float]], list[tuple[int, int, float]]]:
    """Two deliveries a month cover what is used until the next one and a reserve. `use`: half months × materials.

    Returns the buying plan (month, material, quantity) and the losses (day, material, quantity).
    """
    draw, clock = dice(books.seed, "buying"), books.clock
    live = np.array([any(books.articles[index].state == "live" for index in parts.users(material)) for material in range(len(parts.id))])
    months, plan, lost = len(clock.months), [], []
    losing = draw.random((months, len(parts.id))) < 0.03
    for material in np.flatnonzero(use.sum(axis=0)):
        floor = FLOOR * (3 if live[material] else 0)
        stock = floor + float(use[0, material] + use[1, material]) * 0.5 if live[material] else 0.0
        if stock:
            lots.add(int(material), -int(draw.integers(8, 40)), np.ceil(stock), parts.cost[material] * 0.93)
            stock = float(np.ceil(stock))
        for half in range(2 * months):
            month = half // 2
            following = float(use[half + 1 : half + 3, material].mean()) if live[material] and half + 1 < len(use) else 0.0
            want = float(use[half, material]) + (0.85 * following + floor if live[material] else 0.0) - stock
            day = _delivery(clock, month, half % 2)
            if want > 0:
                planned = np.ceil(want) if live[material] else round(want, 4)
                factor = (
                    draw.uniform(1.5, 2.2)
                    if material in overbought and month >= months - 18
                    else float(draw.choice([1.0, 1.05], p=[0.8, 0.2]))
                    if live[material]
                    else 1.0
                )
                got = float(np.ceil(planned * factor)) if live[material] else planned
                years = (clock.length - day) / 365
                lots.add(int(material), day, got, parts.cost[material] * 0.975**years * draw.normal(1, 0.015))
                plan.append((month, int(material), float(planned)))
                stock += got
            stock -= float(use[half, material])
            if half % 2 and losing[month, material] and live[material]:
                qty = float(draw.integers(1, 9))
                lost.append((int(clock.month_ends[month]), int(material), qty))
                stock -= qty
    return plan, lost


def _delivery(clock: Clock, month: int, half: int) -> int:
    """The day before which nothing of the half month is made: the 1st and the 16th."""
    start = int(clock.month_ends[month - 1]) + 1 if month else 0
    return start + 15 * half


def _half(clock: Clock, day: np.ndarray) -> np.ndarray:
    month = clock.month_of[day]
    start = np.concatenate([[0], clock.month_ends[:-1] + 1])[month]
    return 2 * month + (day - start >= 15)


def stocked(books: Books, parts: Bill, damaged_sum: int, no_set_sum: int) -> Store:
    """Fill the store: regular lots, an early purchase before a price rise, and the planted lots that nobody uses."""
    draw, clock = dice(books.seed, "store"), books.clock
    lots = Lots([], [], [], [], [], [], [])
    made, amounts = _use(books, parts)
    use = np.zeros((2 * len(clock.months), len(parts.id)))
    np.add.at(use, _half(clock, books.traced.batches.day[made]), amounts)
    kinds = np.array(parts.kind)
    busy = np.flatnonzero(use.sum(axis=0) > 0)
    heavy = busy[np.argsort(-(use.sum(axis=0) * parts.cost)[busy])]
    overbought = [int(material) for material in heavy if kinds[material] in ("bottle", "box")][:8]
    plan, lost = _buy(books, parts, lots, use, overbought)
    for material in [material for material in heavy if kinds[material] == "spirit"][2:5]:
        lots.add(int(material), clock.length - 12, np.ceil(use[-2:, material].sum() * 0.4 + 50), parts.cost[material], purpose="涨价前备货")
    no_set = _plant_no_set(draw, books, parts, lots, no_set_sum)
    damaged = _plant_damaged(draw, books, parts, lots, heavy, no_set, damaged_sum)
    used = _match(books, parts, lots, made, amounts, lost)
    return Store(lots, used, lost, plan, damaged, no_set, overbought)


def _plant_no_set(draw: np.random.Generator, books: Books, parts: Bill, lots: Lots, total: int) -> list[int]:
    """Bottles and boxes of withdrawn articles, and of old ones whose label is used up; the liquor of a line that is no more."""
    chosen = [parts.key["spirit", "L31"]]
    for index in parts.special:
        chosen += [
            parts.key[what, index]
            for what in ("box", "bottle", "label")
            if (what, index) in parts.key and (what != "label" or books.articles[index].state == "withdrawn")
        ]
    sums, floors = parts.cost[chosen], np.zeros(len(chosen))
    floors[0] = 0.25 * total / parts.cost[chosen[0]]
    qty, cost = exact(draw, sums, floors, total)
    for material, pieces, price in zip(chosen, qty.tolist(), cost.tolist(), strict=True):
        lots.add(material, int(draw.integers(-900, books.clock.length - 420)), pieces, price, kept=True)
    return chosen


def _plant_damaged(draw: np.random.Generator, books: Books, parts: Bill, lots: Lots, heavy: np.ndarray, no_set: list[int], total: int) -> list[int]:
    """Soaked boxes, broken bottles, faded labels; one of them belongs to an article that is withdrawn as well."""
    kinds = np.array(parts.kind)
    pool = [int(material) for material in heavy if kinds[material] in ("bottle", "box", "label", "cap") and parts.cost[material] > 0.2]
    chosen = [*draw.choice(pool, 10, replace=False).tolist(), no_set[1]]
    qty, cost = exact(draw, parts.cost[chosen], np.zeros(len(chosen)), total)
    for material, pieces, price in zip(chosen, qty.tolist(), cost.tolist(), strict=True):
        day = int(draw.integers(-300, books.clock.length - 300))
        lots.add(material, day, pieces, price, damaged_from=day + int(draw.integers(40, 250)), kept=True)
    return chosen


def _match(
    books: Books, parts: Bill, lots: Lots, made: np.ndarray, amounts: np.ndarray, lost: list[tuple[int, int, float]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(lot, user, quantity): a user is a row of production batches, or, counted on from there, a loss."""
    material, day = np.array(lots.material), np.array(lots.day)
    free = np.flatnonzero(~np.array(lots.kept))
    order = free[np.lexsort((free, day[free], material[free]))]
    row, used = np.nonzero(amounts)
    out_material = np.concatenate([used, [loss[1] for loss in lost]]).astype(np.int64)
    out_day = np.concatenate([books.traced.batches.day[made][row], [loss[0] for loss in lost]])
    out_qty = np.rint(np.concatenate([amounts[row, used], [loss[2] for loss in lost]]) * SCALE).astype(np.int64)
    user = np.concatenate([row, len(made) + np.arange(len(lost))])
    leaving = np.lexsort((user, out_day, out_material))
    in_qty = np.rint(np.array(lots.qty)[order] * SCALE).astype(np.int64)
    lot, out, qty = first_out(material[order], in_qty, out_material[leaving], out_qty[leaving])
    return order[lot], user[leaving[out]], qty


def material_stock(books: Books, store: Store, parts: Bill) -> pl.DataFrame:
    """The store at every count, by lot."""
    clock, lots = books.clock, store.lots
    made, _ = _use(books, parts)
    lot, user, qty = store.used
    days = np.concatenate([books.traced.batches.day[made], [loss[0] for loss in store.lost]]).astype(np.int64)
    balance = np.zeros((len(lots.day), len(clock.months) + 1), dtype=np.int64)
    day = np.array(lots.day)
    received = np.where(day < 0, 0, clock.month_of[np.maximum(day, 0)] + 1)
    balance[np.arange(len(day)), received] = np.rint(np.array(lots.qty) * SCALE).astype(np.int64)
    np.subtract.at(balance, (lot, clock.month_of[days[user]] + 1), qty)
    balance = balance.cumsum(axis=1)
    which, count = np.nonzero(balance)
    counted = count_days(clock)[count]
    spoilt = np.array(lots.damaged_from)[which]
    purpose = pl.Series(lots.purpose, dtype=pl.String).gather(which)
    return pl.DataFrame(
        {
            "counted_on": books.dates(counted),
            "location_id": pl.Series([STORE] * len(which)),
            "item_id": pl.Series(parts.id).gather(np.array(lots.material)[which]),
            "batch_id": pl.Series(lots.id(which)),
            "condition": pl.Series(np.where(counted >= spoilt, "damaged", "good")),
            "on_hand_qty": balance[which, count] / SCALE,
            "unit_cost": np.array(lots.cost)[which],
            "received_on": books.dates(day[which]),
            "in_transit_qty": np.zeros(len(which)),
            "committed_qty": np.zeros(len(which)),
            "purpose": purpose,
            "reported_on": books.dates(counted),
        }
    ).sort("counted_on", "item_id", "batch_id")


def tables(books: Books, store: Store, parts: Bill, resource_of: list[str]) -> dict[str, pl.DataFrame]:
    """purchases, production, batch_lots and the losses of materials (as rows for `adjustments`)."""
    lots, batches = store.lots, books.traced.batches
    day = np.array(lots.day)
    came = np.flatnonzero(day >= 0)
    material = np.array(lots.material)
    bought = np.array([article.bought for article in books.articles])
    finished = np.flatnonzero((batches.day >= 0) & bought[batches.article])
    importers = [SUPPLIERS["import"][books.articles[index].of.name != "安第斯"] for index in batches.article[finished]]
    purchases = pl.concat(
        [
            pl.DataFrame(
                {
                    "received_on": books.dates(day[came]),
                    "item_id": pl.Series(parts.id).gather(material[came]),
                    "qty": np.array(lots.qty)[came],
                    "value": np.round(np.array(lots.qty)[came] * np.array(lots.cost)[came], 2),
                    "location_id": pl.Series([STORE] * len(came)),
                    "supplier": pl.Series(parts.supplier).gather(material[came]),
                    "lot_id": pl.Series(lots.id(came)),
                }
            ),
            pl.DataFrame(
                {
                    "received_on": books.dates(batches.day[finished]),
                    "item_id": books.skus(batches.article[finished]),
                    "qty": batches.qty[finished].astype(float),
                    "value": np.round(batches.qty[finished] * batches.cost[finished], 2),
                    "location_id": pl.Series([PLANT] * len(finished)),
                    "supplier": pl.Series(importers, dtype=pl.String),
                    "lot_id": pl.Series(batches.id(finished)),
                }
            ),
        ]
    ).sort("received_on", "item_id", "lot_id")
    made, _ = _use(books, parts)
    lot, user, _ = store.used
    production = pl.DataFrame(
        {
            "produced_on": books.dates(batches.day[made]),
            "sku": books.skus(batches.article[made]),
            "qty": batches.qty[made],
            "location_id": pl.Series([PLANT] * len(made)),
            "batch_id": pl.Series(batches.id(made)),
            "order_id": pl.Series(_made_for(books, made), dtype=pl.String),
            "resource_id": pl.Series(resource_of).gather(batches.article[made]),
        }
    )
    real = user < len(made)
    batch_lots = pl.DataFrame(
        {
            "batch_id": pl.Series(batches.id(made[user[real]])),
            "material_id": pl.Series(parts.id).gather(material[lot[real]]),
            "lot_id": pl.Series(lots.id(lot[real])),
        }
    ).unique(maintain_order=True)
    losses = pl.DataFrame(
        {
            "adjusted_on": books.dates(np.array([store.lost[index][0] for index in user[~real] - len(made)])),
            "location_id": pl.Series([STORE] * int((~real).sum())),
            "item_id": pl.Series(parts.id).gather(material[lot[~real]]),
            "qty": -store.used[2][~real] / SCALE,
            "kind": pl.Series(["scrap" if index % 3 else "return_to_supplier" for index in user[~real]]),
            "batch_id": pl.Series(lots.id(lot[~real])),
            "value": np.round(-store.used[2][~real] / SCALE * np.array(lots.cost)[lot[~real]], 2),
        }
    )
    return {"purchases": purchases, "production": production, "batch_lots": batch_lots, "losses": losses}


def _made_for(books: Books, made: np.ndarray) -> list[str | None]:
    """What is made to order names the first order of the article that was shipped after it."""
    orders, batches = books.relics.flow.orders, books.traced.batches
    number, _ = order_numbers(books)
    named: list[str | None] = []
    for index in made:
        article = int(batches.article[index])
        if books.articles[article].of.made_by != "own_to_order":
            named.append(None)
            continue
        after = np.flatnonzero((orders["article"] == article) & (orders["due"] >= batches.day[index]) & (orders["ordered"] <= batches.day[index]))
        named.append(f"SO{number[after[np.argmin(orders['due'][after])]]:06d}" if len(after) else None)
    return named
