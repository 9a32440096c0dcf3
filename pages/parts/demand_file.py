"""The demand grid by way of Excel: taken out as a workbook, changed there, brought back, looked at cell by cell, and kept."""

import io
from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Column
from engine.answers.meeting import demand_file as file
from engine.answers.meeting import demand_grid as grid
from engine.answers.meeting.demand_file import Returned
from engine.documents.demand_book import demand_book
from engine.errors import GranaryError
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message, plural
from pages.parts import acting, tables, text, watched
from pages.parts.step import Standing
from pages.parts.view import View

KEY = "demand"
LABELS = {name: label for name, label, _ in file.COLUMNS}
DIFFERENCES = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("month", message("Month"), "month"),
    Column("column", message("Cell"), "message"),
    Column("before", message("Went out with"), "text"),
    Column("after", message("Came back with"), "text"),
)
_ROUND, _READ = "gr-demand-file", "gr-demand-file-read"


def demand_file(view: View, standing: Standing) -> None:
    """Take the grid of all families out, and bring it back."""
    with st.expander(view.say(message("Change the demand in Excel")), icon=":material/table_view:"):
        text.prose(
            view.say(message("Take the grid of all families out, change the yellow cells, bring the file back; you see every change before it is kept."))
        )
        layers = list(grid.LAYER_WORDS)
        layer = st.selectbox(
            view.say(message("Who changes it")), layers, index=layers.index("consensus"), format_func=lambda code: view.say(grid.LAYER_WORDS[code]),
            key="demand-file-layer", width=260,
        )  # fmt: skip
        st.download_button(
            view.say(message("Take the grid out")), data=lambda: _book(view, str(layer)), file_name=file.file_name(standing.month, str(layer)),
            icon=":material/download:", key="demand-file-out", on_click="ignore",
        )  # fmt: skip
        if standing.is_open:
            _bring(view, standing)


def _book(view: View, layer: str) -> bytes:
    """Noted in the audit before it is handed out, as every export."""
    watched.taken(view, view.ask("demand_plan"), "xlsx")
    out = file.going_out(view.home, view.scope, layer)
    return demand_book(out, view.language, view.currency, who=view.scope.who, made_at=datetime.now(UTC))


def _bring(view: View, standing: Standing) -> None:
    text.button_words("stFileUploaderDropzone", view.say(message("Bring it back")))
    brought = st.file_uploader(
        view.say(message("The changed workbook")), type=["xlsx"], key=f"demand-file-{st.session_state.get(_ROUND, 0)}", disabled=not view.scope.may("decide")
    )  # fmt: skip
    if brought is None:
        return
    found = _found(view, brought)
    if isinstance(found, Message):
        st.error(text.label(view.say(found)))
        return
    _differences(view, found)
    if found.faults:
        return
    said = plural("Keep {n} change", "Keep {n} changes", n=len(found.cells))
    if found.cells and st.button(view.say(said), type="primary", key="demand-file-keep", disabled=not standing.may_be_edited):
        _keep(view, found)


def _found(view: View, brought: Any) -> Returned | Message:
    """What the file says. It is read once; what it means is looked at anew whenever the page is drawn."""
    before = st.session_state.get(_READ)
    if before is None or before[0] != brought.file_id:
        before = (brought.file_id, file.unpacked(view.home, view.scope, brought.name, io.BytesIO(brought.getvalue())))
        st.session_state[_READ] = before
    sheets = before[1]
    return sheets if isinstance(sheets, Message) else file.looked_at(view.home, view.scope, brought.name, sheets)


def _differences(view: View, found: Returned) -> None:
    """What the file says that came back, cell by cell; and what is wrong in it, in its own words."""
    for fault in found.faults:
        st.error(text.label(view.say(fault)))
    if not found.differences:
        text.small(view.say(message("No cell was changed.")))
        return
    rows = [
        (each.family, each.family_name, each.month, LABELS[each.column].to_json(), _cell(view, each.column, each.before), _cell(view, each.column, each.after))
        for each in found.differences
    ]
    schema = {column.name: pl.Date if column.unit == "month" else pl.String for column in DIFFERENCES}
    alt = view.say(message("What was changed"))
    tables.rows(view, pl.DataFrame(rows, schema=schema, orient="row"), DIFFERENCES, alt=alt, key="demand-file-differences")


def _cell(view: View, column: str, value: str | float | None) -> str:
    if value is None or value == "":
        return NOT_APPLICABLE
    if column == "reason" and value in grid.REASONS:
        return view.say(grid.REASONS[str(value)])
    return value if isinstance(value, str) else view.text(value, "qty")


def _keep(view: View, found: Returned) -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    try:
        saved = file.keep(view.home, view.scope, found)
    except GranaryError as fault:
        st.error(text.label(view.say(fault.said)))
        return
    late = len(saved.conflicts)
    said = plural("{n} change is kept.", "{n} changes are kept.", n=len(saved.kept))
    if late:
        rest = plural(
            "{n} cell was changed by somebody else since the file went out; theirs stands.",
            "{n} cells were changed by somebody else since the file went out; theirs stand.", n=late,
        )  # fmt: skip
        said = message("{said} {further}", said=said, further=rest)
    acting.act(KEY, lambda: None, said)
