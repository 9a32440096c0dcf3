"""Pre-building, the executable plan, the bridge to the budget, attainment, and the board of the departments."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.sop import attainment, fairness
from engine.sop.bridge import STEPS, margin_bridge, revenue_bridge, waterfall
from engine.sop.executable import executable, idle_bottleneck, ranked_orders, service_after
from engine.sop.grid import Axes, months_from
from engine.sop.prebuild import moved_frame, prebuilt, smoothness
from engine.sop.rccp import Use, bill_of

MONTHS = months_from(date(2026, 1, 1), 4)
ONE = Axes(("A",), MONTHS)
BILL = bill_of(("A", "B"), ("R",), [Use("A", "R", 1.0), Use("B", "R", 2.0)])


# ── pre-building ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_peak_is_built_in_the_latest_earlier_months_with_room():
    plan = np.array([[50.0, 60, 130, 40], [0, 0, 0, 0]])
    found = prebuilt(plan, BILL, np.full((1, 4), 80.0), np.array([2.0, 1.0]), hour_price=10.0)
    assert found.made[0].tolist() == [80, 80, 80, 40]
    assert [(move.from_month, move.to_month, move.qty) for move in found.moves] == [(2, 1, 20), (2, 0, 30)]
    assert found.cost == pytest.approx(2 * 20 * 1 + 2 * 30 * 2)
    assert found.saved == pytest.approx(500)
    assert found.gain == pytest.approx(340)
    assert found.made.sum() == plan.sum()
    assert smoothness(found.made) < smoothness(plan)


def test_the_family_that_is_cheapest_to_keep_per_hour_is_moved_first():
    plan = np.array([[0.0, 50, 0, 0], [0, 30, 0, 0]])
    found = prebuilt(plan, BILL, np.full((1, 4), 80.0), np.array([1.0, 1.5]))
    assert [(move.family, move.qty, move.hours) for move in found.moves] == [("B", 15, 30)]


def test_what_no_month_has_room_for_stays_over_or_is_cut_as_shortage():
    plan = np.array([[100.0, 100, 0, 0], [0, 0, 0, 0]])
    kept = prebuilt(plan, BILL, np.full((1, 4), 80.0), np.ones(2))
    assert kept.over_after[0].tolist() == [20, 20, 0, 0]
    assert kept.moves == ()
    cut = prebuilt(plan, BILL, np.full((1, 4), 80.0), np.ones(2), is_cut=True)
    assert cut.short[0].tolist() == [20, 20, 0, 0]
    assert cut.made[0].tolist() == [80, 80, 0, 0]
    assert cut.over_after.sum() == 0


def test_nothing_is_built_ahead_of_the_fence_or_too_far_ahead():
    plan = np.array([[0.0, 0, 0, 100], [0, 0, 0, 0]])
    assert prebuilt(plan, BILL, np.full((1, 4), 80.0), np.ones(2), first=3).moves == ()
    full = np.array([[80.0, 80, 80, 100], [0, 0, 0, 0]]) - np.array([[20.0, 0, 0, 0], [0, 0, 0, 0]])
    assert prebuilt(full, BILL, np.full((1, 4), 80.0), np.ones(2), most_months=2).moves == ()
    assert len(prebuilt(full, BILL, np.full((1, 4), 80.0), np.ones(2), most_months=3).moves) == 1


def test_every_resource_of_a_family_must_have_room_in_the_month_it_falls():
    bill = bill_of(("A",), ("R", "S"), [Use("A", "R", 1.0), Use("A", "S", 1.0, months_ahead=1)])
    plan = np.array([[0.0, 0, 0, 100]])
    available = np.array([[80.0] * 4, [10.0, 10.0, 100.0, 100.0]])
    found = prebuilt(plan, bill, available, np.ones(1))
    assert [(move.to_month, move.qty) for move in found.moves] == [(2, 10), (1, 10)]


def test_moves_are_listed_with_their_months():
    found = prebuilt(np.array([[50.0, 130], [0, 0]]), BILL, np.full((1, 2), 80.0), np.ones(2))
    assert moved_frame(found.moves, MONTHS).rows() == [("A", "R", MONTHS[1], MONTHS[0], 30.0, 30.0, 30.0)]


# ── the executable plan ──────────────────────────────────────────────────────────────────────────────────────────────────


def plan_of(demand, supply, opening=0.0, safety=0.0, release=1.0, owed=0.0):
    shape = (1, 4)
    given_safety = np.full(shape, float(safety))
    return executable(ONE, np.array([demand], dtype=float), np.array([supply], dtype=float), np.array([opening]), given_safety, owed, release)


def test_where_supply_is_enough_the_unconstrained_demand_is_the_plan():
    found = plan_of([100, 100, 100, 100], [100, 100, 100, 100], opening=50, safety=50)
    assert found.is_unconstrained
    assert found.shipped[0].tolist() == [100] * 4
    assert found.released.sum() == 0
    assert found.refill == (-2,)


def test_where_supply_is_short_safety_stock_is_released_and_filled_up_again():
    found = plan_of([100, 100, 100, 100], [70, 100, 100, 140], opening=50, safety=50)
    assert found.shipped[0].tolist() == [100, 100, 100, 100]
    assert found.released[0].tolist() == [30, 0, 0, 0]
    assert found.safety_left[0].tolist() == [20, 20, 20, 50]
    assert found.refill == (3,)


def test_what_safety_stock_cannot_cover_is_late_and_served_first():
    found = plan_of([100, 100, 100, 100], [20, 100, 130, 100], opening=50, safety=50)
    assert found.shipped[0].tolist() == [70, 100, 130, 100]
    assert found.late[0].tolist() == [30, 30, 0, 0]
    assert found.short[0].tolist() == [30, 30, 0, 0]


def test_safety_stock_that_may_not_be_released_stays():
    found = plan_of([100, 100, 100, 100], [70, 100, 100, 140], opening=50, safety=50, release=0.0)
    assert found.shipped[0].tolist() == [70, 100, 100, 130]
    assert found.released.sum() == 0


@given(some.lists(some.floats(0, 500), min_size=4, max_size=4), some.lists(some.floats(0, 500), min_size=4, max_size=4), some.floats(0, 300), some.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_no_piece_of_the_executable_plan_appears_or_disappears(demand, supply, opening, release):
    found = plan_of(demand, supply, opening, 60, release)
    assert opening + sum(supply) - found.shipped.sum() == pytest.approx(found.stock[0, -1], abs=1e-6)
    assert sum(demand) - found.shipped.sum() == pytest.approx(found.late[0, -1], abs=1e-6)
    assert (found.shipped >= -1e-9).all()
    assert (found.stock >= -1e-9).all()


def test_the_executable_plan_is_the_basis_of_master_scheduling():
    rows = plan_of([100, 100, 100, 100], [70, 100, 100, 140], opening=50, safety=50).frame()
    assert rows.columns[:5] == ["family", "month", "demand_qty", "supply_qty", "shipped_qty"]
    assert rows["released_qty"].to_list() == [30, 0, 0, 0]


def test_releasing_safety_stock_costs_service():
    before, after = service_after(1000.0, 500.0, 707.1)
    assert float(before) == pytest.approx(0.9214, abs=5e-4)
    assert float(after) == pytest.approx(0.7602, abs=5e-4)
    assert [float(share) for share in service_after(10.0, 0.0, 0.0)] == [1, 1]


def orders(*rows):
    kinds = {"order_id": pl.String, "family": pl.String, "qty": pl.Float64, "must_serve_qty": pl.Float64, "priority": pl.Int64, "promised_on": pl.Date,
             "unit_margin": pl.Float64}  # fmt: skip
    return pl.DataFrame(rows, schema=kinds, orient="row")


def test_orders_are_served_by_rank_but_what_must_be_served_comes_first():
    day = date(2026, 1, 9)
    found = ranked_orders(
        orders(("O1", "A", 50.0, None, 1, day, 5.0), ("O2", "A", 50.0, 20.0, 2, day, 9.0), ("O3", "A", 50.0, None, 2, day, 10.0)), {"A": 80.0}
    )
    assert found.rows["order_id"].to_list() == ["O1", "O3", "O2"]
    assert found.rows["given_qty"].to_list() == [50, 10, 20]
    assert found.rows["short_qty"].to_list() == [0, 40, 30]
    assert found.told == ()


def test_must_serve_beyond_the_supply_is_told():
    day = date(2026, 1, 9)
    found = ranked_orders(orders(("O1", "A", 50.0, 50.0, 1, day, 5.0), ("O2", "A", 50.0, 40.0, None, None, None)), {"A": 60.0})
    assert found.rows["given_qty"].to_list() == [50, 10]
    assert [str(said) for said in found.told] == ["A: 90.0 must be served, and there are 60.0."]


def test_a_shortage_beside_a_machine_with_free_hours_is_shown():
    short, hours = np.array([[0.0, 10, 10, 0]]), np.array([[80.0, 60, 80, 10], [1.0, 1, 1, 1]])
    found = idle_bottleneck(short, hours, np.array([[80.0] * 4, [50.0] * 4]), np.array([[1.0, 1.0]]))
    assert found == [(0, 1, 20.0)]


# ── the bridge to the budget ─────────────────────────────────────────────────────────────────────────────────────────────


def sheet(*rows):
    names = ("family", "budget_qty", "budget_value", "budget_margin_value", "qty", "value", "margin_value")
    return pl.DataFrame(rows, schema={name: pl.String if name == "family" else pl.Float64 for name in names}, orient="row")


def test_the_bridge_of_one_family_is_the_textbooks_price_volume_cost():
    found = margin_bridge(sheet(("A", 100.0, 1000.0, 400.0, 120.0, 1320.0, 540.0)))
    assert found.steps == pytest.approx({"volume": 80, "mix": 0, "price": 120, "cost": -60, "not_split": 0})
    assert found.gap == pytest.approx(140)


def test_the_bridge_parts_mix_from_volume_without_adding_pieces_of_different_families():
    even = margin_bridge(sheet(("A", 10.0, 100.0, 50.0, 20.0, 200.0, 100.0), ("B", 1000.0, 300.0, 30.0, 2000.0, 600.0, 60.0)))
    assert even.steps == pytest.approx({"volume": 80, "mix": 0, "price": 0, "cost": 0, "not_split": 0})
    shifted = margin_bridge(sheet(("A", 10.0, 100.0, 50.0, 20.0, 200.0, 100.0), ("B", 1000.0, 300.0, 30.0, 1000.0, 300.0, 30.0)))
    assert shifted.steps["volume"] == pytest.approx(80 * 0.25)
    assert shifted.steps["mix"] == pytest.approx(50 - 20)


def test_the_bridge_keeps_families_without_a_budget_and_those_no_longer_sold():
    found = margin_bridge(sheet(("new", None, None, None, 10.0, 100.0, 30.0), ("gone", 10.0, 100.0, 40.0, 0.0, 0.0, 0.0)))
    assert found.gap == pytest.approx(-10)
    assert found.steps["price"] == found.steps["cost"] == 0
    assert found.rows.sort("family")["has_budget"].to_list() == [True, False]


def test_the_bridge_of_a_budget_without_quantities_is_not_split():
    found = margin_bridge(sheet(("A", None, 1000.0, 400.0, 120.0, 1320.0, 540.0)))
    assert found.steps == pytest.approx({"volume": 0, "mix": 0, "price": 0, "cost": 0, "not_split": 140})


def test_the_bridge_of_revenue_has_no_cost():
    found = revenue_bridge(sheet(("A", 100.0, 1000.0, None, 120.0, 1320.0, None)))
    assert found.steps == pytest.approx({"volume": 200, "mix": 0, "price": 120, "not_split": 0})


amount = some.one_of(some.none(), some.floats(0, 1e7).map(lambda value: round(value, 2)))
pieces = some.one_of(some.none(), some.just(0.0), some.floats(1, 1e6).map(lambda value: round(value, 2)))


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(pieces, amount, amount, pieces, amount, amount), min_size=1, max_size=12))
def test_the_bridge_always_sums_to_the_gap_exactly(rows):
    found = margin_bridge(sheet(*((f"F{number}", *row) for number, row in enumerate(rows))))
    # A price of millions times a million pieces leaves less of a double than a cent: what is exact is so to its last digits.
    last_digits = max(1e-3, 1e-14 * float(found.rows.select(pl.sum_horizontal(pl.col(STEPS).abs()).sum()).item()))
    assert found.budget + sum(found.steps[name] for name in STEPS) == pytest.approx(found.actual, rel=1e-12, abs=last_digits)
    each = found.rows.select(pl.sum_horizontal(STEPS)).to_series() - found.rows["total_value"]
    assert float(each.abs().max()) < max(1e-2, last_digits)


def test_the_waterfall_names_what_moved_and_what_nobody_explained():
    before = pl.DataFrame({"family": ["A", "B"], "month": [MONTHS[0]] * 2, "value": [100.0, 50.0]})
    after = pl.DataFrame({"family": ["A", "A", "C"], "month": [MONTHS[0], MONTHS[1], MONTHS[0]], "value": [80.0, 10.0, 30.0]})
    found = waterfall(before, after, {("A", MONTHS[0]): "price"})
    assert found.steps == {"dropped_family": -50, "new_family": 30, "price": -20, "horizon": 10}
    assert found.before + sum(found.steps.values()) == found.after
    assert waterfall(before, before.with_columns(pl.col("value") * 2), {}).steps == {"not_explained": 150}


# ── attainment ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_conformance_does_not_let_too_much_make_up_for_too_little():
    made, plan = np.array([[120.0, 80]]), np.array([[100.0, 100]])
    assert attainment.conformance(made, plan) == pytest.approx(0.8)
    assert attainment.performance(made, plan)[0].tolist() == [1.2, 0.8]
    assert attainment.cumulative(made, plan)[0].tolist() == [1.2, 1.0]
    assert attainment.conformance(made, np.zeros((1, 2))) is None
    assert np.isnan(attainment.performance(made, np.zeros((1, 2)))).all()


def test_performance_of_three_months_forgets_the_fourth():
    made = np.array([0.0, 100, 100, 100])
    assert attainment.cumulative(made, np.full(4, 100.0)).tolist() == pytest.approx([0, 0.5, 2 / 3, 1])
    assert attainment.is_within(np.array([0.97, 1.06, np.nan]), 0.05).tolist() == [True, False, False]


def test_fulfilment_is_what_was_met_of_what_was_asked():
    share, unmet = attainment.fulfilment(np.array([[100.0, 100]]), np.array([[80.0, 150]]))
    assert share == pytest.approx(0.9)
    assert unmet[0].tolist() == [20, 0]
    assert attainment.fulfilment(np.zeros((1, 1)), np.zeros((1, 1)))[0] is None


# ── fair numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_area_that_reports_twice_what_it_takes_stands_on_the_board_beside_production():
    sales = fairness.forecast_bias(pl.DataFrame({"area": ["North", "South"], "reported_qty": [2000.0, 900.0], "picked_up_qty": [1000.0, 1000.0]}))
    plant = fairness.plan_missed(pl.DataFrame({"who": ["P1", "P1"], "planned_qty": [100.0, 100.0], "made_qty": [120.0, 80.0]}))
    found = fairness.board(pl.concat([sales, plant]), {"forecast_bias": 0.2, "plan_missed": 0.1})
    assert found.select("who", "department", "times", "is_lapse").rows() == [
        ("North", "sales", pytest.approx(2.5), True),
        ("P1", "production", pytest.approx(2.0), True),
        ("South", "sales", pytest.approx(0.5555, abs=1e-3), False),
    ]
    assert found["signed_share"].to_list() == pytest.approx([0.5, None, -1 / 9])


def test_orders_outside_the_plan_and_inside_the_lead_time_are_shares_of_what_was_ordered():
    rows = pl.DataFrame({
        "area": ["N", "N", "S"], "family": ["A"] * 3, "month": [MONTHS[0]] * 3, "qty": [60.0, 60.0, 10.0], "days_ahead": [3, 30, None], "lead_days": [10] * 3,
    })  # fmt: skip
    asked = pl.DataFrame({"area": ["N"], "family": ["A"], "month": [MONTHS[0]], "qty": [100.0]})
    found = fairness.board(fairness.orders_by_area(rows, asked), {"outside_plan": 0.1, "inside_lead_time": 0.1}).sort("measure", "who")
    assert found.select("measure", "who", "share").rows() == [
        ("inside_lead_time", "N", pytest.approx(0.5)), ("outside_plan", "N", pytest.approx(1 / 6)), ("outside_plan", "S", 1.0),
    ]  # fmt: skip


def test_the_other_measures_of_the_board_take_their_evidence():
    rows = pl.concat([
        fairness.stages_late(pl.DataFrame({"who": ["filling"] * 2, "hours": [20.0, 5.0], "standard_hours": [10.0, 10.0]})),
        fairness.unsteady_batches(pl.DataFrame({"who": ["plant"] * 3 + ["single"], "qty": [90.0, 100.0, 110.0, 5.0]})),
        fairness.over_buying(pl.DataFrame({"who": ["supplier"], "bought_value": [150.0], "planned_value": [100.0]})),
        fairness.inputs("plan_changes", pl.DataFrame({"dealer": ["D1"], "changed": [5.0], "ordered": [0.0]}), "dealer", "changed", "ordered"),
    ])  # fmt: skip
    found = {row["measure"]: row for row in fairness.board(rows, {"stage_late": 0.25}).iter_rows(named=True)}
    assert found["stage_late"]["share"] == pytest.approx(0.5)
    assert found["batch_spread"]["share"] == pytest.approx(0.1)
    assert found["over_buying"]["share"] == pytest.approx(0.5)
    assert found["plan_changes"]["share"] is None, "nothing was ordered: there is nothing to be a share of"
    assert found["stage_late"]["rank"] == 1


def test_a_measure_without_a_rule_is_no_measure():
    with pytest.raises(KeyError, match="no rule"):
        fairness.board(pl.DataFrame({"measure": ["mood"], "who": ["x"], "part": [1.0], "whole": [2.0]}), {})
