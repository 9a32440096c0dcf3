"""What the served version changed, and why: shown open for some days after a close, else behind a line that opens."""

import streamlit as st

from engine.answers import closing
from engine.answers.answer import Answer
from engine.kpis import BOOK
from engine.language import formatted, variance
from engine.messages import Message, message
from pages.parts import text
from pages.parts.view import View

TITLE = message("What the last load changed, and why")


def changed(view: View) -> None:
    """The figures before and after, each difference by its two causes, and what came in."""
    if view.version is None or view.is_demo or not closing.stands_on_another(view.home, view.version):
        return
    if closing.is_fresh(view.home, view.version):
        _show(view, heading=True)
        return
    opened = st.expander(text.label(view.say(TITLE)), key="gr-changed", on_change="rerun")
    if opened.open:
        with opened:
            _show(view, heading=False)


def _show(view: View, heading: bool) -> None:
    answer = view.ask("close")
    if heading:
        text.heading(view.say(TITLE), view.say(answer.headline))
    else:
        text.prose(view.say(answer.headline))
    _figures(view, answer)
    text.lines([view.say(note) for note in answer.notes])


def _figures(view: View, answer: Answer) -> None:
    """The figures that moved, each difference in its own unit under its causes; shares move by points."""
    rows = []
    for row in answer.frame.iter_rows(named=True):
        kpi = BOOK[row["kpi"]]
        if row["difference"] == 0:
            continue
        moved = variance(row["after"], row["before"], kpi.unit, kpi.better, view.language, view.currency)
        unit = "points" if kpi.unit == "share" else kpi.unit
        causes = [formatted(row[name], unit, view.language, view.currency, signed=True) for name in ("earlier", "later")]
        told = f"{moved.arrow} {moved.text}" if row["difference"] is not None else ""
        rows.append((view.say(Message.from_json(row["label"])), view.text(row["before"], kpi.unit), view.text(row["after"], kpi.unit), told, *causes))
    heads = [view.say(column.label) for column in answer.columns if column.unit == "ratio"]
    text.facts(rows, head=("", *heads))
