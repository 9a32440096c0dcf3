"""Norms: stock of the coming month by last year's two months, beside the averaged index and what the class code asks for."""

from engine.answers.assortment.stock_norms import CODES
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import empty, text
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import rows, table

view = guard()
with waiting():
    answer = view.ask("stock_norms")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
table(view, answer, message("Stock beside its norm"), key="norms", nothing=NOT_APPLICABLE)
text.heading(view.say(message("By class and production")))
rows(view, answer.extra["codes"], CODES, alt=view.say(message("By class and production")), key="codes", nothing=view.say(message("not set")))
notes(view, answer)
