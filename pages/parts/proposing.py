"""Building proposals: scenarios from levers, kept or discarded, and decision cards made of them."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer, Column
from engine.answers.meeting import proposals
from engine.answers.sop import scenarios as kept
from engine.messages import message
from pages.parts import acting, levers, side_by_side, tables, text
from pages.parts.step import Standing
from pages.parts.view import View

LIST = (
    Column("scenario", message("Scenario"), "message"),
    Column("levers", message("What is changed"), "message"),
    Column("method", message("Production"), "message"),
    Column("worth_value", message("Sales less cost of the plan, with the stock at the end"), "money"),
    Column("service_share", message("Delivered in its month"), "share"),
    Column("peak_load_share", message("Highest load"), "share"),
    Column("kept_by", message("Kept by"), "text"),
    Column("figures_why", message("Why unknown"), "message"),
)
CARDS = (
    Column("number", message("No."), "count"),
    Column("question", message("Question"), "text"),
    Column("decision_state", message("State"), "text"),
    Column("options", message("Options"), "text"),
    Column("recommended", message("Recommended"), "text"),
    Column("due_on", message("Until"), "date"),
)
LETTERS = "ABC"


def _may(view: View, standing: Standing) -> bool:
    return view.scope.may("decide") and standing.is_open


def scenarios(view: View, answer: Answer, standing: Standing) -> None:
    """The scenarios of the cycle; a click shows one beside the plan of record, and lets it be discarded."""
    title = view.say(message("Scenarios of this cycle"))
    text.heading(title, view.say(answer.headline))
    mine = answer.frame.filter(pl.col("scenario_id").is_in(list(answer.facts["records"])))
    if mine.height:
        picked = tables.rows(view, mine, LIST, alt=title, key="kept-scenarios", pick=True)
        if picked is not None:
            _one(view, answer, standing, picked)
    else:
        text.prose(view.say(message("None was kept yet. Turn some levers below and keep what they do under a name.")))
    _new(view, answer, standing)


def _one(view: View, answer: Answer, standing: Standing, picked: dict[str, Any]) -> None:
    subject = str(picked["scenario_id"])
    side_by_side.options(view, answer, [subject, "optimal"])
    if picked["breach"]:
        text.small(view.text(picked["breach"], "message"))
    if st.button(view.say(message("Discard this scenario")), key=f"discard-{subject}", icon=":material/delete:", disabled=not _may(view, standing)):
        seen = answer.facts["records"][subject]
        acting.act(standing.step.name, lambda: kept.discard(view.home, subject, seen, view.scope), message("The scenario is discarded."))


def _new(view: View, answer: Answer, standing: Standing) -> None:
    with st.expander(text.label(view.say(message("Build a scenario"))), key="gr-new-scenario"):
        turned = levers.turned(view, levers.Choices.of(answer.facts), "scenario")
        with st.form("keep-scenario", border=False):
            name = st.text_input(view.say(message("Name")), key="scenario-name")
            words = answer.facts["methods"]
            method = st.selectbox(view.say(message("Production")), list(words)[::-1], format_func=lambda code: view.say(words[code]), key="scenario-method")
            sent = st.form_submit_button(view.say(message("Reckon and keep")), type="primary", disabled=not _may(view, standing))
    if sent:
        acting.act(
            standing.step.name, lambda: kept.keep(view.home, name, turned, str(method), view.scope), message("“{name}” is kept.", name=name)
        )  # fmt: skip


def builder(view: View, answer: Answer, standing: Standing) -> None:
    """A decision card out of two or three scenarios."""
    shown, names = answer.facts["shown"], answer.facts["names"]
    title = view.say(message("Bring a decision to the executive meeting"))
    with st.expander(text.label(title), key="gr-bring"), st.form("bring-card", border=False):
        text.small(view.say(message("two or three options side by side; what each does to the plan is reckoned when it is brought")))
        question = st.text_input(view.say(message("What is to be decided?")), key="card-question")
        offers: list[tuple[str | None, str]] = []
        for letter in LETTERS:
            left, right = st.columns([2, 3])
            name = left.selectbox(
                view.say(message("Option {letter}", letter=letter)), shown, index=None, format_func=lambda code: view.say(names[code]), key=f"card-{letter}",
                placeholder=view.say(message("Choose a scenario")),
            )  # fmt: skip
            offers.append((name, right.text_input(view.say(message("As the executives read it")), key=f"card-title-{letter}")))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            best = st.selectbox(view.say(message("Recommended")), list(LETTERS), index=None, key="card-best", placeholder=view.say(message("none")))
            until = st.date_input(view.say(message("To be decided until")), value=None, key="card-until", format="YYYY-MM-DD")
            sent = st.form_submit_button(view.say(message("Bring it")), type="primary", disabled=not _may(view, standing))
    if sent:
        made = [proposals.Offer(name, words or view.say(names[name])) for name, words in offers if name]
        chosen = [letter for letter, (name, _) in zip(LETTERS, offers, strict=True) if name]
        place = chosen.index(best) if best in chosen else -1
        day = until if isinstance(until, date) else None
        acting.act(
            standing.step.name, lambda: proposals.bring(view.home, question, made, place, view.scope, day), message("The decision is brought.")
        )  # fmt: skip


def cards(view: View, standing: Standing) -> None:
    """The decisions that wait for the executives of this cycle; a click lets one be taken back."""
    found = proposals.waiting(view.home, standing.month)
    title = view.say(message("Decisions handed to the executive meeting"))
    text.heading(title)
    if found.is_empty():
        text.prose(view.say(message("None yet.")))
        return
    picked = tables.rows(view, found, CARDS, alt=title, key="waiting-cards", pick=True)
    if picked is None or picked["decision_state"] != "open":
        return
    if st.button(view.say(message("Take it back")), key=f"withdraw-{picked['subject']}", icon=":material/undo:", disabled=not _may(view, standing)):
        subject, seen = str(picked["subject"]), int(picked["id"])
        acting.act(
            standing.step.name, lambda: proposals.withdraw(view.home, subject, seen, view.scope, view.version), message("The decision is taken back.")
        )  # fmt: skip
