"""What was withdrawn is followed to zero stock: what is left beside what should be left, and when it will be gone."""

from dataclasses import dataclass
from datetime import date, timedelta

ZERO, ON_PLAN, BEHIND, LATE, UNCOUNTED = "zero", "on_plan", "behind", "late", "uncounted"
_DUST = 1e-9


@dataclass(frozen=True)
class RunOff:
    """One product on its way out. started_on: the decision's day; start_qty: its stock then; deadline: when it should be gone; left_qty: stock of a day
    (None = nothing was counted since); on: that day."""

    started_on: date
    deadline: date
    start_qty: float
    left_qty: float | None
    on: date

    @property
    def planned_qty(self) -> float:
        """What should be left on the day: in equal parts from the start to the deadline."""
        whole = (self.deadline - self.started_on).days
        gone = (self.on - self.started_on).days
        return self.start_qty * (1 - min(1.0, max(0.0, gone / whole))) if whole > 0 else 0.0

    @property
    def sold_qty(self) -> float | None:
        """What went since the start; what came in again counts against it."""
        return None if self.left_qty is None else self.start_qty - self.left_qty

    @property
    def zero_on(self) -> date | None:
        """When it will be gone if it goes on as since the start; unknown where nothing went yet."""
        days = (self.on - self.started_on).days
        if self.left_qty is None:
            return None
        if self.left_qty <= _DUST:
            return self.on
        sold = self.sold_qty or 0.0
        if days <= 0 or sold <= _DUST:
            return None
        ahead = self.left_qty * days / sold
        return self.on + timedelta(round(ahead)) if ahead < 36525 else None

    @property
    def state(self) -> str:
        """zero, late (past the deadline with stock), behind or on plan; uncounted where nobody has counted since."""
        if self.left_qty is None:
            return LATE if self.on > self.deadline else UNCOUNTED
        if self.left_qty <= _DUST:
            return ZERO
        if self.on > self.deadline:
            return LATE
        return BEHIND if self.left_qty > self.planned_qty * 1.05 + _DUST else ON_PLAN


def is_dead(deadline: date, day: date) -> bool:
    """Whether what is left counts as withdrawn stock: from the day after the run-off's end."""
    return day > deadline
