"""The sample company that nobody here made: every figure that its description gives, through the adapter, the marts and the KPI book.

The raw files are read where they lie beside the project; without them the tests are skipped.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.forecast_inputs import inputs_of
from engine.answers.forecast_run import worked_up
from engine.answers.kpis import kpi
from engine.answers.source import source_of
from engine.scope import EVERYTHING
from engine.selection import Selection
from tests.small_warehouse import published

PROJECT = Path(__file__).resolve().parents[1]
RAW = PROJECT.parent / "shared" / "data" / "adventureworks"
ADAPTER = PROJECT / "data" / "adapters" / "adventureworks"
OCTOBER = date(2013, 10, 31)
ALL_DAYS = {"first": date(2010, 1, 1), "last": date(2014, 12, 31)}

pytestmark = pytest.mark.skipif(not RAW.is_dir(), reason="the AdventureWorks files do not lie beside the project")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    views = [f"create view \"{file.stem}\" as from read_parquet('{file}')" for file in sorted(RAW.glob("*.parquet"))]
    selects = {file.stem: file.read_text(encoding="utf-8") for file in sorted(ADAPTER.glob("*.sql"))}
    return published(tmp_path_factory.mktemp("adventureworks") / "home", selects=selects, prepare=views)


def rows(warehouse, names, by=(), where=None, **days):
    answer = kpi(warehouse, names, Selection(by=by, where=tuple((where or {}).items()), **days), EVERYTHING)
    return answer.frame


def one(warehouse, name, **asked):
    return rows(warehouse, [name], **asked)[name][0]


def cents(value):
    return round(value, 2)


def test_the_input_tables_have_the_rows_of_the_source(warehouse):
    counts = {table: warehouse.input_rows(table).height for table in ("products", "materials", "dealers", "sales", "stock", "orders")}
    assert counts == {"products": 295, "materials": 209, "dealers": 702, "sales": 60855 + 60398, "stock": 776286, "orders": 60855}


def test_buyers_and_lines_by_channel(warehouse):
    sales = warehouse.input_rows("sales")
    resold = sales.filter(pl.col("dealer_id") != "INTERNET")
    assert (resold["dealer_id"].n_unique(), resold.height, sales.height - resold.height) == (635, 60855, 60398)


@pytest.mark.parametrize(
    ("channel", "net_sales", "cost", "units"), [("reseller", 80_450_596.98, 79_980_114.38, 214_378), ("internet", 29_358_677.22, 17_277_793.58, 60_398)]
)
def test_sales_by_channel(warehouse, channel, net_sales, cost, units):
    found = rows(warehouse, ["net_sales", "sales_cost", "sold_qty"], where={"channel": (channel,)}, **ALL_DAYS).row(0)
    assert (cents(found[0]), cents(found[1]), found[2]) == (net_sales, cost, units)


@pytest.mark.parametrize(
    ("channel", "by_year"),
    [
        ("reseller", {2010: 489_328.58, 2011: 18_192_802.71, 2012: 28_193_631.53, 2013: 33_574_834.16}),
        ("internet", {2010: 43_421.04, 2011: 7_075_525.93, 2012: 5_842_485.20, 2013: 16_351_550.34, 2014: 45_694.72}),
    ],
)
def test_sales_by_year(warehouse, channel, by_year):
    for year, expected in by_year.items():
        assert cents(one(warehouse, "net_sales", where={"channel": (channel,)}, first=date(year, 1, 1), last=date(year, 12, 31))) == expected


@pytest.mark.parametrize(
    ("channel", "spheres"),
    [
        (
            "reseller",
            {
                "Bikes": (66_302_381.56, 67_293_081.45),
                "Components": (11_799_076.66, 10_766_110.18),
                "Clothing": (1_777_840.84, 1_545_417.42),
                "Accessories": (571_297.93, 375_505.33),
            },
        ),
        ("internet", {"Bikes": (28_318_144.65, 16_812_348.15), "Accessories": (700_759.96, 262_085.39), "Clothing": (339_772.61, 203_360.03)}),
    ],
)
def test_sales_and_cost_by_sphere(warehouse, channel, spheres):
    found = rows(warehouse, ["net_sales", "sales_cost"], by=("sphere",), where={"channel": (channel,)}, **ALL_DAYS)
    assert {sphere: (cents(sales), cents(cost)) for sphere, sales, cost in found.iter_rows()} == spheres


def test_the_largest_territory_reseller_and_product(warehouse):
    resellers = {"channel": ("reseller",)}
    territory = rows(warehouse, ["net_sales"], by=("region",), where=resellers, **ALL_DAYS).row(0)
    dealer = rows(warehouse, ["net_sales"], by=("dealer_id",), where=resellers, **ALL_DAYS).row(0)
    article = rows(warehouse, ["net_sales"], by=("sku",), where=resellers, **ALL_DAYS).row(0)
    dealers, products = warehouse.input_rows("dealers"), warehouse.input_rows("products")
    assert (territory[0], cents(territory[1])) == ("Southwest", 18_466_458.79)
    assert (dealers.filter(dealer_id=dealer[0])["dealer_name"][0], cents(dealer[1])) == ("Brakes and Gears", 877_107.19)
    assert (products.filter(sku=article[0])["product_name"][0], cents(article[1])) == ("Mountain-200 Black, 38", 3_105_726.66)


@pytest.mark.parametrize(
    ("day", "kind", "value", "units"),
    [
        (date(2012, 12, 31), "product", 22_910_161.18, 94_659),
        (OCTOBER, "product", 23_225_234.60, 94_788),
        (date(2013, 11, 30), "product", 23_386_824.31, 94_807),
        (date(2012, 12, 31), "all", 22_952_033.49, 258_993),
        (date(2013, 11, 30), "all", 23_429_378.20, None),
    ],
)
def test_stock_at_cost(warehouse, day, kind, value, units):
    found = rows(warehouse, ["stock_value", "stock_qty"], where={"item_kind": (kind,)}, as_of=day).row(0)
    assert cents(found[0]) == value
    assert units in (None, found[1])


def test_stock_by_sphere(warehouse):
    found = {sphere: cents(value) for sphere, value in rows(warehouse, ["stock_value"], by=("sphere",), as_of=OCTOBER).iter_rows()}
    assert found == {"Components": 18_226_054.24, "Bikes": 4_965_699.72, "Accessories": 30_560.76, "Clothing": 2_919.88}


def test_days_of_supply_in_units(warehouse):
    stock, sold = rows(warehouse, ["stock_qty", "sold_qty"], as_of=OCTOBER).row(0)
    by_channel = dict(rows(warehouse, ["sold_qty"], by=("channel",), as_of=OCTOBER).iter_rows())
    assert (sold, by_channel) == (38_303, {"reseller": 23_859, "internet": 14_444})
    assert round(stock / sold * 90, 1) == 222.7


def test_days_of_supply_at_cost(warehouse):
    found = rows(warehouse, ["days_of_supply", "days_of_supply_backward"], as_of=OCTOBER)
    assert (round(found["days_of_supply"][0], 2), round(found["days_of_supply_backward"][0], 2)) == (349.02, 349.02)


def test_stock_without_a_sale_is_found_to_the_cent(warehouse):
    articles = rows(warehouse, ["unsold_stock_value"], by=("sku",), as_of=OCTOBER).filter(pl.col("unsold_stock_value") > 0)
    assert (articles.height, cents(articles["unsold_stock_value"].sum())) == (129, 12_230_210.79)
    year = rows(warehouse, ["unsold_stock_value"], by=("sku",), as_of=OCTOBER, first=date(2012, 11, 1), last=OCTOBER).filter(pl.col("unsold_stock_value") > 0)
    assert (year.height, cents(year["unsold_stock_value"].sum())) == (58, 8_229_484.28)


def test_articles_with_a_negative_balance(warehouse):
    found = rows(warehouse, ["stock_qty"], by=("sku",), as_of=OCTOBER)
    assert found.filter(pl.col("stock_qty") < 0).height == 5


def test_turns_and_gmroii_of_twelve_months(warehouse):
    found = rows(warehouse, ["turns", "gmroii"], as_of=OCTOBER).row(0)
    year = rows(warehouse, ["sales_cost", "gross_margin"], first=date(2012, 11, 1), last=OCTOBER).row(0)
    balances = [one(warehouse, "stock_value", as_of=date(2012, 10, 31))]
    balances += rows(warehouse, ["stock_value"], by=("month",), as_of=OCTOBER, first=date(2012, 11, 1), last=OCTOBER)["stock_value"].to_list()
    assert (cents(year[0]), cents(year[1])) == (43_488_849.43, 5_182_000.79)
    assert (len(balances), cents(sum(balances) / 13)) == (13, 22_602_673.27)
    assert (round(found[0], 3), round(found[1], 3)) == (1.924, 0.229)


def test_the_ledger_closes(warehouse):
    """Yesterday + in − out = today, article by article and month by month."""
    audits = dict(warehouse.read("rows_audits").select("name", "row_count").iter_rows())
    assert audits["stock_ledger_does_not_close"] == 0


def test_the_page_of_dead_stock_finds_what_did_not_sell_in_the_usual_window(warehouse):
    """No recipes and no withdrawals are in these data: the page shows the one class that it can know, and names what it lacks."""
    found = ANSWERS["dead_stock"](warehouse, Selection(as_of=OCTOBER), EVERYTHING, "window")
    assert (found.frame.height, cents(found.frame["value"].sum()), set(found.frame["class"])) == (129, 12_230_210.79, {"unsold_products"})
    assert "recipes" in found.missing
    assert [dict(note.values)["n"] for note in found.notes if "below zero" in note.text] == [5]


def test_the_age_of_stock_comes_from_receipts_and_what_was_there_before_is_unknown(warehouse):
    products = (("item_kind", ("product",)),)
    buckets = ANSWERS["ageing"](warehouse, Selection(as_of=OCTOBER, where=products), EVERYTHING).extra["buckets"]
    assert buckets["value"].sum() == pytest.approx(one(warehouse, "stock_value", as_of=OCTOBER) + negative_value(warehouse), abs=0.01)
    assert float(buckets.filter(pl.col("from_days").is_null())["value"].sum()) > 0
    assert (buckets["reserve_value"] <= buckets["value"] + 1e-6).all()


def negative_value(warehouse):
    """What the lots below zero take from the stock at cost."""
    lots = warehouse.read("stock_lots_on", as_of=OCTOBER, places=None).filter(pl.col("qty") < 0)
    items = warehouse.read("items").filter(pl.col("item_kind") == "product")
    return -float(lots.join(items, on="item_id", how="semi")["value"].sum())


def test_the_start_page_leads_to_dead_stock_and_flags_the_five_negative_balances(warehouse):
    alerts = ANSWERS["start"](warehouse, Selection(as_of=OCTOBER), EVERYTHING).alerts
    assert any(alert.page == "dead_stock" for alert in alerts)
    below = next(alert for alert in alerts if "below zero" in alert.said.text)
    assert dict(below.said.values)["n"] == 5


@pytest.mark.parametrize("name", ["stock_by_purpose", "holding_cost"])
def test_the_pages_of_stock_work_with_what_there_is(warehouse, name):
    assert ANSWERS[name](warehouse, Selection(as_of=OCTOBER), EVERYTHING).frame.height > 0


def test_safety_stock_works_with_what_is_there_and_says_what_it_lacks(warehouse):
    found = ANSWERS["safety_stock"](warehouse, Selection(as_of=OCTOBER), EVERYTHING)
    known = found.frame.filter(pl.col("required_why").is_null())
    assert {"replenishment", "forecasts", "availability"} <= set(found.missing)
    assert known.height > 100
    assert known.select(pl.col("cycle_qty", "fill_qty").is_null().any()).row(0) == (False, False)
    assert set(known["deviation_from"]) == {"demand"}
    unknown = found.frame.filter(pl.col("required_why").is_not_null())
    assert unknown.height > 0
    assert unknown["cycle_qty"].null_count() == unknown.height


# ── the meeting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def answered(warehouse, question):
    return ANSWERS[question](warehouse, Selection(), EVERYTHING)


def test_the_report_speaks_of_the_last_month_and_says_what_it_cannot_compare(warehouse):
    report = answered(warehouse, "month_report")
    assert report.facts["month"] == date(2014, 1, 1)
    assert cents(report.frame["net_value"].sum()) == 45_694.72
    assert {"forecasts", "budget", "production_plan"} <= set(report.missing)
    assert "production" not in report.missing
    unknown = {measure.label.text: measure.why_unknown for measure in report.facts["measures"] if measure.value is None}
    assert set(unknown) >= {"Against the forecast", "Against the budget", "Made against the plan"}
    assert all(why is not None for why in unknown.values())
    months = report.extra["months"].filter(month=date(2013, 10, 1))
    assert cents(months["actual"][0]) == cents(one(warehouse, "net_sales", first=date(2013, 10, 1), last=OCTOBER))


def test_demand_goes_on_from_last_year_where_nobody_forecast_and_says_so(warehouse):
    plan, review = answered(warehouse, "demand_plan"), answered(warehouse, "demand_review")
    assert (plan.frame["family"].n_unique(), plan.frame["month"].n_unique()) == (119, 12)
    unknown = plan.frame.filter(pl.col("demand_qty").is_null())
    assert unknown["family"].n_unique() == 42  # nothing of them was sold a year before: only a forecast of ours would know them
    assert unknown["demand_why"].null_count() == 0
    assert plan.frame.filter(pl.col("demand_qty").is_not_null())["is_continued"].all()
    assert plan.frame.select(pl.sum_horizontal("small_qty", "large_qty", "deal_qty").sum()).item() == 0
    assert {"forecasts", "contracts", "deals"} <= set(plan.missing)
    assert {"forecasts", "contracts", "deals", "budget"} <= set(review.missing)
    assert any("goes on" in note.text or "go on" in note.text for note in plan.notes)


def test_the_family_sheets_close_and_say_what_they_lack(warehouse):
    sheets = answered(warehouse, "family_sheet")
    assert sheets.extra["gaps"].is_empty()
    assert {"production_plan", "forecasts"} <= set(sheets.missing)
    behind = sheets.frame.filter(~pl.col("is_ahead"))
    assert (behind["sales_qty"].null_count(), behind["forecast_qty"].null_count()) == (0, behind.height)
    stock = sheets.frame.filter(month=date(2013, 11, 1))["stock_qty"].sum()
    assert stock == one(warehouse, "stock_qty", where={"item_kind": ("product",)}, as_of=date(2013, 11, 30))


def test_a_forecast_of_some_of_its_products_is_made_with_intervals_and_its_errors(warehouse):
    """Of all 295 it is made in half a minute; here of those that sold most."""
    source = source_of(warehouse)
    assert "has been made" in answered(warehouse, "forecast").headline.text
    inputs = inputs_of(source)
    some = sorted(inputs.items, key=lambda item: -float(item.shipped.sum()))[:6]
    company, made = worked_up(replace(inputs, items=some), source.settings, cores=1)
    assert [item.code for item in company.items] == [item.code for item in some]
    for task, ahead in zip(made.tasks, made.ahead, strict=True):
        low, high = ahead.ends[0.8]
        assert len(ahead.qty) == int(source.settings["forecast_months"]), task.code
        assert (low >= 0).all(), task.code
        assert (low <= ahead.qty + 1e-9).all(), task.code
        assert (ahead.qty <= high + 1e-9).all(), task.code
