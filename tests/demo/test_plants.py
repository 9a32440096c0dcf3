"""What was planted can be found in the files, by other means than those that planted it, and to the cent."""

from datetime import date

import polars as pl
import pytest

from tests.demo.company_files import AS_OF, Company

YEAR_AGO = date(2024, 10, 31)


def cents(company: Company, *which: pl.Expr) -> int:
    """Value of rows of own stock, added up in whole cents: to the yuan is not enough."""
    return round((company.own.filter(*which)["value"] * 100).round(3).sum())


def damaged(company: Company) -> pl.Expr:
    return (pl.col("condition") == "damaged") & pl.col("item_id").is_in(company["materials"]["material_id"].to_list())


def without_a_set(company: Company) -> set[str]:
    """Materials at hand, not damaged, of which no article can be made that is still in the programme."""
    at_hand = set(company.own.filter(pl.col("condition") == "good", pl.col("on_hand_qty") > 0)["item_id"])
    gone = set(company["products"].filter(pl.col("withdrawn_on") <= AS_OF)["sku"])
    recipes = company["recipes"].group_by("sku").agg(pl.col("material_id"))
    whole = {sku for sku, parts in recipes.iter_rows() if sku not in gone and set(parts) <= at_hand}
    usable = {material for sku, parts in recipes.iter_rows() if sku in whole for material in parts}
    return (at_hand & set(company["materials"]["material_id"])) - usable


def unsold(company: Company) -> set[str]:
    """Articles at hand that were not sold for a year, and lie here for longer than that."""
    sold = set(company["sales"].filter(pl.col("shipped_on") > YEAR_AGO, pl.col("qty") > 0)["sku"])
    old = company.own.group_by("item_id").agg(pl.col("received_on").min()).filter(pl.col("received_on") < YEAR_AGO)["item_id"]
    return (set(old) & set(company["products"]["sku"])) - sold


def test_the_sums_of_the_first_seed_are_those_of_the_case(company: Company):
    dead = company.plants["dead_stock"]
    sums = [dead[name]["value"] for name in ("damaged_materials", "materials_that_make_no_set", "unsold_products", "withdrawn_products")]
    case = [300_000, 900_000, 2_000_000, 1_300_000]
    assert (sums == case) is (company.plants["seed"] == 1)
    assert (dead["unsold_products"]["count"], dead["withdrawn_products"]["count"]) == (42, 11) or company.plants["seed"] != 1


def test_damaged_materials_are_worth_what_was_planted(company: Company):
    assert cents(company, damaged(company)) == company.plants["dead_stock"]["damaged_materials"]["value"] * 100


def test_materials_that_make_no_set_are_worth_what_was_planted(company: Company):
    found = without_a_set(company)
    planted = company.plants["dead_stock"]["materials_that_make_no_set"]
    assert found == set(planted["items"])
    assert cents(company, pl.col("item_id").is_in(found), ~damaged(company)) == planted["value"] * 100


def test_articles_unsold_for_years_are_worth_what_was_planted(company: Company):
    found = unsold(company)
    planted = company.plants["dead_stock"]["unsold_products"]
    assert found == {item["sku"] for item in planted["items"]}
    assert len(found) == planted["count"]
    assert cents(company, pl.col("item_id").is_in(found)) == planted["value"] * 100


def test_some_articles_lie_there_for_three_and_for_ten_years(company: Company):
    planted = company.plants["dead_stock"]["unsold_products"]
    ever_sold = set(company["sales"]["sku"])
    oldest = company.own.filter(pl.col("item_id").is_in(unsold(company))).group_by("item_id").agg(pl.col("received_on").min())
    never = oldest.filter(~pl.col("item_id").is_in(ever_sold))
    assert never.filter(pl.col("received_on") < date(2022, 10, 31)).height == planted["over_3_years"] > 10
    assert oldest.filter(pl.col("received_on") < date(2015, 10, 31)).height == planted["over_10_years"] > 3


