"""Pieces of the quarterly review: the checklist with a way to each format, and where the gates lead on."""

import streamlit as st

from engine.answers.answer import Answer
from engine.answers.assortment import acts
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import acting, rooms, tables, text
from pages.parts.frame import address
from pages.parts.view import View

KEY = "reviewing"
PAGE_OF = {"bcg": "bcg", "price_map": "price_map", "abc": "abc_xyz", "xyz": "abc_xyz", "portfolio": "market"}
"""Format of the review -> the page that shows it."""


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def checklist(view: View, answer: Answer) -> None:
    """The formats of the quarter, each with the way to its page and a place for what was found."""
    tables.table(view, answer, message("Checklist of {quarter}", quarter=answer.facts["quarter"]), key="review", nothing=NOT_APPLICABLE)
    with st.container(horizontal=True, gap="small"):
        for name in dict.fromkeys(PAGE_OF[each] for each in answer.facts["formats"]):
            page = rooms.page_named(name)
            st.page_link(page.file, label=view.say(page.title), icon=":material/arrow_forward:", query_params=address.link())
    with st.form("review", border=False):
        name_side, found_side = st.columns([1, 3])
        name = name_side.selectbox(
            view.say(message("Format")), answer.facts["formats"], format_func=lambda code: view.say(acts.FORMATS[code]), key="review-format"
        )
        finding = found_side.text_input(view.say(message("What was found")), key="review-finding")
        with st.container(horizontal=True):
            done = st.form_submit_button(view.say(message("Looked at")), type="primary", disabled=not view.scope.may("decide"))
            undone = st.form_submit_button(view.say(message("Look at it again")), disabled=not view.scope.may("decide"))
    quarter = answer.facts["quarter"]
    if done:
        acting.act(KEY, lambda: acts.tick(view.home, quarter, str(name), finding, view.scope, view.version), message("Kept."))
    if undone:
        acting.act(KEY, lambda: acts.untick(view.home, quarter, str(name), view.scope, view.version), message("Taken back."))


def leading_on(view: View, answer: Answer) -> None:
    """The gates that the review prepares, and the decisions that are not in force."""
    text.heading(view.say(message("What the review leads to")))
    for name, said in (
        ("withdrawal", message("Withdrawal gate on {gate_on}", gate_on=answer.facts["withdrawal_gate"])),
        ("launch", message("Launch gate on {gate_on}", gate_on=answer.facts["launch_gate"])),
        ("promotions", message("Promotion plan of the coming quarter")),
    ):
        _way(view, name, said)
    waiting = [message("{gate}, {name}: {state}", gate=acts.TITLES[each.kind], name=each.name, state=acts.STATES[each.state]) for each in answer.facts["open"]]
    text.lines([view.say(said) for said in waiting])


def _way(view: View, name: str, said: Message) -> None:
    st.page_link(rooms.page_named(name).file, label=text.label(view.say(said)), icon=":material/arrow_forward:", query_params=address.link())
