"""The story of a family, told when somebody in the room asks: months, articles, areas, dealers, and who changed what and why."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer, Column
from engine.answers.meeting.family_story import AREAS, CHANGES, COLUMNS, DEALERS
from engine.figures import columns
from engine.messages import Message, message
from pages.parts import large, text
from pages.parts.charts import chart, look
from pages.parts.executive import stage
from pages.parts.executive.items import drawn, headline
from pages.parts.executive.stage import Stage
from pages.parts.large import Cell
from pages.parts.view import View

FEW = 6
NUMBERS = ("money", "qty", "share", "count")


def tell(view: View, room: Stage) -> None:
    """One family; back leads to where the question was asked."""
    found = view.ask("family_story", room.family)
    st.button(
        view.say(message("Back to the agenda")), key="story-back", icon=":material/undo:", shortcut="Esc", type="tertiary", on_click=stage.tell, args=("",)
    )  # fmt: skip
    headline(view, found.headline)
    title = message("Sold and asked for, pieces")
    picture = columns(found.extra["months"], look(view), unit="qty", label=title, height=room.chart_height)
    chart(view, title, drawn(room, picture), key="story-months")
    left, right = st.columns(2, gap="large")
    with left:
        _table(view, found.frame, COLUMNS[1:], message("Articles"))
        _changes(view, found)
    with right:
        _table(view, found.extra["areas"], AREAS, message("Areas"))
        _table(view, found.extra["dealers"], DEALERS[1:], message("Dealers who buy most"))


def _table(view: View, frame: pl.DataFrame, described: Sequence[Column], title: Message) -> None:
    text.heading(view.say(title))
    if frame.is_empty():
        text.small(view.say(message("There are no rows for this choice.")))
        return
    head = [view.say(column.label) for column in described]
    rows = [[_cell(view, line, column, place) for place, column in enumerate(described)] for line in frame.head(FEW).iter_rows(named=True)]
    large.table(head, rows, view.say(title))


def _cell(view: View, line: dict[str, Any], column: Column, place: int) -> Cell:
    value = line[column.name]
    shown = "" if value is None and column.unit not in NUMBERS else view.text(value, column.unit, compact=column.unit == "money")
    return Cell(shown, is_number=column.unit in NUMBERS, is_strong=place == 0)


def _changes(view: View, found: Answer) -> None:
    rows = found.extra["changes"]
    if rows.is_empty():
        text.heading(view.say(message("Who changed what and why")))
        text.small(view.say(message("Nobody changed the demand of this family in this cycle.")))
        return
    _table(view, rows, CHANGES[1:], message("Who changed what and why"))
