"""The foot of every page: which data these are, and how they stand to the ledger."""

import streamlit as st

from engine.messages import message
from pages.parts import text
from pages.parts.view import View


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
