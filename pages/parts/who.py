"""Who is at the door, and what they may see.

With a provider for sign-in, people are whom it says they are, and see what the list of people gives them: asked at every click. Without one
this machine's own user sees everything and says which of the listed names is theirs; the browser remembers it in a cookie.
"""

from dataclasses import replace
from typing import Any

import streamlit as st

from engine.answers import people, signing_in
from engine.errors import GranaryError
from engine.messages import message
from engine.roles import ROLES
from engine.scope import EVERYTHING, Scope
from pages.parts import front_page, scripts, text
from pages.parts.gate.cookie import providers
from pages.parts.gate.starting import sign_in_section
from pages.parts.view import View

_CODE, _WISH = "gr-person", "gr-person-wish"
COOKIE = "granary-person"
NOBODY = ""


def visitor() -> Scope:
    """The scope of the person whose browser asks. Whoever may not come in sees the front page, and the run ends there."""
    if not sign_in_section():
        return EVERYTHING
    home, claims = signing_in.home_of_people(), _claims()
    if claims is None:
        front_page.sign_in()
        st.stop()
    try:
        visit = signing_in.come_in(home, claims, providers())
    except GranaryError as fault:
        visit = signing_in.Visit(None, fault.said)
    if visit.scope is None:
        _forget()
        front_page.sorry(visit, lambda: _leave(home, claims))
        st.stop()
    st.fragment(_still_welcome, run_every=signing_in.heartbeat_seconds(home))(home, claims)
    front_page.back_to_where_one_was()
    return visit.scope


def _claims() -> dict[str, Any] | None:
    """What the provider said of whoever this connection belongs to; None = nobody has signed in."""
    told = st.user.to_dict()
    return told if told.get("is_logged_in") is True else None


def _still_welcome(home: str, claims: dict[str, Any]) -> None:
    """An open page asks every few seconds whether its reader may still be here; where not, it is drawn anew, at the door."""
    if not signing_in.may_stay(home, claims, providers()):
        st.rerun()


def _forget() -> None:
    """Nothing of what a person saw stays with a connection that is no longer theirs."""
    for key in list(st.session_state):
        del st.session_state[key]


def _leave(home: str, claims: dict[str, Any]) -> None:
    signing_in.leave(home, claims, providers())
    _forget()
    st.logout()


def named(scope: Scope, home: str) -> Scope:
    """The scope under the name that the visitor gave; whoever signed in keeps theirs."""
    if _CODE not in st.session_state:
        st.session_state[_CODE] = st.context.cookies.get(COOKIE, NOBODY)
    code = st.session_state[_CODE]
    if scope.is_named or not code:
        return scope
    name = people.people(home).get(code)
    return scope if name is None else replace(scope, who=name)


def become(code: str) -> None:
    """From now on this browser speaks for somebody."""
    st.session_state[_CODE] = st.session_state[_WISH] = code


def picker(view: View, place: str) -> None:
    """Who are you? Out of the list of people, or nobody yet; whoever signed in reads it, and can sign out."""
    if view.scope.is_signed_in:
        _card(view, place)
        return
    listed, key = people.people(view.home), f"gr-who-{place}"
    now = st.session_state.get(_CODE, NOBODY)
    st.session_state[key] = now if now in listed else NOBODY
    st.selectbox(
        view.say(message("You are")), [NOBODY, *listed], key=key, on_change=_picked, args=(key,),
        format_func=lambda code: listed.get(code) or view.say(message("nobody yet")),
    )  # fmt: skip


def _card(view: View, place: str) -> None:
    """Name and roles of the person, and the way out."""
    roles = ", ".join(view.say(role.title) for name, role in ROLES.items() if name in view.scope.roles)
    text.small(view.say(message("Signed in as {name}", name=view.scope.seen_by or view.scope.who)), roles)
    home, claims = signing_in.home_of_people(), _claims()
    if claims is not None:
        st.button(view.say(message("Sign out")), key=f"gr-sign-out-{place}", icon=":material/logout:", on_click=_leave, args=(home, claims))


def _picked(key: str) -> None:
    become(st.session_state[key])


def remember() -> None:
    """Tell the browser who was picked; a code of ours is all that it is told."""
    code = st.session_state.pop(_WISH, None)
    if code is not None and text.is_code(code):
        scripts.run(scripts.PERSON, code=code)
