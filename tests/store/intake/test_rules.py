"""Keys, references and oddities: what rows must satisfy together and with the other tables."""

import datetime

import pytest

from engine.errors import BadUse, Refused
from engine.settings import DEFAULTS, Settings
from engine.store.intake import oddities, references, rules
from tests.store.intake.fitting import Outcome, fitted

TODAY = datetime.date(2025, 6, 30)
SALES = ("shipped_on", "dealer_id", "sku", "qty", "net_value", "invoice_id", "line_no")


def sales(*rows) -> Outcome:
    return fitted(SALES, [list(row) for row in rows])


def row(day="2025-03-05", dealer="D1", sku="S1", qty="1", value="10", invoice="", line=""):
    return (day, dealer, sku, qty, value, invoice, line)


def keyed(outcome: Outcome) -> Outcome:
    rules.check_keys(outcome.con, outcome.contract, outcome.fitted, "file.csv")
    assert outcome.account_closes()
    return outcome


def odd(outcome: Outcome, settings=DEFAULTS, known=None) -> Outcome:
    rules.tell_oddities(outcome.con, outcome.contract, outcome.fitted, known or {}, settings, TODAY)
    assert outcome.account_closes()
    return outcome


def test_an_exact_duplicate_with_a_key_is_set_aside_with_its_line():
    outcome = keyed(sales(row(invoice="R1", line="1"), row(invoice="R1", line="1"), row(invoice="R1", line="2")))
    assert [(fault.line, fault.rule) for fault in outcome.fitted.set_aside] == [(3, "duplicate")]
    assert "line 2" in str(outcome.fitted.set_aside[0].reason)
    assert outcome.fitted.loaded == 2


def test_the_same_key_with_other_content_is_rejected_naming_the_first_line():
    outcome = keyed(sales(row(invoice="R1", line="1"), row(invoice="R1", line="1", qty="5"), row(invoice="R1", line="1")))
    assert outcome.rejects == {3: {"invoice_id": "duplicate_key"}}
    assert "line 2" in outcome.reasons[0]
    assert "qty: 1.0 ≠ 5.0" in outcome.reasons[0]
    assert "first row was kept" in outcome.reasons[0]
    assert [fault.line for fault in outcome.fitted.set_aside] == [4]


def test_rows_without_a_key_are_loaded_however_often_and_told():
    outcome = keyed(sales(row(), row(), row(), row(qty="2"), row(invoice="R1"), row(invoice="R1")))
    assert outcome.fitted.loaded == 6
    assert outcome.told["duplicate_rows"].values[0] == ("n", 3)


def test_an_empty_part_of_a_key_is_a_part_like_others_where_another_part_is_required():
    headings = ("counted_on", "location_id", "item_id", "batch_id", "on_hand_qty")
    rows = [
        ["2025-01-31", "L1", "S1", "", "5"],
        ["2025-01-31", "L1", "S1", "", "5"],
        ["2025-01-31", "L1", "S1", "", "6"],
        ["2025-01-31", "L1", "S1", "B1", "5"],
    ]
    outcome = keyed(fitted(headings, rows, "stock"))
    assert [fault.line for fault in outcome.fitted.set_aside] == [3]
    assert outcome.rejects == {4: {"counted_on": "duplicate_key"}}


def test_the_repairs_of_rows_that_are_set_aside_are_no_repairs():
    outcome = keyed(sales(row(invoice="R1", line="1", sku="S\u200b1"), row(invoice="R1", line="1", sku="S\u200b1")))
    assert outcome.fitted.repaired == 1


def referenced(outcome: Outcome, codes: dict[str, list[str]]) -> Outcome:
    known = {}
    for table, values in codes.items():
        column = {"dealers": "dealer_id", "products": "sku", "materials": "material_id", "locations": "location_id"}[table]
        outcome.con.execute(f"create table {table} as select unnest($codes) as {column}", {"codes": values})
        known[table] = table
    references.check_references(outcome.con, outcome.contract, outcome.fitted, known)
    assert outcome.account_closes()
    return outcome


