"""Step 2: what will be asked for, family by family; changed by hand where somebody knows better, with a reason, until the step is signed."""

from engine.messages import message
from pages.parts import demand, demand_file, step
from pages.parts.demand_grid import demand_grid
from pages.parts.empty import missing
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.noted import noted
from pages.parts.opening import notes, opening, waiting
from pages.parts.text import heading
from pages.parts.wide_sheet import wide_sheet

view = guard()
with waiting():
    plan, review, sheet = view.ask("demand_plan"), view.ask("demand_review"), view.ask("family_sheet")
opening(view, plan)
missing(view, plan.missing)
standing = step.head(view, "demand")
measures(view, plan)
demand.families(view, review)
family = demand.chosen(review)
if family:
    heading(view.say(message("One family")))
    demand.choice(view, review, family)
    demand.pictures(view, plan, review, family)
    demand_grid(view, standing, family, *demand.compared(review, family))
    demand.trail(view, plan, family, standing)
    wide_sheet(view, sheet, family, key="demand-sheet")
demand_file.demand_file(view, standing)
demand.told(view, plan)
noted(view, standing, demand.named_families(review))
notes(view, plan)
