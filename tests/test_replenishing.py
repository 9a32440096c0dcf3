"""Positions, suggested orders and the order that is written, on a company of one branch and some dealers, with every odd input."""

from datetime import date, timedelta

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.periods import Window
from engine.answers.positions_read import positions_read
from engine.answers.replenishing import REMARKS
from engine.answers.source import source_of
from engine.answers.workdays import Workdays
from engine.errors import BadUse
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

AS_OF = date(2025, 10, 31)
WEEKS = (21, 19, 18, 20, 18, 22, 20, 22)
SALES_DAYS = [date(2025, 9, 5) + timedelta(7 * week) for week in range(8)]


def product(sku, **more):
    return {
        "sku": sku, "product_name": f"Name {sku}", "sphere": "S", "product_group": "G", "line_id": "L", "unit_cost": 10.0, "list_price": 25.0,
        "pack_qty": 1.0, "min_order_qty": None, "catalogue_on": None, "withdrawn_on": None,
    } | more  # fmt: skip


def counted(place, sku, qty, day=AS_OF, **more):
    return {
        "counted_on": day,
        "location_id": place,
        "item_id": sku,
        "on_hand_qty": float(qty),
        "unit_cost": 10.0,
        "in_transit_qty": None,
        "committed_qty": None,
    } | more


def shipped(day, dealer, sku, qty, place="B"):
    return {"shipped_on": day, "dealer_id": dealer, "sku": sku, "qty": float(qty), "net_value": qty * 20.0, "cost_value": qty * 10.0, "location_id": place}


def resold(day, dealer, sku, qty):
    return {"sold_on": day, "dealer_id": dealer, "sku": sku, "qty": float(qty), "net_value": qty * 24.0}


