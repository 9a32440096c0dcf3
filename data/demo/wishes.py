"""What dealers and sales areas asked for: requests for coming months, and what was reported to production."""

import numpy as np
import polars as pl

from data.demo.days import dice
from data.demo.demand import Demand
from data.demo.goods import Books, coded, numbered, order_numbers
from data.demo.places import REGIONS
from data.demo.plans import LEAD_DAYS

REPORTED_MONTHS = 24
NAMED_ORDERS = 240


def requests(books: Books, wanted: Demand) -> pl.DataFrame:
    """Dealers' requests: on the 20th for the following month, the last time for three months. Some ask for too much."""
    draw, clock, buyers = dice(books.seed, "requests"), books.clock, books.buyers
    pack = np.array([article.variant.pack for article in books.articles])
    live = np.array([article.state == "live" for article in books.articles])
    fickle = np.isin(np.arange(len(buyers)), books.buyers.fickle)
    last = len(clock.months) - 1
    frames = []
    for made in range(last - 5, last + 1):
        for month in range(made + 1, made + (4 if made == last else 2)):
            days = np.flatnonzero(clock.month_of == month) + LEAD_DAYS
            expected = wanted.base * (wanted.pull[:, days[0]][:, None]) * wanted.known[:, days].sum(axis=1)
            asked = expected * draw.lognormal(0.03, 0.22, expected.shape) * np.where(fickle, draw.uniform(0.6, 1.9, len(buyers)), 1.0)[:, None]
            qty = np.rint(asked / pack) * pack
            dealer, article = np.nonzero((qty > 0) & live & (buyers.status == "active")[:, None])
            start = np.flatnonzero(clock.month_of == month)[0]
            frames.append(
                pl.DataFrame(
                    {
                        "made_on": [clock.month(made).replace(day=20)] * len(dealer),
                        "month": [clock.month(month)] * len(dealer),
                        "dealer_id": books.dealers(dealer),
                        "sku": books.skus(article),
                        "qty": qty[dealer, article],
                        "ship_on": books.dates(start + draw.integers(1, 24, len(dealer))),
                    }
                )
            )
    return pl.concat(frames)


def production_requests(books: Books) -> pl.DataFrame:
    """What each sales area reported to production for the orders of two years. One area multiplies all that it reports.

    The largest orders are reported one by one, the rest by month and article.
    """
    draw, clock, buyers = dice(books.seed, "reported"), books.clock, books.buyers
    orders = books.relics.flow.orders
    number, _ = order_numbers(books)
    areas = list(REGIONS)
    area = np.array([areas.index(region) for region in buyers.region])[orders["dealer"]]
    inflating = areas.index(buyers.inflating)
    month = clock.month_of[orders["ordered"]]
    made_here = np.array([not article.bought and article.state != "unsold" for article in books.articles])[orders["article"]]
    recent = np.flatnonzero((month >= len(clock.months) - REPORTED_MONTHS) & made_here)
    named = recent[np.argsort(-orders["qty"][recent], kind="stable")[:NAMED_ORDERS]]
    named = np.union1d(named, recent[area[recent] == inflating][np.argsort(-orders["qty"][recent[area[recent] == inflating]], kind="stable")[:30]])
    rest = np.setdiff1d(recent, named)
    key = (month[rest] * 100 + area[rest]) * 1000 + orders["article"][rest]
    keys, row = np.unique(key, return_inverse=True)
    qty = np.bincount(row, weights=orders["qty"][rest])
    where = keys // 1000 % 100
    factor = np.where(where == inflating, books.story.inflation, draw.normal(1.02, 0.06, len(keys)))
    direct = np.where(area[named] == inflating, books.story.inflation, draw.normal(1.0, 0.04, len(named)))
    exact = np.where(where == inflating, qty * factor, np.rint(qty * factor))
    exact_direct = np.where(area[named] == inflating, orders["qty"][named] * direct, np.rint(orders["qty"][named] * direct))
    summed = pl.DataFrame(
        {
            "requested_on": [clock.month(index) for index in keys // 100_000],
            "asked_by": coded(areas, where),
            "sku": books.skus(keys % 1000),
            "qty": np.round(exact, 4),
            "for_order_id": pl.Series([None] * len(keys), dtype=pl.String),
            "for_dealer_id": pl.Series([None] * len(keys), dtype=pl.String),
        }
    )
    single = pl.DataFrame(
        {
            "requested_on": books.dates(orders["ordered"][named]),
            "asked_by": coded(areas, area[named]),
            "sku": books.skus(orders["article"][named]),
            "qty": np.round(exact_direct, 4),
            "for_order_id": numbered("SO", number[named]),
            "for_dealer_id": books.dealers(orders["dealer"][named]),
        }
    )
    return pl.concat([summed, single]).sort("requested_on", "asked_by", "sku", "for_order_id", nulls_last=True)
