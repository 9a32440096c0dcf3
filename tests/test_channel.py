"""Channel load, sell-through rate and the identity of a dealer's stock."""

from datetime import date

import polars as pl
import pytest

from engine import channel

MONTHS = [date(2025, month, 1) for month in range(5, 11)]


def loads(sell_in, sell_through, **settings):
    frame = pl.DataFrame({"dealer_id": ["D"] * 6, "month": MONTHS, "sell_in_qty": sell_in, "sell_through_qty": sell_through})
    return channel.channel_load(frame, **{"months": 3, "limit": 1.1, "running": 2} | settings)


def test_channel_load_is_sell_in_of_three_months_over_sell_through_of_the_same():
    found = loads([10.0, 10, 10, 20, 20, 20], [10.0] * 6)
    assert found["channel_load"].to_list() == pytest.approx([None, None, 1.0, 4 / 3, 5 / 3, 2.0])
    assert found["is_stuffed"].to_list() == [None, None, None, False, True, True]


def test_one_month_above_the_limit_is_no_stuffing_yet():
    found = loads([10.0, 10, 10, 10, 10, 20], [10.0] * 6)
    assert found["is_stuffed"].to_list()[-1] is False
    assert loads([10.0, 10, 10, 10, 10, 20], [10.0] * 6, running=1)["is_stuffed"].to_list()[-1] is True


def test_exactly_one_point_one_is_not_above_it():
    assert loads([11.0] * 6, [10.0] * 6)["is_stuffed"].to_list()[-1] is False


def test_a_month_that_was_not_reported_makes_the_load_unknown_and_not_infinite():
    assert loads([10.0] * 6, [10.0, 10, 10, 10, 10, None])["channel_load"].to_list()[-1] is None
    assert loads([10.0] * 6, [0.0] * 6)["channel_load"].to_list()[-1] is None


def test_the_sell_through_rate_is_of_what_was_there_to_sell():
    frame = pl.DataFrame({"open": [60.0, 0.0], "bought": [40.0, 0.0], "sold": [25.0, 0.0]})
    found = frame.select(channel.sell_through_rate(pl.col("open"), pl.col("bought"), pl.col("sold"))).to_series()
    assert found.to_list() == [0.25, None]


def test_the_books_of_a_dealer_close_if_opening_plus_sell_in_less_sell_through_and_adjustments_is_closing():
    frame = pl.DataFrame({"open": [60.0, 60.0], "bought": [40.0, None], "sold": [25.0, 90.0], "adjusted": [-5.0, None], "close": [70.0, 0.0]})
    found = frame.select(channel.unexplained(*(pl.col(name) for name in frame.columns))).to_series()
    assert found.to_list() == [0.0, 30.0]
