"""The demand grid as a workbook: what goes out, and what came back from Excel, cell by cell, before anything of it is kept.

What goes out is written twice: once to be changed, once hidden, as it was. So what somebody did to the file is known exactly, whatever happened to the
plan meanwhile; and a change still says which record its writer saw.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from engine.answers.meeting import cycles, demand_grid
from engine.answers.meeting.changes import Saved
from engine.answers.meeting.demand_grid import LAYERS, REASONS, Line, Typed
from engine.errors import BadUse, GranaryError, Impossible, Refused
from engine.language import LANGUAGES, say
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.store import returned
from engine.store.home import Home

COLUMNS: tuple[tuple[str, Message, bool], ...] = (
    ("family", message("Family"), False),
    ("family_name", message("Name of the family"), False),
    ("month", message("Month"), False),
    ("contract_qty", message("Contracts"), False),
    ("deal_qty", message("Deals about to be signed"), False),
    ("rest_qty", message("Forecast of the rest"), False),
    ("before_qty", message("Before this layer"), False),
    ("new_qty", message("New quantity"), True),
    ("reason", message("Reason"), True),
    ("words", message("Explanation"), True),
    ("demand_qty", message("Demand now"), False),
)
"""Name, heading, and whether the cell may be changed."""
NAMES = tuple(name for name, _, _ in COLUMNS)
OPEN = tuple(name for name, _, is_open in COLUMNS if is_open)
KEPT, STAMP = "granary", "granary-demand-grid-1"
"""Name of the hidden sheet; its first cell, by which a file of ours is known."""
MOST_FAULTS = 12


@dataclass(frozen=True)
class Row:
    """One row of the file: a family's month. Texts and numbers as they stand in the cells; seen: id of the record that stood there."""

    family: str
    month: date
    cells: Mapping[str, str | float | None]
    seen: int


@dataclass(frozen=True)
class Grid:
    """What goes out: all families of a cycle in one layer."""

    month: date
    layer: str
    version: int | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Difference:
    """One cell that somebody changed. column: of OPEN."""

    family: str
    family_name: str
    month: date
    column: str
    before: str | float | None
    after: str | float | None


@dataclass(frozen=True)
class Returned:
    """What a file says that came back. faults: sentences; with any of them nothing of the file is kept. cells: what is to be saved."""

    month: date
    layer: str
    differences: tuple[Difference, ...]
    cells: tuple[tuple[str, date, str, Typed], ...]
    faults: tuple[Message, ...]


def file_name(month: date, layer: str) -> str:
    """What the workbook is called."""
    return f"demand-{cycles.key(month)}-{layer}.xlsx"


def going_out(home: str, who: Scope, layer: str) -> Grid:
    """The whole grid of a layer as it stands. Raises Impossible for a layer that there is not, NotAllowed."""
    sheets = demand_grid.sheets(home, who, layer)
    rows = [Row(sheet.family, line.month, _cells(sheet.family, sheet.name, line), line.seen) for sheet in sheets for line in sheet.lines]
    return Grid(sheets[0].month, layer, sheets[0].version, tuple(rows))


def _cells(family: str, name: str, line: Line) -> dict[str, str | float | None]:
    standing = line.standing
    return {
        "family": family, "family_name": name, "month": line.month.isoformat(), "contract_qty": line.small_qty + line.large_qty, "deal_qty": line.deal_qty,
        "rest_qty": line.rest_qty, "before_qty": line.before_qty, "new_qty": line.layer_qty, "reason": standing.reason if standing else "",
        "words": standing.text if standing else "", "demand_qty": line.demand_qty,
    }  # fmt: skip


# ── what came back ───────────────────────────────────────────────────────────────────────────────────────────────────────


def come_back(home: str, who: Scope, name: str, content: BinaryIO) -> Returned:
    """What somebody changed in a file of ours. Nothing is kept yet.

    Raises Refused for what is no workbook, or none of ours, or one of another cycle; NotAllowed. What is wrong inside stands in `faults`.
    """
    cycles.of_the_company(who, home)
    return understood(home, who, name, returned.sheets(Home(Path(home)), name, content))


