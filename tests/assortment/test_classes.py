"""Classes of the assortment: the vectors of the policy by every rule, the criterion, the distance, what holds a class, and what cannot be classed."""

import polars as pl
import pytest

from engine.abc import side_by_side
from engine.assortment.classes import ALL_EQUAL, NOTHING_EARNED, TOO_FEW, Rules, flags, held, positions_classed, summary
from engine.assortment.criterion import weighted
from engine.messages import Message

LIMITS = (0.80, 0.96)
SOURCE = (160,) * 5 + (40,) * 4 + (2.5,) * 16
LONG = "A" * 5 + "B" * 4 + "C" * 16
VECTORS = [
    # values, by value (recommended), by limit, by the sum, by count
    (SOURCE, LONG, LONG, LONG, LONG),
    ((85, 10, 5), "ABB", "BBC", "BCC", "ACC"),
    ((100,), "A", "C", "C", "C"),
    ((50, 30, 16, 4), "AABC", "AABC", "ABCC", "ACCC"),
    ((50, 20, 15, 10, 5), "AAABB", "AABBC", "ABCCC", "ABCCC"),
    ((40, 20, 20, 20), "AAAA", "AAAC", "ABCC", "ACCC"),
    ((20, 20, 20, 20, 20), "AAAAA", "AAAAC", "AABCC", "ABCCC"),
    ((60, 50, -10), "AAC", "ACC", "ACC", "ACC"),
    ((10, -30), "AC", "CC", "CC", "BC"),
    ((90, 10, 0, 0), "ABCC", "BCCC", "BCCC", "ACCC"),
    ((0, 0), "CC", "--", "--", "--"),
    ((-5, -3), "CC", "--", "--", "--"),
]


def letters(values, column):
    frame = pl.DataFrame({"item": range(len(values)), "value": [float(value) for value in values]})
    return "".join(letter or "-" for letter in side_by_side(frame, "value", limits=LIMITS).sort("item")[column])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: "/".join(str(value) for value in vector[0][:5]))
def test_s04_vectors_of_the_policy_by_every_rule(vector):
    values, *expected = vector
    assert [letters(values, column) for column in ("abc_class", "abc_by_limit", "abc_by_sum", "abc_by_count")] == expected


def positions(*values, sphere="И", margin=None, turnover=None):
    return pl.DataFrame(
        {
            "sphere": [sphere] * len(values),
            "sku": [f"{sphere}{number}" for number in range(len(values))],
            "criterion": [float(value) for value in values],
            "turnover": [float(value) for value in (turnover or values)],
            "margin": [float(value) for value in (margin or values)],
        }
    )


def test_s04_classes_of_a_sphere_do_not_change_with_the_sales_of_another():
    tools, picnic = positions(50, 30, 16, 4), positions(1, 1, 98, sphere="П")
    alone = positions_classed(tools).select("sku", "class").sort("sku")
    beside = positions_classed(pl.concat([tools, picnic])).filter(pl.col("sphere") == "И").select("sku", "class").sort("sku")
    larger = positions_classed(pl.concat([tools, picnic.with_columns(pl.col("criterion", "turnover") * 1000)])).filter(pl.col("sphere") == "И")
    assert alone.equals(beside)
    assert alone.equals(larger.select("sku", "class").sort("sku"))


def test_s05_margins_60_30_10_and_turnovers_100_200_100_make_the_criterion():
    frame = pl.DataFrame({"sku": ["a", "b", "c"], "margin": [60.0, 30.0, 10.0], "turnover": [100.0, 200.0, 100.0], "sphere": ["И"] * 3})
    found = positions_classed(weighted(frame, "sphere")).sort("sku")
    assert found["criterion"].to_list() == pytest.approx([0.425, 0.400, 0.175])
    assert "".join(found["class"]) == "AAB"


def test_s05_a_factor_of_marketing_moves_the_class_and_the_plain_criterion_stays_beside_it():
    frame = pl.DataFrame({"margin": [50.0, 30.0, 20.0], "turnover": [50.0, 30.0, 20.0], "sphere": ["И"] * 3, "factor": [1.2, None, 0.8]})
    found = weighted(frame, "sphere", factor="factor")
    assert found["plain_criterion"].to_list() == pytest.approx([0.5, 0.3, 0.2])
    assert found["criterion"].to_list() == pytest.approx([0.60 / 1.06, 0.30 / 1.06, 0.16 / 1.06])
    assert found["criterion"].sum() == pytest.approx(1.0)


def test_where_nothing_earns_turnover_alone_makes_the_criterion():
    frame = pl.DataFrame({"margin": [-5.0, -3.0], "turnover": [30.0, 10.0], "sphere": ["И"] * 2})
    assert weighted(frame, "sphere")["criterion"].to_list() == pytest.approx([0.75, 0.25])


