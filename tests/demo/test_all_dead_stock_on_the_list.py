"""All dead stock of the demo company put on the clearance list: the list holds all of its money, to the cent."""

import shutil
from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS, clearance
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.demo_home import home_of

AS_OF = date(2025, 10, 31)


@pytest.fixture
def own_home(tmp_path_factory, tmp_path):
    shutil.copytree(home_of(tmp_path_factory, 1).path, tmp_path / "home")
    return Home(tmp_path / "home")


def test_an_item_that_is_dead_in_two_classes_is_listed_with_both(own_home):
    warehouse = open_warehouse(own_home)
    dead = ANSWERS["dead_stock"](warehouse, Selection(), EVERYTHING)
    lots = dead.extra["lots"]
    assert lots.group_by("item_id", "location_id").agg(pl.col("class").n_unique())["class"].max() > 1
    found = clearance.proposed(warehouse, Selection(), EVERYTHING)
    put = clearance.add(str(own_home.path), found, AS_OF, date(2025, 12, 31), "Boris", "discount", Scope(who="Anna"), warehouse.version)
    answer = clearance.clearance(warehouse, Selection(), EVERYTHING)
    assert answer.frame.height == put == found.height
    assert round(answer.frame["listed_value"].sum(), 2) == round(dead.frame["value"].sum(), 2)
    assert clearance.proposed(warehouse, Selection(), EVERYTHING).is_empty()


def test_rows_of_the_same_item_and_place_become_one_listing(own_home):
    twice = pl.DataFrame({"item_id": ["A", "A"], "location_id": ["P", "P"], "class": ["x", "y"], "qty": [1.0, 2.0], "value": [10.0, 20.005]})
    assert clearance.add(str(own_home.path), twice, AS_OF, AS_OF, "Boris", "scrap", Scope(who="Anna"), 1) == 1
    listed = clearance.clearance(open_warehouse(own_home), Selection(), EVERYTHING).frame
    assert listed.select("listed_qty", "listed_value").row(0) == (3.0, 30.005)
