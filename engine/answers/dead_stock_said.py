"""What the page of dead stock says: its columns, figures, sentence and notes."""

from typing import TYPE_CHECKING

import polars as pl

from engine.answers.answer import Column
from engine.answers.measured import Measured
from engine.answers.picking import OUT_OF_SCOPE
from engine.answers.source import Source
from engine.messages import Message, message, plural

if TYPE_CHECKING:
    from engine.answers.dead_stock import Unsold

OLDER = message("It was there before the records begin.")
COLUMNS = (
    Column("class", message("Class"), "text"),
    Column("item_id", message("Item"), "code"),
    Column("name", message("Name"), "text"),
    Column("cause", message("Cause"), "text"),
    Column("qty", message("Quantity in stock"), "qty"),
    Column("value", message("Stock at cost"), "money"),
    Column("last_sold_on", message("Last sold on"), "date"),
    Column("age_days", message("Lies here for"), "days"),
    Column("age_days_why", message("Why unknown"), "message"),
    Column("ordered_by", message("Ordered by"), "text"),
    Column("places", message("Places"), "count"),
    Column("withdrawn_on", message("Withdrawn on"), "date"),
)
CLASS_NAMES: dict[str, Message] = {
    "damaged_materials": message("Damaged materials"),
    "materials_without_set": message("Materials that make no set"),
    "unsold_products": message("Products that do not sell"),
    "gone_products": message("Withdrawn or expired products"),
}


def headline(dead: float, stock: float, profit: float | None, why: Message | None) -> Message:
    """The page's first sentence."""
    if why is not None:
        return why
    if not stock:
        return message("No stock is known for this choice.")
    if not dead:
        return message("Nothing in stock is dead.")
    if profit is None or profit <= 0:
        return message("{dead_money} in stock is dead: {stock_share} of all that lies there.", dead_money=dead, stock_share=dead / stock)
    return message(
        "{dead_money} in stock is dead: {stock_share} of all that lies there, and as much as {profit_share} of a year's profit.",
        dead_money=dead, stock_share=dead / stock, profit_share=dead / profit,
    )  # fmt: skip


def choices(source: Source) -> tuple[tuple[str, Message], ...]:
    """For how long a product may be asked not to have sold: by the settings, in the usual window, and much longer."""
    settings = source.settings
    long = dict.fromkeys(int(settings[name]) for name in ("dead_long_months", "dead_longest_months") if settings[name] != settings["dead_after_months"])
    return (
        ("", _months(int(settings["dead_after_months"]))),
        ("window", message("{window_days} days", window_days=int(settings["window_days"]))),
        *((str(months), _months(months)) for months in long),
    )


def _months(months: int) -> Message:
    return plural("{n} month", "{n} months", n=months)


def measures(classes: pl.DataFrame, profit: float | None, is_cash: bool, sees_all: bool) -> tuple[Measured, ...]:
    """The four classes, and their share of the year's profit."""
    dead = float(classes["value"].sum())
    rows = list(classes.select("class", "value", "items").iter_rows())
    each = [
        Measured(CLASS_NAMES[name], value, "money", plural("{n} item", "{n} items", n=items)) for name, value, items in rows
    ]  # fmt: skip
    if is_cash:
        how = message("{dead_money} beside {profit_money}, the profit of the last 12 months.", dead_money=dead, profit_money=profit or 0.0)
    else:
        how = message("{dead_money} beside {profit_money}, the gross margin of the last 12 months.", dead_money=dead, profit_money=profit or 0.0)
    why = OUT_OF_SCOPE_PROFIT if not sees_all else message("There was no profit to compare it with.")
    share = dead / profit if profit is not None and profit > 0 else None
    return (
        *each,
        Measured(message("Share of a year's profit"), share, "share", how, why),
    )


OUT_OF_SCOPE_PROFIT = message("The company's profit is outside of what you may see.")


def notes(source: Source, lots: pl.DataFrame, items: pl.DataFrame, asked: "Unsold", circular: float) -> tuple[Message, ...]:
    """What one should know of the figures."""
    found: list[Message] = []
    if asked.months is not None:
        found.append(
            plural(
                "A product is dead where nothing of it was sold for {n} month, returns deducted, and it lies here for longer than that.",
                "A product is dead where nothing of it was sold for {n} months, returns deducted, and it lies here for longer than that.",
                n=asked.months,
            )
        )
    else:
        found.append(
            message(
                "A product is dead where nothing of it was sold for {window_days} days, net of returns, and it lies here for longer.", window_days=asked.days
            )
        )
    found.append(message("The classes exclude each other: what is in one is not counted in those that come after it."))
    sales = source.days.get("sales")
    if sales and sales[0] > asked.cutoff:
        found.append(message("The sales data begin on {first_day}; what was sold before that day is not known.", first_day=sales[0]))
    found += _of_the_lots(source, lots, items, circular)
    return tuple(found)


def _of_the_lots(source: Source, lots: pl.DataFrame, items: pl.DataFrame, circular: float) -> list[Message]:
    found: list[Message] = []
    if source.has("recipes"):
        found.append(message("Whether a set can be completed is judged by what lies in all our places together, in good condition."))
        found.append(message("Who asked for a material is who asked for the products that it goes into, by the pieces of it that these take."))
    if circular:
        found.append(message("{circular_money} of materials go only into recipes that lead back to themselves; they are not counted.", circular_money=circular))
    unknown = items.filter(pl.col("age_days").is_null())
    if unknown.height:
        found.append(
            plural(
                "{n} item was there before the records begin: its age is unknown, but it is not new.",
                "{n} items were there before the records begin: their age is unknown, but they are not new.",
                n=unknown.height,
            )
        )
    kinds = lots.join(source.items.select("item_id", "item_kind"), on="item_id", how="left")
    damaged = kinds.filter((pl.col("item_kind") == "product") & (pl.col("condition") == "damaged") & (pl.col("qty") > 0) & pl.col("class").is_null())
    if damaged.height:
        found.append(message("{damaged_money} of damaged products still sell and are in no class.", damaged_money=float(damaged["value"].sum())))
    below = lots.group_by("item_id", "location_id").agg(pl.col("qty").sum()).filter(pl.col("qty") < 0)
    if below.height:
        found.append(plural("{n} balance is below zero and left out.", "{n} balances are below zero and left out.", n=below.height))
    return found


__all__ = ["CLASS_NAMES", "COLUMNS", "OLDER", "OUT_OF_SCOPE", "headline", "measures", "notes"]