def test_an_unknown_code_is_rejected_with_the_nearest_known_one():
    outcome = referenced(sales(row(sku="S-1OO"), row(sku="S-100"), row(sku="123")), {"products": ["S-100", "S-200", "00123"]})
    assert outcome.rejects == {2: {"sku": "reference"}, 4: {"sku": "reference"}}
    assert "“S-1OO”" in outcome.reasons[0]
    assert "“S-100”" in outcome.reasons[0]
    assert "“00123”" in outcome.reasons[1]


def named(outcome: Outcome, *dealers: tuple[str, str]) -> Outcome:
    outcome.con.execute("create table dealers (dealer_id varchar, dealer_name varchar)")
    outcome.con.executemany("insert into dealers values (?, ?)", [list(dealer) for dealer in dealers])
    references.check_references(outcome.con, outcome.contract, outcome.fitted, {"dealers": "dealers"}, {"dealers": "dealer_name"})
    assert outcome.account_closes()
    return outcome


NORTH, PETROV = ("Д-01", "ООО Север"), ("Д-02", "ИП Петров А.А.")


def test_a_column_of_names_alone_is_read_as_codes_and_each_row_is_a_repair():
    outcome = named(sales(row(dealer="ООО Север"), row(dealer="ИП Петров А.А."), row(dealer="ООО Север")), NORTH, PETROV)
    assert outcome.column("dealer_id") == ["Д-01", "Д-02", "Д-01"]
    assert (outcome.fitted.loaded, outcome.fitted.repaired) == (3, 3)
    assert outcome.repairs == {(line, "dealer_id"): "name_as_code" for line in (2, 3, 4)}
    assert "ИП Петров А.А. → Д-02" in str(outcome.told["names_as_codes"])


def test_a_name_among_codes_is_rejected_with_the_code_that_it_means():
    outcome = named(sales(row(dealer="Д-01"), row(dealer="ИП Петров А.А."), row(dealer="ИП Петров")), NORTH, PETROV)
    assert outcome.rejects == {3: {"dealer_id": "reference"}, 4: {"dealer_id": "reference"}}
    assert "is the name of “Д-02”" in outcome.reasons[0]
    assert "must hold the code" in outcome.reasons[0]
    assert "nearest there is “ИП Петров А.А. = Д-02”" in outcome.reasons[1]


def test_a_name_that_two_have_is_no_code():
    outcome = named(sales(row(dealer="ООО Север")), NORTH, ("Д-03", "ООО Север"))
    assert outcome.rejects == {2: {"dealer_id": "reference"}}
    assert "must hold the code" not in outcome.reasons[0]


def test_codes_with_quotes_stay_whole_in_their_reason():
    outcome = referenced(sales(row(sku="a\"b\\c'd")), {"products": ["S1"]})
    assert "a\"b\\c'd" in outcome.reasons[0]


def test_many_unknown_codes_are_rejected_without_a_search_for_the_nearest():
    outcome = referenced(sales(*(row(sku=f"X{place}") for place in range(30))), {"products": ["S1"]})
    assert outcome.fitted.rejected == 30
    assert "nearest" not in outcome.reasons[0]


def test_what_no_table_knows_yet_is_not_held_against_a_row():
    assert referenced(sales(row()), {}).fitted.loaded == 1


def test_a_reference_may_stand_in_either_of_two_tables():
    headings = ("counted_on", "location_id", "item_id", "on_hand_qty")
    rows = [["2025-01-31", "L1", item, "5"] for item in ("S1", "M1", "Z9")]
    outcome = referenced(fitted(headings, rows, "stock"), {"products": ["S1"], "materials": ["M1"], "locations": ["L1"]})
    assert outcome.rejects == {4: {"item_id": "reference"}}


def test_sales_of_the_future_are_rejected_and_a_home_may_choose_otherwise():
    rows = (row(), row(day="2025-07-01"))
    assert odd(sales(*rows)).rejects == {3: {"shipped_on": "future_date"}}
    told = odd(sales(*rows), Settings({"rule_future_date": "tell"}))
    assert told.rejects == {}
    assert "future_date" in told.told
    with pytest.raises(Refused, match="future"):
        odd(sales(*rows), Settings({"rule_future_date": "refuse"}))
    with pytest.raises(BadUse):
        odd(sales(*rows), Settings({"rule_future_date": "perhaps"}))


