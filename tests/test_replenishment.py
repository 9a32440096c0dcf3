"""The inventory control objective and the suggested order: the course's exercise, its wrong readings, and every odd input."""

import polars as pl
import pytest

from engine import replenishment as supply

WEEKS = (21, 19, 18, 20, 18, 22, 20, 22)
USUAL = {
    "on_hand_qty": 8.0, "in_transit_qty": 5.0, "committed_qty": 3.0, "sold_qty": float(sum(WEEKS)), "days": 48.0, "covered_days": 48.0,
    "in_stock_days": 45.0, "interval_days": 3.0, "lead_days": 1.0, "safety_share": 0.3, "adjustment": 1.2, "pack_qty": 1.0, "min_order_qty": 0.0,
    "unit_cost": 10.0, "unit_price": 20.0,
}  # fmt: skip


def reckoned(**changes):
    frame = pl.DataFrame([USUAL | changes], schema_overrides=dict.fromkeys(USUAL, pl.Float64))
    return supply.positions(frame, most_out_share=0.9, transit_share=0.5, excess_times=2.0).row(0, named=True)


def test_case_t5_daily_demand_is_160_of_48_days_corrected_for_three_days_out_of_stock():
    found = reckoned()
    assert found["out_share"] == pytest.approx(0.0625)
    assert found["daily_qty"] == pytest.approx(160 / 45 * 1.2)
    assert found["daily_qty"] == pytest.approx(4.2667, abs=5e-5)


def test_case_t5_ico_of_the_course_is_22_2_and_23_cases_when_ordered():
    found = reckoned(on_hand_qty=0.0, in_transit_qty=0.0, committed_qty=0.0)
    assert found["ico_qty"] == pytest.approx(22.19, abs=5e-3)
    assert found["order_qty"] == 23


@pytest.mark.parametrize(("share", "expected", "cases"), [(0.0, 17.07, 18), (0.1, 18.77, 19), (0.25, 21.33, 22), (0.3, 22.19, 23), (0.5, 25.60, 26)])
def test_case_t5_at_every_safety_share_of_the_course(share, expected, cases):
    found = reckoned(safety_share=share, on_hand_qty=0.0, in_transit_qty=0.0, committed_qty=0.0)
    assert found["ico_qty"] == pytest.approx(expected, abs=5e-3)
    assert found["order_qty"] == cases


def test_case_t5_is_none_of_the_wrong_readings():
    without_safety = reckoned(safety_share=0.0)["ico_qty"]
    assert without_safety == pytest.approx(17.07, abs=5e-3)
    for wrong in (16.0, 18.20, 4.978 * 4):
        assert abs(without_safety - wrong) > 0.5


def test_case_t5_in_calendar_days_is_the_same_if_both_counts_are():
    assert reckoned(days=56.0, covered_days=56.0, in_stock_days=45.0)["daily_qty"] == pytest.approx(reckoned()["daily_qty"])


@pytest.mark.parametrize(("pack", "expected"), [(1.0, 13), (6.0, 18)])
def test_case_t5b_orders_13_in_pieces_and_18_in_packs_of_six(pack, expected):
    found = reckoned(pack_qty=pack)
    assert found["position_qty"] == 10
    assert found["needed_qty"] == pytest.approx(12.19, abs=5e-3)
    assert found["order_qty"] == expected


def test_case_t5b_stock_above_the_objective_orders_nothing_and_never_less():
    assert reckoned(on_hand_qty=80.0)["order_qty"] == 0


def test_the_minimum_is_met_at_the_order_and_rounded_up_to_whole_packs():
    assert reckoned(min_order_qty=20.0, pack_qty=6.0)["order_qty"] == 24
    assert reckoned(on_hand_qty=80.0, min_order_qty=20.0)["order_qty"] == 0


def test_an_exact_pack_is_not_rounded_up_to_the_next():
    frame = pl.DataFrame({"needed": [12.0, 0.1 * 3 * 10, 1e-12], "pack": [12.0, 3.0, 6.0], "least": [0.0, 0.0, 0.0]})
    assert frame.select(supply.rounded_up(pl.col("needed"), pl.col("pack"), pl.col("least"))).to_series().to_list() == [12.0, 3.0, 0.0]


@pytest.mark.parametrize("pack", [0.0, None, -4.0])
def test_a_pack_of_nothing_is_a_single_piece(pack):
    assert reckoned(pack_qty=pack)["order_qty"] == 13


def test_stock_below_zero_counts_as_none():
    assert reckoned(on_hand_qty=-50.0)["position_qty"] == 2
    assert reckoned(on_hand_qty=-50.0)["status"] == "out"
    assert reckoned(on_hand_qty=-50.0)["days_of_supply"] == 0


def test_a_new_article_without_sales_has_no_demand_and_no_order_whatever_its_stock():
    for stock in (0.0, 40.0):
        found = reckoned(sold_qty=0.0, on_hand_qty=stock)
        assert (found["status"], found["order_qty"], found["days_of_supply"]) == ("no_demand", 0.0, None)
    assert reckoned(sold_qty=-4.0)["status"] == "no_demand"


def test_stock_that_nobody_reported_is_unknown_and_never_zero():
    found = reckoned(on_hand_qty=None)
    assert (found["position_qty"], found["order_qty"], found["status"], found["excess_value"]) == (None, None, None, None)
    assert found["ico_qty"] == pytest.approx(22.19, abs=5e-3)


