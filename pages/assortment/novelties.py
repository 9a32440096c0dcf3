"""The novelty watch: what is new for six months, what it brings, its pilot, and the result at the end."""

from pages.parts import empty, naming, watching
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("novelties")
opening(view, answer)
watching.told(view)
naming.asked(view, "novelties")
empty.missing(view, answer.missing)
measures(view, answer)
picked = watching.products(view, answer)
if picked is not None:
    watching.writing(view, answer, picked)
notes(view, answer)
