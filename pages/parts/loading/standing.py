"""What stands at the desk: what is loaded, what is lacking, which pages light up; the ledger's totals; the way back."""

from collections.abc import Iterable

import streamlit as st

from engine.answers import desk as loading
from engine.answers import forms, served
from engine.errors import GranaryError
from engine.messages import Message, message
from pages.parts import asking, empty, rooms, text
from pages.parts.loading import desk
from pages.parts.view import View

TOTALS: dict[str, Message] = {"net_sales": message("Net sales of a month"), "stock_value": message("Stock value at a month's end")}


def standing(view: View, at: desk.Desk) -> None:
    """Below the files: the state of the own home."""
    filled = loading.filled()
    left, right = st.columns(2, gap="large")
    with left:
        text.heading(view.say(message("First steps")) if not filled else view.say(message("What is loaded")))
        lights(view, filled)
        _mappings(view)
    with right:
        _ledger(view, at)
        if loading.has_version_below():
            text.heading(view.say(message("Undo")))
            text.prose(view.say(message("Serve the version before the last load again; nothing is lost, the files are kept.")))
            st.button(view.say(message("Undo the last load")), on_click=desk.undo, args=(view, at), key="undo")


def lights(view: View, filled: Iterable[str]) -> None:
    """Each page that needs tables: whether it has them, and the templates of those that it lacks."""
    have, labels = set(filled), forms.labels(view.language)
    if have:
        text.prose(view.say(message("Loaded: {tables}.", tables=[labels.get(name, name) for name in sorted(have)])))
    bright = [page for page in rooms.pages() if page.needs and have.issuperset(page.needs)]
    dark = [page for page in rooms.pages() if page.needs and not have.issuperset(page.needs)]
    if bright:
        text.prose(view.say(message("Pages that have what they need: {pages}.", pages=[view.say(page.title) for page in bright])))
    lacking = list(dict.fromkeys(name for page in dark for name in page.needs if name not in have))
    if lacking:
        text.prose(view.say(message("Still lacking: {tables}. With them these pages light up: {pages}.", tables=[labels.get(name, name) for name in lacking],
                                    pages=[view.say(page.title) for page in dark])))  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            empty.template(view, tuple(lacking))


def _mappings(view: View) -> None:
    """The mappings that are remembered, each as a file for a colleague."""
    profiles = loading.saved_profiles()
    if not profiles:
        return
    text.heading(view.say(message("Remembered mappings")))
    text.prose(view.say(message("A file with the same headings is read the same way. Save one and send it to a colleague, who brings it like a file.")))
    labels = forms.labels(view.language)
    with st.container(horizontal=True, gap="small"):
        for name, (table, _) in profiles.items():
            st.download_button(
                text.label(labels.get(table, table)), data=lambda name=name: loading.profile_file(name), file_name=f"{table}-mapping.json",
                mime="application/json", key=f"mapping-{name}", icon=":material/download:", type="tertiary", on_click="ignore",
            )  # fmt: skip


def _ledger(view: View, at: desk.Desk) -> None:
    """A total as the ledger has it: from then on the foot of every page shows the difference."""
    text.heading(view.say(message("Control totals of the ledger")))
    text.prose(view.say(message("Enter what the ledger says; the foot of every page then shows the difference.")))
    with st.form("ledger", border=False, clear_on_submit=True):
        kind_side, month_side, value_side = st.columns([2, 1.2, 1.2])
        kind = kind_side.selectbox(view.say(message("What")), list(TOTALS), format_func=lambda name: view.say(TOTALS[name]), key="ledger-kind")
        known = served.NO_CHOICES if view.version is None else asking.choices(view.home, view.version, view.scope)
        months = loading.months_for_totals(known.last_day)
        month = month_side.selectbox(view.say(message("Month")), months, format_func=lambda day: view.text(day, "month"), key="ledger-month")
        value = value_side.number_input(view.say(message("Amount")), value=None, step=0.01, key="ledger-value")
        sent = st.form_submit_button(view.say(message("Keep this total")))
    if sent and month is not None and value is not None:
        try:
            loading.enter_total(str(kind), month, float(value), view.scope)
        except GranaryError as fault:
            at.fault = fault.said
        else:
            at.told = message("The total is kept.")
        st.rerun()
