"""Forecast error: the textbooks' cases in both conventions, ratios of sums, value added along the chain, lags, revisions."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from engine.sop import benchmarks, forecast_error
from engine.sop.grid import months_from

YEAR = months_from(date(2026, 1, 1), 12)


def series(forecast, actual, family="F1", **more):
    months = months_from(date(2026, 1, 1), len(actual))
    frame = {"family": [family] * len(actual), "month": months, "forecast_qty": list(forecast), "actual_qty": list(actual)}
    return pl.DataFrame({**frame, **more}, schema_overrides={"forecast_qty": pl.Float64, "actual_qty": pl.Float64})


def one(forecast, actual, measure, **more):
    return forecast_error.board(series(forecast, actual, **more))[measure][0]


# ── Carlson's Bakery (Heizer: actual − forecast) ─────────────────────────────────────────────────────────────────────────


def test_carlsons_bakery_has_a_tracking_signal_of_2_5():
    forecast, actual = np.array([100.0, 100, 100, 110, 110, 110]), np.array([90.0, 95, 115, 100, 125, 140])
    assert np.cumsum(actual - forecast) == pytest.approx([-10, -15, 0, -10, 5, 35])
    assert forecast_error.running_mad(forecast, actual) == pytest.approx([10, 7.5, 10, 10, 11, 14.17], abs=0.005)
    signal = forecast_error.tracking(forecast, actual, "under")
    assert signal == pytest.approx([-1, -2, 0, -1, 0.45, 2.47], abs=0.005)
    assert forecast_error.tracking(forecast, actual, "over") == pytest.approx(-signal), "the other convention has the other sign"


# ── Tahoe Salt (Chopra: forecast − demand) ───────────────────────────────────────────────────────────────────────────────

TAHOE = np.array([8000.0, 13000, 23000, 34000, 10000, 18000, 23000, 38000, 12000, 13000, 32000, 41000])
FACTORS = np.array([0.47, 0.68, 1.17, 1.67])


def test_tahoe_salt_has_these_starting_values():
    found = benchmarks.starting_values(TAHOE, 4)
    assert found.deseasonalised[2:10] == pytest.approx([19750, 20625, 21250, 21750, 22500, 22125, 22625, 24125])
    assert np.isnan(found.deseasonalised[[0, 1, 10, 11]]).all()
    assert found.level == pytest.approx(18_439, abs=0.5)
    assert found.trend == pytest.approx(523.8, abs=0.05)
    assert found.factors == pytest.approx(FACTORS, abs=0.006), "the book rounds the ratios before it takes their mean"


def tahoe(method):
    made = {
        "moving average": lambda: benchmarks.moving_average(TAHOE, 4, 4),
        "simple": lambda: benchmarks.simple_smoothing(TAHOE, 0.1, TAHOE.mean(), 1),
        "holt": lambda: benchmarks.holt(TAHOE, 0.1, 0.2, 12_015, 1_549),
        "winters": lambda: benchmarks.winters(TAHOE, 0.05, 0.1, 0.1, 18_439, 524, FACTORS, 4),
    }[method]()
    known = ~np.isnan(made.fitted)
    return made, made.fitted[known], TAHOE[known]


@pytest.mark.parametrize(
    ("method", "mad", "mape", "least", "most", "wmape", "bias"),
    [
        ("moving average", 9_719, 0.49, -1.52, 2.21, 0.4158, -0.0789),
        ("simple", 10_208, 0.59, -1.38, 2.25, 0.4623, -0.0531),
        ("holt", 8_836, 0.52, -2.15, 2.00, 0.4001, 0.0014),
        ("winters", 1_469, 0.08, -2.74, 4.00, 0.0665, -0.0035),
    ],
)
def test_tahoe_salt_by_each_method(method, mad, mape, least, most, wmape, bias):
    _, forecast, actual = tahoe(method)
    found = forecast_error.board(series(forecast, actual)).row(0, named=True)
    assert found["mad"] == pytest.approx(mad, abs=1)
    assert found["mape"] == pytest.approx(mape, abs=0.005)
    assert found["wmape"] == pytest.approx(wmape, abs=5e-5)
    assert found["accuracy"] == pytest.approx(1 - wmape, abs=5e-5)
    assert found["bias_share"] == pytest.approx(bias, abs=5e-5)
    assert found["bias_share_under"] == pytest.approx(-bias, abs=5e-5)
    assert found["sigma"] == pytest.approx(1.25 * found["mad"])
    signal = forecast_error.tracking(forecast, actual, "over")
    assert (signal.min(), signal.max()) == (pytest.approx(least, abs=0.005), pytest.approx(most, abs=0.005))


def test_tahoe_salt_ahead():
    assert tahoe("moving average")[1] == pytest.approx([19500, 20000, 21250, 21250, 22250, 22750, 21500, 23750])
    assert tahoe("simple")[0].ahead[0] == pytest.approx(23_490, abs=1)
    assert tahoe("winters")[0].ahead == pytest.approx([11_940, 17_579, 30_930, 44_928], abs=5)


# ── Australian beer (Hyndman and Athanasopoulos) ─────────────────────────────────────────────────────────────────────────

BEER = np.array([
    443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398, 507, 432, 398, 406, 526, 428, 397, 403, 517, 435, 383, 424,
    521, 421, 402, 414, 500, 451, 380, 416, 492, 428, 408, 406, 506, 435, 380, 421, 490, 435, 390, 412, 454, 416, 403, 408, 482, 438, 386, 405, 491, 427, 383,
    394, 473,
], dtype=float)  # fmt: skip
BEER_TEST = np.array([420, 390, 410, 488, 415, 398, 419, 488, 414, 374], dtype=float)
BEER_METHODS = {
    "mean": (benchmarks.overall_mean(BEER, 10), 38.45, 34.83, 8.28, 2.44),
    "naive": (benchmarks.naive(BEER, 10), 62.69, 57.40, 14.18, 4.01),
    "seasonal_naive": (benchmarks.seasonal_naive(BEER, 10, 4), 14.31, 13.40, 3.17, 0.94),
    "drift": (benchmarks.drift(BEER, 10), 64.90, 58.88, 14.58, 4.12),
}


@pytest.mark.parametrize("method", BEER_METHODS)
def test_australian_beer_matches_the_table_of_the_book(method):
    forecast, rmse, mad, mape, mase = BEER_METHODS[method]
    scale = forecast_error.naive_scale(BEER, 4)
    assert scale == pytest.approx(14.3, abs=0.05)
    found = forecast_error.board(series(forecast, BEER_TEST, naive_scale=[scale] * 10)).row(0, named=True)
    assert found["rmse"] == pytest.approx(rmse, abs=0.005)
    assert found["mad"] == pytest.approx(mad, abs=0.005)
    assert 100 * found["mape"] == pytest.approx(mape, abs=0.005)
    assert found["mase"] == pytest.approx(mase, abs=0.005)


def test_australian_beer_gains_11_points_by_the_season():
    frame = pl.DataFrame({"actual_qty": BEER_TEST, "naive": BEER_METHODS["naive"][0], "statistical": BEER_METHODS["seasonal_naive"][0]})
    found = forecast_error.value_added(frame, measure="mape")
    assert found["added_points"].to_list() == [None, pytest.approx(14.18 - 3.17, abs=0.01)]


# ── forecast value added ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_fva_of_the_published_board_falls_after_the_statistical_step():
    found = forecast_error.points_added(("naive", "statistical", "expert", "approved"), (0.146, 0.123, 0.136, 0.153))
    assert found["added_points"].to_list() == [None, pytest.approx(2.3), pytest.approx(-1.3), pytest.approx(-1.7)]
    assert found["added_points"].sum() == pytest.approx(-0.7)


def test_fva_of_management_over_software_is_2_points():
    assert forecast_error.points_added(("software", "management"), (0.40, 0.38))["added_points"][1] == pytest.approx(2)


def test_fva_compares_the_same_rows_for_every_step_and_says_how_many_it_dropped():
    frame = pl.DataFrame({"actual_qty": [100.0, 100, 100], "naive": [50.0, 90, 90], "statistical": [None, 100.0, 90.0], "expert": [1.0, 95.0, 90.0]})
    found = forecast_error.value_added(frame)
    assert found["step"].to_list() == ["naive", "statistical", "expert"]
    assert found["error_share"].to_list() == pytest.approx([0.10, 0.05, 0.075])
    assert found["dropped_n"].to_list() == [1, 1, 1]
    assert found["n"].to_list() == [2, 2, 2]


# ── measures with edges ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_measure_names_its_sign_convention():
    assert set(forecast_error.SIGNS) == set(forecast_error.LABELS)
    board = forecast_error.board(series([1.0], [2.0]))
    assert set(forecast_error.LABELS) - set(board.columns) == {"tracking_over", "tracking_under", "bias_streak"}


def test_months_without_sales_have_no_percentage_and_are_counted_as_skipped():
    found = forecast_error.board(series([10.0, 50.0], [0.0, 100.0])).row(0, named=True)
    assert found["mape"] == pytest.approx(0.5)
    assert found["skipped_n"] == 1
    assert found["wmape"] == pytest.approx(0.6), "its error still weighs in the volume"


def test_measures_are_unknown_and_not_infinite_where_nothing_was_sold():
    found = forecast_error.board(series([10.0, 5.0], [0.0, 0.0])).row(0, named=True)
    assert (found["mape"], found["wmape"], found["accuracy"], found["bias_share"], found["mase"], found["hit_share"]) == (None,) * 6
    assert found["mad"] == 7.5


def test_accuracy_below_zero_is_shown_as_it_is():
    assert one([300.0], [100.0], "accuracy") == pytest.approx(-1)


def test_a_group_is_a_ratio_of_sums_and_no_mean_of_percentages():
    both = pl.concat([series([10.0], [20.0], "small"), series([1000.0], [1100.0], "large")])
    assert forecast_error.board(both)["wmape"][0] == pytest.approx(110 / 1120)
    each = forecast_error.board(both, "family").sort("family")
    assert each["wmape"].to_list() == pytest.approx([100 / 1100, 0.5])


def test_symmetric_error_is_weighted_by_the_forecast():
    found = forecast_error.board(series([100.0, 300.0, 0.0], [100.0, 100.0, 0.0])).row(0, named=True)
    assert found["smape"] == pytest.approx((0 + 1.0) / 2)
    assert found["smape_weighted"] == pytest.approx(300 / 400)


def test_hits_are_the_months_within_tolerance():
    assert one([109.0, 120.0, 80.0, 79.0], [100.0, 100, 100, 100], "hit_share") == pytest.approx(0.75)


def test_signals_belong_to_the_groups_own_series():
    both = pl.concat([series([110.0, 90], [100.0, 100], "A"), series([90.0, 110], [100.0, 100], "B")])
    whole = forecast_error.signals(both)
    assert whole["tracking_over"][0] is None, "the errors of the families cancel out month by month"
    each = forecast_error.signals(both, "family").sort("family")
    assert each["bias_streak"].to_list() == [-1, 1]


def test_a_bias_streak_counts_months_of_one_sign():
    assert forecast_error.bias_streak(np.array([9.0, 11, 12, 13]), np.array([10.0, 10, 10, 10])) == 3
    assert forecast_error.bias_streak(np.array([11.0, 9, 9]), np.array([10.0, 10, 10])) == -2
    assert forecast_error.bias_streak(np.array([11.0, 10]), np.array([10.0, 10])) == 0


def test_accuracy_by_lag_takes_each_version_for_the_months_it_forecasts():
    jan, feb, mar = YEAR[:3]
    versions = pl.DataFrame({"family": ["F"] * 3, "cycle": [jan, jan, feb], "month": [feb, mar, mar], "forecast_qty": [90.0, 50.0, 80.0]})
    actual = pl.DataFrame({"family": ["F", "F"], "month": [feb, mar], "actual_qty": [100.0, 100.0]})
    found = forecast_error.lag_accuracy(versions, actual)
    assert found["lag_months"].to_list() == [1, 2]
    assert found["accuracy"].to_list() == pytest.approx([0.85, 0.5])


def test_churn_inside_the_fence_is_counted_apart():
    jan, feb, _ = YEAR[:3]
    old = pl.DataFrame({"family": ["F", "F"], "month": [jan, feb], "forecast_qty": [100.0, 100.0]})
    new = old.with_columns(pl.Series("forecast_qty", [110.0, 60.0]))
    assert forecast_error.churn(old, new, [jan]) == (pytest.approx(0.25), pytest.approx(0.1))
    assert forecast_error.churn(old.clear(), new) == (None, None)
