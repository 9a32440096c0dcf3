"""Safety stock: what two aims of service ask for beside what the safety days of today keep."""

from pages.parts import empty, safety_stock
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("safety_stock")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
safety_stock.picture(view, answer)
safety_stock.rows(view, answer)
notes(view, answer)
