"""The register: every decision on the assortment with its steps, and the form in which each kind is taken."""

from engine.answers.assortment.register import FORM
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts.assortment import part
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("assortment_register")
opening(view, answer)
measures(view, answer)
table(view, answer, message("Decisions"), key="register", nothing=NOT_APPLICABLE)
form = answer.extra["form"].fill_null(view.say(message("not set")))
part(view, message("How each kind of decision is taken"), form, FORM, "form")
notes(view, answer)
