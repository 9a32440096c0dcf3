"""The answers on stock records, materials and cash, on a company of a few rows each."""

from datetime import date

import pytest

from engine.answers import ANSWERS
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

AS_OF = date(2025, 10, 31)
NEEDS = ("record_accuracy", "count_plan", "materials", "purchases", "cash_bridge")


def product(sku, cost, **more):
    return {"sku": sku, "product_name": f"Name {sku}", "sphere": "S", "product_group": "G", "line_id": "L", "unit_cost": cost, **more}


def stock(item, qty, place="P", day=AS_OF, **more):
    row = {"counted_on": day, "location_id": place, "item_id": item, "on_hand_qty": float(qty), "unit_cost": None, "batch_id": None, "received_on": None}
    return row | {"condition": None} | more


def counted(item, book, found, place="P", day=date(2025, 9, 30), batch="B1", cause=None, responsible=None):
    return {
        "counted_on": day, "location_id": place, "item_id": item, "batch_id": batch, "book_qty": float(book), "counted_qty": float(found), "cause": cause,
        "responsible": responsible,
    }  # fmt: skip


def sold(sku, qty, value):
    return {"shipped_on": date(2025, 10, 15), "dealer_id": "D1", "sku": sku, "qty": float(qty), "net_value": value * 2.0, "cost_value": float(value)}


def material(code, cost, withdrawn_on=None):
    return {"material_id": code, "material_name": f"Name {code}", "unit_cost": cost, "supplier": "Glass works", "withdrawn_on": withdrawn_on}


