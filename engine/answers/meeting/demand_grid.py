"""The grid in which one family's demand is changed: what stands in each month, what somebody has typed, what that would do, and keeping it.

What is typed is a draft until it is saved. Each cell of it remembers which record its writer saw: where somebody else was faster, the cell is shown
with both figures, and neither is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from engine.answers import records
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import changes, cycles
from engine.answers.meeting.changes import Saved
from engine.answers.meeting.grid_drafts import drop, edited, keep_theirs, keep_typed, shown_number, take_mine, typed
from engine.answers.meeting.grid_shapes import KIND_WORDS, LAYER_WORDS, Line, Sheet, Trial, Typed
from engine.answers.sop.basis import Demand, demand_of
from engine.answers.source import Memory, Source, source_of
from engine.errors import GranaryError, Impossible
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.demand import KINDS, LAYERS, Override, layered
from engine.sop.grid import Axes, Numbers
from engine.sop.overrides import REASONS, Cell, needs_reason
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

__all__ = [
    "KINDS", "KIND_WORDS", "LAYERS", "LAYER_WORDS", "REASONS", "Line", "Sheet", "Trial", "Typed", "drop", "edited", "keep_theirs", "keep_typed", "put", "save",
    "sheet", "sheets", "shown_number", "take_mine", "trial", "typed", "undo", "weighting", "withdraw", "words_of",
]  # fmt: skip


@dataclass(frozen=True)
class _Plan:
    """A demand plan with what was changed in it, as the present data and records have it."""

    demand: Demand
    standing: Mapping[tuple[str, date, str], Override]
    seen: Mapping[tuple[str, date, str], int]
    settings: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None


_PLANS = Memory(6)


def _plan(home: str) -> _Plan:
    """The plan as data and records have it now, kept for as long as neither moves: one page asks for it several times."""
    warehouse = open_warehouse(Home(Path(home)))
    source, run = source_of(warehouse), run_of(warehouse)
    key = (home, source.version, source.settings, run, records.head(home, changes.KIND))
    return _PLANS.recall(key, lambda: _read(home, source, run))


def _read(home: str, source: Source, run: str) -> _Plan:
    demand = demand_of(source, Selection(), run)
    month = demand.months.first
    standing = {(each.family, each.month, each.layer): each for each in changes.of_cycle(home, month) if isinstance(each.month, date)}
    return _Plan(demand, standing, changes.seen_ids(home, month), source.settings, source.version)


def sheet(home: str, who: Scope, family: str, layer: str) -> Sheet:
    """The grid of a family in a layer, as it stands now; without a price for who does not see sales in money.

    Raises Impossible for a family that the plan does not have, NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(who, home)
    plan = _plan(home)
    found = _sheet(plan, family, layer, _closed(home, plan.demand.months.first))
    return found if who.shows("sales_value") else replace(found, price=None)


def sheets(home: str, who: Scope, layer: str) -> list[Sheet]:
    """The grids of all families in a layer. Raises as `sheet` does."""
    cycles.of_the_company(who, home)
    plan = _plan(home)
    if not plan.demand.families.names:
        raise Impossible(message("There is no family of products to plan."))
    closed = _closed(home, plan.demand.months.first)
    return [_sheet(plan, family, layer, closed) for family in plan.demand.families.names]


def cycle_of(home: str) -> date:
    """The first month that is planned now: the cycle's."""
    return _plan(home).demand.months.first


def _sheet(plan: _Plan, family: str, layer: str, closed: Message | None) -> Sheet:
    demand = plan.demand
    row = demand.axes.rows.get(family)
    if row is None or layer not in LAYERS:
        raise Impossible(message("The plan has no family “{family}”; choose one of the list.", family=family))
    parts, below = demand.composed, _below(demand, row, layer)
    lines = tuple(
        Line(
            month, float(parts.small[row, place]), float(parts.large[row, place]), float(parts.deals[row, place]), _known(parts.rest[row, place]),
            _known(below[place]), _known(demand.plan[row, place]), plan.standing.get((family, month, layer)), plan.seen.get((family, month, layer), 0),
        )
        for place, month in enumerate(demand.axes.months)
    )  # fmt: skip
    share, money = (float(str(plan.settings[name])) for name in ("override_reason_share", "override_reason_money"))
    name = str(demand.families.frame["family_name"][row] or family)
    return Sheet(demand.months.first, family, name, layer, _known(demand.price[row]), lines, closed, share, money, plan.version)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _below(demand: Demand, row: int, layer: str) -> Numbers:
    """What a layer of a family finds: the demand after all layers below it."""
    found = demand.composed.total[row]
    for lower in LAYERS[: LAYERS.index(layer)]:
        if lower in demand.layered.after:
            found = demand.layered.after[lower][row]
    return np.asarray(found)


def _closed(home: str, month: date) -> Message | None:
    try:
        cycles.closed_for_editing(home, month, "demand")
    except GranaryError as fault:
        return fault.said
    return None


# ── what it would do ─────────────────────────────────────────────────────────────────────────────────────────────────────


def trial(home: str, found: Sheet, cells: Mapping[date, Typed]) -> tuple[Trial, ...]:
    """What each typed cell would do to the demand, each by itself, in order of months."""
    plan = _plan(home)
    return tuple(_trial(plan, found, about, cell) for about, cell in sorted(cells.items()) if found.line(about) is not None)


