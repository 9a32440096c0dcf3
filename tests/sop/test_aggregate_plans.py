"""Aggregate plans: the textbooks' cases, to the last unit of money, and what happens where no plan keeps everything."""

import numpy as np
import pytest

from engine.errors import Impossible
from engine.sop.aggregate import Workshop, chase, compared, constant_crew, costed, hybrid, level_by_day, level_without_backlog, smoothest
from engine.sop.optimal import optimal
from engine.sop.supply import Crew, one_family
from engine.sop.transport import SupplySource, cheapest

TOMATO = np.array([1600.0, 3000, 3200, 3800, 2200, 2200])
VARIABLE = np.array([1000.0, 3000, 3800, 4800, 2000, 1400])


def red_tomato(demand=TOMATO, *, backlog=5.0, hire=300.0, lay_off=500.0):
    crew = Crew(0, 80.0, np.full(6, 160.0), np.full(6, 10.0), np.full(6, 640.0), hire, lay_off)
    return one_family(demand, 1000, 500, 4.0, crew, making=10, holding=2, backlog=backlog, overtime=6, subcontract=30, name="tools")


def tomato_shop(demand=TOMATO):
    return Workshop(
        demand, np.full(6, 20.0), 4.0, 8.0, 4.0, opening_stock=1000, opening_heads=80, making=10, holding=2, shortage=5, hire=300, lay_off=500, overtime=6,
        subcontract=30,
    )  # fmt: skip


# ── Red Tomato Tools (Chopra and Meindl, ch. 8) ──────────────────────────────────────────────────────────────────────────


def test_red_tomato_costs_422_275_with_fractions_of_workers():
    plan = optimal(red_tomato())
    assert plan.total == pytest.approx(422_275.00, abs=1e-6)
    assert plan.heads[0] == pytest.approx(np.full(6, 64.5833), abs=1e-4)
    assert plan.laid_off[0, 0] == pytest.approx(15.4167, abs=1e-4)
    assert plan.made[0] == pytest.approx(np.full(6, 2583.33), abs=0.01)
    assert plan.stock[0] == pytest.approx([1983.33, 1566.67, 950, 0, 116.67, 500], abs=0.01)
    assert plan.backlog[0] == pytest.approx([0, 0, 0, 266.67, 0, 0], abs=0.01)
    assert plan.subcontracted.sum() == pytest.approx(0)
    assert plan.overtime.sum() == pytest.approx(0)
    assert 40 * TOMATO.sum() - plan.total == pytest.approx(217_725)


def test_red_tomato_costs_422_660_with_whole_workers():
    plan = optimal(red_tomato(), whole=True)
    assert plan.total == pytest.approx(422_660, abs=0.5)
    assert plan.heads[0] == pytest.approx(np.rint(plan.heads[0]))


def test_red_tomato_without_backlog_costs_423_675_and_423_900_with_whole_workers():
    plan = optimal(red_tomato(backlog=np.inf))
    assert plan.total == pytest.approx(423_675, abs=1e-6)
    assert plan.heads[0] == pytest.approx([66.25] * 4 + [61.25] * 2)
    assert plan.backlog.sum() == 0
    assert optimal(red_tomato(backlog=np.inf), whole=True).total == pytest.approx(423_900, abs=0.5)


def test_red_tomato_with_higher_variability_costs_432_858_33_and_433_080_with_whole_workers():
    assert optimal(red_tomato(VARIABLE)).total == pytest.approx(432_858.33, abs=0.01)
    assert optimal(red_tomato(VARIABLE), whole=True).total == pytest.approx(433_080, abs=0.5)


def test_red_tomato_where_hiring_and_lay_off_cost_50_costs_412_687_50_and_412_770_with_whole_workers():
    assert optimal(red_tomato(hire=50.0, lay_off=50.0)).total == pytest.approx(412_687.50, abs=1e-6)
    assert optimal(red_tomato(hire=50.0, lay_off=50.0), whole=True).total == pytest.approx(412_770, abs=0.5)


def test_red_tomato_chased_costs_484_250_and_484_720_with_whole_workers():
    targets = np.array([0.0, 0, 0, 0, 0, 500])
    plan = chase(tomato_shop(), targets)
    assert plan.made == pytest.approx([600, 3000, 3200, 3800, 2200, 2700])
    assert plan.total == pytest.approx(484_250)
    assert chase(tomato_shop(), targets, np.array([15.0, 75, 80, 95, 55, 68])).total == pytest.approx(484_720)


def test_red_tomato_made_at_a_level_rate_costs_432_775_and_438_340_with_whole_workers():
    plan = level_without_backlog(tomato_shop())
    assert plan.heads[0] == pytest.approx(66.25)
    assert plan.made[0] == pytest.approx(2650)
    assert plan.total == pytest.approx(432_775)
    assert level_without_backlog(tomato_shop(), whole_crew=True).total == pytest.approx(438_340)


