"""Finished goods as tables: orders, sales, production, transfers, losses, own stock."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.company import Article
from data.demo.days import Clock, dice
from data.demo.flow import LOSSES
from data.demo.layers import Traced
from data.demo.places import OWN, PLANT, Dealers
from data.demo.prices import Prices
from data.demo.relics import Relics
from data.demo.scenario import Scenario

GIFT_CHANNEL, GIFT_SPHERE = "团购", "礼盒定制"
KINDS = (*LOSSES, "count")


@dataclass(frozen=True)
class Books:
    """Everything that the tables are written from."""

    seed: int
    story: Scenario
    clock: Clock
    articles: list[Article]
    buyers: Dealers
    relics: Relics
    traced: Traced
    prices: Prices

    def dates(self, days: np.ndarray) -> pl.Series:
        """Day indices, those before the history among them, as dates."""
        return pl.Series(np.datetime64(self.clock.first) + np.asarray(days).astype("timedelta64[D]")).cast(pl.Date)

    def skus(self, which: np.ndarray) -> pl.Series:
        return coded([article.sku for article in self.articles], which)

    def dealers(self, which: np.ndarray) -> pl.Series:
        return coded(self.buyers.id, which)


def coded(codes: np.ndarray | list[str] | tuple[str, ...], which: np.ndarray) -> pl.Series:
    """The code of each index; -1 means none."""
    found = pl.Series([*codes, None], dtype=pl.String)
    return found.gather(np.where(which < 0, len(codes), which))


def numbered(prefix: str, numbers: np.ndarray, width: int = 6) -> pl.Series:
    return pl.Series(prefix + pl.Series(numbers).cast(pl.String).str.zfill(width))


def spheres_of(books: Books) -> np.ndarray:
    """Articles that also stand in the gift sphere: the dearest of the two dearest lines."""
    return np.array([article.state == "live" and article.of.name in ("酱韵", "窖藏二十年") and article.variant.litres == 1.0 for article in books.articles])


def order_numbers(books: Books) -> tuple[np.ndarray, np.ndarray]:
    """(number of the order, line in it) for each row of the flow's orders: one order a dealer and day."""
    orders = books.relics.flow.orders
    key = orders["ordered"] * 1000 + orders["dealer"]
    _, number = np.unique(key, return_inverse=True)
    return number + 1, _rank(number, orders["article"])


def _rank(group: np.ndarray, by: np.ndarray) -> np.ndarray:
    """1, 2, 3 … within each group."""
    order = np.lexsort((by, group))
    sorted_group = group[order]
    first = np.searchsorted(sorted_group, sorted_group, side="left")
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - first + 1
    return rank


def orders(books: Books, contract_of: np.ndarray) -> pl.DataFrame:
    """Order lines as they now stand. `contract_of`: contract id or "" for each row of the flow's orders."""
    draw = dice(books.seed, "orders")
    rows = books.relics.flow.orders
    number, line = order_numbers(books)
    count = len(number)
    late = np.where(draw.random(count) < 0.11, draw.integers(1, 7, count), 0) * (rows["shipped"] >= 0)
    promised = np.maximum(rows["ordered"], rows["due"] - late)
    requested = np.maximum(rows["ordered"], promised - draw.choice([0, 0, 0, 1, 2], count))
    status = np.where(rows["shipped"] < 0, "open", np.where(rows["shipped"] == 0, "cancelled", "shipped"))
    size_rank = np.argsort(np.argsort(-books.buyers.size))
    return pl.DataFrame(
        {
            "order_id": numbered("SO", number),
            "line_no": pl.Series(line).cast(pl.String),
            "ordered_on": books.dates(rows["ordered"]),
            "dealer_id": books.dealers(rows["dealer"]),
            "sku": books.skus(rows["article"]),
            "qty": rows["qty"],
            "net_value": books.prices.net_value(rows["due"], rows["dealer"], rows["article"], rows["qty"]),
            "requested_on": books.dates(requested),
            "promised_on": books.dates(promised),
            "shipped_qty": np.maximum(rows["shipped"], 0),
            "contract_id": pl.Series(contract_of, dtype=pl.String).replace("", None),
            "priority": (1 + (size_rank > 15).astype(int) + (size_rank > 38))[rows["dealer"]],
            "status": status,
        }
    )


