"""Loading, as the doors see it: files in, a receipt to look at, then published or thrown away.

The receipt of the store says what became of every row; here the KPIs are added that the load would move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.answers import audit
from engine.answers.allowing import require
from engine.answers.kept import kept
from engine.answers.moves import Move, moves
from engine.errors import NothingServed
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.store import build, sources, versions, warehouse
from engine.store.build import Progress, Receipt, nobody
from engine.store.home import Home
from engine.store.intake.reading import Options


@dataclass(frozen=True)
class Load:
    """A prepared load: the store's receipt and the KPIs that it would move by more than the setting `kpi_move_share`; window_moved: that they are
    compared over other days than those of what is served."""

    receipt: Receipt
    moves: tuple[Move, ...]
    window_moved: Message | None = None


def prepare(
    home: Home,
    paths: Sequence[Path],
    options: Options | None = None,
    *,
    adapter: Path | None = None,
    answers: dict[str, dict[str, Any]] | None = None,
    shown_as: dict[str, str] | None = None,
    replace_overlap: bool = False,
    partial: bool = False,
    progress: Progress = nobody,
) -> Load:
    """Read and check files and build a candidate; nothing that is served changes.

    answers:  shown name -> options settled for that file alone (`{"sales.csv": {"dates": "dmy"}}`).
    shown_as: path -> name to show (an upload lies under a random name).
    Raises BadUse, Busy, NotPublished; a refused file is no error but stands in the receipt.
    """
    found = sources.adapter_sources(home, paths, adapter) if adapter else sources.plain_sources(home, paths, options or Options())
    named = [replace(source, shown_as=(shown_as or {}).get(source.shown_as, source.shown_as)) for source in found.sources]
    settled = [sources.with_options(source, **(answers or {}).get(source.shown_as, {})) for source in named]
    return prepare_found(home, sources.Found(settled, found.left_out), replace_overlap=replace_overlap, partial=partial, progress=progress)


def prepare_found(home: Home, found: sources.Found, *, replace_overlap: bool = False, partial: bool = False, progress: Progress = nobody) -> Load:
    """The same for files that are kept already, such as those of the inbox."""
    receipt = build.prepare(home, found, replace=replace_overlap, partial=partial, progress=progress, keep=kept)
    return Load(receipt, *moves(home, receipt, EVERYTHING))


def publish(home: Home, load: Load, scope: Scope | None = EVERYTHING, by: str = "load") -> int:
    """Serve the prepared load. Returns the version number. scope: who does it; None = a program, of which nothing is noted. by: `load` or `close`."""
    if scope is not None:
        require(scope, "close" if by == "close" else "load", home, "publish")
    version = build.publish(home, load.receipt.token, by=by)
    if scope is not None:
        facts = {"version": version, "base": load.receipt.base}
        audit.notes(home, scope, [*_files(load.receipt, version), ("publish", f"version {version}", facts)])
    return version


def discard(home: Home, load: Load, scope: Scope | None = EVERYTHING) -> None:
    """Throw the prepared load away."""
    if scope is not None:
        require(scope, "load", home, "discard")
    build.discard(home, load.receipt.token)
    if scope is not None:
        audit.note(home, scope, "discard", ", ".join(str(file["file"]) for file in load.receipt.files), version=load.receipt.base)


def refused(home: Home, load: Load, scope: Scope) -> None:
    """Note the files of a load that cannot be published, with what was found in them: nothing else will tell of them. A question left open is no refusal."""
    if not load.receipt.publishable:
        audit.notes(home, scope, [entry for entry in _files(load.receipt, load.receipt.base) if entry[0] == "refuse_load"])


def undo(home: Home, scope: Scope = EVERYTHING) -> tuple[int, int]:
    """Serve the version below. Returns (undone, served now)."""
    require(scope, "undo", home)
    undone, served = build.undo(home)
    audit.note(home, scope, "undo", f"version {undone}", version=served, undone=undone, served=served)
    return undone, served


def rebuild(home: Home, progress: Progress = nobody, scope: Scope = EVERYTHING) -> int:
    """Make the served data anew from the raw files. Returns the new version."""
    require(scope, "load", home, "rebuild")
    version = build.rebuild(home, progress=progress, keep=kept)
    audit.note(home, scope, "rebuild", f"version {version}", version=version)
    return version


def _totals(file: Mapping[str, Any]) -> list[str]:
    """The control totals of a file, each as its column and the sum, to the fourth decimal."""
    return [f"{column} {round(value, 4)}" for column, value in (file["totals"] or {}).items() if value is not None]


def _files(receipt: Receipt, version: int | None) -> list[audit.Entry]:
    """What is noted of each file: fingerprint, name as it was brought, rows and what became of them, control totals, version of the contract."""
    contract = build.schema_hash()[:16]
    return [
        (
            "refuse_load" if file["status"] == "refused" else "load",
            str(file["file"]),
            {name: file.get(name) for name in ("table", "sha256", "status", "read", "loaded", "repaired", "rejected", "set_aside")}
            | {"replaced": (file["overlap"] or {}).get("rows"), "totals": _totals(file)}
            | {"contract": contract, "reason": None if file["reason"] is None else str(Message.from_json(file["reason"])), "version": version},
        )
        for file in receipt.files
        if not file.get("again") and not file.get("question")
    ]


def status(home: Home) -> dict[str, Any]:
    """What is served: version, when it was made, from which files; {"version": None} where nothing is."""
    try:
        described = versions.manifest(home)
    except NothingServed:
        return {"version": None, "published": False, "home": str(home.path), "tables": []}
    tables = warehouse.open_warehouse(home).read("rows_tables", described["version"])
    return {
        "version": described["version"], "published": True, "home": str(home.path), "base": described["base"], "published_at": described["published_at"],
        "kept_versions": versions.chain(home, int(home.settings()["kept_versions"])), "tables": tables.to_dicts(),
    }  # fmt: skip
