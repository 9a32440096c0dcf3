"""Approved versions of the plan: frozen with a fingerprint of their figures and inputs, numbered by cycle and approval, all of them kept.

The figures themselves lie in the record, so that a version outlives the warehouse that it was made from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from engine.answers import allowing, records
from engine.answers.meeting import cycles
from engine.errors import BadUse, NotAllowed, NotKept
from engine.messages import message
from engine.scope import Scope
from engine.sop.versions import fingerprint

KIND = "plan"
MOST_CELLS = 400_000


@dataclass(frozen=True)
class Version:
    """One approved plan. number: 1 for the first approval of its cycle, 2 where it was reopened and approved again. hash: of its figures; inputs:
    fingerprint of what it was made from; warehouse: the version of the data."""

    month: date
    number: int
    who: str
    at: datetime
    hash: str
    inputs: str
    warehouse: int | None
    record_id: int

    @property
    def name(self) -> str:
        return f"{cycles.key(self.month)}-{self.number}"


def freeze(home: str, month: date, frames: Mapping[str, pl.DataFrame], inputs: str, who: Scope, version: int | None, seen: int) -> Version:
    """Approve a cycle's plan: its frames become a version. seen: id of the newest approval of the cycle that was seen, 0 = none.

    Raises NotAllowed for who may not approve, NotKept where somebody else approved meanwhile, BadUse for an empty plan.
    """
    cycles.of_the_company(who, home)
    allowing.require(who, "approve", home, KIND)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: an approval carries a name."))
    cells = sum(frame.height * frame.width for frame in frames.values())
    if not cells or cells > MOST_CELLS:
        raise BadUse(message("A plan of {n_cells} figures cannot be approved; between 1 and {most} were expected.", n_cells=cells, most=MOST_CELLS))
    number = len(records.history(home, KIND, cycles.key(month))) + 1
    digest = fingerprint(frames)
    payload = {"number": number, "hash": digest, "inputs": inputs, "frames": {name: _kept(frame) for name, frame in frames.items()}}
    try:
        kept = records.record(home, KIND, cycles.key(month), payload, who, version, seen)
    except NotKept as fault:
        standing = versions(home, month)
        if not standing or standing[-1].record_id == seen:
            raise
        raise NotKept(
            message("{who} approved the plan of {month} just now; look at it before you approve again.", who=standing[-1].who, month=month)
        ) from fault
    return _version(kept)


def versions(home: str, month: date | None = None) -> list[Version]:
    """All approved versions (of one cycle), oldest first."""
    return [_version(kept) for kept in records.history(home, KIND, None if month is None else cycles.key(month))]


def frames_of(home: str, version: Version) -> dict[str, pl.DataFrame]:
    """The figures of a version. Raises NotKept where they are not those that were approved."""
    kept = next((row for row in records.history(home, KIND, cycles.key(version.month)) if row.id == version.record_id), None)
    if kept is None:
        raise NotKept(message("The plan {name} is not in the records any longer; restore them from a backup.", name=version.name))
    frames = {name: _frame(said) for name, said in ((kept.payload or {}).get("frames") or {}).items()}
    if fingerprint(frames) != version.hash:
        raise NotKept(message("The figures of plan {name} are not those that were approved; verify the records.", name=version.name))
    return frames


def before(home: str, month: date) -> Version | None:
    """The newest approved version of an earlier cycle: the plan of record that a meeting starts from."""
    return next((version for version in reversed(versions(home)) if version.month < month), None)


def _version(kept: records.Record) -> Version:
    said = kept.payload or {}
    return Version(
        cycles.month_of(kept.subject), int(said.get("number", 0)), kept.who, kept.at, str(said.get("hash", "")), str(said.get("inputs", "")), kept.version,
        kept.id,
    )  # fmt: skip


def _kept(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame as JSON: names in their order, types by name, columns as lists."""
    dates = [name for name, dtype in frame.schema.items() if dtype == pl.Date]
    plain = frame.with_columns(pl.col(dates).cast(pl.String), pl.col(pl.Float64).fill_nan(None).round(6))
    return {
        "names": frame.columns,
        "types": {name: str(dtype) for name, dtype in frame.schema.items()},
        "columns": {name: plain[name].to_list() for name in frame.columns},
    }


_TYPES: dict[str, Any] = {"String": pl.String, "Float64": pl.Float64, "Int64": pl.Int64, "Boolean": pl.Boolean, "Date": pl.Date}


def _frame(said: Mapping[str, Any]) -> pl.DataFrame:
    types = {name: _TYPES[said["types"][name]] for name in said["names"]}
    plain = pl.DataFrame({name: said["columns"][name] for name in types}, schema={name: pl.String if kind == pl.Date else kind for name, kind in types.items()})
    return plain.with_columns(pl.col(name).str.to_date() for name, kind in types.items() if kind == pl.Date)
