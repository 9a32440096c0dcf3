"""Safety stock: the golden table of the loss function, the two meanings of 98 %, and the reference values that are true."""

import numpy as np
import pytest

from engine import safety_stock as kept

GOLDEN = {0: 0.398942, 0.25: 0.286345, 0.5: 0.197797, 1: 0.083315, 1.28: 0.047499, 1.645: 0.020886, 2: 0.008491, 2.326: 0.003392}
WEEKS = np.array([21.0, 19, 18, 20, 18, 22, 20, 22])


@pytest.mark.parametrize(("k", "expected"), GOLDEN.items())
def test_the_loss_function_matches_its_golden_table(k, expected):
    assert float(kept.loss(k)) == pytest.approx(expected, abs=1e-6)


def test_the_loss_function_at_a_quarter_matches_to_seven_digits():
    assert float(kept.loss(0.25)) == pytest.approx(0.2863447, abs=5e-8)


def test_newton_finds_the_factor_of_every_loss_at_once_to_the_last_digit():
    k = np.linspace(-6, 6, 20_001)
    found = kept.factor_of_loss(kept.loss(k))
    assert np.max(np.abs(kept.loss(found) - kept.loss(k))) < 1e-14
    assert np.max(np.abs(found - k)) < 1e-8
    assert np.isnan(kept.factor_of_loss(0.0))


def test_98_percent_of_demand_met_is_another_stock_than_98_percent_of_cycles_without_a_gap():
    met = kept.by_fill_rate(0.98, 0.0, 100.0, 200.0)
    cycles = kept.by_cycle_service(0.98, 0.0, 100.0)
    assert float(met.stock) == pytest.approx(136.0, abs=0.05)
    assert float(met.cycle_service) == pytest.approx(0.913, abs=5e-4)
    assert float(cycles.stock) == pytest.approx(205.4, abs=0.05)
    assert kept.SERVICE_WORDS["cycle_service"] != kept.SERVICE_WORDS["fill_rate"]


def test_a_factor_below_zero_is_shown_as_no_stock():
    found = kept.by_fill_rate(0.5, 100.0, 10.0, 500.0)
    assert float(found.factor) < 0
    assert float(found.stock) == 0
    assert float(found.reorder) == 100


def test_demand_without_deviation_needs_no_safety_stock():
    assert float(kept.by_fill_rate(0.99, 10.0, 0.0, 5.0).stock) == 0


def test_the_reorder_point_of_steady_lead_time_is_315_6957():
    spread = kept.lead_time_deviation(50.0, 5.0, 6.0)
    assert float(kept.by_cycle_service(0.90, 300.0, spread).reorder) == pytest.approx(315.6957, abs=5e-5)


def test_the_reorder_point_with_varying_lead_time_is_429_1127_and_not_391_9865():
    spread = kept.lead_time_deviation(50.0, 5.0, 6.0, 2.0)
    assert float(spread) == pytest.approx(100.747, abs=5e-4)
    assert float(kept.by_cycle_service(0.90, 300.0, spread).reorder) == pytest.approx(429.1127, abs=5e-5)


def test_the_deviation_over_a_varying_lead_time_is_309_5287_and_not_19_0263():
    assert float(kept.lead_time_deviation(100.0, 22.0, 12.0, 3.0)) == pytest.approx(309.5287, abs=5e-5)


def test_the_interval_between_orders_counts_as_well_as_the_lead_time():
    assert float(kept.lead_time_deviation(0.0, 10.0, 4.0, 0.0, 5.0)) == pytest.approx(30.0)


def test_the_case_of_35000_a_year_and_three_weeks_has_3555_730_and_5574_960():
    spread = 9000 * np.sqrt(3 / 52)
    found = kept.by_cycle_service(0.95, 35000 * 3 / 52, spread, 5000.0)
    assert float(spread) == pytest.approx(2161.730, abs=5e-4)
    assert float(found.factor) == pytest.approx(1.64485, abs=5e-6)
    assert float(found.stock) == pytest.approx(3555.730, abs=5e-4)
    assert float(found.reorder) == pytest.approx(5574.960, abs=1e-3)
    assert float(found.fill_rate) == pytest.approx(0.990967, abs=5e-7)