def _trial(plan: _Plan, found: Sheet, about: date, cell: Typed) -> Trial:
    line = found.line(about)
    assert line is not None
    late = line.seen != cell.seen
    theirs = line.standing if late else None
    try:
        after = _after(plan, found, about, cell)
    except Impossible as fault:
        return Trial(about, cell, line.demand_qty, None, None, None, fault.said, is_late=late, theirs=theirs)
    effect = None if after is None else after - (line.demand_qty or 0.0)
    worth = None if effect is None or found.price is None else effect * found.price
    lacks = cell.value is not None and needs_reason(_cell(found, line, cell), found.price, found.share, found.money) and not (cell.reason and cell.text.strip())
    return Trial(about, cell, line.demand_qty, after, effect, worth, None, lacks, late, theirs)


def _cell(found: Sheet, line: Line, cell: Typed) -> Cell:
    return Cell(found.family, line.month, found.layer, cell.kind, float(cell.value or 0.0), line.before_qty, cell.reason, cell.text, cell.seen)


def _after(plan: _Plan, found: Sheet, about: date, cell: Typed) -> float | None:
    """The month's demand with the cell in place of what stands there. Raises Impossible for a change that makes a demand negative or is no number."""
    demand, key = plan.demand, (found.family, about, found.layer)
    row, place = demand.axes.rows[found.family], demand.axes.columns[about]
    others = [each for where, each in plan.standing.items() if where[:2] == key[:2] and where != key]
    mine = [] if cell.value is None else [Override(found.family, about, found.layer, cell.kind, float(cell.value))]
    only = Axes((found.family,), (about,))
    base = demand.composed.total[row : row + 1, place : place + 1]
    ordered = sorted([*others, *mine], key=lambda each: LAYERS.index(each.layer))
    return _known(float(layered(only, base, ordered).demand[0, 0]))


# ── keeping it ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def save(home: str, who: Scope, found: Sheet, cells: Mapping[date, Typed] | None = None) -> Saved:
    """Keep what was typed into a grid (cells: else the draft), each cell by itself: where somebody else was faster, theirs stands and the cell stays typed.

    Raises Impossible, before anything is kept, where the step is closed, a change would make a demand negative, or a large one has no reason; NotAllowed.
    """
    wanted = typed(home, who, found.month, found.family, found.layer) if cells is None else dict(cells)
    saved = put(home, who, found.month, [(found.family, about, found.layer, cell) for about, cell in wanted.items()])
    late = {conflict.mine.month for conflict in saved.conflicts}
    keep_typed(home, who, found.month, found.family, found.layer, {about: cell for about, cell in wanted.items() if about in late})
    return saved


def put(home: str, who: Scope, month: date, cells: Iterable[tuple[str, date, str, Typed]]) -> Saved:
    """Keep cells of several families, as (family, month, layer, typed). All are checked before any is kept. Raises as `save` does."""
    plan, wanted = _plan(home), list(cells)
    found_by: dict[tuple[str, str], Sheet] = {}
    changed: list[Cell] = []
    taken_back: list[Cell] = []
    for family, about, layer, cell in wanted:
        found = found_by.get((family, layer)) or _sheet(plan, family, layer, None)
        found_by[family, layer] = found
        line = found.line(about)
        if line is None:
            raise Impossible(message("The plan has no month {month}; it was not changed.", month=about))
        _after(plan, found, about, cell)
        (taken_back if cell.value is None else changed).append(_cell(found, line, cell))
    prices = {family: found.price for (family, _), found in found_by.items() if found.price is not None}
    settings = source_of(open_warehouse(Home(Path(home)))).settings
    saved = changes.save(home, month, changed, prices, settings, who, plan.version)
    kept, conflicts = list(saved.kept), list(saved.conflicts)
    for back in taken_back:
        left = changes.withdraw(home, month, back, who, plan.version)
        (kept.append(back) if left is None else conflicts.append(left))
    return Saved(tuple(kept), tuple(conflicts))


def withdraw(home: str, who: Scope, found: Sheet, about: date) -> Saved:
    """Take back what this layer changed in a month."""
    line = found.line(about)
    return put(home, who, found.month, [(found.family, about, found.layer, Typed(None, seen=line.seen if line else 0))])


def undo(home: str, who: Scope, month: date, subject: str) -> None:
    """Put back what stood in a cell before its last change. Raises Impossible where the step is signed, BadUse, NotKept."""
    newest = records.newest(home, changes.KIND, subject, with_ended=True)
    changes.undo(home, month, subject, newest[0].id if newest else 0, who, open_warehouse(Home(Path(home))).version)


def words_of(home: str, subjects: Iterable[str]) -> dict[str, str]:
    """The explanation of each change in force, by the subject of its record."""
    wanted = set(subjects)
    return {kept.subject: str((kept.payload or {}).get("text", "")) for kept in records.newest(home, changes.KIND) if kept.subject in wanted}


def weighting(home: str) -> str:
    """Whether deals count in `full` or by `probability`."""
    return str(source_of(open_warehouse(Home(Path(home)))).settings["plan_deal_weighting"])
