"""The pieces of the glossary: KPIs, reasons, input tables and their columns."""

import streamlit as st

from engine.answers import forms
from engine.answers.answer import Answer
from engine.language import formatted
from engine.messages import Message, message
from pages.parts import empty, text
from pages.parts.view import View


def kpis(view: View, answer: Answer) -> None:
    """Every KPI: name, what it tells, how it is reckoned, what is better."""
    head = tuple(view.say(said) for said in (message("Figure"), message("What it tells"), message("Formula"), message("Better")))
    rows = [
        tuple(view.say(Message.from_json(row[name])) for name in ("label", "definition", "formula", "better")) for row in answer.frame.iter_rows(named=True)
    ]
    text.heading(view.say(message("Figures")))
    text.facts(rows, words=(1, 2, 3), head=head)


def terms(view: View, answer: Answer) -> None:
    """Measures, statuses and classes, subject by subject: what each means, and how it is reckoned."""
    head = tuple(view.say(said) for said in (message("Term"), message("What it means"), message("Formula")))
    named = ("label", "meaning", "formula")
    for (subject,), rows in answer.extra["terms"].group_by("subject", maintain_order=True):
        text.heading(view.text(subject, "message"))
        shown = named if rows["formula"].null_count() < rows.height else named[:2]
        lines = [tuple("" if row[name] is None else view.text(row[name], "message") for name in shown) for row in rows.iter_rows(named=True)]
        text.facts(lines, words=(1, 2), head=head[: len(shown)])


def reasons(view: View, answer: Answer) -> None:
    """Why a figure can be unknown."""
    text.heading(view.say(message("When a figure is unknown")))
    text.lines([view.say(Message.from_json(said)) for said in answer.extra["reasons"]["said"]])


def tables(view: View) -> None:
    """One input table at a time: what a row of it is, and every column."""
    labels = forms.labels(view.language)
    text.heading(view.say(message("Input tables")))
    name = st.selectbox(view.say(message("Table")), list(labels), format_func=lambda table: labels[table], key="glossary-table", width=420)
    text.prose(forms.meaning(name, view.language))
    head = tuple(view.say(said) for said in (message("Column"), message("What it means"), message("Measured in"), message("Must be filled")))
    rows = [
        (label, meaning, view.say(unit), formatted(required, "flag", view.language)) for label, meaning, unit, required in forms.described(name, view.language)
    ]
    text.facts(rows, words=(1, 2, 3), head=head)
    empty.template(view, (name,))
