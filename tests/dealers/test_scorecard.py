"""The scorecard's rules, one by one: scores, weights, gaps, unrated, contributions and the cheapest lever (reference design of D2)."""

from datetime import date

import polars as pl
import pytest

from engine.dealers.scorecard import Measure, levers, measures_of, scored, totals
from engine.errors import BadUse
from engine.settings import DEFAULTS

MONTH = date(2025, 10, 1)
BOOK = measures_of(DEFAULTS["scorecard_measures"])
FULL = {
    "F1": 1.0, "F2": 0.0, "F3": 0.25, "F4": 0.0, "C1": 0.9, "C2": 0.97, "C3": 0.98, "P1": 30.0, "P2": 0.02, "P3": 0.2, "P4": 0.05, "P5": 0.98,
    "G1": 1.0, "G2": 0.95, "G3": 1.0,
}  # fmt: skip
BAND = {"low": 20.0, "high": 40.0}


def rows_of(values: dict[str, float | None], dealer: str = "D1", **more: float) -> pl.DataFrame:
    measured = [
        {"dealer_id": dealer, "month": MONTH, "measure": name, "value": value, **(BAND if name == "P1" else {"low": None, "high": None}), "deduct": None}
        for name, value in values.items()
    ]
    for row in measured:
        row |= {"deduct": more.get(f"deduct_{row['measure']}")}
    schema = {"dealer_id": pl.String, "month": pl.Date, "measure": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "deduct": pl.Float64}
    return scored(pl.DataFrame(measured, schema=schema), BOOK)


def total(values: dict[str, float | None], least: float = 0.6) -> dict[str, object]:
    return totals(rows_of(values), least).row(0, named=True)


def score_of(values: dict[str, float | None], measure: str, **more: float) -> float | None:
    return rows_of(values, **more).filter(pl.col("measure") == measure)["score"][0]


def test_the_weights_of_the_settings_add_up_to_one_hundred_thirty_twenty_five_thirty_fifteen():
    by_perspective = {name: sum(one.weight for one in BOOK if one.perspective == name) for name in ("financial", "customer", "process", "growth")}
    assert by_perspective == {"financial": 30, "customer": 25, "process": 30, "growth": 15}


def test_weights_that_do_not_add_up_to_one_hundred_are_refused_with_a_sentence():
    rows = [list(row) for row in DEFAULTS["scorecard_measures"]]
    rows[0][2] = 13.0
    with pytest.raises(BadUse, match="add up to 101"):
        measures_of(rows)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((1, "money"), "does not exist"),
        ((2, -1.0), "below zero"),
        ((5, "curved"), "does not exist"),
        ((4, 0.70), "at the same value"),
        ((6, 0.0), "no effort"),
        ((0, "F2"), "twice"),
    ],
)
def test_a_measure_that_cannot_be_scored_is_refused_with_a_sentence(change, said):
    rows = [list(row) for row in DEFAULTS["scorecard_measures"]]
    rows[0][change[0]] = change[1]
    with pytest.raises(BadUse, match=said):
        measures_of(rows)


def test_a_trapezoid_must_end_outside_of_its_band():
    with pytest.raises(BadUse, match="below its band and above it"):
        measures_of([("P1", "process", 100.0, 0.5, 0.9, "trapezoid", 1.0)])


@pytest.mark.parametrize(("value", "score"), [(0.70, 0), (0.85, 50), (1.0, 100), (0.5, 0), (1.4, 100)])
def test_sell_through_against_target_scores_linearly_from_70_to_100_percent_and_is_clipped(value, score):
    assert score_of({"F1": value}, "F1") == pytest.approx(score)


@pytest.mark.parametrize(("value", "score"), [(0.20, 0), (0.10, 50), (0.0, 100), (0.3, 0)])
def test_a_measure_that_is_better_when_lower_scores_downwards(value, score):
    assert score_of({"F4": value}, "F4") == pytest.approx(score)


