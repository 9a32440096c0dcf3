"""Codes, names, fixed words, yes and no: text stays text, and what nobody sees is taken away and recorded."""

import pytest

from engine.store.intake.reading import Options
from tests.store.intake.fitting import fitted, sales_with

DEALERS = ("dealer_id", "dealer_name")


@pytest.mark.parametrize(
    "code",
    ["00123", "1E5", "1e5", "123456789012345678", "0", "1.50", "2025-01-02", "TRUE", "null", "A B", "А-17", "№5", "10%", "+7", "=1+1", "NaN", "00", "1,234"],
)
def test_a_code_survives_whatever_it_looks_like(code):
    outcome = sales_with("sku", [code, "S1"])
    assert outcome.column("sku")[0] == code
    assert outcome.repairs == {}


@pytest.mark.parametrize(
    ("cell", "code", "rule"),
    [
        ("A\u200b1", "A1", "invisible"),
        ("\ufeffA1", "A1", "invisible"),
        ("A1\u200f", "A1", "invisible"),
        ("\u202eA1", "A1", "invisible"),
        ("A\u00ad1", "A1", "invisible"),
        ("A\u00a01", "A 1", "invisible"),
        ("\u00a0A1", "A1", "invisible"),
        ("A1\u3000", "A1", "invisible"),
        ("A\t1", "A 1", "invisible"),
        ("Ａ１", "A1", "full_width"),
        ("й1".replace("й", "и\u0306"), "й1", "composed"),
    ],
)
def test_what_nobody_sees_in_a_code_is_repaired_and_recorded(cell, code, rule):
    outcome = sales_with("sku", [cell, "S1"])
    assert outcome.column("sku")[0] == code
    assert outcome.repairs == {(2, "sku"): rule}
    assert outcome.fitted.repaired == 1


def test_blanks_around_a_code_go_and_are_told():
    outcome = sales_with("sku", [" A1", "A1 ", "A1"])
    assert outcome.column("sku") == ["A1"] * 3
    assert "trimmed" in outcome.told
    assert outcome.repairs == {}


@pytest.mark.parametrize("cell", ["", "  ", "-", "--", "\u200b", None])
def test_a_code_of_nothing_is_missing(cell):
    assert sales_with("sku", [cell, "S1"]).rejects == {2: {"sku": "required"}}
    assert sales_with("batch_id", [cell, "B1"]).column("batch_id") == [None, "B1"]


def test_look_alikes_of_two_alphabets_are_told_and_not_changed():
    outcome = sales_with("sku", ["AC1", "АС1", "С2C", "Ж9"])
    assert outcome.column("sku") == ["AC1", "АС1", "С2C", "Ж9"]
    said = str(outcome.told["look_alike"])
    assert "АС1" in said
    assert "С2C" in said
    assert "Ж9" not in said


def test_codes_of_one_alphabet_are_no_look_alikes():
    assert "look_alike" not in sales_with("sku", ["АС1", "ВЕ2", "Ж9"]).told


def test_codes_that_a_spreadsheet_turned_into_numbers_are_told():
    every = sales_with("sku", ["123.0", "45.0"])
    assert every.column("sku") == ["123", "45"]
    assert every.repairs == {(2, "sku"): "float", (3, "sku"): "float"}
    some = sales_with("sku", ["123.0", "A5"])
    assert some.column("sku") == ["123.0", "A5"]
    assert "float_code" in every.told
    assert "float_code" in some.told


@pytest.mark.parametrize(
    "name", ["茅台镇商贸（集团）有限公司", "ООО «Ромашка» — Москва", "Ёлки & Co, Ltd. “x”", "Müller  GmbH", "𠮷野家", "A-1 / —", "Ａｌｐｈａ", "'quoted'"]
)
def test_a_name_stands_as_it_was_written(name):
    outcome = fitted(DEALERS, [["D1", name]], "dealers")
    assert outcome.column("dealer_name") == [name]
    assert outcome.repairs == {}


