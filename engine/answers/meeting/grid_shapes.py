"""The shapes of the grid in which a family's demand is changed: its lines, what is typed into them, and what that would do."""

from dataclasses import dataclass
from datetime import date

from engine.messages import Message, message
from engine.sop.demand import Override
from engine.sop.overrides import Cell

LAYER_WORDS: dict[str, Message] = {
    "statistical": message("Statistics"),
    "expert": message("Experts"),
    "sales": message("Sales"),
    "marketing": message("Marketing"),
    "consensus": message("Consensus"),
    "executive": message("Executives"),
}
KIND_WORDS: dict[str, Message] = {
    "set": message("New quantity"),
    "add": message("Pieces more or less"),
    "share": message("Per cent more or less"),
}


@dataclass(frozen=True)
class Typed:
    """What somebody typed into a cell. value: None = the change that stands there is to be taken back. seen: id of the record that they saw, 0 = none."""

    value: float | None
    kind: str = "set"
    reason: str = ""
    text: str = ""
    seen: int = 0


@dataclass(frozen=True)
class Line:
    """One month of a family in one layer. before_qty: what the layer finds; standing: the change of this layer that is in force; seen: id of its newest
    record, 0 = none; demand_qty: after all layers. Unknown is None."""

    month: date
    small_qty: float
    large_qty: float
    deal_qty: float
    rest_qty: float | None
    before_qty: float | None
    demand_qty: float | None
    standing: Override | None = None
    seen: int = 0

    @property
    def layer_qty(self) -> float | None:
        """What the layer makes of the month, where it changes it; None = it does not, or that is unknown."""
        if self.standing is None:
            return None
        return Cell("", self.month, "", self.standing.kind, self.standing.value, self.before_qty).after


@dataclass(frozen=True)
class Sheet:
    """The grid of one family in one layer. month: the cycle; price: of a piece, None = unknown; closed: why nothing may be changed, None = it may."""

    month: date
    family: str
    name: str
    layer: str
    price: float | None
    lines: tuple[Line, ...]
    closed: Message | None
    share: float = 0.0
    money: float = 0.0
    version: int | None = None

    def line(self, month: date) -> Line | None:
        """The line of a month; None for one that the plan does not have."""
        return next((line for line in self.lines if line.month == month), None)


@dataclass(frozen=True)
class Trial:
    """What a typed cell would do. after_qty: of the whole demand then; fault: why it cannot be kept; lacks: a reason and words are needed;
    theirs: what stands there now where somebody else changed the cell after it was typed (a withdrawn change has no value)."""

    month: date
    typed: Typed
    before_qty: float | None
    after_qty: float | None
    effect_qty: float | None
    effect_value: float | None
    fault: Message | None = None
    lacks: bool = False
    is_late: bool = False
    theirs: Override | None = None
