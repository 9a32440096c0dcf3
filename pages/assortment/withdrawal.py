"""The withdrawal gate: candidates with their grounds, what it does to take them out, the decision with its steps, and the run-off to zero stock."""

from pages.parts import deciding, empty, naming, withdrawing
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("withdrawal_candidates")
opening(view, answer)
deciding.told(view)
naming.asked(view, "withdrawal")
empty.missing(view, answer.missing)
measures(view, answer)
withdrawing.candidates(view, answer)
withdrawing.effects(view, withdrawing.picking(view, answer))
deciding.decision(view, "withdrawal")
withdrawing.running_off(view)
notes(view, answer)