def test_red_tomato_optimum_is_cheaper_than_level_and_level_than_chase():
    level, chased = level_without_backlog(tomato_shop()), chase(tomato_shop(), np.array([0.0, 0, 0, 0, 0, 500]))
    assert optimal(red_tomato()).total < level.total < chased.total
    assert compared([chased, level])["plan"].to_list() == ["level", "chase"]


def test_an_hour_more_is_worth_what_the_overtime_would_have_to_cost_to_be_used():
    dear = red_tomato(np.array([1600.0, 3000, 3200, 3800, 2200, 2200]))
    worth = optimal(dear).hour_worth[0]
    assert worth.shape == (6,)
    assert (worth >= 0).all()
    assert (worth <= 6 + 1e-9).all(), "overtime at 6 an hour is not used, so an hour is worth no more"


# ── Heizer and Render, the roofing supplier ──────────────────────────────────────────────────────────────────────────────


def roofing(wage, subcontract):
    demand, days = np.array([900.0, 700, 800, 1200, 1500, 1100]), np.array([22.0, 18, 21, 21, 22, 20])
    return Workshop(demand, days, 1.6, 8.0, wage, holding=5, subcontract=subcontract, raise_rate=300, lower_rate=600)


@pytest.mark.parametrize(("wage", "subcontract", "total"), [(5, 10, 58_850), (10, 20, 108_450)])
def test_heizer_plan_1_at_50_a_day(wage, subcontract, total):
    plan = level_by_day(roofing(wage, subcontract))
    assert plan.made == pytest.approx([1100, 900, 1050, 1050, 1100, 1000])
    assert plan.change == pytest.approx([200, 200, 250, -150, -400, -100])
    assert plan.stock == pytest.approx([200, 400, 650, 500, 100, 0])
    assert plan.total == pytest.approx(total)


@pytest.mark.parametrize(("wage", "subcontract", "total"), [(5, 10, 52_576), (10, 20, 105_152)])
def test_heizer_plan_2_at_38_a_day_with_subcontractors(wage, subcontract, total):
    plan = constant_crew(roofing(wage, subcontract), 7.6, "subcontract")
    assert plan.bought.sum() == pytest.approx(1488)
    assert plan.total == pytest.approx(total)


@pytest.mark.parametrize(("wage", "subcontract", "total"), [(5, 10, 68_200), (10, 20, 117_800)])
def test_heizer_plan_3_that_follows_demand(wage, subcontract, total):
    plan = chase(roofing(wage, subcontract), np.zeros(6))
    assert np.rint(plan.made / roofing(wage, subcontract).days) == pytest.approx([41, 39, 38, 57, 68, 55])
    assert (plan.costs["raising"], plan.costs["lowering"]) == (9_000, 9_600)
    assert plan.total == pytest.approx(total)


# ── Farnsworth Tire ──────────────────────────────────────────────────────────────────────────────────────────────────────


def farnsworth(demand=(800, 1000, 750)):
    sources = [SupplySource("stock", 0, 100, 0)]
    for month, outside in enumerate((150, 150, 130)):
        sources += [SupplySource("normal", month, 700, 40), SupplySource("overtime", month, 50, 50), SupplySource("outside", month, outside, 70)]
    return cheapest(sources, np.array(demand, dtype=float), carry=2)


def test_farnsworth_tire_costs_105_700():
    found = farnsworth()
    assert found.cost == pytest.approx(105_700)
    assert found.amounts.sum(axis=0) == pytest.approx([800, 1000, 750])


def test_farnsworth_tire_without_enough_sources_says_which_month_lacks_how_much():
    with pytest.raises(Impossible, match=r"lack 50\.0 pieces until month 1"):
        farnsworth((1050, 1000, 750))


# ── JC Company (Jacobs and Chase) ────────────────────────────────────────────────────────────────────────────────────────

JC_DEMAND, JC_SAFETY = np.array([1800.0, 1500, 1100, 900, 1100, 1600]), np.array([450.0, 375, 275, 225, 275, 400])


def jc_company():
    days = np.array([22.0, 19, 21, 21, 22, 20])
    return Workshop(
        JC_DEMAND, days, 5.0, 8.0, 4.0, opening_stock=400, opening_heads=53, overtime=6, subcontract=20, holding=1.5, shortage=5, hire=200, lay_off=250,
        free_stock=JC_SAFETY,
    )  # fmt: skip


def test_jc_company_requirements_follow_from_demand_stock_and_safety():
    plan = chase(jc_company(), JC_SAFETY)
    assert plan.made == pytest.approx([1850, 1425, 1000, 850, 1150, 1725])
    assert plan.stock == pytest.approx(JC_SAFETY)
    assert plan.heads == pytest.approx([52.56, 46.88, 29.76, 25.30, 32.67, 53.91], abs=0.006)


