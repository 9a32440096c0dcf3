"""What people look at and take away that somebody may ask about later: noted in the audit, a look once a session, an export each time."""

import streamlit as st

from engine.answers import audit
from engine.answers.answer import Answer
from pages.parts.view import View

_LOOKED = "gr-looked"


def looked(view: View) -> None:
    """The page that was just drawn, where it shows what not everybody may see: once a session, data version and dealer, not at every rerun."""
    facets = audit.facets_of(view.page, view.scope)
    if not facets or view.version is None:
        return
    dealers = view.selection.allowed("dealer_id") or ()
    look = view.page, view.version, view.scope.who, view.scope.seen_by, dealers
    seen: set[tuple[object, ...]] = st.session_state.setdefault(_LOOKED, set())
    if look not in seen:
        seen.add(look)
        audit.note(view.home, view.scope, "read", view.page, version=view.version, what=facets, dealers=dealers, filters=view.filters)


def taken(view: View, answer: Answer, form: str) -> None:
    """A table that leaves as a file. Noted before the file is handed out."""
    audit.note(
        view.home, view.scope, "export", answer.name, version=answer.version, form=form, rows=answer.frame.height, page=view.page, filters=view.filters
    )  # fmt: skip


def paper_taken(view: View, about: str, version: int | None, form: str) -> None:
    """A paper that leaves as a file and is no table, as the protocol of a decision. Noted before it is handed out."""
    audit.note(view.home, view.scope, "export", about, version=version, form=form, page=view.page)
