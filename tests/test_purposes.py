"""What stock is for and what holding it costs: the parts add up, and what is not known is neither needed nor excess."""

from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.purposes import PURPOSES, holding_costs, split
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

AS_OF = date(2025, 10, 31)
SHAPE = {
    "item_id": pl.String, "qty": pl.Float64, "value": pl.Float64, "invested_qty": pl.Float64, "invested_value": pl.Float64, "safety_need": pl.Float64,
    "cycle_need": pl.Float64,
}  # fmt: skip


def parts(qty, value, invested=0.0, invested_value=0.0, safety=None, cycle=None):
    row = split(pl.DataFrame([("A", qty, value, invested, invested_value, safety, cycle)], schema=SHAPE, orient="row")).row(0, named=True)
    return {name: (row[f"{name}_qty"], row[f"{name}_value"]) for name in PURPOSES if row[f"{name}_qty"]}


def test_safety_is_filled_first_then_the_cycle_and_the_rest_is_excess():
    assert parts(100.0, 200.0, safety=30.0, cycle=50.0) == {"safety": (30, 60), "cycle": (50, 100), "excess": (20, 40)}
    assert parts(20.0, 40.0, safety=30.0, cycle=50.0) == {"safety": (20, 40)}


def test_what_was_bought_early_is_an_investment_at_its_own_cost():
    found = parts(100.0, 200.0, invested=40.0, invested_value=140.0, safety=30.0, cycle=50.0)
    assert found == {"safety": (30, 30), "cycle": (30, 30), "investment": (40, 140)}


def test_without_a_known_need_the_rest_is_neither_needed_nor_excess():
    assert parts(10.0, 20.0, safety=4.0) == {"safety": (4, 8), "unknown": (6, 12)}


def test_without_demand_all_of_it_is_excess():
    assert parts(10.0, 20.0, safety=0.0, cycle=0.0) == {"excess": (10, 20)}


def test_holding_costs_are_yearly_rates_of_the_value():
    found = holding_costs(pl.DataFrame({"value": [1000.0, -100.0]}), {"capital": 0.08, "storage": 0.02})
    assert found["capital_cost"].to_list() == [80, -8]
    assert found["holding_cost"].to_list() == pytest.approx([100, -10])


# ── a small company ─────────────────────────────────────────────────────────────────────────────────────────────────────


def product(sku, **more):
    return {"sku": sku, "product_name": sku, "sphere": "S", "product_group": "G", "line_id": "L", "unit_cost": 10.0} | more


def lot(item, qty, place="P", **more):
    return {"counted_on": AS_OF, "location_id": place, "item_id": item, "on_hand_qty": qty, "unit_cost": 10.0, "received_on": date(2024, 1, 1)} | more