def test_a_name_is_composed_and_freed_of_line_breaks():
    outcome = fitted(DEALERS, [["D1", "Кафе и\u0306"], ["D2", "North\nWest"], ["D3", "Nord\u200bWest"]], "dealers")
    assert outcome.column("dealer_name") == ["Кафе й", "North West", "NordWest"]
    assert len(outcome.repairs) == 3


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("good", "good"),
        ("良品", "good"),
        ("Годный", "good"),
        ("ГОДНОЕ ", "good"),
        ("残次", "damaged"),
        ("брак", "damaged"),
        ("повреждён", "damaged"),
        ("", None),
        ("-", None),
    ],
)
def test_fixed_words_are_understood_in_three_languages(cell, value):
    outcome = fitted(["counted_on", "location_id", "item_id", "condition", "on_hand_qty"], [["2025-01-31", "L1", "S1", cell, "5"]], "stock")
    assert outcome.column("condition") == [value]


def test_a_word_that_is_none_of_them_is_rejected_with_those_that_are():
    outcome = fitted(["location_id", "location_name", "kind"], [["L1", "x", "ship"], ["L2", "y", ""], ["L3", "z", "plant"]], "locations")
    assert outcome.rejects == {2: {"kind": "allowed"}, 3: {"kind": "required"}}
    assert "plant" in outcome.reasons[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("true", True), ("1", True), ("Да", True), ("是", True), ("yes", True), ("FALSE", False), ("0", False), ("нет", False), ("否", False), ("N", False)],
)
def test_yes_and_no_are_understood(cell, value):
    assert fitted(["day", "is_working"], [["2025-01-31", cell]], "calendar").column("is_working") == [value]


def test_neither_yes_nor_no_is_rejected():
    assert fitted(["day", "is_working"], [["2025-01-31", "maybe"], ["2025-02-01", ""]], "calendar").rejects == {
        2: {"is_working": "allowed"},
        3: {"is_working": "required"},
    }


def test_every_fault_of_a_row_is_recorded_and_the_row_goes_as_a_whole():
    outcome = fitted(["shipped_on", "dealer_id", "sku", "qty", "net_value"], [["x", "", "S1", "y", "1"], ["2025-01-01", "D1", "S1", "1", "1"]])
    assert outcome.rejects == {2: {"shipped_on": "type", "dealer_id": "required", "qty": "type"}}
    assert outcome.fitted.loaded == 1
    assert outcome.account_closes()


def test_exactly_one_of_a_group_is_filled():
    headings = ["contract_id", "sku", "line_id", "month", "dealer_id", "kind", "agreed_qty"]
    rows = [
        ["C1", "S1", "", "2025-01", "D1", "small", "5"],
        ["C2", "", "L1", "2025-01", "D1", "small", "5"],
        ["C3", "S1", "L1", "2025-01", "D1", "small", "5"],
        ["C4", "", "", "2025-01", "D1", "small", "5"],
    ]
    assert fitted(headings, rows, "contracts").rejects == {4: {"sku": "one_of"}, 5: {"sku": "one_of"}}


def test_a_rejected_row_leaves_no_repair():
    outcome = sales_with("sku", ["A\u200b1"])
    assert outcome.fitted.repaired == 1
    outcome = fitted(["shipped_on", "dealer_id", "sku", "qty", "net_value"], [["x", "D1", "A\u200b1", "1", "1"]])
    assert outcome.fitted.repaired == 0
    assert outcome.repairs == {}


def test_headings_without_a_column_are_told_and_left_out():
    outcome = fitted(["shipped_on", "dealer_id", "sku", "qty", "net_value", "weather"], [["2025-01-01", "D1", "S1", "1", "1", "fine"]])
    assert outcome.fitted.mapping["weather"] == "-"
    assert "weather" in str(outcome.told["left_out"])


def test_an_empty_table_fits_too():
    outcome = fitted(["shipped_on", "dealer_id", "sku", "qty", "net_value"], [], options=Options(decimal=","))
    assert outcome.account_closes()
    assert outcome.rows == []