PRODUCTS = [product("wine", 10.0), product("ale", 4.0), product("old", 9.0, withdrawn_on=date(2025, 1, 1)), product("ring", 1.0), product("back", 1.0)]
SALES = [sold("wine", 100, 1000), sold("ale", 50, 200)]
MATERIALS = [material("bottle", 2.0), material("cap", 0.5), material("label", 0.1), material("crest", 3.0, date(2025, 6, 1)), material("can", 1.0)]
RECIPES = [
    ("wine", "bottle", 1.0), ("wine", "cap", 1.0), ("wine", "label", 1.0), ("ale", "can", 1.0), ("ale", "crest", 1.0), ("old", "bottle", 1.0),
    ("ring", "back", 1.0), ("back", "ring", 1.0),
]  # fmt: skip
PLACES = [{"location_id": place, "location_name": f"Name {place}", "kind": "branch", "region": region} for place, region in (("P", "North"), ("Q", "South"))]
CASH = [
    {"month": date(2025, 9, 1), "profit": 0.0, "opening_cash": 90.0, "closing_cash": 100.0, "stock_value": 400.0, "receivables": 50.0},
    {"month": date(2025, 10, 1), "profit": 80.0, "opening_cash": 100.0, "closing_cash": 40.0, "stock_value": 520.0, "receivables": 60.0},
]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    tables = {
        "products": PRODUCTS,
        "sales": SALES,
        "locations": PLACES,
        "stock": [
            stock("wine", 20), stock("wine", 5, "Q"), stock("bottle", 60), stock("bottle", 40, condition="damaged"), stock("cap", 30), stock("can", 8),
            stock("crest", 3),
        ],
        "materials": MATERIALS,
        "recipes": [{"sku": sku, "material_id": part, "qty_per": per} for sku, part, per in RECIPES],
        "stocktakes": [
            counted("wine", 100, 95, "P", cause="Breakage", responsible="Li"), counted("wine", 100, 105, "Q", cause="Mix-up", responsible="Li"),
            counted("ale", 0, 3, responsible="Wu"), counted("bottle", 60, 60, responsible="Wu"), counted("stray", 4, 2, responsible="Wu"),
            counted("wine", 100, 100, day=date(2025, 3, 31)),
        ],
        "purchases": [
            {"received_on": date(2025, 9, 5), "item_id": "bottle", "qty": 150.0, "value": 300.0, "supplier": None},
            {"received_on": date(2025, 10, 5), "item_id": "can", "qty": 10.0, "value": 10.0, "supplier": "Tin works"},
        ],
        "purchase_plan": [{"month": date(2025, 9, 1), "item_id": "bottle", "planned_qty": 100.0}],
        "cash": CASH,
        "planned_payments": [{"due_on": date(2025, 11, 20), "amount": 70.0, "what": "Loan"}],
    }  # fmt: skip
    return published(tmp_path_factory.mktemp("accuracy") / "home", tables)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A company that has only what is required."""
    tables = {"products": PRODUCTS, "sales": SALES, "stock": [stock("wine", 20)]}
    return published(tmp_path_factory.mktemp("bare") / "home", tables)


def ask(warehouse, name, scope=EVERYTHING, where=None, **selection):
    return ANSWERS[name](warehouse, Selection(where=tuple((where or {}).items()), **selection), scope)


def measures(answer):
    return {str(figure.label): figure.value for figure in answer.facts["measures"]}


def test_a_surplus_of_one_place_does_not_offset_the_shortage_of_another_on_the_page(company):
    found = ask(company, "record_accuracy", where={"sku": ("wine",)})
    assert measures(found)["Record accuracy"] == 0
    assert measures(found)["Differences at cost"] == 100
    assert measures(found)["Share of the book value"] == 0.05
    assert "Only" in str(found.headline)


def test_positions_stand_with_class_tolerance_and_the_largest_money_first(company):
    found = ask(company, "record_accuracy")
    assert found.frame.columns[:3] == ["location_id", "item_id", "batch_id"]
    rows = found.frame.select("location_id", "item_id", "difference_value", "is_within").rows()
    assert rows[:3] == [("P", "wine", -50, False), ("Q", "wine", 50, False), ("P", "ale", 12, False)]
    assert dict(found.frame.select("item_id", "abc_class").unique().rows()) == {"wine": "A", "ale": "B", "bottle": "A", "stray": "C"}
    assert measures(found)["Record accuracy"] == pytest.approx(1 / 5)


def test_a_position_without_a_cost_has_no_value_and_says_why(company):
    found = ask(company, "record_accuracy")
    value, why = found.frame.filter(item_id="stray").select("difference_value", "difference_value_why").row(0)
    assert value is None
    assert "No cost" in str(Message.from_json(why))
    assert any("no cost" in str(note) for note in found.notes)


def test_causes_and_people_are_ranked_by_money(company):
    extra = ask(company, "record_accuracy").extra
    assert extra["by_cause"].select("cause", "missed_n").rows()[:2] in ([("Breakage", 1), ("Mix-up", 1)], [("Mix-up", 1), ("Breakage", 1)])
    assert extra["by_person"].select("responsible", "counted_n", "missed_n").rows() == [("Li", 2, 2), ("Wu", 3, 2)]
    assert extra["trend"].rows() == [(date(2025, 3, 1), 1.0), (date(2025, 9, 1), pytest.approx(0.2))]


def test_where_nothing_was_counted_accuracy_is_unknown(company):
    found = ask(company, "record_accuracy", first=date(2025, 5, 1), last=date(2025, 5, 31))
    assert measures(found)["Record accuracy"] is None
    assert str(found.headline) == "Nothing was counted in this period."


def test_the_count_plan_names_what_is_due_with_most_money_first(company):
    found = ask(company, "count_plan")
    plan = {(place, item): rest for place, item, *rest in found.frame.select("location_id", "item_id", "abc_class", "due_on", "count_state").rows()}
    assert plan["P", "wine"] == ["A", date(2025, 12, 29), "counted"]
    assert plan["P", "can"][1:] == [AS_OF, "never"]
    assert found.frame.filter(item_id="can")["overdue_days"].to_list() == [None]
    assert found.frame["count_state"].to_list().index("counted") > found.frame["count_state"].to_list().index("never")


def test_who_sees_some_dealers_only_sees_no_stock_records_no_materials_and_no_cash(company):
    scope = Scope("Ann", regions=frozenset({"North"}), dealers=frozenset({"D1"}))
    for name in NEEDS:
        found = ask(company, name, scope)
        assert found.frame.is_empty(), name
        assert all(figure.value is None for figure in found.facts.get("measures", ())), name


def test_who_sees_one_region_sees_its_counts(company):
    found = ask(company, "record_accuracy", Scope("Ann", regions=frozenset({"South"})))
    assert found.frame["location_id"].to_list() == ["Q"]


def test_what_can_be_built_counts_good_pieces_and_names_the_mate_that_is_missing(company):
    found = ask(company, "materials")
    rows = {row["sku"]: row for row in found.frame.iter_rows(named=True)}
    assert (rows["wine"]["recipe_state"], rows["wine"]["sets"], rows["wine"]["material_id"]) == ("missing", 0, "label")
    assert (rows["wine"]["finished_qty"], rows["wine"]["gap_qty"], rows["wine"]["gap_value"]) == (25, 75, 750)
    mates = found.extra["mates"].row(0, named=True)
    assert (mates["sku"], mates["material_id"], mates["sets_with_mate"], mates["waiting_value"]) == ("wine", "label", 30, 75)
    assert mates["mate_value"] == pytest.approx(3)


def test_a_recipe_with_a_withdrawn_material_is_built_as_long_as_it_lasts_and_says_so(company):
    found = ask(company, "materials")
    row = found.frame.filter(sku="ale").row(0, named=True)
    assert (row["recipe_state"], row["sets"]) == ("material_withdrawn", 3)
    assert any("withdrawn material" in str(note) for note in found.notes)
    assert found.extra["lacking"].filter(material_id="crest")["is_withdrawn"].to_list() == [True]


def test_a_circular_recipe_has_unknown_sets_and_says_the_way(company):
    found = ask(company, "materials")
    row = found.frame.filter(sku="ring").row(0, named=True)
    assert (row["recipe_state"], row["sets"], row["sets_together"]) == ("circular", None, None)
    assert "ring → back → ring" in str(Message.from_json(row["sets_why"]))
    assert any("lead back" in str(note) for note in found.notes)


def test_a_withdrawn_product_gets_no_material(company):
    row = ask(company, "materials").frame.filter(sku="old").row(0, named=True)
    assert (row["recipe_state"], row["sets"], row["sets_together"]) == ("withdrawn", 60, None)


def test_purchases_beyond_the_plan_and_what_they_left_in_stock(company):
    found = ask(company, "purchases")
    assert found.frame.select("item_id", "supplier", "over_qty", "over_value", "left_qty", "left_value").rows() == [("bottle", "Glass works", 50, 100, 50, 100)]
    assert any("11 months have no plan" in str(note) for note in found.notes)
    assert found.extra["suppliers"].rows() == [("Glass works", 1, 100, 100)]


def test_the_way_from_profit_to_cash_closes_and_unknown_steps_say_why(company):
    found = ask(company, "cash_bridge", first=date(2025, 10, 1), last=AS_OF)
    value = dict(found.frame.select("step", "value").rows())
    assert (value["profit"], value["stock_value"], value["receivables"], value["change"]) == (80, -120, -10, -60)
    assert value["not_explained"] == -10
    assert value["tax"] is None
    bars = found.extra["bars"]
    assert bars.filter(~bars["is_total"])["value"].sum() + 80 == pytest.approx(-60)
    whys = dict(found.frame.select("step", "value_why").rows())
    assert "does not say" in str(Message.from_json(whys["tax"]))
    assert "yet cash fell" in str(found.headline)


def test_cash_ahead_meets_the_planned_payments_and_knows_nothing_of_income_without_invoices(company):
    found = ask(company, "cash_bridge")
    assert found.extra["payments"].row(0) == (date(2025, 11, 20), "Loan", 70.0, -30.0, None)
    assert {"invoices", "payments"} <= set(found.missing)
    assert measures(found)["Least sure cash ahead"] == -30


@pytest.mark.parametrize("name", NEEDS)
def test_without_its_tables_a_page_says_what_it_lacks(bare, name):
    found = ask(bare, name)
    assert found.missing
    assert found.headline
    assert all(figure.value is None for figure in found.facts.get("measures", ()) if str(figure.label) not in ("Due to be counted",))


def test_the_answers_describe_their_columns(company):
    for name in NEEDS:
        found = ask(company, name)
        assert [column.name for column in found.columns] == found.frame.columns