def test_withdrawn_articles_are_worth_what_was_planted_once_the_unsold_are_left_out(company: Company):
    planted = company.plants["dead_stock"]["withdrawn_products"]
    gone = set(company["products"].filter(pl.col("withdrawn_on") <= AS_OF)["sku"])
    found = (gone & set(company.own["item_id"])) - unsold(company)
    assert found == {item["sku"] for item in planted["items"]}
    assert len(found) == planted["count"]
    assert cents(company, pl.col("item_id").is_in(found)) == planted["value"] * 100
    causes = company["products"].filter(pl.col("sku").is_in(found))["withdrawn_cause"]
    assert set(causes) == {"replaced", "tactical", "dealer_special"}
    special = company["products"].filter(pl.col("sku").is_in(found), pl.col("withdrawn_cause") == "dealer_special")
    assert special["made_for_dealer_id"].null_count() == 0


def test_the_classes_overlap_so_that_their_order_matters(company: Company):
    items = set(company.own.filter(damaged(company))["item_id"])
    assert items & without_a_set(company)
    assert unsold(company) & set(company["products"].filter(pl.col("withdrawn_on") <= AS_OF)["sku"])


def test_one_sales_area_reports_a_multiple_of_what_it_orders(company: Company):
    region = company["dealers"].select("dealer_id", "region")
    start = company["production_requests"]["requested_on"].min()
    made = company["products"].filter(pl.col("made_by") != "third_party")["sku"].to_list()
    ordered = (
        company["orders"]
        .filter(pl.col("ordered_on") >= start, pl.col("sku").is_in(made))
        .join(region, on="dealer_id")
        .group_by("region")
        .agg(pl.col("qty").sum())
    )
    asked = company["production_requests"].group_by("asked_by").agg(pl.col("qty").sum().alias("asked"))
    ratio = dict(asked.join(ordered, left_on="asked_by", right_on="region").select("asked_by", pl.col("asked") / pl.col("qty")).iter_rows())
    planted = company.plants["inflating_area"]
    assert ratio.pop(planted["area"]) == pytest.approx(planted["reported_to_ordered"], abs=1e-4)
    assert max(abs(value - 1) for value in ratio.values()) < 0.1
    assert len(ratio) == 7


def channel_load(company: Company, end: date) -> dict[str, float]:
    """Sell-in ÷ sell-through over the three months up to `end`, in pieces at list price."""
    price = company["products"].select("sku", "list_price")
    start = (end.replace(day=1) if end.month > 2 else end).replace(day=1)
    start = date(start.year if start.month > 2 else start.year - 1, (start.month - 3) % 12 + 1, 1)

    def worth(table: pl.DataFrame, day: str) -> pl.DataFrame:
        rows = table.filter(pl.col(day).is_between(start, end)).join(price, on="sku")
        return rows.group_by("dealer_id").agg((pl.col("qty") * pl.col("list_price")).sum().alias(day))

    both = worth(company["sales"], "shipped_on").join(worth(company["dealer_sales"], "sold_on"), on="dealer_id")
    return dict(both.select("dealer_id", pl.col("shipped_on") / pl.col("sold_on")).iter_rows())


def test_one_dealer_is_stuffed_month_after_month(company: Company):
    late = company.plants["dealers_reporting_late"]
    loads = [channel_load(company, end) for end in (date(2025, 7, 31), date(2025, 8, 31), date(2025, 9, 30), AS_OF)]
    stuffed = company.plants["stuffed_dealer"]["dealer_id"]
    assert min(load[stuffed] for load in loads) > 1.1
    always = [name for name in loads[-1] if name not in late and min(load.get(name, 0) for load in loads) > 1.1]
    assert always == [stuffed]
    assert max(loads[-1], key=lambda name: 0 if name in late else loads[-1][name]) == stuffed


def test_a_few_dealers_change_their_plans_far_more_often_than_the_rest(company: Company):
    changed = (
        company["order_changes"]
        .select("order_id", "line_no")
        .unique()
        .join(company["orders"], on=["order_id", "line_no"])
        .group_by("dealer_id")
        .agg(pl.len().alias("changed"))
    )
    share = dict(company["orders"].group_by("dealer_id").len().join(changed, on="dealer_id").select("dealer_id", pl.col("changed") / pl.col("len")).iter_rows())
    fickle = company.plants["dealers_that_change_plans"]
    assert len(fickle) == 3
    assert min(share[name] for name in fickle) > 3 * max(value for name, value in share.items() if name not in fickle)


