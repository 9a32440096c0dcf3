"""The tree in its versions, the class code, the months of a review and how long something is new: rows S01 to S10 of the policy."""

from datetime import date

import polars as pl
import pytest

from engine.assortment import codes, novelty, tree
from engine.assortment.codes import Code
from engine.assortment.windows import is_day_of, next_day_of, review_window, window_of
from engine.errors import BadUse

GATES = ((2, 1), (8, 1))
VERSIONS = pl.DataFrame(
    [
        ("1", "Д", None, "Столовые приборы", "Сонет", None),
        ("1", "Д", date(2025, 1, 1), "Столовые приборы", "Сонет", "plan"),
        ("1", "Н", date(2025, 3, 1), "Приборы HoReCa", "Сонет", "launch"),
        ("1", "Д", date(2025, 8, 1), "Наборы", "Сонет", "withdrawal"),
    ],
    schema=["sku", "sphere", "valid_from", "product_group", "line_id", "reason"],
    orient="row",
)


def test_s01_every_position_has_one_group_and_one_line_on_a_day():
    standing = tree.in_force(VERSIONS, date(2025, 6, 1))
    assert standing.select("sphere", "sku", "product_group", "line_id").rows() == [
        ("Д", "1", "Столовые приборы", "Сонет"),
        ("Н", "1", "Приборы HoReCa", "Сонет"),
    ]


def test_s01_a_sphere_may_be_empty_and_its_letter_is_still_one():
    assert "Б" in codes.SPHERES
    assert tree.in_force(VERSIONS, date(2025, 6, 1)).filter(pl.col("sphere") == "Б").is_empty()


def test_s02_the_version_in_force_is_the_newest_that_has_begun():
    assert tree.in_force(VERSIONS, date(2025, 7, 31)).filter(pl.col("sphere") == "Д")["product_group"].to_list() == ["Столовые приборы"]
    assert tree.in_force(VERSIONS, date(2025, 8, 1)).filter(pl.col("sphere") == "Д")["product_group"].to_list() == ["Наборы"]
    assert tree.in_force(VERSIONS, date(2025, 2, 28))["sphere"].to_list() == ["Д"]


@pytest.mark.parametrize("reason", ["plan", "withdrawal", "launch"])
def test_s02_a_change_is_taken_for_one_of_three_reasons(reason):
    assert tree.why_refused(date(2025, 8, 1), "Наборы", "Сонет", reason) is None


def test_s02_a_change_without_reason_or_place_or_day_is_refused():
    assert tree.why_refused(date(2025, 8, 1), "Наборы", "Сонет", None) is tree.NO_REASON
    assert tree.why_refused(date(2025, 8, 1), "Наборы", "Сонет", "because") is tree.NO_REASON
    assert tree.why_refused(date(2025, 8, 1), None, "Сонет", "plan") is tree.NO_PLACE
    assert tree.why_refused(None, "Наборы", "Сонет", "plan") is tree.NO_DAY


def test_s02_a_version_that_repeats_the_one_before_is_no_change():
    found = tree.changed(VERSIONS, date(2025, 1, 1), date(2025, 12, 31))
    assert found.select("sphere", "valid_from", "group_before", "reason").rows() == [
        ("Н", date(2025, 3, 1), None, "launch"),
        ("Д", date(2025, 8, 1), "Столовые приборы", "withdrawal"),
    ]


def test_a_line_with_two_products_is_warned_of():
    three = pl.DataFrame({"sphere": ["Д"] * 5, "product_group": ["G"] * 5, "line_id": ["L1"] * 3 + ["L2"] * 2, "sku": list("abcde")})
    assert tree.short_lines(three, 3).select("line_id", "products").rows() == [("L2", 2)]


@pytest.mark.parametrize(
    ("entered", "day", "new"),
    [
        (date(2025, 3, 1), date(2025, 8, 31), True),
        (date(2025, 3, 1), date(2025, 9, 1), False),
        (date(2025, 8, 31), date(2026, 2, 27), True),
        (date(2025, 8, 31), date(2026, 2, 28), False),
        (date(2023, 8, 31), date(2024, 2, 28), True),
        (date(2023, 8, 31), date(2024, 2, 29), False),
        (None, date(2025, 1, 1), False),
    ],
)
def test_s06_new_for_six_calendar_months_from_the_catalogue_half_open(entered, day, new):
    assert novelty.is_new(entered, day) is new
    column = pl.DataFrame({"entered": pl.Series([entered], dtype=pl.Date)}).select(novelty.novelty(pl.col("entered"), day))
    assert column.item() == (novelty.NEW if new else novelty.STANDARD)


