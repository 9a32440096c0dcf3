"""Which class an item is of, the same for every page: products by what they sell in a year, materials by what lies there."""

from datetime import date

import polars as pl

from engine import abc
from engine.answers import flows
from engine.answers.periods import year_to
from engine.answers.picking import pick_of
from engine.answers.source import Source
from engine.scope import EVERYTHING
from engine.selection import Selection


def item_classes(source: Source, as_of: date) -> pl.DataFrame:
    """item_id, item_kind, class_value, share, before_share, abc_class of every item, company-wide, whoever asks.

    Products are ranked among products by their sales of 12 months at cost (setting `count_class_by`: or by their stock), materials, which
    are not sold, among materials by their stock at cost. As the build kept it for the newest day.
    """
    kept = source.whole.read("item_classes", as_of=as_of, settings=source.settings.fingerprint)
    return worked_out(source.whole, as_of) if kept.is_empty() else kept


def worked_out(source: Source, as_of: date) -> pl.DataFrame:
    """The same from the sales of a year and the stock of the day."""
    whole = pick_of(source, Selection(where=(("item_kind", ("all",)),)), EVERYTHING)
    sold = flows.sales_in(source, [year_to(as_of)], whole, [flows.ITEM])
    demand = sold.select(source.of_items(sold[flows.ITEM], "item_id"), pl.col("cost_value").alias("demand_value")).filter(pl.col("item_id").is_not_null())
    stock = flows.stock_at(source, as_of, whole, False).select("item_id", "stock_value")
    items = source.items.select("item_id", "item_kind").join(demand, on="item_id", how="left").join(stock, on="item_id", how="left")
    by_demand = (pl.col("item_kind") == "product") & (source.settings["count_class_by"] != "stock")
    valued = items.with_columns(pl.when(by_demand).then(pl.col("demand_value")).otherwise(pl.col("stock_value")).fill_null(0.0).alias("class_value"))
    limits = (float(source.settings["abc_a_share"]), float(source.settings["abc_b_share"]))
    return abc.classed(valued, "class_value", "item_kind", limits=limits).select("item_id", "item_kind", "class_value", "share", "before_share", "abc_class")
