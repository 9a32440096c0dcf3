"""Step 4, the pre-meeting: nine items with their owners, what each looks at, and the decisions that go to the executives."""

from pages.parts import pre_meeting, proposing, side_by_side, supply_step
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting
from pages.parts.step import head

view = guard()
with waiting():
    scenarios = view.ask("scenarios")
opening(view, scenarios)
standing = head(view, "pre_meeting")
item = pre_meeting.agenda(view, standing)
if item == "performance":
    pre_meeting.performance(view)
elif item == "demand":
    pre_meeting.demand(view)
elif item == "assumptions":
    pre_meeting.assumptions(view, standing, scenarios)
elif item == "constrained":
    supply_step.load(view, view.ask("capacity"))
elif item == "proposals":
    proposing.scenarios(view, scenarios, standing)
elif item == "impact":
    pre_meeting.impact(view, scenarios)
elif item == "scenarios":
    side_by_side.options(view, scenarios)
    notes(view, scenarios)
elif item == "recommendations":
    pre_meeting.issues(view, standing)
    proposing.cards(view, standing)
    proposing.builder(view, scenarios, standing)
else:
    pre_meeting.executive_agenda(view)
    proposing.cards(view, standing)
pre_meeting.attendance(view, standing)
