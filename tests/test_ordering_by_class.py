"""Which rule an order goes by: the article's at its place, the place's, its class code's, its class's, or as for all; and whose class it is."""

import json
from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.assortment import factors
from engine.answers.dealer_standing import standing_on
from engine.answers.source import source_of
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

AS_OF = date(2025, 10, 20)
"""October is not over: the review looks at April to September, the class by turnover at the twelve months until October."""
MONTHLY = {"BIG": 80.5, "MID": 16.5, "LOW": 3.0}
SPHERE, HORECA = "Дом", "HoReCa"
A_CLASS, A_OWN = ("A", 2.0, 1.0, 0.1, None), ("A", "own", 4.0, None, None, None)
AS_FOR_ALL = (6 + 3) * 1.3


def product(sku, made_by="own", **more):
    usual = {"sphere": SPHERE, "product_group": "G", "line_id": "L", "unit_cost": 5.0, "list_price": 10.0, "catalogue_on": date(2020, 1, 1)}
    return {"sku": sku, "product_name": sku, "made_by": made_by} | usual | more


def sold(day, sku, money, dealer="D1", sphere=None):
    return {
        "shipped_on": day, "dealer_id": dealer, "sku": sku, "qty": money / 10, "net_value": money, "cost_value": money / 2, "location_id": "B",
        "sphere": sphere,
    }  # fmt: skip


SALES = [
    *(sold(date(2025, month, 10), sku, 100 * share) for month in range(4, 11) for sku, share in MONTHLY.items()),
    *(sold(date(2025, month, 11), "BIG", 1.0, sphere=HORECA) for month in range(4, 10)),
    *(sold(date(2025, month, 11), "TWIN", 1e5, sphere=HORECA) for month in (8, 9)),
    *(sold(date(2025, month, 12), "TWIN", 5.0) for month in range(4, 11)),
    sold(date(2024, 12, 10), "LOW", 9e6), sold(date(2025, 10, 9), "FRESH", 200.0),
]  # fmt: skip
TABLES = {
    "products": [
        product("BIG"), product("MID", "third_party"), product("LOW", None), product("TWIN"), product("FRESH", catalogue_on=date(2025, 10, 2)),
    ],
    "product_tree": [
        {"sku": sku, "sphere": sphere, "valid_from": date(2024, 1, 1), "product_group": "G", "line_id": "L", "reason": "plan"}
        for sku in ("BIG", "TWIN") for sphere in (SPHERE, HORECA)
    ],
    "dealers": [{"dealer_id": "D1", "dealer_name": "One", "region": "R", "channel": "C", "status": "active"}],
    "locations": [
        {"location_id": "B", "location_name": "Branch", "kind": "branch", "dealer_id": None, "region": "R"},
        {"location_id": "RULED", "location_name": "Branch with a rule", "kind": "branch", "dealer_id": None, "region": "R"},
        {"location_id": "LD1", "location_name": "Store", "kind": "dealer", "dealer_id": "D1", "region": "R"},
    ],
    "sales": SALES,
    "stock": [
        {"counted_on": AS_OF, "location_id": place, "item_id": sku, "on_hand_qty": 1.0, "unit_cost": 5.0}
        for place in ("B", "RULED", "LD1") for sku in ("BIG", "MID", "LOW", "TWIN", "FRESH")
    ],
    "replenishment": [
        {"location_id": "RULED", "sku": None, "order_interval_days": 5.0, "lead_time_days": 2.0, "safety_share": None, "adjustment": None},
        {"location_id": "RULED", "sku": "MID", "order_interval_days": 7.0, "lead_time_days": 1.0, "safety_share": 0.0, "adjustment": 1.0},
    ],
}  # fmt: skip


@pytest.fixture
def company(tmp_path):
    return published(tmp_path / "home", TABLES)


