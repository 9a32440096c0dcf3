"""Stock by purpose: what lies there as a safety margin, for the working cycle, for a known event, and what is left over."""

import polars as pl

from engine import purposes as formulas
from engine.answers.ageing import DAYS_OF_A_MONTH, needs
from engine.answers.answer import Answer, Column
from engine.answers.lots import has_both, lots_on, picked, why_no_stock
from engine.answers.measured import Measured
from engine.answers.periods import last_day
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

NEEDED = ("products", "sales", "stock")
NAMES: dict[str, Message] = {
    "safety": message("Safety stock"),
    "cycle": message("Cycle stock"),
    "investment": message("Bought early"),
    "excess": message("Excess"),
    "unknown": message("Need unknown"),
}
PARTS = tuple(f"{name}_value" for name in formulas.PURPOSES)
COLUMNS = (
    Column("item_id", message("Item"), "code"),
    Column("name", message("Name"), "text"),
    Column("sphere", message("Sphere"), "text"),
    Column("qty", message("Quantity in stock"), "qty"),
    Column("value", message("Stock at cost"), "money"),
    Column("excess_value", NAMES["excess"], "money"),
    Column("excess_qty", message("Excess, in pieces"), "qty"),
    Column("safety_value", NAMES["safety"], "money"),
    Column("cycle_value", NAMES["cycle"], "money"),
    Column("investment_value", NAMES["investment"], "money"),
    Column("purpose", message("Why it was bought early"), "text"),
    Column("unknown_value", NAMES["unknown"], "money"),
)


def stock_by_purpose(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """What our stock is for, by item, the largest excess first (frame: COLUMNS); the parts add up to the stock above zero.

    extra: `spheres` (sphere, null for materials; items, value, PARTS), `events` (purpose, items, value: what was bought early, by why).
    facts: `measures`.
    """
    answer: Answer = _by_purpose(warehouse, selection, scope)
    return answer


@remembered
def _by_purpose(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of, pick = selection.as_of or last_day(source), pick_of(source, selection, scope)
    why = why_no_stock(pick)
    kind = pick.kind if selection.allowed("item_kind") is not None else None
    lots = lots_on(source.whole, as_of).filter(pl.col("qty") > 0).with_columns(pl.col("value").fill_null(0.0))
    shown = source.own(picked(source, lots, pick, kind))
    shown = shown.clear() if why is not None else shown
    frame = _items(source, lots, shown, needs(source.whole, lots, as_of))
    spheres = frame.group_by("sphere").agg(pl.len().alias("items"), pl.col("value", *PARTS).sum()).sort("value", descending=True)
    events = shown.filter(pl.col("purpose").is_not_null()).group_by("purpose").agg(pl.col("item_id").n_unique().alias("items"), pl.col("value").sum())
    return Answer(
        name="stock_by_purpose",
        headline=_headline(frame, why, has_both(source, shown)),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        notes=_notes(source, frame),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={"spheres": spheres, "events": events.sort("value", "purpose", descending=[True, False])},
        facts={"measures": _measures(frame)},
        scope=scope,
        selection=selection,
    )


def _items(source: Source, everywhere: pl.DataFrame, shown: pl.DataFrame, needed: pl.DataFrame) -> pl.DataFrame:
    """Every item that is shown, split. What is needed of an item is needed in all our places; a place answers for its share of the pieces."""
    invested = pl.col("purpose").is_not_null()
    stock = shown.group_by("item_id").agg(
        pl.col("qty").sum(),
        pl.col("value").sum(),
        pl.col("qty").filter(invested).sum().alias("invested_qty"),
        pl.col("value").filter(invested).sum().alias("invested_value"),
        pl.col("purpose").drop_nulls().unique().sort().str.join(", ").alias("purpose"),
    )
    whole = everywhere.group_by("item_id").agg(pl.col("qty").sum().alias("_all"))
    daily = pl.col("monthly_qty") / DAYS_OF_A_MONTH
    share = pl.col("qty") / pl.col("_all")
    safety = pl.coalesce("safety_qty", daily * float(source.settings["safety_stock_days"]))
    known = stock.join(whole, on="item_id", how="left").join(needed, on="item_id", how="left")
    needs_of = known.with_columns(
        (safety * share).alias("safety_need"), (daily * float(source.settings["cycle_stock_days"]) * share).alias("cycle_need")
    ).with_columns(
        # A withdrawn article needs no margin and no cycle: what still sells of it is its run-out.
        pl.when(pl.col("run_out_qty").is_not_null()).then(0.0).otherwise(pl.col("safety_need")).alias("safety_need"),
        pl.when(pl.col("run_out_qty").is_not_null()).then(pl.col("run_out_qty") * share).otherwise(pl.col("cycle_need")).alias("cycle_need"),
    )
    named = source.items.select("item_id", pl.col("item_name").alias("name"), "sphere")
    split = formulas.split(needs_of).join(named, on="item_id", how="left").with_columns(pl.col("purpose").replace("", None))
    return split.sort("excess_value", "value", "item_id", descending=[True, True, False])


def _headline(frame: pl.DataFrame, why: Message | None, both: bool) -> Message:
    if why is not None:
        return why
    total, excess = float(frame["value"].sum()), float(frame["excess_value"].sum())
    if not total:
        return message("No stock is known for this choice.")
    if not excess:
        return message("All stock whose need is known has a purpose.")
    if both:
        return message(
            "{excess_money} of {stock_money} in stock, products and materials, serves no purpose: neither safety, nor the cycle, nor a known event.",
            excess_money=excess, stock_money=total,
        )  # fmt: skip
    return message(
        "{excess_money} of {stock_money} in stock serves no purpose: neither safety, nor the cycle, nor a known event.",
        excess_money=excess, stock_money=total,
    )  # fmt: skip


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    total = float(frame["value"].sum())

    def part(name: str) -> Measured:
        value = float(frame[f"{name}_value"].sum())
        how = message("{part_share} of the stock.", part_share=value / total) if total else None
        return Measured(NAMES[name], value, "money", how)

    named = [name for name in formulas.PURPOSES if name != "unknown" or float(frame["unknown_value"].sum())]
    return tuple(part(name) for name in named)


def _notes(source: Source, frame: pl.DataFrame) -> tuple[Message, ...]:
    settings = source.settings
    found = [
        message(
            "Safety stock: as the master data say, else {safety_days} days of demand. Cycle stock: {cycle_days} days of demand.",
            safety_days=int(settings["safety_stock_days"]), cycle_days=int(settings["cycle_stock_days"]),
        ),
        message("Demand is what was sold, or used of a material, in 12 months. A withdrawn article needs only what still sells of it."),
        message("Bought early is what the stock names a purpose for."),
    ]  # fmt: skip
    if float(frame["unknown_value"].sum()):
        found.append(message("Need unknown: new articles that have not been sold, and items whose use no table tells."))
    return tuple(found)