def test_s06_without_a_catalogue_day_the_first_sale_counts():
    frame = pl.DataFrame({"catalogue": [None, date(2025, 1, 1)], "sold": [date(2024, 5, 1), date(2024, 5, 1)]}, schema={"catalogue": pl.Date, "sold": pl.Date})
    assert frame.select(novelty.entered(pl.col("catalogue"), pl.col("sold")).alias("on"))["on"].to_list() == [date(2024, 5, 1), date(2025, 1, 1)]


def test_s07_a_product_that_is_no_innovation_still_bears_the_letter_of_a_novelty():
    assert codes.composed("Д", "B", novelty.NEW if novelty.is_new(date(2025, 3, 1), date(2025, 6, 1)) else novelty.STANDARD, "own") == "Д-ВН1"


def test_s08_production_is_own_own_to_order_or_third_party():
    assert codes.DIGITS == {"own": "1", "own_to_order": "2", "third_party": "3"}
    assert codes.composed("Д", "A", "standard", "bought") is None
    assert codes.composed("Д", "A", "standard", None) is None


def test_s09_there_are_90_codes_and_each_comes_back_as_itself():
    every = codes.every_code()
    assert len(set(every)) == 90
    assert [str(codes.parsed(code)) for code in every] == list(every)


@pytest.mark.parametrize("typed", ["Д-АС1", "Д-AC1", "д-aс1", " Д – АС1 ", "Д-AС1"])
def test_s09_look_alike_letters_are_one_letter_in_whichever_alphabet(typed):
    assert codes.parsed(typed) == Code("Д", "A", "standard", "own")
    assert str(codes.parsed(typed)) == "Д-АС1"


def test_s09_a_letter_means_what_its_place_says():
    assert codes.parsed("Н-АН2") == codes.parsed("H-AH2") == Code("Н", "A", "new", "own_to_order")


@pytest.mark.parametrize("typed", ["", "Д-АС4", "Д-DС1", "Ж-АС1", "ДАС1", "Д-АСС1", "Д-АА1"])
def test_s09_what_is_no_code_is_refused_with_what_was_found(typed):
    with pytest.raises(BadUse, match="is no class code"):
        codes.parsed(typed)


def test_s09_whole_columns_are_written_as_single_codes_are():
    frame = pl.DataFrame({"letter": ["Д", None], "class": ["A", "A"], "novelty": ["standard", "new"], "made_by": ["own", "own"]})
    assert frame.select(codes.code_of(*(pl.col(name) for name in frame.columns)).alias("code"))["code"].to_list() == ["Д-АС1", None]


@pytest.mark.parametrize(
    ("as_of", "first", "last", "base"),
    [
        (date(2025, 2, 1), date(2024, 8, 1), date(2025, 1, 31), date(2023, 8, 1)),
        (date(2025, 8, 1), date(2025, 2, 1), date(2025, 7, 31), date(2024, 2, 1)),
        (date(2025, 10, 31), date(2025, 5, 1), date(2025, 10, 31), date(2024, 5, 1)),
    ],
)
def test_s10_the_last_six_closed_months_and_the_same_months_of_last_year(as_of, first, last, base):
    window = review_window(as_of)
    assert (window.first, window.last, window.base[0], len(window.months), window.is_shifted) == (first, last, base, 6, False)


def test_s10_a_month_that_is_not_over_is_left_out_and_told():
    window = review_window(date(2025, 10, 15))
    assert (window.last, window.is_shifted) == (date(2025, 9, 30), True)
    cut = review_window(date(2025, 11, 1), known_until=date(2025, 10, 20))
    assert (cut.last, cut.is_shifted) == (date(2025, 9, 30), True)


def test_more_than_a_year_has_no_year_before_it():
    assert not window_of([date(2024 + number // 12, number % 12 + 1, 1) for number in range(13)], date(2025, 1, 31)).has_base


def test_s23_the_gate_of_the_second_of_february_is_the_first_of_august():
    assert next_day_of(GATES, date(2025, 2, 1)) == date(2025, 2, 1)
    assert next_day_of(GATES, date(2025, 2, 2)) == date(2025, 8, 1)
    assert next_day_of(GATES, date(2025, 8, 2)) == date(2026, 2, 1)
    assert is_day_of(GATES, date(2025, 8, 1))
    assert not is_day_of(GATES, date(2025, 8, 2))
