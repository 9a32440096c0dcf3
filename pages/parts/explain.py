"""Explain this number: the formula in words, the figures put in, and where each of them was read."""

import streamlit as st

from engine.kpis import BOOK
from engine.messages import message
from pages.parts import tables, text
from pages.parts.view import View


def number(view: View, name: str) -> None:
    """A small button beside a KPI; opened, it says what the number is made of. Nothing is read until then."""
    opened = st.popover(" ", icon=":material/info:", type="tertiary", key=f"explain-{name}", on_change="rerun", help=view.say(message("Explain this number")))
    if not opened.open:
        return
    with opened:
        kpi = BOOK[name]
        text.heading(view.say(kpi.label))
        text.prose(view.say(kpi.definition))
        text.small(view.say(kpi.formula))
        answer = view.ask("explain", name)
        text.lines([view.say(note) for note in answer.notes])
        tables.rows(view, answer.frame, answer.columns, alt=view.say(answer.headline), key=f"explained-{name}")
