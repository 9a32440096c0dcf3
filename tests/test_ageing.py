"""Age and reserve: the buckets, the mean by pieces, the ladder of the reference, and the larger of two rates."""

from datetime import date, timedelta

import polars as pl
import pytest

from engine import ageing
from engine.settings import DEFAULTS

AS_OF = date(2025, 10, 31)
LADDER = DEFAULTS["reserve_by_age"]
NO_EXCESS = ((12, 0.0),)
NEEDS = {"item_id": pl.String, "monthly_qty": pl.Float64, "safety_qty": pl.Float64, "run_out_qty": pl.Float64, "nrv_share": pl.Float64}


def stock(*rows):
    return pl.DataFrame(rows, schema={"item_id": pl.String, "age": pl.Int64, "qty": pl.Float64, "value": pl.Float64}, orient="row")


def need(item="A", monthly=None, safety=None, run_out=None, nrv=None):
    return pl.DataFrame([(item, monthly, safety, run_out, nrv)], schema=NEEDS, orient="row")


def reserve(rows, needs=None, by_age=LADDER, by_excess=NO_EXCESS):
    return ageing.reserved(rows, needs if needs is not None else need(), by_age, by_excess)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, 0), (30, 0), (31, 31), (60, 31), (61, 61), (90, 61), (91, 91), (180, 91), (181, 181), (365, 181), (366, 366), (540, 366), (541, 541), (731, 731)],
)
def test_a_bucket_begins_the_day_after_the_one_before_it_ends(days, bucket):
    ends = [row[0] for row in DEFAULTS["age_buckets"]]
    frame = pl.DataFrame({"came_on": [AS_OF - timedelta(days)]})
    assert frame.select(ageing.bucket_of(ageing.age_days(pl.col("came_on"), AS_OF), ends)).item() == bucket


def test_an_unknown_day_of_receipt_is_in_no_dated_bucket():
    frame = pl.DataFrame({"came_on": [None]}, schema={"came_on": pl.Date})
    assert frame.select(ageing.bucket_of(ageing.age_days(pl.col("came_on"), AS_OF), [30])).item() is None


def test_the_mean_age_is_weighted_by_pieces_and_leaves_out_what_is_unknown():
    rows = stock(("A", 10, 9.0, 9.0), ("A", 110, 1.0, 1.0), ("A", None, 50.0, 50.0))
    assert rows.select(ageing.mean_age("age", "qty")).item() == 20
    assert stock(("A", None, 5.0, 5.0)).select(ageing.mean_age("age", "qty")).item() is None


def test_the_reserve_of_the_references_ladder_is_6500():
    """1000 × 20 × 0 % + 500 × 20 × 25 % + 200 × 20 × 50 % + a last tier in full (100 × 20)."""
    tiers = stock(("A", 90, 1000.0, 20_000.0), ("A", 300, 500.0, 10_000.0), ("A", 500, 200.0, 4_000.0), ("A", 900, 100.0, 2_000.0))
    found = reserve(tiers)
    assert found["reserve_value"].to_list() == [0.0, 2500.0, 2000.0, 2000.0]
    assert found["reserve_value"].sum() == 6500


@pytest.mark.parametrize(("age", "share"), [(180, 0.0), (181, 0.25), (365, 0.25), (366, 0.5), (540, 0.5), (541, 0.75), (730, 0.75), (731, 1.0)])
def test_the_ladder_steps_on_the_day_after_each_bucket(age, share):
    assert reserve(stock(("A", age, 1.0, 100.0)))["reserve_value"][0] == pytest.approx(100 * share)


def test_excess_is_what_lies_beyond_the_horizon_and_the_safety_stock():
    assert ageing.excess(100, 60, 10) == 30
    assert ageing.excess(50, 60, 10) == 0
    found = reserve(stock(("A", 0, 200.0, 200.0)), need(monthly=10.0, safety=20.0), by_excess=((12, 0.25), (24, 1.0)))
    assert found["excess_qty"][0] == 60
    assert found["reserve_value"][0] == pytest.approx(60 * 0.25)


def test_of_age_and_excess_the_larger_rate_counts_for_each_piece_and_they_are_not_added():
    """The oldest pieces are sold first: the 60 pieces beyond the need are the youngest."""
    rows = stock(("A", 500, 100.0, 100.0), ("A", 10, 100.0, 100.0))
    found = reserve(rows, need(monthly=10.0, safety=20.0), by_excess=((12, 0.25), (24, 1.0)))
    assert found["reserve_value"].to_list() == pytest.approx([50.0, 60 * 0.25])
    old_excess = reserve(stock(("A", 500, 200.0, 200.0)), need(monthly=10.0, safety=20.0), by_excess=((12, 0.25), (24, 1.0)))
    assert old_excess["reserve_value"][0] == pytest.approx(200 * 0.5)


def test_the_reserve_never_exceeds_the_value():
    found = reserve(stock(("A", 900, 10.0, 77.0)), need(monthly=0.0, nrv=0.1), by_age=((0, 3.0),), by_excess=((0, 2.0),))
    assert found["reserve_value"][0] == pytest.approx(77.0)


def test_a_withdrawn_article_is_reserved_in_full_beyond_its_run_out():
    found = reserve(stock(("A", 10, 100.0, 1000.0)), need(monthly=5.0, safety=50.0, run_out=30.0), by_excess=DEFAULTS["reserve_by_excess"])
    assert found["reserve_value"][0] == pytest.approx(700.0)
    assert found["excess_qty"][0] == 70


def test_what_the_price_does_not_bring_back_is_reserved():
    found = reserve(stock(("A", 10, 10.0, 100.0)), need(nrv=0.8))
    assert found["reserve_value"][0] == pytest.approx(20.0)


def test_stock_of_unknown_age_is_reserved_only_for_its_excess_and_is_used_first():
    rows = stock(("A", 10, 100.0, 100.0), ("A", None, 40.0, 40.0))
    found = reserve(rows, need(monthly=10.0, safety=0.0), by_excess=((12, 1.0),))
    assert found["reserve_value"].to_list() == pytest.approx([20.0, 0.0])
    assert reserve(stock(("A", None, 40.0, 40.0)))["reserve_value"][0] == 0


def test_where_nobody_knows_the_need_nothing_is_excess():
    assert reserve(stock(("A", 10, 1e6, 1e6)), by_excess=DEFAULTS["reserve_by_excess"])["excess_qty"][0] == 0
