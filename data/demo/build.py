"""From a seed to a folder of files: one for each input table, and beside the folder what was planted."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from data.demo import (
    accounts,
    agreements,
    capacity,
    channel,
    company,
    control,
    coverage,
    goods,
    layers,
    market,
    materials,
    money,
    places,
    plans,
    plants,
    prices,
    relics,
    supply,
    wishes,
)
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
    tables, planted = company_of(seed, as_of)
    for name, table in tables.items():
        if table.height > LARGE:
            table.write_parquet(folder / f"{name}.parquet")
        else:
            table.write_csv(folder / f"{name}.csv", datetime_format="%Y-%m-%d %H:%M:%S")
    (folder.parent / "plants.json").write_text(json.dumps(planted, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def company_of(seed: int, as_of: date = AS_OF) -> tuple[dict[str, pl.DataFrame], dict[str, object]]:
    """(tables by name, what was planted) of a seed."""
    books, wanted, campaigns, reps = _run(seed, as_of)
    parts = materials.bill(seed, books.articles, books.prices)
    store = supply.stocked(books, parts, books.story.damaged, books.story.no_set)
    view = plans.outlook(books, wanted)
    tables = {"sales_reps": reps, "calendar": books.clock.table(), "promotions": campaigns.drop("uplift")}
    tables |= _goods(books, store, parts, view)
    tables |= _trade(books, wanted, view, tables)
    hours, peak = capacity.capacity(books, view)
    tables |= {
        "resources": capacity.resources(),
        "capacity": hours,
        "resource_use": capacity.resource_use(books),
        "production_plan": capacity.production_plan(books, view),
        "purchase_plan": capacity.purchase_plan(books, store, parts, view),
        "headcount": capacity.headcount(books),
        "stages": capacity.stages(books),
        "stage_standards": capacity.stage_standards(),
    }
    tables |= {
        "segments": market.segments(books),
        "market": market.market(books, tables["sales"]),
        "competitor_prices": market.competitor_prices(books),
        "product_tree": market.product_tree(books),
        "projects": market.projects(books),
        "marketing_budget": market.marketing_budget(books),
    }
    diversions, steps, diverted = control.diversions(books)
    complaints, leaking = control.complaints(books, store, parts)
    tables |= {
        "stocktakes": control.stocktakes(books),
        "city_prices": control.city_prices(books),
        "rewards": control.rewards(books),
        "diversions": diversions,
        "diversion_steps": steps,
        "complaints": complaints,
    }
    return tables, plants.record(books, store, parts, {"bottleneck": peak, "diverting_dealer": diverted, "leaking_lot": leaking})


def _goods(books: Books, store: supply.Store, parts: materials.Bill, view: plans.Outlook) -> dict[str, pl.DataFrame]:
    """Articles, parties, places, and the movements and counts of everything that lies somewhere."""
    shops = coverage.outlets(books)
    customers, at_customers = control.customer_stock(books)
    moved = supply.tables(books, store, parts, capacity.resource_of(books.articles))
    losses = moved.pop("losses")
    counts = [goods.own_stock(books), supply.material_stock(books, store, parts), channel.dealer_stock(books), at_customers]
    return {
        **materials.tables(books.articles, parts),
        **moved,
        "products": company.products(books.articles, books.prices.unit_cost, books.prices.today, np.rint(view.articles[:, len(books.clock.months)] / 3)),
        "dealers": places.dealers_table(books.buyers, books.seed, books.clock),
        "locations": places.locations(books.buyers, customers),
        "outlets": shops,
        "visits": coverage.visits(books, shops),
        "replenishment": coverage.replenishment(books),
        "availability": coverage.availability(books),
        "adjustments": pl.concat([goods.adjustments(books), losses]).sort("adjusted_on", "location_id", "item_id", "batch_id"),
        "transfers": goods.transfers(books),
        "stock": pl.concat(counts).sort("counted_on", "location_id", "item_id", "batch_id"),
        "dealer_sales": channel.dealer_sales(books, shops),
        "price_changes": prices.price_changes(books.articles, books.prices),
    }


def _trade(books: Books, wanted: Demand, view: plans.Outlook, tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Orders, sales and the money they bring; what was agreed, asked for and expected."""
    agreed = agreements.contracts(books)
    orders, sales = goods.orders(books, agreed.of_order), goods.sales(books)
    bills = money.invoices(books, sales)
    invoices = money.written(bills)
    payments = money.payments(books, bills).filter(pl.col("invoice_id").is_null() | pl.col("invoice_id").is_in(invoices["invoice_id"].implode()))
    found = {
        "orders": orders,
        "sales": sales,
        "invoices": invoices,
        "payments": payments,
        "order_changes": agreements.order_changes(books, orders),
        "contracts": agreed.table,
        "deals": agreements.deals(books),
        "credit_terms": agreements.outgrown(books, agreements.credit_terms(books, bills), orders, bills, payments),
        "requests": wishes.requests(books, wanted),
        "production_requests": wishes.production_requests(books),
        "forecasts": plans.forecasts(books, view),
        "budget": plans.budget(books, view),
        "planned_payments": money.planned_payments(books),
        **accounts.tables(books, tables["dealer_sales"], sales),
    }
    return {**found, "cash": money.cash(books, {**tables, **found})}


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
