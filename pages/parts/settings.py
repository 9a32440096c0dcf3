"""Pieces of the page of settings: who decides, the sheet of a subject, the editor of one setting and its history."""

from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import streamlit as st

from engine.answers import people
from engine.answers import settings as book
from engine.answers.answer import Column
from engine.answers.settings import Line, Setting
from engine.errors import GranaryError
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message, plural
from engine.roles import ROLES
from engine.thresholds.setting import headings_of
from pages.parts import tables, text, who
from pages.parts.view import View

TOLD = "gr-settings-told"
REASON, LONGEST_REASON = message("Reason, if there is one to tell"), 300
WORDS: dict[str, Message] = {
    "tell": message("tell"), "reject": message("reject the row"), "refuse": message("refuse the file"), "yes": message("yes"), "no": message("no"),
    "blue_vermillion": message("blue and vermillion"), "green_red": message("green and red"), "red_up": message("red rises"),
    "due": message("from the due date"), "invoice": message("from the invoice"), "hold": message("hold the order"), "last": message("the last limit holds"),
    "demand": message("by demand"), "stock": message("by stock"), "en": message("English"), "zh": message("Chinese"), "ru": message("Russian"),
    "financial": message("Finance"), "customer": message("Customers"), "process": message("Processes"), "growth": message("Growth"),
    "linear": message("straight line"), "trapezoid": message("band"), "active_diversion": message("diversion by the dealer"),
    "passive_diversion": message("diversion through the dealer"), "referral": message("case for the authorities"), "overdue": message("overdue"),
    "stuffed": message("stuffed"), "unreported": message("no stock report"), "flag": message("a flag only"), "unrated": message("unrated"),
    "large": message("large"), "medium": message("medium"), "small": message("small"), "sell_through": message("Sell-through"),
    "clearance": message("Clearance"), "credit_review": message("Credit review"), "complaint": message("Complaint"), "action": message("Agreed action"),
    "stock_report": message("Stock report"), "stage": message("Stage of the meeting"), "plain": message("plain"), "wecom": message("WeCom or DingTalk"),
    "feishu": message("Feishu or Lark"), **{name: role.title for name, role in ROLES.items()},
    "net_sales": message("Net sales"), "margin_share": message("Margin"), "new_outlets": message("New outlets"),
}  # fmt: skip
ORIGINS: dict[str, Message] = {"default": message("default"), "file": message("file of the home"), "recorded": message("recorded")}
COLUMNS = (
    Column("said", message("What it sets"), "message"), Column("value", message("In force"), "text"), Column("unit", message("Unit"), "text"),
    Column("since", message("Valid from"), "date"), Column("origin", message("Set by"), "text"), Column("ahead", message("To come"), "count"),
    Column("source", message("Source"), "text"),
)  # fmt: skip


def headline(view: View) -> Message:
    """How many settings are not as delivered."""
    return book.headline(view.home)


def who_decides(view: View) -> None:
    """Who you are, and the list of those who decide; with sign-in that is settled. Then what became of the last change."""
    if not view.scope.is_signed_in:
        _pick_or_add(view)
    told = st.session_state.pop(TOLD, None)
    if told is not None:
        (st.success if told[0] else st.error)(text.label(view.say(told[1])))


def _pick_or_add(view: View) -> None:
    left, right = st.columns([1, 2], gap="large", vertical_alignment="bottom")
    with left:
        who.picker(view, "settings")
    with right, st.form("person", border=False, clear_on_submit=True):
        name_side, button_side = st.columns([2, 1], vertical_alignment="bottom")
        name = name_side.text_input(view.say(message("Name of somebody who decides")), key="person-name", max_chars=people.LONGEST)
        sent = button_side.form_submit_button(view.say(message("Add to the list")))
    if sent:
        _tell(view, lambda: who.become(people.add(view.home, name, view.scope)), message("{name} is on the list, and you are {name}.", name=name))


def sheet(view: View) -> Line | None:
    """The settings of a subject, with what is in force today; the one that was clicked."""
    subjects = book.subjects()
    subject = st.segmented_control(
        view.say(message("Subject")), list(subjects), default="house", required=True, format_func=lambda name: view.say(subjects[name]), key="settings-subject"
    )  # fmt: skip
    found = book.lines(view.home, subject or "house")
    frame = pl.DataFrame([_row(view, line) for line in found], schema=["name", *(column.name for column in COLUMNS)], orient="row", strict=False)
    text.small(view.say(message("Click a line to change it and to see its history.")))
    clicked = tables.rows(
        view, frame, COLUMNS, alt=view.say(subjects[subject or "house"]), key=f"settings-{subject}", pick=True, nothing=NOT_APPLICABLE
    )  # fmt: skip
    return next((line for line in found if clicked is not None and line.setting.name == clicked["name"]), None)


def _row(view: View, line: Line) -> tuple[Any, ...]:
    setting = line.setting
    origin = line.who if line.origin == "recorded" else view.say(ORIGINS[line.origin])
    unit = "" if setting.choices else ", ".join(headings(view, setting)) or view.say(Message(setting.unit))
    return (
        setting.name, setting.help.to_json(), shown(view, setting, line.value), unit, line.since, origin, line.ahead or None, view.say(Message(setting.source)),
    )  # fmt: skip


def shown(view: View, setting: Setting, value: Any) -> str:
    """A value of a setting in the reader's language: a table by its number of rows."""
    if value is None:
        return view.say(ORIGINS["default"])
    if isinstance(value, tuple | list):
        return view.say(plural("{n} row", "{n} rows", n=len(value)))
    if isinstance(value, str):
        return word(view, value)
    if setting.unit.startswith("share"):
        return view.text(value, "share")
    return view.text(value, "money" if setting.unit == "money" else "qty")


