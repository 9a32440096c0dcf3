"""Plan changes: who changes orders after they were placed, how much, why, what it costs us, and the fee."""

import streamlit as st

from engine import figures
from engine.messages import message
from pages.parts import changes, empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table
from pages.parts.to_dealer import to_dealer

view = guard()
with waiting():
    answer = view.ask("plan_changes")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)

left, right = st.columns(2, gap="large")
with left:
    title = message("Fees by dealer, largest first")
    chart(view, title, figures.risk_bars(answer.extra["fees"], look(view), label=title), key="fees")
with right:
    title = message("Changes that dealers asked for, month by month")
    chart(view, title, figures.columns(answer.extra["trend"], look(view), unit="count", label=title), key="trend", height=300)
picked = table(view, answer, message("Dealers, those who keep changing plans first"), key="dealers", bars=("fee_value",), pick=True)
to_dealer(picked)
changes.breakdowns(view, answer)
notes(view, answer)
