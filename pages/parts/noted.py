"""What a cycle notes beside its figures, on every step's page alike: assumptions, risks and opportunities, open issues with their alternatives."""

from typing import Any

import polars as pl
import streamlit as st

from engine.answers import people
from engine.answers.answer import Answer
from engine.answers.meeting import noted as question
from engine.answers.meeting import register
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import acting, empty, measures, tables, text
from pages.parts.step import Standing
from pages.parts.view import View

STATES = {"issue": ("open", "solved", "decision"), "assumption": ("holds", "fails")}
MOST_MONEY = 1e12


def noted(view: View, standing: Standing, families: dict[str, str]) -> Answer:
    """The list with its figures, and the forms that add to it. families: code -> name, for risks that are about one."""
    answer = view.ask("noted")
    title = message("Assumptions, risks and opportunities, open issues")
    tables.headed(view, answer, title, "noted")
    if answer.frame.height:
        measures.measures(view, answer)
    may = standing.is_open and view.scope.may("decide")
    picked = None
    if answer.frame.is_empty():
        empty.sentence(view, message("Nothing is noted yet."))
    else:
        picked = tables.rows(view, answer.frame, answer.columns, alt=view.say(title), key="noted", pick=may, nothing=NOT_APPLICABLE)
    if picked is not None and may:
        _change(view, standing, answer, picked)
    if may:
        with st.container(horizontal=True, gap="small"):
            _assume(view, standing)
            _expect(view, standing, families)
            _issue(view, standing)
    return answer


def _assume(view: View, standing: Standing) -> None:
    words = view.say(message("Note an assumption"))
    with st.popover(words, icon=":material/add:", type="tertiary", key="noted-assume"), st.form("noted-assumption", border=False):
        said = st.text_area(view.say(message("What is assumed")), key="noted-assumed", max_chars=600)
        owner = _owner(view, "noted-assumed-by")
        sent = st.form_submit_button(view.say(message("Keep")), type="primary")
    if sent:
        acting.act(standing.step.name, lambda: register.assume(view.home, standing.month, said, owner, view.scope, view.version), message("Noted."))


def _expect(view: View, standing: Standing, families: dict[str, str]) -> None:
    words = message("Note a risk or an opportunity")
    with st.popover(view.say(words), icon=":material/add:", type="tertiary", key="noted-expect"), st.form("noted-chance", border=False):
        name = st.text_input(view.say(message("What may happen")), key="noted-chance-name", max_chars=300)
        probability = st.number_input(view.say(message("Probability, %")), value=50.0, step=5.0, key="noted-chance-share")
        impact = st.number_input(
            view.say(message("If it happens, money (below zero: a risk)")), value=0.0, step=1000.0, min_value=-MOST_MONEY, max_value=MOST_MONEY,
            key="noted-chance-money",
        )  # fmt: skip
        none = view.say(message("of no one family"))
        family = st.selectbox(view.say(message("Family")), ["", *families], format_func=lambda code: families.get(code, none), key="noted-chance-of")
        owner = _owner(view, "noted-chance-by")
        sent = st.form_submit_button(view.say(message("Keep")), type="primary")
    if sent:
        share = probability / 100
        acting.act(
            standing.step.name,
            lambda: register.expect(view.home, standing.month, name, share, impact, str(family or ""), owner, view.scope, view.version), message("Noted."),
        )  # fmt: skip


def _issue(view: View, standing: Standing) -> None:
    words = message("Raise an issue that this step cannot settle")
    with st.popover(view.say(words), icon=":material/add:", type="tertiary", key="noted-raise"), st.form("noted-issue", border=False):
        said = st.text_area(view.say(message("What is open")), key="noted-issue-text", max_chars=600)
        lines = st.text_area(view.say(message("Alternatives, one a line")), key="noted-issue-ways", max_chars=1200)
        sent = st.form_submit_button(view.say(message("Keep")), type="primary")
    if sent:
        ways = [{"title": line.strip()} for line in lines.splitlines() if line.strip()]
        acting.act(
            standing.step.name,
            lambda: register.raise_issue(view.home, standing.month, standing.step.name, said, ways, view.scope, view.version), message("Raised."),
        )  # fmt: skip


def _owner(view: View, key: str) -> str:
    picked = st.selectbox(
        view.say(message("Owner")), list(people.people(view.home).values()), index=None, key=key, accept_new_options=True,
        placeholder=view.say(message("Choose or type a name")),
    )  # fmt: skip
    return str(picked or "")


def _change(view: View, standing: Standing, answer: Answer, picked: dict[str, Any]) -> None:
    """Say how a line that was clicked stands now, or take it off."""
    line = answer.extra["records"].filter(pl.col("kind") == picked["kind"], pl.col("number") == picked["number"]).row(0, named=True)
    kind = "chance" if line["code"] in ("risk", "opportunity") else line["code"]
    for way in answer.extra["alternatives"].filter(pl.col("subject") == line["subject"])["title"] if kind == "issue" else ():
        text.small(f"· {way}")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        states = STATES.get(kind, ())
        if states:
            state = st.selectbox(
                view.say(message("State")), states, format_func=lambda code: view.say(question.STATES[code]), key=f"noted-state-{line['id']}", width=220
            )  # fmt: skip
            if st.button(view.say(message("Keep")), key=f"noted-keep-{line['id']}"):
                changes = {"holds": state == "holds"} if kind == "assumption" else {"state": state}
                acting.act(
                    standing.step.name,
                    lambda: register.change(view.home, kind, line["subject"], line["id"], changes, view.scope, view.version), message("Kept."),
                )  # fmt: skip
        if st.button(view.say(message("Take it off the list")), type="tertiary", key=f"noted-off-{line['id']}"):
            acting.act(
                standing.step.name, lambda: register.take_off(view.home, kind, line["subject"], line["id"], view.scope, view.version), message("Taken off.")
            )  # fmt: skip
