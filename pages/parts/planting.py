"""Pieces of the page on the tree: its lines, changes that wait for approval, and a new proposal."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer
from engine.answers.assortment import acts
from engine.answers.assortment.tree import CHANGES
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import acting, tables, text
from pages.parts.view import View

KEY = "planting"


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def changes(view: View, answer: Answer) -> None:
    """What was proposed; one that waits can be approved, refused or taken back."""
    found = answer.extra["changes"]
    if found.is_empty():
        return
    title = view.say(message("Changes of the tree"))
    text.heading(title)
    picked = tables.rows(view, found, CHANGES, alt=title, key="tree-changes", pick=True, nothing=NOT_APPLICABLE)
    if picked is not None:
        _settling(view, picked)
    elif found.filter(pl.col("state") == "draft").height:
        text.small(view.say(message("Click a change to approve it, refuse it or take it back.")))


def _settling(view: View, picked: dict[str, Any]) -> None:
    subject, seen = picked["change"], picked["record_id"]
    if picked["state"] != "draft":
        return
    with st.container(horizontal=True):
        for is_yes, said, done in (
            (True, message("Approve"), message("The change is approved.")), (False, message("Refuse"), message("The change is refused.")),
        ):  # fmt: skip
            if st.button(view.say(said), key=f"settle-{is_yes}-{subject}", disabled=not view.scope.may("approve")):
                acting.act(KEY, lambda is_yes=is_yes: acts.settle(view.home, subject, seen, is_yes, view.scope, view.version), done)
        if st.button(view.say(message("Take it back")), key=f"take-back-{subject}", disabled=not view.scope.may("decide")):
            acting.act(KEY, lambda: acts.take_back(view.home, subject, seen, view.scope, view.version), message("Taken back."))


def proposing(view: View, answer: Answer) -> None:
    """Say where a product stands from a day on, and why."""
    here = answer.extra["positions"]
    keys, shown = (
        pl.format("{} · {}", "sphere", "sku"),
        pl.format("{} ({} · {}, {})", pl.col("name").fill_null(""), "sphere", "sku", pl.col("line_id").fill_null("")),
    )
    labels = dict(here.select(keys.alias("key"), shown.alias("shown")).iter_rows())
    with st.form("tree-propose", border=False):
        text.heading(view.say(message("Propose a change")), view.say(message("a change needs one of three reasons and holds once it is approved")))
        name = st.selectbox(
            view.say(message("Product")), list(labels), index=None, key="tree-product", placeholder=view.say(message("Choose a product")),
            format_func=lambda key: labels[key],
        )  # fmt: skip
        group_side, line_side, day_side, reason_side = st.columns(4)
        group = group_side.selectbox(view.say(message("Product group")), _known(here, "product_group"), index=None, key="tree-group", accept_new_options=True,
                                     placeholder=view.say(message("Choose or type a name")))  # fmt: skip
        line = line_side.selectbox(view.say(message("Line")), _known(here, "line_id"), index=None, key="tree-line", accept_new_options=True,
                                   placeholder=view.say(message("Choose or type a name")))  # fmt: skip
        day = day_side.date_input(view.say(message("From")), value=None, key="tree-day", format="YYYY-MM-DD")
        reason = reason_side.selectbox(view.say(message("Reason")), list(acts.REASONS), index=None, key="tree-reason",
                                       format_func=lambda code: view.say(acts.REASONS[code]), placeholder=NOT_APPLICABLE)  # fmt: skip
        note = st.text_input(view.say(message("Note")), key="tree-note")
        sent = st.form_submit_button(view.say(message("Propose")), type="primary", disabled=not view.scope.may("decide"))
    if sent:
        valid_from = day if isinstance(day, date) else None
        sku, sphere = next(iter(here.filter(keys == str(name)).select("sku", "sphere").iter_rows()), ("", ""))
        where = str(group or ""), str(line or ""), str(reason or "")
        acting.act(
            KEY, lambda: acts.propose(view.home, sku, sphere, valid_from, *where, view.scope, view.version, None, note), message("The change is proposed.")
        )  # fmt: skip


def _known(here: pl.DataFrame, column: str) -> list[str]:
    return here[column].drop_nulls().unique().sort().to_list()
