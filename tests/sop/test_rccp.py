"""Rough-cut capacity: the textbooks' loads by three methods, the bottleneck, and resources and families of which something is missing."""

from datetime import date

import numpy as np
import pytest

from engine.sop.grid import months_from
from engine.sop.rccp import Use, bill_of, board, bottleneck, is_unseen, load_of, load_share, margin_per_hour, over_hours, overall_factors, rated_capacity

MONTHS = months_from(date(2026, 1, 1), 13)
MPS = np.array([[33.0, 33, 33, 40, 40, 40, 30, 30, 30, 37, 37, 37, 37], [17.0, 17, 17, 13, 13, 13, 25, 25, 25, 27, 27, 27, 27]])


def loads(uses, families, resources, plan):
    return load_of(np.array(plan, dtype=float), bill_of(families, resources, [Use(*use) for use in uses])).hours


def test_rccp_a_overall_factors_of_vollmann_berry_and_whybark():
    found = overall_factors(MPS, np.array([0.95, 1.85]), np.array([0.603, 0.304, 0.093]))
    assert MPS.sum(axis=1) == pytest.approx([457, 273])
    assert found[:, 0] == pytest.approx([37.87, 19.09, 5.84], abs=0.005)
    assert found.sum(axis=1) == pytest.approx([566.34, 285.52, 87.35], abs=0.005)


def test_rccp_a_capacity_bills_of_vollmann_berry_and_whybark():
    uses = [("A", "1", 0.05), ("A", "2", 0.70), ("A", "3", 0.20), ("B", "1", 1.30), ("B", "2", 0.55)]
    found = loads(uses, ("A", "B"), ("1", "2", "3"), MPS)
    assert found[:, 0] == pytest.approx([23.75, 32.45, 6.60])
    assert found[:, 3] == pytest.approx([18.90, 35.15, 8.00])
    assert found[:, 6] == pytest.approx([34.00, 34.75, 6.00])
    assert found[:, 9] == pytest.approx([36.95, 40.75, 7.40])
    assert found.sum(axis=1) == pytest.approx([377.75, 470.05, 91.40])


def test_rccp_a_overall_factors_hide_a_change_of_the_mix_that_bills_show():
    uses = [("A", "1", 0.05), ("A", "2", 0.70), ("A", "3", 0.20), ("B", "1", 1.30), ("B", "2", 0.55)]
    bills = loads(uses, ("A", "B"), ("1", "2", "3"), MPS)[0]
    factors = overall_factors(MPS, np.array([0.95, 1.85]), np.array([0.603, 0.304, 0.093]))[0]
    assert bills[9] / bills[3] > 1.9
    assert factors[9] / factors[3] < 1.4


def test_rccp_b_course_solution():
    uses = [("C", "100", 0.8), ("C", "200", 0.4), ("C", "300", 2.1), ("D", "100", 1.2), ("D", "200", 2.5), ("D", "300", 3.1)]
    found = loads(uses, ("C", "D"), ("100", "200", "300"), [[50, 40, 45], [15, 20, 18]])
    assert found == pytest.approx(np.array([[58, 56, 57.6], [57.5, 66, 63], [151.5, 146, 150.3]]))
    uses = [("P", "10", 0.31), ("P", "15", 0.55), ("P", "20", 1.23), ("Q", "10", 0.09), ("Q", "15", 0.82), ("Q", "20", 0.47)]
    found = loads(uses, ("P", "Q"), ("10", "15", "20"), [[90, 78], [75, 103]])
    assert found[0] == pytest.approx([34.65, 33.45])
    assert found[1] == pytest.approx([111, 127.36])
    assert found[2] == pytest.approx([145.95, 144.35])


def test_rccp_c_walnut_hill_is_overloaded_in_its_last_periods():
    found = loads([("W", "circuit", 0.2), ("W", "assembly", 0.3)], ("W",), ("circuit", "assembly"), [[450, 300, 625, 890]])
    assert found == pytest.approx(np.array([[90, 60, 125, 178], [135, 90, 187.5, 267]]))
    over = over_hours(found, np.array([[130.0] * 4, [160.0] * 4]))
    assert [list(np.flatnonzero(row) + 1) for row in over] == [[4], [3, 4]]


def test_rccp_d_erben_resource_profile_with_offsets_and_set_ups():
    steps = [("WC201", 1.5, 0, 8.0), ("WC201", 1.0, 1, 5.0), ("WC202", 2.0, 1, 3.0), ("WC202", 1.0, 2, 2.0), ("WC203", 0.5, 4, 1.0)]
    bill = bill_of(("Z",), ("WC201", "WC202", "WC203"), [Use("Z", resource, each, ahead, setup) for resource, each, ahead, setup in steps])
    found = load_of(np.array([[10.0, 20, 15, 10, 15]]), bill)
    assert found.hours[0] == pytest.approx([48, 58, 45.5, 43, 30.5])
    assert found.hours[1] == pytest.approx([60, 45, 40, 33, 0])
    assert found.hours[2] == pytest.approx([8.5, 0, 0, 0, 0])
    assert found.before[:, -1] == pytest.approx([15, 45, 6])


