"""The questions of a review on a small company: spheres of sales, months, classes, matrices, prices, market; and what a part of the company is told."""

import shutil
from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS, records
from engine.answers.assortment import factors, market
from engine.errors import BadUse
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.small_warehouse import published

QUESTIONS = ("assortment", "abc", "xyz", "abc_xyz", "bcg", "price_map", "competitors", "market", "class_codes")
MARKETING = Scope("Anna")


def product(sku, sphere, group, line, **more):
    usual = {"line_name": f"Line {line}", "unit_cost": 5.0, "list_price": 10.0, "made_by": "own", "catalogue_on": date(2023, 1, 1), "withdrawn_on": None}
    return {"sku": sku, "product_name": f"Product {sku}", "sphere": sphere, "product_group": group, "line_id": line} | usual | more


PRODUCTS = [
    product("A1", "Дом", "Knives", "L1", list_price=10.0), product("A2", "Дом", "Knives", "L1", list_price=20.0),
    product("A3", "Дом", "Knives", "L2", list_price=16.0), product("A4", "Дом", "Spoons", "L3", made_by="third_party"),
    product("N1", "Дом", "Spoons", "L4", catalogue_on=date(2025, 9, 1), made_by="own_to_order"),
    product("W1", "Дом", "Spoons", "L3", withdrawn_on=date(2025, 3, 1)), product("P1", "Пикник", "Grills", "L5"),
    product("X1", "Сад", "Rakes", "L6", made_by=None),
]  # fmt: skip
TREE = [
    {"sku": "A1", "sphere": "Дом", "valid_from": date(2024, 1, 1), "product_group": "Knives", "line_id": "L1", "reason": "plan"},
    {"sku": "A1", "sphere": "HoReCa", "valid_from": date(2024, 1, 1), "product_group": "Cutlery", "line_id": "L1", "reason": "plan"},
]
DEALERS = [
    {"dealer_id": "D1", "dealer_name": "Shop", "region": "North", "channel": "shops", "sphere": None},
    {"dealer_id": "D2", "dealer_name": "Restaurants", "region": "South", "channel": "horeca", "sphere": "HoReCa"},
]


def sold(month, sku, net, cost, dealer="D1", sphere=None, qty=None):
    day = date(month[0], month[1], 10)
    return {
        "shipped_on": day, "dealer_id": dealer, "sku": sku, "qty": float(net / 10 if qty is None else qty), "net_value": float(net),
        "cost_value": float(cost), "sphere": sphere, "location_id": "P",
    }  # fmt: skip


