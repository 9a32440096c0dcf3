"""Promotions against the policy: uplift and verdicts (S18), links of the chain (S17), the 80/20 and one-star guards (S07, S15, S16, S31)."""

from datetime import date
from typing import Any

import pytest

from engine.assortment import budget
from engine.assortment.budget import Breach, Planned
from engine.assortment.promotion import FAILED, GAINS, LOSES, NOT_PROVEN, PASSED, UNKNOWN, Run, Uplift, chain, fallback_baseline, joint
from engine.language import say

BUDGETS = {"Дом": 10_000.0}
SPRING, AUTUMN = date(2025, 3, 1), date(2025, 9, 1)


def planned(line: str, spend: float, **more: Any) -> Planned:
    plain: dict[str, Any] = {
        "promotion_id": line, "line_id": line, "sphere": "Дом", "product_group": "Посуда", "kind": "other", "started_on": SPRING,
        "ended_on": date(2025, 3, 31), "spend": spend, "priority": "A",
    }  # fmt: skip
    return Planned(**(plain | more))


def rules_broken(*plan: Planned, budgets: dict[str, float] | None = None) -> dict[str, Breach]:
    return {breach.rule: breach for breach in budget.breaches(plan, BUDGETS if budgets is None else budgets, 0.2, 0.8, 6)}


@pytest.mark.parametrize(("incremental", "verdict"), [(400.0, PASSED), (399.99, FAILED)])
def test_s18_one_spent_must_bring_four_more(incremental: float, verdict: str) -> None:
    assert Uplift(1000.0 + incremental, 1000.0, spend=100.0).verdict(4.0) == verdict


def test_s18_a_promotion_may_pass_by_turnover_and_lose_money() -> None:
    found = Uplift(1450.0, 1000.0, spend=100.0, margin_share=0.2)
    assert found.verdict(4.0) == PASSED
    assert found.gain == pytest.approx(-10.0)
    assert found.money_verdict == FAILED


def test_what_was_only_bought_earlier_and_what_sister_lines_lost_is_taken_off() -> None:
    found = Uplift(1500.0, 1000.0, tail_actual=850.0, tail_baseline=900.0, sisters_lost=30.0, spend=100.0)
    assert found.incremental == pytest.approx(420.0)
    assert found.verdict(4.0) == PASSED
    assert Uplift(1500.0, 1000.0, tail_actual=700.0, tail_baseline=900.0, spend=100.0).verdict(4.0) == FAILED


def test_a_promotion_without_spend_has_no_ratio_and_says_why() -> None:
    for spend in (None, 0.0):
        found = Uplift(1500.0, 1000.0, spend=spend, margin_share=0.3)
        assert (found.ratio, found.verdict(4.0), found.money_verdict) == (None, UNKNOWN, UNKNOWN)
        assert found.why is not None


def test_a_promotion_without_a_baseline_is_unknown() -> None:
    found = Uplift(1500.0, None, spend=100.0)
    assert (found.incremental, found.ratio, found.verdict(4.0)) == (None, None, UNKNOWN)
    assert "forecast" in str(found.why)


def test_the_fallback_baseline_grows_as_the_group_does_without_the_line() -> None:
    assert fallback_baseline(1000.0, 550.0, 500.0) == pytest.approx(1100.0)
    assert fallback_baseline(1000.0, 0.0, 0.0) == 1000.0, "a group of one line has no growth of its own"
    assert fallback_baseline(0.0, 550.0, 500.0) is None
    assert fallback_baseline(None, 550.0, 500.0) is None


def test_overlapping_promotions_of_a_line_are_judged_together() -> None:
    runs = [
        Run("P1", "L1", date(2025, 1, 1), date(2025, 3, 31), 100.0),
        Run("P2", "L1", date(2025, 3, 31), date(2025, 4, 10), 50.0),
        Run("P3", "L1", date(2025, 5, 1), date(2025, 5, 10), None),
        Run("P4", "L2", date(2025, 3, 1), date(2025, 4, 1), 10.0),
    ]
    first, alone, other = joint(runs, 3)
    assert (first.ids, first.spend, first.first, first.last) == (("P1", "P2"), 150.0, date(2025, 1, 1), date(2025, 4, 10))
    assert (first.tail_until, first.is_cut) == (date(2025, 4, 30), True), "the tail ends where the next promotion of the line begins"
    assert (alone.ids, alone.spend, alone.tail_until, alone.is_cut) == (("P3",), None, date(2025, 8, 10), False)
    assert (other.ids, other.line_id) == (("P4",), "L2")


