"""The demo company, read back from its files as anybody would: complete, coherent, and with exactly what was planted in it."""

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from data.demo import build
from engine.store.contracts import catalogue
from tests.demo.company_files import AS_OF, Company
from tests.demo_home import files_of


def cents(value: float) -> int:
    return round(value * 100)


# ── complete ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_table_of_the_contracts_is_there_with_all_its_columns(company: Company):
    assert set(company.tables) == set(catalogue())
    for name, contract in catalogue().items():
        assert set(company[name].columns) == {column.name for column in contract.columns}, name
        assert company[name].height, name


def test_what_is_required_is_filled_and_every_number_is_finite(company: Company):
    for name, contract in catalogue().items():
        table = company[name]
        assert [column for column in contract.required if table[column].null_count()] == [], name
        assert [column for column, type_ in table.schema.items() if type_ == pl.Float64 and not table[column].drop_nulls().is_finite().all()] == [], name


def test_keys_name_one_row_each_and_values_are_allowed(company: Company):
    for name, contract in catalogue().items():
        table = company[name]
        if contract.key:
            assert table.select(contract.key).is_duplicated().sum() == 0, name
        for column in contract.columns:
            if column.values:
                assert set(table[column.name].drop_nulls().unique()) <= set(column.values), (name, column.name)
            if column.one_of:
                group = [each.name for each in contract.columns if each.one_of == column.one_of]
                assert table.select(pl.sum_horizontal(pl.col(group).is_not_null()) == 1).to_series().all(), name


def test_every_reference_is_known(company: Company):
    for name, contract in catalogue().items():
        for column in contract.columns:
            known = {code for table, key in column.references for code in company[table][key].drop_nulls()}
            if column.references:
                assert set(company[name][column.name].drop_nulls()) <= known, (name, column.name)


def test_the_same_seed_gives_the_same_company(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory):
    first, again = files_of(tmp_path_factory, 2), build(tmp_path / "files", 2)
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {path.name: path.read_bytes() for path in first.iterdir()}
    assert json.loads((tmp_path / "plants.json").read_text(encoding="utf-8")) == json.loads((first.parent / "plants.json").read_text(encoding="utf-8"))


def test_the_demo_ends_on_a_month_end_that_its_festivals_cover(tmp_path: Path):
    with pytest.raises(ValueError, match="last day of a month"):
        build(tmp_path, 1, date(2025, 10, 30))
    with pytest.raises(ValueError, match="festivals"):
        build(tmp_path, 1, date(2035, 10, 31))


# ── ledgers ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def counts(company: Company, kinds: list[str]) -> pl.DataFrame:
    """Stock at each count by location and item."""
    places = company["locations"].filter(pl.col("kind").is_in(kinds))
    stock = company["stock"].join(places, on="location_id")
    return stock.group_by("location_id", "item_id", "counted_on").agg(pl.col("on_hand_qty").sum())


