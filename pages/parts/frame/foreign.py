"""A link that names dealers, regions or places of somebody else: they are left out, the reader is told, and the audit keeps that it was tried."""

import streamlit as st

from engine.answers import audit
from engine.answers.served import Choices
from engine.messages import message
from pages.parts import text
from pages.parts.frame import address
from pages.parts.view import View

_TRIED = "gr-tried"
NAMES = ("dealer_id", "region", "location_id")


def tell(view: View, choices: Choices) -> None:
    """Say that part of an address is not the reader's; once a session and address it is noted."""
    if view.scope.sees_all or choices.last_day is None:
        return
    known = {"dealer_id": choices.dealers["dealer_id"], "region": choices.dealers["region"], "location_id": choices.places["location_id"]}
    tried = tuple((name, value) for name in NAMES for value in address.all_of(name) if value not in known[name].to_list())
    if not tried:
        return
    text.small(view.say(message("The link names dealers, regions or places that are not yours to see, or that do not exist; they are left out.")))
    before: set[tuple[object, ...]] = st.session_state.setdefault(_TRIED, set())
    if (view.page, tried) not in before:
        before.add((view.page, tried))
        audit.note(view.home, view.scope, "refused", view.page, what=[f"{name}={value}" for name, value in tried], version=view.version)
