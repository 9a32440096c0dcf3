"""The gates against the policy: days (S20, S23), states (S26), withdrawal (S24, S25), launch (S07, S20, S21), run-off."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from engine.assortment import decision, launch, run_off, withdrawal
from engine.assortment.decision import AGREED, APPROVED, DRAFT, IN_FORCE, REFUSED, Block, lacking, may_move, off_gate
from engine.assortment.launch import MET, MISSED, NOT_NEEDED, NOT_SET, UNKNOWN, Project
from engine.assortment.run_off import RunOff
from engine.assortment.windows import next_day_of
from engine.assortment.withdrawal import Sister
from engine.errors import Impossible
from engine.messages import message

WITHDRAWALS, LAUNCHES = ((2, 1), (8, 1)), ((3, 1), (9, 1))
UNSET: dict[str, float | None] = dict.fromkeys(launch.CRITERIA)


def position(**more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "sphere": "Д", "product_group": "g", "line_id": "L", "sku": "S", "turnover": 100.0, "margin": 30.0, "stage": "maturity", "abc_class": "A",
        "entered_on": date(2020, 3, 1),
    }  # fmt: skip
    return plain | more


def weighed(*rows: dict[str, Any], gate_on: date = date(2025, 2, 1)) -> list[dict[str, Any]]:
    schema: dict[str, Any] = {"turnover": pl.Float64, "margin": pl.Float64, "entered_on": pl.Date, "stage": pl.String, "abc_class": pl.String}
    return withdrawal.candidates(pl.DataFrame(list(rows), schema_overrides=schema), gate_on, 0.05, 11).to_dicts()


def project(**more: Any) -> Project:
    plain: dict[str, Any] = {
        "sourcing": "own", "launch_on": date(2025, 3, 1), "skus": 3, "margin_share": 0.4, "payback": 10.0, "roi": 0.5, "approved_on": date(2025, 2, 20),
        "budget_share": 0.2,
    }  # fmt: skip
    return Project(**(plain | more))


def results(of: Project, thresholds: dict[str, float | None] | None = None) -> dict[str, str]:
    return {each.name: each.result for each in launch.criteria(of, LAUNCHES, UNSET if thresholds is None else thresholds, 3, 0.2)}


def test_s23_withdrawals_are_decided_on_1_february_and_1_august() -> None:
    assert next_day_of(WITHDRAWALS, date(2025, 2, 1)) == date(2025, 2, 1)
    assert next_day_of(WITHDRAWALS, date(2025, 2, 2)) == date(2025, 8, 1)


def test_s23_on_another_day_only_drafts_are_made_and_the_next_day_is_named() -> None:
    why = off_gate(WITHDRAWALS, date(2025, 2, 2))
    assert why is not None
    assert dict(why.values)["next_on"] == date(2025, 8, 1)
    with pytest.raises(Impossible):
        may_move(DRAFT, AGREED, why, ())
    may_move(DRAFT, AGREED, off_gate(WITHDRAWALS, date(2025, 8, 1)), ())
    may_move(DRAFT, REFUSED, why, ())


def test_s26_a_decision_goes_from_draft_by_committee_and_director_to_the_order() -> None:
    for state, to in ((DRAFT, AGREED), (AGREED, APPROVED), (APPROVED, IN_FORCE), (APPROVED, REFUSED), (REFUSED, DRAFT)):
        may_move(state, to, None, ())
    for state, to in ((DRAFT, APPROVED), (DRAFT, IN_FORCE), (AGREED, IN_FORCE), (IN_FORCE, REFUSED), (IN_FORCE, AGREED), (REFUSED, APPROVED)):
        with pytest.raises(Impossible):
            may_move(state, to, None, ())


def test_s25_a_decision_that_lacks_a_block_does_not_leave_the_draft() -> None:
    blocks = (Block("names", message("the names"), True), Block("measures", message("how the stock is sold off"), False))
    assert [str(said) for said in lacking(blocks)] == ["how the stock is sold off"]
    with pytest.raises(Impossible, match="sold off"):
        may_move(DRAFT, AGREED, None, lacking(blocks))


def test_s24_a_margin_of_4_99_is_a_candidate_and_one_of_5_00_is_not() -> None:
    low, exact, rounded = weighed(position(margin=4.99), position(margin=5.0), position(turnover=3.0, margin=0.15))
    assert (low["is_candidate"], exact["is_candidate"], rounded["is_candidate"]) == (True, False, False)


def test_s24_without_sales_it_is_a_candidate_and_has_no_margin() -> None:
    for turnover in (0.0, -5.0):
        (row,) = weighed(position(turnover=turnover, margin=0.0))
        assert (row["is_candidate"], row["is_unsold"], row["margin_share"], row["is_recommended"]) == (True, True, None, False)


def test_s24_it_is_recommended_where_the_margin_is_low_and_it_declines_or_is_of_class_c() -> None:
    rows = weighed(
        position(margin=4.0), position(margin=4.0, abc_class="C"), position(margin=4.0, stage="decline"), position(stage="decline"), position(abc_class="C")
    )  # fmt: skip
    assert [(row["is_candidate"], row["is_recommended"]) for row in rows] == [(True, False), (True, True), (True, True), (True, False), (False, False)]


def test_s24_a_novelty_is_protected_until_the_first_gate_eleven_months_after_its_launch() -> None:
    for launched, protected, first in ((date(2025, 3, 1), date(2025, 8, 1), date(2026, 2, 1)), (date(2025, 9, 1), date(2026, 2, 1), date(2026, 8, 1))):
        (early,) = weighed(position(margin=-1.0, entered_on=launched), gate_on=protected)
        (later,) = weighed(position(margin=-1.0, entered_on=launched), gate_on=first)
        assert (early["is_protected"], early["is_candidate"]) == (True, False)
        assert (later["is_protected"], later["is_candidate"]) == (False, True)


def test_s20_after_a_withdrawal_a_line_of_fewer_than_three_is_a_warning() -> None:
    rows = pl.DataFrame([position(sku=name) for name in "ABCD"] + [position(sku=name, line_id="M") for name in "EF"])
    gone = rows.filter(pl.col("sku").is_in(["A", "B", "E", "F"]))
    found = {row["line_id"]: row for row in withdrawal.lines_left(rows, gone, 3).to_dicts()}
    assert (found["L"]["left"], found["L"]["is_short"], found["L"]["is_gone"]) == (2, True, False)
    assert (found["M"]["left"], found["M"]["is_short"], found["M"]["is_gone"]) == (0, False, True)


def test_dealers_who_buy_only_what_goes_are_named() -> None:
    bought = pl.DataFrame({"dealer_id": ["D1", "D1", "D2", "D3"], "sku": ["A", "B", "A", "B"], "turnover": [5.0, -2.0, 7.0, 9.0]})
    assert withdrawal.only_buyers(bought, ["A"]).rows() == [("D2", 7.0), ("D1", 5.0)]


def test_a_stock_that_nothing_sells_from_lasts_nobody_knows_how_long() -> None:
    assert withdrawal.days_to_sell(100.0, 2.0) == 50.0
    assert withdrawal.days_to_sell(100.0, 0.0) is None
    assert withdrawal.days_to_sell(0.0, None) == 0.0


def test_sisters_catch_a_part_of_the_lost_margin_and_it_is_never_one_number() -> None:
    shares = {"low": 0.25, "base": 0.5, "high": 0.75}
    found = withdrawal.margin_lost(1000.0, shares, 10.0, [Sister("T", 10.0, True)])
    assert found == {"low": 250.0, "base": 500.0, "high": 750.0}
    half = withdrawal.margin_lost(1000.0, shares, 10.0, [Sister("T", 10.0, False)])
    assert half == {"low": 625.0, "base": 750.0, "high": 875.0}
    assert withdrawal.margin_lost(1000.0, shares, 10.0, []) == dict.fromkeys(shares, 1000.0)
    assert withdrawal.margin_lost(-40.0, shares, 10.0, [Sister("T", 10.0, True)]) == dict.fromkeys(shares, -40.0)


def test_s20_a_launch_takes_three_products_a_day_of_the_gate_and_an_approval_before_it() -> None:
    good = results(project())
    assert (good["gate"], good["lines"], good["defence"], good["budget"]) == (MET, MET, MET, MET)
    assert results(project(skus=2))["lines"] == MISSED
    late = launch.criteria(project(launch_on=date(2025, 3, 2)), LAUNCHES, UNSET, 3, 0.2)[0]
    assert late.result == MISSED
    assert late.why is not None
    assert dict(late.why.values)["next_on"] == date(2025, 9, 1)
    assert results(project(approved_on=None))["defence"] == MISSED
    assert results(project(approved_on=date(2025, 3, 1)))["defence"] == MET
    assert results(project(approved_on=date(2025, 3, 2)))["defence"] == MISSED
    assert not launch.may_launch(launch.criteria(project(skus=2), LAUNCHES, UNSET, 3, 0.2))


def test_s07_the_deepening_of_a_line_needs_no_defence() -> None:
    assert results(project(is_innovation=False, approved_on=None))["defence"] == NOT_NEEDED


def test_s15_launch_promotions_above_20_per_cent_of_the_budget_are_missed() -> None:
    assert results(project(budget_share=0.2))["budget"] == MET
    assert results(project(budget_share=0.2001))["budget"] == MISSED
    assert results(project(budget_share=None))["budget"] == UNKNOWN


def test_s21_a_threshold_that_nobody_set_is_told_as_not_set_and_is_no_pass() -> None:
    assert [results(project())[name] for name in launch.CRITERIA] == [NOT_SET] * 4
    wanted: dict[str, float | None] = {"margin": 0.4, "skus": 3.0, "payback": 10.0, "return": 0.5}
    assert [results(project(), wanted)[name] for name in launch.CRITERIA] == [MET] * 4
    short = project(margin_share=0.39, skus=2, payback=10.1, roi=0.49)
    assert [results(short, wanted)[name] for name in launch.CRITERIA] == [MISSED] * 4
    assert results(project(payback=None), wanted)["payback"] == UNKNOWN


def test_s21_payback_lies_between_two_months_and_the_return_is_over_the_horizon() -> None:
    assert launch.payback_months(250.0, [100.0, 100.0, 100.0]) == pytest.approx(2.5)
    assert launch.payback_months(300.0, [100.0, 100.0, 100.0]) == pytest.approx(3.0)
    assert launch.payback_months(301.0, [100.0, 100.0, 100.0]) is None
    assert launch.payback_months(0.0, []) == 0.0
    assert launch.return_on_investment(200.0, [100.0] * 3, 3) == pytest.approx(0.5)
    assert launch.return_on_investment(0.0, [100.0] * 3, 3) is None
    assert launch.return_on_investment(200.0, [100.0] * 2, 3) is None


def test_a_run_off_is_followed_until_nothing_is_left() -> None:
    start, end = date(2025, 2, 1), date(2025, 8, 1)
    half = RunOff(start, end, 100.0, 40.0, date(2025, 5, 2))
    assert half.planned_qty == pytest.approx(100 * (1 - 90 / 181))
    assert (half.state, half.sold_qty, half.zero_on) == (run_off.ON_PLAN, 60.0, date(2025, 7, 1))
    assert RunOff(start, end, 100.0, 90.0, date(2025, 5, 2)).state == run_off.BEHIND
    assert RunOff(start, end, 100.0, 1.0, date(2025, 8, 2)).state == run_off.LATE
    assert RunOff(start, end, 100.0, 0.0, date(2025, 8, 2)).state == run_off.ZERO
    still = RunOff(start, end, 100.0, 100.0, date(2025, 3, 1))
    assert (still.zero_on, still.state) == (None, run_off.BEHIND)
    assert RunOff(start, end, 100.0, None, date(2025, 3, 1)).state == run_off.UNCOUNTED


def test_what_is_left_after_the_run_off_is_withdrawn_stock_from_the_next_day() -> None:
    assert not run_off.is_dead(date(2025, 8, 1), date(2025, 8, 1))
    assert run_off.is_dead(date(2025, 8, 1), date(2025, 8, 2))


def test_states_have_words() -> None:
    assert set(decision.STATES) == {DRAFT, AGREED, APPROVED, IN_FORCE, REFUSED}
