"""Health: how long the stock lasts, how often it turns, what it earns, where it lies dead; from the sphere down to the product."""

import streamlit as st

from engine import figures
from engine.kpis import BOOK
from engine.messages import message
from pages.parts import empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting
from pages.parts.tiles import tiles
from pages.parts.tree import tree

view = guard()
with waiting():
    answer = view.ask("health")
opening(view, answer)
empty.missing(view, answer.missing)
tiles(view, answer)

drawn, (low, high) = look(view), answer.facts["band"]
cover, turns = BOOK["days_of_supply"], BOOK["turns"]
left, right = st.columns(2, gap="large")
with left:
    chart(
        view, message("Days of supply against their band of {low_days}–{high_days} days", low_days=low, high_days=high),
        figures.bullets(answer.extra["bullets"], drawn, label=cover.label, low=low, high=high), key="bullets",
        subtitle=view.say(message("by sphere; the stroke is last year")),
    )  # fmt: skip
    trend = BOOK["days_of_supply_backward"]
    chart(
        view, message("Days of supply month by month"),
        figures.trend(answer.extra["trend_days_of_supply_backward"], drawn, unit=trend.unit, label=trend.label, band=(low, high)), key="trend-cover",
        subtitle=view.say(message("at the month's end, by past sales; the strip is the band")),
    )  # fmt: skip
with right:
    chart(
        view, message("Turns against margin: what each line's stock earns"), figures.turns_and_margin(answer.extra["scatter"], drawn, label=turns.label),
        key="scatter", subtitle=view.say(message("one bubble a line, its area the stock; on a curve GMROII is the same")),
    )  # fmt: skip
stock = BOOK["stock_value"]
chart(
    view, message("Stock at the end of each month"), figures.trend(answer.extra["trend_stock_value"], drawn, unit=stock.unit, label=stock.label),
    key="trend-stock", subtitle=view.say(message("at cost, with last year")),
)  # fmt: skip
tree(view, answer)
notes(view, answer)
