"""Item: one product everywhere: places, months, dealers, what is on order and what is forecast."""

import streamlit as st

from engine import figures
from engine.kpis import BOOK
from engine.messages import message
from pages.parts import empty, item
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table
from pages.parts.tiles import tiles

view = guard()
with waiting():
    answer = view.ask("item")
opening(view, answer)
empty.missing(view, answer.missing)
item.passport(view, answer)
tiles(view, answer)

drawn, sold, stock = look(view), BOOK["sold_qty"], BOOK["stock_qty"]
left, right = st.columns(2, gap="large")
with left:
    chart(
        view, message("Sold month by month"), figures.columns(answer.extra["trend_sold_qty"], drawn, unit=sold.unit, label=sold.label), key="sold",
        subtitle=view.say(message("in pieces, with last year")),
    )  # fmt: skip
with right:
    chart(
        view, message("Stock at the end of each month"), figures.trend(answer.extra["trend_stock_qty"], drawn, unit=stock.unit, label=stock.label),
        key="stock", height=300, subtitle=view.say(message("in pieces, our own places, with last year")),
    )  # fmt: skip
table(view, answer, message("Where it lies"), key="places", bars=("stock_value",))
item.dealers(view, answer)
notes(view, answer)