@pytest.mark.parametrize(("days", "score"), [(20, 100), (30, 100), (40, 100), (10, 0), (15, 50), (5, 0), (80, 0), (60, 50), (200, 0), (0, 0)])
def test_days_of_supply_score_100_inside_the_band_and_0_at_half_its_low_and_twice_its_high(days, score):
    assert score_of({"P1": days}, "P1") == pytest.approx(score)


def test_days_of_supply_without_a_band_are_not_measured():
    frame = pl.DataFrame({"dealer_id": ["D1"], "month": [MONTH], "measure": ["P1"], "value": [30.0]})
    assert scored(frame, BOOK).filter(pl.col("measure") == "P1")["score"][0] is None


def test_a_bias_takes_points_off_the_score_of_the_forecast_and_never_below_zero():
    assert score_of({"P3": 0.4}, "P3", deduct_P3=15.0) == pytest.approx(35)
    assert score_of({"P3": 0.58}, "P3", deduct_P3=15.0) == 0


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_what_is_no_number_is_not_measured(value):
    assert score_of({"F1": value, "F4": 0.0}, "F1") is None


def test_everything_at_its_best_scores_100_and_each_measure_gives_its_weight():
    found = rows_of(FULL)
    assert total(FULL)["score"] == pytest.approx(100)
    assert dict(found.select("measure", "contribution").iter_rows()) == pytest.approx({one.code: one.weight for one in BOOK})


def test_contributions_add_up_to_the_score():
    values = FULL | {"F1": 0.9, "C2": 0.85, "P1": 55.0, "G1": None, "P2": None}
    assert rows_of(values)["contribution"].sum() == pytest.approx(total(values)["score"])


def test_a_missing_measure_gives_its_weight_to_the_others_of_its_perspective():
    found = rows_of(FULL | {"F2": None})
    kept = dict(found.select("measure", "weight_in_force").iter_rows())
    assert kept["F2"] == 0
    assert kept["F1"] == pytest.approx(12 / 24 * 30)
    assert sum(kept[name] for name in ("F1", "F3", "F4")) == pytest.approx(30)
    assert kept["C1"] == pytest.approx(10)


def test_an_empty_perspective_spreads_its_weight_over_the_others():
    found = rows_of(FULL | {"G1": None, "G2": None, "G3": None})
    kept = dict(found.select("measure", "weight_in_force").iter_rows())
    assert sum(kept.values()) == pytest.approx(100)
    assert kept["F1"] == pytest.approx(12 / 85 * 100)
    assert total(FULL | {"G1": None, "G2": None, "G3": None})["score"] == pytest.approx(100)


def test_below_sixty_percent_of_the_weight_nobody_is_rated_however_good_the_rest():
    financial_and_customer = {name: FULL[name] for name in ("F1", "F2", "F3", "F4", "C1", "C2", "C3")}
    found = total(financial_and_customer)
    assert (found["score"], found["measured_weight"], found["is_measured"]) == (None, 55.0, False)


def test_exactly_sixty_percent_of_the_weight_is_enough():
    found = total({name: FULL[name] for name in ("F1", "F2", "F3", "F4", "C1", "C2", "C3", "P2")})
    assert (found["measured_weight"], found["score"]) == (60.0, pytest.approx(100))


def test_with_all_measures_missing_a_dealer_is_unrated_and_never_at_100():
    found = total(dict.fromkeys(FULL))
    assert found == {"dealer_id": "D1", "month": MONTH, "score": None, "measured_weight": 0.0, "is_measured": False}


def test_a_dealer_without_sales_is_rated_on_what_can_be_measured_or_not_at_all():
    without_sales = FULL | {"F1": None, "F3": None, "P1": None, "P3": None, "P4": None, "C1": None, "C2": None}
    assert total(without_sales)["score"] is None


def test_two_dealers_do_not_share_weights():
    both = pl.concat([rows_of(FULL), rows_of(FULL | {"F2": None}, dealer="D2")])
    assert both.filter(pl.col("dealer_id") == "D1")["weight_in_force"].sum() == pytest.approx(100)
    assert both.filter(pl.col("dealer_id") == "D2")["weight_in_force"].sum() == pytest.approx(100)


