"""The quarterly review as a checklist: its mandatory formats, what was found, and the gates that it leads to. Incomplete is said."""

from pages.parts import naming, reviewing
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("assortment_review")
opening(view, answer)
reviewing.told(view)
naming.asked(view, "quarter")
reviewing.checklist(view, answer)
reviewing.leading_on(view, answer)
notes(view, answer)
