"""Dealer: everything about one dealer: stock, sell-in and sell-through, suggested order, credit, scorecard, profit, changes, actions."""

import streamlit as st

from engine.answers.actions import COLUMNS
from engine.messages import message
from pages.parts import dealers, empty
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("dealer")
opening(view, answer)
dealers.passport(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
with st.container(horizontal=True, gap="small"):
    dealers.link_to(view, "orders", message("Order for this dealer"), answer)
    dealers.link_to(view, "review", message("Review sheet"), answer)
    dealers.link_to(view, "credit", message("Its orders and credit"), answer)
dealers.gates(view, answer.extra["gates"])

left, right = st.columns(2, gap="large")
with left:
    dealers.flows(view, answer)
    dealers.levers(view, answer.extra["levers"])
with right:
    dealers.card(view, answer.extra["contributions"], "dealer")
table(view, answer, message("Its stock by product, most money first"), key="positions", bars=("excess_value",))
credit, profit, changes = st.columns(3, gap="large")
with credit:
    dealers.figures_of(view, message("Credit"), answer.facts["credit"], dealers.CREDIT, message("It owes nothing and has no limit."))
with profit:
    dealers.figures_of(view, message("The dealer's profit"), answer.facts["profit"], dealers.PROFIT, message("It did not report its costs."))
with changes:
    dealers.figures_of(view, message("Changes of orders in a year"), answer.facts["changes"], dealers.CHANGES, message("No orders are loaded."))
dealers.agreed(view, answer, COLUMNS)
notes(view, answer)