def test_one_point_more_in_availability_gives_0_6_as_the_design_says():
    found = rows_of(FULL | {"C2": 0.90}).filter(pl.col("measure") == "C2")
    assert round(found["per_unit"][0] * 0.01, 1) == 0.6


def test_a_measure_at_its_full_score_is_no_lever():
    assert rows_of(FULL).filter(pl.col("per_unit").is_not_null()).is_empty()


def lever_rows(values: dict[str, float | None], gap: float) -> list[dict[str, object]]:
    return levers(rows_of(values), pl.DataFrame({"dealer_id": ["D1"], "month": [MONTH], "gap": [gap]})).to_dicts()


def test_the_cheapest_lever_is_the_measure_whose_scale_must_move_least():
    found = lever_rows(FULL | {"C2": 0.885, "F4": 0.10, "P2": 0.10}, gap=2.0)
    assert [row["measure"] for row in found] == ["C2", "F4", "P2"]
    assert found[0]["needed"] == pytest.approx(2.0 / 10 * 0.17)
    assert found[0]["target"] == pytest.approx(0.885 + 0.034)
    assert found[1]["target"] == pytest.approx(0.10 - 2.0 / 6 * 0.20)


def test_a_lever_that_reaches_the_tier_alone_comes_before_one_that_does_not():
    found = lever_rows(FULL | {"C2": 0.96, "G3": 0.60}, gap=3.0)
    assert [(row["measure"], row["is_enough"]) for row in found] == [("G3", True), ("C2", False)]


def test_where_no_measure_reaches_alone_the_one_that_brings_most_leads():
    found = lever_rows(FULL | {"C2": 0.90, "P2": 0.03}, gap=20.0)
    assert [row["is_enough"] for row in found] == [False, False]
    assert found[0]["measure"] == "C2"
    assert found[0]["target"] == pytest.approx(0.97)


def test_days_above_the_band_are_levered_downwards_and_days_below_it_upwards():
    above, below = lever_rows(FULL | {"P1": 60.0}, gap=4.0)[0], lever_rows(FULL | {"P1": 15.0}, gap=4.0)[0]
    assert (above["target"], below["target"]) == (pytest.approx(40.0), pytest.approx(20.0))


def test_a_value_off_its_scale_must_first_come_back_onto_it():
    found = {row["measure"]: row for row in lever_rows(FULL | {"F4": 0.90, "C2": 0.885}, gap=3.0)}
    assert found["F4"]["target"] == pytest.approx(0.20 - 0.20 * 3 / 6)
    assert found["F4"]["cost"] == pytest.approx((0.90 - 0.10) / 0.20)
    assert lever_rows(FULL | {"F4": 0.90, "C2": 0.885}, gap=3.0)[0]["measure"] == "C2"


def test_one_step_off_the_scale_gives_nothing_yet():
    assert rows_of(FULL | {"F4": 0.90}).filter(pl.col("measure") == "F4")["per_unit"][0] == 0
    assert rows_of(FULL | {"F4": 0.20}).filter(pl.col("measure") == "F4")["per_unit"][0] == pytest.approx(6 / 0.20)


def test_points_taken_off_for_a_bias_cannot_be_won_by_accuracy():
    found = rows_of(FULL | {"P3": 0.4}, deduct_P3=15.0).filter(pl.col("measure") == "P3")
    assert found["room"][0] == pytest.approx(7 * (100 - 15 - 35) / 100)


def test_effort_makes_a_lever_dearer():
    dear = tuple(Measure(one.code, one.perspective, one.weight, one.at_0, one.at_100, one.shape, 5.0 if one.code == "C2" else 1.0) for one in BOOK)
    values = [{"dealer_id": "D1", "month": MONTH, "measure": name, "value": value} for name, value in (FULL | {"C2": 0.885, "F4": 0.10}).items()]
    rows = scored(pl.DataFrame(values).with_columns(low=pl.lit(20.0), high=pl.lit(40.0)), dear)
    found = levers(rows, pl.DataFrame({"dealer_id": ["D1"], "month": [MONTH], "gap": [2.0]}))
    assert found["measure"].to_list() == ["F4", "C2"]
