"""Profit: what dealers earn, line by line and beside their peers; which categories make the margin; what a target would take."""

import streamlit as st

from engine import figures
from engine.messages import message
from pages.parts import empty, profit
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("dealer_profit")
opening(view, answer)
profit.back(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)

title = message("From gross profit to net profit")
drawn = figures.waterfall(profit.worded(view, answer.extra["lines"]), look(view), label=title, height=340)
chart(view, title, drawn, key="profit", height=340)
left, right = st.columns([3, 2], gap="large")
with left:
    profit.statement(view, answer)
with right:
    profit.chances(view, answer)
profit.contributions(view)
profit.dealers(view, answer)
notes(view, answer)
