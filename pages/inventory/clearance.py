"""Clearance: what was listed to be cleared, by whom and until when, what has left since and what money came of it; late ones first."""

from engine import figures
from engine.messages import message
from pages.parts import clearance, empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("clearance")
opening(view, answer)
clearance.told(view)
empty.missing(view, answer.missing)
measures(view, answer)
if answer.frame.is_empty():
    clearance.nothing_listed(view)
else:
    chart(
        view, message("From what was listed to what still lies there"),
        figures.waterfall(clearance.bars(view, answer), look(view), label=message("Clearance"), better="down"), key="cleared",
        subtitle=view.say(message("at cost on the day of the listing")),
    )  # fmt: skip
    chosen = clearance.sheet(view, answer)
    if chosen is not None:
        clearance.editor(view, answer, chosen)
clearance.adding(view, answer)
notes(view, answer)
