"""Pieces of the audit page: what is searched for, and each line in the reader's words."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st

from engine.answers import access, audit, forms
from engine.answers import settings as book
from engine.answers.answer import Answer
from engine.answers.clearance import PLANS
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from engine.roles import ACTS, FACETS, ROLES
from engine.scope import UNNAMED
from pages.parts import rooms, tables, text
from pages.parts.named import ACTIONS, VERDICTS
from pages.parts.settings import WORDS
from pages.parts.view import View

DAYS_SHOWN = 30
THIS_MACHINE = message("whoever sat at this machine")
STATUSES: dict[str, Message] = {
    "loaded": message("loaded"), "refused": message("refused"), "unchanged": message("known already"), "sending": message("being sent"),
    "sent": message("sent"), "failed": message("failed"),
}  # fmt: skip
CODES: dict[str, Message] = {
    **WORDS, **{name: role.title for name, role in ROLES.items()}, **FACETS, **ACTS, **VERDICTS, **ACTIONS, **PLANS, **STATUSES,
    "sign-in": message("Sign-in"), "page": message("page"), "mail": message("by mail"), "chat": message("by chat"),
}  # fmt: skip
SHOWN = ("at", "who", "act", "about", "said", "version")
"""Columns on the page; the file holds all."""


def found(view: View) -> Answer:
    """What is searched for, drawn as fields, and the lines that were found."""
    words_side, act_side, who_side, days_side = st.columns([2, 1.4, 1.4, 1.6])
    words = words_side.text_input(view.say(message("Words")), key="audit-words", max_chars=200)
    today = date.today()
    days = days_side.date_input(view.say(message("Days (UTC)")), value=(today - timedelta(days=DAYS_SHOWN), today), key="audit-days", format="YYYY-MM-DD")
    first, last = _both(days)
    home = access.home_of_people()
    every = audit.search(home, view.scope, first=first, last=last)
    acts = {code: view.text(said, "message") for code, said in every.extra["acts"].iter_rows()}
    act = act_side.selectbox(
        view.say(message("Did what")), list(acts), index=None, key="audit-act", format_func=lambda code: acts.get(code, code),
        placeholder=view.say(message("All")),
    )  # fmt: skip
    people = every.extra["people"]["who"].to_list()
    who = who_side.selectbox(
        view.say(message("Who")), people, index=None, key="audit-who", format_func=lambda name: _person(view, name), placeholder=view.say(message("All"))
    )  # fmt: skip
    return audit.search(home, view.scope, words, act or "", who or "", first, last)


def _both(days: Any) -> tuple[date | None, date | None]:
    """The first and the last day; while only one is chosen, that day."""
    chosen = list(days) if isinstance(days, tuple | list) else [days]
    return (chosen[0], chosen[-1]) if chosen else (None, None)


def _person(view: View, name: str) -> str:
    return view.say(THIS_MACHINE) if name == UNNAMED else name


def lines(view: View, answer: Answer) -> None:
    """The lines, the newest first, with all that they hold as a file."""
    worded = _worded(view, answer)
    tables.headed(view, worded, message("Who did what"), "audit")
    text.small(view.say(message("Click a line to read all of it.")))
    columns = [column for column in worded.columns if column.name in SHOWN]
    picked = tables.rows(view, worded.frame, columns, alt=view.say(answer.headline), key="audit", pick=True, nothing=NOT_APPLICABLE)
    if picked is not None:
        held = [(view.say(column.label), view.text(picked[column.name], column.unit)) for column in worded.columns if picked[column.name] is not None]
        text.facts(held, words=(1,))


def _worded(view: View, answer: Answer) -> Answer:
    """The answer with names of ours said in the reader's language."""
    rows = list(zip(answer.frame["about"], answer.extra["lines"]["code"], answer.extra["lines"]["details"], strict=True))
    frame = answer.frame.with_columns(
        pl.Series("who", [_person(view, name) for name in answer.frame["who"]], dtype=pl.String),
        pl.Series("about", [_about(view, code, about) for about, code, _ in rows], dtype=pl.String),
        pl.Series("said", [_said(view, json.loads(held)) for _, _, held in rows], dtype=pl.String),
    )
    return replace(answer, frame=frame)


def _about(view: View, code: str, about: str) -> str:
    """What was acted upon: a setting by what it sets, a page by its title, a reminder by its reader."""
    if code == "reminder":
        way, day, person = [*about.split(" ", 2), "", ""][:3]
        return view.say(message("{person}, {way}, {day}", person=person, way=CODES.get(way, way), day=day))
    if code == "setting" and about in book.BOOK:
        return view.say(book.BOOK[about].help)
    page = next((page for page in rooms.pages() if page.name == about), None)
    if page is not None and code in ("read", "export", "refused"):
        return view.say(page.title)
    kind, _, number = about.partition(" ")
    if kind == "version" and number.isdecimal():
        return view.say(message("version {version}", version=int(number)))
    return view.say(CODES[about]) if about in CODES else about


def _said(view: View, held: dict[str, Any]) -> str:
    """What a line holds, each detail under its name."""
    table = str(held.get("table", ""))
    shown = [(name, _value(view, name, value, table)) for name, value in held.items() if name != "contract"]
    return "; ".join(
        str(value) if name == "what" else view.say(message("{label} {figure}", label=audit.LABELS.get(name, _unnamed(name)), figure=value))
        for name, value in shown
    )


def _why(view: View, kept: str) -> str:
    """A reason that was kept as a sentence; one that was cut off stands as it is."""
    try:
        return view.text(kept, "message")
    except ValueError:
        return kept


def _unnamed(name: str) -> Message:
    """A detail that has no name of its own."""
    return message("{name}", name=name)


def _value(view: View, name: str, value: Any, table: str) -> Any:
    """A detail in words: codes of ours by what they stand for, everything else as it is."""
    if not isinstance(value, str):
        return value
    if name == "keys":
        return len(value.split(", "))
    if name == "why" and value.startswith("["):
        return _why(view, value)
    if name == "totals":
        return ", ".join(_total(view, part, table) for part in value.split(", "))
    if name == "table":
        return forms.labels(view.language).get(value, value)
    if name == "page":
        return next((view.say(page.title) for page in rooms.pages() if page.name == value), value)
    return ", ".join(view.say(CODES[part]) if part in CODES else part for part in value.split(", "))


def _total(view: View, part: str, table: str) -> str:
    """A control total: its column in the reader's words, and the sum."""
    column, _, total = part.rpartition(" ")
    named = forms.columns(table, view.language) if table in forms.labels(view.language) else {}
    return f"{named.get(column, column)} {view.text(_number(total), 'qty')}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
