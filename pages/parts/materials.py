"""The pieces of the page on materials."""

import polars as pl

from engine import figures
from engine.answers.answer import Answer, Column
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import empty, measures, tables, text
from pages.parts.accuracy import to_item
from pages.parts.charts import chart, look
from pages.parts.view import View

LACKING = (
    Column("material_id", message("Material"), "code"),
    Column("name", message("Name"), "text"),
    Column("supplier", message("Supplier"), "text"),
    Column("lead_time_days", message("Lead time"), "days"),
    Column("at_hand_qty", message("At hand"), "qty"),
    Column("short_qty", message("Missing for the next set"), "qty"),
    Column("blocked_n", message("Products stopped"), "count"),
    Column("products_n", message("Products next"), "count"),
    Column("is_withdrawn", message("Withdrawn"), "flag"),
)
SETS = ("sku", "name", "recipe_state", "sets", "sets_together", "gap_qty", "gap_value", "material_name", "short_qty", "sets_why")
BOUGHT = ("item_id", "name", "supplier", "planned_qty", "bought_qty", "over_qty", "over_value", "left_value")
SUPPLIERS = (
    Column("supplier", message("Supplier"), "text"),
    Column("items_n", message("Items"), "count"),
    Column("over_value", message("Beyond the plan, money"), "money"),
    Column("left_value", message("Still in stock at cost"), "money"),
)


def waiting(answer: Answer) -> pl.DataFrame:
    """Rows for the bars: product and the mate that it lacks, money that waits."""
    label = pl.format("{} ← {}", pl.coalesce("name", "sku"), pl.coalesce("material_name", "material_id"))
    return answer.extra["mates"].select(label.alias("label"), pl.col("waiting_value").alias("value"), pl.lit("attention").alias("severity"))


def products(view: View, answer: Answer) -> None:
    """What can be built, product by product; a click leads to the item."""
    tables.headed(view, answer, message("What can be built"), "sets")
    shown = [column for column in answer.columns if column.name in SETS]
    picked = tables.rows(view, answer.frame, shown, alt=view.say(answer.headline), key="sets", bars=("gap_value",), pick=True, nothing=NOT_APPLICABLE)
    to_item(picked, "sku")


def lacking(view: View, answer: Answer) -> None:
    """Materials that the next sets lack."""
    if not answer.extra["lacking"].is_empty():
        text.heading(view.say(message("What the next sets lack")))
        tables.rows(view, answer.extra["lacking"], LACKING, alt=view.say(message("What the next sets lack")), key="lacking", nothing=NOT_APPLICABLE)


def bought(view: View, found: Answer) -> None:
    """Purchases against their plan: month by month, by item, by supplier."""
    text.heading(view.say(found.headline), *_span(view, found))
    if found.frame.is_empty():
        empty.sentence(view, message("There is nothing to compare."))
        return
    measures.measures(view, found)
    drawn = figures.columns(found.extra["months"], look(view), unit="money", label=message("Purchases"))
    chart(view, message("Bought and planned, month by month"), drawn, key="bought", subtitle=view.say(message("in money; the plan at the mean price paid")))
    tables.headed(view, found, message("Bought beyond the plan"), "over")
    shown = [column for column in found.columns if column.name in BOUGHT]
    picked = tables.rows(view, found.frame, shown, alt=view.say(found.headline), key="over", bars=("over_value",), pick=True, nothing=NOT_APPLICABLE)
    to_item(picked, "item_id")
    text.heading(view.say(message("By supplier")))
    tables.rows(view, found.extra["suppliers"], SUPPLIERS, alt=view.say(message("By supplier")), key="suppliers", bars=("over_value",))
    text.lines([view.say(note) for note in found.notes])


def _span(view: View, found: Answer) -> list[str]:
    return [view.say(message("purchases {first_on} – {last_on}", first_on=found.first, last_on=found.last))] if found.first and found.last else []
