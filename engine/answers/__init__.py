"""One function for each question that a page, the command line, an export or the build asks."""

from collections.abc import Callable
from typing import Any

from engine.answers import glossary, inventory, kpis, quality, start
from engine.answers.answer import Answer
from engine.kpis import BOOK
from engine.scope import Scope
from engine.selection import Selection


def _explain(warehouse: Any, selection: Selection, scope: Scope, name: str = "net_sales") -> Answer:
    return kpis.explain(warehouse, name, selection, scope)


def _kpi(warehouse: Any, selection: Selection, scope: Scope, *names: str) -> Answer:
    return kpis.kpi(warehouse, names or tuple(BOOK), selection, scope)


ANSWERS: dict[str, Callable[..., Answer]] = {
    "start": start.start,
    "health": inventory.health,
    "item": inventory.item,
    "quality": quality.quality,
    "rejects": quality.rejects,
    "glossary": glossary.glossary,
    "kpi": _kpi,
    "explain": _explain,
}
"""Question -> (warehouse, selection, scope, *details) -> Answer. `show` prints their main tables; details: names of KPIs."""
