"""Norms of stock for the coming month: last month's sales moved as a year before, beside the averaged index, and the order and stock days of the class code."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers import flows
from engine.answers.answer import Answer, Column
from engine.answers.assortment import pilots
from engine.answers.assortment.reviewed import at_home, review_of
from engine.answers.gathering import EVERYBODY
from engine.answers.measured import Measured
from engine.answers.meeting import cycles
from engine.answers.periods import end_of, last_day, months_before
from engine.answers.picking import Pick, pick_of
from engine.answers.source import Source, remembered
from engine.assortment import norms as formulas
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

RATIO_FROM: dict[str, Message] = {
    formulas.OWN: message("its own year before"), formulas.LINE: message("its line"), formulas.GROUP: message("its group"),
    formulas.NONE: message("nothing: 1"),
}  # fmt: skip
NOT_SET = message("Nobody set order and stock days for this class and production.")
INDEX_MONTHS = 36
PRODUCTS = Pick(kind="product", items=None, dealers=None, places=None, shipped_from=None, own_only=True)
COLUMNS = (
    Column("sku", message("SKU"), "code"),
    Column("name", message("Name"), "text"),
    Column("code", message("Class code"), "code"),
    Column("norm_qty", message("Norm of the month"), "qty"),
    Column("stock_qty", message("Stock"), "qty"),
    Column("gap_qty", message("Above or below"), "qty"),
    Column("gap_value", message("Above or below, at cost"), "money"),
    Column("sold_qty", message("Sold last month"), "qty"),
    Column("last_year_before_qty", message("The same month last year"), "qty"),
    Column("last_year_qty", message("The month after, last year"), "qty"),
    Column("norm_ratio", message("Ratio"), "ratio"),
    Column("ratio_from", message("Ratio from"), "message"),
    Column("is_capped", message("Cut at the cap"), "flag"),
    Column("norm_ratio_qty", message("By ratio"), "qty"),
    Column("norm_additive_qty", message("By difference"), "qty"),
    Column("norm_index_qty", message("By averaged index"), "qty"),
    Column("order_days", message("Order time by code"), "days"),
    Column("code_stock_days", message("Stock by code, days"), "days"),
    Column("code_stock_qty", message("Stock by code"), "qty"),
    Column("is_to_order", message("Made to order"), "flag"),
    Column("sphere", message("Sphere"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("order_days_why", message("Why unknown"), "message"),
)

CODES = (
    Column("abc_class", message("Class"), "text"),
    Column("production", message("Sourcing"), "message"),
    Column("products", message("Products"), "count"),
    Column("stock_value", message("Stock at cost"), "money"),
    Column("norm_value", message("Norm at cost"), "money"),
    Column("order_days", message("Order time, days"), "days"),
    Column("code_stock_days", message("Stock by code, days"), "days"),
)
MADE_BY: dict[str, Message] = {
    "own": message("own"), "own_to_order": message("own, to order"), "third_party": message("third party"),
}  # fmt: skip


def stock_norms(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """Norm of every product for the month after the last closed one (COLUMNS), the most money beside its norm first.

    extra: `codes` (CODES: the 3 × 3 table of class and production). facts: month, measures, reading.
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _stock_norms(warehouse, selection, scope)
    return answer


