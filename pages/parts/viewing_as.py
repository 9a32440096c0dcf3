"""View as …: an administrator looks at what somebody else sees. Nothing can be done meanwhile, a banner says so, and the audit tells of it."""

import streamlit as st

from engine.answers import access, audit
from engine.errors import GranaryError
from engine.messages import message
from engine.scope import Scope
from pages.parts import text
from pages.parts.view import View

_SEEN, _KEY = "gr-seen-as", "gr-view-as"
NOBODY = ""


def seen(scope: Scope) -> Scope:
    """The scope of whom the visitor looks at, else their own; whether they may is asked at every run."""
    subject = st.session_state.get(_SEEN, NOBODY)
    if not subject:
        return scope
    try:
        return access.view_as(access.home_of_people(), scope, subject)
    except GranaryError:
        st.session_state[_SEEN] = NOBODY
        return scope


def banner(view: View) -> None:
    """Across the head of every page, whose view this is, and the way back."""
    if not view.scope.is_read_only:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="gr-seen-as-banner"):
        st.warning(view.say(message("You look at what {who} sees. Nothing can be changed.", who=text.label(view.scope.who))), icon=":material/visibility:")
        st.button(view.say(message("Back to my own view")), key="gr-seen-as-back", on_click=_back, args=(view.scope,))


def picker(view: View) -> None:
    """Whose view to take: everybody on the list who may come in; nothing for whoever is no administrator, or while the list is empty."""
    if not view.scope.may("view_as"):
        return
    listed = {line.subject: line.name for line in access.lines(access.home_of_people()) if line.roles and not line.is_disabled}
    if not listed:
        return
    st.session_state[_KEY] = NOBODY
    st.selectbox(
        view.say(message("View as …")), [NOBODY, *listed], key=_KEY, on_change=_look, args=(view.scope,),
        format_func=lambda subject: listed.get(subject) or view.say(message("myself")),
    )  # fmt: skip


def _look(scope: Scope) -> None:
    """Somebody was picked. One who may not look leaves a line in the audit, as one who may."""
    home, subject = access.home_of_people(), str(st.session_state[_KEY])
    try:
        as_whom = access.view_as(home, scope, subject)
    except GranaryError:
        return
    audit.note(home, scope, "view_as", subject, **{"as": as_whom.who})
    st.session_state[_SEEN] = subject


def _back(scope: Scope) -> None:
    st.session_state[_SEEN] = NOBODY
    audit.note(access.home_of_people(), scope, "view_as", scope.subject, ended=True)