def understood(home: str, who: Scope, name: str, sheets: Mapping[str, Sequence[list[str]]]) -> Returned:
    """What the sheets of a file say, as `come_back`: sheet -> its rows of text."""
    kept = sheets.get(KEPT)
    if not kept or kept[0][:1] != [STAMP] or len(kept[0]) < 4:
        raise Refused(message("“{file}” is no demand grid that was taken out here. Take one out on this page, change that one and bring it back.", file=name))
    month, layer = cycles.month_of(kept[0][1]), kept[0][2]
    present = demand_grid.cycle_of(home)
    if month != present or layer not in LAYERS:
        raise Refused(
            message("“{file}” is of the cycle of {month}; now the cycle of {present_month} is planned. Take the grid out anew.",
                    file=name, month=month, present_month=present)
        )  # fmt: skip
    shown = next((rows for title, rows in sheets.items() if title != KEPT and rows and len(rows[0]) >= len(NAMES)), None)
    if shown is None:
        raise Refused(message("“{file}” has lost its first sheet or a column of it. Take the grid out anew.", file=name))
    faults: list[Message] = []
    before = {(row[0], row[2]): row for row in kept[1:] if len(row) > len(NAMES)}
    after = _placed(shown[1:], before, faults)
    differences, cells = _compared(month, layer, before, after, faults)
    return Returned(month, layer, tuple(differences), tuple(cells), tuple([*faults, *_not_possible(home, who, layer, cells)][:MOST_FAULTS]))


def _placed(rows: Sequence[list[str]], before: Mapping[tuple[str, str], list[str]], faults: list[Message]) -> dict[tuple[str, str], tuple[int, list[str]]]:
    """Key -> (row number in Excel, cells), of the rows that the file had when it went out. Added, doubled and missing ones are faults."""
    found: dict[tuple[str, str], tuple[int, list[str]]] = {}
    times: Counter[tuple[str, str]] = Counter()
    for number, row in enumerate(rows, start=2):
        cells = [cell.strip() for cell in row[: len(NAMES)]]
        if not any(cells):
            continue
        key = (cells[0], cells[2][:10])
        times[key] += 1
        if key not in before:
            what = f"{cells[0]} {cells[2]}".strip()
            faults.append(message("Row {row}: “{what}” was not in the file when it went out. Rows may not be added or renamed.", row=number, what=what))
        elif times[key] > 1:
            faults.append(message("Row {row}: {family} {month} stands there twice.", row=number, family=key[0], month=key[1]))
        else:
            found[key] = (number, cells)
    gone = [key for key in before if key not in found]
    if gone:
        first = f"{gone[0][0]} {gone[0][1][:7]}"
        faults.append(
            plural("{n} row is missing: {what}. Put it back, or take the grid out anew.", "{n} rows are missing, first of them {what}. Put them back.",
                   n=len(gone), what=first)
        )  # fmt: skip
    return found


def _compared(
    month: date, layer: str, before: Mapping[tuple[str, str], list[str]], after: Mapping[tuple[str, str], tuple[int, list[str]]], faults: list[Message]
) -> tuple[list[Difference], list[tuple[str, date, str, Typed]]]:  # fmt: skip
    differences: list[Difference] = []
    cells: list[tuple[str, date, str, Typed]] = []
    for key, (number, row) in after.items():
        was = [cell.strip() for cell in before[key]]
        changed = [place for place, name in enumerate(NAMES) if not _same(name, was[place], row[place])]
        locked = [place for place in changed if NAMES[place] not in OPEN]
        for place in locked:
            faults.append(
                message("{cell}: a locked cell was changed from “{before}” to “{found}”. Put it back.", cell=f"{chr(65 + place)}{number}", before=was[place],
                        found=row[place])
            )  # fmt: skip
        if locked or not changed:
            continue
        about = date.fromisoformat(key[1])
        value, reason, words = _typed(number, row, faults)
        seen = int(float(was[len(NAMES)] or 0))
        old = {"new_qty": _number(was[NAMES.index("new_qty")]), "reason": _code(was[NAMES.index("reason")]), "words": was[NAMES.index("words")]}
        new: dict[str, str | float | None] = {"new_qty": value, "reason": reason, "words": words}
        if value is not None or old["new_qty"] is not None:
            differences += [Difference(key[0], was[1], about, NAMES[place], old[NAMES[place]], new[NAMES[place]]) for place in changed]
            cells.append((key[0], about, layer, Typed(value, "set", reason or "", words, seen)))
    return differences, cells


