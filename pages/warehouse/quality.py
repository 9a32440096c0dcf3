"""Quality: how fresh the data are, what was rejected and why, what the audits found."""

from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import empty, quality
from pages.parts.frame import guard
from pages.parts.opening import opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("quality")
opening(view, answer)
empty.missing(view, answer.missing)
table(view, answer, message("What is loaded, and how fresh it is"), key="tables", nothing=NOT_APPLICABLE)
quality.rejects(view, answer)
quality.audits(view, answer)
quality.told(view, answer)
quality.stale(view, answer)
