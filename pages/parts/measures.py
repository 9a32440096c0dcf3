"""A row of figures that are no KPI of the book: value, and on pointing at it how it was reckoned or why it is unknown."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from engine.answers.answer import Answer, Column
from engine.documents.cells import heading
from pages.parts import text
from pages.parts.view import View

NARROWEST = 168


def measures(view: View, answer: Answer) -> None:
    """The answer's figures (facts `measures`), side by side as far as the window allows."""
    row(view, answer.facts.get("measures", ()))


def row(view: View, figures: Sequence[Any]) -> None:
    """Figures of `engine.answers.measured.Measured`."""
    with st.grid(min_column_width=NARROWEST, gap="medium"):
        for figure in figures:
            said = figure.why_unknown if figure.value is None and figure.why_unknown is not None else figure.how
            st.metric(
                text.label(_label(view, figure)),
                text.label(view.text(figure.value, figure.unit, compact=True)),
                help=None if said is None else text.label(view.say(said)),
            )


def _label(view: View, figure: Any) -> str:
    """The label, for pieces with their word as in the headings of tables: money and shares bear their sign in the figure itself."""
    return heading(Column("", figure.label, figure.unit), view.language, view.currency) if figure.unit == "qty" else view.say(figure.label)
