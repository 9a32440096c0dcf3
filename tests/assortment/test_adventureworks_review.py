"""The sample company: ABC, BCG and price map by category and line, worked out a second time from the raw files by SQL and by plain counting."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import median

import duckdb
import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from tests.small_warehouse import published

PROJECT = Path(__file__).resolve().parents[2]
RAW = PROJECT.parent / "shared" / "data" / "adventureworks"
ADAPTER = PROJECT / "data" / "adapters" / "adventureworks"
OCTOBER = date(2013, 10, 31)
ALL_DAYS = {"first": date(2010, 1, 1), "last": date(2014, 12, 31)}
NOW, AGO = ("2013-05-01", "2013-10-31"), ("2012-05-01", "2012-10-31")

pytestmark = pytest.mark.skipif(not RAW.is_dir(), reason="the AdventureWorks files do not lie beside the project")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    views = [f"create view \"{file.stem}\" as from read_parquet('{file}')" for file in sorted(RAW.glob("*.parquet"))]
    selects = {name: (ADAPTER / f"{name}.sql").read_text(encoding="utf-8") for name in ("dealers", "products", "sales")}
    return published(tmp_path_factory.mktemp("review") / "home", selects=selects, prepare=views)


@pytest.fixture(scope="module")
def raw():
    """Product, category, subcategory and model of each invoice line, with day, money and cost, straight from the files."""
    con = duckdb.connect()
    for name in ("FactResellerSales", "FactInternetSales", "DimProduct", "DimProductSubcategory", "DimProductCategory"):
        con.execute(f"create view {name} as from read_parquet('{RAW / name}.parquet')")
    con.execute("""
        create table goods as
        select trim(p.ProductAlternateKey) as sku, arg_max(c.EnglishProductCategoryName, p.ProductKey) as category,
            arg_max(s.EnglishProductSubcategoryName, p.ProductKey) as subcategory,
            arg_max(coalesce(trim(p.ModelName), trim(p.ProductAlternateKey)), p.ProductKey) as model, arg_max(p.ListPrice, p.ProductKey) as price
        from DimProduct p left join DimProductSubcategory s using (ProductSubcategoryKey) left join DimProductCategory c using (ProductCategoryKey)
        where p.FinishedGoodsFlag group by 1
    """)
    con.execute("""
        create table lines as
        with sold as (
            select 'reseller' as channel, ProductKey, OrderDate, SalesAmount, TotalProductCost from FactResellerSales
            union all select 'internet', ProductKey, OrderDate, SalesAmount, TotalProductCost from FactInternetSales
        )
        select channel, trim(p.ProductAlternateKey) as sku, cast(OrderDate as date) as day, cast(SalesAmount as double) as net,
            cast(TotalProductCost as double) as cost
        from sold join DimProduct p using (ProductKey)
    """)
    return con


def ask(warehouse, name, *details, **selection):
    where = tuple(selection.pop("where", {}).items())
    return ANSWERS[name](warehouse, Selection(where=where, **selection), EVERYTHING, *details)


def test_the_loss_of_bikes_with_resellers_is_shown_as_a_loss(warehouse, raw):
    found = ask(warehouse, "bcg", "group", where={"channel": ("reseller",)}, **ALL_DAYS)
    bikes = found.frame.filter(pl.col("sphere") == "Bikes")
    by_sql = raw.execute("select sum(net), sum(cost) from lines join goods using (sku) where channel = 'reseller' and category = 'Bikes'").fetchone()
    turnover, margin = bikes["turnover"].sum(), bikes["margin"].sum()
    assert (round(turnover, 2), round(turnover - margin, 2)) == (66_302_381.56, 67_293_081.45) == tuple(round(value, 2) for value in by_sql)
    losers = set(bikes.filter(pl.col("margin") < 0)["product_group"])
    assert losers
    assert set(bikes.filter(pl.col("quadrant") == "loser")["product_group"]) == losers
    assert bikes.filter(pl.col("margin") < 0)["profit_share"].max() < 0
    listed = ask(warehouse, "abc", where={"channel": ("reseller",), "sphere": ("Bikes",)}, **ALL_DAYS)
    assert listed.extra["losses"]["margin"].sum() == pytest.approx(sum(margin for margin in listed.frame["margin"] if margin < 0))
    said = {str(one.label): one.value for one in listed.facts["measures"]}
    assert round(said["Gross profit"], 2) == round(66_302_381.56 - 67_293_081.45, 2)


def test_turnover_and_profit_of_each_line_are_those_of_the_raw_files(warehouse, raw):
    expected = {
        key: tuple(values)
        for *key, net, margin, ago in raw.execute(
            "select category, subcategory, model, coalesce(sum(net) filter (day between cast($from as date) and cast($to as date)), 0),"
            " coalesce(sum(net - cost) filter (day between cast($from as date) and cast($to as date)), 0),"
            " coalesce(sum(net) filter (day between cast($ago as date) and cast($until as date)), 0) from lines join goods using (sku) group by all",
            {"from": NOW[0], "to": NOW[1], "ago": AGO[0], "until": AGO[1]},
        ).fetchall()
        for key, values in [(tuple(key), (net, margin, ago))]
        if any(values)
    }
    found = ask(warehouse, "bcg", as_of=OCTOBER).frame
    lines = {tuple(row[:3]): row[3:] for row in found.select("sphere", "product_group", "line_id", "turnover", "margin", "last_year_turnover").iter_rows()}
    assert lines.keys() == expected.keys()
    for key, values in expected.items():
        assert lines[key] == pytest.approx(values, abs=0.005)


def test_growth_shares_and_quadrants_follow_from_those_sums(warehouse):
    found = ask(warehouse, "bcg", as_of=OCTOBER)
    spheres = defaultdict(list)
    for row in found.frame.iter_rows(named=True):
        spheres[row["sphere"]].append(row)
    for rows in spheres.values():
        gains = sum(max(row["margin"], 0) for row in rows)
        based = [row for row in rows if row["growth"] is not None]
        rate = sum(row["turnover"] for row in based) / sum(row["last_year_turnover"] for row in based) - 1 if based else None
        part = 1 / sum(row["margin"] >= 0 for row in rows)
        for row in rows:
            assert row["profit_share"] == pytest.approx(row["margin"] / gains)
            if row["margin"] < 0:
                expected = "loser"
            elif row["growth"] is None:
                expected = "new"
            else:
                assert row["growth"] == pytest.approx(row["turnover"] / row["last_year_turnover"] - 1)
                grows, earns = row["growth"] >= rate, row["profit_share"] >= part
                expected = {(True, True): "star", (False, True): "cow", (True, False): "question", (False, False): "dog"}[grows, earns]
            assert row["quadrant"] == expected


def test_classes_are_those_of_counting_by_hand(warehouse, raw):
    sums = raw.execute(
        "select category, sku, sum(net), sum(net - cost) from lines join goods using (sku)"
        " where day between cast($from as date) and cast($to as date) group by all", {"from": NOW[0], "to": NOW[1]},
    ).fetchall()  # fmt: skip
    spheres = defaultdict(dict)
    for category, sku, net, margin in sums:
        spheres[category][sku] = (max(net, 0.0), max(margin, 0.0))
    found = {(row["sphere"], row["sku"]): row for row in ask(warehouse, "abc", as_of=OCTOBER).frame.iter_rows(named=True)}
    for sphere, figures in spheres.items():
        turnover, margin = (sum(values[place] for values in figures.values()) for place in (0, 1))
        scores = {sku: 0.5 * values[0] / turnover + 0.5 * values[1] / margin for sku, values in figures.items()}
        for sku, score in scores.items():
            before = sum(other for other in scores.values() if other > score + 1e-12)
            row = found[sphere, sku]
            assert row["criterion"] == pytest.approx(score, abs=1e-9)
            assert row["share_before"] == pytest.approx(before, abs=1e-9)
            if min(abs(before - 0.80), abs(before - 0.96)) > 1e-6:
                assert row["class"] == ("A" if before < 0.80 else "B" if before < 0.96 else "C")


def test_the_price_map_is_that_of_the_list_prices(warehouse, raw):
    prices = defaultdict(list)
    for category, group, model, price in raw.execute("select category, subcategory, model, cast(price as double) from goods where price > 0").fetchall():
        prices[category, group, model].append(price)
    found = ask(warehouse, "price_map", as_of=OCTOBER).frame.filter(pl.col("price_low").is_not_null())
    ranges = {tuple(row[:3]): row[3:] for row in found.select("sphere", "product_group", "line_id", "price_low", "price_median", "price_high").iter_rows()}
    assert ranges.keys() == prices.keys()
    for key, listed in prices.items():
        assert ranges[key] == pytest.approx((min(listed), median(listed), max(listed)))
