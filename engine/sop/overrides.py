"""Changes of the demand plan by hand: why they may be made, and when a reason must be given."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import Impossible
from engine.messages import Message, message
from engine.sop.demand import KINDS, LAYERS, Override

REASONS: dict[str, Message] = {
    "promotion": message("promotion"),
    "price": message("price change"),
    "new_customer": message("new customer"),
    "lost_customer": message("lost customer"),
    "deal": message("large deal"),
    "competitor": message("competitor"),
    "new_product": message("new product"),
    "withdrawal": message("withdrawal"),
    "event": message("event or festival"),
    "out_of_stock": message("was out of stock"),
    "data": message("error in the data"),
    "other": message("other reason"),
}
"""Why demand is changed: code -> what it is called."""


@dataclass(frozen=True)
class Cell:
    """One change that somebody wants to make. seen: id of the record that they saw in this cell, 0 = none. before: what stood there then."""

    family: str
    month: date
    layer: str
    kind: str
    value: float
    before: float | None = None
    reason: str = ""
    text: str = ""
    seen: int = 0

    @property
    def after(self) -> float | None:
        """What will stand there; None = unknown."""
        if self.kind == "set":
            return self.value
        if self.before is None:
            return None
        return self.before + self.value if self.kind == "add" else self.before * (1 + self.value)


def needs_reason(cell: Cell, price: float | None, share: float, money: float) -> bool:
    """Whether a change is large enough to be explained: above a share of what stood there, or above an amount of money; also where neither is known."""
    if cell.after is None or cell.before is None:
        return True
    change = abs(cell.after - cell.before)
    if change > share * abs(cell.before):
        return change > 0
    return price is not None and change * price > money


def check(cell: Cell, price: float | None, share: float, money: float) -> None:
    """Raises Impossible for a change that cannot be kept: an unknown layer, kind or reason, a large one without a reason and words."""
    if cell.layer not in LAYERS or cell.kind not in KINDS:
        raise Impossible(
            message("The override says “{layer}” and “{kind}”; a layer of {layers} and a kind of {kinds} were expected.",
                    layer=cell.layer, kind=cell.kind, layers=", ".join(LAYERS), kinds=", ".join(KINDS))
        )  # fmt: skip
    if cell.reason and cell.reason not in REASONS:
        raise Impossible(message("“{reason}” is no reason of the list; the reasons are {reasons}.", reason=cell.reason, reasons=tuple(REASONS)))
    if needs_reason(cell, price, share, money) and not (cell.reason and cell.text.strip()):
        raise Impossible(message("{family}, {month}: a change of this size needs a reason and a word of explanation.", family=cell.family, month=cell.month))


def as_payload(cell: Cell) -> dict[str, Any]:
    """What is kept of a change."""
    return {
        "family": cell.family, "month": cell.month.isoformat(), "layer": cell.layer, "kind": cell.kind, "value": cell.value, "before": cell.before,
        "reason": cell.reason, "text": cell.text.strip(),
    }  # fmt: skip


def override_of(said: dict[str, Any], who: str, at: str, subject: str) -> Override:
    """A kept change as the demand plan takes it."""
    return Override(
        str(said["family"]), date.fromisoformat(str(said["month"])[:10]), str(said["layer"]), str(said["kind"]), float(said["value"]), who, at,
        str(said.get("reason", "")), str(said.get("text", "")), subject,
    )  # fmt: skip
