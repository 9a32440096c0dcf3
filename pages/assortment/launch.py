"""The launch gate: projects against the day, the size of a line, the defence, the budget and the thresholds of their sourcing; the decision and its steps."""

from pages.parts import deciding, empty, launching, naming
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("launch_check")
opening(view, answer)
deciding.told(view)
naming.asked(view, "launch")
empty.missing(view, answer.missing)
project = launching.projects(view, answer)
if project is not None:
    launching.criteria(view, answer, project)
    launching.beginning(view, answer, project)
deciding.decision(view, "launch")
launching.coming(view, answer)
notes(view, answer)
