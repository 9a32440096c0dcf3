"""The foot of every page: which data these are, and how they stand to the ledger."""

import streamlit as st

from engine.answers import ledger
from engine.answers.ledger import Difference
from engine.kpis import BOOK
from engine.language import formatted
from engine.messages import message
from pages.parts import asking, text
from pages.parts.view import View

SHOWN = 4


def draw(view: View) -> None:
    """Version, home and, where the user entered them, control totals with their difference."""
    if view.version is None:
        return
    st.space("medium")
    text.small(
        view.say(message("Demo company")) if view.is_demo else view.say(message("Own data")),
        view.say(message("Data version {version}", version=view.version)),
        view.say(message("Amounts in {currency}", currency=view.currency)),
    )
    for found in asking.ledger(view.home, view.version, view.scope, ledger.entered(view.home)[:SHOWN]):
        text.small(_said(view, found))


def _said(view: View, found: Difference) -> str:
    """One total in a line: month, the ledger's figure, ours, the difference with its sign."""
    label = BOOK[found.what].label
    if found.difference is None:
        said = message("Ledger: {what}, {month}: {ledger_value}; our data do not know this figure.", what=label, month=found.month, ledger_value=found.ledger)
        return view.say(said)
    gap = formatted(found.difference, "money", view.language, view.currency, signed=True)
    said = message(
        "Ledger: {what}, {month}: {ledger_value}; ours {our_value}, difference {gap}.",
        what=label, month=found.month, ledger_value=found.ledger, our_value=found.ours, gap=gap,
    )  # fmt: skip
    return view.say(said)