@pytest.mark.parametrize(
    ("strange", "rule"),
    [
        (row(qty="5", value="-10"), "negative_price"),
        (row(qty="-5", value="10"), "negative_price"),
        (row(qty="5", value="0"), "zero_price"),
        (row(qty="0", value="5"), "zero_qty"),
        (row(qty="-5", value="-10", sku="S9"), "returns_exceed_sales"),
        (row(day="1999-12-31"), "old_date"),
    ],
)
def test_oddities_of_sales_are_told_and_loaded(strange, rule):
    outcome = odd(sales(row(qty="9"), strange))
    assert rule in outcome.told
    assert outcome.fitted.loaded == 2
    assert rule not in odd(sales(row(qty="9"), row(qty="-2", value="-4"))).told


def test_sales_outside_a_product_s_life_are_told():
    outcome = sales(row(), row(sku="S2"), row(sku="S3"))
    outcome.con.execute("create table products (sku varchar, withdrawn_on date, catalogue_on date)")
    outcome.con.execute("insert into products values ('S1', '2025-01-01', null), ('S2', null, '2025-04-01'), ('S3', '2025-03-05', '2025-03-05')")
    told = odd(outcome, known={"products": "products"}).told
    assert told["withdrawn"].values[0] == ("n", 1)
    assert told["before_launch"].values[0] == ("n", 1)


def test_stock_that_jumps_or_is_negative_is_told():
    headings = ("counted_on", "location_id", "item_id", "on_hand_qty")
    rows = [
        ["2025-01-31", "L1", "S1", "5"],
        ["2025-02-28", "L1", "S1", "51"],
        ["2025-01-31", "L1", "S2", "5"],
        ["2025-02-28", "L1", "S2", "50"],
        ["2025-02-28", "L1", "S3", "-1"],
    ]
    told = odd(fitted(headings, rows, "stock"))
    assert told.told["stock_jump"].values[0] == ("n", 1)
    assert told.told["negative_stock"].values[0] == ("n", 1)
    assert "stock_jump" not in odd(fitted(headings, rows, "stock"), Settings({"stock_jump_times": 20})).told
    later = fitted(headings, [["2025-03-31", "L1", "S1", "600"]], "stock")
    later.con.execute("create table earlier as select date '2025-02-28' as counted_on, 'L1' as location_id, 'S1' as item_id, 51.0::double as on_hand_qty")
    assert "stock_jump" in odd(later, known={"stock": "earlier"}).told


def test_stock_is_compared_with_the_counts_that_are_already_there():
    headings = ("counted_on", "location_id", "item_id", "on_hand_qty")
    later = fitted(headings, [["2025-03-31", "L1", "S1", "600"]], "stock")
    later.con.execute("create table stock as select date '2025-02-28' as counted_on, 'L1' as location_id, 'S1' as item_id, 51.0::double as on_hand_qty")
    later.con.execute("insert into stock values ('2025-03-31', 'L1', 'S1', 5)")
    assert "stock_jump" in odd(later).told


def test_plans_may_lie_in_the_future():
    headings = ("month", "line_id", "net_value")
    assert odd(fitted(headings, [["2030-01", "L1", "5"]], "budget")).fitted.loaded == 1


def test_every_rule_has_a_severity_that_a_home_may_change_and_a_sentence():
    for name, rule in oddities.RULES.items():
        assert rule.severity == DEFAULTS[f"rule_{name}"]
        assert rule.threshold is None or rule.threshold in DEFAULTS
        assert str(rule.said(2)).startswith("2 ")


def test_the_running_month_is_not_the_future_where_rows_stand_for_months():
    of_months = odd(fitted(["月份", *SALES[1:5]], [["2025年6月", "D1", "S1", "1", "10"], ["2025年7月", "D1", "S1", "1", "10"]]))
    assert of_months.column("shipped_on") == [datetime.date(2025, 6, 30)]
    before = fitted(["月份", *SALES[1:5]], [["2025年6月", "D1", "S1", "1", "10"]])
    rules.tell_oddities(before.con, before.contract, before.fitted, {}, DEFAULTS, datetime.date(2025, 6, 18))
    assert before.fitted.loaded == 1
