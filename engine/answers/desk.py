"""The loading desk, as the page needs it: always for the own home, because nothing is ever loaded into the demo's."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from engine.answers import audit, loading, quality
from engine.answers.allowing import require
from engine.answers.answer import Answer
from engine.answers.loading import Load
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store import control_totals, uploads, versions, warehouse
from engine.store.home import Home, own_home
from engine.store.intake import profiles
from engine.store.intake.reading import Options

__all__ = [
    "Batch",
    "Load",
    "adopt_profile",
    "discard",
    "enter_total",
    "filled",
    "has_version_below",
    "look",
    "months_for_totals",
    "profile_file",
    "publish",
    "rebuild",
    "receive",
    "rejects",
    "saved_profiles",
    "undo",
]


@dataclass(frozen=True)
class Batch:
    """What is to be loaded. files: (path, name to show); folder: one on this machine. answers: shown name -> option -> value."""

    files: tuple[tuple[str, str], ...] = ()
    folder: str | None = None
    profile: str | None = None
    replace: bool = False
    partial: bool = False


def receive(name: str, content: BinaryIO, scope: Scope = EVERYTHING) -> str:
    """Keep an uploaded file under a random name. Returns its path. Raises NotAllowed, NotPublished where the disk refuses."""
    require(scope, "load", own_home(), name)
    return str(uploads.receive(own_home(), name, content))


def look(
    batch: Batch, answers: Mapping[str, Mapping[str, Any]], progress: Callable[[dict[str, Any]], None], scope: Scope = EVERYTHING
) -> Load:  # fmt: skip
    """Read and check what is to be loaded; nothing that is served changes. answers: shown name -> options settled for that file.

    Raises BadUse, Busy, NotPublished; a refused file stands in the receipt.
    """
    require(scope, "load", own_home(), "look")
    paths = [Path(path) for path, _ in batch.files] or [Path(batch.folder or "")]
    shown_as = {Path(path).name: shown for path, shown in batch.files}
    settled = {name: dict(options) for name, options in answers.items()}
    load = loading.prepare(
        own_home(), paths, Options(profile=batch.profile), answers=settled, shown_as=shown_as,
        replace_overlap=batch.replace, partial=batch.partial, progress=progress,
    )  # fmt: skip
    loading.refused(own_home(), load, scope)
    return load


def rejects(load: Load) -> Answer | None:
    """The rows of these files that would not be loaded, each with its line and reason; None where there are none.

    Where nothing was built, the first of each file, as the receipt holds them.
    """
    files = [str(file["file"]) for file in load.receipt.files if file["rejected"]]
    if not files:
        return None
    if load.receipt.candidate is None:
        return quality.rejects_of(load.receipt.files)
    candidate = warehouse.open_candidate(own_home(), load.receipt.candidate)
    try:
        every = quality.rejects(candidate, Selection(), EVERYTHING)
    finally:
        candidate.release()
    return replace(every, frame=every.frame.filter(every.frame["file"].is_in(files)))


def publish(load: Load, scope: Scope = EVERYTHING) -> int:
    """Serve what was looked at. Returns the version."""
    return loading.publish(own_home(), load, scope)


def discard(load: Load, scope: Scope | None = None) -> None:
    """Throw away what was looked at. scope: who does so; None = it only makes room for another look, which is not noted."""
    if load.receipt.publishable and not load.receipt.nothing_new:
        loading.discard(own_home(), load, scope)


def undo(scope: Scope = EVERYTHING) -> tuple[int, int]:
    """Serve the version below. Returns (undone, served now). Raises BadUse where there is none."""
    return loading.undo(own_home(), scope)


def rebuild(home: str, progress: Callable[[dict[str, Any]], None], scope: Scope = EVERYTHING) -> int:
    """Build a home's data anew from the files that were loaded. Returns the version. Raises Busy, NotPublished."""
    return loading.rebuild(Home(Path(home)), progress, scope)


def has_version_below() -> bool:
    """Whether there is a version to go back to."""
    home = own_home()
    return len(versions.chain(home, 2)) > 1


def filled() -> dict[str, int]:
    """Input table of the own home → rows that are served; empty where nothing is loaded yet."""
    return {row["table_name"]: int(row["row_count"]) for row in loading.status(own_home())["tables"] if row["row_count"]}


def saved_profiles() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The mappings that are remembered: name -> (input table, headings)."""
    return {str(profile["name"]): (str(profile.get("table")), tuple(map(str, profile["headings"]))) for profile in profiles.saved(own_home().profiles)}


def profile_file(name: str) -> bytes:
    """A remembered mapping as a file that a colleague can bring to their own desk; it holds no data."""
    found = next((profile for profile in profiles.saved(own_home().profiles) if str(profile["name"]) == name), {})
    return json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8")


def adopt_profile(name: str, content: bytes, scope: Scope = EVERYTHING) -> str:
    """Keep a mapping that was saved elsewhere. Returns its name. Raises BadUse where the file is none."""
    require(scope, "load", own_home(), name)
    adopted = uploads.adopt_profile(own_home(), name, content)
    audit.note(own_home(), scope, "profile", adopted, file=name)
    return adopted


def enter_total(what: str, month: date, value: float, who: Scope | str) -> None:
    """Keep a total of the ledger. Raises BadUse for a kind that is not compared."""
    by = Scope(who=who) if isinstance(who, str) else who
    require(by, "load", own_home(), what)
    control_totals.enter(own_home(), what, month, value, by.who)
    audit.note(own_home(), by, "control_total", what, month=month, value=value)


def months_for_totals(last_day: date | None, most: int = 36) -> list[date]:
    """The months for which a total may be entered: that of the last day in the data and those before it, newest first."""
    month = (last_day or date.today()).replace(day=1)
    months = [month]
    while len(months) < most:
        month = (month - timedelta(days=1)).replace(day=1)
        months.append(month)
    return months


def why_not(load: Load) -> Message | None:
    """The first reason why a load cannot be published; None where it can."""
    return load.receipt.why_not()
