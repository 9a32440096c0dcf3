"""An act of a page: done, then said on the page drawn anew; a refusal is said in its own words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from engine.errors import GranaryError
from engine.messages import Message
from pages.parts import text
from pages.parts.view import View


def told(view: View, key: str) -> None:
    """What the last act did, or why it did not."""
    said = st.session_state.pop(f"gr-told-{key}", None)
    if said is not None:
        (st.success if said[0] else st.error)(text.label(view.say(said[1])))


def act(key: str, what: Callable[[], Any], said: Message) -> None:
    """Do it, remember what became of it, and draw the page anew."""
    try:
        what()
    except GranaryError as fault:
        st.session_state[f"gr-told-{key}"] = (False, fault.said)
    else:
        st.session_state[f"gr-told-{key}"] = (True, said)
    st.rerun()


def seen(form: str, month: date, standing: int) -> int:
    """The state over which a form is filled in: the one that stood when it was first drawn, not the one that others made meanwhile."""
    return int(st.session_state.setdefault(f"gr-seen-{form}-{month}", standing))


def looked(form: str, month: date) -> None:
    """What the form is filled in over from now on is what stands then: it was sent, or what others did was told."""
    st.session_state.pop(f"gr-seen-{form}-{month}", None)
