"""The tree of goods and the places as one table, a level at a time; a click leads a level down, at last to the item."""

import polars as pl
import streamlit as st

from engine.answers.answer import Answer, Column
from engine.messages import message
from pages.parts import rooms, tables, text
from pages.parts.frame import address
from pages.parts.named import GRAINS
from pages.parts.view import View

KEYS = ("sphere", "product_group", "line_id", "sku")
NAME = Column("name", message("Name"), "text")
CODE = {"line_id": Column("line_id", message("Line"), "code"), "sku": Column("sku", message("Product"), "code")}


def tree(view: View, answer: Answer) -> None:
    """The level that the address names (`level`), else the first below what is chosen; the export holds all levels."""
    level = address.one_of("level", GRAINS, _first_open(view))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text.heading(view.say(message("Largest stock first")))
        _choose(view, level)
        tables.export(view, answer, "health")
    frame, columns = rows_of(answer, level)
    key = f"tree-{level}-{abs(hash(view.selection))}"
    picked = tables.rows(view, frame, columns, alt=view.say(answer.headline), key=key, bars=("stock_value",), pick=True)
    if picked is not None:
        _go(level, picked)


def rows_of(answer: Answer, level: str) -> tuple[pl.DataFrame, list[Column]]:
    """The rows of a level: code where there is one, name, figures."""
    figures = [column for column in answer.columns if column.name not in (*KEYS, "level", "name")]
    if level == "location_id":
        return answer.extra["locations"], [NAME, *figures]
    return answer.frame.filter(pl.col("level") == level), [*([CODE[level]] if level in CODE else []), NAME, *figures]


def _first_open(view: View) -> str:
    """The level below the deepest one that is chosen."""
    chosen = [place for place, key in enumerate(KEYS) if view.selection.allowed(key) is not None]
    return KEYS[min(max(chosen, default=-1) + 1, len(KEYS) - 1)]


def _choose(view: View, level: str) -> None:
    key = "gr-level"
    st.session_state[key] = level
    st.segmented_control(
        view.say(message("Level")), list(GRAINS), key=key, format_func=lambda name: view.say(GRAINS[name]), label_visibility="collapsed",
        on_change=address.heard, args=("level", key), required=True,
    )  # fmt: skip


def _go(level: str, row: dict[str, object]) -> None:
    """A product leads to its page; anything else narrows the choice to itself."""
    value = str(row[level])
    if level == "sku":
        st.switch_page(rooms.page_named("item").file, query_params=address.link({"sku": [value]}))
    st.query_params.from_dict(address.link({level: [value]}))
    st.rerun()
