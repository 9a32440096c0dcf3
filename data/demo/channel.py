"""What the dealers report: their sell-through and their stock."""

import numpy as np
import polars as pl

from data.demo.days import dice
from data.demo.goods import Books, coded, count_days

MARK_UP = 1.22


def reports(books: Books) -> np.ndarray:
    """Whether each dealer's figures of each month reach us (dealers × months of history, a column for the opening in front)."""
    buyers, months = books.buyers, len(books.clock.months)
    said = np.repeat((buyers.consents & buyers.buying)[:, None], months + 1, axis=1)
    for index in np.flatnonzero(buyers.late_months):
        said[index, months + 1 - buyers.late_months[index] :] = False
    return said


def dealer_sales(books: Books, outlets: pl.DataFrame) -> pl.DataFrame:
    """Sell-through by week, at the dealer's own price; part of it with the outlet that bought."""
    draw = dice(books.seed, "sell-through")
    sold = books.relics.flow.sold_on
    said = reports(books)[sold["dealer"], books.clock.month_of[sold["day"]] + 1]
    day, dealer, article, qty = (sold[name][said] for name in ("day", "dealer", "article", "qty"))
    price = books.prices.lists[books.prices.step_of[day], article] * (1 - books.buyers.discount[dealer]) * draw.normal(MARK_UP, 0.04, len(day))
    index = {name: place for place, name in enumerate(books.buyers.id)}
    of_dealer = np.array([index[name] for name in outlets["dealer_id"]])
    first = np.searchsorted(of_dealer, np.arange(len(books.buyers)), side="left")
    many = np.searchsorted(of_dealer, np.arange(len(books.buyers)), side="right") - first
    outlet = np.where((draw.random(len(day)) < 0.6) & (many[dealer] > 0), first[dealer] + (draw.random(len(day)) * many[dealer]).astype(int), -1)
    return pl.DataFrame(
        {
            "sold_on": books.dates(day),
            "dealer_id": books.dealers(dealer),
            "sku": books.skus(article),
            "qty": qty,
            "net_value": np.round(price * qty, 2),
            "outlet_id": coded(outlets["outlet_id"].to_list(), outlet),
        }
    ).sort("sold_on", "dealer_id", "sku")


def dealer_stock(books: Books) -> pl.DataFrame:
    """Dealers' counts at month ends, as far as they report. On the last one also what is ordered and on its way within a week."""
    draw = dice(books.seed, "dealer counts")
    clock, flow, buyers = books.clock, books.relics.flow, books.buyers
    said = reports(books)
    transit = np.zeros_like(flow.dealers)
    orders = flow.orders
    near = (orders["shipped"] < 0) & (orders["due"] < clock.length + 7)
    np.add.at(transit[-1], (orders["dealer"][near], orders["article"][near]), orders["qty"][near])
    count, dealer, article = np.nonzero(((flow.dealers > 0) | (transit > 0)) & said.T[:, :, None])
    days = count_days(clock)
    delay = np.where(buyers.late_months[dealer] > 0, 9, 0) + draw.integers(0, 3, len(buyers))[dealer]
    return pl.DataFrame(
        {
            "counted_on": books.dates(days[count]),
            "location_id": coded(np.char.add("L", buyers.id), dealer),
            "item_id": books.skus(article),
            "batch_id": pl.Series([None] * len(count), dtype=pl.String),
            "condition": pl.Series(["good"] * len(count)),
            "on_hand_qty": flow.dealers[count, dealer, article].astype(float),
            "unit_cost": pl.Series([None] * len(count), dtype=pl.Float64),
            "received_on": pl.Series([None] * len(count), dtype=pl.Date),
            "in_transit_qty": transit[count, dealer, article].astype(float),
            "committed_qty": np.zeros(len(count)),
            "purpose": pl.Series([None] * len(count), dtype=pl.String),
            "reported_on": books.dates(np.minimum(days[count] + delay, clock.length - 1)),
        }
    )
