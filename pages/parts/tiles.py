"""The row of KPI tiles: value, variance with sign, arrow, word and colour, the months as a line, and what the number is made of."""

import streamlit as st

from engine.answers.answer import Answer, Tile
from engine.figures import sparkline
from engine.kpis import BOOK
from engine.language import Variance, variance
from engine.messages import message
from pages.parts import explain, text
from pages.parts.charts import look
from pages.parts.view import View

NARROWEST = 168
COLORS = {
    "blue_vermillion": {True: "blue", False: "orange", None: "gray"},
    "green_red": {True: "green", False: "red", None: "gray"},
}
RISING = {"▲": "red", "▼": "green"}
ARROWS = {"▲": "up", "▼": "down"}


def tiles(view: View, answer: Answer) -> None:
    """The tiles of an answer, side by side as far as the window allows."""
    with st.grid(min_column_width=NARROWEST, gap="medium"):
        for tile in answer.tiles:
            with st.container(gap="xsmall"):
                _tile(view, tile)


def _tile(view: View, tile: Tile) -> None:
    kpi = BOOK[tile.kpi]
    shown = view.text(tile.value, kpi.unit, compact=True)
    if tile.censored:
        shown = view.say(message("over {value}", value=shown))
    base = {"last_year": tile.last_year, "previous": tile.previous}.get(view.selection.compare or "")
    found = variance(tile.value, base, kpi.unit, kpi.better, view.language, view.currency)
    is_compared = base is not None and tile.value is not None
    with st.container(horizontal=True, gap=None, vertical_alignment="top", wrap=False):
        st.metric(
            text.label(view.say(kpi.label)),
            text.label(shown),
            delta=text.label(f"{found.text} {found.word}") if is_compared else None,
            delta_color=_color(view, found),
            delta_arrow=ARROWS.get(found.arrow, "off"),
            help=_help(view, tile),
        )
        explain.number(view, tile.kpi)
    svg, said = sparkline(tile.series, look(view), unit=kpi.unit, label=kpi.label)
    if svg:
        text.drawing(svg, said)


def _help(view: View, tile: Tile) -> str | None:
    """Why the value is unknown; else the band that it should lie in, where the KPI has one."""
    if tile.why_unknown is not None:
        return text.label(view.say(tile.why_unknown))
    if BOOK[tile.kpi].better != "band":
        return None
    low, high = view.band
    return text.label(view.say(message("It should lie between {low_days} and {high_days} days.", low_days=low, high_days=high)))


def _color(view: View, found: Variance) -> str:
    """The colour of a variance: by whether it is good, or, where a company wants it so, by its direction (red rises)."""
    if view.palette == "red_up":
        return RISING.get(found.arrow, "gray")
    return COLORS[view.palette][found.favourable]
