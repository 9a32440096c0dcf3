"""The cycle of a month: where it is, what blocks the next step, who does what by when."""

from engine.messages import message
from pages.parts import cycle, together
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import rows
from pages.parts.text import heading

view = guard()
together.watch(view)
with waiting():
    answer = view.ask("cycle")
opening(view, answer)
cycle.told(view)
cycle.steps(view, answer)
if answer.facts["is_open"]:
    cycle.lacking(view, answer)
    cycle.signing(view, answer)
cycle.agreement(view, answer)
if answer.extra["history"].height:
    heading(view.say(message("What happened")))
    rows(view, answer.extra["history"], cycle.HISTORY, alt=view.say(message("What happened")), key="cycle-history")
notes(view, answer)
