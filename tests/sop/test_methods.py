"""Level, chase and hybrid production of a company, beside the plan of record, peaks built ahead and the cheapest plan."""

from dataclasses import replace

import numpy as np
import pytest

from engine.sop.grid import Axes, months_from
from engine.sop.methods import chase, hybrid, level
from engine.sop.prebuild import smoothness
from engine.sop.scenarios import METHODS, Scenario, outcome_of
from tests.sop.test_scenarios import plant, red_tomato

FORECAST = np.array([[210.0, 210, 220, 220, 230, 240, 230, 220, 215, 210, 205, 200]])
COVER_OF_10_DAYS = [254, 215, 220, 225, 235, 235, 225, 217.5, 212.5, 207.5, 202.5]


def sheet():
    """The family of the family-sheet fixture: 61 in stock, twenty days a month, ten days' cover wanted in months 1 to 11."""
    ahead = np.append(FORECAST[0, 1:] * 0.5, 100.0)
    base = red_tomato()
    return replace(
        base, axes=Axes(("tools",), months_from(base.axes.months[0], 12)), demand=FORECAST, production=FORECAST, opening=np.array([61.0]),
        safety=ahead[None, :], ending=np.array([100.0]), days=np.full(12, 20.0), crews=(), available=np.full((1, 12), np.inf),
    )  # fmt: skip


def test_chase_of_the_family_sheet_fixture():
    assert chase(sheet())[0, :11] == pytest.approx(COVER_OF_10_DAYS)


def test_level_of_the_family_sheet_fixture_reaches_the_end_at_one_rate():
    made = level(sheet())[0]
    assert made == pytest.approx(np.full(12, 220.75))
    assert 61 + made.sum() - FORECAST.sum() == pytest.approx(100)


def test_a_level_plan_makes_the_same_every_day_not_every_month():
    days = np.array([20.0, 10.0] * 6)
    made = level(replace(sheet(), days=days))[0]
    assert made / days == pytest.approx(np.full(12, 220.75 * 12 / days.sum()))


def test_hybrid_never_lacks_what_is_wanted_and_has_a_steady_part():
    base = sheet()
    made = hybrid(base)[0]
    stock = 61 + np.cumsum(made - FORECAST[0])
    assert (stock >= base.safety[0] - 1e-9).all()
    assert made[:11].min() == pytest.approx(217.5), "the middle of what chase makes; only the end may fall below it"
    assert smoothness(level(base)) == pytest.approx(0)


def test_a_hybrid_plan_does_not_go_on_when_nothing_is_asked_for_any_longer():
    falling = replace(sheet(), demand=np.array([[500.0, 500, 500, 500, 500, 500, 500, 0, 0, 0, 0, 0]]), safety=np.full((1, 12), 1.0), ending=np.zeros(1))
    made = hybrid(falling)
    assert 61 + made.sum() - 3500 == pytest.approx(1.0), "in the end only the wanted stock is left"


def test_families_without_safety_stock_are_made_when_they_are_asked_for():
    to_order = replace(sheet(), safety=np.zeros((1, 12)), ending=np.zeros(1), opening=np.zeros(1))
    for made in (level(to_order), hybrid(to_order)):
        assert made == pytest.approx(FORECAST)


def test_every_method_is_costed_alike_and_the_cheapest_is_the_cheapest():
    found = {method: outcome_of(plant(), Scenario(method, method=method)) for method in METHODS}
    kept = {
        name: each.figures["plan_cost"] for name, each in found.items()
        if each.figures["over_hours"] < 1e-6 and (each.shipping.safety_left >= plant().safety - 1e-6).all()
    }  # fmt: skip
    assert set(kept) >= {"prebuild", "optimal"}
    assert kept["optimal"] == pytest.approx(min(kept.values())), "of the plans that keep the safety stock and need no hours that nobody has"


def test_months_without_working_days_are_given_no_level_production():
    days = np.array([20.0] * 11 + [0.0])
    made = level(replace(sheet(), days=days))[0]
    assert made[-1] == 0
    assert np.isfinite(hybrid(replace(sheet(), days=days))).all()