def months(first, count):
    return [((first[0] * 12 + first[1] - 1 + step) // 12, (first[0] * 12 + first[1] - 1 + step) % 12 + 1) for step in range(count)]


def every(first, count, sku, net, cost, **more):
    return [sold(month, sku, net, cost, **more) for month in months(first, count)]


SALES = [
    *every((2024, 5), 6, "A1", 100, 60), *every((2025, 5), 6, "A1", 120, 72),
    *every((2024, 5), 6, "A2", 50, 30), *every((2025, 5), 6, "A2", 90, 54),
    *every((2024, 5), 6, "A3", 60, 40), *every((2025, 5), 6, "A3", 40, 30),
    *every((2024, 5), 6, "A4", 20, 16), *every((2025, 5), 6, "A4", 20, 25),
    *every((2025, 9), 2, "N1", 30, 20), *every((2025, 5), 2, "W1", 5, 4),
    *every((2025, 5), 6, "A1", 10, 6, dealer="D2"), *every((2025, 5), 6, "A1", 7, 4, sphere="HoReCa"),
    *every((2025, 5), 6, "A2", 3, 2, dealer="D2"), *every((2024, 5), 6, "P1", 40, 20), *every((2025, 5), 6, "P1", 44, 20),
    sold((2025, 10), "P1", -500, -10, qty=-4), *every((2025, 8), 1, "X1", 10, 5), sold((2025, 10), "A1", 1, 1) | {"shipped_on": date(2025, 10, 31)},
]  # fmt: skip
STOCK = [{"counted_on": date(2025, 10, 31), "location_id": "P", "item_id": "A1", "on_hand_qty": 5.0, "unit_cost": 6.0}]
PLACES = [{"location_id": "P", "location_name": "Plant", "kind": "plant", "region": "North"}]
PRICES = [{"sku": "A1", "changed_on": date(2025, 1, 1), "list_price": 11.0, "best_discount_price": 9.0}]
SURVEYS = [
    {"observed_on": date(2025, 9, 1), "competitor": "K", "line_id": "L1", "sku": None, "base_price": 10.0, "best_discount_price": 12.0},
    {"observed_on": date(2025, 2, 1), "competitor": "K", "line_id": "L2", "sku": None, "base_price": 8.0, "best_discount_price": 6.0},
    {"observed_on": date(2025, 9, 2), "competitor": "K", "line_id": None, "sku": "A1", "base_price": 10.0, "best_discount_price": 8.0},
]  # fmt: skip
TABLES = {
    "products": PRODUCTS, "product_tree": TREE, "dealers": DEALERS, "sales": SALES, "stock": STOCK, "locations": PLACES, "price_changes": PRICES,
    "competitor_prices": SURVEYS, "segments": [{"segment": "Knives", "consumer_portrait": "cooks", "needs": None, "use": None, "growth": 0.1}],
    "market": [
        {"segment": "Knives", "year": 2025, "player": "us", "city": None, "price_band": None, "value": 30.0, "source": None},
        {"segment": "Knives", "year": 2025, "player": "they", "city": None, "price_band": None, "value": 70.0, "source": None},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(tmp_path_factory.mktemp("assortment") / "home", TABLES)


def ask(warehouse, name, *details, where=None, scope=EVERYTHING, **selection):
    return ANSWERS[name](warehouse, Selection(where=tuple((where or {}).items()), **selection), scope, *details)


def rows(answer, *columns, **where):
    frame = answer.frame.filter(**where) if where else answer.frame
    return frame.select(*columns).rows()


def copied(company, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(company.home.path, home)
    return open_warehouse(Home(home))


def test_abc_has_the_columns_that_programs_read(company):
    assert set(ask(company, "abc").frame.columns) >= {
        "sphere", "sku", "criterion", "share_before", "class", "class_by_count", "distance", "previous_class"
    }  # fmt: skip
    assert set(ask(company, "bcg").frame.columns) >= {"sphere", "product_group", "line_id", "growth", "profit_share", "turnover", "quadrant"}


def test_s03_a_sale_belongs_to_the_sphere_it_names_else_the_dealers_else_the_products(company):
    found = {(sphere, sku): money for sphere, sku, money in rows(ask(company, "abc"), "sphere", "sku", "turnover")}
    assert found["Дом", "A1"] == 6 * 120 + 1
    assert found["HoReCa", "A1"] == 6 * (10 + 7)
    assert found["Дом", "A2"] == 6 * (90 + 3)  # A2 does not stand in the dealer's sphere, so it is sold in its own
    assert ("HoReCa", "A2") not in found


def test_s10_the_answer_says_which_months_it_looks_at(company):
    found = ask(company, "abc")
    assert (found.first, found.last) == (date(2025, 5, 1), date(2025, 10, 31))
    earlier = ask(company, "abc", as_of=date(2025, 8, 15))
    assert (earlier.first, earlier.last) == (date(2025, 2, 1), date(2025, 7, 31))
    assert any("not over" in str(note) for note in earlier.notes)


def test_a_period_of_ones_own_is_taken_by_whole_months(company):
    found = ask(company, "abc", first=date(2025, 5, 1), last=date(2025, 6, 30))
    assert rows(found, "turnover", sphere="Дом", sku="A1") == [(240.0,)]
    assert (found.first, found.last) == (date(2025, 5, 1), date(2025, 6, 30))


def test_s05_profit_class_and_turnover_class_stand_beside_the_class(company):
    found = ask(company, "abc").frame.filter(sphere="Дом")
    assert dict(found.select("sku", "profit_class").iter_rows())["A4"] == "C"
    assert dict(found.select("sku", "turnover_class").iter_rows())["A4"] == "B"


def test_a_product_that_was_withdrawn_and_sells_no_more_is_not_listed(company):
    listed = ask(company, "abc").frame["sku"].to_list()
    assert "W1" in listed  # what was left of it still sold in May and June
    later = ask(company, "abc", first=date(2025, 7, 1), last=date(2025, 10, 31)).frame["sku"].to_list()
    assert "W1" not in later


def test_losers_are_listed_apart_with_their_share_of_the_losses(company):
    found = ask(company, "abc").extra["losses"]
    assert found.filter(pl.col("sku") == "A4").select("margin", "loss_share").rows() == [(-30.0, 1.0)]


def test_returns_above_sales_count_as_none_in_the_class_and_stay_in_the_sums(company):
    found = rows(ask(company, "abc"), "turnover", "criterion", "class", sphere="Пикник")
    assert found == [(6 * 44 - 500.0, 0.0, "C")]
    assert any("nothing was earned" in str(note).lower() for note in ask(company, "abc").notes)


def test_one_product_in_a_sphere_is_told(company):
    assert rows(ask(company, "abc"), "class", sphere="Сад") == [("A",)]
    said = [str(note) for note in ask(company, "abc").notes]
    assert any(note.startswith("Сад: Too few") for note in said)


def test_moved_limits_class_anew_and_the_settings_stay(company):
    before = rows(ask(company, "abc"), "sku", "class", sphere="Дом")
    moved = rows(ask(company, "abc", "0.3", "0.5"), "sku", "class", sphere="Дом")
    assert before != moved
    assert rows(ask(company, "abc"), "sku", "class", sphere="Дом") == before
    assert ask(company, "abc", 0.3, 0.5).facts["limits"] == (0.3, 0.5)


def test_goods_narrow_what_is_shown_and_never_what_is_classed(company):
    whole = rows(ask(company, "abc"), "sku", "criterion", "class", sphere="Дом", line_id="L2")
    assert rows(ask(company, "abc", where={"line_id": ("L2",)}), "sku", "criterion", "class") == whole


def test_a_channel_is_judged_by_its_own_sales(company):
    found = ask(company, "abc", where={"channel": ("horeca",)})
    assert dict(rows(found, "sku", "turnover", sphere="HoReCa")) == {"A1": 60.0}
    assert dict(rows(found, "sku", "turnover", sphere="Дом"))["A2"] == 18.0


def test_dealers_are_not_told_apart_and_that_is_said(company):
    found = ask(company, "abc", where={"dealer_id": ("D1",)})
    assert any("Single dealers" in str(note) for note in found.notes)


def test_history_tells_the_classes_of_the_reviews_before(company):
    found = ask(company, "abc", where={"sku": ("A1",)}).extra["history"].filter(pl.col("sphere") == "Дом")
    assert found["reviewed_on"].to_list()[:2] == [date(2025, 10, 31), date(2025, 7, 31)]


def test_a_factor_of_marketing_is_logged_and_moves_the_criterion(company, tmp_path):
    warehouse = copied(company, tmp_path)
    home = str(warehouse.home.path)
    before = rows(ask(warehouse, "abc"), "criterion", sphere="Дом", sku="A3")[0][0]
    factors.give(home, "Дом", "A3", 1.2, "the only one left-handed people buy", MARKETING, 1)
    found = ask(warehouse, "abc")
    assert rows(found, "factor", sphere="Дом", sku="A3") == [(1.2,)]
    assert rows(found, "criterion", sphere="Дом", sku="A3")[0][0] > before
    assert found.extra["factors"]["sku"].to_list() == ["A3"]
    kept = records.newest(home, factors.KIND)[0]
    assert (kept.who, kept.payload["reason"]) == ("Anna", "the only one left-handed people buy")


@pytest.mark.parametrize(("factor", "reason"), [(1.3, "too much"), (0.79, "too little"), (1.1, "  ")])
def test_a_factor_outside_of_its_bounds_or_without_reason_is_refused(company, tmp_path, factor, reason):
    with pytest.raises(BadUse):
        factors.give(str(copied(company, tmp_path).home.path), "Дом", "A3", factor, reason, MARKETING, 1)


def test_s12_lines_stand_in_their_quadrants_with_losers_and_new_ones_in_sight(company):
    found = {row["line_id"]: row for row in ask(company, "bcg").frame.filter(sphere="Дом").iter_rows(named=True)}
    assert found["L1"]["growth"] == pytest.approx((6 * 120 + 1 + 6 * 93) / (6 * 150) - 1)
    assert found["L1"]["quadrant"] == "star"
    assert found["L3"]["quadrant"] == "loser"
    assert (found["L4"]["quadrant"], found["L4"]["growth"]) == ("new", None)
    assert Message.from_json(found["L4"]["growth_why"])
    gains = sum(max(row["margin"], 0) for row in found.values())
    assert found["L2"]["profit_share"] == pytest.approx(60 / gains)


def test_bcg_goes_from_groups_to_lines_to_products(company):
    groups, skus = ask(company, "bcg", "group"), ask(company, "bcg", "sku")
    assert "line_id" not in groups.frame.columns
    assert set(groups.frame.filter(sphere="Дом")["product_group"]) == {"Knives", "Spoons"}
    assert "A1" in skus.frame["sku"].to_list()
    with pytest.raises(BadUse, match="none of them"):
        ask(company, "bcg", "galaxy")


def test_moved_lines_of_the_bcg_place_anew_and_say_so(company):
    moved = ask(company, "bcg", "line", "9", "0")
    assert dict(rows(moved, "line_id", "quadrant", sphere="Дом"))["L1"] == "cow"
    assert str(moved.facts["growth_means"]) == "moved by hand"


def test_the_trail_tells_where_a_line_stood_before(company):
    trail = ask(company, "bcg").extra["trail"].filter(pl.col("line_id") == "L1", pl.col("sphere") == "Дом")
    assert trail["reviewed_on"].to_list()[-1] == date(2025, 10, 31)


def test_without_a_year_before_everything_is_new(tmp_path):
    young = [row for row in SALES if row["shipped_on"].year == 2025]
    found = ask(published(tmp_path / "home", TABLES | {"sales": young}), "bcg").frame
    assert set(found.filter(pl.col("margin") >= 0)["quadrant"]) == {"new"}
    assert found["growth"].null_count() == found.height


def test_more_than_a_year_is_not_compared_and_that_is_said(company):
    found = ask(company, "bcg", first=date(2024, 5, 1), last=date(2025, 10, 31))
    assert found.frame["growth"].null_count() == found.frame.height
    assert any("More than a year" in str(note) for note in found.notes)


def test_where_nothing_was_sold_nothing_is_judged_and_that_is_said(tmp_path):
    nothing = published(tmp_path / "home", TABLES | {"sales": [sold((2023, 1), "A1", 0, 0)]})
    for name in ("abc", "bcg", "assortment", "xyz", "abc_xyz"):
        found = ask(nothing, name)
        assert "nothing to judge" in str(found.headline)
    assert set(ask(nothing, "abc").frame["class"]) == {"C"}


def test_every_cell_of_the_matrix_has_its_policy(company):
    found = ask(company, "abc_xyz").frame
    assert found.filter(pl.col("sphere") == "Дом").height == 12
    assert dict(found.select(pl.concat_str("class", "xyz").alias("cell"), "policy").unique().iter_rows())["AX"] == "automatic"
    assert found["positions"].sum() == ask(company, "abc").frame.height


def test_new_products_are_marked_and_not_misjudged(company):
    assert rows(ask(company, "xyz"), "xyz_mark", "months", sku="N1") == [("new", 2)]


def test_s09_codes_by_position_with_what_cannot_be_told(company):
    found = {(row["sphere"], row["sku"]): row for row in ask(company, "class_codes").frame.iter_rows(named=True)}
    assert found["Дом", "A1"]["code"] == "Д-АС1"
    assert found["HoReCa", "A1"]["code"] == "Н-АС1"
    assert (found["Дом", "N1"]["code"][2:], found["Дом", "N1"]["is_provisional"]) == (f"{'АВС'['ABC'.index(found['Дом', 'N1']['class'])]}Н2", True)
    assert found["Сад", "X1"]["code"] is None
    assert "no letter" in str(Message.from_json(found["Сад", "X1"]["code_why"]))


def test_s09_a_code_is_found_in_whichever_alphabet_it_was_typed(company):
    cyrillic, latin = ask(company, "class_codes", "Д-АС1").frame, ask(company, "class_codes", "Д-AC1").frame
    assert cyrillic.equals(latin)
    assert set(cyrillic["code"]) == {"Д-АС1"}
    with pytest.raises(BadUse, match="is no class code"):
        ask(company, "class_codes", "Д-XX1")


def test_the_price_map_takes_the_newest_price_and_warns_of_short_lines(company):
    found = {(row["sphere"], row["line_id"]): row for row in ask(company, "price_map").frame.iter_rows(named=True)}
    line = found["Дом", "L1"]
    assert (line["price_low"], line["price_high"], line["discount_high"], line["products"], line["is_short"]) == (11.0, 20.0, 9.0, 2, True)
    pairs = ask(company, "price_map").extra["pairs"]
    assert pairs.filter(pl.col("is_suspect")).select("line_id", "other_line_id").rows() == [("L1", "L2")]


def test_s13_competitors_at_base_and_at_the_largest_discount_with_what_cannot_be(company):
    found = {(row["line_id"], row["sku"]): row for row in ask(company, "competitors").frame.iter_rows(named=True)}
    assert (found["L1", None]["base_index"], found["L1", None]["discount_index"]) == (1.55, None)
    assert "checked" in str(Message.from_json(found["L1", None]["index_why"]))
    assert found["L2", None]["is_stale"]
    assert (found["L1", "A1"]["base_index"], found["L1", "A1"]["discount_index"]) == (1.1, 1.125)
    lines = {row["line_id"]: row for row in ask(company, "competitors").extra["lines"].iter_rows(named=True) if row["sphere"] == "Дом"}
    assert [lines[name]["is_overdue"] for name in ("L1", "L2", "L4")] == [False, True, True]


def test_s14_the_market_says_what_is_still_to_be_described(company):
    found = ask(company, "market").frame.row(0, named=True)
    assert (found["capacity_value"], found["our_share"]) == (100.0, None)
    assert "what they need" in str(Message.from_json(found["missing"]).values)
    assert Message.from_json(found["our_share_why"]) == market.NO_NAME


def test_the_five_forces_are_kept_with_name_and_day(company, tmp_path):
    warehouse = copied(company, tmp_path)
    home = str(warehouse.home.path)
    scores = dict.fromkeys(("rivalry", "entrants", "substitutes", "suppliers", "buyers"), 4)
    market.score(home, "Knives", scores, "two large ones", MARKETING, 1)
    found = ask(warehouse, "market")
    assert found.frame["pressure"].to_list() == [4.0]
    assert found.extra["forces"].select("who", "note").unique().rows() == [("Anna", "two large ones")]
    with pytest.raises(BadUse):
        market.score(home, "Knives", scores | {"buyers": 6}, "", MARKETING, 1)


def test_the_overview_says_what_to_push_hold_mend_and_let_go(company):
    found = {row["line_id"]: row for row in ask(company, "assortment").frame.filter(sphere="Дом").iter_rows(named=True)}
    assert (found["L1"]["line_verdict"], found["L4"]["line_verdict"], found["L3"]["line_verdict"]) == ("push", "watch", "let_go")
    assert "loses money" in str(Message.from_json(found["L3"]["line_verdict_said"]))


@pytest.mark.parametrize("name", QUESTIONS)
def test_who_sees_a_part_of_the_company_is_given_no_row_and_told_why(company, name):
    found = ask(company, name, scope=Scope("north", regions=frozenset({"North"})))
    assert found.frame.is_empty()
    assert all(frame.is_empty() for frame in found.extra.values() if "turnover" in frame.columns)
    assert "whole company" in str(found.headline)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_without_its_optional_tables(tmp_path, name):
    bare = {table: TABLES[table] for table in ("products", "sales", "stock")}
    found = ask(published(tmp_path / "home", bare), name)
    assert [column.name for column in found.columns] == found.frame.columns