def chosen(warehouse, **settings):
    """The company, with settings of its own."""
    (warehouse.home.path / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    return warehouse


def classes(a=("A", None, None, None, None), b=("B", None, None, None, None), c=("C", None, None, None, None)):
    return [list(a), list(b), list(c)]


def row(warehouse, sku, place="B", name="replenishment", scope=EVERYTHING):
    return ANSWERS[name](warehouse, Selection(), scope).frame.row(by_predicate=(pl.col("location_id") == place) & (pl.col("sku") == sku), named=True)


def ordered_by(warehouse, sku, place="B", **more):
    found = row(warehouse, sku, place, **more)
    return pytest.approx(found["high_days"]), str(Message.from_json(found["rules_from"]))


def test_without_parameters_of_a_class_everything_is_ordered_as_for_all_and_says_so(company):
    assert ordered_by(company, "BIG") == (AS_FOR_ALL, "As for all")
    assert ordered_by(company, "BIG", "RULED") == ((5 + 2) * 1.3, "Rule of this place")
    assert ordered_by(company, "MID", "RULED") == (7 + 1, "Rule of the article at this place")


def test_the_class_code_of_the_assortment_drives_the_objective_not_the_class_by_turnover(company):
    chosen(company, replenishment_classes=classes(a=A_CLASS))
    assert ordered_by(company, "BIG") == ((2 + 1) * 1.1, "class code Д-АС1")
    assert ordered_by(company, "LOW") == (AS_FOR_ALL, "As for all")  # by turnover of the year it would be the one A
    found = row(company, "BIG")
    assert found["ico_qty"] == pytest.approx(found["daily_qty"] * 3.3)


def test_the_code_comes_before_the_class_and_what_it_leaves_empty_is_the_classs(company):
    chosen(company, replenishment_classes=classes(a=A_CLASS, b=("B", 8.0, None, None, None)), replenishment_codes=[list(A_OWN)])
    assert ordered_by(company, "BIG") == ((4 + 1) * 1.1, "class code Д-АС1")
    assert ordered_by(company, "MID") == ((8 + 3) * 1.3, "class code Д-ВС3")


def test_a_product_without_a_code_goes_by_its_class(company):
    chosen(company, replenishment_classes=classes(c=("C", 9.0, None, None, None)))
    assert ordered_by(company, "LOW") == ((9 + 3) * 1.3, "class C of the assortment")


def test_a_product_in_two_spheres_goes_by_the_class_of_its_own(company):
    chosen(company, replenishment_classes=classes(a=A_CLASS, c=("C", 9.0, None, None, None)))
    assert ordered_by(company, "TWIN") == ((9 + 3) * 1.3, "class code Д-СС1")  # in HoReCa it is the one A


def test_what_the_review_does_not_know_goes_by_turnover_and_says_so(company):
    chosen(company, replenishment_classes=classes(c=("C", 9.0, None, None, None)))
    assert ordered_by(company, "FRESH") == ((9 + 3) * 1.3, "class C by turnover, as the assortment does not know it")


def test_a_setting_has_the_class_by_turnover_alone(company):
    chosen(company, replenishment_classes=classes(a=A_CLASS), replenishment_codes=[["C", "own", 9.0, None, None, None]], replenishment_class_from="turnover")
    assert ordered_by(company, "LOW") == ((2 + 1) * 1.1, "class A by turnover")
    assert ordered_by(company, "BIG") == ((9 + 3) * 1.3, "class C by turnover")


def test_a_loaded_rule_comes_before_the_class_which_fills_what_the_rule_leaves_empty(company):
    chosen(company, replenishment_classes=classes(a=A_CLASS, b=("B", 1.0, 1.0, 1.0, None)))
    assert ordered_by(company, "BIG", "RULED") == ((5 + 2) * 1.1, "Rule of this place; what it leaves empty: class code Д-АС1")
    assert ordered_by(company, "MID", "RULED") == (7 + 1, "Rule of the article at this place")


def test_suggested_orders_follow_the_class_and_give_the_same_reason(company):
    before = row(company, "BIG", name="suggested_orders")
    chosen(company, replenishment_classes=classes(a=("A", 30.0, 10.0, 0.5, None)))
    after = row(company, "BIG", name="suggested_orders")
    assert after["ico"] == pytest.approx(before["ico"] * 60 / AS_FOR_ALL)
    assert after["order_qty"] > before["order_qty"]
    assert str(Message.from_json(after["rules_from"])) == "class code Д-АС1"


def test_a_factor_that_moves_a_class_moves_the_next_order_and_how_dealers_stand(company):
    chosen(company, replenishment_classes=classes(a=A_CLASS))
    source = source_of(company)
    high = standing_on(source, AS_OF)["high"][0]
    assert ordered_by(company, "MID") == (AS_FOR_ALL, "As for all")
    factors.give(str(company.home.path), SPHERE, "BIG", 0.8, "a rival opened next door", Scope("Anna"), 1)
    assert ordered_by(company, "MID") == ((2 + 1) * 1.1, "class code Д-АС3")
    assert standing_on(source_of(company), AS_OF)["high"][0] < high


def test_who_sees_one_dealer_is_told_the_same_reason(company):
    chosen(company, replenishment_classes=classes(a=A_CLASS))
    own = Scope("one", dealers=frozenset({"D1"}))
    assert ordered_by(company, "BIG", "LD1", scope=own) == ordered_by(company, "BIG", "LD1")


def test_the_page_says_whose_classes_orders_go_by_only_where_they_do(company):
    def said():
        return " ".join(str(note) for note in ANSWERS["replenishment"](company, Selection(), EVERYTHING).notes)

    assert "class code" not in said()
    chosen(company, replenishment_classes=classes(a=A_CLASS))
    assert "class code or class: the assortment's" in said()
    chosen(company, replenishment_classes=classes(a=A_CLASS), replenishment_class_from="turnover")
    assert "its class by turnover of a year" in said()
