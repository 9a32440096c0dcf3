"""The KPIs that a load would move: each with its value as served and as it would be, and the days that both speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.answers.kpis import kpi
from engine.answers.periods import year_to
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection
from engine.store import warehouse
from engine.store.build import Receipt
from engine.store.home import Home

FLOWS = ("net_sales", "sold_qty", "gross_margin", "margin_share")
OF_A_DAY = ("stock_value", "stock_qty")
OF_A_YEAR = ("turns", "gmroii")
WATCHED = (*FLOWS, *OF_A_DAY, "days_of_supply", *OF_A_YEAR, "unsold_stock_value")


@dataclass(frozen=True)
class Days:
    """Which days a figure speaks of; first is None for a figure of one day, such as a stock."""

    first: date | None
    last: date

    def __str__(self) -> str:
        return self.last.isoformat() if self.first is None else f"{self.first.isoformat()} – {self.last.isoformat()}"


@dataclass(frozen=True)
class Move:
    """A KPI that a load would move: its value as served and as it would be; None = unknown. before_days is None where nothing is served."""

    kpi: str
    before: float | None
    after: float | None
    before_days: Days | None = None
    after_days: Days | None = None


def moves(home: Home, receipt: Receipt, scope: Scope) -> tuple[tuple[Move, ...], Message | None]:
    """The KPIs that move by more than the setting `kpi_move_share`, and a sentence where the window moved with the newest day in the data.

    Stock is that of the last day of each version. What flows is compared over the same days, those of the new version: with the window of the
    version that is served, a month more would look as if it took the sales of another month away.
    """
    if receipt.candidate is None:
        return (), None
    candidate = warehouse.open_candidate(home, receipt.candidate)
    try:
        after = _figures(candidate, WATCHED, Selection(), scope)
    finally:
        candidate.release()
    share = float(home.settings()["kpi_move_share"])
    served, note = _Figures(dict.fromkeys(WATCHED), None, None), None
    if receipt.base is not None:
        opened = warehouse.open_warehouse(home)
        served = _figures(opened, WATCHED, Selection(), scope)
        if served.window is not None and after.window is not None and served.window != after.window:
            same = _figures(opened, FLOWS, Selection(first=after.window.first, last=after.window.last), scope)
            knew = any(served.values[name] is not None for name in FLOWS)
            note = _said(served.window, after.window) if knew else None
            served = _Figures(served.values | same.values, served.window, served.as_of, same.window)
    found = (Move(name, served.values[name], after.values[name], served.days_of(name), after.days_of(name)) for name in WATCHED)
    moved = tuple(move for move in found if has_moved(move.before, move.after, share))
    return moved, note if any(move.kpi in FLOWS for move in moved) else None


def has_moved(before: float | None, after: float | None, share: float) -> bool:
    """Whether a figure moved by more than a share of what it was; to or from unknown, or away from 0, always counts."""
    if before is None or after is None:
        return before is not after
    return abs(after - before) > share * abs(before)


@dataclass(frozen=True)
class _Figures:
    """Values by KPI. window: days of the flows and of demand; as_of: day of the stock; both None where nothing is served; flows: days of the flows
    where they are others."""

    values: dict[str, Any]
    window: Days | None
    as_of: date | None
    flows: Days | None = None

    def days_of(self, name: str) -> Days | None:
        if self.as_of is None:
            return None
        if name in OF_A_DAY:
            return Days(None, self.as_of)
        if name in OF_A_YEAR:
            year = year_to(self.as_of)
            return Days(year.first, year.last)
        return (self.flows or self.window) if name in FLOWS else self.window


def _figures(served: Any, names: Sequence[str], selection: Selection, scope: Scope) -> _Figures:
    answer = kpi(served, names, selection, scope)
    assert answer.last is not None
    assert answer.as_of is not None
    values = answer.frame.row(0, named=True)
    return _Figures({name: values[name] for name in names}, Days(answer.first, answer.last), answer.as_of)


def _said(former: Days, now: Days) -> Message:
    return message(
        "The window moved with the newest day in the data: {former_first_day} to {former_last_day} as served, {first_day} to {last_day} after this load. "
        "Sales, quantity and margin are those of the new window on both sides, so what moves them is what the files bring.",
        former_first_day=former.first, former_last_day=former.last, first_day=now.first, last_day=now.last,
    )  # fmt: skip
