"""What was decided and agreed, what is late, and what became of it."""

from engine.messages import message
from pages.parts import promises, together
from pages.parts.frame import guard
from pages.parts.opening import opening, waiting
from pages.parts.tables import table

view = guard()
together.watch(view)
with waiting():
    actions, decisions = view.ask("actions"), view.ask("decisions")
opening(view, actions)
promises.told(view)
promises.figures(view, actions, decisions)
picked = table(view, actions, message("Actions, late ones first"), key="actions", pick=True)
promises.editor(view, actions, picked)
table(view, decisions, message("Decisions"), key="decisions")
promises.kept(view, decisions)
