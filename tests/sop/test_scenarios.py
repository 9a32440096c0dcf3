"""Scenarios: levers over a base by one logic; promotions whose ranking flips; projections of stock, money, cash, hours, heads and materials."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from engine.errors import Impossible
from engine.sop.executable import executable
from engine.sop.grid import Axes, months_from
from engine.sop.levers import (
    CapacityLever,
    DemandLever,
    OvertimeLever,
    PrebuildLever,
    PriceLever,
    PromotionLever,
    SafetyLever,
    SubcontractLever,
    applied,
)
from engine.sop.projections import Made, heads_needed, projected, roster
from engine.sop.promoting import promised
from engine.sop.rccp import Use, bill_of
from engine.sop.scenarios import FIGURES, Scenario, outcome_of, record_of, scenario_of, side_by_side, with_levers
from engine.sop.situation import CashTerms, Materials, Situation
from engine.sop.supply import Crew

TOMATO = np.array([[1600.0, 3000, 3200, 3800, 2200, 2200]])


def red_tomato(price=40.0):
    months = months_from(date(2026, 1, 1), 6)
    one, none = np.ones(1), np.zeros((1, 6))
    crew = Crew(0, 80.0, np.full(6, 160.0), np.full(6, 10.0), np.full(6, 640.0), 300.0, 500.0)
    return Situation(
        Axes(("tools",), months), ("crew",), TOMATO, none, 1000 * one, 0 * one, none, 500 * one, bill_of(("tools",), ("crew",), [Use("tools", "crew", 4.0)]),
        np.full((1, 6), np.inf), np.full((1, 6), np.inf), none, np.full(6, 20.0), np.full((1, 6), price), 26 * one, 10 * one, 2 * one, 5 * one, 30 * one,
        0 * one, 6 * one, np.inf * one, crews=(crew,),
    )  # fmt: skip


def promotion(month, own=0.10, price=40.0):
    return outcome_of(red_tomato(price), Scenario("promotion", (PromotionLever((month,), 1.0, own),))).figures


JANUARY, APRIL = 0, 3


def test_red_tomato_as_a_scenario_without_levers_is_the_base():
    found = outcome_of(red_tomato(), Scenario("base"))
    assert found.figures["plan_cost"] == pytest.approx(422_275)
    assert found.figures["revenue"] == pytest.approx(640_000)
    assert found.figures["contribution"] == pytest.approx(217_725)
    assert found.shipping.stock[0] == pytest.approx(found.plan.stock[0])
    assert found.shipping.late[0] == pytest.approx(found.plan.backlog[0])


@pytest.mark.parametrize(
    ("month", "demand", "revenue", "cost", "profit"),
    [
        (JANUARY, [3000, 2400, 2560, 3800, 2200, 2200], 643_400, 421_915, 221_485),
        (APRIL, [1600, 3000, 3200, 5060, 1760, 1760], 650_140, 438_856.67, 211_283.33),
    ],
)
def test_red_tomato_promotion_moves_demand_and_january_wins(month, demand, revenue, cost, profit):
    lever = PromotionLever((month,), 1.0)
    assert applied(red_tomato(), (lever,)).demand[0] == pytest.approx(demand)
    found = promotion(month)
    assert found["revenue"] == pytest.approx(revenue)
    assert found["plan_cost"] == pytest.approx(cost, abs=0.01)
    assert found["contribution"] == pytest.approx(profit, abs=0.01)


@pytest.mark.parametrize(("month", "revenue", "cost", "profit"), [(JANUARY, 699_560, 456_750, 242_810), (APRIL, 783_520, 536_200, 247_320)])
def test_red_tomato_promotion_that_doubles_demand_makes_april_win(month, revenue, cost, profit):
    found = promotion(month, own=1.0)
    assert (found["revenue"], found["plan_cost"]) == (pytest.approx(revenue), pytest.approx(cost))
    assert found["contribution"] == pytest.approx(profit)


def test_red_tomato_promotion_at_a_price_of_31_makes_january_win_again():
    assert promotion(JANUARY, own=1.0, price=31.0)["contribution"] == pytest.approx(84_410)
    assert promotion(APRIL, own=1.0, price=31.0)["contribution"] == pytest.approx(69_120)
    assert outcome_of(red_tomato(31.0), Scenario("base")).figures["contribution"] == pytest.approx(73_725)


def test_months_next_to_each_other_are_one_promotion_and_the_next_one_ends_what_it_pulls():
    lever = PromotionLever((0, 1, 3), own_share=0.1, pulled_share=0.2, pulled_months=2)
    found = applied(red_tomato(), (lever,)).demand[0]
    pulled = 0.2 * 3200  # April is promoted itself, so March alone is bought ahead
    assert found[:2] == pytest.approx([1600 * 1.1 + pulled * 1600 / 4600, 3000 * 1.1 + pulled * 3000 / 4600])
    assert found[2:] == pytest.approx([3200 * 0.8, 3800 * 1.1 + 0.2 * 4400, 2200 * 0.8, 2200 * 0.8])
    assert found.sum() == pytest.approx(TOMATO.sum() + 0.1 * (1600 + 3000 + 3800)), "what is bought ahead is no more, only earlier"


def test_a_promotion_costs_what_is_spent_and_its_discount_holds_in_its_months_alone():
    base, terms = outcome_of(red_tomato(), Scenario("base")), {"own_share": 0.0, "pulled_share": 0.0}
    spent = outcome_of(red_tomato(), Scenario("spent", (PromotionLever((1, 2), spend=500.0, **terms),)))
    assert (spent.projection.plan_cost - base.projection.plan_cost).tolist() == pytest.approx([0, 250, 250, 0, 0, 0])
    assert spent.figures["contribution"] == pytest.approx(base.figures["contribution"] - 500)
    assert spent.figures["cash"] == pytest.approx(base.figures["cash"] - 500)
    assert spent.figures["margin"] == pytest.approx(base.figures["margin"]), "it is no cost of the goods"
    cheaper = applied(red_tomato(), (PromotionLever((1,), discount_share=0.25, **terms),))
    assert cheaper.price[0].tolist() == [40, 30, 40, 40, 40, 40]
    assert cheaper.for_months(2).campaign.tolist() == [0, 0]


def test_a_planned_promotion_is_judged_like_a_past_one_net_of_what_is_only_bought_earlier():
    found = promised(red_tomato(), PromotionLever((JANUARY,), 1.0, spend=100.0))
    assert found.uplift.gross == pytest.approx(3000 * 39 - 1600 * 40)
    assert found.uplift.tail == pytest.approx(-(600 + 640) * 40)
    assert found.uplift.incremental == pytest.approx(643_400 - 640_000), "more revenue of the worked case"
    assert found.uplift.ratio == pytest.approx(34.0)
    assert found.uplift.verdict(4.0) == "passed"
    assert found.margin_change == pytest.approx(3_400 - 160 * 26)
    assert found.gain == pytest.approx(3_400 - 160 * 26 - 100), "turnover passes, money does not"
    assert promised(red_tomato(), PromotionLever((JANUARY,), 1.0)).uplift.ratio is None, "nothing spent, nothing to divide by"


# ── a small plant with machines ──────────────────────────────────────────────────────────────────────────────────────────


def plant(**changes):
    axes = Axes(("A", "B"), months_from(date(2026, 1, 1), 4))
    bill = bill_of(axes.families, ("R1", "R2"), [Use("A", "R1", 1.0), Use("B", "R2", 0.5)])
    demand = np.array([[100.0, 100, 160, 100], [50.0, 50, 50, 50]])
    base = Situation(
        axes, ("R1", "R2"), demand, demand.copy(), np.array([20.0, 10]), np.zeros(2), np.array([[20.0] * 4, [10.0] * 4]), np.array([20.0, 10.0]), bill,
        np.full((2, 4), 120.0), np.full((2, 4), 12.0), np.zeros((2, 4)), np.full(4, 20.0), np.array([[30.0] * 4, [80.0] * 4]), np.array([20.0, 50.0]),
        np.array([12.0, 40.0]), np.array([0.5, 1.0]), np.array([5.0, 10.0]), np.full(2, np.inf), np.array([6.0, 6.0]), np.array([9.0, 9.0]),
        np.full(2, np.inf), areas=("N", "S"), area_share=np.array([[0.25, 0.75], [1.0, 0.0]]), hours_per_head=np.full((2, 4), 40.0),
    )  # fmt: skip
    return replace(base, **changes)


def test_each_method_says_what_the_peak_costs():
    planned, ahead, best = (outcome_of(plant(), Scenario(method, method=method)) for method in ("as_planned", "prebuild", "optimal"))
    assert planned.figures["overtime_hours"] == pytest.approx(12)
    assert planned.figures["over_hours"] == pytest.approx(28), "hours that nobody has are shown, not hidden"
    assert ahead.figures["over_hours"] == 0
    assert ahead.moves is not None
    assert ahead.moves.made[0].tolist() == [120, 120, 120, 100]
    assert best.figures["over_hours"] == pytest.approx(0, abs=1e-6)
    assert best.figures["plan_cost"] <= ahead.figures["plan_cost"] + 1e-6
    assert best.figures["service_share"] == pytest.approx(1)


def test_an_unknown_method_is_refused():
    with pytest.raises(Impossible, match="no method “magic”"):
        outcome_of(plant(), Scenario("x", method="magic"))


def test_a_plan_that_cannot_serve_all_is_made_all_the_same_and_shows_what_is_owed():
    found = outcome_of(plant(), Scenario("boom", (DemandLever(1.0, ("A",)),)))
    assert found.figures["over_hours"] == pytest.approx(0, abs=1e-6)
    assert found.figures["service_share"] < 1
    assert found.figures["late_value"] > 0
    assert found.plan.hour_worth[0].max() > 0


def test_demand_moves_by_family_month_and_area():
    base = plant()
    assert applied(base, (DemandLever(0.1, ("A",), (1,)),)).demand.tolist() == [[100, pytest.approx(110), 160, 100], [50] * 4]
    by_area = applied(base, (DemandLever(0.4, areas=("N",)),)).demand
    assert by_area[0, 0] == pytest.approx(110)
    assert by_area[1, 0] == pytest.approx(70)


def test_levers_on_hours_change_only_what_they_name():
    base = plant()
    assert applied(base, (CapacityLever(0.5, 10.0, ("R1",), (2,)),)).available.tolist() == [[120, 120, 190, 120], [120] * 4]
    assert applied(base, (OvertimeLever(0.0, ("R1",)),)).overtime_most.tolist() == [[0] * 4, [12] * 4]
    assert applied(base, (SubcontractLever(hours=5.0, resources=("R2",)),)).outside_most.tolist() == [[0] * 4, [5] * 4]
    crew = applied(red_tomato(), (OvertimeLever(0.5),)).crews[0]
    assert crew.overtime.tolist() == [5] * 6


def test_pieces_can_be_bought_only_at_a_price():
    with pytest.raises(Impossible, match="Give a price"):
        applied(plant(), (SubcontractLever(pieces=10.0),))
    priced = plant(subcontract=np.array([18.0, np.inf]))
    assert applied(priced, (SubcontractLever(pieces=10.0, families=("A",)),)).subcontract_most.tolist() == [[10] * 4, [0] * 4]


def test_safety_stock_is_released_only_as_far_as_the_lever_says():
    short = plant(demand=np.array([[150.0, 150, 150, 150], [50.0] * 4]), backlog=np.array([5.0, 10.0]))
    kept = outcome_of(short, Scenario("kept", (SafetyLever(0.0),), "as_planned")).shipping
    freed = outcome_of(short, Scenario("freed", (SafetyLever(0.0), SafetyLever(1.0, ("A",))), "as_planned")).shipping
    assert kept.released.sum() == 0
    assert freed.released[0].sum() == pytest.approx(20)
    assert freed.shipped[0, 0] == kept.shipped[0, 0] + 20


def test_a_dearer_price_sells_less():
    found = applied(plant(), (PriceLever(0.1, elasticity=-2.0, families=("A",)),))
    assert found.price[0].tolist() == pytest.approx([33.0] * 4)
    assert found.demand[0, 0] == pytest.approx(80)
    assert found.demand[1].tolist() == [50] * 4


def test_building_ahead_may_be_limited():
    never = outcome_of(plant(), Scenario("never", (PrebuildLever(0),), "prebuild"))
    assert never.moves.moves == ()


@pytest.mark.parametrize(
    "lever",
    [
        DemandLever(-1.5), DemandLever(0.1, ("X",)), DemandLever(0.1, months=(9,)), DemandLever(0.1, areas=("W",)), CapacityLever(-2.0), OvertimeLever(-0.5),
        SafetyLever(1.3), PrebuildLever(-1), PriceLever(-1.2), PromotionLever((0,), 500.0), PromotionLever((0,), 1.0, pulled_share=1.2),
        PromotionLever((9,)), PromotionLever((0,), discount_share=1.1),
        PromotionLever((0,), spend=-1.0), PromotionLever((0,), own_share=-2.0), DemandLever(float("nan")),
        CapacityLever(0.1, resources=("R9",)),
    ],
)  # fmt: skip
def test_a_lever_that_cannot_be_is_refused_in_a_sentence(lever):
    with pytest.raises(Impossible) as refused:
        applied(plant(), (lever,))
    assert str(refused.value).endswith(".")


def test_demand_by_area_needs_to_know_the_areas():
    with pytest.raises(Impossible, match="by area is unknown"):
        applied(red_tomato(), (DemandLever(0.1, areas=("N",)),))


def test_unknown_demand_makes_no_plan_but_says_whose():
    with pytest.raises(Impossible, match="Unknown for B: demand"):
        outcome_of(plant(demand=np.array([[1.0] * 4, [np.nan] * 4])), Scenario("x"))


def test_options_stand_side_by_side_with_their_difference_to_the_base():
    base, more = outcome_of(plant(), Scenario("base")), outcome_of(plant(), Scenario("more", (DemandLever(0.05),)))
    table = side_by_side(base, [more])
    assert table.columns == ["figure", "o0", "o1", "d1"]
    assert table["figure"].to_list() == list(FIGURES)
    revenue = table.filter(table["figure"] == "revenue").row(0, named=True)
    assert revenue["d1"] == pytest.approx(revenue["o1"] - revenue["o0"])
    assert revenue["d1"] > 0


def test_scenarios_survive_being_kept_as_records():
    scenario = with_levers(Scenario("festival", (DemandLever(0.1, ("A",), (1, 2)), PromotionLever(1, 2.0))), SafetyLever(0.5), CapacityLever(0.1))
    assert scenario_of(record_of(scenario)) == scenario
    with pytest.raises(Impossible, match="no lever “Wish”"):
        scenario_of({"name": "x", "method": "optimal", "levers": [{"kind": "Wish"}]})


def test_a_lever_on_one_part_leaves_the_plan_of_the_other_untouched():
    base = outcome_of(plant(), Scenario("base"))
    moved = outcome_of(plant(), Scenario("more", (DemandLever(0.1, ("A",)),)), before=base)
    assert len(set(base.plan.parts) & set(moved.plan.parts)) == 1
    alone = outcome_of(plant(), Scenario("more", (DemandLever(0.1, ("A",)),)))
    assert moved.figures == pytest.approx(alone.figures)


# ── projections ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_late_goods_are_paid_at_the_price_at_which_they_were_ordered():
    axes = Axes(("A",), months_from(date(2026, 1, 1), 2))
    base = replace(plant(), axes=axes)
    situation = replace(
        base.for_months(2), axes=axes, demand=np.array([[100.0, 50]]), price=np.array([[10.0, 20.0]]), owed=np.zeros(1), opening=np.zeros(1),
        safety=np.zeros((1, 2)), unit_cost=np.array([4.0]), making=np.array([1.0]), holding=np.zeros(1), backlog=np.zeros(1), subcontract=np.array([np.inf]),
        bill=bill_of(("A",), ("R1", "R2"), []), cash=CashTerms(100.0, (0.0, 1.0), 1),
    )  # fmt: skip
    made = Made(np.array([[60.0, 90]]), np.zeros((1, 2)), np.zeros((2, 2)), np.zeros((2, 2)), np.zeros(2))
    shipping = executable(axes, situation.demand, made.made, situation.opening, situation.safety)
    found = projected(situation, made, shipping)
    assert shipping.shipped[0].tolist() == [60, 90]
    assert found.revenue[0].tolist() == pytest.approx([600, 40 * 10 + 50 * 20])
    assert found.margin[0].tolist() == pytest.approx([600 - 240, 1400 - 360])
    assert found.cash.tolist() == pytest.approx([100, 100 + 600 - 60]), "sold is paid a month later, and so is material"


def test_materials_are_needed_ahead_and_the_lack_is_shown_once():
    book = Materials(("M",), np.array([[2.0, 1.0]]), np.array([1.0]), np.array([3.0]), np.array([400.0]), np.array([[0.0, 100, 0, 0]]))
    found = outcome_of(plant(materials=book), Scenario("base", method="as_planned")).projection
    assert found.materials[0].tolist() == pytest.approx([500, 370, 250, 0])
    assert found.materials_short[0].tolist() == pytest.approx([100, 270, 250, 0])


def test_heads_follow_the_hours_and_the_roster_closes():
    needed = heads_needed(np.array([800.0, 1600, 0]), np.array([20.0, 20, 0]), 8.0, absence_share=0.1, efficiency=0.9)
    assert needed[:2] == pytest.approx([6.1728, 12.3457], abs=1e-4)
    assert np.isnan(needed[2])
    found = roster(needed, 10.0)
    assert found.heads.tolist() == [7, 13, 13]
    assert (10 + np.cumsum(found.hired - found.leaving)).tolist() == found.heads.tolist()
    assert outcome_of(plant(), Scenario("base", method="as_planned")).figures["heads"] == pytest.approx((160 + 25) / 40)


def test_a_situation_can_be_cut_to_its_first_months():
    near = plant().for_months(2)
    assert outcome_of(near, Scenario("near")).projection.revenue.shape == (2, 2)
