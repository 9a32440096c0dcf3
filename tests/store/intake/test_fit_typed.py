"""Sources that bring types: Parquet and adapters. Cells keep them; what a type cannot promise is checked all the same."""

import datetime

import pytest

from engine.errors import Refused
from engine.settings import DEFAULTS
from engine.store.contracts import catalogue
from engine.store.intake.fit import fit
from engine.store.intake.reading import Options, RawTable
from tests.store.intake.databases import empty_database
from tests.store.intake.fitting import Outcome

GOOD = {"shipped_on": "date '2025-03-05'", "dealer_id": "'D1'", "sku": "'S1'", "qty": "1::double", "net_value": "10::double"}


def typed(rows: list[dict[str, str]], table: str = "sales") -> Outcome:
    con = empty_database()
    names = list(rows[0])
    selects = " union all ".join(
        f"select {line}::bigint as _line, {', '.join(f'{row[name]} as c{place}' for place, name in enumerate(names))}" for line, row in enumerate(rows, start=1)
    )
    con.execute(f"create view raw_0 as {selects}")
    types = tuple(row[1] for row in con.execute("describe raw_0").fetchall()[1:])
    raw = RawTable("raw_0", tuple(names), 0, len(rows), typed=types)
    contract = catalogue()[table]
    return Outcome(con, contract, fit(con, raw, contract, Options(), DEFAULTS, "fit_0", "file.parquet"))


def test_types_are_kept():
    outcome = typed([GOOD])
    assert outcome.column("shipped_on") == [datetime.date(2025, 3, 5)]
    assert outcome.column("qty") == [1.0]
    assert outcome.account_closes()


@pytest.mark.parametrize("value", ["'nan'::double", "'inf'::double", "'-inf'::float"])
def test_numbers_without_end_are_rejected(value):
    assert typed([GOOD, GOOD | {"qty": value}]).rejects == {2: {"qty": "not_finite"}}


@pytest.mark.parametrize(
    ("value", "number"),
    [("5::integer", 5.0), ("5.25::decimal(18,2)", 5.25), ("5::ubigint", 5.0), ("5.5::float", 5.5), ("7::hugeint", 7.0), ("'1.5'", 1.5), ("'1 234,5'", 1234.5)],
)
def test_every_kind_of_number_is_a_number(value, number):
    assert typed([GOOD | {"qty": value}]).column("qty") == [number]


@pytest.mark.parametrize(
    "value", ["timestamp '2025-03-05 10:00:00'", "timestamptz '2025-03-05 10:00:00+00'", "'2025-03-05'", "20250305", "45721", "'05.03.2025'"]
)
def test_every_kind_of_date_is_a_day(value):
    assert typed([GOOD | {"shipped_on": value}]).column("shipped_on") == [datetime.date(2025, 3, 5)]


def test_an_empty_required_cell_is_rejected():
    assert typed([GOOD | {"qty": "null::double"}, GOOD | {"sku": "''"}, GOOD | {"sku": "' '"}, GOOD]).rejects == {
        1: {"qty": "required"},
        2: {"sku": "required"},
        3: {"sku": "required"},
    }


def test_an_impossible_year_is_rejected():
    assert typed([GOOD, GOOD | {"shipped_on": "date '0025-01-01'"}]).rejects == {2: {"shipped_on": "year"}}


@pytest.mark.parametrize(
    ("value", "code"), [("123::bigint", "123"), ("123.0::double", "123"), ("123456789012345678::bigint", "123456789012345678"), ("'00123'", "00123")]
)
def test_a_code_that_came_as_a_number_is_text_without_a_fraction(value, code):
    assert typed([GOOD | {"sku": value}]).column("sku") == [code]


def test_invisible_marks_are_repaired_in_typed_text_too():
    outcome = typed([GOOD | {"sku": "'S' || chr(8203) || '1'"}])
    assert outcome.column("sku") == ["S1"]
    assert outcome.repairs == {(1, "sku"): "invisible"}


def test_nested_cells_are_refused():
    with pytest.raises(Refused, match="nested"):
        typed([GOOD | {"sku": "['a']"}])


def test_a_month_is_its_first_day_and_a_check_is_a_check():
    row = {"month": "date '2025-03-17'", "location_id": "'L1'", "sku": "'S1'", "working_days": "20::double", "in_stock_days": "20::double"}
    assert typed([row], "availability").column("month") == [datetime.date(2025, 3, 1)]
    points = {"dealer_id": "'D1'", "dealer_name": "'x'", "scale": "120::double"}
    assert typed([points], "dealers").rejects == {1: {"scale": "allowed"}}
