"""The cycle of a month: where it is, what blocks the next step, who does what by when."""

from pages.parts import cycle, together
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting

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
cycle.history(view, answer)
notes(view, answer)