def sales(books: Books) -> pl.DataFrame:
    """Shipments by batch, and what came back, as invoice lines."""
    traced, buyers = books.traced, books.buyers
    rows = books.relics.flow.orders
    number, _ = order_numbers(books)
    row = traced.sold.row
    day, dealer, article = rows["due"][row], rows["dealer"][row], rows["article"][row]
    _, invoice = np.unique(day * 10**7 + number[row], return_inverse=True)
    back = books.relics.flow.returned
    _, credit = np.unique(back["day"] * 1000 + back["dealer"], return_inverse=True)
    day, dealer, article = np.concatenate([day, back["day"]]), np.concatenate([dealer, back["dealer"]]), np.concatenate([article, back["article"]])
    qty = np.concatenate([traced.sold.qty, -back["qty"]])
    batch = np.concatenate([traced.sold.batch, traced.returned_batch])
    line = np.concatenate([_rank(invoice, article[: len(invoice)]), _rank(credit, back["article"])])
    ids = pl.concat([numbered("XS", invoice + 1), numbered("TH", credit + 1, 5)])
    order_ids = pl.concat([numbered("SO", number[row]), pl.Series([None] * len(credit), dtype=pl.String)])
    campaign = books.prices.campaign[books.prices.line[article], day]
    gift = spheres_of(books)[article] & (buyers.channel[dealer] == GIFT_CHANNEL)
    spheres = np.array([each.of.sphere for each in books.articles])
    return pl.DataFrame(
        {
            "shipped_on": books.dates(day),
            "dealer_id": books.dealers(dealer),
            "sku": books.skus(article),
            "qty": qty,
            "net_value": books.prices.net_value(day, dealer, article, qty),
            "cost_value": np.round(qty * traced.batches.cost[batch], 2),
            "list_value": books.prices.list_value(day, article, qty),
            "invoice_id": ids,
            "line_no": pl.Series(line).cast(pl.String),
            "order_id": order_ids,
            "location_id": coded(OWN, buyers.location[dealer]),
            "batch_id": pl.Series(traced.batches.id(batch)),
            "sphere": pl.Series(np.where(gift, GIFT_SPHERE, spheres[article])),
            "promotion_id": pl.Series(np.where((campaign >= 0) & (qty > 0), np.char.add("PR", np.char.zfill((campaign + 1).astype(str), 3)), "")).replace(
                "", None
            ),
        }
    ).sort("shipped_on", "invoice_id", pl.col("line_no").cast(pl.Int32), maintain_order=True)


def transfers(books: Books) -> pl.DataFrame:
    moved, traced = books.relics.flow.moved, books.traced
    row = traced.moved.row
    return pl.DataFrame(
        {
            "moved_on": books.dates(moved["day"][row]),
            "item_id": books.skus(moved["article"][row]),
            "qty": traced.moved.qty,
            "from_location_id": pl.Series([PLANT] * len(row)),
            "to_location_id": coded(OWN, moved["to"][row]),
            "batch_id": pl.Series(traced.batches.id(traced.moved.batch)),
        }
    ).sort("moved_on", "item_id", "to_location_id", "batch_id")


def adjustments(books: Books) -> pl.DataFrame:
    adjusted, traced = books.relics.flow.adjusted, books.traced
    row = traced.adjusted.row
    return pl.DataFrame(
        {
            "adjusted_on": books.dates(adjusted["day"][row]),
            "location_id": coded(OWN, adjusted["place"][row]),
            "item_id": books.skus(adjusted["article"][row]),
            "qty": -traced.adjusted.qty.astype(float),
            "kind": coded(KINDS, adjusted["kind"][row]),
            "batch_id": pl.Series(traced.batches.id(traced.adjusted.batch)),
            "value": np.round(-traced.adjusted.qty * traced.batches.cost[traced.adjusted.batch], 2),
        }
    ).sort("adjusted_on", "location_id", "item_id", "batch_id")