def test_the_same_case_by_fill_rate_has_859_320_and_2878_551():
    found = kept.by_fill_rate(0.90, 35000 * 3 / 52, 9000 * np.sqrt(3 / 52), 5000.0)
    assert float(found.factor) == pytest.approx(0.3975151, abs=5e-8)
    assert float(found.stock) == pytest.approx(859.320, abs=2e-3)
    assert float(found.reorder) == pytest.approx(2878.551, abs=2e-3)
    assert float(found.cycle_service) == pytest.approx(0.654506, abs=5e-7)
    assert float(found.fill_rate) == pytest.approx(0.90)


def test_the_weeks_of_the_ico_exercise_have_a_sample_deviation_of_1_6036():
    deviation = kept.sample_deviation(WEEKS[None, :])
    assert float(deviation[0]) == pytest.approx(1.6036, abs=5e-5)
    stock = 1.28 * kept.lead_time_deviation(20.0, deviation, 4.0)
    assert float(4 * 20 + stock[0]) == pytest.approx(84.105, abs=5e-4)


def test_their_reorder_point_with_the_deviation_of_the_whole_population_is_83_84_and_not_43_84():
    stock = 1.28 * kept.lead_time_deviation(20.0, float(WEEKS.std()), 4.0)
    assert float(stock) == pytest.approx(3.84)
    assert float(4 * 20 + stock) == pytest.approx(83.84)


def test_the_deviation_leaves_unknown_buckets_out_and_is_unknown_below_two():
    found = kept.sample_deviation(np.array([[1.0, 3.0, np.nan], [5.0, np.nan, np.nan]]))
    assert found[0] == pytest.approx(np.sqrt(2))
    assert np.isnan(found[1])


def test_an_item_that_sells_in_every_third_bucket_is_intermittent_and_a_dead_one_is_not():
    found = kept.is_intermittent(np.array([[0.0, 0, 6, 0, 0, 6], [5.0, 6, 5, 6, 5, 6], [0.0] * 6]))
    assert found.tolist() == [True, False, False]


def test_intermittent_demand_is_met_in_whole_pieces_with_at_least_the_service_that_was_asked_for():
    from scipy import stats

    found = float(kept.intermittent_reorder(0.95, 4.0, 20.0))
    clumped = stats.nbinom(4.0**2 / (20 - 4), 4 / 20)
    assert found == int(found)
    assert clumped.cdf(found) >= 0.95 > clumped.cdf(found - 1)
    assert float(kept.intermittent_reorder(0.95, 4.0, 2.0)) == stats.poisson(4).ppf(0.95)
    assert float(kept.intermittent_reorder(0.95, 0.0, 0.0)) == 0


def test_the_normal_rule_would_keep_too_little_for_an_intermittent_item():
    history = np.zeros(365)
    history[::30] = 40.0
    drawn = kept.bootstrap_reorder(0.98, history, 10, 20_000, 1)
    normal = 10 * history.mean() + 2.0537 * np.sqrt(10) * history.std(ddof=1)
    clumps = float(kept.intermittent_reorder(0.98, 10 * history.mean(), 10 * history.var(ddof=1)))
    assert drawn >= 80 > normal
    assert clumps > normal
    assert drawn == kept.bootstrap_reorder(0.98, history, 10, 20_000, 1)
    assert np.isnan(kept.bootstrap_reorder(0.98, np.array([np.nan]), 10, 10, 1))


def test_the_economic_order_of_5000_a_year_is_377_9645_at_10583_005():
    qty, cost = kept.economic_order(5000.0, 400.0, 28.0)
    assert (float(qty), float(cost)) == pytest.approx((377.9645, 10583.005), abs=5e-4)


def test_the_economic_order_of_1300_a_year_is_304_0468_at_68_4105():
    qty, cost = kept.economic_order(1300.0, 8.0, 0.225)
    assert (float(qty), float(cost)) == pytest.approx((304.0468, 68.4105), abs=5e-5)