def test_rccp_e_shares_of_a_total():
    hours = float(np.array([2.0, 3, 4]) @ np.array([100.0, 50, 25]))
    assert hours == 450
    assert overall_factors(np.array([[100.0], [50], [25]]), np.array([2.0, 3, 4]), np.array([0.6, 0.4]))[:, 0] == pytest.approx([270, 180])


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────────

NAMES = ("R1", "R2")


def test_a_family_without_capacity_is_named_and_loads_nothing():
    bill = bill_of(("A", "B"), NAMES, [Use("A", "R1", 2.0)])
    assert bill.without == ("B",)
    assert load_of(np.array([[1.0], [5.0]]), bill).hours[:, 0] == pytest.approx([2, 0])


def test_a_resource_with_zero_hours_has_no_load_share_but_a_reason_and_is_the_bottleneck():
    hours, available = np.array([[10.0, 0.0], [90.0, 20.0]]), np.array([[0.0, 0.0], [100.0, 100.0]])
    rows = board(hours, available, NAMES, MONTHS[:2])
    first = rows.row(0, named=True)
    assert first["load_share"] is None
    assert "no hours" in first["load_share_why"]
    assert first["over"] == 10
    assert rows.row(1, named=True)["load_share"] == 0, "nothing is asked of it, nothing is wrong"
    worst = bottleneck(hours, available, NAMES, MONTHS[:2])
    assert (worst.resource, worst.month, worst.share, worst.over) == ("R1", MONTHS[0], None, 10)


def test_a_month_without_given_capacity_is_unknown_and_not_full():
    hours, available = np.array([[10.0, 10.0]]), np.array([[np.nan, 20.0]])
    rows = board(hours, available, ("R1",), MONTHS[:2])
    assert rows["load_share"].to_list() == [None, 0.5]
    assert rows["over"].to_list() == [None, 0.0]
    assert "No capacity was given" in rows["load_share_why"][0]
    assert bottleneck(hours, available, ("R1",), MONTHS[:2]).month == MONTHS[1]
    assert bottleneck(hours, np.full((1, 2), np.nan), ("R1",), MONTHS[:2]) is None


def test_the_bottleneck_is_the_highest_load_with_its_month():
    found = bottleneck(np.array([[80.0, 130.0], [90.0, 60.0]]), np.full((2, 2), 100.0), NAMES, MONTHS[:2])
    assert (found.resource, found.month, found.share, found.over) == ("R1", MONTHS[1], 1.3, 30)


def test_families_are_ranked_by_their_margin_per_hour_of_the_bottleneck():
    found = margin_per_hour(np.array([10.0, 30.0, 50.0]), np.array([0.5, 2.0, 0.0]), ("A", "B", "C"))
    assert found["family"].to_list() == ["A", "B", "C"]
    assert found["margin_per_hour"].to_list() == [20.0, 15.0, None]


def test_rated_capacity_multiplies_its_six_parts():
    assert rated_capacity(2, 2, 8, np.array([20.0, 22]), 0.9, 0.95) == pytest.approx([547.2, 601.92])


def test_load_shares_survive_every_mixture_of_zero_and_unknown():
    share = load_share(np.array([[0.0, 5.0, 5.0, 0.0]]), np.array([[0.0, 0.0, np.nan, np.nan]]))
    assert share[0, 0] == 0
    assert np.isnan(share[0, 1:]).all()


def test_a_month_whose_work_is_for_months_behind_the_plan_is_unknown_unless_it_is_too_much_already() -> None:
    months = [date(2026, 9, 1), date(2026, 10, 1)]
    bill = bill_of(
        ("A",), ("early", "both", "now"), [Use("A", "early", 1.0, months_ahead=1), Use("A", "both", 1.0), Use("A", "both", 1.0, 1), Use("A", "now", 1.0)]
    )
    hours = load_of(np.array([[5.0, 30.0]]), bill).hours
    assert hours.tolist() == [[30.0, 0.0], [35.0, 30.0], [5.0, 30.0]]
    unseen = is_unseen(bill, 2)
    assert unseen.tolist() == [[False, True], [False, True], [False, False]]
    told = board(hours, np.full((3, 2), 20.0), bill.resources, months, unseen=unseen)
    assert told["load"].to_list() == [30.0, None, 35.0, 30.0, 5.0, 30.0]
    assert told["load_share"].to_list() == [1.5, None, 1.75, 1.5, 0.25, 1.5]
    assert told["free"].to_list()[1] is None
    assert [why is not None for why in told["load_share_why"]] == [False, True, False, False, False, False]
