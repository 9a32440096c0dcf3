"""Pieces of the page on actions and promises."""

from typing import Any

import streamlit as st

from engine.answers.answer import Answer
from engine.answers.measured import Measured
from engine.answers.meeting import acts
from engine.answers.meeting.promises import PROMISES
from engine.messages import message
from pages.parts import acting, tables, text
from pages.parts.measures import row
from pages.parts.named import ACTIONS
from pages.parts.view import View

KEY = "promises"


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def figures(view: View, actions: Answer, decisions: Answer) -> None:
    """How much is open, late and kept."""
    nothing = message("No review month is over yet.")
    row(
        view,
        (
            Measured(message("Open actions"), float(actions.facts["open"]), "count"),
            Measured(message("Late actions"), float(actions.facts["late"]), "count"),
            Measured(message("Done actions"), float(actions.facts["done"]), "count"),
            Measured(message("Decisions that wait"), float(decisions.facts["open"]), "count"),
            Measured(message("Promises kept"), decisions.facts["hit_rate"], "share", message("Of those whose month is over and known."), nothing),
        ),
    )


def editor(view: View, answer: Answer, picked: dict[str, Any] | None) -> None:
    """Say how the action that was clicked stands now."""
    if picked is None:
        if answer.frame.height:
            text.small(view.say(message("Click an action to say how it stands.")))
        return
    place = next(
        number for number, line in enumerate(answer.frame.iter_rows(named=True)) if (line["cycle"], line["number"]) == (picked["cycle"], picked["number"])
    )
    subject, seen = answer.facts["subjects"][place], answer.facts["ids"][place]
    with st.form(f"action-{subject}", border=False):
        text.heading(picked["what"], view.say(message("{owner}, until {due_on}", owner=picked["owner"], due_on=picked["due_on"])))
        state = st.radio(
            view.say(message("State")), list(ACTIONS), format_func=lambda code: view.say(ACTIONS[code]), horizontal=True, key=f"state-{subject}",
            index=list(ACTIONS).index(answer.frame["state"][place]),
        )  # fmt: skip
        note = st.text_input(view.say(message("Note")), picked["note"] or "", key=f"note-{subject}")
        sent = st.form_submit_button(view.say(message("Keep")), type="primary", disabled=not view.scope.may("decide"))
    if sent:
        acting.act(KEY, lambda: acts.move(view.home, subject, seen, str(state), note, view.scope, view.version), message("Kept."))


def kept(view: View, decisions: Answer) -> None:
    """What was promised beside what happened. That is a comparison, no proof: much else happened in between."""
    found = decisions.extra["promises"]
    if found.is_empty():
        return
    title = view.say(message("Promised and happened"))
    text.heading(title, view.say(message("A comparison, no proof: much else happened in between.")))
    tables.rows(view, found, PROMISES, alt=title, key="kept-promises")
