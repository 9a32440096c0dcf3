"""Step 1: the last month against plan, budget and last year, how good the forecasts were, and what changed."""

from pages.parts import report, step
from pages.parts.empty import missing
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    month, accuracy = view.ask("month_report"), view.ask("forecast_accuracy")
opening(view, month)
missing(view, month.missing)
standing = step.head(view, "report")
measures(view, month)
report.card(view)
report.months(view, month)
report.families(view, month, month.facts["key"])
report.board(view, accuracy)
report.chain(view, accuracy)
report.accuracy_by_family(view, accuracy)
report.changed(view, month)
report.ahead(view, standing)
notes(view, month)
