"""The methods: what they must give on series whose answer is known, and what no series may make of them."""

import numpy as np
import pytest

from engine.forecast import ensemble, guards, intermittent, launches, methods, simple, smoothing, theta
from engine.forecast.methods import Known
from engine.forecast.smoothing import Form
from tests.forecast.small_series import SEASON, seasonal
from tests.forecast.small_series import intermittent as spare_parts


def ensemble_of(values, horizon=12, towards=None):
    return ensemble.regular(values, [len(values)], horizon, towards)[0]


def test_theta_of_a_line_keeps_half_of_its_slope():
    """Theta is simple smoothing with half the slope as drift (Hyndman & Billah 2003)."""
    ahead = theta.theta(10.0 + 2.0 * np.arange(60), 12)
    assert np.diff(ahead) == pytest.approx(np.full(11, 1.0))
    assert ahead[0] == pytest.approx(129, abs=1.5)


def test_theta_equals_simple_smoothing_with_half_the_slope_as_drift_written_out():
    values = seasonal(48, noise=0.1, slope=1.0)
    place = np.arange(48) - 23.5
    slope = place @ values / (place @ place)
    best = None
    for alpha in theta.ALPHAS:
        for start in np.linspace(40, 160, 481):
            level, squares = start, 0.0
            for value in values:
                squares += (value - level) ** 2
                level += alpha * (value - level)
            if best is None or squares < best[0]:
                best = (squares, level, alpha)
    _, level, alpha = best
    written = level + slope / 2 * (np.arange(6) + 1 / alpha - (1 - alpha) ** 48 / alpha)
    assert theta.theta(values, 6) == pytest.approx(written, rel=2e-3)


def test_the_dynamic_theta_model_follows_the_published_recursion():
    """The state space form of Fiorucci et al. 2016, written out month by month, for the parameters that were chosen."""
    values = 50 + 1.5 * np.arange(40) + 6 * np.random.default_rng(4).standard_normal(40)
    ahead = theta.dynamic(values, 5)

    def written(alpha, weight, start, steps):
        level, mean, a, b, out = start, 0.0, 0.0, 0.0, []
        for t in range(1, len(values) + steps + 1):
            mu = level + weight * ((1 - alpha) ** (t - 1) * a + (1 - (1 - alpha) ** t) / alpha * b) if t > 1 else level
            y = values[t - 1] if t <= len(values) else mu
            out.append(mu)
            level = alpha * y + (1 - alpha) * level
            b = 0.0 if t == 1 else ((t - 2) * b + 6 / t * (y - mean)) / (t + 1)
            mean = ((t - 1) * mean + y) / t
            a = mean - (t + 1) / 2 * b
        return np.array(out)

    best = None
    for alpha in theta.ALPHAS:  # the errors are linear in the start and in the weight of the line
        base = written(alpha, 0.0, 0.0, 0)[1:]
        by_start, by_weight = written(alpha, 0.0, 1.0, 0)[1:] - base, written(alpha, 1.0, 0.0, 0)[1:] - base
        (start, weight), *_ = np.linalg.lstsq(np.stack([by_start, by_weight], axis=1), values[1:] - base)
        if not 0 <= weight <= 1:
            weight = min(max(weight, 0.0), 1.0)
            start = by_start @ (values[1:] - base - weight * by_weight) / (by_start @ by_start)
        squares = np.sum((values[1:] - written(alpha, weight, start, 0)[1:]) ** 2)
        if best is None or squares < best[0]:
            best = (squares, written(alpha, weight, start, 5)[40:])
    assert ahead == pytest.approx(best[1], rel=1e-6)


def test_the_dynamic_theta_model_of_a_line_goes_on_with_it():
    ahead = theta.dynamic(10.0 + 2.0 * np.arange(60), 12)
    assert ahead == pytest.approx(10 + 2.0 * np.arange(60, 72), rel=0.02)


def test_smoothing_finds_level_drift_and_seasons_of_a_clean_series():
    place = np.arange(60)
    values = 5 + 0.1 * place + np.log(SEASON)[place % 12]
    found = smoothing.averaged([smoothing.paths(values, Form("drift", True), [60], 12)])[0]
    assert found == pytest.approx(5 + 0.1 * np.arange(60, 72) + np.log(SEASON), abs=1e-3)


def test_one_pass_gives_each_origin_what_a_pass_of_its_own_would():
    """What comes after an origin must not be known at it."""
    values = np.log(seasonal(60, noise=0.1))
    form = Form("damped", True, season_caution=1.0)
    together = smoothing.paths(values, form, [36, 48, 60], 6)
    for place, origin in enumerate((36, 48, 60)):
        alone = smoothing.paths(values[:origin], form, [origin], 6)
        assert together.paths[place] == pytest.approx(alone.paths[0], rel=1e-9)
        assert together.criterion[place] == pytest.approx(alone.criterion[0], rel=1e-9)


def test_too_few_months_for_a_form_leave_its_criterion_infinite():
    assert np.isinf(smoothing.paths(np.ones(10), Form("drift", True), [10], 3).criterion).all()
    assert np.isnan(smoothing.averaged([smoothing.paths(np.ones(10), Form("drift", True), [10], 3)])).all()


def test_a_clean_season_comes_back():
    ahead = ensemble_of(seasonal(60))
    assert ahead == pytest.approx(100 * SEASON, rel=0.03)


def test_the_ensemble_beats_the_month_of_a_year_ago_on_noisy_growing_seasons():
    better = 0
    for seed in range(10):
        values = seasonal(72, slope=1.0, noise=0.12, seed=seed)
        history, actual = values[:60], values[60:]
        better += np.abs(ensemble_of(history) - actual).sum() < np.abs(simple.seasonal_naive(history, 12) - actual).sum()
    assert better >= 9


