"""Desk: which dealers run out, which are stuffed, who owes, what each should order; the most money at risk first."""

import streamlit as st

from pages.parts import dealers, empty
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("dealer_desk")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
left, right = st.columns([10, 33], gap="large")
with left:
    dealers.supply_matrix(view, answer)
with right:
    dealers.desk(view, answer)
notes(view, answer)