def own_batches(books: Books) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(count, place, batch, pieces) of own finished goods at every month end, the opening count first."""
    clock, traced, flow = books.clock, books.traced, books.relics.flow
    lot, where, pieces = traced.opening
    made = np.flatnonzero(traced.batches.day >= 0)

    def month(day: np.ndarray) -> np.ndarray:
        return clock.month_of[day] + 1

    sold_place = books.buyers.location[flow.orders["dealer"][traced.sold.row]]
    back_place = books.buyers.location[flow.returned["dealer"]]
    parts = [
        (np.zeros(len(lot), dtype=np.int64), where, lot, pieces),
        (month(traced.batches.day[made]), np.zeros(len(made), dtype=np.int64), made, traced.batches.qty[made]),
        (month(flow.moved["day"][traced.moved.row]), np.zeros(len(traced.moved.row), dtype=np.int64), traced.moved.batch, -traced.moved.qty),
        (month(flow.moved["day"][traced.moved.row]), flow.moved["to"][traced.moved.row], traced.moved.batch, traced.moved.qty),
        (month(flow.orders["due"][traced.sold.row]), sold_place, traced.sold.batch, -traced.sold.qty),
        (month(flow.adjusted["day"][traced.adjusted.row]), flow.adjusted["place"][traced.adjusted.row], traced.adjusted.batch, -traced.adjusted.qty),
        (month(flow.returned["day"]), back_place, traced.returned_batch, flow.returned["qty"]),
    ]
    count, place, batch, qty = (np.concatenate([part[index] for part in parts]) for index in range(4))
    keys, row = np.unique(place * 10**6 + batch, return_inverse=True)
    balance = np.zeros((len(keys), len(clock.months) + 1), dtype=np.int64)
    np.add.at(balance, (row, count), qty)
    balance = balance.cumsum(axis=1)
    if (balance < 0).any():
        raise ValueError("a batch went out before it came in")
    key, count = np.nonzero(balance)
    return count, keys[key] // 10**6, keys[key] % 10**6, balance[key, count]


def count_days(clock: Clock) -> np.ndarray:
    """Day index of every count: the day before the history, then every month end."""
    return np.concatenate([[-1], clock.month_ends])


def own_stock(books: Books) -> pl.DataFrame:
    """Own finished goods by batch at every count; what open orders claim stands against the oldest batches of the last one."""
    clock, batches = books.clock, books.traced.batches
    count, place, batch, pieces = own_batches(books)
    article = batches.article[batch]
    order = np.lexsort((batch, article, place, count))
    count, place, batch, pieces, article = count[order], place[order], batch[order], pieces[order], article[order]
    orders = books.relics.flow.orders
    still = orders["shipped"] < 0
    claimed = np.zeros((len(OWN), len(books.articles)), dtype=np.int64)
    np.add.at(claimed, (books.buyers.location[orders["dealer"][still]], orders["article"][still]), orders["qty"][still])
    group = (count * 10 + place) * 1000 + article
    before = np.cumsum(pieces) - pieces
    before -= before[np.searchsorted(group, group, side="left")]
    last = count == len(clock.months)
    committed = np.where(last, np.clip(claimed[place, article] - before, 0, pieces), 0)
    season = np.array([each.of.season for each in books.articles])
    state = np.array([each.state for each in books.articles])
    early = last & (batches.day[batch] > clock.length - 50) & (state[article] == "live")
    purpose = np.where(early & (season[article] == "gift"), "春节备货", np.where(early & (season[article] == "wine"), "促销备货", ""))
    return pl.DataFrame(
        {
            "counted_on": books.dates(count_days(clock)[count]),
            "location_id": coded(OWN, place),
            "item_id": books.skus(article),
            "batch_id": pl.Series(batches.id(batch)),
            "condition": pl.Series(["good"] * len(count)),
            "on_hand_qty": pieces.astype(float),
            "unit_cost": batches.cost[batch],
            "received_on": books.dates(batches.day[batch]),
            "in_transit_qty": np.zeros(len(count)),
            "committed_qty": committed.astype(float),
            "purpose": pl.Series(purpose).replace("", None),
            "reported_on": books.dates(count_days(clock)[count]),
        }
    )
