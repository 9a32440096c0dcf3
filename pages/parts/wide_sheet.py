"""The classic family sheet: months as columns, its lines as rows; read only, beside the grid in which a plan is changed."""

from typing import Any

import pandas as pd
import polars as pl
import streamlit as st

from engine.answers.answer import Answer
from engine.answers.source import Memory
from engine.language import NOT_APPLICABLE, formatted
from engine.messages import Message, message
from pages.parts import empty, tables, text
from pages.parts.cells import styled
from pages.parts.view import View

LINE, NARROW = "line", 84
_SHEETS = Memory(40)
BLOCKS: tuple[tuple[str, Message], ...] = (
    ("old_forecast_qty", message("Sales")),
    ("old_plan_qty", message("Production")),
    ("stock_plan_qty", message("Stock")),
    ("backlog_qty", message("Backlog")),
)
"""Before which line a block begins."""


def wide_sheet(view: View, sheet: Answer, family: str, key: str) -> None:
    """One family of the answer `family_sheet`: lines without any figure are left out, months ahead begin after the dotted one."""
    frame = sheet.frame.filter(pl.col("family") == family).sort("month")
    if frame.is_empty():
        empty.sentence(view, message("There is no sheet for this family."))
        return
    months = frame["month"].to_list()
    first_ahead = frame.filter("is_ahead")["month"].min()
    strategy = sheet.facts["strategies"].get(frame["strategy"][0])
    below = [] if strategy is None else [view.say(strategy)]
    below.append(view.say(message("months behind as they were; ahead from {month} on", month=first_ahead)))
    text.heading(view.say(message("Family sheet: {family}", family=frame["family_name"][0] or family)), *below)
    shown: list[tuple[str, list[Any], str]] = []
    heads = dict(BLOCKS)
    for name, label, unit in sheet.facts["rows"]:
        values = frame[name].to_list()
        if any(value is not None for value in values):
            block = f"{view.say(heads[name])} · " if name in heads else ""
            shown.append((f"{block}{view.say(label)}", values, unit))
    _drawn(view, months, shown, key, view.say(message("Family sheet: {family}", family=frame["family_name"][0] or family)))


def _drawn(view: View, months: list[Any], shown: list[tuple[str, list[Any], str]], key: str, alt: str) -> None:
    names = [f"m{place}" for place in range(len(months))]
    style, lines = _SHEETS.recall((view.language, repr(shown)), lambda: (_styled(view, names, shown), len(shown)))
    config: dict[str, Any] = {LINE: st.column_config.TextColumn("", pinned=True, width=230)}
    for name, month in zip(names, months, strict=True):
        config[name] = st.column_config.NumberColumn(view.text(month, "month"), alignment="right", width=NARROW)
    st.dataframe(
        style, column_config=config, column_order=[LINE, *names], hide_index=True, key=key, alt=alt, height=min(tables.HEAD + tables.ROW * lines, 780),
        row_height=tables.ROW, placeholder=NOT_APPLICABLE,
    )  # fmt: skip


def _styled(view: View, names: list[str], shown: list[tuple[str, list[Any], str]]) -> Any:
    cells = pd.DataFrame({LINE: [label for label, _, _ in shown]} | {name: [_number(row[place]) for _, row, _ in shown] for place, name in enumerate(names)})
    words = {name: [_text(view, row[place], unit) for _, row, unit in shown] for place, name in enumerate(names)}
    return styled(cells, pd.DataFrame({LINE: cells[LINE]} | words))


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _text(view: View, value: Any, unit: str) -> str:
    """Whole pieces only: a sheet of twenty months has no room for parts of one."""
    if value is None:
        return NOT_APPLICABLE
    return formatted(value, "qty", view.language, decimals=0) if unit == "qty" else view.text(value, unit)
