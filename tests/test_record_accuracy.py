"""Record accuracy, count plan and first-in-first-out: each rule with its numbers."""

from datetime import date

import polars as pl
import pytest

from engine.record_accuracy import accuracy, count_plan, judged, taken_out_of_turn

TOLERANCE = (("A", 0.01), ("B", 0.03), ("C", 0.05))
INTERVALS = (("A", 90), ("B", 180), ("C", 365))


def positions(*rows):
    names = {"location_id": pl.String, "book_qty": pl.Float64, "counted_qty": pl.Float64, "unit_cost": pl.Float64, "abc_class": pl.String}
    return judged(pl.DataFrame([(place, float(book), float(found), cost, letter) for place, book, found, cost, letter in rows], names, orient="row"), TOLERANCE)


def test_case_t6_a_surplus_in_one_place_never_offsets_a_shortage_in_another():
    found = accuracy(positions(("P", 100, 95, 2.0, "A"), ("Q", 100, 105, 2.0, "A"))).row(0, named=True)
    assert found["accuracy_share"] == 0.0
    assert (found["counted_n"], found["missed_n"]) == (2, 2)
    assert (found["surplus_value"], found["shortage_value"], found["variance_value"], found["variance_share"]) == (10, 10, 20, 0.05)


def test_case_t6_accuracy_is_what_lies_within_the_standard_of_what_was_counted():
    found = accuracy(positions(("P", 100, 100, 1.0, "A"), ("P", 100, 99, 1.0, "A"), ("P", 100, 98, 1.0, "A"), ("P", 50, 50, 1.0, "C"))).row(0, named=True)
    assert found["accuracy_share"] == 0.75


@pytest.mark.parametrize(("letter", "within", "beyond"), [("A", 99, 98.9), ("B", 97, 96.9), ("C", 95, 94.9)])
def test_the_tolerance_of_a_class_includes_its_bounds(letter, within, beyond):
    assert positions(("P", 100, within, 1.0, letter), ("P", 100, 200 - within, 1.0, letter))["is_within"].to_list() == [True, True]
    assert positions(("P", 100, beyond, 1.0, letter), ("P", 100, 200 - beyond, 1.0, letter))["is_within"].to_list() == [False, False]


def test_a_book_of_zero_with_something_found_is_a_miss_and_with_nothing_found_is_right():
    assert positions(("P", 0, 1, 1.0, "C"), ("P", 0, 0, 1.0, "C"))["is_within"].to_list() == [False, True]


def test_a_book_below_zero_is_judged_by_its_size():
    assert positions(("P", -100, -99, 1.0, "A"), ("P", -100, 0, 1.0, "A"))["is_within"].to_list() == [True, False]


def test_a_class_without_a_tolerance_allows_nothing():
    assert positions(("P", 100, 100, 1.0, "?"), ("P", 100, 99.9, 1.0, "?"))["is_within"].to_list() == [True, False]


def test_what_has_no_cost_is_counted_and_is_in_no_value():
    found = accuracy(positions(("P", 10, 5, None, "A"), ("P", 10, 5, 4.0, "A"))).row(0, named=True)
    assert (found["counted_n"], found["uncosted_n"], found["variance_value"], found["book_value"]) == (2, 1, 20, 40)


def test_nothing_counted_has_no_accuracy():
    found = accuracy(positions()).row(0, named=True)
    assert (found["counted_n"], found["accuracy_share"], found["variance_share"]) == (0, None, None)


def test_accuracy_is_told_by_any_key():
    found = accuracy(positions(("P", 10, 10, 1.0, "A"), ("Q", 10, 5, 1.0, "A")), "location_id")
    assert found.select("location_id", "accuracy_share").rows() == [("P", 1.0), ("Q", 0.0)]


def planned(*rows):
    frame = pl.DataFrame(rows, schema={"abc_class": pl.String, "last_counted_on": pl.Date}, orient="row")
    return count_plan(frame, INTERVALS, pl.lit(date(2025, 10, 31)))


def test_class_a_is_counted_four_times_a_year_b_twice_and_c_once():
    found = planned(("A", date(2025, 6, 1)), ("B", date(2025, 6, 1)), ("C", date(2025, 6, 1)))
    assert found["due_on"].to_list() == [date(2025, 8, 30), date(2025, 11, 28), date(2026, 6, 1)]
    assert found["overdue_days"].to_list() == [62, None, None]
    assert found["state"].to_list() == ["overdue", "soon", "counted"]


def test_what_is_due_today_is_not_overdue_yet():
    assert planned(("A", date(2025, 8, 2))).select("due_on", "overdue_days", "state").row(0) == (date(2025, 10, 31), None, "soon")


def test_what_was_never_counted_is_due_and_how_long_is_unknown():
    assert planned(("C", None)).select("due_on", "overdue_days", "state").row(0) == (date(2025, 10, 31), None, "never")


def batches(*rows):
    names = {
        "location_id": pl.String, "item_id": pl.String, "batch_id": pl.String, "received_on": pl.Date, "before_qty": pl.Float64, "after_qty": pl.Float64,
        "unit_cost": pl.Float64,
    }  # fmt: skip
    return pl.DataFrame([("P", "A1", f"B{number}", *row) for number, row in enumerate(rows)], schema=names, orient="row")


OLD, MIDDLE, NEW = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


def test_oldest_first_is_kept_where_only_the_oldest_left():
    found = taken_out_of_turn(batches((OLD, 10.0, 0.0, 2.0), (MIDDLE, 10.0, 6.0, 2.0), (NEW, 10.0, 10.0, 2.0))).row(0, named=True)
    assert (found["taken_qty"], found["early_qty"], found["is_kept"], found["oldest_on"]) == (14, 0, True, MIDDLE)


def test_newer_goods_that_left_while_older_ones_stayed_are_out_of_turn():
    found = taken_out_of_turn(batches((OLD, 5.0, 5.0, 2.0), (MIDDLE, 10.0, 0.0, 3.0), (NEW, 10.0, 0.0, 4.0))).row(0, named=True)
    assert (found["taken_qty"], found["early_qty"], found["early_value"], found["is_kept"], found["oldest_on"]) == (20, 5, 20, False, OLD)


def test_batches_of_one_day_have_no_turn_among_themselves_and_those_without_a_day_are_left_out():
    assert taken_out_of_turn(batches((OLD, 5.0, 5.0, 2.0), (OLD, 5.0, 0.0, 2.0)))["is_kept"].to_list() == [True]
    assert taken_out_of_turn(batches((None, 5.0, 5.0, 2.0), (NEW, 5.0, 0.0, 2.0)))["is_kept"].to_list() == [True]


def test_what_came_in_between_the_counts_and_what_did_not_move_is_no_breach():
    assert taken_out_of_turn(batches((OLD, 5.0, 5.0, 2.0), (NEW, 0.0, 7.0, 2.0))).is_empty()
