"""From shipments to demand, and what kind of demand it is."""

import numpy as np
import pytest

from engine.forecast.classes import class_of, demand_interval
from engine.forecast.cleaning import cleaned, measured_uplift, netted
from engine.forecast.seasons import indices, is_seasonal
from engine.settings import DEFAULTS
from tests.forecast.small_series import SEASON, intermittent, seasonal


@pytest.mark.parametrize(
    ("values", "known", "expected"),
    [
        (seasonal(48, noise=0.02), {}, "seasonal"),
        (100 + 10 * np.random.default_rng(1).standard_normal(48), {}, "regular"),
        (seasonal(23), {}, "short"),
        (seasonal(6), {}, "short"),
        (seasonal(5), {}, "new"),
        (np.array([3.0]), {}, "new"),
        (intermittent(48), {}, "intermittent"),
        (np.tile([1.0, 1, 0], 10), {}, "intermittent"),
        (np.tile([1.0, 1, 1, 1, 0], 6), {}, "regular"),
        (np.concatenate([seasonal(24), np.zeros(12)]), {}, "ended"),
        (np.concatenate([seasonal(24), np.zeros(11)]), {}, "intermittent"),
        (seasonal(48), {"is_withdrawn": True}, "ended"),
        (np.zeros(0), {"months_listed": 2}, "new"),
        (np.zeros(0), {"months_listed": 20}, "ended"),
        (np.zeros(0), {}, "ended"),
        (np.zeros(30), {}, "ended"),
    ],
)
def test_each_item_has_the_class_of_its_demand(values, known, expected):
    assert class_of(values, DEFAULTS, **known) == expected


def test_the_interval_of_demand_is_months_by_months_with_demand():
    assert demand_interval(np.array([1.0, 0, 0, 2])) == 2
    assert demand_interval(np.zeros(4)) is None


def test_seasons_that_may_be_chance_are_drawn_towards_none_and_clear_ones_are_kept():
    clear = indices(seasonal(60, noise=0.01))
    assert clear == pytest.approx(SEASON, abs=0.03)
    by_chance = [100 + 30 * np.random.default_rng(seed).standard_normal(48) for seed in range(20)]
    drawn = np.mean([np.abs(indices(values) - 1).mean() for values in by_chance])
    plain = np.mean([np.abs(values.reshape(4, 12).mean(axis=0) / values.mean() - 1).mean() for values in by_chance])
    assert drawn < 0.6 * plain
    assert is_seasonal(seasonal(60, noise=0.05))
    assert not is_seasonal(np.full(60, 5.0))


def test_a_history_too_short_for_seasons_takes_those_of_its_line():
    assert indices(seasonal(20), towards=SEASON) == pytest.approx(SEASON)
    assert indices(seasonal(20)) == pytest.approx(np.ones(12))


def test_returns_are_set_off_against_the_months_before_and_nothing_is_lost():
    assert netted(np.array([5.0, 3, -4, 2])) == pytest.approx([4, 0, 0, 2])
    assert netted(np.array([1.0, -4, 2])) == pytest.approx([0, 0, 2])
    assert netted(np.array([-4.0, -1])) == pytest.approx([0, 0])
    found = cleaned(np.array([5.0, 3, -4, 2]), DEFAULTS)
    assert found.returned == pytest.approx([-1, -3, 4, 0])
    assert found.is_corrected.tolist() == [True, True, True, False]


def parts_add_up(shipped, found):
    whole = shipped + found.returned + found.missing + found.stock_out + found.promotion + found.slip
    assert found.demand == pytest.approx(whole)
    assert (found.demand >= 0).all()


def test_a_month_half_out_of_stock_is_demand_twice_what_was_shipped():
    shipped, there = np.full(24, 100.0), np.ones(24)
    shipped[10], there[10] = 50, 0.5
    found = cleaned(shipped, DEFAULTS, in_stock_share=there)
    assert found.demand == pytest.approx(np.full(24, 100.0))
    assert found.stock_out[10] == pytest.approx(50)
    parts_add_up(shipped, found)


def test_a_month_wholly_out_of_stock_has_the_usual_demand_of_its_season():
    shipped, there = seasonal(48), np.ones(48)
    truth = shipped[30]
    shipped[30], there[30] = 0, 0
    found = cleaned(shipped, DEFAULTS, in_stock_share=there)
    assert found.demand[30] == pytest.approx(truth, rel=0.1)
    parts_add_up(shipped, found)


def test_where_nobody_counted_days_in_stock_nothing_is_added():
    shipped = seasonal(24)
    found = cleaned(shipped, DEFAULTS, in_stock_share=np.full(24, np.nan))
    assert not found.is_corrected.any()


def test_a_month_without_any_sales_of_the_company_has_the_usual_demand():
    shipped, gone = seasonal(48), np.zeros(48, dtype=bool)
    truth, shipped[20], gone[20] = shipped[20], 0, True
    found = cleaned(shipped, DEFAULTS, is_missing=gone)
    assert found.missing[20] == pytest.approx(truth, rel=0.1)
    parts_add_up(shipped, found)


def test_what_promotions_add_is_measured_over_the_line_and_taken_out():
    share = np.zeros(36)
    share[[8, 20, 31]] = [1.0, 0.5, 1.0]
    shipped = np.full(36, 100.0) * (1 + 0.4 * share)
    uplift = measured_uplift([shipped, 3 * shipped], [share, share])
    assert uplift == pytest.approx(0.4)
    found = cleaned(shipped, DEFAULTS, promotion_share=share, uplift=uplift)
    assert found.demand == pytest.approx(np.full(36, 100.0))
    assert found.promotion[8] == pytest.approx(-40)
    parts_add_up(shipped, found)


def test_too_few_promotions_or_promotions_all_the_time_cannot_be_measured():
    shipped, once = np.full(36, 100.0), np.zeros(36)
    once[5] = 1
    assert measured_uplift([shipped], [once]) is None
    assert measured_uplift([shipped], [np.ones(36)]) is None
    assert measured_uplift([], []) is None


def test_a_slip_of_the_pen_is_taken_out_and_shown_but_a_new_level_stays():
    slip = np.full(36, 100.0)
    slip[15] = 10_000
    found = cleaned(slip, DEFAULTS)
    assert found.demand[15] == pytest.approx(100)
    assert found.slip[15] == pytest.approx(-9900)
    parts_add_up(slip, found)
    raised = np.concatenate([np.full(20, 100.0), np.full(16, 1000.0)])
    assert cleaned(raised, DEFAULTS).demand == pytest.approx(raised)


def test_the_last_month_must_stand_out_far_more_before_it_is_called_a_slip():
    high = np.concatenate([np.full(30, 100.0), [800.0]])
    assert cleaned(high, DEFAULTS).demand[-1] == 800
    assert cleaned(np.concatenate([np.full(30, 100.0), [1e17]]), DEFAULTS).demand[-1] == pytest.approx(100)


@pytest.mark.parametrize("shipped", [np.zeros(0), np.array([3.0]), np.zeros(30), np.full(3, -5.0), seasonal(36) * 1e17])
def test_any_history_can_be_cleaned(shipped):
    found = cleaned(shipped, DEFAULTS)
    assert np.isfinite(found.demand).all()
    parts_add_up(shipped, found)