@pytest.mark.parametrize(("april", "total"), [(25, 172_800), (26, 172_350)])
def test_jc_company_plan_1_varies_the_crew_and_pays_the_hours_that_are_used(april, total):
    crew = np.array([53.0, 47, 30, april, 33, 54])
    plan = costed("vary the crew", jc_company(), chase(jc_company(), JC_SAFETY).made, crew, by_hour=True)
    assert plan.costs["wages"] == pytest.approx(160_000)
    assert plan.total == pytest.approx(total)


def test_jc_company_plan_2_keeps_40_heads_and_lets_stock_vary():
    plan = constant_crew(jc_company(), 40)
    assert plan.made == pytest.approx([1408, 1216, 1344, 1344, 1408, 1280])
    assert plan.stock == pytest.approx([8, -276, -32, 412, 720, 400])
    assert plan.costs["shortage"] == pytest.approx(1540)
    assert plan.costs["holding"] == pytest.approx(948)
    assert plan.total - plan.costs["lay_off"] == pytest.approx(162_488)


def test_jc_company_plan_3_keeps_25_heads_and_buys_the_rest():
    plan = constant_crew(jc_company(), 25, "subcontract", JC_SAFETY)
    assert plan.bought == pytest.approx([970, 665, 160, 10, 270, 925])
    assert plan.total - plan.costs["lay_off"] == pytest.approx(160_000)


def test_jc_company_plan_4_keeps_38_heads_and_works_overtime():
    rounded, exact = (constant_crew(jc_company(), 38, "overtime", whole=whole) for whole in (True, False))
    assert rounded.overtime == pytest.approx([62, 345, 0, 0, 0, 0])
    assert rounded.costs["holding"] == pytest.approx(1281)
    assert rounded.total - rounded.costs["lay_off"] == pytest.approx(165_491)
    assert exact.total - exact.costs["lay_off"] == pytest.approx(165_494, abs=0.5)


# ── hybrid and smooth plans ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_hybrid_plan_with_the_crew_of_the_easiest_month_is_the_plan_that_buys_the_rest():
    assert hybrid(jc_company(), 1, targets=JC_SAFETY).heads[0] == pytest.approx(25.30, abs=0.005)
    assert hybrid(jc_company(), 6, targets=JC_SAFETY).bought.sum() == pytest.approx(0)


def test_the_smoothest_production_does_not_change_where_it_need_not():
    made = smoothest(np.array([100.0, 100, 100, 500, 100, 100]), 50)
    assert made == pytest.approx(np.full(6, 187.5))
    assert (50 + np.cumsum(made - np.array([100.0, 100, 100, 500, 100, 100])) >= -1e-6).all()


def test_the_smoothest_production_is_unknown_where_the_most_that_can_be_made_is_too_little():
    assert smoothest(np.array([100.0, 500]), 0, most=200.0) is None


# ── where no plan keeps everything ───────────────────────────────────────────────────────────────────────────────────────


def crowded(**changes):
    crew = Crew(0, 10.0, np.full(3, 160.0), np.zeros(3), np.full(3, 640.0), 300.0, 500.0, most=10.0)
    base = {"making": 10, "holding": 2, "backlog": 5, "overtime": 6, "name": "F1"}
    return one_family(np.array([300.0, 600, 500]), 0, 0, 4.0, crew, **(base | changes))


def test_an_infeasible_plan_names_the_constraint_and_offers_the_nearest_plan():
    plan = optimal(crowded())
    assert not plan.is_feasible
    worst = plan.breaches[0]
    assert (worst.kind, worst.where) == ("demand", "F1")
    assert sum(each.amount for each in plan.breaches) == pytest.approx(1400 - 1200, abs=0.01)
    assert ("crew", 2) in plan.binding
    assert "No plan keeps everything" in str(plan.said)
    assert "crew is full" in str(plan.said)
    assert plan.made.sum() == pytest.approx(1200, abs=0.01)


def test_an_infeasible_stock_level_gives_way_before_demand():
    plan = optimal(one_family(
        np.array([300.0, 300]), 0, 500, 4.0, Crew(0, 10.0, np.full(2, 160.0), np.zeros(2), np.zeros(2), 0.0, 0.0, most=10.0),
        making=1, holding=1, backlog=5, overtime=6, name="F1",
    ))  # fmt: skip
    assert [(each.kind, round(each.amount)) for each in plan.breaches] == [("ending", 300)]
    assert plan.unmet.sum() == pytest.approx(0, abs=1e-3)


def test_an_infeasible_plan_in_whole_heads_is_the_nearest_one_in_whole_heads():
    plan = optimal(crowded(), whole=True)
    assert not plan.is_feasible
    assert plan.made.sum() == pytest.approx(1200, abs=2)
