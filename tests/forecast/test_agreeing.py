"""Items and families agree, intervals hold what they promise, and measures have the values of the textbooks."""

import numpy as np
import pytest

from engine.forecast import errors, intervals
from engine.forecast.reconciliation import WAYS, exact, reconciled, shares, shrunk_covariance

COVARIANCE = np.diag([4.0, 1.0, 1.0, 3.0])
ITEMS = np.array([[10.0, 12.0], [20.0, 18.0], [30.0, 30.0]])
FAMILY = np.array([66.0, 54.0])


def test_least_squares_of_one_family_is_the_general_solution():
    """S(S'W⁻¹S)⁻¹S'W⁻¹ written out, for a full covariance."""
    root = np.random.default_rng(1).standard_normal((4, 9))
    covariance = root @ root.T
    summing = np.concatenate([np.eye(3), np.ones((1, 3))])
    inverse = np.linalg.inv(covariance)
    general = np.linalg.solve(summing.T @ inverse @ summing, summing.T @ inverse)
    for way, weights in (("minimum_trace", covariance), ("least_squares", np.diag(np.diag(covariance)))):
        inverse = np.linalg.inv(weights)
        general = np.linalg.solve(summing.T @ inverse @ summing, summing.T @ inverse)
        written = general @ np.concatenate([ITEMS, FAMILY[None]])
        moved = ITEMS + shares(way, ITEMS, covariance) * (FAMILY - ITEMS.sum(axis=0))
        assert moved == pytest.approx(written)


def test_bottom_up_leaves_the_items_and_top_down_keeps_the_family_and_the_mix():
    assert reconciled(ITEMS, FAMILY, "bottom_up", COVARIANCE) == pytest.approx(ITEMS)
    down = reconciled(ITEMS, FAMILY, "top_down", COVARIANCE)
    assert down.sum(axis=0) == pytest.approx(FAMILY)
    assert down[:, 0] / down[0, 0] == pytest.approx([1, 2, 3])


def test_least_squares_moves_most_what_is_least_sure():
    moved = reconciled(ITEMS, FAMILY, "least_squares", COVARIANCE) - ITEMS
    assert moved[0, 0] == pytest.approx(4 * moved[1, 0])
    assert 60 < (moved + ITEMS).sum(axis=0)[0] < 66


