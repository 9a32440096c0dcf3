"""The papers of the meeting to take along: workbook, minutes, slides; made when they are asked for."""

from dataclasses import replace

import streamlit as st

from engine.answers.meeting.papers import FORMS, papers_of
from engine.messages import message
from pages.parts import text, watched
from pages.parts.view import View


def buttons(view: View) -> None:
    """One button for each form, in the reader's language; what is hidden from their role is empty in all three."""
    if view.version is None:
        return
    answer = view.ask("seven_plans")
    text.heading(view.say(message("Papers")), view.say(answer.headline))
    with st.container(horizontal=True, gap="small"):
        for ending, (title, kind, _) in FORMS.items():
            name = " ".join(view.say(replace(title, values=(("month", answer.facts["month"]),))).split())
            st.download_button(
                text.label(name), data=lambda ending=ending: _made(view, ending), file_name=f"{name}.{ending}", mime=kind, key=f"papers-{ending}",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _made(view: View, ending: str) -> bytes:
    """Noted in the audit before it is handed out, as every export."""
    watched.taken(view, view.ask("seven_plans"), ending)
    return FORMS[ending][2](papers_of(view.home, view.version or 0, view.scope), view.language, view.currency)
