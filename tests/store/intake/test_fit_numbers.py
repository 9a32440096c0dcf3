"""Numbers as accounting systems write them: each right, rejected or asked about, none silently wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import NeedsAnswer
from engine.store.intake import numbers_in_columns
from engine.store.intake.reading import Options
from tests.store.intake.fitting import fitted, sales_with

POINT = ["1234.50", "99.90", "7.5"]  # cells that show a decimal point
COMMA = ["1234,50", "99,90", "7,5"]

READ = [
    # beside, cell, value
    ([], "1 234,50", 1234.5),
    ([], "1\u00a0234,50", 1234.5),
    ([], "1\u202f234,50", 1234.5),
    ([], "1 234 567,8", 1234567.8),
    ([], "1.234,50", 1234.5),
    ([], "1.234.567,50", 1234567.5),
    ([], "1,234.50", 1234.5),
    ([], "1,234,567.50", 1234567.5),
    ([], "1,234,567", 1234567.0),
    ([], "1.234.567", 1234567.0),
    ([], "1'234.50", 1234.5),
    ([], "1’234", 1234.0),
    ([], "1'234'567", 1234567.0),
    ([], "１２３", 123.0),
    ([], "１，２３４．５０", 1234.5),
    ([], "(123)", -123.0),
    ([], "（１２３）", -123.0),
    ([], "(1 234,50)", -1234.5),
    ([], "123-", -123.0),
    ([], "\u2212123", -123.0),
    ([], "–5", -5.0),
    ([], "+7", 7.0),
    ([], "-0", 0.0),
    ([], "0", 0.0),
    ([], "0,123", 0.123),
    ([], "0.123", 0.123),
    ([], ",5", 0.5),
    ([], "¥100", 100.0),
    ([], "￥ 100", 100.0),
    ([], "100元", 100.0),
    ([], "$1,234.50", 1234.5),
    ([], "-$5.25", -5.25),
    ([], "$-5.25", -5.25),
    ([], "($5.25)", -5.25),
    ([], "1 234,50 ₽", 1234.5),
    ([], "1 234,50 руб.", 1234.5),
    ([], "12,5 р.", 12.5),
    ([], "€ 12,50", 12.5),
    ([], "RMB 100", 100.0),
    ([], "¥1,2万", 12000.0),
    ([], "1.2亿", 120000000.0),
    ([], "1.1万元", 11000.0),
    ([], "3 тыс. руб.", 3000.0),
    ([], "1,5 млн", 1500000.0),
    ([], "1e5", 100000.0),
    ([], "1.5E+03", 1500.0),
    ([], "00123", 123.0),
    ([], "  42  ", 42.0),
    ([], "4\u200b2", 42.0),
    (POINT, "1,234.5", 1234.5),
    (["1,234.50", "12,345.00"], "1,234", 1234.0),
    (["1.234,50", "12.345,00"], "1.234", 1234.0),
    (COMMA, "5", 5.0),
    (["12.345", "0.500"], "1.234", 1.234),
    (["0.5"], "1.234", 1.234),
]
REJECTED = [
    (POINT, "1,234", "decimal"),
    (COMMA, "1.234", "decimal"),
    (POINT, "12,5", "decimal"),
    (POINT, "1.234,50", "decimal"),
    ([], "NaN", "not_finite"),
    ([], "inf", "not_finite"),
    ([], "-Infinity", "not_finite"),
    ([], "∞", "not_finite"),
    ([], "1e999", "not_finite"),
    ([], "1/2", "type"),
    ([], "#REF!", "spreadsheet_error"),
    ([], "#N/A", "spreadsheet_error"),
    ([], "#ДЕЛ/0!", "spreadsheet_error"),
    ([], "-", "required"),
    ([], "--", "required"),
    ([], "—", "required"),
    ([], "", "required"),
    ([], "   ", "required"),
    ([], None, "required"),
    ([], "12%", "percent"),
    ([], "1 2345", "type"),
    ([], "12,34,5", "type"),
    ([], "1.2.3", "type"),
    ([], "1,2345,678", "type"),
    ([], "--5", "type"),
    ([], "-(5)", "type"),
    ([], "(5", "type"),
    ([], "5)", "type"),
    ([], "5-5", "type"),
    ([], "abc", "type"),
    ([], "12abc", "type"),
    ([], "0x10", "type"),
    ([], "1_000", "type"),
    ([], "5.", "type"),
    ([], "..5", "type"),
    ([], "12:30", "type"),
    ([], "2025-03-05", "type"),
    ([], "n/a", "type"),
    ([], "true", "type"),
    ([], "5 шт.", "type"),  # pieces are no money
    ([], "123456789012345678", "precision"),
]


@pytest.mark.parametrize(("beside", "cell", "value"), READ)
def test_a_number_is_read_as_its_column_writes_numbers(beside, cell, value):
    outcome = sales_with("net_value", [*beside, cell])
    assert outcome.column("net_value")[-1] == value
    assert outcome.rejects == {}


@pytest.mark.parametrize(("beside", "cell", "rule"), REJECTED)
def test_what_is_no_number_of_its_column_is_rejected_with_its_reason(beside, cell, rule):
    outcome = sales_with("net_value", [*beside, cell, "1", "2", "3"])
    assert outcome.rejects == {2 + len(beside): {"net_value": rule}}
    assert outcome.fitted.rejected == 1
    assert outcome.account_closes()


@pytest.mark.parametrize(
    "cells", [["1,234"], ["1.234"], ["1,234", "5,678", "7"], ["1.234", "12.500"], ["1.5", "2,5"], ["1,234", "12345"], ["1,234", "0"], ["12.50", "1,250"]]
)
def test_what_both_readings_fit_is_asked(cells):
    with pytest.raises(NeedsAnswer) as asked:
        sales_with("net_value", cells)
    assert asked.value.option == "--decimal"
    assert "net_value" in str(asked.value)


@pytest.mark.parametrize(("decimal", "cell", "value"), [(".", "1,234", 1234.0), (",", "1,234", 1.234), (".", "1.234", 1.234), (",", "1.234", 1234.0)])
def test_the_answer_settles_the_column(decimal, cell, value):
    assert sales_with("net_value", [cell], options=Options(decimal=decimal)).column("net_value") == [value]


def test_the_answer_settles_only_what_is_open():
    outcome = sales_with("net_value", ["1 234,50", "7,5"], options=Options(decimal="."))
    assert outcome.column("net_value") == [1234.5, 7.5]


def test_a_slip_in_a_long_column_is_rejected_and_told():
    outcome = sales_with("net_value", ["12.50"] * 60 + ["12,50", "1,250"])
    assert outcome.rejects == {62: {"net_value": "decimal"}, 63: {"net_value": "decimal"}}
    assert "decimal" in outcome.told


def test_an_empty_number_is_unknown_where_the_column_is_optional():
    outcome = sales_with("cost_value", ["5", "", "-", None, "0"])
    assert outcome.column("cost_value") == [5.0, None, None, None, 0.0]


@pytest.mark.parametrize("cells", [["3 шт.", "4 шт."], ["5箱", "6箱"], ["3", "4 шт"], ["10 pcs", "2"], ["5千克", "6千克"]])
def test_one_unit_behind_pieces_is_taken_away_and_told(cells):
    outcome = sales_with("qty", cells)
    assert outcome.column("qty") == [float("".join(mark for mark in cell if mark.isdigit())) for cell in cells]
    assert "unit" in outcome.told


def test_a_mix_of_units_is_rejected():
    outcome = sales_with("qty", ["3 шт.", "4 шт.", "1 кор."])
    assert outcome.rejects == {4: {"qty": "unit_mix"}}


def test_a_mix_of_currencies_is_rejected():
    outcome = sales_with("net_value", ["¥3", "¥4", "$1"])
    assert outcome.rejects == {4: {"net_value": "currency_mix"}}


def test_another_currency_than_the_company_s_is_told():
    assert "USD" in str(sales_with("net_value", ["$3", "$4"]).told["currency"])


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("net_value, тыс. руб.", 1e3),
        ("net_value(万元)", 1e4),
        ("net_value (thousand)", 1e3),
        ("net_value, руб.", 1),
        ("net_value（元）", 1),
        ("net_value, млн", 1e6),
    ],
)
@pytest.mark.parametrize("cell", ["2", "2.5", "1 000,5"])
def test_the_unit_of_a_heading_multiplies_its_numbers_and_is_told(heading, factor, cell):
    outcome = sales_with("net_value", [cell], heading=heading)
    assert outcome.column("net_value") == [float(cell.replace(" ", "").replace(",", ".")) * factor]
    assert ("scale" in outcome.told) == (factor > 1)


def test_tax_in_a_heading_is_no_unit():
    with pytest.raises(Exception, match=r"net_value.*含税"):
        sales_with("net_value", ["2"], heading="net_value(含税)")


def share(cells, heading="safety_share"):
    rows = [["L1", "S1", "7", "10", cell] for cell in cells]
    outcome = fitted(["location_id", "sku", "order_interval_days", "lead_time_days", heading], rows, "replenishment")
    assert outcome.rejects == {}
    return outcome.column("safety_share")


def test_a_percentage_in_a_share_is_divided_by_100():
    assert share(["12%", "0.5", "7.5%"]) == [0.12, 0.5, 0.075]
    assert share(["12", "50"], "safety_share, %") == [0.12, 0.5]
    assert share(["12%", "50%"], "safety_share, %") == [0.12, 0.5]


def test_repairs_are_recorded_where_few_cells_need_them_and_told_where_most_do():
    few = sales_with("net_value", ["1", "2", "３", "1e2", "5¥"])
    assert few.repairs == {(4, "net_value"): "full_width", (5, "net_value"): "exponent", (6, "net_value"): "currency_mark"}
    assert few.fitted.repaired == 3
    most = sales_with("net_value", ["１", "２", "3"])
    assert most.repairs == {}
    assert "full_width" in most.told


def test_three_examples_show_how_a_column_was_read():
    outcome = sales_with("net_value", ["1 234,50", "7", "(8,25)", "9"])
    shown = next(each for each in outcome.fitted.formats if each.column == "net_value")
    assert shown.examples == (("1 234,50", "1234.5"), ("7", "7.0"), ("(8,25)", "-8.25"))
    assert "“,”" in str(shown.said)


def test_whole_numbers_are_whole():
    def heads(cell):
        return fitted(["visited_on", "outlet_id", "sales_rep", "core_skus_present"], [["2025-03-05", "O1", "R1", cell]], "visits")

    assert heads("5").column("core_skus_present") == [5]
    assert heads("5,0").column("core_skus_present") == [5]
    assert heads("5.5").rejects == {2: {"core_skus_present": "whole"}}
    assert heads("5000000000").rejects == {2: {"core_skus_present": "whole"}}
    assert heads("-1").rejects == {2: {"core_skus_present": "allowed"}}


WRITTEN = st.sampled_from([(".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (".", "'"), (",", "\u00a0"), (".", "\u202f")])


def written(value: float, decimal: str, group: str) -> str:
    return f"{value:,.2f}".replace(",", "\x00").replace(".", decimal).replace("\x00", group)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=30), WRITTEN)
def test_numbers_written_in_any_of_the_usual_ways_come_back(cents, marks):
    values = [cent / 100 for cent in cents]
    outcome = sales_with("net_value", [written(value, *marks) for value in values])
    assert outcome.column("net_value") == values


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text("0123456789.,' -()%eE¥шт\u00a0万", max_size=9), min_size=1, max_size=30))
def test_nothing_is_lost_and_what_one_pattern_covers_is_read_alike_without_it(cells):
    try:
        outcome = sales_with("net_value", cells)
    except NeedsAnswer:
        return
    assert outcome.account_closes()
    quick, numbers_in_columns.PATTERNS = numbers_in_columns.PATTERNS, ()
    try:
        assert sales_with("net_value", cells).column("net_value") == outcome.column("net_value")
    finally:
        numbers_in_columns.PATTERNS = quick
