"""Competitors: our prices beside theirs at base price and at the largest discount, and which surveys are due."""

from engine.messages import message
from pages.parts import assortment, empty, markets
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("competitors")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
markets.index_picture(view, answer)
table(view, answer, message("Every comparison, the largest line first"), key="comparisons", nothing="–")
assortment.part(view, message("Lines and their surveys, those that are due first"), answer.extra["lines"], answer.facts["lines"], "surveys")
notes(view, answer)
