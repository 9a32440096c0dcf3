"""The forecast of 300 and of 5,000 products of five years with their back-test, over all cores: what `make bench` tells by a sample, in full."""

import pytest

from tests.bench.forecasts import MANY, MOST_MINUTES, MOST_SECONDS, PRODUCTS, seconds_of

pytestmark = [pytest.mark.proof, pytest.mark.timeout(2 * 3600)]


@pytest.mark.parametrize(("products", "limit"), [(PRODUCTS, MOST_SECONDS), (MANY, MOST_MINUTES * 60)])
def test_a_company_is_forecast_within_its_time(products: int, limit: float, capsys: pytest.CaptureFixture[str]) -> None:
    taken = seconds_of(products)
    with capsys.disabled():
        print(f"forecast with back-test of {products:,} products: {taken:.0f} s, at most {limit:.0f} s")
    assert taken <= limit
