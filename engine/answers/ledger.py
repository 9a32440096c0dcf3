"""The warehouse held against the ledger: the totals that somebody entered, and what our figures say for the same month."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from engine.answers.kpis import kpi
from engine.facets import KPIS
from engine.roles import FACETS
from engine.scope import Scope
from engine.selection import Selection
from engine.store import control_totals
from engine.store.home import Home
from engine.store.warehouse import open_warehouse


@dataclass(frozen=True)
class Difference:
    """One total: what it is about (`net_sales` of the month, `stock_value` at its end), what the ledger says, what we say."""

    what: str
    month: date
    ledger: float
    ours: float | None

    @property
    def difference(self) -> float | None:
        """Ours less the ledger's; None = we do not know."""
        return None if self.ours is None else self.ours - self.ledger


def entered(home: str) -> tuple[tuple[str, date, float], ...]:
    """The totals in force, newest month first, as (what, month, value); what a cache can be keyed by."""
    return tuple((total.what, total.month, total.value) for total in control_totals.entered(Home(Path(home))))


def differences(home: str, totals: tuple[tuple[str, date, float], ...], scope: Scope) -> tuple[Difference, ...]:
    """Each total beside our figure that the role may see. Whoever does not see all dealers is shown none: the ledger knows only the whole company."""
    if not scope.sees_all:
        return ()
    warehouse = open_warehouse(Home(Path(home)))
    found = []
    for what, month, value in totals:
        if not scope.shows(*KPIS.get(what, FACETS)):
            continue
        last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        ours = kpi(warehouse, (what,), Selection(last, month, last, where=(("item_kind", ("all",)),)), scope).frame[what][0]
        found.append(Difference(what, month, value, ours))
    return tuple(found)