def test_negative_margins_count_as_none_in_the_shares_and_stay_in_the_sums():
    frame = pl.DataFrame({"sku": ["a", "b", "c"], "margin": [60.0, 50.0, -10.0], "turnover": [60.0, 50.0, 0.0], "sphere": ["И"] * 3})
    found = positions_classed(weighted(frame, "sphere")).sort("sku")
    assert "".join(found["class"]) == "AAC"
    assert found["criterion"].to_list() == pytest.approx([60 / 110, 50 / 110, 0.0])
    assert found["margin"].sum() == 100


def test_returns_above_sales_are_no_turnover_and_class_c():
    frame = pl.DataFrame({"sku": ["a", "b"], "margin": [40.0, -12.0], "turnover": [100.0, -30.0], "sphere": ["И"] * 2})
    found = positions_classed(weighted(frame, "sphere")).sort("sku")
    assert found.select("criterion", "class").rows() == [(1.0, "A"), (0.0, "C")]
    assert found["turnover"].sum() == 70


def test_where_turnover_is_zero_everything_is_c_and_told():
    frame = pl.DataFrame({"margin": [0.0, 0.0], "turnover": [0.0, 0.0], "sphere": ["И"] * 2})
    found = positions_classed(weighted(frame, "sphere"))
    assert found.select("class", "share_before", "distance").rows() == [("C", None, None)] * 2
    assert NOTHING_EARNED in [Message.from_json(flag) for flag in flags(found, 1)["flag"]]


def test_one_product_in_a_sphere_is_a_and_told_as_too_few():
    found = positions_classed(positions(100))
    assert found["class"].to_list() == ["A"]
    assert [Message.from_json(flag) for flag in flags(found, 10)["flag"]] == [TOO_FEW]


def test_all_equal_are_all_a_and_told():
    found = positions_classed(positions(*[20] * 5))
    assert "".join(found["class"]) == "AAAAA"
    assert [Message.from_json(flag) for flag in flags(found, 5)["flag"]] == [ALL_EQUAL]


def test_distance_is_the_money_to_the_nearest_limit_and_names_the_class_beyond_it():
    found = positions_classed(positions(50, 30, 16, 4)).sort("sku")
    assert found["share_before"].to_list() == pytest.approx([0.0, 0.5, 0.8, 0.96])
    assert found["distance"].to_list() == pytest.approx([80.0, 30.0, 0.0, 0.0])
    assert found["nearest_class"].to_list() == ["B", "B", "A", "B"]


def test_distance_is_reckoned_in_the_turnover_of_the_sphere():
    found = positions_classed(positions(0.5, 0.3, 0.2, turnover=(1000, 600, 400))).sort("sku")
    assert found["distance"].to_list() == pytest.approx([0.8 * 2000, 0.3 * 2000, 0.0])


def run(*letters_and_distances):
    rows = [("И", sku, letter, distance) for sku, (letter, distance) in zip("ab", letters_and_distances, strict=True)]
    return pl.DataFrame(rows, schema=["sphere", "sku", "class", "distance_share"], orient="row")


def test_a_class_holds_until_it_is_two_points_past_the_limit_or_says_so_twice():
    rules = Rules(holds=True)
    first, near, again = run(("A", 0.3), ("A", 0.3)), run(("B", 0.01), ("B", 0.02)), run(("B", 0.01), ("B", 0.02))
    assert held([first, near], rules).sort("sku")["held_class"].to_list() == ["A", "B"]
    assert held([first, near, again], rules).sort("sku")["held_class"].to_list() == ["B", "B"]
    assert held([first, near], Rules()).sort("sku")["held_class"].to_list() == ["B", "B"]


def test_a_position_that_is_new_takes_its_class_at_once():
    first = run(("A", 0.3), ("A", 0.3)).filter(pl.col("sku") == "b")
    assert held([first, run(("C", 0.001), ("A", 0.3))], Rules(holds=True)).sort("sku")["held_class"].to_list() == ["C", "A"]


def test_another_rule_can_drive_the_class_and_all_stand_beside_it():
    found = positions_classed(positions(85, 10, 5), Rules(drives="count")).sort("sku")
    assert "".join(found["class"]) == "ACC"
    assert ["".join(found[f"class_by_{rule}"]) for rule in ("value", "limit", "sum", "count")] == ["ABB", "BBC", "BCC", "ACC"]


def test_what_the_classes_are_made_of_stands_beside_20_16_64_and_80_16_4():
    found = summary(positions_classed(positions(*SOURCE)))
    made = found.select("class", "positions", "positions_share", "expected_positions_share", "expected_criterion_share").rows()
    assert made == [("A", 5, 0.20, 0.20, 0.80), ("B", 4, 0.16, 0.16, 0.16), ("C", 16, 0.64, 0.64, 0.04)]
