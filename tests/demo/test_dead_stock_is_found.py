"""The planted dead stock is found by the page, to the yuan and on both seeds; only this test opens the record of plants."""

import json
from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.demo_home import files_of, home_of
from tests.pages.conftest import opened

NAMED = {
    "damaged_materials": "damaged_materials", "materials_that_make_no_set": "materials_without_set", "unsold_products": "unsold_products",
    "withdrawn_products": "gone_products",
}  # fmt: skip
ON_SCREEN = {
    "damaged_materials": "Damaged materials", "materials_that_make_no_set": "Materials that make no set", "unsold_products": "Products that do not sell",
    "withdrawn_products": "Withdrawn or expired products",
}  # fmt: skip


@pytest.fixture(scope="module", params=[1, 2], ids=["seed 1", "seed 2"])
def planted(request, tmp_path_factory):
    """The home of a seed and what was planted in it."""
    files = files_of(tmp_path_factory, request.param)
    return home_of(tmp_path_factory, request.param), json.loads((files.parent / "plants.json").read_text(encoding="utf-8"))["dead_stock"]


@pytest.fixture(scope="module")
def found(planted):
    return ANSWERS["dead_stock"](open_warehouse(planted[0]), Selection(), EVERYTHING)


def test_the_four_classes_are_found_to_the_yuan(planted, found):
    values = dict(found.extra["classes"].select("class", "value").iter_rows())
    assert {name: round(values[ours], 2) for name, ours in NAMED.items()} == {name: planted[1][name]["value"] for name in NAMED}


def test_the_very_articles_are_found(planted, found):
    def of(name):
        return set(found.frame.filter(pl.col("class") == NAMED[name])["item_id"])

    for name in ("unsold_products", "withdrawn_products"):
        assert of(name) == {item["sku"] for item in planted[1][name]["items"]}
    assert of("materials_that_make_no_set") == set(planted[1]["materials_that_make_no_set"]["items"])


def test_some_of_it_is_idle_for_more_than_three_and_ten_years(planted, found):
    unsold = found.frame.filter(pl.col("class") == "unsold_products")
    never = unsold.filter(pl.col("last_sold_on").is_null())
    assert never.filter(pl.col("age_days") > (date(2025, 10, 31) - date(2022, 10, 31)).days).height == planted[1]["unsold_products"]["over_3_years"]
    longest = found.extra["idle"].filter(pl.col("from_months") == 120)["items"]
    assert longest.to_list() == [planted[1]["unsold_products"]["over_10_years"]]


def test_the_page_shows_the_sums_and_the_lines(planted, monkeypatch):
    home: Home = planted[0]
    monkeypatch.setenv("GRANARY_HOME", str(home.path))
    at = opened("pages/inventory/dead_stock.py")
    rows = at.dataframe[0].value
    sums = rows.groupby("class")["value"].sum()
    assert {name: round(float(sums[shown]), 2) for name, shown in ON_SCREEN.items()} == {name: planted[1][name]["value"] for name in NAMED}
    shown = {metric.label: metric.value for metric in at.metric}
    assert set(ON_SCREEN.values()) <= set(shown)


def test_the_start_page_says_the_same_money(planted, found):
    alerts = ANSWERS["start"](open_warehouse(planted[0]), Selection(), EVERYTHING).alerts
    assert [alert.money for alert in alerts if alert.page == "dead_stock"] == [pytest.approx(found.frame["value"].sum())]


def test_every_lot_of_ours_names_its_day_and_the_ages_add_up(planted):
    warehouse = open_warehouse(planted[0])
    buckets = ANSWERS["ageing"](warehouse, Selection(), EVERYTHING).extra["buckets"]
    stock = ANSWERS["kpi"](warehouse, Selection(where=(("item_kind", ("all",)),)), EVERYTHING, "stock_value").frame["stock_value"][0]
    assert buckets["value"].sum() == pytest.approx(stock)
    assert buckets.filter(pl.col("from_days").is_null())["value"].to_list() == [0]


def test_what_was_bought_early_is_an_investment_by_its_event(planted):
    answer = ANSWERS["stock_by_purpose"](open_warehouse(planted[0]), Selection(), EVERYTHING)
    assert answer.extra["events"].height >= 2
    assert answer.extra["events"]["value"].sum() == pytest.approx(answer.frame["investment_value"].sum())
    assert answer.frame["unknown_value"].sum() == 0
