"""What was sold, made, planned and in stock by family and month, and the forecasts as they stood: all for the whole company."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from engine.answers import flows
from engine.answers.ahead import RANK
from engine.answers.forecasting import statistical
from engine.answers.gathering import EVERYBODY
from engine.answers.periods import end_of, first_of, months_before
from engine.answers.picking import Pick
from engine.answers.sop.families import Families
from engine.answers.source import Source
from engine.sop.grid import Axes, Numbers, grid, months_from

PRODUCTS = Pick(kind="product", items=None, dealers=None, places=None, shipped_from=None, own_only=True)
FORECAST = {"family": pl.String, "month": pl.Date, "qty": pl.Float64, "source": pl.String, "made_on": pl.Date, "has_deals": pl.Boolean}


def sales(source: Source, families: Families, months: Sequence[date]) -> pl.DataFrame:
    """family, month, qty, net_value, cost_value: what was shipped less what came back."""
    rows = flows.sales_of_months(source.whole, EVERYBODY, [flows.ITEM], months)
    by = families.keyed(rows.select("month", "sku", "qty", "net_value", "cost_value"))
    return by.filter(pl.col("family").is_not_null()).group_by("family", "month").agg(pl.col("qty", "net_value", "cost_value").cast(pl.Float64).sum())


def closing_stock(source: Source, families: Families, months: Sequence[date]) -> Numbers:
    """Families × months: pieces in our own places at each month's end; not a number before the first count."""
    whole = source.whole
    found = flows.stock_over(whole, [[end_of(month)] for month in months], PRODUCTS, per_place=False)
    rows = found.with_columns(
        whole.of_items(found[flows.ITEM], "item_id").alias("sku"),
        pl.col("window_no").replace_strict(list(range(len(months))), list(months), return_dtype=pl.Date).alias("month"),
    )
    stock = grid(families.keyed(rows), Axes(families.names, tuple(months)), "stock_qty")
    first = whole.days.get("stock")
    for column, month in enumerate(months):
        if first is None or end_of(month) < first[0]:
            stock[:, column] = np.nan
    return stock


def made(source: Source, families: Families, months: Sequence[date]) -> Numbers:
    """Families × months: pieces finished by ourselves or bought ready made."""
    whole, span = source.whole, {"first_month": months[0], "last_month": months[-1]}
    finished = whole.read("production_between", **span)
    bought = whole.read("purchases_months", **span).rename({"item_id": "sku", "bought_qty": "qty"})
    axes = Axes(families.names, tuple(months))
    return grid(families.keyed(finished), axes, "qty") + grid(families.keyed(bought.select("month", "sku", "qty")), axes, "qty")


def knows_production(source: Source) -> bool:
    """Whether anything is told of what is made or bought ready made."""
    return any(source.has(table) for table in ("production", "purchases"))


def planned(source: Source, families: Families, months: Sequence[date], back: int = 0) -> Numbers:
    """Families × months: production plan and purchase plan of products, by the newest version that holds each month (back = 1: by the one before);
    not a number where nobody planned a family for the month."""
    whole, axes = source.whole, Axes(families.names, tuple(months))
    rows = whole.read("production_plans_from", from_month=months[0]).filter(pl.col("month") <= months[-1])
    newest = rows.select("month", "version").unique().sort("month", "version", descending=[False, True])
    chosen = newest.with_columns(pl.int_range(pl.len()).over("month").alias("_back")).filter(pl.col("_back") == back)
    own = _articles_first(families, rows.join(chosen.select("month", "version"), on=["month", "version"], how="semi"), ["month"])
    bought = whole.read("purchase_plan_months", first_month=months[0], last_month=months[-1]).rename({"item_id": "sku", "planned_qty": "qty"})
    bought = families.keyed(bought).filter(pl.col("family").is_not_null())
    total = grid(own, axes, "qty") + (grid(bought, axes, "qty") if back == 0 else 0.0)
    _forget_unplanned(total, families, months, own, bought if back == 0 else bought.clear())
    return np.asarray(total)


