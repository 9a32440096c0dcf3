"""Scorecard: dealers ranked among their peers, what each measure gives, what lifts a dealer cheapest, and what follows from its tier."""

import polars as pl
import streamlit as st

from pages.parts import dealers, empty, scorecard
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("scorecard")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
left, right = st.columns([3, 2], gap="large")
with left:
    chosen = scorecard.ranking(view, answer)
with right:
    if chosen is not None:
        scorecard.named(view, answer, chosen)
        dealers.gates(view, answer.extra["gates"].filter(pl.col("dealer_id") == chosen))
        dealers.card(view, answer.extra["contributions"].filter(pl.col("dealer_id") == chosen), "ranking")
        dealers.levers(view, answer.extra["levers"].filter(pl.col("dealer_id") == chosen))
        dealers.history(view, answer.extra["history"].filter(pl.col("dealer_id") == chosen), "ranking")
scorecard.steps(view, answer, chosen)
scorecard.consequences(view, answer)
notes(view, answer)
