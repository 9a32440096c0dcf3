"""Pieces of the page on dead stock: for how long unsold, where the profit went, the table by item, cause, idle time or who asked."""

from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer, Column
from engine.answers.dead_stock_said import CLASS_NAMES
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import rooms, tables, text
from pages.parts.frame import address
from pages.parts.view import View

BY: dict[str, Message] = {
    "item": message("By item"), "cause": message("By cause"), "idle": message("By time without a sale"), "who": message("By who asked for it"),
}  # fmt: skip
VALUE, ITEMS = Column("value", message("Stock at cost"), "money"), Column("items", message("Items"), "count")
GROUPED: dict[str, tuple[Column, ...]] = {
    "cause": (Column("class", message("Class"), "text"), Column("cause", message("Cause"), "text"), ITEMS, VALUE),
    "idle": (Column("label", message("Time without a sale"), "text"), ITEMS, VALUE),
    "who": (Column("label", message("Asked for by"), "text"), ITEMS, VALUE),
}
LOTS = (
    Column("location_id", message("Location"), "code"),
    Column("location_name", message("Name"), "text"),
    Column("batch_id", message("Batch"), "code"),
    Column("cause", message("Cause"), "text"),
    Column("came_on", message("Received on"), "date"),
    Column("qty", message("Quantity in stock"), "qty"),
    VALUE,
)


def window(view: View) -> str:
    """For how long a product must not have sold, as the address says it; nothing = as the settings say."""
    given = (address.all_of("unsold") or ("",))[0]
    return given if given == "window" or given.isdigit() else ""


def windows(view: View, answer: Answer) -> None:
    """The choice of that time."""
    choices: dict[str, Message] = dict(answer.facts["choices"])
    chosen, key = window(view), "gr-unsold"
    st.session_state[key] = chosen if chosen in choices else ""
    st.segmented_control(
        view.say(message("Not sold for")), list(choices), key=key, format_func=lambda name: view.say(choices[name]), on_change=address.heard,
        args=("unsold", key), required=True,
    )  # fmt: skip


def question(answer: Answer) -> Message:
    """What the picture answers."""
    known = answer.extra["profit"].filter(pl.col("part") == "profit").height > 0
    return message("Where the profit went") if known else message("What the dead stock is made of")


def of_which_profit(view: View, answer: Answer) -> str:
    """Which profit it is."""
    if not answer.extra["profit"].filter(pl.col("part") == "profit").height:
        return ""
    if answer.facts["is_cash_profit"]:
        return view.say(message("profit of the last 12 months, and what of it lies in dead stock"))
    return view.say(message("gross margin of the last 12 months, and what of it lies in dead stock"))


def profit(view: View, answer: Answer) -> pl.DataFrame:
    """The steps of the picture in the reader's words."""
    words = CLASS_NAMES | {"profit": message("A year's profit"), "left": message("What is left of it"), "dead": message("Dead stock")}
    steps = answer.extra["profit"]
    return steps.with_columns(pl.Series("label", [view.say(words[part]) for part in steps["part"]], dtype=pl.String))


def table(view: View, answer: Answer) -> None:
    """One table: by item with the lots of the one that was clicked, or grouped as the address says."""
    by = address.one_of("by", BY, "item")
    tables.headed(view, answer, message("Dead stock, the most money first"), "dead")
    key = "gr-by"
    st.session_state[key] = by
    st.segmented_control(
        view.say(message("Grouped")), list(BY), key=key, format_func=lambda name: view.say(BY[name]), label_visibility="collapsed",
        on_change=address.heard, args=("by", key, "item"), required=True,
    )  # fmt: skip
    alt = view.say(answer.headline)
    if by != "item":
        tables.rows(view, _grouped(view, answer, by), GROUPED[by], alt=alt, key=f"dead-{by}", bars=("value",), nothing=NOT_APPLICABLE)
        return
    chosen = tables.rows(view, answer.frame, answer.columns, alt=alt, key="dead", bars=("value",), pick=True, nothing=NOT_APPLICABLE)
    if chosen is not None:
        _lots(view, answer, chosen)
    elif answer.frame.height:
        text.small(view.say(message("Click a line to see its batches, and to put it into the clearance programme.")))


def _grouped(view: View, answer: Answer, by: str) -> pl.DataFrame:
    frame = answer.extra["causes" if by == "cause" else by]
    if by == "idle":
        labels = [_idle(view, start, end) for start, end in frame.select("from_months", "to_months").iter_rows()]
    elif by == "who":
        nobody = view.say(message("nobody on record"))
        labels = [nobody if who is None else who for who in frame["asked_by"]]
    else:
        return frame
    return frame.with_columns(pl.Series("label", labels, dtype=pl.String))


def _idle(view: View, start: int | None, end: int | None) -> str:
    if start is None:
        return view.say(message("unknown"))
    if end is None:
        return view.say(message("over {first_n} months", first_n=start))
    return view.say(message("{first_n} to {last_n} months", first_n=start, last_n=end))


def _lots(view: View, answer: Answer, row: dict[str, Any]) -> None:
    """The batches of one item, and the ways from here."""
    mine = answer.extra["lots"].filter((pl.col("item_id") == row["item_id"]) & (pl.col("class") == row["class"]))
    text.heading(row["name"] or row["item_id"], view.say(message("batch by batch")))
    with st.container(horizontal=True, gap="small"):
        for page, said in (("clearance", message("Put it into the clearance programme")), ("item", message("Everything about it"))):
            target = rooms.page_named(page)
            st.page_link(target.file, label=text.label(view.say(said)), query_params=address.link({"sku": [row["item_id"]]}), icon=":material/arrow_forward:")
    tables.rows(view, mine, LOTS, alt=view.say(message("batch by batch")), key="lots", bars=("value",), nothing=NOT_APPLICABLE)
