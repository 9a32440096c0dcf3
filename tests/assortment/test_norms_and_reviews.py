"""Norms of stock (S22, S29, S30), seasonal index (S28), the quarterly checklist (S11), the form of the register (S27), empty tables of the policy."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from engine.assortment import norms, register, review
from engine.language import say
from engine.settings import BOOK, DEFAULTS

PRODUCT: dict[str, Any] = {
    "sphere": "Д", "product_group": "g", "line_id": "L", "sku": "S", "sold_qty": 1000.0, "last_year_qty": 1000.0, "last_year_before_qty": 800.0,
    "index_ratio": 1.1, "is_to_order": False, "is_piloted_new": False, "is_new": False,
}  # fmt: skip


def normed(*rows: dict[str, Any], is_ratio: bool = True, cap: float = 3.0) -> list[dict[str, Any]]:
    schema = dict.fromkeys(("sold_qty", "last_year_qty", "last_year_before_qty", "index_ratio"), pl.Float64)
    return norms.norms(pl.DataFrame([PRODUCT | row for row in rows], schema_overrides=schema), cap, is_ratio).to_dicts()


def test_s29_the_norm_moves_as_the_same_months_did_a_year_before() -> None:
    (up,), (down,) = normed({}), normed({"last_year_qty": 600.0})
    assert (up["norm_qty"], up["ratio_from"]) == (pytest.approx(1250.0), norms.OWN)
    assert down["norm_qty"] == pytest.approx(750.0)


def test_s29_the_additive_reading_and_the_averaged_index_stand_beside_it() -> None:
    (row,) = normed({})
    assert (row["norm_additive_qty"], row["norm_index_qty"]) == (pytest.approx(1200.0), pytest.approx(1100.0))
    assert normed({}, is_ratio=False)[0]["norm_qty"] == pytest.approx(1200.0)


def test_s29_without_a_year_before_the_ratio_of_the_line_then_of_the_group_then_none_stands() -> None:
    sister = {"sku": "T", "last_year_qty": 300.0, "last_year_before_qty": 200.0}
    fresh, _ = normed({"last_year_qty": 0.0, "last_year_before_qty": 0.0}, sister)
    assert (fresh["ratio"], fresh["ratio_from"], fresh["norm_qty"]) == (pytest.approx(1.5), norms.LINE, pytest.approx(1500.0))
    cousin, _ = normed({"last_year_qty": None, "last_year_before_qty": None}, sister | {"line_id": "M"})
    assert (cousin["ratio"], cousin["ratio_from"]) == (pytest.approx(1.5), norms.GROUP)
    alone = normed({"last_year_qty": 50.0, "last_year_before_qty": -10.0})[0]
    assert (alone["ratio"], alone["ratio_from"], alone["norm_qty"]) == (1.0, norms.NONE, 1000.0)
    new = normed({"is_new": True}, sister)[0]
    assert new["ratio_from"] == norms.LINE


def test_s29_a_ratio_beyond_the_cap_is_cut_and_marked() -> None:
    (row,) = normed({"last_year_qty": 8000.0})
    assert (row["ratio"], row["is_capped"], row["norm_qty"]) == (3.0, True, 3000.0)


def test_s30_what_is_made_to_order_has_no_stock() -> None:
    assert normed({"is_to_order": True})[0]["norm_qty"] == 0.0


def test_s22_a_novelty_after_its_pilot_is_made_to_order() -> None:
    assert normed({"is_new": True, "is_piloted_new": True})[0]["norm_qty"] == 0.0


def test_more_returned_than_sold_last_month_leads_to_no_norm_below_zero() -> None:
    (row,) = normed({"sold_qty": -50.0})
    assert (row["norm_qty"], row["norm_additive_qty"]) == (0.0, 200.0)


def test_s28_the_seasonal_index_is_the_month_by_the_mean_month_of_its_line() -> None:
    months = [date(2024, month, 1) for month in range(1, 13)]
    rows = pl.DataFrame({"line_id": ["L"] * 12, "month": months, "qty": [200.0] + [100.0] * 10 + [0.0]})
    found = {row["calendar_month"]: row["seasonal_index"] for row in norms.seasonal_index(rows, "line_id").to_dicts()}
    assert found[1] == pytest.approx(2.0)
    assert found[12] == 0.0
    assert sum(found.values()) / 12 == pytest.approx(1.0)


def test_s28_a_month_without_sales_counts_as_nothing_and_less_than_a_year_tells_no_season() -> None:
    year = [date(2024, month, 1) for month in range(1, 13)]
    rows = [("L", year[0], 10.0), ("M", year[0], 5.0), ("M", year[11], -5.0), ("N", year[10], 60.0), *(("O", month, 1.0) for month in year)]
    frame = pl.DataFrame(rows, schema=["line_id", "month", "qty"], orient="row")
    found = {(row["line_id"], row["calendar_month"]): row["seasonal_index"] for row in norms.seasonal_index(frame, "line_id").to_dicts()}
    assert (found["L", 1], found["L", 2]) == (pytest.approx(12.0), 0.0)
    assert found["M", 1] is None, "what was sold came back"
    assert found["N", 11] is None, "launched two months ago"
    assert ("N", 1) not in found


def test_s11_a_review_without_one_of_the_three_formats_is_incomplete() -> None:
    missing = review.checklist({"abc", "bcg", "xyz"})
    assert not review.is_complete(missing)
    said = review.headline("2025-Q4", missing)
    assert "incomplete" in say(said, "en")
    assert "Price map" in say(said, "en")
    assert review.is_complete(review.checklist({"abc", "bcg", "price_map"}))


def test_a_quarter_is_named_and_read_back() -> None:
    assert review.key(date(2025, 11, 3)) == "2025-Q4"
    assert review.quarter_named("2025-Q4") == date(2025, 10, 1)
    for wrong in ("2025-Q5", "2025Q4", "", "Q4"):
        with pytest.raises(ValueError, match=wrong or "^$"):
            review.quarter_named(wrong)


def test_s27_the_register_has_six_kinds_of_decisions_and_empty_cells_are_not_set() -> None:
    form = register.form(DEFAULTS["register_form"])
    assert [row["decision"] for row in form] == ["codes", "launch", "promotion", "prices", "withdrawal", "tree"]
    assert all(row[cell] is None for row in form for cell in register.CELLS)
    assert register.form([("launch", "twice a year", None, None, None)])[1]["period"] == "twice a year"


def test_s21_s30_the_empty_tables_of_the_policy_are_settings_without_a_value() -> None:
    assert all(cell is None for row in BOOK["launch_criteria"].default for cell in row[1:])
    assert all(cell is None for row in BOOK["class_norms"].default for cell in row[2:])
    assert len(BOOK["class_norms"].default) == 9
