"""The frame: what was chosen, drawn above every page and kept in the address. Only this room speaks to the session."""

from copy import copy
from functools import cache
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engine.answers.allowing import refuse
from engine.messages import message
from pages.parts import rooms
from pages.parts.rooms import Page
from pages.parts.view import View

NOT_YOURS = message("This page is not open to your role. Ask an administrator if you need it.")
_INSIDE = "gr-inside"
_VIEW = "gr-view"
FIRST = "start"
SPOKEN = {"en": "en", "zh": "zh-Hans", "ru": "ru"}
"""Our languages as a browser knows them."""


def listed_pages() -> None:
    """Make the list of pages known to Streamlit."""
    st.navigation([*(listed_page(page) for page in rooms.pages()), first_page_by_name()], position="hidden")


def listed_page(page: Page, title: str | None = None) -> Any:
    """A page as Streamlit knows it. The first one is what the bare address opens; its own name leads there too (`first_page_by_name`).

    Every visit gets copies of its own (Streamlit notes on them which one may run); made anew, fifty of them cost more than a small page.
    """
    make = _page_of_a_visit if get_script_run_ctx(suppress_warning=True) else _page_of_a_visit.__wrapped__  # without a visit Streamlit makes only half of it
    return copy(make(page, title))


@cache
def _page_of_a_visit(page: Page, title: str | None) -> Any:
    return st.Page(page.file, title=title, url_path="first" if page.name == FIRST else page.name, default=page.name == FIRST)


def first_page_by_name() -> Any:
    """A page that shows nothing and stands where people look for the first page: at its name; the door leads on from it."""
    return st.Page(_nothing, title=FIRST, url_path=FIRST)


def _nothing() -> None:
    """What stands there is never run."""


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