def test_s17_every_link_of_the_chain_must_gain() -> None:
    assert chain(10.0, 5.0, 1.0) == GAINS
    assert chain(10.0, 0.0, 1.0) == LOSES
    assert chain(10.0, 5.0, None) == NOT_PROVEN
    assert chain(-1.0, 5.0, None) == LOSES


def test_s15_the_plan_stops_at_20_01_per_cent_for_new_lines_and_not_at_20() -> None:
    top = planned("A1", 7_999.0)
    assert "new_share" not in rules_broken(top, planned("N1", 2_000.0, is_new=True))
    stopped = rules_broken(top, planned("N1", 2_001.0, is_new=True))["new_share"]
    assert stopped.is_hard
    assert say(stopped.said, "en") == "Дом: new lines take ¥2,001.00, ¥1.00 more than the 20.0% of the budget that they may have."


def test_s15_class_a_below_80_per_cent_is_a_remark_and_b_or_c_a_stop_unless_waived() -> None:
    found = rules_broken(planned("A1", 7_000.0), planned("B1", 500.0, priority="B"))
    assert (found["top_share"].is_hard, found["not_promoted"].is_hard) == (False, True)
    waived = rules_broken(planned("A1", 8_000.0), planned("B1", 500.0, priority="B", waiver="last year's contract"))
    assert not waived["not_promoted"].is_hard
    assert "top_share" not in waived


def test_s15_an_a_line_that_is_new_counts_once_as_new() -> None:
    (split,) = budget.splits([planned("N1", 2_000.0, is_new=True), planned("A1", 8_000.0)], BUDGETS)
    assert (split.new, split.top, split.rest) == (2_000.0, 8_000.0, 0.0)
    assert (split.share(split.new), split.share(split.top)) == (0.2, 0.8)


def test_s07_the_deepening_of_a_line_takes_nothing_of_the_20_per_cent() -> None:
    (split,) = budget.splits([planned("D1", 2_500.0, is_new=False, priority="A")], BUDGETS)
    assert (split.new, split.top) == (0.0, 2_500.0)


def test_s31_a_promotion_of_a_c_line_is_a_breach() -> None:
    found = rules_broken(planned("A1", 8_000.0), planned("C1", 1.0, priority="C"))["not_promoted"]
    assert found.is_hard
    assert "C1" in say(found.said, "en")


def test_a_sphere_without_a_budget_and_a_plan_above_it_are_stopped() -> None:
    assert rules_broken(planned("A1", 1.0), budgets={})["no_budget"].is_hard
    assert rules_broken(planned("A1", 10_000.01))["over_budget"].is_hard
    assert "over_budget" not in rules_broken(planned("A1", 10_000.0))


def test_s16_a_star_line_is_promoted_for_half_a_year_at_least() -> None:
    kept = planned("A1", 8_000.0, kind="star", ended_on=date(2025, 8, 31))
    assert "star_too_short" not in rules_broken(kept)
    assert rules_broken(planned("A1", 8_000.0, kind="star", ended_on=date(2025, 8, 30)))["star_too_short"].is_hard


def test_s16_a_group_has_one_star_line_on_any_day() -> None:
    first = planned("A1", 4_000.0, kind="star", ended_on=date(2025, 8, 31))
    beside = planned("A2", 4_000.0, kind="star", started_on=date(2025, 8, 31), ended_on=date(2026, 2, 28))
    after = planned("A2", 4_000.0, kind="star", started_on=AUTUMN, ended_on=date(2026, 2, 28))
    elsewhere = planned("A3", 4_000.0, kind="star", ended_on=date(2025, 8, 31), product_group="Ножи")
    assert "two_stars" in rules_broken(first, beside)
    assert "two_stars" not in rules_broken(first, after)
    assert "two_stars" not in rules_broken(first, elsewhere)


def test_a_promotion_that_ends_before_it_begins_is_stopped() -> None:
    assert rules_broken(planned("A1", 8_000.0, ended_on=date(2025, 2, 1)))["order"].is_hard
