"""What somebody typed into a grid of demand and has not saved: a draft of theirs, which survives a restart and what others save meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from engine.answers import records
from engine.answers.meeting import changes, cycles
from engine.answers.meeting.grid_shapes import Line, Sheet, Typed
from engine.scope import Scope
from engine.sop.overrides import Cell


def _name(month: date, family: str, layer: str) -> str:
    return f"demand {cycles.key(month)}/{family}/{layer}"


def typed(home: str, who: Scope, month: date, family: str, layer: str) -> dict[date, Typed]:
    """What somebody typed into a grid and has not saved, by month; it survives a restart."""
    kept = records.draft(home, who, _name(month, family, layer)) or {}
    return {date.fromisoformat(about): Typed(**said) for about, said in dict(kept.get("typed") or {}).items()}


def keep_typed(home: str, who: Scope, month: date, family: str, layer: str, cells: Mapping[date, Typed]) -> None:
    """Keep what is typed; nothing where nothing is left of it. Raises NotAllowed for who only looks on."""
    name = _name(month, family, layer)
    if not cells:
        records.drop_draft(home, who, name)
        return
    said = {about.isoformat(): {"value": cell.value, "kind": cell.kind, "reason": cell.reason, "text": cell.text, "seen": cell.seen}
            for about, cell in sorted(cells.items())}  # fmt: skip
    records.save_draft(home, who, name, {"typed": said})


def drop(home: str, who: Scope, month: date, family: str, layer: str) -> None:
    """Forget all that was typed into a grid."""
    for about in typed(home, who, month, family, layer):
        changes.give_up(home, month, Cell(family, about, layer, "set", 0.0), who)
    keep_typed(home, who, month, family, layer, {})


def keep_theirs(home: str, who: Scope, month: date, family: str, layer: str, about: date) -> None:
    """Where somebody else was faster: what was typed is forgotten, theirs stands."""
    left = {each: cell for each, cell in typed(home, who, month, family, layer).items() if each != about}
    changes.give_up(home, month, Cell(family, about, layer, "set", 0.0), who)
    keep_typed(home, who, month, family, layer, left)


def take_mine(home: str, who: Scope, found: Sheet, about: date) -> None:
    """Where somebody else was faster: what was typed is to replace what they wrote, which was seen now. It is saved with the rest."""
    cells, line = typed(home, who, found.month, found.family, found.layer), found.line(about)
    if about in cells and line is not None:
        cells[about] = replace(cells[about], seen=line.seen)
        keep_typed(home, who, found.month, found.family, found.layer, cells)


def shown_number(kind: str, value: float | None) -> float | None:
    """A change as it is typed: shares in per cent."""
    return None if value is None else value * 100 if kind == "share" else value


def edited(line: Line, kind: str, before: Typed | None, edits: Mapping[str, object]) -> Typed | None:
    """A cell after it was edited. edits: of `new` (as typed: shares in per cent; None = emptied), `reason`, `words` those that were changed.

    before: what was typed there earlier. None: nothing is left to be kept. What stands there and is emptied is to be taken back.
    """
    standing = line.standing if line.standing is not None and line.standing.kind == kind else None
    start = before if before is not None and before.kind == kind else None
    value = start.value if start is not None else standing.value if standing is not None else None
    reason, text = (start.reason, start.text) if start is not None else (standing.reason, standing.text) if standing is not None else ("", "")
    if "new" in edits:
        typed_value = edits["new"]
        value = None if typed_value is None else float(str(typed_value)) / (100 if kind == "share" else 1)
    reason, text = (str(edits.get(name, now) or "") for name, now in (("reason", reason), ("words", text)))
    seen = before.seen if before is not None else line.seen
    if value is None:
        takes_back = Typed(None, kind, reason, text, seen) if line.standing is not None else None
        return takes_back if "new" in edits else before
    unchanged = standing is not None and (standing.value, standing.reason, standing.text) == (value, reason, text)
    return None if unchanged else Typed(value, kind, reason, text, seen)
