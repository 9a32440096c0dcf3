"""Outlets, the visits to them, and what stands between an order and its arrival: intervals, lead times, availability."""

from datetime import timedelta

import numpy as np
import polars as pl

from data.demo.days import dice
from data.demo.flow import AVAILABILITY_MONTHS
from data.demo.goods import Books, coded
from data.demo.places import OWN

CENTRES = {
    "西南": (28.8, 104.6),
    "华南": (23.1, 113.3),
    "华中": (30.5, 113.5),
    "华东": (32.5, 118.8),
    "苏浙": (30.9, 120.2),
    "华北": (39.2, 116.2),
    "东北": (42.9, 124.2),
    "西北": (35.6, 106.4),
}
OUTLET_CHANNELS = ("餐饮", "名烟名酒店", "商超", "便利店", "夜场")
CLASSES = (("A", 350, 700, 0.06), ("B", 175, 350, 0.16), ("C", 90, 175, 0.33), ("D", 15, 90, 0.45))
VISIT_DAYS = 92


def outlets(books: Books) -> pl.DataFrame:
    """Outlets of the dealers that buy, fifteen to forty-five each, around the dealer's city."""
    draw, buyers, clock = dice(books.seed, "outlets"), books.buyers, books.clock
    rank = np.argsort(np.argsort(buyers.size)) / len(buyers)
    many = np.where(buyers.status == "active", 14 + np.rint(rank * 32), 0).astype(int)
    dealer = np.repeat(np.arange(len(buyers)), many)
    count = len(dealer)
    grade = draw.choice(4, count, p=[row[3] for row in CLASSES])
    low, high = np.array([row[1] for row in CLASSES])[grade], np.array([row[2] for row in CLASSES])[grade]
    centre = np.array([CENTRES[region] for region in buyers.region]) + draw.normal(0, 0.9, (len(buyers), 2))
    spot = centre[dealer] + draw.normal(0, 0.06, (count, 2))
    age = draw.integers(10, 2500, count)
    return pl.DataFrame(
        {
            "outlet_id": [f"U{number + 1:05d}" for number in range(count)],
            "dealer_id": books.dealers(dealer),
            "channel": draw.choice(OUTLET_CHANNELS, count, p=[0.34, 0.30, 0.12, 0.18, 0.06]),
            "outlet_class": np.array(list("ABCD"))[grade],
            "monthly_cases": np.round(draw.uniform(low, high - 1)),
            "latitude": np.round(spot[:, 0], 5),
            "longitude": np.round(spot[:, 1], 5),
            "opened_on": [clock.as_of - timedelta(days=int(days)) for days in age],
        }
    )


def visits(books: Books, shops: pl.DataFrame) -> pl.DataFrame:
    """Three months of visits on working days; good outlets are seen more often, and some plans are not kept."""
    draw, clock, buyers = dice(books.seed, "visits"), books.clock, books.buyers
    days = clock.working_days[(clock.working_days < clock.length) & (clock.working_days >= clock.length - VISIT_DAYS)]
    rate = shops["outlet_class"].replace_strict({"A": 0.2, "B": 0.16, "C": 0.11, "D": 0.06}, return_dtype=pl.Float64).to_numpy()
    index = {name: place for place, name in enumerate(buyers.id)}
    dealer = np.array([index[name] for name in shops["dealer_id"]])
    diligence = np.clip(draw.normal(1.0, 0.22, len(buyers)), 0.4, 1.4)
    outlet, slot = np.nonzero(draw.random((len(dealer), len(days))) < (rate * diligence[dealer])[:, None])
    count = len(outlet)
    return (
        pl.DataFrame(
            {
                "visited_on": books.dates(days[slot]),
                "outlet_id": shops["outlet_id"].gather(outlet),
                "sales_rep": coded(buyers.rep, dealer[outlet]),
                "planned": draw.random(count) < 0.82,
                "minutes": np.round(draw.gamma(9, 2.6, count) + 4),
                "price_seen": np.round(np.where(draw.random(count) < 0.7, draw.normal(188, 9, count), np.nan)),
                "core_skus_present": np.clip(draw.binomial(8, 0.78, count), 0, 8),
            }
        )
        .with_columns(pl.col("price_seen").fill_nan(None))
        .sort("visited_on", "outlet_id")
    )


def replenishment(books: Books) -> pl.DataFrame:
    """Order interval and lead time in working days: of each dealer, of a few articles apart, of the branches."""
    draw, buyers = dice(books.seed, "replenishment"), books.buyers
    rows: list[tuple[str, str | None, float, float, float, float]] = []
    for index in np.flatnonzero(buyers.status == "active"):
        place = f"L{buyers.id[index]}"
        rows.append((place, None, float(buyers.interval[index]), float(buyers.lead[index]), 0.3, 1.0))
        if index % 6 == 0:
            article = books.articles[int(draw.integers(0, 60))]
            rows.append((place, article.sku, float(buyers.interval[index]), float(buyers.lead[index] + 2), 0.5, 1.1))
    rows += [(place, None, 3.0, 4.0, 0.3, 1.0) for place in OWN[1:]]
    names = ["location_id", "sku", "order_interval_days", "lead_time_days", "safety_share", "adjustment"]
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"sku": pl.String})


def availability(books: Books) -> pl.DataFrame:
    """Working days of each month, and those on which the article was in stock: own places a year, dealers half a year."""
    clock, flow, buyers = books.clock, books.relics.flow, books.buyers
    first = len(clock.months) - AVAILABILITY_MONTHS
    working = np.array([clock.working[: clock.length][clock.month_of[: clock.length] == first + month].sum() for month in range(AVAILABILITY_MONTHS)])
    live = np.array([article.state == "live" for article in books.articles])
    launched = np.array([article.launched_on for article in books.articles])
    began = np.searchsorted(clock.month_ends, launched) + 1
    frames = []
    for kept, codes, start in (
        (flow.in_stock, np.array(OWN), 0),
        (flow.dealer_in_stock, np.char.add("L", buyers.id), AVAILABILITY_MONTHS - 6),
    ):
        carried = (kept.sum(axis=0) > 0) & live
        if codes[0].startswith("L"):
            carried &= (buyers.consents & (buyers.status == "active") & (buyers.late_months == 0))[:, None]
        for month in range(start, AVAILABILITY_MONTHS):
            place, article = np.nonzero(carried & (began <= first + month))
            frames.append(
                pl.DataFrame(
                    {
                        "month": [clock.months[first + month]] * len(place),
                        "location_id": coded(codes, place),
                        "sku": books.skus(article),
                        "working_days": np.full(len(place), working[month]),
                        "in_stock_days": kept[month, place, article],
                    }
                )
            )
    return pl.concat(frames)
