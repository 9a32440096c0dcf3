"""Several people at one meeting: what one of them saves is on everybody's screen within three seconds."""

import streamlit as st

from pages.parts import asking
from pages.parts.view import View

SECONDS = 1
_SEEN = "gr-together"


def watch(view: View) -> None:
    """Look again and again whether somebody saved something; then the page is drawn anew, with what was chosen kept."""
    st.session_state[_SEEN] = asking.stamp(view.home)
    _look(view.home)


@st.fragment(run_every=SECONDS)
def _look(home: str) -> None:
    if asking.stamp(home) != st.session_state.get(_SEEN):
        st.rerun()
