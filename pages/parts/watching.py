"""Pieces of the novelty watch: shares by sphere, the products, and what is written of one: its pilot and its result."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer
from engine.answers.assortment import acts
from engine.answers.assortment.novelties import SPHERES
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import acting, tables, text
from pages.parts.assortment import part
from pages.parts.view import View

KEY = "watching"


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def products(view: View, answer: Answer) -> dict[str, Any] | None:
    """The products under watch; the one that was clicked."""
    part(view, message("Share of new products by sphere"), answer.extra["spheres"], SPHERES, "novelty-spheres", bars=("novelty_share",))
    picked = tables.table(view, answer, message("Products under watch"), key="novelties", pick=True, nothing=NOT_APPLICABLE)
    if picked is None and answer.frame.height:
        text.small(view.say(message("Click a product to say when its pilot was done, or what became of it.")))
    return picked


def writing(view: View, answer: Answer, picked: dict[str, Any]) -> None:
    """The pilot and the result of one product."""
    kept = answer.extra["editing"].filter(pl.col("sku") == picked["sku"]).row(0, named=True)
    sku, seen = picked["sku"], kept["seen"]
    with st.form(f"novelty-{sku}", border=False):
        text.heading(picked["name"] or sku)
        day_side, result_side = st.columns(2)
        pilot = day_side.date_input(view.say(message("Pilot done on")), value=kept["pilot_on"], key=f"pilot-{sku}", format="YYYY-MM-DD")
        codes = ["", *acts.RESULTS]
        result = result_side.selectbox(
            view.say(message("Result")), codes, index=codes.index(kept["result"] or ""), key=f"result-{sku}",
            format_func=lambda code: view.say(acts.RESULTS[code]) if code else NOT_APPLICABLE,
        )  # fmt: skip
        note = st.text_input(view.say(message("Note")), kept["note"] or "", key=f"note-{sku}")
        sent = st.form_submit_button(view.say(message("Keep")), type="primary", disabled=not view.scope.may("decide"))
    if sent:
        day = pilot if isinstance(pilot, date) else None
        acting.act(KEY, lambda: acts.watch(view.home, sku, seen, view.scope, view.version, day, str(result), note), message("Kept."))
