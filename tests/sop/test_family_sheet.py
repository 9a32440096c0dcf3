"""The family sheet: forward and backward, cover in days, backlog, its identities, and the suggestion of a bounded plan."""

import numpy as np
import pytest

from engine.sop import family_sheet as sheet

FORECAST = np.array([210.0, 210, 220, 220, 230, 240, 230, 220, 215, 210, 205, 200])
LEVEL = np.full(12, 220.0)


def behind(counted=None):
    months = [np.array([row]) for row in ([200.0, 200, 200], [222.0, 195, 227], [200.0, 200, 200], [200.0, 206, 199])]
    return sheet.Past(np.array([100.0]), *months, counted)


def test_family_sheet_of_the_past_has_these_differences_and_closes():
    rows = sheet.past_rows(behind())
    assert rows["sales_diff_qty"][0] == pytest.approx([22, -5, 27])
    assert rows["sales_diff_cum_qty"][0] == pytest.approx([22, 17, 44])
    assert rows["made_diff_qty"][0] == pytest.approx([0, 6, -1])
    assert rows["made_diff_cum_qty"][0] == pytest.approx([0, 6, 5])
    assert rows["stock_qty"][0] == pytest.approx([78, 89, 61])
    assert rows["stock_plan_qty"][0] == pytest.approx([100, 100, 100])
    assert rows["stock_qty"][0, -1] - rows["stock_plan_qty"][0, -1] == pytest.approx(5 - 44)
    assert sheet.is_closed(rows).all()


def test_family_sheet_with_a_count_shows_the_adjustment_and_still_closes():
    rows = sheet.past_rows(behind(np.array([[78.0, np.nan, 50.0]])))
    assert rows["stock_qty"][0] == pytest.approx([78, 89, 50])
    assert rows["adjustment_qty"][0] == pytest.approx([0, 0, -11])
    assert sheet.is_closed(rows).all()


def test_family_sheet_that_was_tampered_with_does_not_close():
    rows = sheet.past_rows(behind())
    assert not sheet.is_closed(rows | {"stock_qty": rows["stock_qty"] + 1}).any()


def test_family_sheet_at_a_level_rate_has_this_stock_and_cover():
    rows = sheet.stock_rows(61.0, sheet.Ahead(FORECAST, LEVEL, np.full(12, 20.0)))
    assert rows["stock_qty"] == pytest.approx([71, 81, 81, 81, 71, 51, 41, 41, 46, 56, 71, 91])
    assert rows["cover_days"][:11] == pytest.approx([6.8, 7.4, 7.4, 7.0, 5.9, 4.4, 3.7, 3.8, 4.4, 5.5, 7.1], abs=0.05)
    assert np.isnan(rows["cover_days"][11]), "the horizon ends: what follows is unknown"


def test_family_sheet_chased_to_ten_days_of_cover():
    targets = sheet.stock_for_cover(10.0, FORECAST, np.full(12, 20.0))
    assert np.isnan(targets[-1])
    made = sheet.production_for(targets[:11], 61.0, FORECAST[:11])
    assert made == pytest.approx([254, 215, 220, 225, 235, 235, 225, 217.5, 212.5, 207.5, 202.5])
    assert sheet.level_rate(61.0, FORECAST[:11], 100.0) == pytest.approx(222.636, abs=5e-4)
    assert sheet.level_rate(61.0, FORECAST, 100.0) == pytest.approx(220.75)


def test_family_sheet_beyond_the_horizon_may_be_taken_to_go_on():
    assert sheet.stock_for_cover(10.0, FORECAST, np.full(12, 20.0), goes_on=True)[-1] == pytest.approx(100)


def test_backlog_of_goods_made_to_order():
    ahead = sheet.Ahead(np.array([200.0, 210, 220]), np.full(3, 220.0), np.full(3, 20.0))
    rows = sheet.backlog_rows(500.0, ahead)
    assert rows["backlog_qty"] == pytest.approx([480, 470, 470])
    assert rows["backlog_days"] == pytest.approx([43.6, 42.7, 42.7], abs=0.05)


def test_goods_finished_to_order_show_the_parts_that_the_hub_will_lack():
    ahead = sheet.Ahead(np.array([50.0, 60]), np.array([50.0, 60]), np.full(2, 20.0))
    rows = sheet.finish_rows(100.0, np.array([50.0, 50.0]), 20.0, ahead, per_unit=2.0)
    assert rows["hub_stock_qty"] == pytest.approx([50, -20])
    assert rows["short_hub_qty"] == pytest.approx([0, 20])
    assert rows["backlog_qty"] == pytest.approx([20, 20])


def test_owed_goods_are_days_below_zero_at_next_months_rate():
    cover = sheet.forward_cover(np.array([-50.0, 0.0, 10.0]), np.array([100.0, 100, 100]), 20.0)
    assert cover.days[0] == pytest.approx(-10)
    assert cover.days[1] == 0
    assert np.isnan(cover.days[2])


def test_cover_beyond_the_horizon_says_how_much_is_known():
    cover = sheet.forward_cover(np.array([500.0, 1.0, 1.0]), np.array([100.0, 100, 100]), np.array([20.0, 22, 21]))
    assert np.isnan(cover.days[0])
    assert cover.at_least[0] == 43


def test_simple_cover_is_unknown_where_nothing_is_asked_for():
    assert np.isnan(sheet.simple_cover(np.array([10.0]), 0.0)).all()
    assert sheet.simple_cover(np.array([10.0]), 2.0) == pytest.approx([5])


def test_production_is_never_below_zero_and_too_much_stock_is_carried_on():
    assert sheet.production_for(np.zeros(3), 250.0, np.full(3, 100.0)) == pytest.approx([0, 0, 50])


def test_the_least_level_rate_is_set_by_the_tightest_month():
    assert sheet.level_without_gap(1000, np.array([1600.0, 3000, 3200, 3800, 2200, 2200])) == pytest.approx(2650)


def test_many_families_are_reckoned_at_once_as_one_by_one():
    demand = np.stack([FORECAST, FORECAST[::-1] * 2])
    plan = np.full((2, 12), 230.0)
    both = sheet.stock_rows(np.array([61.0, 300.0]), sheet.Ahead(demand, plan, np.full(12, 20.0), target_days=np.array([10.0, 5.0])))
    second = sheet.stock_rows(300.0, sheet.Ahead(demand[1], plan[1], np.full(12, 20.0)))
    for name in ("stock_qty", "cover_days", "cover_at_least_days"):
        assert both[name][1] == pytest.approx(second[name], nan_ok=True)
    assert both["target_qty"].shape == (2, 12)


# ── the bounded suggestion ───────────────────────────────────────────────────────────────────────────────────────────────


def test_odoo_bounds_cut_a_need_of_25_to_20():
    assert sheet.suggested_production(60, 75, 0, 10) == 25
    assert sheet.suggested_production(60, 75, 0, 10, least=5, most=20) == 20


def test_odoo_bounds_raise_a_small_need_to_the_least_batch_and_make_nothing_of_none():
    assert sheet.suggested_production(60, 53, 0, 10, least=5) == 5
    assert sheet.suggested_production(60, 40, 0, 10, least=5) == 0
