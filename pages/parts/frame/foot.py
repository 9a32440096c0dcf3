"""The foot of every page: which data these are, and how they stand to the ledger."""

import streamlit as st

from engine.answers import ledger
from engine.answers.ledger import Difference
from engine.kpis import BOOK
from engine.language import formatted
from engine.messages import message
from pages.parts import asking, text
from pages.parts.frame import address
from pages.parts.rooms import Page
from pages.parts.view import View

SHOWN = 4


def say_of_which_version(view: View, page: Page, newest: int | None) -> None:
    """Where a link names a version: that it is not the newest one, or no longer kept, and the way to the newest."""
    wanted = address.only("version")
    if wanted is None or view.version is None or wanted == str(newest):
        return
    if wanted == str(view.version):
        said = message("These are the data of version {version}, as the link asks for; version {newest_version} is served today.",
                       version=view.version, newest_version=newest)  # fmt: skip
    else:
        said = message("Version {wanted_version} is not kept any longer; these are the data of version {version}.",
                       wanted_version=wanted[:12], version=view.version)  # fmt: skip
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        text.small(view.say(said))
        st.page_link(page.file, label=text.label(view.say(message("Show today's data"))), query_params=address.link({"version": ()}))


def draw(view: View, page: Page) -> None:
    """Version, home and, where the user entered them, control totals with their difference."""
    if view.version is None:
        return
    with st.container(key="gr-foot", gap="small"):
        _foot(view, page)


def _foot(view: View, page: Page) -> None:
    st.space("medium")
    said = view.say(message("Link to this view with data version {version}", version=view.version))
    st.page_link(page.file, label=text.label(said), icon=":material/link:", query_params=address.link({"version": (str(view.version),)}))
    text.small(
        view.say(message("Demo company")) if view.is_demo else view.say(message("Own data")),
        view.say(message("Data version {version}", version=view.version)),
        view.say(message("Amounts in {currency}", currency=view.currency)),
    )
    for found in asking.ledger(view.home, view.version, view.scope, ledger.entered(view.home)[:SHOWN]):
        text.small(_said(view, found))


def _said(view: View, found: Difference) -> str:
    """One total in a line: month, the ledger's figure, ours, the difference with its sign."""
    label = BOOK[found.what].label
    if found.difference is None:
        said = message("Ledger: {what}, {month}: {ledger_value}; our data do not know this figure.", what=label, month=found.month, ledger_value=found.ledger)
        return view.say(said)
    gap = formatted(found.difference, "money", view.language, view.currency, signed=True)
    said = message(
        "Ledger: {what}, {month}: {ledger_value}; ours {our_value}, difference {gap}.",
        what=label, month=found.month, ledger_value=found.ledger, our_value=found.ours, gap=gap,
    )  # fmt: skip
    return view.say(said)