@pytest.mark.parametrize("way", WAYS)
def test_nothing_turns_negative_and_the_sum_holds_when_the_family_is_far_below_its_items(way):
    items = np.array([[1.0], [50.0], [49.0]])
    covariance = np.array([[900.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    found = reconciled(items, np.array([40.0]), way, covariance)
    assert (found >= 0).all()
    part = shares(way, items, covariance)
    assert found.sum() == pytest.approx(100 - 60 * part.sum())


@pytest.mark.parametrize("way", WAYS)
def test_a_family_of_nothing_and_items_without_errors_are_agreed_too(way):
    assert reconciled(np.zeros((2, 3)), np.zeros(3), way, np.zeros((3, 3))) == pytest.approx(np.zeros((2, 3)))
    assert reconciled(np.zeros((0, 3)), np.zeros(3), way, np.zeros((1, 1))).shape == (0, 3)


def test_sums_are_exact_in_any_order_also_for_18_digits():
    chance = np.random.default_rng(2)
    for size in (1.0, 1e6, 1e17):
        rounded = exact(chance.random((500, 4)) * size)
        forward, backward = rounded.sum(axis=0), rounded[::-1].cumsum(axis=0)[-1]
        shuffled = sum(rounded[place] for place in chance.permutation(500))
        assert (forward == backward).all()
        assert (forward == shuffled).all()


def test_a_covariance_of_few_errors_is_shrunk_towards_its_diagonal():
    errors_ = np.random.default_rng(3).standard_normal((8, 6))
    shrunk = shrunk_covariance(errors_)
    plain = errors_.T @ errors_ / 8
    assert np.diag(shrunk) == pytest.approx(np.diag(plain))
    off = ~np.eye(6, dtype=bool)
    assert np.abs(shrunk[off]).sum() < 0.7 * np.abs(plain[off]).sum()
    assert np.linalg.eigvalsh(shrunk).min() > 0
    together = np.repeat(np.random.default_rng(4).standard_normal((200, 1)), 3, axis=1)
    assert shrunk_covariance(together)[0, 1] == pytest.approx(np.mean(together[:, 0] ** 2), rel=0.05)


def test_intervals_hold_what_they_promise():
    chance = np.random.default_rng(5)
    spread = 1 + 0.1 * np.arange(12)
    past = [unit * spread * chance.standard_normal((5, 12)) for unit in np.linspace(1, 50, 60)]
    units = list(np.linspace(1, 50, 60))
    ends = intervals.pooled(past, units, 12)
    inside = dict.fromkeys(intervals.LEVELS, 0.0)
    for unit in units:
        came = 1000 + unit * spread * chance.standard_normal((20, 12))
        for level, (low, high) in intervals.around(np.full(12, 1000.0), unit, ends).items():
            inside[level] += float(np.mean((came >= low) & (came <= high))) / len(units)
    assert inside[0.80] == pytest.approx(0.80, abs=0.06)
    assert inside[0.95] == pytest.approx(0.95, abs=0.04)


def test_intervals_lie_around_the_forecast_never_below_zero_and_widen():
    ends = intervals.pooled([np.random.default_rng(6).standard_normal((5, 6)) for _ in range(10)], [1.0] * 10, 6)
    found = intervals.around(np.full(6, 0.5), 1.0, ends)
    (low80, high80), (low95, high95) = found[0.80], found[0.95]
    assert (low95 <= low80).all()
    assert (high80 <= high95).all()
    assert (low95 >= 0).all()
    assert (low80 <= 0.5).all()
    assert (np.diff(high95) >= 0).all()


def test_too_few_errors_of_the_past_leave_the_normal_distribution():
    assert intervals.pooled([np.ones((2, 3))], [1.0], 3) is None
    assert intervals.pooled([], [], 3) is None
    low, high = intervals.around(np.full(3, 100.0), 10.0, None)[0.95]
    assert high[0] - 100 == pytest.approx(1.96 * 1.2533 * 10, rel=1e-3)
    assert low[0] == pytest.approx(200 - high[0])


BEER_TRAIN = (
    443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398, 507, 432, 398, 406, 526,
    428, 397, 403, 517, 435, 383, 424, 521, 421, 402, 414, 500, 451, 380, 416, 492, 428, 408, 406, 506, 435, 380, 421, 490,
    435, 390, 412, 454, 416, 403, 408, 482, 438, 386, 405, 491, 427, 383, 394, 473,
)  # fmt: skip
BEER_TEST = (420, 390, 410, 488, 415, 398, 419, 488, 414, 374)


def test_mase_of_the_seasonal_naive_on_australian_beer_is_0_94():
    """Hyndman & Athanasopoulos, Forecasting: Principles and Practice."""
    train, test = np.array(BEER_TRAIN, dtype=float), np.array(BEER_TEST, dtype=float)
    ahead = train[-4:][np.arange(10) % 4]
    assert errors.scale(train, 4, floor=0.0) == pytest.approx(14.3, abs=0.05)
    assert errors.mase(ahead, test, train, 4) == pytest.approx(0.94, abs=0.005)


def test_a_history_that_hardly_moved_has_a_floor_under_its_scale():
    still = np.full(36, 100.0)
    assert errors.scale(still) == pytest.approx(5.0)
    assert errors.mase(np.array([101.0]), np.array([100.0]), still, floor=0.0) is None
    assert errors.scale(np.zeros(20)) == 0
    assert errors.scale(np.zeros(0)) == 0


def test_errors_are_unknown_where_there_is_nothing_to_measure_by():
    nothing = np.zeros(3)
    assert errors.wape(np.ones(3), nothing) is None
    assert errors.bias(np.ones(3), nothing) is None
    assert errors.smape(nothing, nothing) == 0
    assert errors.smape(np.array([50.0]), np.array([150.0])) == pytest.approx(100)
    assert errors.bias(np.array([12.0]), np.array([10.0])) == pytest.approx(0.2)
