"""Whether a home is whole: the pointer, the versions behind it, the raw files they were made of, the records and the settings.

Every check is a function of a home that gives sentences; `verify` runs them all, `doctor` adds what lies around the home.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.errors import GranaryError, NothingServed
from engine.messages import Message, message
from engine.store import decisions, restoring, seals, sources, versions
from engine.store.home import Home

Progress = Callable[[dict[str, Any]], None]
FAULT, NOTE = "fault", "note"


@dataclass(frozen=True)
class Finding:
    """check: short name of what was looked at. said: what is wrong and what to do. severity: FAULT, or NOTE where all works but somebody should know."""

    check: str
    said: Message
    severity: str = FAULT


def verified(home: Home, progress: Progress = lambda event: None) -> list[Finding]:
    """Everything that is wrong within a home; reads every file of it."""
    found = []
    for place, (name, check) in enumerate(CHECKS.items()):
        progress({"stage": "verify", "what": name, "share": place / len(CHECKS)})
        found += list(check(home))
    return found


def of_the_restore(home: Home) -> Iterator[Finding]:
    """A restore that broke off serves nothing."""
    if restoring.is_unfinished(home):
        yield Finding("restore", message("A restore into this folder broke off, so nothing is served from it: run the same restore again."))


def of_the_pointer(home: Home) -> Iterator[Finding]:
    """The pointer names a version that is there, with its manifest."""
    if not home.warehouse.is_dir():
        return
    kept = versions.numbers(home)
    try:
        pointed = (home.warehouse / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        if kept:
            said = message("There are versions, but nothing says which of them is served: write its number into {file}.", file="warehouse/CURRENT")
            yield Finding("pointer", said)
        return
    except OSError as fault:
        yield Finding("pointer", message("{file} cannot be read ({fault}).", file="warehouse/CURRENT", fault=fault.strerror or str(fault)))
        return
    if not pointed.isdecimal():
        yield Finding("pointer", message("{file} holds no number; the newest whole version is served in its place. Load once more.", file="warehouse/CURRENT"))
    elif int(pointed) not in kept:
        said = message(
            "Version {version} is to be served, and its file is missing: make it anew with {command}, or restore a backup.",
            version=pointed, command="python -m engine rebuild",
        )  # fmt: skip
        yield Finding("pointer", said)


def of_the_versions(home: Home) -> Iterator[Finding]:
    """Every kept version is what was published."""
    served = versions.current(home)
    for version in reversed(versions.numbers(home)):
        said = seals.fault(home, version)
        if said is not None and version == served:
            yield Finding("version", message("{said} Serve the one below it with {command}.", said=said, command="python -m engine verify --mend"))
        elif said is not None:
            yield Finding("version", message("{said} It is not served; undo cannot reach it.", said=said), NOTE)
    fallen = seals.fallen(home)
    if fallen is not None:
        yield Finding("fallen_back", said_of_fall_back(fallen))


def said_of_fall_back(fallen: seals.FallBack) -> Message:
    """That a damaged version was left for the one below it, and how to get its figures back."""
    return message(
        "The file of version {damaged_version} was damaged; version {version} is served in its place. Build anew on Warehouse › Load, or with {command}.",
        damaged_version=fallen.damaged, version=fallen.served, command="python -m engine rebuild",
    )  # fmt: skip


def of_the_raw_files(home: Home) -> Iterator[Finding]:
    """Every file that the served version was made of is kept, and every kept file is what its name says."""
    lying = {path.name.split(".")[0]: path for path in sorted(home.raw.glob("*")) if path.is_file() and not path.name.startswith(".")}
    lying.pop(versions.SOURCES.split(".")[0], None)
    for digest, shown_as in _needed(home).items():
        if digest not in lying:
            said = message("The raw file of “{file}” ({sha256}) is missing: load it again, or restore a backup.", file=shown_as, sha256=digest[:12])
            yield Finding("raw_missing", said)
    for digest, path in lying.items():
        try:
            is_whole = versions.digest_of(path) == digest
        except OSError as fault:
            yield Finding("raw_changed", message("The raw file {sha256} cannot be read ({fault}).", sha256=digest[:12], fault=fault.strerror or str(fault)))
            continue
        if not is_whole:
            said = message("The raw file {sha256} is no longer what was loaded: restore it from a backup, or load the file again.", sha256=digest[:12])
            yield Finding("raw_changed", said)


def _needed(home: Home) -> dict[str, str]:
    """SHA-256 of each raw file of the served version -> the name by which people know it."""
    try:
        described = versions.manifest(home)["sources"]
    except (NothingServed, KeyError):
        return {}
    needed = {}
    for kept in described:
        source = sources.Source.from_json({key: value for key, value in kept.items() if key not in ("source_id", "table")})
        needed[source.kept.split(".")[0]] = source.shown_as
        needed |= {digest: name for _, name, digest in source.raw_files}
    return needed


def of_the_records(home: Home) -> Iterator[Finding]:
    """The chain of the records is unbroken, and its anchor fits."""
    try:
        found = decisions.verify(home)
    except GranaryError as fault:
        yield Finding("records", fault.said)
        return
    for said in found.faults:
        yield Finding("records", said)


def of_the_settings(home: Home) -> Iterator[Finding]:
    """The settings can be read."""
    try:
        home.own_settings()
    except GranaryError as fault:
        said = message("{said} Mend the file or take it away; until then the defaults are in force.", said=fault.said)
        yield Finding("settings", said)
    except OSError as fault:
        yield Finding("settings", message("{file} cannot be read ({fault}).", file="settings.json", fault=fault.strerror or str(fault)))


def of_the_receipts(home: Home) -> Iterator[Finding]:
    """What is kept of a load can be read."""
    for path in sorted(home.receipts.glob("*.json")):
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            yield Finding("receipts", message("The receipt of version {version} cannot be read; it is only for looking back.", version=path.stem), NOTE)


CHECKS: dict[str, Callable[[Home], Iterator[Finding]]] = {
    "restore": of_the_restore, "pointer": of_the_pointer, "version": of_the_versions, "raw": of_the_raw_files,
    "records": of_the_records, "settings": of_the_settings, "receipts": of_the_receipts,
}  # fmt: skip
