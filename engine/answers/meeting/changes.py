"""Changes of the demand plan by hand: each cell is a record of its own, so that two people's changes of different cells never meet.

Whoever changes a cell says which record they saw in it. Where somebody was faster, theirs stands, and what was to be written is kept as a draft of
its writer until they take it back or write it again: nothing is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.answers import records
from engine.answers.meeting import cycles
from engine.errors import BadUse, NotAllowed, NotKept
from engine.messages import message
from engine.scope import Scope
from engine.settings import Settings
from engine.sop import overrides as rules
from engine.sop.demand import Override
from engine.sop.overrides import Cell

KIND = "override"


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody else changed meanwhile. mine: what was to be written; theirs: what stands there now (None = taken back), whose and when."""

    mine: Cell
    theirs: float | None
    kind: str
    who: str
    at: str
    record_id: int


@dataclass(frozen=True)
class Saved:
    """What became of some changes: cells that were kept, and those that somebody else was faster with."""

    kept: tuple[Cell, ...]
    conflicts: tuple[Conflict, ...]


def subject_of(month: date, cell: Cell) -> str:
    return f"{cycles.key(month)}/{cell.family}/{cycles.key(cell.month)}/{cell.layer}"


def save(home: str, month: date, cells: Sequence[Cell], prices: Mapping[str, float], settings: Settings, who: Scope, version: int | None) -> Saved:
    """Keep changes of a cycle's demand plan, each by itself.

    prices: family -> money of a piece, for the size above which a reason is needed.
    Raises Impossible before anything is kept: the step is closed, or one of the changes cannot be; NotAllowed without a name.
    """
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: a change of the plan carries a name."))
    cycles.closed_for_editing(home, month, "demand")
    share, money = float(settings["override_reason_share"]), float(settings["override_reason_money"])
    for cell in cells:
        rules.check(cell, prices.get(cell.family), share, money)
    kept, conflicts = [], []
    for cell in cells:
        subject = subject_of(month, cell)
        try:
            records.record(home, KIND, subject, rules.as_payload(cell), who, version, cell.seen)
        except NotKept:
            standing = records.newest(home, KIND, subject, with_ended=True)
            if not standing or standing[0].id == cell.seen:  # it was not somebody else who was in the way
                raise
            conflicts.append(_conflict(cell, standing[0]))
            records.save_draft(home, who, f"{KIND} {subject}", rules.as_payload(cell))
        else:
            records.drop_draft(home, who, f"{KIND} {subject}")
            kept.append(cell)
    return Saved(tuple(kept), tuple(conflicts))


def _conflict(mine: Cell, theirs: records.Record) -> Conflict:
    said = {} if theirs.is_ended else theirs.payload or {}
    value = said.get("value")
    return Conflict(mine, None if value is None else float(value), str(said.get("kind", "")), theirs.who, theirs.at.isoformat(), theirs.id)


def withdraw(home: str, month: date, cell: Cell, who: Scope, version: int | None) -> Conflict | None:
    """Take back the change that stands in a cell; None where that was done, else what somebody else put there meanwhile.

    Raises Impossible where the step is closed, BadUse where nothing stands there, NotAllowed without a name.
    """
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: a change of the plan carries a name."))
    cycles.closed_for_editing(home, month, "demand")
    subject = subject_of(month, cell)
    standing = records.newest(home, KIND, subject, with_ended=True)
    if not standing or standing[0].is_ended:
        raise BadUse(message("There is no change to take back here."))
    try:
        records.record(home, KIND, subject, {"ended": True}, who, version, cell.seen)
    except NotKept:
        newest = records.newest(home, KIND, subject, with_ended=True)
        if not newest or newest[0].id == cell.seen:
            raise
        return _conflict(cell, newest[0])
    return None


def give_up(home: str, month: date, cell: Cell, who: Scope) -> None:
    """Forget what was to be written where somebody else was faster."""
    records.drop_draft(home, who, f"{KIND} {subject_of(month, cell)}")


def undo(home: str, month: date, subject: str, seen: int, who: Scope, version: int | None) -> None:
    """Put back what stood in a cell before its last change, until the step is signed. Raises Impossible, BadUse, NotKept."""
    cycles.of_the_company(who, home)
    cycles.closed_for_editing(home, month, "demand")
    rows = records.history(home, KIND, subject)
    if not rows or rows[-1].is_ended:
        raise BadUse(message("There is no change to take back here."))
    before = next((row for row in reversed(rows[:-1]) if row.id == rows[-1].replaces), None)
    payload = {"ended": True} if before is None or before.is_ended else before.payload
    records.record(home, KIND, subject, payload, who, version, seen)


def of_cycle(home: str, month: date) -> list[Override]:
    """The changes in force, oldest first, as the demand plan takes them; `override_id` is the record's subject."""
    start = cycles.key(month) + "/"
    rows = (kept for kept in records.newest(home, KIND) if kept.subject.startswith(start))
    return [rules.override_of(kept.payload or {}, kept.who, kept.at.isoformat(), kept.subject) for kept in rows]


def seen_ids(home: str, month: date) -> dict[tuple[str, date, str], int]:
    """(family, month, layer) -> id of the newest record there, taken back or not: what a later change must say that it saw."""
    start = cycles.key(month) + "/"
    found = {}
    for kept in records.newest(home, KIND, with_ended=True):
        if kept.subject.startswith(start):
            _, family, about, layer = kept.subject.split("/")
            found[family, cycles.month_of(about), layer] = kept.id
    return found


def trail(home: str, month: date, family: str | None = None) -> list[records.Record]:
    """Every change and taking back of a cycle (of one family), oldest first: who changed what and why."""
    start = cycles.key(month) + "/" + ("" if family is None else family + "/")
    return [kept for kept in records.history(home, KIND) if kept.subject.startswith(start)]
