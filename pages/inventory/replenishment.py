"""Replenishment: who runs out, who has too much, and where a position goes until the next order arrives."""

from pages.parts import empty, supply
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("replenishment")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
supply.picture(view, answer)
supply.rows(view, answer)
supply.silent(view, answer)
notes(view, answer)