def _forget_unplanned(total: Numbers, families: Families, months: Sequence[date], own: pl.DataFrame, bought: pl.DataFrame) -> None:
    """What lies after the last month that a family is planned for is unknown, not nothing. A family that is made and in no plan is not made."""
    whole, by_strategy = set(own["month"]), dict(families.frame.select("family", "strategy").iter_rows())
    last = dict(pl.concat([own.select("family", "month"), bought.select("family", "month")]).group_by("family").agg(pl.col("month").max()).iter_rows())
    for row, family in enumerate(families.names):
        for column, month in enumerate(months):
            is_planned = month <= last[family] if family in last else by_strategy[family] != "bought" and month in whole
            if not is_planned:
                total[row, column] = np.nan


def _articles_first(families: Families, rows: pl.DataFrame, within: list[str]) -> pl.DataFrame:
    """Rows by family. Where a family has rows of articles, those of its line are left out: they would say the same twice."""
    keyed = families.keyed(rows).filter(pl.col("family").is_not_null())
    detailed = pl.col("sku").is_not_null().any().over([*within, "family"])
    return keyed.filter(pl.col("sku").is_not_null() | ~detailed)


def forecasts(source: Source, families: Families, as_of: date, months: Sequence[date], made_before_month: bool = False) -> pl.DataFrame:
    """The forecast in force for each family and month (FORECAST): of the highest rank (consensus, expert, statistical, sales, marketing), then
    the newest. made_before_month: only those made before their month began, as they were then. has_deals: whether deals stand in it."""
    whole = source.whole
    rows = whole.read("forecasts_until", as_of=as_of, from_month=months[0]).filter(pl.col("month") <= months[-1])
    if made_before_month:
        rows = rows.filter(pl.col("made_on") < pl.col("month"))
    keyed = _articles_first(families, rows, ["made_on", "source", "month"])
    summed = keyed.group_by("made_on", "source", "family", "month").agg(pl.col("qty").cast(pl.Float64).sum())
    rank = pl.col("source").replace_strict(RANK, default=len(RANK), return_dtype=pl.Int32)
    best = summed.sort(rank, pl.col("made_on"), descending=[False, True]).unique(["family", "month"], keep="first", maintain_order=True)
    scopes = whole.read("forecast_scopes").with_columns((pl.col("excluding_rows") < pl.col("all_rows")).alias("has_deals"))
    told = best.join(scopes.select("made_on", "source", "has_deals"), on=["made_on", "source"], how="left")
    return told.with_columns(pl.col("has_deals").fill_null(True)).select(*FORECAST)


def with_statistics(source: Source, run: str, known: pl.DataFrame, families: Families, months: Sequence[date]) -> pl.DataFrame:
    """The forecasts in force, and for families and months without any our own statistical one (`granary`), deals of the past being part of it."""
    own = statistical(source.whole, run).filter(pl.col("month").is_in(list(months)), pl.col("family").is_in(list(families.names)))
    added = own.join(known, on=["family", "month"], how="anti").select(
        "family", "month", pl.col("qty").cast(pl.Float64), pl.lit("granary").alias("source"), pl.lit(None, dtype=pl.Date).alias("made_on"),
        pl.lit(True).alias("has_deals"),
    )  # fmt: skip
    return pl.concat([known.select(*FORECAST), added.select(*FORECAST)])


def as_of_last_cycle(known: pl.DataFrame, as_of: date) -> date:
    """The day before the newest forecasts were made: what stood then is the forecast of the last cycle."""
    newest = known["made_on"].max()
    start = first_of(newest) if isinstance(newest, date) else first_of(as_of)
    return date.fromordinal(start.toordinal() - 1)


def sales_year_before(source: Source, families: Families, months: Sequence[date]) -> Numbers:
    """Families × months: what was sold in the same months one year before; not a number for months that have no sales at all yet."""
    earlier = months_from(months_before(months[0], 12), len(months))
    rows = sales(source, families, earlier)
    sold = grid(rows, Axes(families.names, earlier), "qty")
    reach = source.whole.days.get("sales")
    for column, month in enumerate(earlier):
        if reach is None or not (reach[0] <= end_of(month) and end_of(month) <= end_of(reach[1])):
            sold[:, column] = np.nan
    return sold
