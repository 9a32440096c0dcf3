"""The periods of the frame as days."""

from datetime import date

import pytest

from pages.parts.frame.period import days_of

END = date(2025, 10, 31)


@pytest.mark.parametrize(
    ("period", "first"),
    [("30d", date(2025, 10, 2)), ("12m", date(2024, 11, 1)), ("year", date(2025, 1, 1))],
)
def test_a_period_ends_with_the_last_day_and_both_ends_count(period: str, first: date) -> None:
    assert days_of(period, END, None, None) == (first, END)


def test_the_usual_window_is_left_to_the_engine() -> None:
    assert days_of("window", END, None, None) == (None, None)


def test_a_period_without_data_is_the_usual_window() -> None:
    assert days_of("30d", None, None, None) == (None, None)


def test_twelve_months_to_a_leap_day_begin_on_the_first_of_march() -> None:
    assert days_of("12m", date(2024, 2, 29), None, None) == (date(2023, 3, 1), date(2024, 2, 29))


def test_own_dates_count_only_in_their_order() -> None:
    assert days_of("own", END, date(2025, 1, 5), date(2025, 2, 6)) == (date(2025, 1, 5), date(2025, 2, 6))
    assert days_of("own", END, date(2025, 2, 6), date(2025, 1, 5)) == (None, None)
    assert days_of("own", END, None, date(2025, 1, 5)) == (None, None)
