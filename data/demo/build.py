"""From a seed to a folder of files: one for each input table, and beside the folder what was planted."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from data.demo import channel, company, coverage, goods, layers, materials, places, plans, prices, relics, supply
from data.demo.days import Clock
from data.demo.demand import Demand, demand, promotions
from data.demo.flow import Simulation
from data.demo.goods import Books
from data.demo.scenario import scenario

AS_OF = date(2025, 10, 31)
LARGE = 20_000


def build(folder: Path, seed: int = 1, as_of: date = AS_OF) -> Path:
    """Write every table of the company of a seed into `folder` and `plants.json` beside it; returns the folder.

    Small tables are CSV (UTF-8), large ones Parquet. The same seed and day always give the same bytes of data.
    Raises ValueError when `as_of` is not the last day of a month between 2023 and 2027.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables, plants = company_of(seed, as_of)
    for name, table in tables.items():
        if table.height > LARGE:
            table.write_parquet(folder / f"{name}.parquet")
        else:
            table.write_csv(folder / f"{name}.csv")
    (folder.parent / "plants.json").write_text(json.dumps(plants, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def company_of(seed: int, as_of: date = AS_OF) -> tuple[dict[str, pl.DataFrame], dict[str, object]]:
    """(tables by name, what was planted) of a seed."""
    books, wanted, campaigns, reps = _run(seed, as_of)
    tables: dict[str, pl.DataFrame] = {"sales_reps": reps, "calendar": books.clock.table()}
    parts = materials.bill(seed, books.articles, books.prices)
    store = supply.stocked(books, parts, books.story.damaged, books.story.no_set)
    view = plans.outlook(books, wanted)
    shops = coverage.outlets(books)
    safety = np.rint(view.articles[:, len(books.clock.months)] / 30 * 10)
    tables["products"] = company.products(books.articles, books.prices.unit_cost, books.prices.today, safety)
    tables["dealers"] = places.dealers_table(books.buyers, seed, books.clock)
    tables["locations"] = places.locations(books.buyers, [])
    tables |= {"outlets": shops, "visits": coverage.visits(books, shops), "replenishment": coverage.replenishment(books), "availability": coverage.availability(books)}
    tables |= materials.tables(books.articles, parts)
    tables |= supply.tables(books, store, parts, ["R02"] * len(books.articles))
    tables["adjustments"] = pl.concat([goods.adjustments(books), tables.pop("losses")]).sort("adjusted_on", "location_id", "item_id", "batch_id")
    tables["orders"] = goods.orders(books, np.full(len(books.relics.flow.orders["due"]), ""))
    tables["sales"] = goods.sales(books)
    tables["transfers"] = goods.transfers(books)
    tables["stock"] = pl.concat([goods.own_stock(books), supply.material_stock(books, store, parts), channel.dealer_stock(books)]).sort("counted_on", "location_id", "item_id", "batch_id")
    tables["dealer_sales"] = channel.dealer_sales(books, shops)
    tables["forecasts"] = plans.forecasts(books, view)
    tables["budget"] = plans.budget(books, view)
    tables["promotions"] = campaigns.drop("uplift")
    tables["price_changes"] = prices.price_changes(books.articles, books.prices)
    return tables, {"seed": seed}


def _run(seed: int, as_of: date) -> tuple[Books, Demand, pl.DataFrame, pl.DataFrame]:
    """Let the three years happen and settle what they were worth."""
    clock, story = Clock(as_of), scenario(seed)
    buyers, reps = places.with_reps(places.dealers(seed, clock), seed, clock)
    articles = _special(company.articles(seed, story, clock), buyers)
    campaigns = promotions(seed, clock)
    wanted = demand(seed, story, articles, buyers, clock, campaigns)
    flow = Simulation(seed, story, articles, buyers, wanted, clock).run()
    settled = prices.settle(seed, story, articles, buyers, flow, clock, campaigns)
    buried = relics.bury(seed, story, articles, buyers, flow, settled, clock)
    traced = layers.trace(seed, articles, buyers, buried, clock)
    return Books(seed, story, clock, articles, buyers, buried, traced, buried.prices), wanted, campaigns, reps


def _special(articles: list[company.Article], buyers: places.Dealers) -> list[company.Article]:
    """Name the dealer for whom each special article was made: large ones that have long been with us."""
    able = [index for index in np.argsort(-buyers.size) if buyers.status[index] == "active" and buyers.started[index] < 0]
    named, turn = [], 0
    for article in articles:
        if article.cause == "dealer_special":
            article = replace(article, special_for=str(buyers.id[able[turn % 8]]))
            turn += 1
        named.append(article)
    return named
