"""Start: what needs attention today, the largest money first; each line leads to the page where it is dealt with."""

from engine.messages import message
from pages.parts import empty, text
from pages.parts.alerts import alerts, freshness
from pages.parts.changed import changed
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting
from pages.parts.tiles import tiles

view = guard()
with waiting():
    answer = view.ask("start")
opening(view, answer)
freshness(view, answer)
empty.missing(view, answer.missing)
tiles(view, answer)
text.heading(view.say(message("What needs attention, largest money first")))
alerts(view, answer.alerts)
changed(view)
notes(view, answer)
