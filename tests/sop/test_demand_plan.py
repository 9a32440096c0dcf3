"""The demand plan: four parts without double counting, overrides in layers, and what cannot be right."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from engine.errors import Impossible
from engine.sop.demand import Override, below_contracts, composed, extended, layered
from engine.sop.grid import Axes, months_from

JAN, FEB, MAR, APR = months_from(date(2026, 1, 1), 4)
AXES = Axes(("A", "B"), (FEB, MAR))


def contracts(*rows):
    kinds = {"contract_id": pl.String, "family": pl.String, "month": pl.Date, "kind": pl.String, "agreed_qty": pl.Float64, "delivered_qty": pl.Float64}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def deals(*rows):
    return pl.DataFrame(rows, schema={"deal_id": pl.String, "family": pl.String, "month": pl.Date, "qty": pl.Float64, "probability": pl.Float64}, orient="row")


def forecast(*rows):
    kinds = {"family": pl.String, "month": pl.Date, "qty": pl.Float64, "has_contracts": pl.Boolean, "has_deals": pl.Boolean}
    return pl.DataFrame(rows, schema=kinds, orient="row")


EVERY_MONTH = [(family, month, 100.0, True, False) for family in "AB" for month in (FEB, MAR)]


def rules(found):
    return [(each.rule, each.what, each.qty) for each in found.told]


def test_demand_is_small_and_large_contracts_and_deals_and_the_rest_without_counting_twice():
    found = composed(
        AXES, contracts(("S1", "A", FEB, "small", 20.0, 5.0), ("L1", "A", FEB, "large", 30.0, None)), deals(("D1", "A", FEB, 40.0, 0.5)),
        forecast(*EVERY_MONTH),
    )  # fmt: skip
    row = found.frame().row(0, named=True)
    assert row == {"family": "A", "month": FEB, "small_qty": 15, "large_qty": 30, "deal_qty": 40, "rest_qty": 55, "demand_qty": 140}
    assert found.told == ()


def test_a_forecast_that_holds_the_deals_is_lessened_by_them():
    rows = [("A", FEB, 100.0, True, True), *EVERY_MONTH[1:]]
    found = composed(AXES, contracts(), deals(("D1", "A", FEB, 40.0, 0.5)), forecast(*rows))
    assert found.rest[0, 0] == 60
    assert found.total[0, 0] == 100


def test_a_forecast_of_other_demand_than_contracts_is_taken_whole():
    rows = [("A", FEB, 100.0, False, False), *EVERY_MONTH[1:]]
    assert composed(AXES, contracts(("S1", "A", FEB, "small", 20.0, 0.0)), deals(), forecast(*rows)).total[0, 0] == 120


def test_contracts_above_the_forecast_leave_no_rest_below_zero():
    found = composed(AXES, contracts(("L1", "A", FEB, "large", 150.0, 0.0)), deals(), forecast(*EVERY_MONTH))
    assert (found.rest[0, 0], found.total[0, 0]) == (0, 150)


def test_deals_may_be_weighted_by_their_probability():
    given = deals(("D1", "A", FEB, 40.0, 0.25), ("D2", "A", FEB, 8.0, None))
    found = composed(AXES, contracts(), given, forecast(*EVERY_MONTH), weighting="probability")
    assert found.deals[0, 0] == 10 + 8
    assert rules(found) == [("deal_without_probability", "D2", 8.0)]


def test_a_deal_without_a_month_is_told_and_not_planned():
    found = composed(AXES, contracts(), deals(("D1", "A", None, 40.0, 0.5)), forecast(*EVERY_MONTH))
    assert found.deals.sum() == 0
    assert rules(found) == [("deal_without_month", "D1", 40.0)]
    assert "no month of delivery" in str(found.told[0].said)


def test_a_deal_at_130_percent_is_told_and_not_planned():
    found = composed(AXES, contracts(), deals(("D1", "A", FEB, 40.0, 1.3), ("D2", "A", FEB, 7.0, 1.0)), forecast(*EVERY_MONTH))
    assert found.deals[0, 0] == 7
    assert rules(found) == [("deal_probability", "D1", 40.0)]


def test_deals_of_the_past_of_no_family_and_beyond_the_horizon_are_told():
    given = deals(("D1", "A", JAN, 1.0, 1.0), ("D2", "X", FEB, 2.0, 1.0), ("D3", "B", APR, 3.0, 1.0), ("D4", "B", FEB, -4.0, 1.0))
    found = composed(AXES, contracts(), given, forecast(*EVERY_MONTH))
    assert found.deals.sum() == 0
    assert sorted(rules(found)) == [
        ("beyond_horizon", "D3", 3.0), ("deal_below_zero", "D4", -4.0), ("deal_has_passed", "D1", 1.0), ("unknown_family", "D2", 2.0),
    ]  # fmt: skip


def test_an_unknown_weighting_is_refused():
    with pytest.raises(Impossible, match="weighted by “half”"):
        composed(AXES, contracts(), deals(), forecast(), weighting="half")


def test_overdue_contracts_fall_into_the_first_month_and_older_ones_are_told():
    given = contracts(("S1", "A", JAN, "small", 20.0, 12.0), ("S2", "A", date(2025, 6, 1), "small", 9.0, 0.0))
    found = composed(AXES, given, deals(), forecast(*EVERY_MONTH), overdue_months=3)
    assert found.small[0, 0] == 8
    assert found.overdue[0, 0] == 8
    assert rules(found) == [("lapsed_contract", "S2", 9.0)]


def test_demand_of_a_family_without_a_forecast_is_unknown_and_not_zero():
    found = composed(AXES, contracts(("S1", "B", FEB, "small", 20.0, 0.0)), deals(), forecast(*EVERY_MONTH[:2]))
    assert np.isnan(found.total[1]).all()
    assert found.frame().filter(pl.col("family") == "B")["demand_qty"].to_list() == [None, None]
    assert rules(found) == [("no_forecast", "B", None)]


def test_every_family_is_there_even_where_it_sells_nothing():
    found = composed(AXES, contracts(), deals(), forecast(*EVERY_MONTH[:2], ("B", FEB, 0.0, True, True), ("B", MAR, 0.0, True, True)))
    assert found.frame()["demand_qty"].to_list() == [100, 100, 0, 0]


def test_beyond_the_forecast_last_year_goes_on_at_the_ratio_seen_so_far():
    known = np.array([[110.0, 220, np.nan, np.nan]])
    filled, added = extended(known, np.array([[100.0, 200, 300, np.nan]]))
    assert filled[0] == pytest.approx([110, 220, 330, 165])
    assert added[0].tolist() == [0, 0, 1, 1]


def test_beyond_twelve_months_the_forecast_of_the_same_month_goes_on():
    known = np.concatenate([np.arange(1.0, 13), [np.nan, np.nan]])[None, :]
    assert extended(known, np.full((1, 14), np.nan))[0][0, 12:] == pytest.approx([1, 2])


def test_a_family_without_any_forecast_goes_on_only_where_it_sold_and_is_asked_to():
    unknown, sold, idle = np.full((1, 3), np.nan), np.array([[5.0, 0, 7]]), np.zeros((1, 3))
    assert np.isnan(extended(unknown, sold)[0]).all()
    assert extended(unknown, sold, without=1.0)[0].tolist() == [[5, 0, 7]]
    assert np.isnan(extended(unknown, idle, without=1.0)[0]).all(), "what never sold is unknown, not nothing"


# ── overrides ────────────────────────────────────────────────────────────────────────────────────────────────────────────

BASE = np.array([[100.0, 200], [50.0, np.nan]])


def test_overrides_lie_in_layers_and_each_keeps_its_effect():
    found = layered(
        AXES, BASE,
        [Override("A", FEB, "executive", "share", 0.1), Override("A", FEB, "sales", "add", 20.0, author="Li", reason="promotion"),
         Override("A", FEB, "marketing", "set", 150.0)],
        price=2.0,
    )  # fmt: skip
    assert found.demand[0, 0] == pytest.approx(165)
    assert list(found.after) == ["sales", "marketing", "executive"]
    assert [grid[0, 0] for grid in found.after.values()] == pytest.approx([120, 150, 165])
    assert found.effects["effect_qty"].to_list() == pytest.approx([20, 30, 15])
    assert found.effects["effect_value"].to_list() == pytest.approx([40, 60, 30])
    assert found.effects.row(0, named=True)["author"] == "Li"
    assert BASE[0, 0] == 100, "the base is left as it was"


def test_an_unknown_demand_can_be_set_but_not_added_to():
    assert layered(AXES, BASE, [Override("B", MAR, "expert", "set", 70.0)]).demand[1, 1] == 70
    with pytest.raises(Impossible, match="unknown in that month"):
        layered(AXES, BASE, [Override("B", MAR, "expert", "add", 70.0)])


def test_a_negative_override_is_refused():
    with pytest.raises(Impossible, match="cannot be below zero"):
        layered(AXES, BASE, [Override("A", FEB, "sales", "set", -5.0)])


@pytest.mark.parametrize(("kind", "value"), [("add", -101.0), ("share", -1.5)])
def test_an_override_that_makes_demand_negative_is_refused(kind, value):
    with pytest.raises(Impossible, match="Take off less"):
        layered(AXES, BASE, [Override("A", FEB, "sales", kind, value)])


def test_an_override_may_take_demand_down_to_nothing():
    assert layered(AXES, BASE, [Override("A", FEB, "sales", "add", -100.0)]).demand[0, 0] == 0


@pytest.mark.parametrize(
    "wrong",
    [Override("X", FEB, "sales", "add", 1.0), Override("A", APR, "sales", "add", 1.0), Override("A", FEB, "uncle", "add", 1.0),
     Override("A", FEB, "sales", "double", 1.0), Override("A", FEB, "sales", "add", float("nan"))],
)  # fmt: skip
def test_an_override_of_nothing_in_the_plan_is_refused(wrong):
    with pytest.raises(Impossible):
        layered(AXES, BASE, [wrong])


def test_a_plan_below_contracts_is_told_with_the_gap():
    found = below_contracts(AXES, np.array([[10.0, 50], [5.0, np.nan]]), np.array([[30.0, 50], [6.0, 7.0]]))
    assert found.rows() == [("A", FEB, 10.0, 30.0, 20.0), ("B", FEB, 5.0, 6.0, 1.0)]