TABLES = {
    "products": [
        product("A"), product("PACK", pack_qty=6.0), product("ZERO", pack_qty=0.0), product("NEW", catalogue_on=date(2025, 10, 20)),
        product("GONE", withdrawn_on=date(2025, 10, 1)), product("BELOW"), product("OVER"), product("HARDLY"), product("EVER"),
    ],
    "dealers": [
        {"dealer_id": "D1", "dealer_name": "North", "region": "N", "channel": "shops", "status": "active"},
        {"dealer_id": "D2", "dealer_name": "Silent", "region": "S", "channel": "shops", "status": "active"},
        {"dealer_id": "D3", "dealer_name": "Never", "region": "S", "channel": "shops", "status": "active"},
        {"dealer_id": "D4", "dealer_name": "Left", "region": "S", "channel": "shops", "status": "ended"},
    ],
    "locations": [
        {"location_id": "P", "location_name": "Plant", "kind": "plant", "dealer_id": None, "region": "N"},
        {"location_id": "B", "location_name": "Branch", "kind": "branch", "dealer_id": None, "region": "N"},
        {"location_id": "LD1", "location_name": "North's", "kind": "dealer", "dealer_id": "D1", "region": "N"},
        {"location_id": "LD1b", "location_name": "North's second", "kind": "dealer", "dealer_id": "D1", "region": "S"},
        {"location_id": "LD2", "location_name": "Silent's", "kind": "dealer", "dealer_id": "D2", "region": "S"},
        {"location_id": "LD4", "location_name": "Left's", "kind": "dealer", "dealer_id": "D4", "region": "S"},
        {"location_id": "LX", "location_name": "Nobody's", "kind": "dealer", "dealer_id": None, "region": "S"},
        {"location_id": "C", "location_name": "Customer", "kind": "customer", "dealer_id": None, "region": "S"},
    ],
    "sales": [
        *(shipped(day, "D1", sku, qty) for day, qty in zip(SALES_DAYS, WEEKS, strict=True) for sku in ("A", "PACK", "ZERO", "GONE")),
        shipped(date(2025, 9, 10), "D2", "A", 48, "P"), shipped(date(2024, 12, 10), "D1", "HARDLY", 5), shipped(date(2025, 3, 10), "D1", "HARDLY", 115),
    ],
    "dealer_sales": [
        *(resold(day, "D1", sku, qty) for day, qty in zip(SALES_DAYS, WEEKS, strict=True) for sku in ("A", "EVER")),
        resold(date(2025, 8, 4), "D1", "OVER", 1),
    ],
    "stock": [
        counted("P", "A", 20), counted("P", "PACK", 100, committed_qty=10.0), counted("B", "A", 8, in_transit_qty=5.0, committed_qty=3.0),
        counted("B", "PACK", 8, in_transit_qty=5.0, committed_qty=3.0), counted("B", "ZERO", 8, in_transit_qty=5.0, committed_qty=3.0),
        counted("B", "NEW", 30), counted("B", "GONE", 7), counted("B", "BELOW", -4), counted("B", "A", 99, condition="damaged"),
        counted("LD1", "A", 0), counted("LD1b", "A", 6), counted("LD1", "EVER", 300), counted("LD2", "A", 12, day=date(2025, 8, 31)), counted("LD4", "A", 5),
        counted("LX", "A", 9), counted("C", "A", 40),
    ],
    "replenishment": [
        {"location_id": "B", "sku": None, "order_interval_days": 3.0, "lead_time_days": 1.0, "safety_share": 0.3, "adjustment": 1.2},
        {"location_id": "LD1", "sku": None, "order_interval_days": 3.0, "lead_time_days": 1.0, "safety_share": None, "adjustment": 1.2},
        {"location_id": "LD1", "sku": "EVER", "order_interval_days": 5.0, "lead_time_days": 90.0, "safety_share": 0.5, "adjustment": None},
    ],
    "availability": [
        {"month": date(2025, month, 1), "location_id": place, "sku": sku, "working_days": 24.0, "in_stock_days": there}
        for month, there in ((9, 24.0), (10, 21.0)) for place in ("B", "LD1") for sku in ("A", "PACK", "ZERO", "GONE")
    ] + [
        {"month": date(2025, 10, 1), "location_id": "B", "sku": "HARDLY", "working_days": 24.0, "in_stock_days": 0.0},
        {"month": date(2025, 3, 1), "location_id": "B", "sku": "HARDLY", "working_days": 25.0, "in_stock_days": 23.0},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(tmp_path_factory.mktemp("supplied") / "home", TABLES)


def asked(warehouse, name, *details, scope=EVERYTHING, **where):
    return ANSWERS[name](warehouse, Selection(where=tuple((key, (value,)) for key, value in where.items())), scope, *details)


def row(warehouse, place, sku, name="replenishment"):
    return asked(warehouse, name).frame.row(by_predicate=(pl.col("location_id") == place) & (pl.col("sku") == sku), named=True)


def remark(found):
    return None if found["remark"] is None else Message.from_json(found["remark"])


def test_case_t5_from_files_gives_an_objective_of_22_19(company):
    found = row(company, "B", "A")
    assert found["daily_qty"] == pytest.approx(160 / 45 * 1.2)
    assert found["ico_qty"] == pytest.approx(22.19, abs=5e-3)


@pytest.mark.parametrize(("sku", "expected"), [("A", 13), ("PACK", 18), ("ZERO", 13)])
def test_case_t5b_from_files_orders_13_in_pieces_18_in_packs_of_six_and_a_pack_of_nothing_is_a_piece(company, sku, expected):
    found = row(company, "B", sku)
    assert (found["position_qty"], found["order_qty"]) == (10, expected)
    assert (remark(found) == REMARKS["no_pack"]) is (sku == "ZERO")


def test_damaged_pieces_are_no_stock_to_sell(company):
    assert row(company, "B", "A")["on_hand_qty"] == 8


def test_suggested_orders_name_objective_position_and_order(company):
    found = row(company, "B", "A", "suggested_orders")
    assert found["ico"] == pytest.approx(22.19, abs=5e-3)
    assert (found["position"], found["order_qty"]) == (10, 13)


def test_a_dealer_is_judged_by_what_it_sells_on_and_its_places_count_as_one(company):
    found = row(company, "LD1", "A")
    assert found["daily_qty"] == pytest.approx(160 / 45 * 1.2)
    assert found["on_hand_qty"] == 6
    assert "LD1b" not in asked(company, "replenishment").frame["location_id"].to_list()


def test_the_rule_of_an_article_comes_before_the_rule_of_its_place_and_both_before_the_settings(company):
    own, place, usual = row(company, "LD1", "EVER"), row(company, "LD1", "A"), row(company, "LD2", "A")
    assert (own["low_days"], own["high_days"]) == (90 + 95 * 0.5, 95 + 95 * 0.5)
    assert place["high_days"] == pytest.approx(4 * 1.3)
    assert usual["high_days"] == pytest.approx((6 + 3) * 1.3)


def test_a_lead_time_longer_than_the_history_is_reckoned_and_said(company):
    found = row(company, "LD1", "EVER")
    assert found["order_qty"] > 0
    assert remark(found) == REMARKS["short_history"]


def test_a_new_article_without_sales_is_no_excess_and_orders_nothing(company):
    found = row(company, "B", "NEW")
    assert (found["status"], found["order_qty"], found["excess_value"], remark(found)) == ("no_demand", 0, 0, REMARKS["new"])


def test_stock_below_zero_counts_as_none_and_is_said(company):
    found = row(company, "B", "BELOW")
    assert (found["position_qty"], remark(found)) == (0, REMARKS["negative"])


def test_nothing_more_is_ordered_of_what_is_withdrawn(company):
    found = row(company, "B", "GONE")
    assert (found["order_qty"], found["at_risk_value"], remark(found)) == (0, 0, REMARKS["withdrawn"])


def test_an_article_that_was_never_there_is_judged_by_the_year_and_not_forgotten(company):
    found = row(company, "B", "HARDLY")
    assert found["daily_qty"] == pytest.approx(115 / 48 / (1 - 25 / 48) * 1.2)
    assert (found["status"], remark(found)) == ("out", REMARKS["year"])


def test_a_place_of_no_dealer_has_no_demand_and_says_so(company):
    found = row(company, "LX", "A")
    assert (found["status"], remark(found)) == ("no_demand", REMARKS["no_dealer"])
    assert any("belongs to no dealer" in str(note) for note in asked(company, "replenishment").notes)


def test_a_dealer_that_reports_no_sales_is_judged_by_what_we_shipped(company):
    found = row(company, "LD2", "A")
    assert found["daily_qty"] == pytest.approx(48 / 77)
    assert remark(found) == REMARKS["sell_in"]


def test_stock_of_an_old_report_is_carried_forward_with_its_day_and_marked(company):
    found = row(company, "LD2", "A")
    assert (found["on_hand_qty"], found["reported_on"], found["is_estimated"]) == (12, date(2025, 8, 31), True)


def test_a_dealer_that_never_reported_is_named_and_never_taken_as_empty(company):
    late = asked(company, "replenishment").extra["unreported"]
    assert late.select("dealer_id", "counted_on").rows() == [("D3", None), ("D2", date(2025, 8, 31))]
    assert "D3" not in asked(company, "replenishment").frame["dealer_id"].to_list()


def test_dealers_who_left_and_customers_are_not_supplied(company):
    assert set(asked(company, "replenishment").frame["location_id"]) == {"B", "LD1", "LD2", "LX"}


def test_a_dealer_in_two_regions_counts_for_its_own(company):
    assert set(asked(company, "replenishment", scope=Scope("south", regions=frozenset({"S"}))).frame["location_id"]) == {"LD2", "LX"}
    places = asked(company, "replenishment").extra["places"]
    assert dict(places.select("location_id", "region").iter_rows())["LD1"] == "N"
    audits = asked(company, "quality").extra["audits"]
    assert "dealers_in_two_regions" in audits["name"].to_list()


def test_whoever_may_see_one_dealer_sees_no_place_of_another(company):
    only = Scope("north", dealers=frozenset({"D1"}))
    for name in ("replenishment", "suggested_orders"):
        assert set(asked(company, name, scope=only).frame["location_id"]) == {"LD1"}
    with pytest.raises(BadUse):
        asked(company, "order_check", "LD2", scope=only)


def test_branches_draw_on_the_plants_and_dealers_on_all_our_places(company):
    frame = asked(company, "suggested_orders").frame
    assert dict(frame.filter(pl.col("sku") == "A").select("location_id", "available_qty").iter_rows()) == {"B": 20, "LD1": 25, "LD2": 25}
    assert row(company, "B", "PACK", "suggested_orders")["available_qty"] == 90


def test_what_is_short_is_shared_and_nobody_gets_more_than_there_is(company):
    frame = asked(company, "suggested_orders").frame.filter(pl.col("sku") == "A", pl.col("location_id") != "B")
    assert frame["given_qty"].sum() <= 25
    assert (frame["given_qty"] <= frame["order_qty"]).all()


def test_an_order_is_rounded_to_packs_while_it_is_typed_and_cut_to_what_we_have(company):
    check = asked(company, "order_check", "B", (("PACK", 20.0), ("A", 500.0), ("ZERO", 0.0)))
    final = dict(check.frame.select("sku", "final_qty").iter_rows())
    assert (final["PACK"], final["A"], final["ZERO"]) == (24, 20, 0)
    said = dict(check.frame.select("sku", "remark").iter_rows())
    assert "whole packs" in str(Message.from_json(said["PACK"]))
    assert "only" in str(Message.from_json(said["A"]))


def test_an_order_without_any_limit_known_is_not_called_within_it(company):
    check = asked(company, "order_check", "LD1")
    assert (check.facts["headroom_value"], check.facts["is_within"]) == (None, None)
    assert "no credit limit" in str(check.headline)


def test_an_order_beyond_the_credit_says_by_how_much(tmp_path):
    terms = [{"dealer_id": "D1", "valid_from": date(2025, 1, 1), "valid_to": None, "credit_limit": 100.0, "credit_days": 30}]
    invoices = [{"invoice_id": "I1", "dealer_id": "D1", "invoiced_on": date(2025, 10, 1), "due_on": date(2025, 10, 31), "amount": 40.0}]
    warehouse = published(tmp_path / "home", TABLES | {"credit_terms": terms, "invoices": invoices})
    found = asked(warehouse, "suggested_orders").frame.filter(pl.col("location_id") == "LD1", pl.col("sku") == "A").row(0, named=True)
    free = asked(warehouse, "order_check", "LD1").facts["headroom_value"]
    assert free < 100
    assert found["within_credit_qty"] * 20 <= max(free, 0)
    check = asked(warehouse, "order_check", "LD1", (("A", 12.0),))
    assert check.facts["over_value"] == pytest.approx(check.facts["total_value"] - max(free, 0))
    assert check.facts["is_within"] is False


def test_the_projection_begins_today_and_ends_when_the_order_after_this_one_arrives(company):
    found = asked(company, "replenishment", "B", "A").extra["projection"]
    assert found["day"][0] == AS_OF
    assert found["on_hand"][0] == 5
    assert found.height == 1 + 4
    assert found["with_order"][-1] > found["on_hand"][-1]


def test_places_are_summed_with_their_rhythm(company):
    places = {place["location_id"]: place for place in asked(company, "replenishment").extra["places"].iter_rows(named=True)}
    assert places["LD1"]["position_days"] == pytest.approx(306 / (160 / 45 * 1.2 + 160 / 54), rel=0.2)
    assert places["LX"]["position_days"] is None


@pytest.mark.parametrize(("first", "last"), [((8, 1), (10, 31)), ((9, 6), (10, 30)), ((9, 27), (10, 3)), ((9, 13), (9, 20)), ((8, 3), (10, 31))])
def test_a_window_that_cuts_months_counts_its_days_and_no_others(company, first, last):
    source, window = source_of(company), Window(date(2025, *first), date(2025, *last))
    places = ["B", "LD1", "LD2", "LX"]
    found = positions_read(source, AS_OF, window, Workdays(source, window.first, AS_OF), places, None)
    sold: dict[tuple[str, str], list[float]] = {}
    rows = [(sale["shipped_on"], sale["location_id"], sale["sku"], sale["qty"]) for sale in TABLES["sales"]]
    rows += [(sale["sold_on"], "LD1", sale["sku"], sale["qty"]) for sale in TABLES["dealer_sales"]]
    counted_months = {(each["month"], each["location_id"], each["sku"]) for each in TABLES["availability"]}
    for day, place, sku, qty in rows:
        if place in places and window.first <= day <= window.last:
            both = sold.setdefault((place, sku), [0.0, 0.0])
            both[0] += qty
            both[1] += qty if (day.replace(day=1), place, sku) in counted_months else 0.0
    for row in found.iter_rows(named=True):
        assert [row["sold_qty"], row["covered_qty"]] == pytest.approx(sold.pop((row["location_id"], row["sku"]), [0.0, 0.0]))
    assert sold == {}


def test_where_sales_name_no_place_all_of_them_count_for_the_place_with_the_most_stock(tmp_path):
    sales = [sale | {"location_id": None} for sale in TABLES["sales"]]
    plants = [place for place in TABLES["locations"] if place["location_id"] == "P"]
    stock = [count for count in TABLES["stock"] if count["location_id"] == "P"]
    needed = {"products": TABLES["products"], "sales": sales, "stock": stock, "locations": plants}
    found = asked(published(tmp_path / "home", needed), "replenishment")
    assert set(found.frame["location_id"]) == {"P"}
    assert {"replenishment", "availability", "calendar", "dealer_sales"} <= set(found.missing)


def test_a_calendar_decides_what_a_working_day_is(tmp_path):
    days = [{"day": date(2025, 8, 1) + timedelta(n), "is_working": n % 2 == 0, "event": None} for n in range(150)]
    tables = {name: rows for name, rows in TABLES.items() if name != "availability"} | {"calendar": days}
    found = row(published(tmp_path / "home", tables), "B", "A")
    working = sum(1 for day in days if date(2025, 9, 5) <= day["day"] <= AS_OF and day["is_working"])
    assert found["daily_qty"] == pytest.approx((160 + 48) / working * 1.2, rel=0.7)
