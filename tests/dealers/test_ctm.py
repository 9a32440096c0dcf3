"""Contribution to margin, on the table that the course prints."""

import polars as pl
import pytest

from engine.dealers import ctm
from engine.language import formatted

COURSE = (("食品", 46, 20), ("葡萄酒", 9, 30), ("白酒洋酒", 16, 18), ("调酒饮料", 12, 25), ("冷饮", 7, 35), ("啤酒", 6, 25), ("小吃", 4, 40))
PRINTED = {"食品": "9.2", "葡萄酒": "2.7", "白酒洋酒": "2.9", "调酒饮料": "3", "冷饮": "2.5", "啤酒": "1.5", "小吃": "1.6"}
TABLE = pl.DataFrame(
    [(name, float(share), share * margin / 100) for name, share, margin in COURSE], schema=["category", "net_value", "gross_profit"], orient="row"
)


@pytest.fixture
def parts():
    return ctm.contributions(TABLE, "category")


def with_price_rise(rise):
    """The course's table after the prices of food rose at constant cost."""
    more = pl.when(pl.col("category") == "食品").then(46.0 * rise).otherwise(0.0)
    return ctm.contributions(TABLE.with_columns(pl.col("net_value") + more, pl.col("gross_profit") + more), "category")


def test_case_ctm_of_the_course_prints_seven_contributions_and_23_3_percent(parts):
    assert {
        name: formatted(value * 100, "qty", "en", decimals=None if name == "调酒饮料" else 1) for name, value in parts.select("category", "ctm").iter_rows()
    } == PRINTED
    assert ctm.blended(parts) == pytest.approx(0.2333)


def test_case_ctm_is_rounded_last_because_the_rounded_column_adds_up_to_23_4(parts):
    assert sum(float(text) for text in PRINTED.values()) == pytest.approx(23.4)
    assert formatted(ctm.blended(parts), "share", "en") == "23.3%"


def test_case_ctm_food_needs_23_63_percent_for_a_blended_margin_of_25(parts):
    found = ctm.needed(parts, "category", "食品", 0.25)
    assert found.margin == pytest.approx(0.2363, abs=5e-5)
    assert found.margin * 0.46 == pytest.approx(0.1087)
    assert found.why is None


def test_case_ctm_a_price_rise_of_4_84_percent_reaches_25_and_4_75_does_not(parts):
    rise = ctm.needed(parts, "category", "食品", 0.25).price_rise
    assert rise == pytest.approx(0.0484, abs=5e-5)
    assert ctm.blended(with_price_rise(rise)) == pytest.approx(0.25)
    assert ctm.blended(with_price_rise(0.0475)) == pytest.approx(0.2497, abs=5e-5)


def test_case_ctm_a_target_that_needs_100_percent_margin_is_not_reachable(parts):
    found = ctm.needed(parts, "category", "小吃", 0.30)
    assert found.margin is None
    assert found.why == ctm.NOT_REACHABLE


def test_a_target_that_is_reached_already_needs_nothing(parts):
    found = ctm.needed(parts, "category", "食品", 0.20)
    assert (found.why, found.price_rise) == (ctm.ALREADY, None)


def test_a_category_that_is_not_sold_cannot_carry_a_target(parts):
    assert ctm.needed(parts, "category", "茶", 0.25).why == ctm.NO_SALES


def test_growing_what_earns_less_than_the_blended_margin_dilutes_it(parts):
    assert set(parts.filter("dilutes")["category"]) == {"食品", "白酒洋酒"}


def test_shares_of_volume_give_another_margin_than_shares_of_value(parts):
    volumes = ctm.contributions(TABLE.with_columns(pl.Series("qty", [10.0, 9, 16, 12, 7, 6, 40])), "category", "qty")
    assert ctm.blended(volumes) != pytest.approx(ctm.blended(parts), abs=0.01)
    assert "quantities" in str(ctm.BY_VOLUME)


def test_without_sales_there_is_no_margin():
    nothing = ctm.contributions(TABLE.with_columns(pl.lit(0.0).alias("net_value")), "category")
    assert ctm.blended(nothing) is None
