"""The pieces of the page on suggested orders: which place, the grid in which its order is written, file and record."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from engine.answers import records
from engine.answers.answer import Answer
from engine.answers.order_files import order_file, payload
from engine.answers.source import Memory
from engine.documents.cells import heading
from engine.errors import GranaryError
from engine.language import formatted
from engine.messages import message, plural
from pages.parts import measures, tables, text
from pages.parts.frame import address
from pages.parts.named import named
from pages.parts.view import View

KIND = "order_file"
EDITED = "order_qty"
SHOWN = ("sku", "item_name", "status", "position", "ico", "wanted_qty", "suggested_qty", EDITED, "final_qty", "available_qty", "order_value", "remark")
STATUS_WIDTH = 150
MOST = 10_000_000.0
_GRIDS = Memory(20)
"""Grids by the answer that they show, which is kept beside its grid so that its identity stays its own."""


def chosen(orders: Answer) -> str:
    """The place whose order is written: the one that the address names by itself or by its dealer, else the first that needs one; empty where there is none."""
    found = orders.extra["places"]
    codes = found["location_id"].to_list()
    of_dealer = {dealer: code for code, dealer in found.select("location_id", "dealer_id").iter_rows() if dealer}
    named = [*address.all_of("location_id"), *(of_dealer.get(dealer, "") for dealer in address.all_of("dealer_id"))]
    return next((code for code in named if code in codes), codes[0] if codes else "")


def place(view: View, orders: Answer, code: str) -> None:
    """Choose the place whose order is written."""
    found = orders.extra["places"]
    names = {each: f"{shown} ({each})" for each, shown in found.select("location_id", "name").iter_rows()}
    key = "gr-order-place"
    st.session_state[key] = code
    st.selectbox(
        view.say(message("Order of")),
        list(names),
        key=key,
        format_func=lambda each: names.get(each, each),
        on_change=address.heard,
        args=("location_id", key),
        width=420,
    )


def _draft(code: str) -> str:
    return f"order:{code}"


def typed(view: View, code: str) -> tuple[tuple[str, float], ...]:
    """What was typed for a place and not yet recorded; it survives a restart."""
    kept = records.draft(view.home, view.scope, _draft(code)) or {}
    return tuple(sorted((str(sku), float(qty)) for sku, qty in kept.get("typed", {}).items()))


def grid(view: View, check: Answer, written: tuple[tuple[str, float], ...]) -> None:
    """The order line by line: what is suggested, what is typed, what becomes of it in packs and with what we have, and what it is worth."""
    code = check.facts["location_id"]
    columns = {column.name: column for column in check.columns}
    frame, _ = _GRIDS.recall((id(check), view.language, view.currency), lambda: (_lines(view, check), check))
    config: dict[str, Any] = {}
    for name in SHOWN:
        label = heading(columns[name], view.language, view.currency)
        if name == EDITED:
            config[name] = st.column_config.NumberColumn(f"✎ {label}", min_value=0, max_value=MOST, step=1, required=True, pinned=False)
        else:
            wide = STATUS_WIDTH if name == "status" else None
            config[name] = st.column_config.TextColumn(label, width=wide, disabled=True, alignment="right" if columns[name].unit in tables.NUMBERS else "left")
    skus, key = check.frame["sku"].to_list(), f"order-{code}-{view.version}-{abs(hash(written))}"
    text.heading(
        view.say(message("The order, the most urgent first")), view.say(message("type into the marked column; packs, stock and credit are checked at once"))
    )
    st.data_editor(
        frame, column_config=config, hide_index=True, num_rows="fixed", key=key, height=min(tables.HEAD + tables.ROW * max(len(frame), 1), tables.TALLEST),
        on_change=_heard, args=(view, code, skus, dict(written), key),
    )  # fmt: skip


def _lines(view: View, check: Answer) -> pd.DataFrame:
    shown, units = named(view, check.frame), {column.name: column.unit for column in check.columns}
    return pd.DataFrame({name: _cells(view, shown[name].to_list(), units[name], name == EDITED) for name in SHOWN})


def _cells(view: View, values: list[Any], unit: str, is_number: bool) -> list[Any]:
    if is_number:
        return [None if value is None else float(value) for value in values]
    known = {value for value in values if value is not None}
    if unit == "money":
        texts = {value: formatted(value, "qty", view.language, decimals=0) for value in known}
    else:
        texts = {value: view.text(value, unit) for value in known}
    return ["" if value is None else texts[value] for value in values]


def _heard(view: View, code: str, skus: list[str], written: Mapping[str, float], key: str) -> None:
    """A cell was changed: keep it as a draft; the page then shows what becomes of it."""
    changes = st.session_state[key]["edited_rows"]
    kept = dict(written)
    for line, cells in changes.items():
        if cells.get(EDITED) is not None:
            kept[skus[int(line)]] = float(cells[EDITED])
    records.save_draft(view.home, view.scope, _draft(code), {"typed": kept})


def acts(view: View, check: Answer) -> None:
    """Record the order and hand it out as a file; go back to what is suggested."""
    code = check.facts["location_id"]
    order = order_file(check)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(view.say(message("Record this order")), type="primary", icon=":material/save:", key="record-order", disabled=order.frame.is_empty()):
            _record(view, check)
        tables.export(view, order, "order")
        if st.button(view.say(message("Back to what is suggested")), icon=":material/undo:", type="tertiary", key="drop-order"):
            records.drop_draft(view.home, view.scope, _draft(code))
            st.rerun()
    _recorded(view, code)


def _record(view: View, check: Answer) -> None:
    """Keep the order; what cannot be kept is said."""
    code = check.facts["location_id"]
    try:
        records.record(view.home, KIND, code, payload(check), view.scope, view.version)
    except GranaryError as fault:
        st.error(view.say(fault.said))
        return
    said = plural(
        "The order of {n} line worth {order_money} is recorded.",
        "The order of {n} lines worth {order_money} is recorded.",
        n=order_file(check).frame.height,
        order_money=check.facts["total_value"],
    )
    st.success(view.say(said))


def _recorded(view: View, code: str) -> None:
    """The last order that was recorded for the place."""
    kept = records.newest(view.home, KIND, code)
    if kept:
        last = kept[-1]
        said = message(
            "Last recorded by {who} on {recorded_at}: {order_money}.",
            who=last.who, recorded_at=last.at, order_money=(last.payload or {}).get("order_value"),
        )  # fmt: skip
        text.small(view.say(said))


def figures(view: View, check: Answer) -> None:
    """What the order is worth and what the credit allows."""
    measures.row(view, check.facts["measures"])
