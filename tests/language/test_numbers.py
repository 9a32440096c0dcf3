"""Numbers, money and days in three languages, as the Unicode CLDR has them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from babel.numbers import format_decimal

from engine.language import LANGUAGES, UNITS, excel_format, formatted, month_ticks, nearest_language, nice_ticks, separators, unit_name
from engine.language.numbers import digits, half_up
from engine.language.tongues import locale

NB = "\u00a0"


@pytest.mark.parametrize(("language", "text"), [("en", "1,234,567.89"), ("zh", "1,234,567.89"), ("ru", f"1{NB}234{NB}567,89")])
def test_thousands_and_decimals_follow_the_language(language, text):
    assert formatted(1234567.89, "qty", language) == text


@pytest.mark.parametrize(
    ("value", "en", "zh", "ru"),
    [
        (1_234_567, "1.2M", "123.5万", f"1,2{NB}млн"),
        (120_000, "120k", "12万", f"120{NB}тыс."),
        (12_345_678, "12.3M", "1234.6万", f"12,3{NB}млн"),
        (123_456_789, "123.5M", "1.2亿", f"123,5{NB}млн"),
        (1_234_567_890, "1.2bn", "12.3亿", f"1,2{NB}млрд"),
        (2e12, "2tn", "2万亿", f"2{NB}трлн"),
        (999, "999", "999", "999"),
        (-5_500, "−5.5k", "−5,500", f"−5,5{NB}тыс."),
    ],
)
def test_compact_numbers_have_the_words_of_the_language(value, en, zh, ru):
    assert [formatted(value, "qty", language, compact=True) for language in ("en", "zh", "ru")] == [en, zh, ru]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_number_is_written_as_the_cldr_writes_it(language):
    for place in range(400):
        number = Decimal(place * 7919 - 1_000_000) * Decimal(10) ** (place % 12 - 6)
        written = format_decimal(half_up(abs(number), 2), format="#,##0.##", locale=locale(language))
        assert digits(number, language) == written


def test_a_compact_number_never_rounds_up_to_a_thousand_of_its_own_word():
    assert formatted(999_950, "qty", "en", compact=True) == "1M"
    assert formatted(950_000, "qty", "en", compact=True) == "950k"
    assert formatted(99_999_999, "qty", "zh", compact=True) == "1亿"
    assert formatted(9_999.6, "qty", "zh", compact=True) == "1万"
    assert formatted(999_999_999, "qty", "ru", compact=True) == f"1{NB}млрд"


def test_money_carries_its_sign_where_the_language_puts_it():
    assert [formatted(-1234.5, "money", language) for language in ("en", "zh", "ru")] == ["−¥1,234.50", "−¥1,234.50", f"−1{NB}234,50{NB}¥"]
    assert formatted(1_200_000, "money", "ru", "RUB", compact=True) == f"1,2{NB}млн{NB}₽"
    assert formatted(1_200_000, "money", "en", "USD", compact=True) == "$1.2M"
    assert formatted(5, "money", "en", "CHF") == f"CHF{NB}5.00"


def test_halves_are_rounded_up_by_their_decimal_digits():
    assert [formatted(value, "ratio", "en") for value in (2.675, 1.005, 0.125, -0.125)] == ["2.68", "1.01", "0.13", "−0.13"]
    assert formatted(0.3125, "share", "en") == "31.3%"


def test_zero_is_zero_and_unknown_is_a_question_mark():
    for language in LANGUAGES:
        assert formatted(0, "money", language) == formatted(0.0, "qty", language) == "0"
        assert {formatted(value, "money", language) for value in (None, float("nan"), float("inf"), float("-inf"))} == {"?"}


def test_what_rounds_to_zero_has_no_sign():
    assert formatted(-0.001, "ratio", "en") == "0.00"
    assert formatted(0.0001, "share", "en", signed=True) == "0.0%"


def test_shares_points_and_days():
    assert [formatted(0.312, "share", language) for language in ("en", "zh", "ru")] == ["31.2%", "31.2%", f"31,2{NB}%"]
    assert [formatted(-0.008, "points", language) for language in ("en", "zh", "ru")] == [f"−0.8{NB}pt", "−0.8个百分点", f"−0,8{NB}п.{NB}п."]
    assert [formatted(days, "days", "en") for days in (4.44, 45.5, 222.7)] == ["4.4", "46", "223"]


def test_a_difference_shows_its_sign():
    assert formatted(1_500, "qty", "en", signed=True) == "+1,500"
    assert formatted(-1_500, "qty", "en", signed=True) == "−1,500"


def test_days_and_months_are_written_in_the_language():
    day = date(2026, 10, 31)
    assert [formatted(day, "date", language) for language in ("en", "zh", "ru")] == [f"31{NB}Oct{NB}2026", "2026年10月31日", f"31{NB}окт.{NB}2026"]
    assert [formatted(day, "month", language) for language in ("en", "zh", "ru")] == [f"Oct{NB}2026", "2026年10月", f"окт.{NB}2026"]
    assert formatted("2026-10-31", "date", "zh") == "2026年10月31日"
    assert formatted(datetime(2026, 10, 31, 8, 5), "date", "zh") == f"2026年10月31日{NB}08:05"


def test_a_unit_that_does_not_exist_is_a_fault_of_the_caller():
    with pytest.raises(KeyError):
        formatted(1, "parsecs", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_has_a_format_for_excel_and_a_word_for_headers(language):
    for unit in UNITS:
        assert excel_format(unit, language)
        assert isinstance(unit_name(unit, language), str)
    assert excel_format("code", language) == excel_format("text", language) == "@"


def test_excel_money_has_the_currency_where_the_language_puts_it():
    assert excel_format("money", "zh").startswith('"¥"#')
    assert excel_format("money", "ru", "RUB").startswith('#,##0.00 "₽"')


def test_axis_ticks_are_round_and_share_one_magnitude():
    assert nice_ticks(0, 6.9e6, "money", "zh").texts == ("0", "¥200万", "¥400万", "¥600万", "¥800万")
    assert nice_ticks(0, 1.2e6, "qty", "ru").texts == ("0", f"0,5{NB}млн", f"1,0{NB}млн", f"1,5{NB}млн")
    assert nice_ticks(-0.1, 0.25, "share", "en").texts == ("−10%", "0%", "10%", "20%", "30%")
    assert nice_ticks(0, 0, "qty", "en").values[0] == 0


def test_ticks_reach_over_both_ends():
    for low, high in ((0.0, 7.3), (-4.0, 3.0), (1e9, 1.2e9), (0.0, 1e-6), (-5.0, -1.0)):
        ticks = nice_ticks(low, high, "ratio", "en").values
        assert ticks[0] <= low
        assert ticks[-1] >= high
        assert 3 <= len(ticks) <= 9


def test_month_ticks_name_the_year_once():
    months = [date(2025 + place // 12, place % 12 + 1, 1) for place in range(9, 15)]
    assert month_ticks(months, "zh")[1] == ("10月<br>2025年", "11月", "12月", "1月<br>2026年", "2月", "3月")
    assert month_ticks(months, "ru")[1] == ("окт<br>2025", "нояб", "дек", "янв<br>2026", "февр", "март")
    assert month_ticks([], "en") == ((), ())


def test_a_browsers_wish_finds_its_language():
    assert nearest_language("zh-CN,zh;q=0.9,en;q=0.8") == "zh"
    assert nearest_language("de-DE, ru;q=0.5") == "ru"
    assert nearest_language("fr") == nearest_language(None) == "en"
    assert nearest_language("de", default="zh") == "zh"


def test_plotly_gets_the_marks_of_the_language():
    assert [separators(language) for language in ("en", "zh", "ru")] == [".,", ".,", f",{NB}"]
