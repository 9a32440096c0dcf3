"""Inventory: how healthy it is, and everything about one item."""

from collections.abc import Sequence

import polars as pl

from engine import kpis
from engine.answers.answer import Answer, Column
from engine.answers.facts import facts_for
from engine.answers.item import ask_item
from engine.answers.kpis import check_keys, described, figures, known_kpis
from engine.answers.notes import counted_on, notes_of
from engine.answers.periods import span_of, year_before
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.answers.tiles import beside_last_year, tiles_and_months
from engine.kpis import Kpi
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

HEALTH = (
    "stock_value", "days_of_supply", "days_of_supply_backward", "turns", "gmroii", "margin_share", "net_sales", "unsold_stock_value", "out_of_stock_share",
)  # fmt: skip
TILES = ("stock_value", "days_of_supply", "turns", "gmroii", "unsold_stock_value", "out_of_stock_share")
MONTHLY = ("stock_value", "net_sales", "days_of_supply_backward")
TREE = ("sphere", "product_group", "line_id", "sku")
LEVEL = Column("level", message("Level"), "text")
NAME = Column("name", message("Name"), "text")


def health(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """How healthy the stock is.

    frame: the tree sphere → group → line → article (`level` names the row's key; keys below it are null), largest stock first within
    each branch; or, with `selection.by`, one row for each of those keys. Columns: keys, name, HEALTH, `censored`, reasons.
    extra: `locations` (location_id, name, HEALTH), `trend_<kpi>` (month, actual, last_year) for stock_value, net_sales and
    days_of_supply_backward, `scatter` (label, key, group, turns, margin_share, gmroii, stock_value) by line, `bullets` (label, key,
    value, last_year, censored) by sphere. facts: `band` (low, high) of the days of supply.
    """
    answer: Answer = _health(warehouse, selection, scope)
    return answer


@remembered
def _health(source: Source, selection: Selection, scope: Scope) -> Answer:
    check_keys(selection)
    asked, span = known_kpis(HEALTH), span_of(source, selection, by_month=None if selection.by else False)
    facts, estimated = facts_for(source, asked, span, pick_of(source, selection, scope), TREE if not selection.by else tuple(dict.fromkeys(selection.by)))
    tiles, months = tiles_and_months(source, known_kpis(TILES), selection, scope, known_kpis(MONTHLY), 24)
    if selection.by:
        frame, columns = described(kpis.by(asked, facts, *selection.by).sort("stock_value", descending=True, nulls_last=True), selection.by, asked)
    else:
        frame, columns = _tree(source, facts, asked)
    return Answer(
        name="health",
        headline=_headline({tile.kpi: tile.value for tile in tiles}, source),
        frame=frame,
        columns=columns,
        version=source.version,
        as_of=span.as_of,
        first=span.first,
        last=span.last,
        tiles=tiles,
        notes=notes_of(source, asked, selection, span, estimated),
        missing=tuple(table for table in ("products", "sales", "stock") if not source.has(table)),
        extra=_pictures(source, facts, asked, selection, scope, months),
        facts={
            "band": (float(source.settings["supply_band_low_days"]), float(source.settings["supply_band_high_days"])),
            "counted_on": counted_on(source, span.as_of),
        },
        scope=scope,
        selection=selection,
    )


def _headline(value: dict[str, float | None], source: Source) -> Message:
    stock, cover, unsold = value["stock_value"], value["days_of_supply"], value["unsold_stock_value"]
    if stock is None:
        return message("No stock is known for this choice.")
    if cover is None:
        return message("{stock_money} lie in stock; how long they last is unknown, because nothing was sold.", stock_money=stock)
    if not unsold:
        return message("{stock_money} of stock last {cover_days} days; all of it sells.", stock_money=stock, cover_days=cover)
    if cover > float(source.settings["supply_band_high_days"]):
        return message(
            "{stock_money} of stock last {cover_days} days, longer than needed; {unsold_money} of it did not sell.",
            stock_money=stock, cover_days=cover, unsold_money=unsold,
        )  # fmt: skip
    return message(
        "{stock_money} of stock last {cover_days} days; {unsold_money} of it did not sell.", stock_money=stock, cover_days=cover, unsold_money=unsold
    )


def _tree(source: Source, facts: kpis.Facts, asked: Sequence[Kpi]) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """All four levels below each other, each branch under its stem, the largest stock first."""
    levels = []
    for depth, level in enumerate(TREE, start=1):
        keys = TREE[:depth]
        levels.append(kpis.by(asked, facts, *keys).with_columns(pl.lit(level).alias("level"), pl.lit(depth).alias("_depth")))
    frame = pl.concat(levels, how="diagonal")
    for depth, key in enumerate(TREE, start=1):
        stem = frame.filter(pl.col("_depth") == depth).select(*TREE[:depth], pl.col("stock_value").fill_null(0.0).alias(f"_{key}"))
        frame = frame.join(stem, on=list(TREE[:depth]), how="left", nulls_equal=True, maintain_order="left")
    return described_tree(_named(source, _in_branches(frame)), asked)


def _in_branches(frame: pl.DataFrame) -> pl.DataFrame:
    """Stems before their branches: at each level by stock, largest first, a row of the level itself before what is below it."""
    by: list[pl.Expr] = []
    descending: list[bool] = []
    for depth, key in enumerate(TREE, start=1):
        below = pl.col("_depth") >= depth
        by += [below, pl.when(below).then(pl.col(f"_{key}")), pl.when(below).then(pl.col(key))]
        descending += [False, True, False]
    return frame.sort(by, descending=descending, nulls_last=True, maintain_order=True)


def _named(source: Source, frame: pl.DataFrame) -> pl.DataFrame:
    """The name of each row: of its article, its line, or the key itself."""
    articles = source.items.select(pl.col("item_id").alias("sku"), "item_name")
    lines = source.items.filter(pl.col("line_id").is_not_null()).unique("line_id", keep="first", maintain_order=True).select("line_id", "line_name")
    named = frame.join(articles, on="sku", how="left", maintain_order="left").join(lines, on="line_id", how="left", maintain_order="left")
    by_level = {"sku": "item_name", "line_id": "line_name", "product_group": "product_group", "sphere": "sphere"}
    name: pl.Expr = pl.lit(None, dtype=pl.String)
    for level, column in by_level.items():
        name = pl.when(pl.col("level") == level).then(pl.col(column)).otherwise(name)
    return named.with_columns(name.alias("name"))


def described_tree(frame: pl.DataFrame, asked: Sequence[Kpi]) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """The tree's columns: level, keys, name, then the KPIs."""
    figures_only, columns = described(frame, TREE, asked)
    keys, rest = columns[: len(TREE)], columns[len(TREE) :]
    whole = figures_only.with_columns(frame["level"], frame["name"])
    ordered = (LEVEL, *keys, NAME, *rest)
    return whole.select(column.name for column in ordered), ordered


def _pictures(source: Source, facts: kpis.Facts, asked: Sequence[Kpi], selection: Selection, scope: Scope, months: pl.DataFrame) -> dict[str, pl.DataFrame]:
    pictures = {f"trend_{name}": beside_last_year(months, name) for name in MONTHLY}
    at_places = Selection(selection.as_of, selection.first, selection.last, ("location_id",), selection.where)
    places, _, _ = figures(source, asked, at_places, scope)
    named = places.join(source.places.select("location_id", pl.col("location_name").alias("name")), on="location_id", how="left", maintain_order="left")
    pictures["locations"] = named.filter(pl.col("location_id").is_not_null()).select("location_id", "name", *HEALTH)
    if selection.by and not set(TREE) <= set(facts.frame.columns):
        return pictures
    lines = kpis.by(known_kpis(("turns", "margin_share", "gmroii", "stock_value")), facts, "sphere", "line_id")
    titled = source.items.unique("line_id", keep="first", maintain_order=True).select("line_id", "line_name")
    lines = lines.join(titled, on="line_id", how="left", maintain_order="left", nulls_equal=True)
    pictures["scatter"] = lines.select(
        pl.coalesce("line_name", "line_id").alias("label"), pl.col("line_id").alias("key"), pl.col("sphere").alias("group"),
        "turns", "margin_share", "gmroii", "stock_value",
    ).sort("stock_value", descending=True, nulls_last=True)  # fmt: skip
    pictures["bullets"] = _bullets(source, facts, selection, scope)
    return pictures


def _bullets(source: Source, facts: kpis.Facts, selection: Selection, scope: Scope) -> pl.DataFrame:
    """Days of supply by sphere, with the same a year before."""
    span = span_of(source, selection, by_month=False)
    where = tuple((key, values) for key, values in selection.where if key != "month")
    before = Selection(year_before(span.as_of), year_before(span.first), year_before(span.last), ("sphere",), where)
    cover = known_kpis(("days_of_supply", "stock_value"))
    last_year, _, _ = figures(source, cover, before, scope)
    now = kpis.by(cover, facts, "sphere").sort("stock_value", descending=True, nulls_last=True)
    both = now.join(last_year.select("sphere", pl.col("days_of_supply").alias("last_year")), on="sphere", how="left", maintain_order="left", nulls_equal=True)
    return both.select(pl.col("sphere").alias("label"), pl.col("sphere").alias("key"), pl.col("days_of_supply").alias("value"), "last_year", "censored")


def item(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Everything about one item: the one that `where` names as sku, else the one with the largest stock.

    frame: one row a place, ours and the dealers': location_id, name, place_kind, counted_on, stock_qty, stock_value, in_transit_qty,
    committed_qty. extra: `months` (25 months: net_sales, sold_qty, margin_share, stock_qty, stock_value, days_of_supply_backward),
    `trend_stock_qty` and `trend_sold_qty` (month, actual, last_year), `dealers` (ten who bought most in the window), `ahead`
    (month, qty of the forecast). facts: the item's own fields, `days_of_supply_units`, `open_qty`, `window_qty`.
    """
    answer: Answer = ask_item(warehouse, selection, scope)
    return answer
