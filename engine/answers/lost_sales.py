"""Lost sales: days out of stock × corrected demand × margin, by article, area and cause."""

from datetime import date

import polars as pl

from engine import lost_sales as formulas
from engine.answers import replenishing
from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.periods import Window
from engine.answers.picking import pick_of
from engine.answers.positions_read import positions_read
from engine.answers.source import Source, remembered
from engine.answers.statuses import CAUSES
from engine.answers.workdays import Workdays
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

NEEDED = ("products", "sales", "stock", "availability", "locations", "dealer_sales")
COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("sku", message("Product"), "code"),
    Column("dealer_id", message("Dealer"), "code"),
    Column("place_name", message("Where"), "text"),
    Column("item_name", message("Name"), "text"),
    Column("region", message("Region"), "text"),
    Column("lost_cause", message("Cause"), "text"),
    Column("lost_margin", message("Lost margin"), "money"),
    Column("lost_days", message("Days out of stock"), "days"),
    Column("daily_qty", message("Demand a working day"), "qty"),
    Column("lost_qty", message("Lost quantity"), "qty"),
    Column("lost_value", message("Lost sales"), "money"),
)


def lost_sales(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """What was not sold because it was not there.

    frame: one row a location × article × cause (COLUMNS), the most lost margin first; lost_cause is a word of CAUSES. extra: `by_item` (label, key, value),
    `by_area` (region, lost_cause, lost_margin). facts: measures, causes (words).
    """
    answer: Answer = _lost_sales(warehouse, selection, scope)
    return answer


@remembered
def _lost_sales(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of, window = replenishing.window_of(source, selection)
    frame = _lost(source, selection, scope)
    return Answer(
        name="lost_sales",
        headline=_headline(source, frame),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        first=window.first,
        last=window.last,
        notes=_notes(source),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={
            "by_item": _by_item(frame),
            "by_area": frame.group_by("region", "lost_cause").agg(pl.col("lost_margin").sum()).sort("region", "lost_cause", nulls_last=True),
        },
        facts={"measures": _measures(frame), "causes": dict(CAUSES)},
        scope=scope,
        selection=selection,
    )


def _lost(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    as_of, window = replenishing.window_of(source, selection)
    work = Workdays(source, window.first, as_of)
    supplied = replenishing.supplied_places(source, selection, scope)
    plants = _plants(source, selection, scope, supplied)
    named = pl.concat([supplied, plants])
    every = pl.concat([named.select("location_id"), source.places.filter("is_own").select("location_id")]).unique()["location_id"].sort().to_list()
    items = pick_of(source, selection, scope).items
    found = positions_read(source, as_of, window, work, every, items).filter(pl.col("covered_days") > 0)
    kinds = source.places.select("location_id", "kind", "is_own")
    own = _of_our_places(source, found, as_of, window, work, items)
    share = pl.col("in_stock_days") / pl.col("covered_days")
    ours = own.group_by("sku").agg(share.max().alias("own_share"), share.filter(pl.col("kind") == "plant").max().alias("plant_share"))
    lost = found.join(named.join(kinds.select("location_id"), on="location_id"), on="location_id").join(ours, on="sku", how="left")
    lost = replenishing.with_items(source, lost.drop("counted_on", "reported_on"), as_of).filter(pl.col("item_kind") == "product")
    lost = formulas.lost(lost, float(source.settings["most_out_of_stock_share"]))
    names = source.items.select(pl.col("item_id").alias("sku"), "item_name")
    lost = lost.join(names, on="sku", how="left").with_columns(pl.coalesce("dealer_name", "location_name").alias("place_name"))
    ordered = lost.sort(["lost_margin", "lost_value", "location_id", "sku", "lost_cause"], descending=[True, True, False, False, False], nulls_last=True)
    return ordered.select(column.name for column in COLUMNS)


def _of_our_places(source: Source, found: pl.DataFrame, as_of: date, window: Window, work: Workdays, items: list[str] | None) -> pl.DataFrame:
    """The positions of all our own places, with their kind: whether we had an article at all is asked of the company, whoever asks."""
    whole = source.whole
    kinds = whole.places.filter("is_own").select("location_id", "kind", "is_own")
    if source.is_bounded:
        found = positions_read(whole, as_of, window, work, kinds["location_id"].to_list(), items).filter(pl.col("covered_days") > 0)
    return found.join(kinds, on="location_id")


def _plants(source: Source, selection: Selection, scope: Scope, supplied: pl.DataFrame) -> pl.DataFrame:
    """Our places that are not supplied but ship themselves: the plants, where the choice and the scope let them through."""
    pick = pick_of(source, selection, scope)
    bound = scope.dealers is not None or any(selection.allowed(key) is not None for key in ("dealer_id", "channel"))
    plants = source.places.filter("is_own", ~pl.col("location_id").is_in(supplied["location_id"].to_list()))
    if pick.places is not None:
        plants = plants.filter(pl.col("location_id").is_in(pick.places))
    plants = plants.clear() if bound else plants
    nobody = pl.lit(None, dtype=pl.String)
    return plants.select("location_id", "location_name", "kind", "is_own", "dealer_id", nobody.alias("dealer_name"), "region")


def _by_item(frame: pl.DataFrame) -> pl.DataFrame:
    by = frame.group_by("sku", "item_name", maintain_order=True).agg(pl.col("lost_margin").sum().alias("value"))
    return by.select(pl.coalesce("item_name", "sku").alias("label"), pl.col("sku").alias("key"), "value").sort("value", "key", descending=[True, False])


def _headline(source: Source, frame: pl.DataFrame) -> Message:
    if not source.has("availability"):
        return message("Nobody counted the days on which articles were out of stock, so lost sales are unknown.")
    lost = float(frame["lost_margin"].sum() or 0.0)
    if lost <= 0:
        return message("No sales were lost: whatever was asked for was there.")
    ours = float(frame.filter(pl.col("lost_cause") != "ordered_late")["lost_margin"].sum() or 0.0)
    return message("{lost_money} of margin were lost because goods were not there; {our_share} of it was in our hands.", lost_money=lost, our_share=ours / lost)


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    def total(column: str, *conditions: pl.Expr) -> float:
        return float(frame.filter(*conditions)[column].sum() or 0.0)

    how = message("Days out of stock × corrected demand of a day × (price paid − unit cost).")
    return (
        Measured(message("Lost margin"), total("lost_margin"), "money", how),
        *(
            Measured(said, total("lost_margin", pl.col("lost_cause") == cause), "money", message("Lost margin by this cause."))
            for cause, said in CAUSES.items()
        ),
    )


def _notes(source: Source) -> tuple[Message, ...]:
    notes = [
        message("Demand of a day = sold ÷ days in stock. Where our own places lacked an article as well, these days count as ours, the rest as the dealer's.")
    ]
    if source.has("availability"):
        notes.append(message("Only places for which days in stock are reported are in this picture."))
    never = plural("{n} place reports days in stock.", "{n} places report days in stock.", n=_reporting(source))
    return (*notes, never) if source.has("availability") else tuple(notes)


def _reporting(source: Source) -> int:
    return int(source.read("availability_places")["location_id"].n_unique())
