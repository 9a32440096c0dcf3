"""The formulas of stock against worked cases, and every edge: nothing is ever infinite, and no unknown is ever 0."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import inventory

DEMAND = [360, 458, 300, 264, 140, 233, 229, 208, 260, 336, 295, 226, 336, 434, 276, 240, 116, 209, 205, 183, 235, 312, 270, 201]
COVER = [2.7, 1.7, 0.7, 0, 0, 7.4, 6.4, 5.4, 4.4, 3.4, 2.4, 1.4, 0.4, 0, 0, 5.9, 4.9, 3.9, 2.9, 1.9, 0.9, 0, 0, 0]


def told(outcome):
    """value, why, censored of an outcome over literals."""
    censored = pl.lit(False) if outcome.censored is None else outcome.censored
    value, why, mark = pl.select(outcome.value.alias("value"), outcome.why.alias("why"), censored.alias("censored")).row(0)
    return value, None if why is None else inventory.WORDS[why], mark


def lit(*values):
    return [pl.lit(value, dtype=pl.Float64) for value in values]


def forward(stock, ahead, days=1.0):
    return told(inventory.forward_days_of_supply(pl.lit(float(stock)), lit(*ahead), lit(*[days] * len(ahead))))


def backward(stock, demand, days):
    return told(inventory.backward_days_of_supply(*lit(stock, demand, days)))


def test_forward_cover_agrees_with_the_published_vector():
    supply = [0] * 24
    supply[5], supply[15] = 2500, 2000
    balances = inventory.projected_stock(1310, DEMAND, supply)
    found = []
    for period, balance in enumerate(balances, start=1):
        value, why, _ = forward(balance, DEMAND[period:])
        found.append(0 if why == "no_demand" and balance <= 0 else round(value, 1))
    assert found == COVER


@pytest.mark.parametrize(("stock", "value"), [(0, 0.0), (-5, 0.0), (10, 1.0), (15, 1.5), (30, 3.0)])
def test_forward_cover_takes_whole_buckets_and_then_a_share(stock, value):
    assert forward(stock, [10, 10, 10]) == (value, None, False)


def test_forward_cover_beyond_the_horizon_is_the_horizon_marked_as_censored():
    assert forward(31, [10, 10, 10], 30.0) == (90.0, None, True)


def test_stock_that_ends_with_the_horizon_is_not_censored():
    assert forward(0.3, [0.1, 0.2]) == (2.0, None, False)


def test_a_bucket_without_demand_is_passed_while_stock_lasts_and_not_after():
    assert forward(15, [10, 0, 10])[0] == 2.5
    assert forward(10, [10, 0, 10])[0] == 1.0


def test_forward_cover_without_demand_is_unknown_even_without_stock():
    assert forward(10, [0, 0]) == (None, "no_demand", False)
    assert forward(-10, [0, -3]) == (None, "no_demand", False)


def test_days_of_supply_of_the_course():
    assert backward(40, 10, 7) == (28.0, None, False)


def test_days_of_supply_is_unknown_when_nothing_sells():
    for demand in (0.0, -4.0, None):
        assert backward(40, demand, 90) == (None, "no_demand", False)
    assert backward(-1, 0.0, 90)[0] is None


def test_days_of_supply_is_zero_without_stock_where_something_sells():
    assert backward(0, 10, 90)[0] == 0
    assert backward(-7, 10, 90)[0] == 0


def test_turns_of_the_course():
    assert told(inventory.turns(*lit(520, 40, 365))) == (13.0, None, False)


def test_gmroii_of_the_course():
    assert round(told(inventory.gmroii(*lit(260, 40 * 1.5, 365)))[0], 4) == 4.3333


def test_gmroii_equals_margin_times_turns():
    margin = told(inventory.margin_share(*lit(520 * 2.0, 520 * 1.5)))[0]
    turned = told(inventory.turns(*lit(520 * 1.5, 40 * 1.5, 365)))[0]
    assert (margin, turned) == (0.25, 13.0)
    assert margin * turned / (1 - margin) == pytest.approx(told(inventory.gmroii(*lit(520 * 0.5, 40 * 1.5, 365)))[0])


@given(st.floats(1, 1e9), st.floats(0.05, 3), st.floats(0.01, 1e9), st.integers(1, 366))
def test_the_identity_of_gmroii_holds_for_any_company(net_sales, cost_share, stock, days):
    cost = net_sales * cost_share
    margin = told(inventory.margin_share(*lit(net_sales, cost)))[0]
    turned = told(inventory.turns(*lit(cost, stock, days)))[0]
    direct = told(inventory.gmroii(*lit(net_sales - cost, stock, days)))[0]
    assert margin * turned / (1 - margin) == pytest.approx(direct, rel=1e-6, abs=1e-6 * turned)


def test_turns_without_stock_are_unknown_and_without_sales_zero():
    assert told(inventory.turns(*lit(100, 0, 365)))[:2] == (None, "no_mean_stock")
    assert told(inventory.turns(*lit(0, 100, 365)))[:2] == (0.0, None)


def test_a_loss_gives_a_negative_gmroii():
    assert told(inventory.gmroii(*lit(-50, 100, 365)))[0] == -0.5


def test_less_than_a_year_is_scaled_to_a_year_and_a_leap_year_is_not():
    assert told(inventory.turns(*lit(100, 100, 73)))[0] == 5.0
    assert told(inventory.turns(*lit(100, 100, 366)))[0] == 1.0


def test_the_mean_stock_is_the_mean_of_thirteen_balances():
    assert pl.select(inventory.mean_balance(*lit(1_300_000, 13))).item() == 100_000


def test_margin_share_is_unknown_unless_something_was_sold():
    assert told(inventory.margin_share(*lit(0, 0)))[:2] == (None, "no_net_sales")
    assert told(inventory.margin_share(*lit(-10, 5)))[:2] == (None, "no_net_sales")


def test_out_of_stock_share_counts_positions_with_demand():
    assert told(inventory.out_of_stock_share(*lit(1, 4)))[0] == 0.25
    assert told(inventory.out_of_stock_share(*lit(0, 0)))[:2] == (None, "no_demand")


@given(st.floats(-1e6, 1e9), st.lists(st.floats(-10, 1e6), min_size=1, max_size=6))
def test_forward_cover_never_leaves_its_horizon(stock, ahead):
    value, why, censored = forward(stock, ahead)
    assert (value is None) == (why is not None)
    assert value is None or 0 <= value <= len(ahead)
    assert not censored or value == len(ahead)


def test_a_walk_through_the_forecast_is_told_month_by_month_as_it_was_reckoned():
    assert inventory.walk(100.0, [(30, 40.0), (31, 40.0), (30, 40.0)]) == (80.0, 61.0, (30, 40.0))
    assert inventory.walk(30.0, [(30, 40.0)]) == (0.0, 0.0, (30, 40.0))
    assert inventory.walk(100.0, [(30, 40.0), (31, 40.0)]) == (80.0, 61.0, None)
    assert inventory.walk(0.0, [(30, 40.0)]) == (0.0, 0.0, (30, 40.0))
    ahead = [(30.0, 40.0), (31.0, 0.0), (30.0, 50.0), (31.0, 60.0)]
    for stock in (0.0, 20.0, 40.0, 55.0, 90.0, 149.0):
        used, days, last = inventory.walk(stock, ahead)
        frame = pl.DataFrame({"stock": [stock]})
        value = inventory.forward_days_of_supply(pl.col("stock"), [pl.lit(demand) for _, demand in ahead], [pl.lit(length) for length, _ in ahead]).value
        assert last is not None
        assert frame.select(value).item() == pytest.approx(days + (stock - used) / last[1] * last[0] if last[1] else days)
