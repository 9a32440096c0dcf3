"""Purchases against their plan, with numbers."""

from datetime import date

import polars as pl
import pytest

from engine.purchases import against_plan, over_buying

JAN, FEB, MAR = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


def bought(*rows):
    names = {"month": pl.Date, "item_id": pl.String, "bought_qty": pl.Float64, "bought_value": pl.Float64}
    return pl.DataFrame(rows, schema=names, orient="row")


def planned(*rows):
    return pl.DataFrame(rows, schema={"month": pl.Date, "item_id": pl.String, "planned_qty": pl.Float64}, orient="row")


def held(*rows):
    return pl.DataFrame(rows, schema={"item_id": pl.String, "qty": pl.Float64, "unit_cost": pl.Float64}, orient="row")


def test_what_is_bought_beyond_the_plan_is_over_buying_and_what_of_it_lies_there_is_left():
    compared = against_plan(bought((JAN, "m", 150.0, 300.0), (FEB, "m", 120.0, 240.0)), planned((JAN, "m", 100.0), (FEB, "m", 100.0)))
    assert compared["difference_qty"].to_list() == [50, 20]
    row = over_buying(compared, held(("m", 40.0, 2.5))).row(0, named=True)
    assert (row["over_qty"], row["over_share"], row["over_value"], row["left_qty"], row["left_value"], row["months_over_n"]) == (70, 0.35, 140, 40, 100, 2)


def test_what_came_a_month_early_is_no_over_buying():
    compared = against_plan(bought((JAN, "m", 150.0, 150.0), (FEB, "m", 50.0, 50.0)), planned((JAN, "m", 100.0), (FEB, "m", 100.0)))
    row = over_buying(compared, held(("m", 500.0, 1.0))).row(0, named=True)
    assert (row["over_qty"], row["left_qty"], row["months_over_n"]) == (0, 0, 1)


def test_an_item_that_the_plan_does_not_name_was_not_planned_and_a_month_without_a_plan_is_left_out():
    compared = against_plan(bought((JAN, "odd", 10.0, 50.0), (MAR, "m", 99.0, 99.0)), planned((JAN, "m", 100.0)))
    assert compared.select("month", "item_id", "difference_qty", "is_planned").rows() == [(JAN, "m", -100, True), (JAN, "odd", 10, False)]
    row = over_buying(compared, held(("odd", 4.0, 5.0))).filter(item_id="odd").row(0, named=True)
    assert (row["over_qty"], row["over_share"], row["over_value"], row["left_value"], row["is_planned"]) == (10, None, 50, 20, False)


def test_returns_to_the_supplier_lower_what_was_bought_and_stock_below_zero_leaves_nothing():
    compared = against_plan(bought((JAN, "m", 130.0, 130.0), (JAN, "m", -20.0, -20.0)), planned((JAN, "m", 100.0)))
    row = over_buying(compared, held(("m", -5.0, 1.0))).row(0, named=True)
    assert (row["over_qty"], row["left_qty"], row["left_value"]) == (10, 0, 0)


def test_without_a_plan_there_is_nothing_to_compare():
    assert against_plan(bought((JAN, "m", 1.0, 1.0)), planned()).is_empty()
    assert over_buying(against_plan(bought(), planned()), held()).is_empty()


def test_the_items_of_which_most_money_was_bought_too_much_come_first():
    compared = against_plan(bought((JAN, "a", 10.0, 10.0), (JAN, "b", 10.0, 90.0)), planned((JAN, "a", 0.0), (JAN, "b", 0.0)))
    assert over_buying(compared, held(("a", 10.0, 100.0), ("b", 0.0, 9.0)))["item_id"].to_list() == ["b", "a"]
    assert over_buying(compared, held())["left_value"].to_list() == pytest.approx([0, 0])
