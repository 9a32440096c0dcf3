"""From profit to cash: each step with its sign, what is unknown, and the sum that always closes."""

import math
from datetime import date
from random import Random

import polars as pl
import pytest

from engine.cash_bridge import BALANCES, FLOWS, STEPS, ahead, bridge

JAN, FEB, MAR = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


def before(month):
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def months_of(*rows):
    return pl.DataFrame(rows, infer_schema_length=None)


def test_a_good_profit_that_lies_in_stock_and_with_customers_leaves_no_cash():
    cash = months_of(
        {"month": JAN, "profit": 0.0, "opening_cash": 50.0, "closing_cash": 100.0, "receivables": 300.0, "stock_value": 400.0, "payables": 200.0,
         "advances": 20.0},
        {"month": FEB, "profit": 80.0, "opening_cash": 100.0, "closing_cash": 15.0, "receivables": 360.0, "stock_value": 490.0, "payables": 220.0,
         "advances": 15.0,
         "depreciation": 10.0, "write_offs": 5.0, "tax": 20.0, "capex": 30.0, "financing": 40.0, "dividends": 25.0},
    )  # fmt: skip
    found = bridge(cash, [FEB], before)
    assert [step.name for step in found.steps] == list(STEPS)
    assert {step.name: step.value for step in found.steps} == {
        "profit": 80, "depreciation": 10, "write_offs": 5, "stock_value": -95, "receivables": -60, "payables": 20, "advances": -5, "tax": -20, "capex": -30,
        "financing": 40, "dividends": -25,
    }  # fmt: skip
    assert (found.opening, found.closing, found.change) == (100, 15, -85)
    assert found.not_explained == -5
    assert bridge(cash, [FEB], before, profit_is_before_tax=False).not_explained == -25


@pytest.mark.parametrize("seed", range(40))
def test_the_bars_always_sum_to_closing_less_opening(seed):
    chance = Random(seed)
    rows = []
    for place in range(14):
        row = {"month": date(2024 + (place + 6) // 12, (place + 6) % 12 + 1, 1), "profit": chance.uniform(-9e6, 9e6)}
        row |= {"opening_cash": chance.uniform(0, 9e6), "closing_cash": chance.uniform(0, 9e6)}
        row |= {name: None if chance.random() < 0.1 else round(chance.uniform(-9e6, 9e6), 2) for name in (*FLOWS[1:], *BALANCES)}
        rows.append(row)
    span = [row["month"] for row in rows][chance.randrange(0, 5) :]
    found = bridge(pl.DataFrame(rows, infer_schema_length=None), span, before)
    bars = [step.value for step in found.steps if step.value is not None]
    assert math.fsum((*bars, found.not_explained)) == pytest.approx(found.change, abs=0.005)
    assert all((step.value is None) == (step.why is not None) for step in found.steps)


def test_a_column_that_lacks_is_unknown_with_its_reason_and_falls_into_what_is_not_explained():
    cash = months_of({"month": JAN, "profit": 10.0, "opening_cash": 5.0, "closing_cash": 9.0, "payables": 3.0, "tax": None})
    found = bridge(cash, [JAN], before)
    reasons = {step.name: step.why for step in found.steps}
    assert reasons["profit"] is None
    assert reasons["tax"] == reasons["capex"] == reasons["receivables"] == "not_given"
    assert reasons["payables"] == "no_balance_before"
    assert found.not_explained == -6


def test_a_flow_that_lacks_in_one_month_is_unknown_and_not_half_known():
    cash = months_of(
        {"month": JAN, "profit": 10.0, "opening_cash": 5.0, "closing_cash": 9.0, "tax": 2.0},
        {"month": FEB, "profit": 10.0, "opening_cash": 9.0, "closing_cash": 9.0, "tax": None},
    )
    tax = next(step for step in bridge(cash, [JAN, FEB], before).steps if step.name == "tax")
    assert (tax.value, tax.why, tax.n) == (None, "not_given", 1)
    profit = bridge(cash, [JAN, FEB, MAR], before).steps[0]
    assert (profit.value, profit.why, profit.n) == (None, "no_month", 1)


def test_without_cash_at_both_ends_nothing_is_explained_or_left_over():
    cash = months_of({"month": JAN, "profit": 10.0, "opening_cash": 5.0, "closing_cash": 9.0})
    found = bridge(cash, [FEB], before)
    assert (found.opening, found.change, found.not_explained) == (None, None, None)


def test_a_month_that_begins_with_other_cash_than_the_one_before_ended_with_is_told():
    cash = months_of(
        {"month": JAN, "profit": 0.0, "opening_cash": 5.0, "closing_cash": 9.0}, {"month": FEB, "profit": 0.0, "opening_cash": 7.0, "closing_cash": 8.0}
    )
    assert bridge(cash, [JAN, FEB], before).broken == ((FEB, -2.0),)


def test_cash_ahead_is_what_is_there_and_invoiced_less_what_is_planned():
    found = ahead(100.0, [JAN, FEB, MAR], {JAN: 50.0, FEB: 10.0}, {JAN: 30.0, FEB: 60.0, MAR: 60.0}, {JAN: 40.0, FEB: 90.0, MAR: 70.0})
    assert found["sure_cash"].to_list() == [110, 30, -40]
    assert found["expected_cash"].to_list() == [110, 80, 70]


def test_cash_ahead_expects_nothing_where_no_usual_income_is_known():
    assert ahead(100.0, [JAN], {JAN: 5.0}, None, {})["expected_cash"].to_list() == [None]