def word(view: View, value: str) -> str:
    """A value of ours in words; anything else as it stands."""
    return view.say(WORDS[value]) if value in WORDS else value


def headings(view: View, setting: Setting) -> tuple[str, ...]:
    """The headings of a table in the reader's language."""
    return headings_of(view.say(Message(setting.unit))) if setting.headings else ()


def editor(view: View, line: Line) -> None:
    """One setting with its value in force, open to be changed from a day on."""
    setting = line.setting
    text.heading(view.say(setting.help), view.say(message("default: {value}", value=shown(view, setting, setting.default))))
    if not view.scope.is_named:
        text.prose(view.say(message("Say who you are before you change a setting: the change is kept under your name.")))
        return
    with st.form(f"setting-{setting.name}", border=False):
        value = _field(view, line)
        reason = st.text_input(view.say(REASON), max_chars=LONGEST_REASON, key=f"why-{setting.name}", width=640)
        day_side, keep_side, back_side = st.columns([1, 1, 2], vertical_alignment="bottom")
        day = day_side.date_input(view.say(message("Valid from")), value=date.today(), key=f"from-{setting.name}", format="YYYY-MM-DD")
        keep = keep_side.form_submit_button(view.say(message("Keep this value")), type="primary")
        back = back_side.form_submit_button(view.say(message("Back to the default")))
    valid_from = day if isinstance(day, date) else date.today()
    if keep:
        typed = _typed(setting, value)
        told = message("Kept; it holds from {valid_on} on.", valid_on=valid_from)
        _tell(view, lambda: book.change(view.home, setting.name, typed, valid_from, view.scope, view.version, line.last_id, reason), told)
    if back:
        told = message("The default holds from {valid_on} on.", valid_on=valid_from)
        _tell(view, lambda: book.give_back(view.home, setting.name, valid_from, view.scope, view.version, line.last_id, reason), told)


def _field(view: View, line: Line) -> Any:
    """What the value is typed into: a choice, a word, a number or a small grid."""
    setting, value, key = line.setting, line.value, f"value-{line.setting.name}"
    said = view.say(Message(setting.unit)) if not setting.choices and not setting.headings else view.say(message("Value"))
    if setting.choices:
        return st.selectbox(said, setting.choices, index=setting.choices.index(value), format_func=lambda choice: word(view, choice), key=key, width=320)
    if isinstance(setting.default, str):
        return st.text_input(said, value, key=key, width=320)
    if not isinstance(setting.default, tuple):
        if isinstance(setting.default, float):
            return st.number_input(said, value=float(value), step=0.001, key=key, width=320)
        return st.number_input(said, value=int(value), step=1, key=key, width=320)
    names = [f"c{place}" for place in range(len(setting.default[0]))]
    config = {name: _cell(view, setting, place) for place, name in enumerate(names)}
    return st.data_editor(
        pd.DataFrame(list(value), columns=names), column_config=config, num_rows="dynamic", hide_index=True, key=key, placeholder=NOT_APPLICABLE
    )


def _cell(view: View, setting: Setting, place: int) -> Any:
    heading, like = headings(view, setting)[place], [row[place] for row in setting.default]
    if isinstance(like[0], bool):
        return st.column_config.CheckboxColumn(heading)
    if all(cell is None for cell in like):
        return st.column_config.TextColumn(heading) if setting.blank is str else st.column_config.NumberColumn(heading)
    if any(isinstance(cell, str) for cell in like):
        if all(cell in WORDS for cell in like):
            return st.column_config.SelectboxColumn(heading, options=sorted(set(like)), format_func=lambda cell: word(view, cell))
        return st.column_config.TextColumn(heading)
    return st.column_config.NumberColumn(heading)


def _typed(setting: Setting, value: Any) -> Any:
    """What was typed in the type of the setting; empty cells as nothing, whole numbers as such."""
    if isinstance(setting.default, tuple):
        rows = value.astype(object).where(value.notna(), None).itertuples(index=False)
        return tuple(tuple(_whole(cell) for cell in row) for row in rows)
    return value if isinstance(setting.default, str) else _whole(value)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def history(view: View, line: Line) -> None:
    """Every change of one setting, the newest first, with who and when."""
    found = book.changes(view.home, line.setting.name)
    if not found:
        text.small(view.say(message("It was never changed here.")))
        return
    head = [message("Kept at"), message("Valid from"), message("Value"), message("Who"), message("Data version"), message("Reason")]
    rows = [
        [
            view.text(change.record.at, "time"), view.text(change.valid_from, "date"), _full(view, line.setting, change.value), change.record.who,
            NOT_APPLICABLE if change.record.version is None else view.text(change.record.version, "count"), book.reason_of(change),
        ]
        for change in found
    ]  # fmt: skip
    text.heading(view.say(message("History")), "" if view.scope.is_signed_in else view.say(message("names are as people gave them, without sign-in")))
    text.facts(rows, words=(1, 2, 3, 5), head=[view.say(name) for name in head])


def _full(view: View, setting: Setting, value: Any) -> str:
    """A value with all its cells, for the history."""
    if not isinstance(value, tuple | list):
        return shown(view, setting, value)
    return "; ".join(" ".join(NOT_APPLICABLE if cell is None else word(view, str(cell)) for cell in row) for row in value)


def _tell(view: View, act: Any, told: Message) -> None:
    """Do it and say so after the page has been drawn anew; a refusal is said in its own words."""
    try:
        act()
    except GranaryError as fault:
        st.session_state[TOLD] = (False, fault.said)
    else:
        st.session_state[TOLD] = (True, told)
    st.rerun()
