"""A picture with its message as title, the sentence for those who cannot see it, and a place of the same height where it is empty."""

from typing import Any

import streamlit as st

from engine.figures import Drawn, Look
from engine.messages import Message
from pages.parts import empty, text
from pages.parts.view import View

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False, "responsive": True}


def look(view: View) -> Look:
    """How figures are drawn for this reader."""
    return Look(language=view.language, currency=view.currency, theme="dark" if view.dark else "light", palette=view.palette)


def chart(view: View, title: Message, drawn: Drawn, subtitle: str = "", *, key: str, height: int = 300, pick: bool = False) -> list[Any]:
    """Draw a figure under its message. With `pick` a click reruns the page; returns the customdata of what was clicked."""
    text.heading(view.say(title), subtitle)
    if drawn.figure is None:
        empty.picture(drawn.why_empty or "", height)
        return []
    event = st.plotly_chart(
        drawn.figure, theme=None, config=CONFIG, key=key, alt=drawn.alt, on_select="rerun" if pick else "ignore", selection_mode="points"
    )  # fmt: skip
    return [point.get("customdata") for point in event["selection"]["points"]] if pick else []