def test_diverted_batches_were_shipped_above_all_to_the_dealer_that_diverts(company: Company):
    planted = company.plants["diverting_dealer"]
    complaints = company["diversions"].filter(pl.col("victim_dealer_id") == planted["victim_dealer_id"])
    shipped = company["sales"].filter(pl.col("qty") > 0).join(complaints.select("batch_id").unique(), on="batch_id")
    received = shipped.group_by("dealer_id").agg(pl.col("batch_id").n_unique(), pl.col("qty").sum())
    assert received.sort("batch_id", "qty", descending=True)["dealer_id"][0] == planted["dealer_id"]
    assert received.sort("qty", descending=True)["dealer_id"][0] == planted["dealer_id"]
    assert planted["victim_dealer_id"] not in received["dealer_id"].to_list()
    assert {row["batch_id"] for row in planted["complaints"]} <= set(complaints["batch_id"])
    region = dict(company["dealers"].select("dealer_id", "region").iter_rows())
    assert region[planted["dealer_id"]] != region[planted["victim_dealer_id"]]


def test_the_plan_exceeds_one_resource_in_autumn_and_nothing_else_much(company: Company):
    plan = company["production_plan"]
    plan = plan.filter(pl.col("version") == plan["version"].max())
    load = (
        plan.join(company["resource_use"].filter(pl.col("line_id").is_not_null()), on="line_id")
        .group_by("month", "resource_id")
        .agg((pl.col("qty") * pl.col("per_unit")).sum().alias("load"))
    )
    share = load.join(company["capacity"], on=["month", "resource_id"]).with_columns(share=pl.col("load") / pl.col("available")).sort("share", descending=True)
    planted = company.plants["bottleneck"]
    assert share.row(0, named=True)["resource_id"] == planted["resource_id"]
    assert share.row(0, named=True)["month"] == date.fromisoformat(planted["month"])
    assert planted["month"][5:7] in ("08", "09")
    assert share["share"][0] == pytest.approx(company.plants["scenario"]["peak"], abs=0.005)
    assert share["share"][1] < 1.06
    assert share.filter(pl.col("resource_id") != planted["resource_id"])["share"].max() < 1


def test_one_lot_of_material_stands_behind_the_leaks(company: Company):
    planted = company.plants["leaking_lot"]
    leaks = company["complaints"].filter(pl.col("material_id").is_not_null())
    used = set(company["batch_lots"].filter(pl.col("lot_id") == planted["lot_id"])["batch_id"])
    assert leaks.height > 10
    assert set(leaks["batch_id"]) <= used == set(planted["batches"])
    assert set(leaks["supplier"]) == {planted["supplier"]}


def test_some_materials_are_bought_beyond_their_plan(company: Company):
    bought = company["purchases"].filter(pl.col("received_on") > date(2024, 4, 30)).group_by("item_id").agg(pl.col("qty").sum())
    planned = company["purchase_plan"].filter(pl.col("month").is_between(date(2024, 5, 1), AS_OF)).group_by("item_id").agg(pl.col("planned_qty").sum())
    ratio = dict(bought.join(planned, on="item_id").select("item_id", pl.col("qty") / pl.col("planned_qty")).iter_rows())
    assert min(ratio[item] for item in company.plants["overbought_materials"]) > 1.3


def test_dealers_without_consent_are_silent_and_late_ones_stop_early(company: Company):
    counted = (
        company["stock"].join(company["locations"].filter(pl.col("kind") == "dealer"), on="location_id").group_by("dealer_id").agg(pl.col("counted_on").max())
    )
    last = dict(counted.iter_rows())
    assert len(company.plants["dealers_without_consent"]) == 2
    assert not set(company.plants["dealers_without_consent"]) & set(last)
    for name, months in company.plants["dealers_reporting_late"].items():
        assert (AS_OF.year - last[name].year) * 12 + AS_OF.month - last[name].month == months
