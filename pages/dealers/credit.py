"""Credit: what dealers owe against what they may owe, how late it is, and which orders may be shipped."""

import streamlit as st

from engine import figures
from engine.messages import message
from pages.parts import credit, empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.to_dealer import to_dealer

view = guard()
with waiting():
    answer = view.ask("credit")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)

left, right = st.columns([3, 2], gap="large")
with left:
    title = message("Money at risk by dealer: overdue, or above the limit")
    chart(view, title, figures.risk_bars(answer.extra["at_risk"], look(view), label=title), key="at-risk")
with right:
    credit.ageing(view, answer)
credit.orders(view, answer)
picked = credit.dealers(view, answer)
to_dealer(picked)
credit.reviews(view, answer)
notes(view, answer)