@remembered
def _stock_norms(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    last = as_of.replace(day=1) if as_of == end_of(as_of) else months_before(as_of, 1)
    month = months_before(last, -1)
    positions = _positions(source, as_of)
    reading = str(source.settings["stock_norm_reading"])
    normed = formulas.norms(_with_sales(source, positions, last), float(source.settings["stock_norm_cap"]), reading == "ratio")
    frame = _with_stock(source, _coded(source, normed), as_of)
    items = pick_of(source, selection, scope).items
    shown = frame if items is None else frame.filter(pl.col("sku").is_in(items))
    shown = shown.sort(pl.col("gap_value").abs(), "sku", descending=[True, False], nulls_last=True)
    return Answer(
        name="stock_norms",
        headline=_headline(shown, month),
        frame=shown.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(name for name in ("products", "sales", "stock") if not source.has(name)),
        notes=(
            message("What is made to order, and a novelty after its pilot batch, has no norm: it is made to what customers ordered."),
            message("Order and stock days by class code are the company's; an empty cell of their table is shown as not set."),
        ),
        extra={"codes": _codes(source, shown)},
        facts={"month": month, "reading": reading, "measures": _measures(shown)},
        scope=scope,
        selection=selection,
    )


def _positions(source: Source, as_of: date) -> pl.DataFrame:
    """One row a product: where it stands in its home sphere, with class, code, production and what is kept of its pilot."""
    single = at_home(source, review_of(source, as_of))
    piloted = {sku for sku, kept in pilots.novelties(str(source.home.path)).items() if kept.pilot_on is not None and kept.pilot_on <= as_of}
    makes = (pl.col("made_by") != "third_party").fill_null(True)
    return single.select(
        "sphere", "product_group", "line_id", "sku", "name", "code", "abc_class", "made_by", "is_new",
        (pl.col("made_by") == "own_to_order").fill_null(False).alias("is_to_order"),
        (pl.col("is_new") & makes & pl.col("sku").is_in(sorted(piloted))).alias("is_piloted_new"),
    )  # fmt: skip


def _with_sales(source: Source, positions: pl.DataFrame, last: date) -> pl.DataFrame:
    """With sold_qty of the last month, the two months a year before, and the ratio of the line's averaged index."""
    month = months_before(last, -1)
    months = [months_before(last, back) for back in range(INDEX_MONTHS - 1, -1, -1)]
    known = source.days.get("sales")
    months = [each for each in months if known is None or each >= known[0].replace(day=1)]
    rows = flows.sales_of_months(source.whole, EVERYBODY, [flows.ITEM], months) if months else pl.DataFrame(schema=_SOLD)
    sold = rows.group_by("sku", "month").agg(pl.col("qty").cast(pl.Float64).sum())
    wanted = {"sold_qty": last, "last_year_before_qty": months_before(last, 12), "last_year_qty": months_before(month, 12)}
    for name, day in wanted.items():
        positions = positions.join(sold.filter(pl.col("month") == day).select("sku", pl.col("qty").alias(name)), on="sku", how="left", maintain_order="left")
    by_line = sold.join(positions.select("sku", "line_id"), on="sku").select("line_id", "month", "qty")
    index = formulas.seasonal_index(by_line, "line_id").select("line_id", "calendar_month", "seasonal_index")
    now, before = (index.filter(pl.col("calendar_month") == day.month) for day in (month, last))
    ratio = now.join(before, on="line_id", suffix="_before").select(
        "line_id", pl.when(pl.col("seasonal_index_before") > 0).then(pl.col("seasonal_index") / pl.col("seasonal_index_before")).alias("index_ratio")
    )
    return positions.join(ratio, on="line_id", how="left", maintain_order="left")


_SOLD: dict[str, Any] = {"month": pl.Date, "sku": pl.String, "qty": pl.Float64}


def _coded(source: Source, normed: pl.DataFrame) -> pl.DataFrame:
    """With order_days and code_stock_days of the class and production; null where nobody set them. What is made to order has no stock."""
    table = [(letter, made, order, stock) for letter, made, order, stock in source.settings["class_norms"]]
    schema: dict[str, Any] = {"abc_class": pl.String, "made_by": pl.String, "order_days": pl.Float64, "code_stock_days": pl.Float64}
    days = pl.DataFrame(table, schema=schema, orient="row")
    found = normed.join(days, on=["abc_class", "made_by"], how="left", maintain_order="left")
    per_day = pl.col("sold_qty").fill_null(0.0).clip(lower_bound=0.0) * pl.col("ratio") / 30.4
    stock_days = pl.when(pl.col("is_to_order")).then(0.0).otherwise(pl.col("code_stock_days"))
    is_unset = pl.col("order_days").is_null() & pl.col("code_stock_days").is_null()
    return found.with_columns(stock_days.alias("code_stock_days")).with_columns(
        (per_day * pl.col("code_stock_days")).alias("code_stock_qty"), pl.when(is_unset).then(pl.lit(NOT_SET.to_json())).alias("order_days_why"),
        pl.col("ratio").alias("norm_ratio"),
        pl.col("ratio_from").replace_strict({code: said.to_json() for code, said in RATIO_FROM.items()}, return_dtype=pl.String),
    )  # fmt: skip


def _with_stock(source: Source, normed: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """With stock_qty, stock_value, gap_qty and gap_value (at the cost of the stock, else of the product list)."""
    stock = flows.stock_at(source.whole, as_of, PRODUCTS, False).group_by("item_id").agg(pl.col("stock_qty", "stock_value").sum()).rename({"item_id": "sku"})
    cost = source.whole.items.select(pl.col("item_id").alias("sku"), "unit_cost")
    found = normed.join(stock, on="sku", how="left", maintain_order="left").join(cost, on="sku", how="left", maintain_order="left")
    found = found.with_columns(pl.col("stock_qty", "stock_value").fill_null(0.0))
    piece = pl.when((pl.col("stock_qty") > 0) & (pl.col("stock_value") > 0)).then(pl.col("stock_value") / pl.col("stock_qty")).otherwise(pl.col("unit_cost"))
    gap = pl.col("stock_qty") - pl.col("norm_qty")
    return found.with_columns(gap.alias("gap_qty"), (gap * piece).alias("gap_value"), (pl.col("norm_qty") * piece).alias("norm_value"))


def _codes(source: Source, frame: pl.DataFrame) -> pl.DataFrame:
    """The nine cells of class and production (CODES)."""
    cells = pl.DataFrame([(row[0], row[1]) for row in source.settings["class_norms"]], schema={"abc_class": pl.String, "made_by": pl.String}, orient="row")
    sums = frame.group_by("abc_class", "made_by").agg(
        pl.len().cast(pl.Int64).alias("products"), pl.col("stock_value").sum(), pl.col("norm_value").sum(), pl.col("order_days").first(),
        pl.col("code_stock_days").first(),
    )  # fmt: skip
    said = {name: words.to_json() for name, words in MADE_BY.items()}
    whole = cells.join(sums, on=["abc_class", "made_by"], how="left", maintain_order="left").with_columns(
        pl.col("products").fill_null(0),
        pl.col("stock_value", "norm_value").fill_null(0.0),
        pl.col("made_by").replace_strict(said, default=None, return_dtype=pl.String).alias("production"),
    )
    return whole.select(column.name for column in CODES)


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    above, below = frame.filter(pl.col("gap_value") > 0)["gap_value"].sum(), frame.filter(pl.col("gap_value") < 0)["gap_value"].sum()
    return (
        Measured(message("Stock at the norm"), float(frame["norm_value"].sum()), "money"),
        Measured(message("Above the norm"), float(above), "money"),
        Measured(message("Below the norm"), -float(below), "money"),
        Measured(message("Norms cut at the cap"), float(frame["is_capped"].sum()), "count"),
    )


def _headline(frame: pl.DataFrame, month: date) -> Message:
    if frame.is_empty():
        return message("There are no products to set a norm for.")
    below = frame.filter(pl.col("gap_qty") < 0).height
    return plural(
        "{n} product lies below its norm for {month}; {above_money} lie above the norms.",
        "{n} products lie below their norms for {month}; {above_money} lie above the norms.",
        n=below, month=month, above_money=float(frame.filter(pl.col("gap_value") > 0)["gap_value"].sum()),
    )  # fmt: skip
