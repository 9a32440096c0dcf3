"""What lies in our own places on a day, lot by lot, with the day on which the company first received it.

Used by every page that speaks of age: dead stock, ageing, purpose, holding; so they all speak of the same pieces. A lot that names its
day of receipt has that day, or the day on which any of our places first received its batch. The rest is dated by receipts in order (`fifo`),
as it was kept when the version was built; for another day it is worked out now.
"""

from datetime import date

import polars as pl

from engine import fifo
from engine.answers.picking import OUT_OF_SCOPE, Pick
from engine.answers.source import Memory, Source
from engine.messages import Message

LOT = ("location_id", "item_id", "batch_id", "condition", "purpose", "came_on", "qty", "value")
_KEPT = Memory(8)


def lots_on(source: Source, as_of: date) -> pl.DataFrame:
    """Every lot of ours on a day: LOT; came_on null where the age is unknown, qty below zero where the books say so."""
    whole = source.whole
    found: pl.DataFrame = _KEPT.recall((whole, as_of), lambda: _dated(whole, as_of))
    return source.own(found)


def picked(source: Source, lots: pl.DataFrame, pick: Pick, kind: str | None) -> pl.DataFrame:
    """The lots that a choice of rows lets through. kind: product, material or None for both."""
    if pick.places is not None:
        lots = lots.filter(pl.col("location_id").is_in(pick.places))
    if pick.items is not None:
        lots = lots.filter(pl.col("item_id").is_in(pick.items))
    if kind is not None:
        lots = lots.filter(pl.col("item_id").is_in(source.items.filter(pl.col("item_kind") == kind)["item_id"].implode()))
    return lots


def why_no_stock(pick: Pick) -> Message | None:
    """Why stock of ours cannot be said for this choice, or None: a person who sees single dealers only does not see our places."""
    return pick.no_stock if pick.no_stock is OUT_OF_SCOPE else None


def undated(lots: pl.DataFrame) -> pl.DataFrame:
    """What lies there without a day of receipt: item_id, location_id, counted_on, qty."""
    return lots.filter(pl.col("came_on").is_null() & (pl.col("qty") > 0)).group_by("item_id", "location_id", "counted_on").agg(pl.col("qty").sum())


def worked_out(source: Source, lots: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The layers of what has no day of receipt, from the movements until a day: item_id, location_id, received_on, qty."""
    wanted = undated(lots)
    if wanted.is_empty():
        return pl.DataFrame(schema=fifo.SCHEMA)
    items = wanted["item_id"].unique().to_list()
    return fifo.layers(source.read("stock_movements_until", as_of=as_of, items=items), wanted)


def has_both(source: Source, lots: pl.DataFrame) -> bool:
    """Whether lots (item_id) are of products and of materials, so that a sentence about their money says so."""
    kinds = lots.select("item_id").unique().join(source.items.select("item_id", "item_kind"), on="item_id")["item_kind"]
    return kinds.n_unique() > 1


def _dated(source: Source, as_of: date) -> pl.DataFrame:
    lots = source.read("stock_lots_on", as_of=as_of, places=None)
    if undated(lots).is_empty():
        return lots.select(LOT)
    layers = source.read("age_layers", as_of=as_of)
    if layers.is_empty():
        layers = worked_out(source, lots, as_of)
    is_undated = pl.col("came_on").is_null() & (pl.col("qty") > 0)
    whole = layers.with_columns((pl.col("qty") / pl.col("qty").sum().over("item_id", "location_id")).alias("_share"))
    parts = lots.filter(is_undated).drop("came_on").join(whole.drop("qty"), on=["item_id", "location_id"], how="left", maintain_order="left")
    share = pl.col("_share").fill_null(1.0)
    dated = parts.with_columns(pl.col("received_on").alias("came_on"), pl.col("qty") * share, pl.col("value") * share)
    return pl.concat([lots.filter(~is_undated).select(LOT), dated.select(LOT)]).sort("item_id", "location_id", "came_on", "batch_id")


def items_came_on(source: Source, lots: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The oldest of what lies there of each item: item_id, came_on; null where it is older than the records.

    Where some pieces are of unknown age, the first count that shows the item says when it came, if the places had been counted before
    without it; else the day on which the article entered the catalogue does; else nobody knows, so it is not new.
    """
    seen = source.whole.read("items_first_seen", as_of=as_of).with_columns(pl.when("is_arrival").then("first_seen_on").alias("_seen"))
    held = lots.filter(pl.col("qty") > 0).group_by("item_id").agg(pl.col("came_on").min(), pl.col("came_on").is_null().any().alias("_unknown"))
    known = held.join(seen.select("item_id", "_seen"), on="item_id", how="left").join(source.items.select("item_id", "catalogue_on"), on="item_id", how="left")
    guess = pl.coalesce("_seen", "catalogue_on")
    came = pl.when(pl.col("_unknown") & guess.is_null()).then(None).when("_unknown").then(pl.min_horizontal("came_on", guess)).otherwise(pl.col("came_on"))
    return known.select("item_id", came.alias("came_on"))
