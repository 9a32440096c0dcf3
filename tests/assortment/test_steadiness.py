"""XYZ: the variation of months, freed from seasons, with marks for what cannot be judged; and the cells of ABC × XYZ."""

import numpy as np
import polars as pl
import pytest

from engine.assortment.matrix import crossed
from engine.assortment.variation import INTERMITTENT, NEW, PROVISIONAL, SEASONAL, UNDEFINED, VariationRules, seasonal_index, varied

YEAR = np.array([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 5], dtype=float)


def judged(*rows, counted=None, lines=None, new=None):
    demand = np.array(rows, dtype=float)
    many, months = demand.shape
    counted = np.ones_like(demand, dtype=bool) if counted is None else np.array(counted, dtype=bool)
    numbers = np.arange(many) if lines is None else np.array(lines)
    calendar = np.arange(months) % 12
    return varied(demand, counted, calendar, numbers, np.zeros(many, dtype=np.int64), np.array(new or [False] * many), VariationRules())


def test_variation_is_population_sigma_by_the_mean():
    months = [8.0, 12.0] * 6
    found = judged(months)
    assert found["cv"][0] == pytest.approx(np.std(months) / np.mean(months))
    assert found["cv"][0] == pytest.approx(0.2)
    assert found["xyz_raw"][0] == "Y"


@pytest.mark.parametrize(("spread", "letter"), [(0.0, "X"), (1.0, "X"), (1.01, "Y"), (2.5, "Y"), (2.51, "Z")])
def test_the_limits_belong_to_the_steadier_class(spread, letter):
    assert judged([10 - spread, 10 + spread] * 6)["xyz_raw"][0] == letter


def test_the_uncertainty_of_six_months_is_31_percent_at_a_variation_of_a_quarter():
    found = judged([7.5, 12.5] * 3)
    assert found["cv"][0] == pytest.approx(0.25)
    assert found["cv_error_share"][0] == pytest.approx(0.306, abs=0.001)


def test_a_seasonal_product_is_judged_beside_its_seasons():
    found = judged(np.concatenate([YEAR, YEAR]))
    assert found["cv"][0] > 0.25
    assert found["cv_adjusted"][0] == pytest.approx(0.0)
    assert found.select("xyz_raw", "xyz", "xyz_mark").row(0) == ("Z", "X", SEASONAL)


def test_with_a_short_history_the_seasons_are_those_of_the_line():
    known = np.concatenate([YEAR, YEAR])
    young = np.concatenate([np.zeros(14), YEAR[2:]])
    counted = np.array([np.ones(24), np.arange(24) >= 14], dtype=bool)
    found = judged(known, young, counted=counted, lines=[0, 0])
    assert found["months"].to_list() == [24, 10]
    assert found["cv_adjusted"][1] < 0.15 < found["cv"][1]


def test_without_a_year_of_its_line_nothing_is_taken_out():
    found = judged([8.0, 12.0] * 4)
    assert found["cv_adjusted"][0] is None
    assert found["xyz"][0] == found["xyz_raw"][0]


def test_what_sells_now_and_then_is_z_and_marked_and_not_misjudged_by_its_seasons():
    found = judged([0, 3, 0, 0, 3, 0] * 4)
    assert found.select("xyz", "xyz_mark", "demand_months").row(0) == ("Z", INTERMITTENT, 8)
    often = judged([3, 3, 3, 0] * 6)
    assert (often["demand_months"][0], often["months"][0]) == (18, 24)
    assert often["xyz_mark"][0] == INTERMITTENT  # 24 ÷ 18 = 1.33 months from demand to demand
    assert judged([3, 3, 3, 3, 0] * 5)["xyz_mark"][0] != INTERMITTENT


def test_months_before_the_launch_after_the_withdrawal_and_without_stock_do_not_count():
    months = [0, 0, 10, 10, 0, 10, 10, 10, 10, 10, 10, 0]
    counted = [[month not in (0, 1, 4, 11) for month in range(12)]]
    found = judged(months, counted=counted)
    assert found.select("months", "cv", "xyz").row(0) == (8, 0.0, "X")


def test_a_month_without_a_sale_between_counts_as_none_sold():
    assert judged([10, 10, 10, 0, 10, 10, 10, 10])["cv"][0] > 0.3


def test_too_few_months_are_provisional_and_new_products_are_new():
    short = [[False] * 7 + [True] * 5]
    assert judged([0] * 7 + [10, 11, 10, 11, 10], counted=short)["xyz_mark"][0] == PROVISIONAL
    assert judged([0] * 7 + [10, 11, 10, 11, 10], counted=short, new=[True])["xyz_mark"][0] == NEW


def test_what_does_not_sell_has_no_variation_and_returns_make_no_demand():
    found = judged([0.0] * 12, [-5.0, 0.0] * 6)
    assert found.select("cv", "xyz", "xyz_mark").rows() == [(None, "-", UNDEFINED)] * 2


def test_only_the_last_two_years_count():
    found = judged([100.0] * 12 + [8.0, 12.0] * 12)
    assert found.select("months", "mean_qty").row(0) == (24, 10.0)


def test_by_months_with_demand_and_by_variation_are_told_apart():
    found = judged([10, 10, 10, 10, 0] * 4 + [10, 10, 10, 10])
    assert found.select("xyz_by_months", "xyz_raw").row(0) == ("Y", "Z")


def test_s28_the_index_of_a_month_is_its_mean_by_the_mean_of_the_year():
    index = seasonal_index(np.concatenate([YEAR, 3 * YEAR])[None, :], np.ones((1, 24), dtype=bool), np.arange(24) % 12)
    assert index[0].tolist() == pytest.approx((YEAR / YEAR.mean()).tolist())
    assert index[0].mean() == pytest.approx(1.0)


def test_no_positions_have_no_steadiness():
    assert varied(np.zeros((0, 12)), np.zeros((0, 12), dtype=bool), np.arange(12), np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0, bool)).is_empty()


CELLS = pl.DataFrame(
    {
        "sphere": ["И"] * 4, "class": ["A", "A", "A", "C"], "xyz": ["X", "X", "Z", "-"], "xyz_mark": [None, None, "new", "undefined"],
        "turnover": [60.0, 20.0, 20.0, -5.0], "margin": [30.0, -5.0, 4.0, -5.0], "error_qty": [10.0, None, 8.0, None], "demand_qty": [100.0, None, 20.0, None],
    },
    schema_overrides={"xyz_mark": pl.String},
)  # fmt: skip


def test_every_cell_is_there_with_its_money_error_and_policy():
    found = crossed(CELLS, (("AX", "automatic", 0.98), ("CZ", "to_order", None)))
    assert found.height == 12
    cells = {(row["class"], row["xyz"]): row for row in found.iter_rows(named=True)}
    ax = cells["A", "X"]
    assert (ax["positions"], ax["turnover"], ax["margin"], ax["turnover_share"], ax["error_share"]) == (2, 80.0, 25.0, 0.8, 0.1)
    assert (ax["policy"], ax["service_share"]) == ("automatic", 0.98)
    assert (cells["A", "Z"]["new_positions"], cells["A", "Z"]["error_share"], cells["A", "Z"]["policy"]) == (1, 0.4, "not_set")
    assert (cells["B", "Y"]["positions"], cells["B", "Y"]["error_share"]) == (0, None)
    assert (cells["C", "-"]["turnover"], cells["C", "-"]["turnover_share"]) == (-5.0, 0.0)