def test_the_critical_ratio_of_150_100_50_is_a_half():
    assert float(kept.critical_ratio(150, 100, 50)) == 0.5


def test_the_order_for_one_season_is_56_60396_at_1_997605():
    found = kept.one_season(50.0, 8.0, 0.18, 0.70)
    assert pytest.approx(0.795455, abs=5e-7) == 0.70 / 0.88
    assert (found.order_qty, found.cost) == pytest.approx((56.60396, 1.997605), abs=5e-6)


def test_the_same_with_a_lead_time_of_four_is_264_76689_at_4_466781():
    found = kept.one_season(50.0, 8.0, 0.18, 0.70, 4.0)
    assert (found.order_qty, found.cost) == pytest.approx((264.76689, 4.466781), abs=5e-6)


def test_the_season_of_32000_orders_40148_640_for_362499_19_and_is_short_of_1465_95():
    found = kept.one_season(32000.0, 11000.0, 10.9 - 7, 24 - 10.9)
    assert found.order_qty == pytest.approx(40148.640, abs=1e-3)
    assert found.short_qty == pytest.approx(1465.95, abs=5e-3)
    assert kept.season_profit(found.order_qty, 32000.0, 11000.0, 24.0, 10.9, 7.0) == pytest.approx(362_499.19, abs=0.01)


def test_clumped_demand_beyond_the_stock_is_what_the_distribution_says():
    from scipy import stats

    held = np.array([0.0, 1, 5, 20, 60])
    for mean, variance, law in ((6.0, 40.0, stats.nbinom(36 / 34, 6 / 40)), (6.0, 3.0, stats.poisson(6))):
        covered, short = kept.clumped_cover(held, mean, variance)
        whole = np.arange(3000)
        assert covered == pytest.approx(law.cdf(held), abs=1e-12)
        assert short == pytest.approx([float((np.maximum(whole - stock, 0) * law.pmf(whole)).sum()) for stock in held], abs=1e-9)
    assert [float(part) for part in kept.clumped_cover(np.array(3.0), 0.0, 0.0)] == [1.0, 0.0]


def test_the_fewest_pieces_that_meet_a_share_of_clumped_demand_are_found_for_all_items_at_once():
    mean, variance, order = np.array([2.0, 30.0, 0.5, 0.0]), np.array([9.0, 400.0, 0.4, 0.0]), np.array([10.0, 40.0, 3.0, 1.0])
    found = kept.intermittent_fill(0.95, mean, variance, order)
    assert (kept.clumped_cover(found, mean, variance)[1] <= 0.05 * order).all()
    needed = found > 0
    assert (kept.clumped_cover(found - 1, mean, variance)[1] > 0.05 * order)[needed].all()
    assert found[3] == 0
    assert np.isinf(kept.intermittent_reorder(1.0, 2.0, 9.0))


def test_both_levels_of_a_row_say_what_they_reach_of_the_other():
    found = kept.levels(20.0, 20.0, 15.0, 0.0, 10.0, 200.0, service=0.98, fill=0.98)
    assert (float(found.mean), float(found.deviation)) == pytest.approx((500, 100))
    assert (float(found.by_cycles.stock), float(found.by_fill.stock)) == pytest.approx((205.4, 136.0), abs=0.05)
    assert float(found.by_cycles.fill_rate) > 0.99 > float(found.by_fill.fill_rate) == pytest.approx(0.98)
    assert float(found.by_cycles.cycle_service) == pytest.approx(0.98)
    assert float(found.by_fill.cycle_service) == pytest.approx(0.913, abs=5e-4)


def test_the_total_logistics_of_1550_a_year_keep_94_1423_and_cost_226300_003():
    stock, cost = kept.logistics_cost(32, 1550, 110, 64, 8, 107, 22, 0.15, 500, 0.95)
    assert stock == pytest.approx(94.1423, abs=5e-5)
    assert cost == pytest.approx(226_300.003, abs=5e-4)
