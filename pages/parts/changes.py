"""The pieces of the page on plan changes: by sales rep, and by reason."""

import streamlit as st

from engine.answers.answer import Answer
from engine.answers.plan_changes import GIVEN, REPS
from engine.messages import message
from pages.parts import tables, text
from pages.parts.view import View


def breakdowns(view: View, answer: Answer) -> None:
    """Changes by who looks after the dealers, and by what was given as the reason and who asked."""
    left, right = st.columns(2, gap="large")
    with left:
        text.heading(view.say(message("By sales rep")))
        tables.rows(view, answer.extra["by_rep"], REPS, alt=view.say(message("By sales rep")), key="reps", bars=("cost_value",))
    with right:
        text.heading(view.say(message("By reason and who asked")))
        tables.rows(view, answer.extra["by_reason"], GIVEN, alt=view.say(message("By reason and who asked")), key="reasons", bars=("cost_value",))
