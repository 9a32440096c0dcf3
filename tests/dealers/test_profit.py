"""The dealer's profit and loss, on the cases of the sources."""

import polars as pl
import pytest

from engine.dealers import profit
from engine.language import formatted
from engine.settings import DEFAULTS

COURSE = {"net_sales": 800.0, "gross_profit": 56.0, "people": 25.0, "office": 5.0, "transport": 4.0, "bad_debt": 4.0, "other": 10.0, "marketing": 0.0}
"""The dealer of 8 m a month, in ten thousands: 7 % margin, warehouse rent booked under office, public relations under other."""
SMALL_DEALER = (
    ("office", 2500.0, True), ("warehouse", 1200.0, True), ("sales people", 4800.0, True), ("storage and drivers", 3200.0, True), ("support", 3000.0, True),
    ("depreciation", 2 * 150_000 / 10 / 12, True), ("repairs", 400.0, True), ("fuel", 2.0 * 5 * 3 * 30, True), ("inspection", 2000 / 12, True),
    ("parking", 2.0 * 20 * 30, True), ("equipment", 200.0, True), ("utilities", 200.0, True), ("phone", 2000.0, True), ("entertainment", 1000.0, True),
    ("bad debt", 2 * 50_000 / 12, False), ("fixed tax", 300.0, False),
)  # fmt: skip


def stated(tax_share=DEFAULTS["dealer_tax_share"], **changes):
    return profit.statement(pl.DataFrame([COURSE | changes]), tax_share).row(0, named=True)


def percent(value):
    return formatted(value, "share", "en")


def test_case_8m_of_the_course_prints_profit_before_tax_8_and_net_profit_5_8():
    found = stated()
    assert found["gross_profit"] == 56
    assert found["total_gross_profit"] == 56
    assert found["profit_before_tax"] == pytest.approx(8)
    assert found["tax"] == pytest.approx(2.24)
    assert found["net_profit"] == pytest.approx(5.76)
    assert formatted(found["tax"], "qty", "en", decimals=1) == "2.2"
    assert formatted(found["net_profit"], "qty", "en", decimals=1) == "5.8"


def test_case_8m_of_the_course_prints_each_line_as_a_share_of_sales_rounded_half_up():
    found = stated()
    lines = {name: percent(found[name] / found["net_sales"]) for name in ("transport", "marketing", "people", "office", "bad_debt", "other", "net_profit")}
    assert lines == {"transport": "0.5%", "marketing": "0%", "people": "3.1%", "office": "0.6%", "bad_debt": "0.5%", "other": "1.3%", "net_profit": "0.7%"}
    assert found["net_share"] == pytest.approx(0.0072)
    assert round(100 * 10 / 800, 1) == 1.2  # how binary rounding would print what the course prints as 1.3


def test_case_8m_the_goods_cost_744_and_the_mark_up_is_7_53_percent():
    found = stated()
    assert found["goods_cost"] == 744
    assert found["margin_share"] == 0.07
    assert formatted(found["markup_share"] * 100, "ratio", "en") == "7.53"


def test_case_8m_breaks_even_at_685_7_of_sales_or_6_percent_margin():
    found = stated()
    assert found["break_even_sales"] == pytest.approx(685.714, abs=1e-3)
    assert found["break_even_margin"] == pytest.approx(0.06)


def test_case_8m_one_point_of_margin_more_doubles_the_net_profit():
    assert stated(gross_profit=64.0)["net_profit"] == pytest.approx(11.52)


def test_case_8m_stock_turns_and_gmroii_stand_on_cost_not_on_sales_value():
    stock = profit.stock_for_days(744, 15)
    assert stock == 372
    assert profit.stock_for_days(744 * 12, 15, 365) == pytest.approx(366.9, abs=0.05)
    assert profit.stock_for_days(800, 15) == 400  # the wrong reading
    assert 744 * 12 / stock == pytest.approx(24)
    assert 56 * 12 / stock == pytest.approx(1.806, abs=1e-3)
    assert pytest.approx(56 * 12 / stock) == 0.07 * 24 / 0.93


@pytest.mark.parametrize(("credit_days", "expected"), [(0, 0.0215), (30, 0.0068)])
def test_case_8m_return_before_tax_falls_from_2_15_to_0_68_percent_with_30_days_of_credit(credit_days, expected):
    tied = {"months": 1, "profit_before_tax": 8.0, "stock_value": 372.0, "receivables": 800.0 * credit_days / 30, "claims": None, "fixed_assets": None}
    schema = {"claims": pl.Float64, "fixed_assets": pl.Float64}
    found = profit.with_return(pl.DataFrame([tied], schema_overrides=schema), "profit_before_tax")
    assert found["roi_month"][0] == pytest.approx(expected, abs=5e-5)


