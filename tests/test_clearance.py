"""The clearance programme: what became of what was listed, and who may change it."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from engine import clearance as formulas
from engine.answers import clearance
from engine.errors import BadUse, NotKept
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.warehouse import Warehouse
from tests.small_warehouse import published

ANNA = Scope(who="Anna")
TODAY = date(2025, 10, 31)
LISTED = pl.DataFrame(
    {"item_id": ["A"], "location_id": ["P"], "class": ["unsold_products"], "qty": [100.0], "value": [1000.0]},
)


def one(**more: Any) -> dict[str, Any]:
    plain = {
        "item_id": "A", "listed_on": date(2025, 6, 30), "deadline": date(2025, 12, 31), "closed_on": None, "listed_qty": 100.0, "listed_value": 1000.0,
        "now_qty": 60.0, "gone_qty": 40.0, "sold_qty": 30.0, "sold_value": 450.0, "proceeds_value": None,
    }  # fmt: skip
    schema = {"closed_on": pl.Date, "now_qty": pl.Float64, "proceeds_value": pl.Float64}
    return formulas.progress(pl.DataFrame([plain | more], schema_overrides=schema), TODAY, 14).row(0, named=True)


def test_what_left_by_sale_and_otherwise_adds_up_to_what_was_cleared() -> None:
    found = one(proceeds_value=25.0)
    assert (found["left_qty"], found["left_value"], found["cleared_qty"], found["cleared_share"]) == (60.0, 600.0, 40.0, 0.4)
    assert (found["sold_share"], found["otherwise_qty"], found["freed_value"], found["status"]) == (0.3, 10.0, 475.0, "running")


def test_sales_of_more_than_was_cleared_count_only_as_far_as_that() -> None:
    assert one(sold_qty=80.0, sold_value=800.0)["freed_value"] == pytest.approx(400.0)


def test_newer_goods_do_not_undo_progress_and_add_none() -> None:
    found = one(now_qty=260.0, gone_qty=-160.0, sold_qty=0.0, sold_value=0.0)
    assert (found["left_qty"], found["cleared_qty"], found["freed_value"]) == (100.0, 0.0, 0.0)


def test_goods_that_were_moved_to_another_place_of_ours_are_not_cleared() -> None:
    found = one(now_qty=0.0, gone_qty=0.0, sold_qty=0.0, sold_value=0.0)
    assert (found["left_qty"], found["status"]) == (100.0, "running")


def test_a_negative_balance_is_nothing_left() -> None:
    assert one(now_qty=-5.0, gone_qty=105.0)["left_qty"] == 0.0


def test_returns_beyond_sales_free_no_money_and_take_none() -> None:
    assert one(sold_qty=-4.0, sold_value=-60.0)["freed_value"] == 0.0


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, "running"), ({"deadline": date(2025, 10, 30)}, "late"), ({"deadline": TODAY}, "soon"), ({"deadline": date(2025, 11, 14)}, "soon"),
        ({"deadline": date(2025, 11, 15)}, "running"), ({"now_qty": 0.0, "gone_qty": 100.0, "deadline": date(2025, 1, 1)}, "done"),
        ({"closed_on": date(2025, 9, 1)}, "done"), ({"now_qty": None}, "unknown"), ({"now_qty": None, "deadline": date(2025, 10, 1)}, "late"),
    ],
)  # fmt: skip
def test_the_status_says_what_is_late_first(changed: dict[str, Any], status: str) -> None:
    assert one(**changed)["status"] == status


def test_what_was_not_counted_since_is_unknown_and_not_zero() -> None:
    found = one(now_qty=None)
    assert [found[name] for name in ("left_qty", "left_value", "cleared_share", "freed_value")] == [None] * 4


def test_an_item_without_quantity_has_no_share() -> None:
    assert one(listed_qty=0.0, listed_value=0.0, now_qty=0.0, gone_qty=0.0)["cleared_share"] is None


def test_a_quarter_has_its_name() -> None:
    assert [formulas.quarter_of(date(2025, month, 1)) for month in (1, 3, 4, 12)] == ["2025Q1", "2025Q1", "2025Q2", "2025Q4"]


@pytest.fixture
def company(tmp_path: Path) -> Warehouse:
    """Two places, an article that sells slowly, counts at the ends of June and October."""
    stock = [
        {"counted_on": date(2025, month, day), "location_id": place, "item_id": "A", "on_hand_qty": qty, "unit_cost": 10.0}
        for month, day, place, qty in ((6, 30, "P", 100.0), (6, 30, "B", 20.0), (10, 31, "P", 50.0), (10, 31, "B", 30.0))
    ]
    sales = [{"shipped_on": date(2025, 8, 1), "dealer_id": "D", "sku": "A", "qty": 40.0, "net_value": 600.0, "cost_value": 400.0, "invoice_id": "1"}]
    tables = {
        "products": [{"sku": "A", "product_name": "Old", "unit_cost": 10.0, "unit": "pcs"}],
        "locations": [{"location_id": "P", "kind": "plant", "region": "N"}, {"location_id": "B", "kind": "branch", "region": "S"}],
        "stock": stock, "sales": sales, "dealers": [{"dealer_id": "D", "dealer_name": "D", "region": "N"}],
    }  # fmt: skip
    return published(tmp_path / "home", tables)


def listed(warehouse: Any, **more: Any) -> Any:
    asked = {"listed_on": date(2025, 6, 30), "deadline": date(2025, 9, 30), "owner": "Boris", "plan": "discount"} | more
    clearance.add(str(warehouse.home.path), LISTED, who=ANNA, version=1, **asked)
    return clearance.clearance(warehouse, Selection(), EVERYTHING)


def first_of(answer: Any) -> dict[str, Any]:
    """The first item, what is shown of it and what a change needs."""
    return answer.frame.row(0, named=True) | answer.extra["editing"].row(0, named=True)


def test_a_listed_item_leads_the_answer_with_its_progress(company: Any) -> None:
    assert clearance.clearance(company, Selection(), EVERYTHING).frame.is_empty()
    answer = listed(company)
    row = first_of(answer)
    assert list(answer.frame.columns)[:3] == ["item_id", "location_id", "name"]
    # Of the 50 that left P, 10 went to B: only the 40 that left us are cleared, all by sale.
    assert (row["left_qty"], row["left_value"], row["cleared_share"], row["freed_value"]) == (60.0, 600.0, 0.4, 600.0)
    assert (row["status_code"], row["days_late"], row["quarter"], row["owner"]) == ("late", 31, "2025Q2", "Boris")
    assert answer.extra["waterfall"]["value"].to_list() == [1000.0, -400.0, 0.0, 600.0]


def test_the_answer_follows_every_change_at_once(company: Any) -> None:
    home, row = str(company.home.path), first_of(listed(company))
    clearance.change(home, row["subject"], ANNA, 1, row["record_id"], deadline=date(2025, 12, 31), note="call D first")
    changed = first_of(clearance.clearance(company, Selection(), EVERYTHING))
    assert (changed["status_code"], changed["note"]) == ("running", "call D first")
    clearance.change(home, row["subject"], ANNA, 1, changed["record_id"], closed_on=TODAY, proceeds_value=50.0)
    closed = first_of(clearance.clearance(company, Selection(), EVERYTHING))
    assert (closed["status_code"], closed["freed_value"]) == ("done", 650.0)
    clearance.take_off(home, row["subject"], ANNA, 1, closed["record_id"])
    assert clearance.clearance(company, Selection(), EVERYTHING).frame.is_empty()


def test_an_item_listed_after_the_last_count_says_why_its_progress_is_unknown(company: Any) -> None:
    answer = listed(company, listed_on=date(2025, 11, 5), deadline=date(2026, 1, 31))
    row = first_of(answer)
    assert (row["left_qty"], row["status_code"]) == (None, "unknown")
    assert "No stock was counted" in row["left_why"]


@pytest.mark.parametrize("wrong", [{"plan": "hope"}, {"owner": " "}, {"deadline": date(2025, 1, 1)}])
def test_a_listing_without_plan_owner_or_sense_is_refused(company: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadUse):
        listed(company, **wrong)
    assert clearance.clearance(company, Selection(), EVERYTHING).frame.is_empty()


def test_a_change_of_what_somebody_else_changed_is_refused(company: Any) -> None:
    home, row = str(company.home.path), first_of(listed(company))
    clearance.change(home, row["subject"], Scope(who="Boris"), 1, row["record_id"], owner="Boris Z")
    with pytest.raises(NotKept, match="Boris changed this"):
        clearance.change(home, row["subject"], ANNA, 1, row["record_id"], owner="Anna")


def test_whoever_sees_single_dealers_or_another_region_sees_none_of_it(company: Any) -> None:
    listed(company)
    for scope in (Scope(who="D", dealers=frozenset({"D"})), Scope(who="S", regions=frozenset({"S"}))):
        assert clearance.clearance(company, Selection(), scope).frame.is_empty()
    assert clearance.clearance(company, Selection(), Scope(who="N", regions=frozenset({"N"}))).frame.height == 1
