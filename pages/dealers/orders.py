"""Suggested orders: what a place should order now, written line by line, checked against packs, stock and credit, recorded and handed out."""

from engine.messages import message
from pages.parts import empty, ordering, tables
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    suggested = view.ask("suggested_orders")
chosen = ordering.chosen(suggested)
written = ordering.typed(view, chosen)
with waiting():
    check = view.ask("order_check", chosen, written)
opening(view, check)
empty.missing(view, check.missing)
ordering.figures(view, check)
if chosen:
    ordering.place(view, suggested, chosen)
    ordering.grid(view, check, written)
    ordering.acts(view, check)
tables.table(view, suggested, message("All suggested orders, the largest first"), key="suggested", bars=("order_value",))
notes(view, check)