def test_the_tax_rate_is_a_setting_and_the_books_of_the_dealer_go_before_it():
    assert stated(tax_share=0.25)["net_profit"] == pytest.approx(6.0)
    told = stated(tax=1.0)
    assert (told["net_profit"], told["tax_is_reckoned"]) == (pytest.approx(7.0), False)
    assert stated()["tax_is_reckoned"]


def test_a_loss_pays_no_tax():
    found = stated(people=40.0)
    assert (found["tax"], found["net_profit"]) == (0, pytest.approx(-7))


def test_rebates_make_the_total_gross_profit_and_lower_the_margin_that_is_needed():
    found = stated(rebate=16.0, other_income=2.0)
    assert found["total_gross_profit"] == 72
    assert found["profit_before_tax"] == pytest.approx(26)
    assert found["break_even_sales"] == pytest.approx(46 / 0.09)
    assert found["break_even_margin"] == pytest.approx((46 - 16) / 800)


def test_without_a_margin_no_sales_break_even():
    assert stated(gross_profit=0.0)["break_even_sales"] is None


def test_costs_that_nobody_reported_leave_the_profit_unknown():
    found = profit.statement(pl.DataFrame([COURSE | {"people": None}], schema_overrides={"people": pl.Float64}), 0.28).row(0, named=True)
    assert (found["costs"], found["profit_before_tax"], found["net_profit"]) == (None, None, None)
    assert found["margin_share"] == 0.07


@pytest.mark.parametrize(("tolls", "controllable", "total"), [(600.0, "23,867", "32,500"), (1200.0, "24,467", "33,100")])
def test_case_small_dealer_costs_with_tolls_as_printed_and_as_the_note_says(tolls, controllable, total):
    sums = profit.monthly_costs([*SMALL_DEALER, ("tolls", tolls, True)])
    assert tuple(formatted(value, "qty", "en", decimals=0) for value in sums) == (controllable, total)


def test_case_small_dealer_breaks_even_at_464_286_of_sales():
    _, total = profit.monthly_costs([*SMALL_DEALER, ("tolls", 600.0, True)])
    sums = pl.DataFrame([{"net_sales": 500_000.0, "gross_profit": 35_000.0, "other": total}])
    assert profit.statement(sums, 0.0)["break_even_sales"][0] == pytest.approx(464_286, abs=1)


def test_case_handbook_the_return_is_2_74_percent_a_month_and_32_91_a_year():
    sums = pl.DataFrame([{"net_sales": 350_000.0, "gross_profit": 24_500.0, "other": 12_500.0, "months": 1}])
    earned = profit.statement(sums, 0.0).with_columns(
        pl.lit(profit.stock_for_days(350_000, 15)).alias("stock_value"),
        pl.lit(profit.stock_for_days(350_000, 21)).alias("receivables"),
        pl.lit(17_500.0).alias("claims"),
        pl.lit(0.0).alias("fixed_assets"),
    )
    found = profit.with_return(earned).row(0, named=True)
    assert (found["net_profit"], found["capital"]) == (12_000, 437_500)
    assert found["roi_month"] * 100 == pytest.approx(2.742857, abs=1e-6)
    assert found["roi"] * 100 == pytest.approx(32.914286, abs=1e-6)


def test_the_return_is_unknown_where_the_receivables_were_not_told():
    tied = pl.DataFrame([{"months": 1, "net_profit": 8.0, "stock_value": 372.0, "receivables": None, "claims": None, "fixed_assets": 1.0}])
    found = profit.with_return(tied.cast({"receivables": pl.Float64, "claims": pl.Float64}))
    assert found["roi"][0] is None


def test_a_dealer_is_compared_with_dealers_of_its_size_and_not_with_itself():
    frame = pl.DataFrame(
        {"dealer_id": ["a", "b", "c", "d", "giant"], "net_sales": [100.0, 110.0, 120.0, 90.0, 9000.0], "people": [20.0, 5.5, 6.0, 4.5, 9000.0]}
    )
    found = profit.peers_of(frame, 2.0, 3, ["people"])
    rows = {row["dealer_id"]: row for row in found.iter_rows(named=True)}
    assert (rows["a"]["share"], rows["a"]["peer_share"], rows["a"]["peers"]) == (0.2, pytest.approx(0.05), 3)
    assert (rows["giant"]["peer_share"], rows["giant"]["peers"]) == (None, 0)
    sales = frame.select("dealer_id", "net_sales", pl.lit(6.0).alias("months"))
    first = profit.opportunities(found, sales).row(0, named=True)
    assert (first["dealer_id"], first["yearly_value"]) == ("a", pytest.approx(30.0))
