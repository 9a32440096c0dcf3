"""The pieces of the page on record accuracy."""

import streamlit as st

from engine.answers.answer import Answer, Column
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import empty, rooms, tables, text
from pages.parts.frame import address
from pages.parts.view import View

FIGURES = (
    Column("counted_n", message("Counted"), "count"),
    Column("missed_n", message("Beyond tolerance"), "count"),
    Column("accuracy_share", message("Accuracy"), "share"),
    Column("variance_value", message("Differences at cost"), "money"),
)
KEYS: dict[str, tuple[Message, Column]] = {
    "by_cause": (message("Cause"), Column("cause", message("Cause"), "text")),
    "by_person": (message("Responsible"), Column("responsible", message("Responsible"), "text")),
    "by_place": (message("Location"), Column("name", message("Location"), "text")),
    "by_class": (message("Class"), Column("abc_class", message("Class"), "text")),
}
BY_CLASS = (
    Column("abc_class", message("Class"), "text"),
    Column("positions_n", message("Positions in stock"), "count"),
    Column("never_n", message("Never counted"), "count"),
    Column("overdue_n", message("Overdue"), "count"),
    Column("soon_n", message("Soon due"), "count"),
    Column("due_value", message("Stock that is due"), "money"),
)
TURN = (
    Column("location_id", message("Location"), "code"),
    Column("item_id", message("Item"), "code"),
    Column("name", message("Name"), "text"),
    Column("taken_qty", message("Taken out"), "qty"),
    Column("early_qty", message("Of it too early"), "qty"),
    Column("early_value", message("Too early, at cost"), "money"),
    Column("oldest_on", message("Oldest that stayed"), "date"),
)


def head(view: View, answer: Answer) -> None:
    """The page's sentence, and small below it the days whose counts it speaks of."""
    parts = []
    if answer.first and answer.last:
        parts.append(view.say(message("counted {first_on} – {last_on}", first_on=answer.first, last_on=answer.last)))
    text.headline(view.say(answer.headline), *parts, view.filters)


def breakdown(view: View, answer: Answer) -> None:
    """Accuracy by cause, person, place or class, as the address says."""
    chosen = address.one_of("split", KEYS, "by_cause")
    text.heading(view.say(message("Where the books go wrong")))
    key = "gr-split"
    st.session_state[key] = chosen
    st.segmented_control(
        view.say(message("Split")), list(KEYS), key=key, format_func=lambda name: view.say(KEYS[name][0]), label_visibility="collapsed",
        on_change=address.heard, args=("split", key), required=True,
    )  # fmt: skip
    tables.rows(view, answer.extra[chosen], (KEYS[chosen][1], *FIGURES), alt=view.say(message("Where the books go wrong")), key=f"split-{chosen}")


def positions(view: View, answer: Answer) -> None:
    """Every counted position; a click leads to the item."""
    picked = tables.table(view, answer, message("Largest difference first"), key="positions", pick=True, nothing=NOT_APPLICABLE)
    to_item(picked, "item_id")


def plan(view: View, found: Answer) -> None:
    """What is to be counted, by class and one by one."""
    tables.headed(view, found, message("Count plan"), "count-plan")
    text.small(view.say(found.headline))
    tables.rows(view, found.extra["by_class"], BY_CLASS, alt=view.say(message("Count plan")), key="plan-classes")
    picked = tables.rows(view, found.frame, found.columns, alt=view.say(found.headline), key="plan", bars=("stock_value",), pick=True, nothing=NOT_APPLICABLE)
    to_item(picked, "item_id")


def out_of_turn(view: View, answer: Answer) -> None:
    """Where newer goods left before older ones."""
    found = answer.extra["fifo"]
    text.heading(view.say(message("Newer goods left before older ones")))
    if found.is_empty():
        empty.sentence(view, message("Nowhere between the last two counts."))
        return
    to_item(tables.rows(view, found, TURN, alt=view.say(message("Newer goods left before older ones")), key="turn", pick=True), "item_id")


def to_item(row: dict[str, object] | None, key: str) -> None:
    """A clicked row leads to the page of its item."""
    if row is not None and row.get(key):
        st.switch_page(rooms.page_named("item").file, query_params=address.link({"sku": [str(row[key])]}))