def _same(name: str, before: str, after: str) -> bool:
    """Whether a cell is as it went out; a spreadsheet may write a number or a day in another way."""
    if name == "month":
        return before[:10] == after[:10]
    if name == "reason":
        return _code(before) == _code(after)
    first, second = _number(before), _number(after)
    if first is not None and second is not None:
        return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-6)
    return before == after


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _typed(number: int, row: Sequence[str], faults: list[Message]) -> tuple[float | None, str, str]:
    """(quantity, reason, explanation) of a row; what cannot be is a fault."""
    new, reason, words = (row[NAMES.index(name)] for name in OPEN)
    value, cell = _number(new), f"{chr(65 + NAMES.index('new_qty'))}{number}"
    if new and value is None:
        faults.append(message("{cell}: “{found}” is no number. Write a quantity, or leave the cell empty to take the change back.", cell=cell, found=new[:60]))
    elif value is not None and value < 0:
        faults.append(message("{cell}: {found_qty} is below zero; demand cannot be. Write 0 or more.", cell=cell, found_qty=value))
    code = _code(reason)
    if reason and code is None:
        listed = tuple(REASONS.values())
        where = f"{chr(65 + NAMES.index('reason'))}{number}"
        faults.append(message("{cell}: “{found}” is no reason of the list; the reasons are {reasons}.", cell=where, found=reason[:60], reasons=listed))
    return value, code or "", words[:300]


def _code(said: str) -> str | None:
    """The code of a reason that was written as a code or in one of our languages; "" for nothing."""
    if not said:
        return ""
    words = {say(word, language).casefold(): code for code, word in REASONS.items() for language in LANGUAGES}
    return said if said in REASONS else words.get(said.casefold())


def _not_possible(home: str, who: Scope, layer: str, cells: Sequence[tuple[str, date, str, Typed]]) -> list[Message]:
    """What of the changes the plan would refuse, each by itself."""
    faults = []
    sheets = {sheet.family: sheet for sheet in demand_grid.sheets(home, who, layer)}
    for family, about, _, cell in cells:
        sheet = sheets[family]
        trial = next(iter(demand_grid.trial(home, sheet, {about: cell})), None)
        if trial is not None and trial.fault is not None:
            faults.append(trial.fault)
        elif trial is not None and trial.lacks:
            faults.append(message("{family}, {month}: a change of this size needs a reason and a word of explanation.", family=sheet.name, month=about))
    return faults


def keep(home: str, who: Scope, found: Returned) -> Saved:
    """Keep what came back, after it was looked at. Raises Impossible where a fault stands in it, or the step was closed meanwhile; NotAllowed."""
    if found.faults:
        raise Impossible(found.faults[0])
    if not found.cells:
        raise BadUse(message("Nothing was changed in the file."))
    return demand_grid.put(home, who, found.month, found.cells)


def unpacked(home: str, who: Scope, name: str, content: BinaryIO) -> Mapping[str, Sequence[list[str]]] | Message:
    """The sheets of a file, read once when it came; or the sentence that refuses it."""
    try:
        cycles.of_the_company(who, home)
        return returned.sheets(Home(Path(home)), name, content)
    except GranaryError as fault:
        return fault.said


def looked_at(home: str, who: Scope, name: str, sheets: Mapping[str, Sequence[list[str]]]) -> Returned | Message:
    """What the sheets of a file say as the plan is now, or the sentence that refuses it."""
    try:
        return understood(home, who, name, sheets)
    except GranaryError as fault:
        return fault.said