def unbalanced(stock: pl.DataFrame, moves: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Rows of `keys` × month where opening + moves differs from closing. Absent counts are 0 where the place was counted."""
    days = stock["counted_on"].unique().sort()
    month = {day: number for number, day in enumerate(days)}
    flows = moves.with_columns(number=pl.col("day").dt.month_end().replace_strict(month)).group_by(*keys, "number").agg(pl.col("qty").sum())
    level = (
        stock.group_by(*keys, "counted_on").agg(pl.col("on_hand_qty").sum()).with_columns(number=pl.col("counted_on").replace_strict(month)).drop("counted_on")
    )
    grid = (
        pl.concat([flows.select(keys), level.select(keys)])
        .unique()
        .join(pl.DataFrame({"number": list(month.values())}, schema={"number": level.schema["number"]}), how="cross")
    )
    full = grid.join(level, on=[*keys, "number"], how="left").join(flows, on=[*keys, "number"], how="left").fill_null(0).sort(*keys, "number")
    full = full.with_columns(opening=pl.col("on_hand_qty").shift(1).over(keys))
    return full.filter(pl.col("number") > 0, (pl.col("opening") + pl.col("qty") - pl.col("on_hand_qty")).abs() > 1e-3)


def test_own_finished_goods_close_by_location_item_and_month(company: Company):
    skus = company["products"]["sku"].to_list()
    moved = company["transfers"]
    moves = pl.concat(
        [
            company["production"].select("location_id", pl.col("sku").alias("item_id"), pl.col("produced_on").alias("day"), "qty"),
            company["purchases"].filter(pl.col("item_id").is_in(skus)).select("location_id", "item_id", pl.col("received_on").alias("day"), "qty"),
            moved.select(pl.col("from_location_id").alias("location_id"), "item_id", pl.col("moved_on").alias("day"), -pl.col("qty")),
            moved.select(pl.col("to_location_id").alias("location_id"), "item_id", pl.col("moved_on").alias("day"), "qty"),
            company["sales"].select("location_id", pl.col("sku").alias("item_id"), pl.col("shipped_on").alias("day"), -pl.col("qty")),
            company["adjustments"].filter(pl.col("item_id").is_in(skus)).select("location_id", "item_id", pl.col("adjusted_on").alias("day"), "qty"),
        ]
    )
    stock = counts(company, ["plant", "branch"]).filter(pl.col("item_id").is_in(skus))
    assert unbalanced(stock, moves, ["location_id", "item_id"]).is_empty()


def test_materials_close_against_what_production_took_by_its_recipes(company: Company):
    materials = company["materials"]["material_id"].to_list()
    used = (
        company["production"]
        .join(company["recipes"], on="sku")
        .select(pl.col("material_id").alias("item_id"), pl.col("produced_on").alias("day"), qty=-pl.col("qty") * pl.col("qty_per"))
    )
    moves = pl.concat(
        [
            used,
            company["purchases"].filter(pl.col("item_id").is_in(materials)).select("item_id", pl.col("received_on").alias("day"), "qty"),
            company["adjustments"].filter(pl.col("item_id").is_in(materials)).select("item_id", pl.col("adjusted_on").alias("day"), "qty"),
        ]
    )
    stock = counts(company, ["plant"]).filter(pl.col("item_id").is_in(materials)).with_columns(location_id=pl.lit("all"))
    assert unbalanced(stock, moves, ["item_id"]).filter((pl.col("opening") + pl.col("qty") - pl.col("on_hand_qty")).abs() > 0.05).is_empty()


def test_dealers_close_sell_in_less_sell_through_by_article_and_month(company: Company):
    silent = [*company.plants["dealers_without_consent"], *company.plants["dealers_reporting_late"]]
    heard = company["dealers"].filter(~pl.col("dealer_id").is_in(silent), pl.col("status") != "candidate").select("dealer_id")
    moves = pl.concat(
        [
            company["sales"].select("dealer_id", "sku", pl.col("shipped_on").alias("day"), "qty"),
            company["dealer_sales"].select("dealer_id", "sku", pl.col("sold_on").alias("day"), -pl.col("qty")),
        ]
    ).join(heard, on="dealer_id")
    places = company["locations"].filter(pl.col("kind") == "dealer").select("location_id", "dealer_id")
    stock = counts(company, ["dealer"]).join(places, on="location_id").join(heard, on="dealer_id").rename({"item_id": "sku"})
    assert unbalanced(stock, moves, ["dealer_id", "sku"]).is_empty()


def test_every_location_that_reports_is_counted_on_thirty_seven_month_ends(company: Company):
    own = counts(company, ["plant", "branch"])
    assert own.group_by("location_id").agg(pl.col("counted_on").n_unique())["counted_on"].to_list() == [37] * 7
    assert own["counted_on"].max() == AS_OF
    assert own["counted_on"].min() == date(2022, 10, 31)


def test_no_batch_is_short_and_each_is_sold_after_it_was_received(company: Company):
    assert (company["stock"]["on_hand_qty"] >= 0).all()
    made = company["production"].group_by("batch_id").agg(pl.col("produced_on").min())
    sold = company["sales"].filter(pl.col("qty") > 0).join(made, on="batch_id")
    assert sold.filter(pl.col("shipped_on") < pl.col("produced_on")).is_empty()


# ── orders and money ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_orders_are_shipped_by_the_sales_that_name_them(company: Company):
    shipped = company["orders"].group_by("order_id", "sku").agg(pl.col("shipped_qty").sum())
    sold = company["sales"].filter(pl.col("order_id").is_not_null()).group_by("order_id", "sku").agg(pl.col("qty").sum())
    both = shipped.join(sold, on=["order_id", "sku"], how="full", coalesce=True).fill_null(0)
    assert both.filter(pl.col("shipped_qty") != pl.col("qty")).is_empty()


def test_changed_orders_stand_as_their_last_change_left_them(company: Company):
    changes = company["order_changes"].filter(pl.col("kind") == "qty").sort("changed_on").group_by("order_id", "line_no").last()
    both = changes.join(company["orders"], on=["order_id", "line_no"])
    assert both.height == changes.height
    assert (both["qty_after"] == both["qty"]).all()


def test_invoices_are_the_sums_of_their_sales_lines(company: Company):
    sold = company["sales"].group_by("invoice_id").agg(pl.col("net_value").sum())
    waits = company["sales"].filter(pl.col("shipped_on") == company["sales"]["shipped_on"].max())["invoice_id"]
    both = company["invoices"].join(sold.filter(~pl.col("invoice_id").is_in(waits.implode())), on="invoice_id", how="full", coalesce=True)
    assert waits.len() > 0
    assert both.filter((pl.col("amount") - pl.col("net_value")).abs().fill_null(1) > 0.005).is_empty()


def test_payments_settle_invoices_and_never_more(company: Company):
    paid = company["payments"].filter(pl.col("invoice_id").is_not_null()).group_by("invoice_id").agg(pl.col("amount").sum().alias("paid"))
    both = company["invoices"].join(paid, on="invoice_id", how="left").fill_null(0)
    assert both.filter((pl.col("paid").abs() - pl.col("amount").abs()) > 0.005).is_empty()
    old = both.filter(pl.col("due_on") < AS_OF - timedelta(days=200))
    assert 0.98 < old["paid"].sum() / old["amount"].sum() <= 1.0
    assert company["payments"]["paid_on"].max() <= AS_OF


def test_contracts_are_delivered_by_the_orders_that_name_them(company: Company):
    orders = company["orders"].filter(pl.col("contract_id").is_not_null()).group_by("contract_id").agg(pl.col("shipped_qty").sum())
    delivered = company["contracts"].group_by("contract_id").agg(pl.col("delivered_qty").sum())
    both = orders.join(delivered, on="contract_id")
    assert both.height == orders.height
    assert (both["shipped_qty"] == both["delivered_qty"]).all()


def test_the_cash_account_closes_and_its_balances_are_those_of_the_ledgers(company: Company):
    cash = company["cash"].with_columns(*(pl.col(name).diff().alias(f"{name}_rise") for name in ("receivables", "stock_value", "payables", "advances")))
    moved = (
        pl.col("profit") + pl.col("depreciation") - pl.col("receivables_rise") - pl.col("stock_value_rise") + pl.col("payables_rise") + pl.col("advances_rise")
    )
    spent = pl.col("capex") - pl.col("financing") + pl.col("dividends") + pl.col("tax")
    gap = cash.select((pl.col("opening_cash") + moved - spent - pl.col("closing_cash")).abs())[1:].to_series()
    assert gap.max() < 0.1
    assert cents(cash["stock_value"][-1]) == pytest.approx(cents(company.own["value"].sum()), abs=1)
    applied = company["payments"].filter(pl.col("invoice_id").is_not_null())["amount"].sum()
    assert cash["receivables"][-1] == pytest.approx(company["invoices"]["amount"].sum() - applied, abs=0.05)
    assert (cash["closing_cash"] > 0).all()
    assert cash["profit"][-12:].sum() > 0


# ── like a real company ──────────────────────────────────────────────────────────────────────────────────────────────────


def last_year(company: Company) -> pl.DataFrame:
    return company["sales"].filter(pl.col("shipped_on") > date(2024, 10, 31)).join(company["products"].select("sku", "line_id", "product_group"), on="sku")


def test_a_year_of_net_sales_and_its_margin_are_as_told(company: Company):
    year = last_year(company)
    assert year["net_value"].sum() == pytest.approx(company.plants["net_sales_of_last_year"]["aim"], rel=0.01)
    if company.plants["seed"] == 1:
        assert 78e6 < year["net_value"].sum() < 82e6
    assert 0.35 < 1 - year["cost_value"].sum() / year["net_value"].sum() < 0.46


def test_own_stock_lasts_sixty_to_ninety_days_in_most_lines(company: Company):
    sold = company["sales"].filter(pl.col("shipped_on") > AS_OF - timedelta(days=90)).join(company["products"].select("sku", "line_id"), on="sku")
    demand = sold.group_by("line_id").agg(pl.col("cost_value").sum() / 90)
    stock = company.own.join(company["products"].select(pl.col("sku").alias("item_id"), "line_id"), on="item_id").group_by("line_id").agg(pl.col("value").sum())
    days = stock.join(demand, on="line_id").select(pl.col("value") / pl.col("cost_value")).to_series()
    assert 45 < days.median() < 110
    assert days.min() < 55
    assert days.max() > 150


def test_there_are_stars_dogs_and_lines_sold_below_cost(company: Company):
    year = last_year(company)
    before = (
        company["sales"]
        .filter(pl.col("shipped_on").is_between(date(2023, 11, 1), date(2024, 10, 31)))
        .join(company["products"].select("sku", "line_id"), on="sku")
    )
    lines = (
        year.group_by("line_id")
        .agg(pl.col("net_value").sum(), pl.col("cost_value").sum())
        .join(before.group_by("line_id").agg(pl.col("net_value").sum().alias("before")), on="line_id")
    )
    growth = dict(lines.select("line_id", pl.col("net_value") / pl.col("before") - 1).iter_rows())
    margin = dict(lines.select("line_id", 1 - pl.col("cost_value") / pl.col("net_value")).iter_rows())
    kinds = company.plants["lines"]
    assert min(growth[line] for line in kinds["star"]) > 0.05
    assert max(growth[line] for line in kinds["dog"]) < 0.05
    assert max(margin[line] for line in kinds["loser"]) < 0
    assert min(margin[line] for line in kinds["star"]) > 0.35


def test_dealers_order_ahead_of_the_spring_festival(company: Company):
    monthly = company["sales"].group_by(pl.col("shipped_on").dt.truncate("1mo").alias("month")).agg(pl.col("net_value").sum())
    value = dict(monthly.iter_rows())
    assert value[date(2024, 1, 1)] > 1.3 * value[date(2024, 2, 1)]
    assert value[date(2025, 9, 1)] > 1.15 * value[date(2025, 6, 1)]


def test_nothing_live_is_expired_or_sold_after_its_withdrawal(company: Company):
    articles = company["products"]
    kept = company.own.join(articles.select(pl.col("sku").alias("item_id"), "shelf_life_days", "withdrawn_on"), on="item_id").filter(
        pl.col("withdrawn_on").is_null()
    )
    unsold = [item["sku"] for item in company.plants["dead_stock"]["unsold_products"]["items"]]
    fresh = kept.filter(~pl.col("item_id").is_in(unsold), (AS_OF - pl.col("received_on")).dt.total_days() > pl.col("shelf_life_days"))
    assert fresh.is_empty()
    sold = company["sales"].join(articles.select("sku", "withdrawn_on"), on="sku").filter(pl.col("qty") > 0)
    assert sold.filter(pl.col("shipped_on") >= pl.col("withdrawn_on")).is_empty()
