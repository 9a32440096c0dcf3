"""The pieces of the pages on dealers: the desk's table, the card of one dealer, what was agreed with it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer, Column
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import rooms, tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.named import LIMITS
from pages.parts.view import View

DESK: tuple[tuple[str, Message], ...] = (
    ("dealer_name", message("Dealer")),
    ("tier", message("Tier")),
    ("days_of_supply", message("Days")),
    ("alarm", message("Alarm")),
    ("out_count", message("Out")),
    ("out_value", message("At risk")),
    ("over_value", message("Excess")),
    ("channel_load", message("Channel load")),
    ("overdue_value", message("Overdue")),
    ("order_value", message("To order")),
    ("counted_on", message("Last report")),
)
"""Columns of the desk under short headings, so that all of them fit beside the matrix."""
FIELDS: tuple[tuple[str, Message, str], ...] = (
    ("dealer_id", message("Code"), "code"),
    ("region", message("Region"), "text"),
    ("city", message("City"), "text"),
    ("city_tier", message("City tier"), "text"),
    ("channel", message("Channel"), "text"),
    ("sales_rep", message("Sales rep"), "text"),
    ("started_on", message("Dealer since"), "date"),
)
CREDIT: tuple[tuple[str, Message, str], ...] = (
    ("exposure_value", message("Exposure"), "money"),
    ("credit_limit", message("Credit limit"), "money"),
    ("limit_status", message("State of the limit"), "limit"),
    ("headroom_value", message("Left of the limit"), "money"),
    ("receivable_value", message("Receivables"), "money"),
    ("overdue_value", message("Overdue"), "money"),
    ("oldest_overdue_days", message("Days overdue at most"), "overdue"),
    ("review_on", message("Limit to be reviewed on"), "date"),
)
PROFIT: tuple[tuple[str, Message, str], ...] = (
    ("net_sales", message("Dealer's sales"), "money"),
    ("total_gross_profit", message("Total gross profit"), "money"),
    ("costs", message("All costs"), "money"),
    ("other_income", message("Other income"), "money"),
    ("tax", message("Tax"), "money"),
    ("net_profit", message("Net profit"), "money"),
    ("net_share", message("Net profit of sales"), "share"),
    ("roi", message("Return on capital, a year"), "share"),
)
CHANGES: tuple[tuple[str, Message, str], ...] = (
    ("dealer_changes", message("Changes asked by the dealer"), "count"),
    ("dealer_qty", message("Quantity changed"), "qty"),
    ("changed_share", message("Of the quantity ordered"), "share"),
    ("cost_value", message("Cost to us"), "money"),
    ("fee_value", message("Fee"), "money"),
)
STOCK: tuple[tuple[str, Message, str], ...] = (
    ("stock_value", message("Stock at cost"), "money"),
    ("days_of_supply", message("Days of supply"), "days"),
    ("low", message("Band from"), "days"),
    ("high", message("Band to"), "days"),
    ("out_count", message("Products out of stock"), "count"),
    ("over_value", message("Excess"), "money"),
    ("channel_load", message("Channel load"), "ratio"),
    ("counted_on", message("Last report"), "date"),
    ("order_value", message("Suggested order"), "money"),
)


def desk(view: View, answer: Answer) -> None:
    """The dealers, the most money at risk first, each with its bullet; a click leads to the dealer."""
    frame, drawn = answer.frame.head(tables.SHOWN), look(view)
    tops = frame.select(pl.max_horizontal(2.0 * pl.col("high"), pl.col("days_of_supply")).quantile(0.9)).item()
    bullets = [figures.bullet_cell(value, low, high, tops or 0.0, drawn) for value, low, high in frame.select("days_of_supply", "low", "high").iter_rows()]
    tables.headed(view, answer, message("Dealers, the most money at risk first"), "desk")
    known = {column.name: column for column in answer.columns}
    columns = [replace(known[name], label=short) for name, short in DESK]
    picked = tables.rows(view, answer.frame, columns, alt=view.say(answer.headline), key="desk", pick=True, drawn={"days_of_supply": bullets}, tallest=702)
    if picked is not None:
        st.switch_page(rooms.page_named("dealer").file, query_params=address.link({"dealer_id": [str(picked["dealer_id"])]}))


def supply_matrix(view: View, answer: Answer) -> None:
    """Line × region, coloured where days of supply lie outside of the band."""
    low, high = answer.facts["band"] or (None, None)
    title = message("Days of supply by line and region")
    drawn = figures.matrix(answer.extra["matrix"], look(view), rows="line", across="region", value="days", unit="days", label=title, low=low, high=high)
    below = view.say(message("working days; amber is long, orange-red short; the lines with most stock")) if low is not None else ""
    chart(view, title, drawn, below, key="matrix")


def passport(view: View, answer: Answer) -> None:
    """What is known of the dealer itself, in one line."""
    known = answer.facts["dealer"]
    text.small(*(f"{view.say(label)} {view.text(known[name], unit)}" for name, label, unit in FIELDS if known.get(name) not in (None, "")))


def figures_of(view: View, title: Message, row: dict[str, Any] | None, fields: Sequence[tuple[str, Message, str]], nothing: Message) -> None:
    """Some figures of a dealer under their title; or why there are none."""
    text.heading(view.say(title))
    if row is None:
        text.small(view.say(nothing))
        return
    text.facts([[view.say(label), _shown(view, row.get(name), unit)] for name, label, unit in fields])


def _shown(view: View, value: Any, unit: str) -> str:
    if unit == "overdue" and value is not None:
        return view.text(value, "days")
    if unit == "limit":
        return view.say(LIMITS.get(str(value), Message(str(value))))
    return NOT_APPLICABLE if value is None and unit in ("date", "overdue") else view.text(value, unit)


def flows(view: View, answer: Answer) -> None:
    """Bought and sold on, month by month."""
    title = message("Bought from us and sold on, month by month")
    drawn = figures.pair(answer.extra["months"], look(view), first=("bought", message("Bought from us")), second=("sold_on", message("Sold on")), unit="qty")
    chart(view, title, drawn, view.say(message("in pieces")), key="flows")


def card(view: View, contributions: pl.DataFrame, key: str) -> None:
    """What each measure gives to the score: solid what it gives, outlined what it could."""
    title = message("What each measure gives to the score")
    shown = contributions.select(
        pl.Series("label", [f"{code} {view.text(label, 'message')}" for code, label in contributions.select("measure", "label").iter_rows()], dtype=pl.String),
        pl.col("contribution").alias("value"), pl.col("weight_in_force").alias("whole"),
        pl.Series("text", [_measured(view, row) for row in contributions.iter_rows(named=True)], dtype=pl.String),
    )  # fmt: skip
    below = view.say(message("solid: points given; outlined: points possible; at the right what was measured"))
    chart(view, title, figures.score_bars(shown, look(view), label=title), below, key=f"card-{key}")


def _measured(view: View, row: dict[str, Any]) -> str:
    return view.say(message("not measured")) if row["value"] is None else view.text(row["value"], row["unit"])


def levers(view: View, found: pl.DataFrame, most: int = 3) -> None:
    """The cheapest ways to the next tier; nothing where there is none above."""
    if found.is_empty():
        return
    text.heading(view.say(message("Cheapest way to the next tier")))
    text.lines([view.text(said, "message") for said in found["said"].head(most)])


def gates(view: View, found: pl.DataFrame) -> None:
    """What caps the tier."""
    for said in found["said"]:
        text.prose(view.text(said, "message"))


def history(view: View, found: pl.DataFrame, key: str) -> None:
    """The score month by month."""
    title = message("Score month by month")
    frame = found.select("month", pl.col("score").alias("actual"))
    chart(view, title, figures.trend(frame, look(view), unit="score", label=title), key=f"history-{key}", height=240)


def link_to(view: View, name: str, label: Message, answer: Answer) -> None:
    """The way to another page, with this dealer in its address; nothing where there is no such page."""
    page = rooms.page_named(name)
    if page.name == name:
        st.page_link(page.file, label=text.label(view.say(label)), query_params=address.link({"dealer_id": [answer.facts["dealer_id"]]}))


def agreed(view: View, answer: Answer, columns: Sequence[Column]) -> None:
    """The agreed actions, open ones first."""
    text.heading(view.say(message("Agreed actions")))
    found = answer.extra["actions"]
    if found.is_empty():
        text.small(view.say(message("Nothing has been agreed yet.")))
        return
    tables.rows(view, found, columns, alt=view.say(message("Agreed actions")), key="actions")
