"""Who is at the door, and what they may see. On one's own machine that is everything; sign-in plugs in here.

Until there is sign-in, people say themselves who they are, out of a list that they keep; the browser remembers it in a cookie.
"""

from dataclasses import replace

import streamlit as st

from engine.answers import people
from engine.messages import message
from engine.scope import EVERYTHING, Scope
from pages.parts import text
from pages.parts.view import View

_CODE, _WISH = "gr-person", "gr-person-wish"
COOKIE = "granary-person"
NOBODY = ""
_REMEMBER = "document.cookie = '" + COOKIE + "={code}; path=/; max-age=31536000; SameSite=Strict';"


def visitor() -> Scope:
    """The scope of the person whose browser asks."""
    return EVERYTHING


def named(scope: Scope, home: str) -> Scope:
    """The scope under the name that the visitor gave; whoever signed in keeps theirs."""
    code = st.session_state.setdefault(_CODE, st.context.cookies.get(COOKIE, NOBODY))
    if scope.is_named or not code:
        return scope
    name = people.people(home).get(code)
    return scope if name is None else replace(scope, who=name)


def become(code: str) -> None:
    """From now on this browser speaks for somebody."""
    st.session_state[_CODE] = st.session_state[_WISH] = code


def picker(view: View, place: str) -> None:
    """Who are you? Out of the list of people, or nobody yet."""
    listed, key = people.people(view.home), f"gr-who-{place}"
    now = st.session_state.get(_CODE, NOBODY)
    st.session_state[key] = now if now in listed else NOBODY
    st.selectbox(
        view.say(message("You are")), [NOBODY, *listed], key=key, on_change=_picked, args=(key,),
        format_func=lambda code: listed.get(code) or view.say(message("nobody yet")),
    )  # fmt: skip


def _picked(key: str) -> None:
    become(st.session_state[key])


def remember() -> None:
    """Tell the browser who was picked; a code of ours is all that goes into the script."""
    code = st.session_state.pop(_WISH, None)
    if code is not None and text.is_code(code):
        st.html(f"<script>{_REMEMBER.format(code=code)}</script>", width="content", unsafe_allow_javascript=True)
