"""What materials a production plan takes, what of them is there or coming in, and by when the rest must be ordered."""

import math
from datetime import date

import numpy as np
import polars as pl

from engine.answers import flows
from engine.answers.periods import end_of, months_before
from engine.answers.picking import Pick
from engine.answers.sop.families import Families
from engine.answers.sop.months import Months
from engine.answers.source import Source
from engine.sop.grid import Axes, Numbers, grid, tall
from engine.sop.situation import Materials

MATERIALS = Pick(kind="material", items=None, dealers=None, places=None, shipped_from=None, own_only=True)
DAYS_OF_A_MONTH = 30
COLUMNS = ("material_id", "item_name", "supplier", "month", "need_qty", "arriving_qty", "short_qty", "short_value", "order_in", "is_late")


def materials_of(source: Source, families: Families, rows: list[int], months: Months) -> Materials | None:
    """Materials of the families in `rows`; None without recipes. What articles take counts by their share of the family's sales of a year."""
    whole = source.whole
    recipes = families.keyed(whole.read("recipes")).filter(pl.col("family").is_not_null())
    if recipes.is_empty():
        return None
    span = {"first_month": months.year_behind[0], "last_month": months.year_behind[-1]}
    sold = whole.read("sales_item_month_rows", items=None, places=None, **span).group_by("sku").agg(pl.col("qty").sum().clip(lower_bound=0.0))
    weights = families.keyed(sold).filter(pl.col("family").is_not_null())
    total = weights.group_by("family").agg(pl.col("qty").sum().alias("whole_qty"))
    used = recipes.join(sold, on="sku", how="left").join(total, on="family", how="left")
    share = pl.when(pl.col("whole_qty") > 0).then(pl.col("qty").fill_null(0.0) / pl.col("whole_qty")).otherwise(0.0)
    per = used.group_by("family", "material_id").agg((pl.col("qty_per") * share).sum().alias("per_piece")).filter(pl.col("per_piece") > 0)
    names = tuple(per["material_id"].unique().sort().to_list())
    place, column = {name: row for row, name in enumerate(names)}, {families.names[row]: at for at, row in enumerate(rows)}
    per_piece = np.zeros((len(names), len(rows)))
    for family, material, amount in per.iter_rows():
        if family in column:
            per_piece[place[material], column[family]] = amount
    cost = dict(whole.items.select("item_id", "unit_cost").iter_rows())
    return Materials(
        names, per_piece, np.zeros(len(names)), np.array([cost.get(name) or 0.0 for name in names]), _stock(source, names, months.last),
        _arriving(source, names, months),
    )  # fmt: skip


def _stock(source: Source, names: tuple[str, ...], last: date) -> Numbers:
    """Pieces of each material in our own places at the last month's end."""
    whole = source.whole
    found = flows.stock_over(whole, [[end_of(last)]], MATERIALS, per_place=False)
    held = found.with_columns(whole.of_items(found[flows.ITEM], "item_id").alias("item_id")).select("item_id", "stock_qty")
    by = dict(held.iter_rows())
    return np.array([float(by.get(name) or 0.0) for name in names])


def _arriving(source: Source, names: tuple[str, ...], months: Months) -> Numbers:
    rows = source.whole.read("purchase_plan_months", first_month=months.ahead[0], last_month=months.ahead[-1]).rename({"item_id": "family"})
    return grid(rows, Axes(names, months.ahead), "planned_qty")


def needs(source: Source, book: Materials | None, needed: Numbers | None, short: Numbers | None, months: Months) -> pl.DataFrame:
    """The new purchase-arrival plan (COLUMNS): what each month takes, what is planned to come in, what lacks, and in which month the lack must be
    ordered by the supplier's lead time (unknown lead time: null); is_late: that month has passed. The most lacking money first."""
    kinds: dict[str, pl.DataType] = dict.fromkeys(COLUMNS, pl.Float64())
    kinds |= dict.fromkeys(("material_id", "item_name", "supplier"), pl.String())
    kinds |= {"month": pl.Date(), "order_in": pl.Date(), "is_late": pl.Boolean()}
    if book is None or needed is None or short is None:
        return pl.DataFrame(schema=kinds)
    rows = tall(Axes(book.names, months.ahead), need_qty=needed, arriving_qty=book.arriving, short_qty=short).rename({"family": "material_id"})
    supply = source.whole.read("material_supply").select("material_id", "supplier", "lead_time_days")
    named = source.whole.items.select(pl.col("item_id").alias("material_id"), "item_name", "unit_cost")
    told = rows.join(supply, on="material_id", how="left").join(named, on="material_id", how="left")
    order = [
        None if lead is None else months_before(month, math.ceil(float(lead) / DAYS_OF_A_MONTH))
        for month, lead in told.select("month", "lead_time_days").iter_rows()
    ]
    told = told.with_columns(
        pl.Series("order_in", order, dtype=pl.Date), (pl.col("short_qty") * pl.col("unit_cost")).alias("short_value"),
    ).with_columns(((pl.col("order_in") < months.first) & (pl.col("short_qty") > 0)).alias("is_late"))  # fmt: skip
    worth = pl.col("short_value").sum().over("material_id")
    return told.sort(worth, "material_id", "month", descending=[True, False, False], nulls_last=True).select(COLUMNS)
