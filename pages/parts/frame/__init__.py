"""The frame: what was chosen, drawn above every page and kept in the address. Only this room speaks to the session."""

import streamlit as st

from engine.answers.allowing import refuse
from engine.messages import message
from pages.parts import rooms
from pages.parts.view import View

NOT_YOURS = message("This page is not open to your role. Ask an administrator if you need it.")
_INSIDE = "gr-inside"
_VIEW = "gr-view"
SPOKEN = {"en": "en", "zh": "zh-Hans", "ru": "ru"}
"""Our languages as a browser knows them."""


def listed_pages() -> None:
    """Make the list of pages known to Streamlit."""
    st.navigation([st.Page(page.file, url_path=page.name, default=page.name == "start") for page in rooms.pages()], position="hidden")


def admit(view: View) -> None:
    """The door is open: the page that now runs may read `view`."""
    st.session_state[_INSIDE], st.session_state[_VIEW] = True, view


def close() -> None:
    """The page has run; whoever comes next must come through the door."""
    st.session_state[_INSIDE] = False


def guard() -> View:
    """First line of every page: what was chosen at the door.

    A fresh server that is asked for a deep link first may run the page's file without the door. Then the door's list of pages is
    made known, and the same address is run once more, through the door. Raises NotAllowed for a page that is not open to the role.
    """
    if not st.session_state.get(_INSIDE):
        listed_pages()
        st.rerun()
    view: View = st.session_state[_VIEW]
    page = rooms.page_named(view.page)
    if not rooms.may_open(view.scope, page):
        refuse(view.scope, NOT_YOURS, view.home, "page", page.name)
    return view
