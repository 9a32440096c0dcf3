"""The grid in which a family's demand is changed: months as rows, measures as columns; what is typed is a draft until it is saved.

What others save meanwhile never takes away what is typed here: a cell that both changed is shown with both figures, and whoever sees it decides.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from engine.answers.meeting import demand_grid as grid
from engine.answers.meeting.demand_grid import Line, Sheet, Trial, Typed
from engine.errors import GranaryError
from engine.language import NOT_APPLICABLE, UNKNOWN
from engine.messages import message, plural
from pages.parts import acting, tables, text
from pages.parts.step import Standing
from pages.parts.view import View

KEY = "demand"
NEW, REASON, WORDS = "new", "reason", "words"
EDITED = (NEW, REASON, WORDS)
MOST = 1e9
USUAL = "consensus"
_ROUND, _MINTED = "gr-demand-round", "gr-demand-minted"


def demand_grid(view: View, standing: Standing, family: str, last_year: Mapping[date, float | None], budget: Mapping[date, float | None]) -> None:
    """The grid, what the typed cells would do, and the buttons that save or forget them."""
    text.heading(view.say(message("Change the demand")), view.say(message("type into the columns with a pencil; an emptied cell takes a change back")))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        layer = _choice(view, "layer", message("Who changes it"), grid.LAYER_WORDS, USUAL)
        kind = _choice(view, "kind", message("What is typed"), grid.KIND_WORDS, "set")
    try:
        sheet = grid.sheet(view.home, view.scope, family, layer)
    except GranaryError as fault:
        text.prose(view.say(fault.said))
        return
    may = sheet.closed is None and view.scope.may("decide")
    if sheet.closed is not None:
        text.small(view.say(sheet.closed))
    minted = _minted(view, sheet, kind)
    _editor(view, sheet, kind, minted, last_year, budget, may)
    typed = grid.typed(view.home, view.scope, standing.month, family, layer)
    if typed:
        trials = grid.trial(view.home, sheet, typed)
        _effects(view, trials)
        _conflicts(view, sheet, trials)
        _buttons(view, sheet, trials, may)


def _choice(view: View, name: str, label: Any, words: Mapping[str, Any], usual: str) -> str:
    options = list(words)
    picked = st.selectbox(
        view.say(label), options, index=options.index(usual), format_func=lambda code: view.say(words[code]), key=f"demand-{name}", width=220
    )  # fmt: skip
    return str(picked)


def _minted(view: View, sheet: Sheet, kind: str) -> tuple[str, dict[date, Typed]]:
    """(key of the editor, what was typed when it was made): a new editor whenever figures below it changed, with all that was typed in it."""
    key = f"demand-grid-{sheet.family}-{sheet.layer}-{kind}-{view.language}-{abs(hash(sheet.lines))}-{st.session_state.get(_ROUND, 0)}"
    before = st.session_state.get(_MINTED)
    if before is None or before[0] != key:
        before = (key, grid.typed(view.home, view.scope, sheet.month, sheet.family, sheet.layer))
        st.session_state[_MINTED] = before
    found: tuple[str, dict[date, Typed]] = before
    return found


def _editor(
    view: View, sheet: Sheet, kind: str, minted: tuple[str, dict[date, Typed]], last_year: Mapping[date, float | None], budget: Mapping[date, float | None],
    may: bool,
) -> None:  # fmt: skip
    key, typed = minted
    rows = [_row(view, line, kind, typed.get(line.month), last_year.get(line.month), budget.get(line.month)) for line in sheet.lines]
    frame = pd.DataFrame(rows)
    frame[NEW] = frame[NEW].astype("float64")
    st.data_editor(
        frame, column_config=_config(view, kind), hide_index=True, num_rows="fixed", key=key, row_height=tables.ROW, placeholder="",
        height=tables.HEAD + tables.ROW * len(rows) + 3, disabled=not may or [name for name in frame.columns if name not in EDITED],
        on_change=_heard, args=(view, sheet, kind, minted), alt=view.say(message("Change the demand")),
    )  # fmt: skip


def _row(view: View, line: Line, kind: str, typed: Typed | None, before: float | None, budget: float | None) -> dict[str, Any]:
    """A month of the grid. Figures that cannot be changed are texts of the reader's language."""
    standing = line.standing
    new, reason, words = None, "", ""
    if typed is not None and typed.kind == kind:
        new, reason, words = grid.shown_number(kind, typed.value), typed.reason, typed.text
    elif typed is None and standing is not None and standing.kind == kind:
        new, reason, words = grid.shown_number(kind, standing.value), standing.reason, standing.text

    def shown(value: float | None) -> str:
        return UNKNOWN if value is None else view.text(value, "qty")

    return {
        "month": view.text(line.month, "month"),
        "last_year": shown(before),
        "budget": NOT_APPLICABLE if budget is None else shown(budget),
        "contracts": shown(line.small_qty + line.large_qty),
        "deals": shown(line.deal_qty),
        "rest": shown(line.rest_qty),
        "before": shown(line.before_qty),
        NEW: new,
        REASON: reason or None,
        WORDS: words,
        "demand": shown(line.demand_qty),
        "who": standing.author if standing is not None else "",
    }


