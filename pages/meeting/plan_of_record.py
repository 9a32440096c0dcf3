"""The plan of record: what was approved, what moved since, how two plans differ, how good the approved ones were."""

from engine.messages import message
from pages.parts import plan_of_record, together
from pages.parts.frame import guard
from pages.parts.opening import opening, waiting
from pages.parts.tables import table

view = guard()
together.watch(view)
with waiting():
    answer, cycle = view.ask("plan_waterfall"), view.ask("cycle")
opening(view, answer)
plan_of_record.stale(view, cycle, answer.extra["versions"])
plan_of_record.moved(view, answer)
if answer.facts["before"]:
    table(view, answer, message("By cause"), key="plan-causes")
plan_of_record.versions(view, answer)
plan_of_record.compare(view)
plan_of_record.accuracy(view)
