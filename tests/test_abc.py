"""ABC by value: the vectors of the assortment policy."""

import polars as pl
import pytest

from engine.abc import classed

LIMITS = (0.80, 0.96)


def letters(*values, limits=LIMITS):
    frame = pl.DataFrame({"item": range(len(values)), "value": [float(value) for value in values]})
    return "".join(classed(frame, "value", limits=limits).sort("item")["abc_class"])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((85, 10, 5), "ABB"),
        ((100,), "A"),
        ((50, 30, 16, 4), "AABC"),
        ((50, 20, 15, 10, 5), "AAABB"),
        ((40, 20, 20, 20), "AAAA"),
        ((20, 20, 20, 20, 20), "AAAAA"),
        ((60, 50, -10), "AAC"),
        ((10, -30), "AC"),
        ((90, 10, 0, 0), "ABCC"),
        ((0, 0), "CC"),
        ((-5, -3), "CC"),
    ],
)
def test_vectors_of_abc_by_the_share_before_the_item(values, expected):
    assert letters(*values) == expected


def test_the_table_of_the_policy_has_five_a_four_b_and_sixteen_c():
    assert letters(*[160] * 5, *[40] * 4, *[2.5] * 16) == "A" * 5 + "B" * 4 + "C" * 16


def test_items_are_ranked_among_their_own_kind():
    frame = pl.DataFrame({"kind": ["p", "p", "m", "m"], "value": [1000.0, 10.0, 5.0, 0.1]})
    assert classed(frame, "value", "kind", limits=LIMITS).sort("value")["abc_class"].to_list() == ["C", "A", "C", "A"]
    assert classed(frame, "value", limits=LIMITS).sort("value")["abc_class"].to_list() == ["C", "C", "C", "A"]


def test_an_unknown_value_is_the_last_class_and_a_sum_of_nothing_has_no_shares():
    frame = pl.DataFrame({"value": [None, 3.0, float("nan")]})
    assert sorted(classed(frame, "value", limits=LIMITS)["abc_class"]) == ["A", "C", "C"]
    assert classed(frame.head(1), "value", limits=LIMITS).select("share", "before_share", "abc_class").row(0) == (None, None, "C")


def test_no_rows_have_no_classes():
    assert classed(pl.DataFrame(schema={"value": pl.Float64}), "value", limits=LIMITS).is_empty()