def _config(view: View, kind: str) -> dict[str, Any]:
    said = {
        "month": message("Month"), "last_year": message("Sold a year before"), "budget": message("Budget"), "contracts": message("Contracts"),
        "deals": message("Deals about to be signed"), "rest": message("Forecast of the rest"), "before": message("Before this layer"),
        "demand": message("Demand now"), "who": message("Changed by"),
    }  # fmt: skip
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(view.say(label), alignment="left" if name in ("month", "who") else "right", pinned=name == "month")
        for name, label in said.items()
    }
    config[NEW] = st.column_config.NumberColumn(view.say(grid.KIND_WORDS[kind]), min_value=-MOST, max_value=MOST)
    reasons = dict(grid.REASONS)
    config[REASON] = st.column_config.SelectboxColumn(
        view.say(message("Reason")), options=list(reasons), format_func=lambda code: view.say(reasons[code]) if code in reasons else "", width=130
    )  # fmt: skip
    config[WORDS] = st.column_config.TextColumn(view.say(message("Explanation")), max_chars=300, width=170)
    return config


def _heard(view: View, sheet: Sheet, kind: str, minted: tuple[str, dict[date, Typed]]) -> None:
    """Cells were changed: they are kept as a draft, so that neither a restart nor somebody else's change takes them away."""
    key, before = minted
    cells = dict(before)
    for place, edits in st.session_state[key]["edited_rows"].items():
        line = sheet.lines[int(place)]
        cell = grid.edited(line, kind, before.get(line.month), {name: edits[name] for name in EDITED if name in edits})
        if cell is None:
            cells.pop(line.month, None)
        else:
            cells[line.month] = cell
    try:
        grid.keep_typed(view.home, view.scope, sheet.month, sheet.family, sheet.layer, cells)
    except GranaryError as fault:
        st.session_state[f"gr-told-{KEY}"] = (False, fault.said)


def _effects(view: View, trials: tuple[Trial, ...]) -> None:
    """What the typed cells would do, in pieces and money, and what keeps one from being saved."""
    text.heading(view.say(message("Not saved yet")))
    head = [message("Month"), message("Demand now"), message("Demand then"), message("Effect, pieces"), message("Effect, money"), message("To be mended")]
    lines = [
        [
            view.text(trial.month, "month"), _qty(view, trial.before_qty), _qty(view, trial.after_qty), _qty(view, trial.effect_qty),
            UNKNOWN if trial.effect_value is None else view.text(trial.effect_value, "money"), _fault(view, trial),
        ]
        for trial in trials
    ]  # fmt: skip
    text.facts(lines, words=(5,), head=[view.say(label) for label in head])


def _qty(view: View, value: float | None) -> str:
    return UNKNOWN if value is None else view.text(value, "qty")


def _fault(view: View, trial: Trial) -> str:
    if trial.fault is not None:
        return view.say(trial.fault)
    if trial.is_late:
        return view.say(message("somebody else changed it meanwhile"))
    return view.say(message("a reason and a word of explanation")) if trial.lacks else ""


def _conflicts(view: View, sheet: Sheet, trials: tuple[Trial, ...]) -> None:
    """Cells that somebody else changed after they were typed here: both figures, and the choice between them."""
    for trial in (trial for trial in trials if trial.is_late):
        month = view.text(trial.month, "month")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"gr-conflict-{trial.month}"):
            st.warning(text.label(_both(view, trial, month)), icon=":material/call_split:", width="stretch")
            if st.button(view.say(message("Take mine")), key=f"mine-{trial.month}"):
                grid.take_mine(view.home, view.scope, sheet, trial.month)
                _again()
            if st.button(view.say(message("Leave theirs")), key=f"theirs-{trial.month}"):
                grid.keep_theirs(view.home, view.scope, sheet.month, sheet.family, sheet.layer, trial.month)
                _again()


def _both(view: View, trial: Trial, month: str) -> str:
    mine = _typed(view, trial.typed.kind, trial.typed.value)
    if trial.theirs is None:
        return view.say(message("{month}: somebody took the change back, you typed {mine}.", month=month, mine=mine))
    theirs = _typed(view, trial.theirs.kind, trial.theirs.value)
    return view.say(message("{month}: {who} wrote {theirs} meanwhile, you typed {mine}.", month=month, who=trial.theirs.author, theirs=theirs, mine=mine))


def _typed(view: View, kind: str, value: float | None) -> str:
    if value is None:
        return view.say(message("nothing"))
    return view.text(value, "share" if kind == "share" else "qty")


def _buttons(view: View, sheet: Sheet, trials: tuple[Trial, ...], may: bool) -> None:
    ready = may and not any(trial.fault is not None or trial.lacks for trial in trials)
    with st.container(horizontal=True, gap="small"):
        said = plural("Save {n} change", "Save {n} changes", n=len(trials))
        if st.button(view.say(said), type="primary", icon=":material/save:", key="demand-save", disabled=not ready):
            _save(view, sheet)
        if st.button(view.say(message("Forget what is typed")), type="tertiary", icon=":material/undo:", key="demand-drop"):
            grid.drop(view.home, view.scope, sheet.month, sheet.family, sheet.layer)
            _again()


def _save(view: View, sheet: Sheet) -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    acting.act(KEY, lambda: grid.save(view.home, view.scope, sheet), message("Saved. A cell that somebody else changed meanwhile is shown with both figures."))


def _again() -> None:
    """A new editor, with what is typed now."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()
