"""Lost sales: days out of stock × corrected demand × margin, and whose they are."""

import polars as pl
import pytest

from engine import lost_sales

DEALER = {
    "location_id": "L1", "sku": "A", "kind": "dealer", "dealer_id": "D1", "covered_qty": 160.0, "covered_days": 48.0, "in_stock_days": 45.0,
    "unit_price": 20.0, "unit_cost": 12.0, "own_share": 1.0, "plant_share": 1.0,
}  # fmt: skip


def lost(**changes):
    return lost_sales.lost(pl.DataFrame([DEALER | changes]), 0.75).sort("lost_cause").to_dicts()


def test_three_days_out_of_stock_lose_three_days_of_corrected_demand_at_its_margin():
    (row,) = lost()
    assert row["lost_days"] == pytest.approx(3)
    assert row["lost_qty"] == pytest.approx(3 * 160 / 45)
    assert row["lost_value"] == pytest.approx(3 * 160 / 45 * 20)
    assert row["lost_margin"] == pytest.approx(3 * 160 / 45 * 8)
    assert row["lost_cause"] == "ordered_late"


def test_days_on_which_we_had_none_either_are_ours_and_the_rest_the_dealers():
    rows = lost(in_stock_days=36.0, own_share=0.875)
    assert [(row["lost_cause"], round(row["lost_days"], 6)) for row in rows] == [("ordered_late", 6), ("we_had_none", 6)]


def test_a_branch_that_was_out_while_the_plant_had_it_was_not_supplied():
    assert [row["lost_cause"] for row in lost(kind="branch", dealer_id=None)] == ["not_moved"]
    assert [row["lost_cause"] for row in lost(kind="branch", dealer_id=None, plant_share=0.0)] == ["not_made"]
    assert [row["lost_cause"] for row in lost(kind="plant", dealer_id=None)] == ["not_made"]


def test_nothing_is_lost_of_what_was_always_there_or_never_asked_for():
    assert lost(in_stock_days=48.0) == []
    assert lost(covered_qty=0.0) == []
    assert lost(covered_qty=-3.0) == []
    assert lost(in_stock_days=0.0) == []


def test_an_unknown_price_leaves_the_quantity_known_and_the_money_unknown():
    (row,) = lost(unit_price=None)
    assert row["lost_qty"] > 0
    assert row["lost_value"] is None
