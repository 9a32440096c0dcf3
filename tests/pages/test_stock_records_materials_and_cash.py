"""What the pages on stock records, materials and cash show of the demo company."""

import json

import pytest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.warehouse import open_warehouse
from tests.demo_home import files_of
from tests.pages.conftest import opened

ACCURACY, MATERIALS, CASH = "pages/inventory/accuracy.py", "pages/inventory/materials.py", "pages/finance/cash.py"


@pytest.fixture(params=[("demo_home", 1), ("other_demo_home", 2)], ids=["seed 1", "seed 2"])
def demo(request, at_home, tmp_path_factory):
    """A seed of the demo made the own home: (the home, what was planted in it)."""
    name, seed = request.param
    home = request.getfixturevalue(name)
    at_home(home)
    return home, json.loads((files_of(tmp_path_factory, seed).parent / "plants.json").read_text(encoding="utf-8"))


def shown(at, column):
    """The table on the page that has a column."""
    return next(table.value for table in at.dataframe if column in table.value.columns)


def test_the_materials_that_were_bought_beyond_the_plan_lead_the_table_of_the_page(demo):
    _, planted = demo
    table = shown(opened(MATERIALS), "over_value")
    assert set(planted["overbought_materials"]) <= set(table["item_id"].head(12))


def test_the_bars_of_the_cash_page_sum_to_the_change_of_cash(demo):
    home, _ = demo
    found = ANSWERS["cash_bridge"](open_warehouse(home), Selection(), EVERYTHING)
    bars = found.extra["bars"]
    profit, change = bars.filter(bars["is_total"])["value"].to_list()
    assert profit + bars.filter(~bars["is_total"])["value"].sum() == pytest.approx(change, abs=0.01)
    assert abs(found.frame.filter(found.frame["step"] == "not_explained")["value"].item()) < 1
    assert len(opened(CASH).get("plotly_chart")) == 2


@pytest.mark.parametrize("split", ["by_cause", "by_person", "by_place", "by_class"])
def test_record_accuracy_is_split_by_cause_person_place_and_class(demo_home, at_home, split):
    at_home(demo_home)
    table = shown(opened(ACCURACY, split=split), "accuracy_share")
    assert table["missed_n"].sum() > 0


def test_record_accuracy_of_the_demo_counts_no_surplus_against_a_shortage(demo_home):
    found = ANSWERS["record_accuracy"](open_warehouse(demo_home), Selection(), EVERYTHING)
    off = found.frame.filter(~found.frame["is_within"]).height
    assert found.facts["measures"][0].value == pytest.approx(1 - off / found.frame.height)


def test_planned_payments_stand_beside_the_cash_at_the_end_of_their_month(demo_home, at_home):
    at_home(demo_home)
    table = shown(opened(CASH), "amount")
    assert len(table) == 22
    assert table["amount"].is_monotonic_decreasing