TABLES = {
    "products": [product("A", safety_stock_qty=20.0), product("B"), product("GONE", withdrawn_on=date(2025, 1, 1)), product("NEW")],
    "materials": [{"material_id": "M", "material_name": "Glass", "unit_cost": 10.0}],
    "sales": [
        {"shipped_on": date(2025, 5, 1), "dealer_id": "D1", "sku": sku, "qty": 365.0, "net_value": 7300.0, "location_id": "P"} for sku in ("A", "B", "GONE")
    ],
    "stock": [
        lot("A", 200.0), lot("A", 10.0, "Q", purpose="festival"), lot("B", 100.0), lot("GONE", 300.0), lot("NEW", 5.0, received_on=date(2025, 9, 1)),
        lot("M", 8.0), lot("A", 50.0, "X", received_on=None),
    ],
    "dealers": [{"dealer_id": "D1", "dealer_name": "One", "region": "North"}, {"dealer_id": "D2", "dealer_name": "Two", "region": "South"}],
    "locations": [
        {"location_id": "P", "location_name": "Plant", "kind": "plant", "region": "North"},
        {"location_id": "Q", "location_name": "Branch", "kind": "branch", "region": "South"},
        {"location_id": "X", "location_name": "At One", "kind": "dealer", "dealer_id": "D1", "region": "North"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(tmp_path_factory.mktemp("purposes") / "home", TABLES)


def asked(warehouse, name, scope=EVERYTHING, **selection):
    return ANSWERS[name](warehouse, Selection(as_of=AS_OF, **selection), scope)


def test_the_parts_add_up_to_the_stock_of_every_item(company):
    frame = asked(company, "stock_by_purpose").frame
    summed = frame.select(pl.sum_horizontal(f"{name}_value" for name in PURPOSES)).to_series()
    assert summed.to_list() == pytest.approx(frame["value"].to_list())


def test_safety_comes_from_the_master_data_else_from_days_of_demand(company):
    rows = {row["item_id"]: row for row in asked(company, "stock_by_purpose").frame.iter_rows(named=True)}
    assert (rows["A"]["safety_value"], rows["A"]["cycle_value"], rows["A"]["excess_value"]) == pytest.approx((200, 600, 1200))
    assert (rows["A"]["investment_value"], rows["A"]["purpose"]) == (100, "festival")
    assert (rows["B"]["safety_value"], rows["B"]["cycle_value"], rows["B"]["excess_value"]) == pytest.approx((150, 600, 250))


def test_a_withdrawn_article_needs_only_its_run_out(company):
    row = asked(company, "stock_by_purpose").frame.filter(pl.col("item_id") == "GONE").row(0, named=True)
    assert (row["safety_value"], row["cycle_value"], row["excess_value"]) == pytest.approx((0, 365 / 12 * 6 * 10, 3000 - 365 / 12 * 6 * 10))


def test_the_need_of_a_new_article_and_of_a_material_without_recipes_is_unknown(company):
    rows = {row["item_id"]: row["unknown_value"] for row in asked(company, "stock_by_purpose").frame.iter_rows(named=True)}
    assert (rows["NEW"], rows["M"]) == (50, 80)


def test_a_region_answers_for_its_share_of_the_need(company):
    south = asked(company, "stock_by_purpose", scope=Scope("s", regions=frozenset({"South"}))).frame
    assert south["item_id"].to_list() == ["A"]
    assert south["investment_value"][0] == 100


def test_money_tied_up_and_its_cost_are_told_by_line_and_dealers_apart(company):
    answer = asked(company, "holding_cost")
    assert answer.frame["value"].sum() == pytest.approx(10 * (210 + 100 + 300 + 5 + 8))
    assert answer.frame["holding_cost"].sum() == pytest.approx(answer.frame["value"].sum() * 0.20)
    dealers = {row["dealer_id"]: row for row in answer.extra["dealers"].iter_rows(named=True)}
    assert dealers["D1"]["value"] == 500
    assert dealers["D2"]["value"] is None
    assert dealers["D2"]["value_why"] is not None


def test_a_person_of_a_region_sees_the_dealers_of_that_region(company):
    answer = asked(company, "holding_cost", scope=Scope("s", regions=frozenset({"South"})))
    assert answer.extra["dealers"]["dealer_id"].to_list() == ["D2"]
    one = asked(company, "holding_cost", scope=Scope("d", dealers=frozenset({"D1"})))
    assert one.frame.is_empty()
    assert one.extra["dealers"]["dealer_id"].to_list() == ["D1"]


def test_the_age_of_stock_is_told_with_what_must_be_set_aside(company):
    answer = asked(company, "ageing")
    assert answer.extra["buckets"]["value"].sum() == pytest.approx(10 * (210 + 100 + 300 + 5 + 8))
    assert dict(answer.extra["buckets"].filter(pl.col("value") > 0).select("from_days", "value").iter_rows()) == {31: 50, 541: 6180}
    assert answer.frame["reserve_value"].sum() == pytest.approx(answer.extra["buckets"]["reserve_value"].sum())
    assert (answer.frame["reserve_value"] <= answer.frame["value"]).all()
