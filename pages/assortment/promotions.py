"""Promotions: the quarter's plan with live guards, the star lines, and what each promotion brought beyond its baseline."""

from pages.parts import empty, naming, promoting
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("promotions")
opening(view, answer)
promoting.told(view)
naming.asked(view, "promotions")
empty.missing(view, answer.missing)
measures(view, answer)
promoting.plan(view, answer)
promoting.stars(view, answer)
promoting.results(view, answer)
notes(view, answer)
