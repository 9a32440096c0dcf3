"""The executive meeting: eight items, one at a time, on a wall or on a desk; what is decided, and the plan that is approved."""

from pages.parts import step
from pages.parts.executive import cards, closing, items, stage, story
from pages.parts.frame import guard
from pages.parts.opening import waiting

DRAW = {
    "promises": items.promises,
    "situation": items.situation,
    "report_card": items.report_card,
    "families": items.families,
    "decisions": cards.decisions,
    "resources": items.resources,
    "approval": closing.approval,
    "read_back": closing.read_back,
}

view = guard()
with waiting():
    view.ask("cycle")
room = stage.read(view, step.head(view, "executive"))
stage.dress(room)
stage.bar(view, room)
if room.family:
    story.tell(view, room)
else:
    with stage.floor(room):
        DRAW[room.item.name](view, room)
