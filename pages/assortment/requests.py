"""Requests: the season by line for who collects them, what dealers asked for beside contracts and last year, and its way into the demand plan."""

from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import collecting, empty, naming
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("requests")
opening(view, answer)
collecting.told(view)
naming.asked(view, "requests")
empty.missing(view, answer.missing)
measures(view, answer)
collecting.season(view, answer)
table(view, answer, message("What was asked for"), key="requests", bars=("request_qty",), nothing=NOT_APPLICABLE)
collecting.silent(view, answer)
collecting.feeding(view, answer)
notes(view, answer)
