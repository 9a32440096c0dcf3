"""What a page of the meeting may do, in one place: each act looks at the present state once more before it is kept."""

from datetime import date
from pathlib import Path

from engine.answers.meeting import cycles, standing
from engine.answers.meeting.cycles import agreed, open_cycle
from engine.answers.meeting.register import move
from engine.scope import Scope
from engine.sop.agenda import EXECUTIVE, PRE_MEETING, Item
from engine.sop.cycle import STEPS, TITLES, Check, Step, current
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

__all__ = ["EXECUTIVE", "PRE_MEETING", "STEPS", "TITLES", "Check", "Item", "Step", "agreed", "current", "move", "open_cycle", "reopen", "sign"]


def sign(home: str, month: date, name: str, who: Scope) -> None:
    """Sign a step as it stands now. Raises Impossible where it is not done, NotKept where somebody else was faster, NotAllowed."""
    warehouse = open_warehouse(Home(Path(home)))
    step, inputs = standing.signing(warehouse, who, month, name)
    cycles.sign(home, month, step, inputs, who, warehouse.version)


def reopen(home: str, month: date, name: str, reason: str, who: Scope) -> None:
    """Open a signed step again. Raises Impossible without a reason, NotKept, NotAllowed."""
    warehouse = open_warehouse(Home(Path(home)))
    step, _ = standing.signing(warehouse, who, month, name)
    cycles.reopen(home, month, step, reason, who, warehouse.version)
