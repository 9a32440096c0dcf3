"""Review sheet: one dealer on one sheet of A4: scorecard, stock, credit, profit, plan, and what was agreed."""

import streamlit as st

from pages.parts import dealers, review
from pages.parts.frame import guard
from pages.parts.opening import opening, waiting

view = guard()
with waiting():
    answer = view.ask("review")
opening(view, answer)
dealers.passport(view, answer)
with st.container(key="gr-sheet"):
    review.sheet(view, answer)
    review.agreed(view, answer)
    review.earlier(view, answer)
review.forms(view, answer)
