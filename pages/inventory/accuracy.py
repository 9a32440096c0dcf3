"""Record accuracy: whether the books say what lies there, who and what puts them wrong, what is to be counted next."""

import streamlit as st

from engine import figures
from engine.messages import message
from pages.parts import accuracy, empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, waiting

view = guard()
with waiting():
    answer, plan = view.ask("record_accuracy"), view.ask("count_plan")
accuracy.head(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)

low, high = answer.facts["band"]
left, right = st.columns(2, gap="large")
with left:
    chart(
        view, message("Accuracy from count to count"),
        figures.trend(answer.extra["trend"], look(view), unit="share", label=message("Record accuracy"), band=answer.facts["band"]), key="trend-accuracy",
        subtitle=view.say(message("months in which something was counted; the strip reaches from {low_share} to {high_share}", low_share=low, high_share=high)),
    )  # fmt: skip
with right:
    accuracy.breakdown(view, answer)
accuracy.positions(view, answer)
accuracy.plan(view, plan)
accuracy.out_of_turn(view, answer)
notes(view, answer)
