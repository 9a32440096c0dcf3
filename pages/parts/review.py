"""The pieces of the review sheet: one page of paper, and the forms by which actions are agreed, moved and the review is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import polars as pl
import streamlit as st

from engine.answers import actions
from engine.answers.answer import Answer
from engine.errors import GranaryError
from engine.messages import Message, message
from pages.parts import dealers, text
from pages.parts.view import View

MONTH = 30
MOVES: dict[str, tuple[Message, str]] = {
    "done": (message("Done"), "done"),
    "dropped": (message("Dropped"), "close"),
    "open": (message("Open again"), "undo"),
}


def sheet(view: View, answer: Answer) -> None:
    """Scorecard, stock, credit, profit and plan on one sheet, in small print."""
    left, middle, right = st.columns([5, 3, 3], gap="medium")
    with left:
        _measures(view, answer)
    with middle:
        dealers.figures_of(view, message("Stock"), answer.facts["desk"], dealers.STOCK, message("It buys nothing from us at present."))
        dealers.figures_of(view, message("Plan and its changes"), answer.facts["changes"], dealers.CHANGES, message("No orders are loaded."))
    with right:
        dealers.figures_of(view, message("Credit"), answer.facts["credit"], dealers.CREDIT, message("It owes nothing and has no limit."))
        dealers.figures_of(view, message("The dealer's profit"), answer.facts["profit"], dealers.PROFIT, message("It did not report its costs."))


def _measures(view: View, answer: Answer) -> None:
    """The scorecard as a small table, and the cheapest way up."""
    text.heading(view.say(message("Scorecard")))
    rows = []
    for row in answer.extra["contributions"].iter_rows(named=True):
        value = view.say(message("not measured")) if row["value"] is None else view.text(row["value"], row["unit"])
        rows.append(
            [f"{row['measure']} {view.text(row['label'], 'message')}", value, view.text(row["score"], "score"), view.text(row["contribution"], "score")]
        )
    head = [view.say(label) for label in (message("Measure"), message("Measured"), message("Score"), message("Points given"))]
    text.facts(rows, head=head)
    said = [view.text(gate, "message") for gate in answer.extra["gates"]["said"]]
    said += [
        view.say(message("Cheapest way to the next tier: {lever}.", lever=view.text(lever, "message"))) for lever in answer.extra["levers"]["said"].head(1)
    ]
    for line in said:
        text.small(line)


def agreed(view: View, answer: Answer) -> None:
    """The agreed actions as they will be read next time, and lines for what is agreed by hand."""
    text.heading(view.say(message("Agreed actions")))
    rows = [
        [str(row["what"]), str(row["owner"]), view.text(row["due_on"], "date"), _state(view, row), view.text(row["agreed_on"], "date")]
        for row in answer.extra["actions"].iter_rows(named=True)
    ]
    if not rows:
        text.small(view.say(message("Nothing has been agreed yet.")))
        return
    head = [view.say(label) for label in (message("Agreed action"), message("Who"), message("Until"), message("State"), message("Agreed on"))]
    text.facts(rows, words=(1, 2, 3, 4), head=head)


def _state(view: View, row: dict[str, Any]) -> str:
    if row["is_late"]:
        return view.say(message("late"))
    return view.say({"open": message("open"), "done": message("done"), "dropped": message("dropped")}.get(row["state"], Message(row["state"])))


def earlier(view: View, answer: Answer) -> None:
    """When reviews were held, and what they found."""
    held = answer.extra["reviews"].head(3)
    if held.is_empty():
        return
    text.heading(view.say(message("Earlier reviews")))
    for row in held.iter_rows(named=True):
        found = message(
            "{held_on}, {who}: tier {tier}, {score} points. {note}",
            held_on=row["held_on"],
            who=row["who"],
            tier=_tier(row["tier"]),
            score=row["score"],
            note=row["note"] or "",
        )
        text.small(view.say(found))


def _tier(tier: str | None) -> Message:
    return message("not rated") if tier in (None, "unrated") else Message(str(tier))


def forms(view: View, answer: Answer) -> None:
    """Agree on an action, say how one stands, keep the review; none of it is printed."""
    with st.container(key="gr-forms"):
        _agree(view, answer)
        _move(view, answer)
        _hold(view, answer)
        text.small(view.say(message("Print this page with your browser: it fits on one sheet of A4.")))


def _agree(view: View, answer: Answer) -> None:
    with st.form("agree", clear_on_submit=True, border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        what = st.text_input(view.say(message("What is to be done")), max_chars=actions.LONGEST, width=460)
        owner = st.text_input(view.say(message("Who")), max_chars=60, width=180)
        due = st.date_input(view.say(message("Until")), value=answer.as_of + timedelta(MONTH) if answer.as_of else "today", format="YYYY-MM-DD", width=160)
        if st.form_submit_button(view.say(message("Agree")), type="primary"):
            _do(view, lambda: actions.agree(view.home, answer.facts["dealer_id"], what, owner, due, answer.as_of, view.scope, view.version))


def _move(view: View, answer: Answer) -> None:
    for row in answer.extra["actions"].filter(pl.col("state") == "open").head(12).iter_rows(named=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            text.small(f"{row['what']} · {row['owner']}")
            for state in ("done", "dropped"):
                label, icon = MOVES[state]
                if st.button(view.say(label), key=f"{state}-{row['subject']}", icon=f":material/{icon}:", type="tertiary"):
                    _do(view, lambda row=row, state=state: actions.move(view.home, row, state, view.scope, view.version))  # type: ignore[misc]


def _hold(view: View, answer: Answer) -> None:
    with st.form("hold", clear_on_submit=True, border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        note = st.text_input(view.say(message("What was found at the review")), max_chars=actions.LONGEST, width=640)
        if st.form_submit_button(view.say(message("Keep this review"))):
            score = answer.facts["score"] or {}
            _do(
                view,
                lambda: actions.hold_review(
                    view.home, answer.facts["dealer_id"], answer.as_of, score.get("tier"), score.get("score"), note, view.scope, view.version
                ),
            )


def _do(view: View, act: Callable[[], object]) -> None:
    """Record something and show the sheet anew; what cannot be recorded is said."""
    try:
        act()
    except GranaryError as fault:
        st.error(view.say(fault.said))
        return
    st.rerun()
