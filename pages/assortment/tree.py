"""The tree: lines as they stand, what is too short, and changes that hold once they are approved."""

from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import empty, naming, planting
from pages.parts.frame import guard
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("assortment_tree")
opening(view, answer)
planting.told(view)
naming.asked(view, "tree")
empty.missing(view, answer.missing)
planting.changes(view, answer)
planting.proposing(view, answer)
table(view, answer, message("Lines of the tree"), key="tree", nothing=NOT_APPLICABLE)
notes(view, answer)