def test_the_unit_does_not_matter():
    values = seasonal(48, noise=0.1)
    assert ensemble_of(values * 1e-6) == pytest.approx(ensemble_of(values) * 1e-6, rel=1e-6)
    assert ensemble_of(values * 1e16) == pytest.approx(ensemble_of(values) * 1e16, rel=1e-6)


def test_tsb_dies_out_with_the_item_and_equals_its_recursion():
    assert intermittent.tsb(np.zeros(12), 3) == pytest.approx(np.zeros(3))
    values = np.array([0, 4, 0, 0, 6, 0], dtype=float)
    size, chance = 4.0, 2 / 6
    for value in values[1:]:
        chance += 0.1 * ((value > 0) - chance)
        size += 0.1 * (value - size) * (value > 0)
    assert intermittent.tsb(values, 2) == pytest.approx([chance * size] * 2)
    fading = np.concatenate([spare_parts(36), np.zeros(24)])
    assert intermittent.tsb(fading, 1)[0] < 0.15 * intermittent.tsb(fading[:36], 1)[0]


def test_on_spare_parts_the_methods_of_intermittent_items_beat_seasonal_and_plain_ones():
    """RMSSE over 150 parts whose demand falls, as in the public set of car parts: mean of 12 months and TSB before naive ones and the whole mean."""
    chance = np.random.default_rng(8)
    squares = dict.fromkeys(("year_mean", "tsb", "seasonal_naive", "mean"), 0.0)
    for seed in range(150):
        whole = spare_parts(51, share=0.3, seed=seed) * (chance.random(51) < np.linspace(1.0, 0.15, 51))
        history, actual = whole[:39], whole[39:]
        scale = np.mean(np.diff(history) ** 2) or 1.0
        for name, method in (("year_mean", simple.year_mean), ("tsb", intermittent.tsb), ("seasonal_naive", simple.seasonal_naive), ("mean", simple.mean)):
            squares[name] += np.mean((method(history, 12) - actual) ** 2) / scale
    assert max(squares["year_mean"], squares["tsb"]) < min(squares["seasonal_naive"], squares["mean"])


def test_a_new_item_goes_on_as_earlier_launches_did():
    launched = launches.curve([np.array([2.0, 6, 10, 10, 10, 10]), np.array([4.0, 10, 14, 14, 14, 14])], 12)
    assert launched.by_age[:4] == pytest.approx([3, 8, 12, 12])
    ahead = launches.by_analogue(np.array([6.0, 16.0]), 4, launched, np.ones(12), 0)
    assert ahead == pytest.approx(np.full(4, 12 * (0.4 * 2 + 0.6)))
    assert launches.by_analogue(np.zeros(0), 3, launched, np.ones(12), 0) == pytest.approx([3, 8, 12])


def test_a_new_item_without_any_launch_like_it_keeps_its_own_mean_and_the_seasons_of_its_line():
    ahead = launches.by_analogue(np.array([6.0, 7.0]), 12, None, SEASON, 0)
    assert ahead == pytest.approx(10 * SEASON[np.arange(2, 14) % 12])
    with pytest.raises(ValueError, match="neither"):
        launches.by_analogue(np.zeros(0), 3, None, SEASON, 0)


def test_a_forecast_that_explodes_gives_way_to_the_next_of_the_chain():
    history = seasonal(36)
    chain = (
        ("infinite", lambda values, horizon: np.full(horizon, np.inf)),
        ("huge", lambda values, horizon: np.full(horizon, values.max() + 4 * np.ptp(values))),
        ("failing", lambda values, horizon: np.linalg.inv(np.zeros((2, 2)))[0]),
        ("seasonal_naive", simple.seasonal_naive),
    )
    name, ahead = guards.first_sound(chain, history, 12)
    assert name == "seasonal_naive"
    assert ahead == pytest.approx(history[-12:])


def test_a_series_on_which_every_method_explodes_keeps_a_finite_forecast():
    bad = tuple((name, lambda values, horizon: np.full(horizon, np.nan)) for name in ("one", "two"))
    _, ahead = guards.first_sound(bad, np.array([1.0, 2.0]), 3)
    assert ahead == pytest.approx(np.zeros(3))


SERIES = {
    "one month": np.array([5.0]),
    "two months": np.array([5.0, 7.0]),
    "nothing ever": np.zeros(30),
    "always the same": np.full(40, 7.0),
    "a single slip": np.concatenate([np.full(30, 10.0), [1e9], np.full(5, 10.0)]),
    "18 digits": seasonal(40) * 1e17,
    "exponential": 2.0 ** np.arange(60),
    "falling to nothing": np.maximum(100.0 - 3 * np.arange(50), 0),
    "one month a year": np.tile([120.0] + [0.0] * 11, 4),
    "from nothing to much": np.concatenate([np.zeros(24), np.full(12, 1e6)]),
    "tiny": seasonal(36) * 1e-12,
    "alternating": np.tile([0.0, 1e6], 20),
}


@pytest.mark.parametrize("name", methods.METHODS)
@pytest.mark.parametrize("series", SERIES)
def test_no_series_makes_a_method_explode_or_turn_negative(name, series):
    values = SERIES[series]
    origins = sorted({1, max(1, len(values) - 3), len(values)})
    ahead, used = methods.forecasts(name, values, origins, 18, Known(season=SEASON))
    assert np.isfinite(ahead).all()
    assert (ahead >= 0).all()
    reach = max(np.ptp(values), 0.5 * values.max())
    assert ahead.max() <= values.max() + guards.RANGES * reach + 1e-6 * values.max() or name == "analogue"
    assert len(used) == len(origins)
