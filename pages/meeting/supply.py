"""Step 3, the supply plan: whether it can be made, what other ways of planning cost, what can be delivered, and what is proposed."""

from pages.parts import empty, proposing, supply_step
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.step import head

view = guard()
with waiting():
    capacity, supply = view.ask("capacity"), view.ask("supply_plan")
opening(view, capacity)
empty.missing(view, tuple(dict.fromkeys((*capacity.missing, *supply.missing))))
standing = head(view, "supply")
measures(view, capacity)
chosen = supply_step.part(view)
if chosen == "load":
    supply_step.load(view, capacity)
    supply_step.overloads(view, capacity, standing, view.ask("scenarios"))
    notes(view, capacity)
elif chosen == "plans":
    scenarios = view.ask("scenarios")
    supply_step.plans(view, scenarios, supply)
    notes(view, scenarios)
elif chosen == "delivery":
    executable = view.ask("executable_plan")
    supply_step.delivery(view, executable, supply, standing)
    notes(view, executable)
elif chosen == "materials":
    supply_step.materials(view, supply)
elif chosen == "people":
    supply_step.people(view, view.ask("executable_plan"))
else:
    scenarios = view.ask("scenarios")
    proposing.scenarios(view, scenarios, standing)
    proposing.cards(view, standing)
    proposing.builder(view, scenarios, standing)