def test_an_article_that_was_hardly_ever_there_is_not_multiplied_beyond_belief():
    assert reckoned(in_stock_days=1.0)["daily_qty"] == pytest.approx(160 / 48 / 0.1 * 1.2)
    assert reckoned(covered_days=None, in_stock_days=None)["daily_qty"] == pytest.approx(160 / 48 * 1.2)


def test_an_article_that_sold_without_ever_being_there_goes_straight_through_and_is_not_corrected():
    found = reckoned(in_stock_days=0.0)
    assert found["out_share"] is None
    assert found["daily_qty"] == pytest.approx(160 / 48 * 1.2)


@pytest.mark.parametrize(
    ("stock", "expected", "severity"),
    [
        (0.0, "out", "critical"), (4.0, "out_before_arrival", "critical"), (5.0, "below", "attention"), (12.0, "fine", None), (25.0, "above", None),
        (60.0, "excess", "attention"),
    ],
)  # fmt: skip
def test_each_status_stands_between_its_limits(stock, expected, severity):
    found = reckoned(on_hand_qty=stock, in_transit_qty=0.0, committed_qty=0.0)
    assert (found["status"], found["severity"]) == (expected, severity)


def test_what_is_under_way_helps_only_once_it_arrives():
    late = reckoned(on_hand_qty=2.0, in_transit_qty=100.0, committed_qty=0.0, lead_days=10.0)
    assert late["status"] == "out_before_arrival"
    assert late["gap_days"] == pytest.approx(5 - 2 / late["daily_qty"])


def test_sales_at_risk_are_what_is_lost_if_this_order_is_not_made():
    found = reckoned(on_hand_qty=4.2667, in_transit_qty=0.0, committed_qty=0.0)
    assert found["at_risk_value"] == pytest.approx((4 - 1) * found["daily_qty"] * 20, rel=1e-4)
    assert reckoned(on_hand_qty=60.0)["at_risk_value"] == 0


def test_excess_is_what_lies_beyond_the_objective_at_cost_and_all_of_it_without_demand():
    found = reckoned(on_hand_qty=60.0, in_transit_qty=0.0, committed_qty=0.0)
    assert found["excess_value"] == pytest.approx((60 - found["ico_qty"]) * 10)
    assert reckoned(sold_qty=0.0, on_hand_qty=60.0, in_transit_qty=0.0, committed_qty=0.0)["excess_value"] == 600


def shared(wanted, there, packs=None):
    frame = pl.DataFrame({"sku": ["A"] * len(wanted), "want": wanted, "there": [there] * len(wanted), "pack": packs or [1.0] * len(wanted)})
    return supply.fair_shares(frame, "want", "there", "pack", "sku").to_list()


def test_a_short_article_is_shared_by_what_was_wanted_with_the_rest_to_the_largest_remainders():
    assert shared([60.0, 30.0, 10.0], 33.0) == [20.0, 10.0, 3.0]
    assert shared([5.0, 5.0, 5.0], 7.0) == [3.0, 2.0, 2.0]


def test_what_is_enough_is_given_in_full_and_nothing_there_gives_nothing():
    assert shared([5.0, 6.0], 11.0) == [5.0, 6.0]
    assert shared([5.0, 6.0], None) == [5.0, 6.0]
    assert shared([5.0, 6.0], -3.0) == [0.0, 0.0]


def test_shares_are_whole_packs_and_never_more_than_there_is():
    given = shared([60.0, 36.0, 12.0], 50.0, [12.0, 12.0, 12.0])
    assert sum(given) == 48
    assert all(qty % 12 == 0 for qty in given)


def test_credit_is_used_for_the_most_urgent_first_and_the_last_row_is_cut_to_whole_packs():
    frame = pl.DataFrame({"d": ["D"] * 3, "want": [10.0, 12.0, 6.0], "price": [10.0, 10.0, 1.0], "room": [175.0] * 3, "pack": [1.0, 6.0, 6.0]})
    assert supply.within_credit(frame, "want", "price", "room", "pack", "d").to_list() == [10.0, 6.0, 0.0]
    unlimited = frame.with_columns(room=pl.lit(None, dtype=pl.Float64))
    assert supply.within_credit(unlimited, "want", "price", "room", "pack", "d").to_list() == [10.0, 12.0, 6.0]
    overdrawn = frame.with_columns(room=pl.lit(-5.0))
    assert supply.within_credit(overdrawn, "want", "price", "room", "pack", "d").to_list() == [0.0, 0.0, 0.0]


def test_the_projection_falls_day_by_day_and_rises_when_the_order_arrives():
    rows = supply.projected(10.0, 4.0, 4.0, 1, 20.0, 3, 5)
    assert [without for _, without, _ in rows] == [10, 10, 6, 2, 0, 0]
    assert [with_order for _, _, with_order in rows] == [10, 10, 6, 22, 18, 14]


def test_when_to_order_is_when_the_position_reaches_the_reorder_point():
    assert supply.days_until_order(40.0, 4.0, 6.0) == 4
    assert supply.days_until_order(10.0, 4.0, 6.0) == 0
    assert supply.days_until_order(10.0, 0.0, 6.0) is None


def test_a_dealer_that_orders_every_interval_is_regular():
    assert supply.regularity([5, 5, 6, 4], 5, 0.2) == 1
    assert supply.regularity([5, 12, 5, 1], 5, 0.2) == 0.5
    assert supply.regularity([], 5, 0.2) is None
