"""Changes of orders: counted, measured, priced, and charged to those who asked for them."""

from datetime import date

import polars as pl
import pytest

from engine.dealers import plan_changes
from engine.settings import DEFAULTS

COSTS = plan_changes.Costs(handling=50.0, rush=0.03, left=0.05, wait=0.15)
SCHEMA = {"qty_before": pl.Float64, "qty_after": pl.Float64, "date_before": pl.Date, "date_after": pl.Date, "unit_cost": pl.Float64, "line_qty": pl.Float64}


def change(kind="qty", before=None, after=None, moved=None, **more):
    days = (None, None) if moved is None else (date(2025, 3, 10), date.fromordinal(date(2025, 3, 10).toordinal() + moved))
    row = {"kind": kind, "qty_before": before, "qty_after": after, "date_before": days[0], "date_after": days[1], "changed_on": date(2025, 3, 5)}
    return row | {"line_qty": 100.0, "unit_cost": 10.0, "asked_by": "dealer", "dealer_id": "D1"} | more


def measured(*rows, date_share=0.0):
    return plan_changes.measured(pl.DataFrame(list(rows), schema_overrides=SCHEMA), COSTS, date_share)


@pytest.mark.parametrize(
    ("row", "qty", "cost"),
    [
        (change(before=100.0, after=140.0), 40.0, 50 + 40 * 10 * 0.03),
        (change(before=100.0, after=60.0), 40.0, 50 + 40 * 10 * 0.05),
        (change("cancel", before=100.0), 100.0, 50 + 100 * 10 * 0.05),
        (change("cancel"), 100.0, 50 + 100 * 10 * 0.05),
        (change("date", moved=73), 0.0, 50 + 100 * 10 * 0.15 * 73 / 365),
        (change("date", moved=-5), 0.0, 50 + 100 * 10 * 0.03),
        (change(before=100.0, after=140.0, unit_cost=None), 40.0, 50.0),
        (change(), None, 50.0),
    ],
)  # fmt: skip
def test_a_change_costs_its_handling_and_what_becomes_of_the_goods(row, qty, cost):
    found = measured(row).row(0, named=True)
    assert (found["changed_qty"], found["cost_value"]) == (qty, pytest.approx(cost))


@pytest.mark.parametrize(("share", "qty"), [(0.0, 0.0), (1.0, 100.0)])
def test_a_moved_date_counts_by_number_alone_or_with_the_whole_line_as_set(share, qty):
    assert measured(change("date", moved=5), date_share=share)["changed_qty"][0] == qty


def fee(changes, qty, ordered, **rates):
    usual = {"each": 100.0, "unit": 2.0, "free_count": 3, "free_share": 0.05} | rates
    row = {"dealer_id": "D1", "month": date(2025, 3, 1), "dealer_changes": changes, "dealer_qty": qty, "ordered_qty": ordered}
    found = plan_changes.fees(pl.DataFrame([row], schema_overrides={"ordered_qty": pl.Float64}), plan_changes.Rates(**usual))
    return found["fee_count_value"][0], found["fee_qty_value"][0]


def test_case_of_company_q_the_fee_goes_by_the_number_and_by_the_quantity_of_changes_beyond_what_is_free():
    assert fee(5, 80.0, 1000.0) == (200.0, 60.0)
    assert fee(3, 50.0, 1000.0) == (0.0, 0.0)


def test_case_of_company_q_without_an_allowance_every_change_pays_and_with_rates_of_0_none_does():
    assert fee(5, 80.0, 1000.0, free_count=0, free_share=0.0) == (500.0, 160.0)
    assert fee(5, 80.0, 1000.0, each=0.0, unit=0.0) == (0.0, 0.0)
    assert fee(5, 80.0, 1000.0, free_share=1.0, free_count=100) == (0.0, 0.0)


def test_a_dealer_who_ordered_nothing_has_no_quantity_free():
    assert fee(1, 80.0, None) == (0.0, 160.0)


def test_what_sales_or_production_asked_for_is_counted_but_not_the_dealers():
    rows = [change(before=100.0, after=90.0, asked_by=who) for who in ("dealer", "sales", "production")]
    found = plan_changes.summed(measured(*rows), "dealer_id").row(0, named=True)
    assert (found["changes"], found["dealer_changes"], found["changed_qty"], found["dealer_qty"]) == (3, 1, 30.0, 10.0)
    assert found["cost_value"] == pytest.approx(3 * 55)


def test_a_dealer_changes_plans_as_a_habit_when_unlike_the_others():
    dealers = pl.DataFrame({"dealer_id": ["a", "b", "c", "d"], "dealer_changes": [2, 1, 3, 30], "lines": [100, 100, 100, 100]})
    found = plan_changes.unlike_others(dealers, DEFAULTS["change_alarm_share"], DEFAULTS["change_alarm_times"])
    assert found.filter("is_habit")["dealer_id"].to_list() == ["d"]
    assert found["usual_share"][0] == pytest.approx(0.025)


def test_nobody_is_called_a_habitual_changer_for_few_changes_and_nobody_without_orders():
    few = pl.DataFrame({"dealer_id": ["a", "b", "c"], "dealer_changes": [0, 0, 4], "lines": [100, 100, 100]})
    assert not plan_changes.unlike_others(few, 0.05, 3.0)["is_habit"].any()
    none = pl.DataFrame({"dealer_id": ["a"], "dealer_changes": [4], "lines": [0]})
    assert plan_changes.unlike_others(none, 0.05, 3.0).select("change_share", "is_habit").row(0) == (None, False)
