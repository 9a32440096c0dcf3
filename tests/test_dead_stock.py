"""Dead stock: the rules one by one, on a small company made for them; every bad input has a stated outcome."""

from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.dead_stock import dead_items
from engine.answers.source import Source
from engine.dead_stock import asked_of_materials, by_idle_time, months_earlier, spread_over_askers
from engine.errors import BadUse
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

AS_OF = date(2025, 10, 31)
OLD = date(2020, 5, 1)


def product(sku, **more):
    return {"sku": sku, "product_name": f"Article {sku}", "sphere": "S", "product_group": "G", "line_id": "L", "unit_cost": 10.0} | more


def lot(item, qty=1.0, place="P", **more):
    return {"counted_on": AS_OF, "location_id": place, "item_id": item, "on_hand_qty": qty, "unit_cost": 10.0, "received_on": OLD} | more


def sale(sku, day, qty=1.0, value=20.0):
    return {"shipped_on": day, "dealer_id": "D1", "sku": sku, "qty": qty, "net_value": value, "cost_value": 10.0 * qty, "location_id": "P"}


GONE = {"withdrawn_on": date(2025, 6, 1)}
PRODUCTS = [
    product("SELLS"), product("NEVER"), product("LONG"), product("RETURNED"), product("SAMPLED"), product("NEW"), product("BELOW"), product("EXPIRES"),
    product("STALE", shelf_life_days=300.0), product("REPLACED", withdrawn_cause="replaced", **GONE), product("UNSAID", **GONE),
    product("SPECIAL", withdrawn_cause="dealer_special", made_for_dealer_id="D1", **GONE), product("BOTH", withdrawn_cause="tactical", **GONE),
    product("WAITS"), product("RING1"), product("RING2"), product("OLDPART", **GONE), product("NEEDSOLD"),
]  # fmt: skip
SOLD_LATELY = ("SELLS", "EXPIRES", "STALE", "REPLACED", "UNSAID", "SPECIAL", "WAITS", "RING1", "RING2", "NEEDSOLD", "OLDPART")
SALES = [
    *(sale(sku, date(2025, 10, 1)) for sku in SOLD_LATELY),
    sale("LONG", date(2022, 9, 30)), sale("RETURNED", date(2025, 9, 1), 5.0), sale("RETURNED", date(2025, 9, 5), -5.0, -100.0),
    sale("SAMPLED", date(2025, 9, 1), 3.0, 0.0),
]  # fmt: skip
MATERIALS = [{"material_id": name, "material_name": name, "unit_cost": 10.0} for name in ("GLASS", "CORK", "MATE", "FOIL", "LOOSE", "RINGED", "WAX", "RAG")]
RECIPES = [
    {"sku": "SELLS", "material_id": "GLASS", "qty_per": 1.0}, {"sku": "SELLS", "material_id": "CORK", "qty_per": 1.0},
    {"sku": "WAITS", "material_id": "FOIL", "qty_per": 1.0}, {"sku": "WAITS", "material_id": "MATE", "qty_per": 5.0},
    {"sku": "REPLACED", "material_id": "WAX", "qty_per": 1.0},
    {"sku": "RING1", "material_id": "RING2", "qty_per": 1.0}, {"sku": "RING2", "material_id": "RING1", "qty_per": 1.0},
    {"sku": "RING1", "material_id": "RINGED", "qty_per": 1.0},
    {"sku": "NEEDSOLD", "material_id": "OLDPART", "qty_per": 1.0}, {"sku": "NEEDSOLD", "material_id": "RAG", "qty_per": 1.0},
]  # fmt: skip
STOCK = [
    *(lot(row["sku"]) for row in PRODUCTS if row["sku"] not in ("NEW", "BELOW", "EXPIRES", "OLDPART", "RING1", "RING2")),
    lot("NEW", received_on=date(2025, 3, 1)), lot("BELOW", -4.0), lot("EXPIRES", 1.0), lot("EXPIRES", 2.0, condition="expired", batch_id="old"),
    lot("GLASS", 4.0), lot("GLASS", 1.0, condition="damaged", batch_id="broken"), lot("CORK", 3.0), lot("FOIL", 7.0), lot("MATE", 4.0), lot("LOOSE", 1.0),
    lot("RINGED", 1.0), lot("WAX", 1.0), lot("RAG", 1.0), lot("NEVER", 2.0, "Q"),
]  # fmt: skip
TABLES = {
    "products": PRODUCTS, "sales": SALES, "materials": MATERIALS, "recipes": RECIPES, "stock": STOCK,
    "dealers": [{"dealer_id": "D1", "dealer_name": "Dealer One", "region": "North"}],
    "locations": [
        {"location_id": "P", "location_name": "Plant", "kind": "plant", "region": "North"},
        {"location_id": "Q", "location_name": "Branch", "kind": "branch", "region": "South"},
    ],
    "production_requests": [
        {"requested_on": date(2024, 5, 1), "asked_by": "North", "sku": "REPLACED", "qty": 30.0},
        {"requested_on": date(2024, 6, 1), "asked_by": "South", "sku": "REPLACED", "qty": 10.0},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(tmp_path_factory.mktemp("dead") / "home", TABLES)


def dead(warehouse, *details, scope=EVERYTHING, **selection):
    return ANSWERS["dead_stock"](warehouse, Selection(**({"as_of": AS_OF} | selection)), scope, *details)


def classes(answer):
    return {(row["class"], row["item_id"]): row["cause"] for row in answer.frame.iter_rows(named=True)}


def test_each_item_is_in_its_class_with_its_cause(company):
    assert classes(dead(company)) == {
        ("damaged_materials", "GLASS"): "damaged",
        ("materials_without_set", "FOIL"): "mate_missing",
        ("materials_without_set", "MATE"): "mate_missing",
        ("materials_without_set", "LOOSE"): "no_recipe",
        ("materials_without_set", "WAX"): "all_withdrawn",
        ("materials_without_set", "RAG"): "mate_missing",
        ("unsold_products", "NEVER"): "unsold",
        ("unsold_products", "LONG"): "unsold",
        ("unsold_products", "RETURNED"): "unsold",
        ("unsold_products", "SAMPLED"): "unsold",
        ("unsold_products", "BOTH"): "unsold",
        ("gone_products", "REPLACED"): "replaced",
        ("gone_products", "UNSAID"): "other",
        ("gone_products", "SPECIAL"): "dealer_special",
        ("gone_products", "EXPIRES"): "expired",
        ("gone_products", "STALE"): "expired",
    }


def test_returns_are_netted_and_samples_are_no_sales(company):
    found = classes(dead(company))
    assert {("unsold_products", "RETURNED"), ("unsold_products", "SAMPLED")} <= found.keys()


def test_an_article_that_never_sold_appears_and_a_new_one_does_not(company):
    items = set(dead(company).frame["item_id"])
    assert "NEVER" in items
    assert "NEW" not in items


def test_a_set_needs_whole_pieces_of_every_material(company):
    """Four of a mate do not make a set that takes five."""
    assert classes(dead(company))["materials_without_set", "FOIL"] == "mate_missing"


def test_a_recipe_with_a_withdrawn_material_of_which_nothing_is_left_makes_no_set(company):
    assert classes(dead(company))["materials_without_set", "RAG"] == "mate_missing"
    left = published_with(company.home.path.parent, stock=[*STOCK, lot("OLDPART")])
    assert ("materials_without_set", "RAG") not in classes(dead(left))


def published_with(folder, **tables):
    return published(folder / f"again-{len(list(folder.iterdir()))}", TABLES | tables)


def test_a_material_of_a_circular_recipe_alone_is_unknown_and_said(company):
    answer = dead(company)
    assert "RINGED" not in set(answer.frame["item_id"])
    assert any("lead back to themselves" in note.text and dict(note.values)["circular_money"] == 10 for note in answer.notes)


def test_only_the_expired_lot_of_an_article_that_sells_is_dead(company):
    row = dead(company).frame.filter(pl.col("item_id") == "EXPIRES").row(0, named=True)
    assert (row["qty"], row["value"]) == (2, 20)


def test_the_classes_exclude_each_other_and_add_up(company):
    answer = dead(company)
    assert answer.frame.group_by("item_id").len()["len"].max() == 1
    assert answer.extra["classes"]["value"].sum() == answer.frame["value"].sum() == answer.extra["lots"]["value"].sum()
    assert dict(answer.extra["classes"].select("class", "value").iter_rows()) == {
        "damaged_materials": 10, "materials_without_set": 140, "unsold_products": 70, "gone_products": 60,
    }  # fmt: skip


def test_a_negative_balance_is_left_out_and_said(company):
    answer = dead(company)
    assert "BELOW" not in set(answer.frame["item_id"])
    assert any(note.text.startswith("{n} balance") and dict(note.values)["n"] == 1 for note in answer.notes)


def test_where_the_profit_went_ends_at_what_is_left_of_it(company):
    answer = dead(company)
    steps = answer.extra["profit"]
    margin = sum(row["net_value"] - row["cost_value"] for row in SALES if row["shipped_on"] > date(2024, 10, 31))
    assert steps["part"].to_list() == ["profit", "damaged_materials", "materials_without_set", "unsold_products", "gone_products", "left"]
    assert steps["value"][0] == pytest.approx(margin)
    assert steps["value"][-1] == pytest.approx(margin - 280)


def test_the_profit_of_the_cash_table_comes_before_the_gross_margin(company):
    months = [date(2024 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(11, 23)]
    cash = [{"month": month, "profit": 100.0, "opening_cash": 0.0, "closing_cash": 0.0} for month in months]
    answer = dead(published_with(company.home.path.parent, cash=cash))
    assert answer.facts["is_cash_profit"]
    assert answer.extra["classes"]["profit_share"].sum() == pytest.approx(280 / 1200)


def test_who_asked_for_it_shares_the_money_by_pieces_and_a_dealers_special_is_the_dealers(company):
    who = {(row["asked_by"], row["is_dealer"]): row["value"] for row in dead(company).extra["who"].iter_rows(named=True)}
    assert who["North", False] == pytest.approx(7.5 + 7.5)  # the product, and the wax that went into it
    assert who["South", False] == pytest.approx(2.5 + 2.5)
    assert who["Dealer One", True] == pytest.approx(10)
    assert sum(who.values()) == pytest.approx(130 + 150)


def test_whoever_asked_for_a_product_asked_for_the_materials_that_it_takes(company):
    by = {row["item_id"]: row["ordered_by"] for row in dead(company).frame.iter_rows(named=True)}
    assert (by["WAX"], by["LOOSE"], by["REPLACED"], by["SPECIAL"]) == ("North", None, "North", "Dealer One")
    recipes = pl.DataFrame({"sku": ["a", "b", "own"], "material_id": ["m", "m", "m"], "qty_per": [1.0, 4.0, 1.0]})
    asked = pl.DataFrame({"sku": ["a", "b", "own"], "asked_by": ["x", "y", "z"], "qty": [8.0, 1.0, 3.0]})
    made_for = pl.DataFrame({"sku": ["own"], "made_for": ["D"]})
    assert asked_of_materials(recipes, asked, made_for).rows() == [("m", "D", 3.0), ("m", "x", 8.0), ("m", "y", 4.0)]


def test_the_windows_of_36_and_120_months_keep_only_what_is_idle_for_longer(company):
    assert set(dead(company, "36").frame.filter(pl.col("class") == "unsold_products")["item_id"]) == {"NEVER", "LONG", "RETURNED", "SAMPLED", "BOTH"}
    assert dead(company, "120").frame.filter(pl.col("class") == "unsold_products").is_empty()


def test_the_window_may_be_that_of_the_selection_or_the_usual_one(company):
    short = dead(company, first=date(2025, 10, 2), last=AS_OF).frame
    assert ("unsold_products", "SELLS") in {(row["class"], row["item_id"]) for row in short.iter_rows(named=True)}
    assert dead(company, "window").facts["unsold"].days == 90
    with pytest.raises(BadUse):
        dead(company, "a year")


def test_idle_time_counts_from_the_last_sale_else_from_the_receipt():
    frame = pl.DataFrame({"item_id": ["a", "b", "c"], "value": [1.0, 2.0, 4.0], "idle_since": [date(2022, 10, 31), date(2014, 1, 1), None]})
    assert by_idle_time(frame, AS_OF, (12, 36, 120)).rows() == [(36, 120, 1.0, 1), (120, None, 2.0, 1), (None, None, 4.0, 1)]


def test_a_years_window_ends_on_the_same_day_and_a_months_end_stays_one():
    assert months_earlier(AS_OF, 12) == date(2024, 10, 31)
    assert months_earlier(date(2025, 2, 28), 12) == date(2024, 2, 29)
    assert months_earlier(date(2025, 3, 30), 1) == date(2025, 2, 28)


def test_money_that_is_shared_among_askers_adds_up():
    money = pl.DataFrame({"item_id": ["a", "b"], "value": [9.0, 5.0]})
    asked = pl.DataFrame({"sku": ["a", "a"], "asked_by": ["x", "y"], "qty": [2.0, 1.0]})
    found = spread_over_askers(money, asked, pl.DataFrame({"sku": ["a"], "made_for": [None]}, schema={"sku": pl.String, "made_for": pl.String}))
    assert found.select("asked_by", "value").rows() == [("x", 6.0), (None, 5.0), ("y", 3.0)]


def test_without_recipes_no_material_is_called_dead_and_the_table_is_named(tmp_path):
    answer = dead(published(tmp_path / "home", {name: rows for name, rows in TABLES.items() if name != "recipes"}))
    assert "materials_without_set" not in set(answer.frame["class"])
    assert "recipes" in answer.missing


def test_without_sales_no_product_is_called_unsold(tmp_path):
    answer = dead(published(tmp_path / "home", {name: rows for name, rows in TABLES.items() if name != "sales"}))
    assert "unsold_products" not in set(answer.frame["class"])
    assert "sales" in answer.missing


def test_stock_without_a_day_of_receipt_is_old_unless_a_later_count_brought_it(tmp_path):
    bare = [{name: value for name, value in lot(item, place=place).items() if name != "received_on"} for item, place in (("NEVER", "P"), ("LONG", "P"))]
    first = [row | {"counted_on": date(2024, 12, 31)} for row in bare[:1]]
    answer = dead(published(tmp_path / "home", TABLES | {"stock": [*first, *bare]}))
    assert set(answer.frame["item_id"]) == {"NEVER"}
    assert answer.frame["age_days"][0] is None
    assert answer.frame["age_days_why"][0] is not None


def test_a_person_sees_the_dead_stock_of_the_own_region_and_no_profit_of_the_company(company):
    south = dead(company, scope=Scope("south", regions=frozenset({"South"})))
    assert south.frame.select("item_id", "value").rows() == [("NEVER", 20)]
    assert south.extra["classes"]["profit_share"].null_count() == 4
    assert {measure.value for measure in south.facts["measures"] if measure.unit == "share"} == {None}


def test_a_person_who_sees_single_dealers_sees_no_stock_of_ours(company):
    nobody = Scope("one", dealers=frozenset({"D1"}))
    assert dead(company, scope=nobody).frame.is_empty()
    source = Source(company, 1, company.home.settings())
    assert dead_items(source, AS_OF, nobody).is_empty()
    assert dead_items(source, AS_OF, EVERYTHING)["value"].sum() == 280


def test_a_choice_of_goods_or_places_narrows_what_is_shown_but_not_what_counts_as_a_set(company):
    assert dead(company, where=(("sku", ("LONG",)),)).frame["item_id"].to_list() == ["LONG"]
    assert dead(company, where=(("location_id", ("Q",)),)).frame["item_id"].to_list() == ["NEVER"]
    assert set(dead(company, where=(("item_kind", ("material",)),)).frame["class"]) == {"damaged_materials", "materials_without_set"}
