"""Explain this number: the formula in words, the figures put in, and where each of them was read."""

import streamlit as st

from engine.answers import forms
from engine.answers.answer import Answer
from engine.kpis import BOOK
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import text
from pages.parts.view import View

CITED = 16
HEADS = (message("What goes in"), message("Value"), message("Read from"), message("Rows"), message("Period"))


def number(view: View, name: str) -> None:
    """A small button beside a KPI; opened, it says what the number is made of. Nothing is read until then."""
    opened = st.popover(
        ":material/info:",
        type="tertiary",
        key=f"explain-{name}",
        on_change="rerun",
        help=view.say(message("Explain this number: formula, figures, files, rows")),
    )
    if opened.open:
        with opened:
            _explained(view, name)


def _explained(view: View, name: str) -> None:
    kpi = BOOK[name]
    answer = view.ask("explain", name)
    text.heading(view.say(kpi.label))
    text.prose(view.say(kpi.definition))
    text.small(view.say(message("Formula: {words}", words=kpi.formula)))
    if answer.facts.get("arithmetic") is not None:
        text.prose(f"{view.say(answer.facts['arithmetic'])} = {view.text(answer.facts['shown'], kpi.unit)}")
    text.small(view.say(answer.headline))
    text.facts(_cited(view, answer), words=(2,), head=[view.say(head) for head in HEADS])
    text.small(view.filters)
    text.lines([view.say(note) for note in answer.notes])


def _cited(view: View, answer: Answer) -> list[tuple[str, ...]]:
    """One line an input and file: value, table and file, rows, first and last day."""
    labels = forms.labels(view.language)
    found = []
    for row in answer.frame.head(CITED).iter_rows(named=True):
        table = labels.get(row["table_name"] or "", "")
        days = f"{view.text(row['first_day'], 'date')} – {view.text(row['last_day'], 'date')}" if row["first_day"] else NOT_APPLICABLE
        read_from = " · ".join(part for part in (table, row["file"]) if part) or NOT_APPLICABLE
        rows = view.text(row["row_count"], "count") if row["row_count"] is not None else NOT_APPLICABLE
        found.append((view.say(Message.from_json(row["input"])), view.text(row["value"], "qty"), read_from, rows, days))
    return found
