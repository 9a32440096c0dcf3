"""The what-if drawer: levers over the plan of record, solved anew at once; kept as an option or a scenario, or thrown away."""

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from engine.answers.answer import Answer
from engine.answers.meeting import executive
from engine.answers.meeting.what_if import FAMILIES, METHODS, MONTHLY, PROMOTIONS
from engine.answers.sop import scenarios
from engine.errors import GranaryError
from engine.figures import ghost
from engine.messages import Message, message
from pages.parts import acting, large, text
from pages.parts.charts import chart, look
from pages.parts.executive.stage import KEY, WHAT_IF, Stage, shortcut
from pages.parts.large import Cell
from pages.parts.levers import MOST, NARROWEST, PERCENT, Choices, promotion
from pages.parts.view import View

_ROUND = "gr-what-if-round"
FEW = 4
FIRST = "stock_value"
MEASURES = executive.MEASURES


def is_open() -> bool:
    """Whether the drawer is open in this browser."""
    return bool(st.session_state.get(WHAT_IF))


def open_or_close() -> None:
    """The other way."""
    st.session_state[WHAT_IF] = not is_open()


def _discard() -> None:
    """All levers back; what was typed is forgotten, the drawer stays open."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def button(view: View, room: Stage) -> None:
    """Opens the drawer."""
    st.button(view.say(message("What if …")), key="what-if", icon=":material/tune:", shortcut=shortcut("W"), on_click=open_or_close)


def drawer(view: View, room: Stage, card: dict[str, Any] | None) -> None:
    """The drawer at the side, where it is open. card: the decision that a what-if may become an option of; None = it can only be kept as a scenario."""
    if not is_open():
        return
    show = st.dialog(view.say(message("What if")), width="large", position="right", icon=":material/tune:", on_dismiss=open_or_close)(_inside)
    show(view, room, card)


def _inside(view: View, room: Stage, card: dict[str, Any] | None) -> None:
    """Levers above, what they do below; only this part runs again when a lever is turned."""
    key = f"what-if-{st.session_state.get(_ROUND, 0)}"
    base = view.ask("what_if")
    levers = _turned(view, Choices.of(base.facts), key)
    method = str(
        st.radio(
            view.say(message("Production")),
            list(METHODS),
            format_func=lambda code: view.say(METHODS[code]),
            horizontal=True,
            key=f"{key}-how",
            label_visibility="collapsed",
        )
    )
    try:
        found = view.ask("what_if", json.dumps(levers), method)
    except GranaryError as fault:
        st.error(text.label(view.say(fault.said)))
        found, levers = base, []
    figures, picture = st.columns(2, gap="medium")
    with figures:
        _told(view, found, bool(levers))
    with picture:
        _drawn(view, found, key)
    _promotions(view, found)
    _keeping(view, room, card, levers, method, key)
    _families(view, found)


def _turned(view: View, choices: Choices, key: str) -> list[dict[str, Any]]:
    """The levers that are turned, as records keep them; below, for whom and when they hold."""
    with st.grid(min_column_width=NARROWEST, gap="small"):
        demand = _percent(view, message("Demand, %"), f"{key}-demand")
        price = _percent(view, message("Price, %"), f"{key}-price")
        elasticity = st.number_input(view.say(message("Demand falls, % for 1 % of price")), 0.0, 10.0, 0.0, 0.5, key=f"{key}-elasticity")
        capacity = _percent(view, message("Capacity, %"), f"{key}-capacity")
        overtime = _percent(view, message("Overtime more, %"), f"{key}-overtime")
        outside = st.number_input(view.say(message("Bought outside, each month")), 0, None, 0, 10, key=f"{key}-outside")
        kept = _percent(view, message("Safety stock kept, %"), f"{key}-safety", 0, PERCENT)
        ahead = st.number_input(view.say(message("Built ahead, months at most")), 0, len(choices.months), None, 1, key=f"{key}-ahead")
        promoted, is_promoted = promotion(view, choices, key)
    with st.grid(min_column_width=NARROWEST, gap="small"):
        families = _some(view, message("Families"), choices.families, f"{key}-families")
        areas = _some(view, message("Areas"), {area: area for area in choices.areas}, f"{key}-areas")
        resources = _some(view, message("Resources"), choices.resources, f"{key}-resources")
        months = _some(view, message("Which months"), {place: view.text(month, "month") for place, month in enumerate(choices.months)}, f"{key}-months")
    goods, machines = {"families": families, "months": months}, {"resources": resources, "months": months}
    levers = [
        ({"kind": "DemandLever", "share": demand, "areas": areas, **goods}, demand != 0),
        ({"kind": "PriceLever", "share": price, "elasticity": -float(elasticity), **goods}, price != 0),
        ({**promoted, **goods}, is_promoted),
        ({"kind": "CapacityLever", "share": capacity, **machines}, capacity != 0),
        ({"kind": "OvertimeLever", "times": 1 + overtime, **machines}, overtime != 0),
        ({"kind": "SubcontractLever", "hours": float(outside), **machines}, outside > 0),
        ({"kind": "SafetyLever", "share": 1 - kept, **goods}, kept > 0),
        ({"kind": "PrebuildLever", "months": ahead}, ahead is not None),
    ]
    return [lever for lever, is_turned in levers if is_turned]


def _percent(view: View, label: Message, key: str, least: int = -PERCENT, most: int = MOST) -> float:
    """A share, typed in whole percent; 0 = not turned."""
    return float(st.number_input(view.say(label), least, most, 0, 5, key=key)) / PERCENT


def _some(view: View, label: Message, names: Mapping[Any, str], key: str) -> list[Any]:
    """Some of the names; none chosen = all of them."""
    return list(st.multiselect(view.say(label), list(names), format_func=lambda code: names[code] or str(code), key=key, placeholder=view.say(message("all"))))


def _told(view: View, found: Answer, is_turned: bool) -> None:
    """The plan of record, the same without levers, with them: one column each."""
    text.heading(view.say(found.headline))
    record, anew, after = found.frame.to_dicts()
    head = [message("Measure"), message("Plan of record"), message("Without the levers"), message("What if")]
    rows = [
        [
            large.words(view.say(label), strong=True), Cell(view.text(record[name], unit, compact=True)), Cell(view.text(anew[name], unit, compact=True)),
            large.figure(view, after[name], unit, record[name] if is_turned else None, "up" if better == "more" else "down"),
        ]
        for name, (label, unit, better) in MEASURES.items()
    ]  # fmt: skip
    large.table([view.say(name) for name in head], rows, view.say(found.headline))
    if found.facts["said"] is not None:
        text.small(view.say(found.facts["said"]))


def _promotions(view: View, found: Answer) -> None:
    """What a promotion brings net of what is only bought earlier, for each one spent, and whether it earns that."""
    for line in found.extra["promotions"].iter_rows(named=True):
        shown = [column for column in PROMOTIONS[1:-1] if not column.is_hidden]
        cells = [Cell(view.text(line[column.name], column.unit, compact=True)) for column in shown]
        head = [view.say(message("Promotion")), *(view.say(column.label) for column in shown)]
        large.table(head, [[large.words(view.text(line["promotion"], "message")), *cells]])
        if line["uplift_ratio"] is not None:
            least = message("A past promotion is told good from {least_ratio} on.", least_ratio=found.facts["least_ratio"])
            text.small(view.say(least), view.say(message("Pieces that cannot be delivered are counted too.")))


def _drawn(view: View, found: Answer, key: str) -> None:
    """One measure by month, over the ghost of the plan of record."""
    names = list(MONTHLY)
    name = str(
        st.selectbox(
            view.say(message("By month")), names, index=names.index(FIRST), format_func=lambda name: view.say(MONTHLY[name][0]), key=f"{key}-shown",
            label_visibility="collapsed",
        )
    )  # fmt: skip
    label, unit = MONTHLY[name]
    months = found.extra["months"].rename({f"{name}_record": "record", f"{name}_found": "found"})
    chart(view, label, ghost(months, look(view), unit=unit, label=label), key=f"{key}-ghost")


def _families(view: View, found: Answer) -> None:
    """The families that it touches most."""
    rows = found.extra["families"].head(FEW)
    if rows.is_empty():
        return
    text.heading(view.say(message("Families that it touches most")))
    shown = FAMILIES[1:]
    cells = [
        [
            large.words(str(line[column.name]), strong=True) if column.unit == "text" else Cell(view.text(line[column.name], column.unit, compact=True))
            for column in shown
        ]
        for line in rows.iter_rows(named=True)
    ]
    large.table([view.say(column.label) for column in shown], cells)


def _keeping(view: View, room: Stage, card: dict[str, Any] | None, levers: list[dict[str, Any]], method: str, key: str) -> None:
    """Keep it as an option of the decision, or as a scenario; or throw it away."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.text_input(view.say(message("Call it")), key=f"{key}-name", width=320)
        idle = not levers or not name.strip() or not room.may(view, "decide")
        if card is not None:
            as_option = st.button(view.say(message("Keep as option")), key="keep-option", type="primary", disabled=idle or card["state"] != "open")
            if as_option:
                _close()
                acting.act(
                    KEY, lambda: executive.add_option(view.home, card["subject"], card["id"], name, levers, method, view.scope),
                    message("“{name}” is an option now.", name=name),
                )  # fmt: skip
        if st.button(view.say(message("Keep as scenario")), key="keep-scenario", disabled=idle):
            _close()
            acting.act(KEY, lambda: scenarios.keep(view.home, name, levers, method, view.scope), message("“{name}” is kept.", name=name))
        st.button(view.say(message("Discard")), key="discard", icon=":material/delete:", type="tertiary", on_click=_discard)


def _close() -> None:
    _discard()
    st.session_state[WHAT_IF] = False
