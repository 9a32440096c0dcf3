"""The seal of a version: the SHA-256 of its file, kept in its manifest, so that a flipped bit is seen; and the way back to a sound version.

A version that is no longer what was published must not be served: figures from it would be wrong without a word. `fall_back` serves
the newest sound version below it, leaves the damaged file as `<n>.damaged` and notes what happened, so that Start can say it.
`build.rebuild` then makes the damaged version anew from the raw files.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from engine.errors import NothingServed, NotPublished
from engine.messages import Message, message
from engine.store import versions
from engine.store.home import Home

NOTE = "fallen_back.json"
SECONDS_TO_WAIT = 10.0


@dataclass(frozen=True)
class FallBack:
    """damaged: the version that was left. served: the one that took its place. at: when, UTC as ISO text."""

    damaged: int
    served: int
    at: str


def fault(home: Home, version: int) -> Message | None:
    """What is wrong with a version's file and manifest, in a sentence; None = it is what was published. Reads the whole file."""
    try:
        described = versions.manifest(home, version)
        found = versions.digest_of(versions.file_of(home, version))
    except NothingServed as lost:
        return lost.said
    except FileNotFoundError:
        return message("The file of version {version} is gone.", version=version)
    except OSError as refused:
        return message("The file of version {version} cannot be read ({fault}).", version=version, fault=refused.strerror or str(refused))
    if described.get("sha256") is None:
        return _fault_of_unsealed(home, version)
    if found != described["sha256"]:
        return message("The file of version {version} is damaged: it is no longer what was published.", version=version)
    return None


def _fault_of_unsealed(home: Home, version: int) -> Message | None:
    """Of a version that was published before there were seals nobody knows every bit; but it must open."""
    try:
        with duckdb.connect(str(versions.file_of(home, version)), read_only=True) as con:
            con.execute("select count(*) from duckdb_tables()").fetchall()
    except duckdb.Error:
        return message("The file of version {version} is damaged: it cannot be opened.", version=version)
    return None


def is_sealed(home: Home, version: int) -> bool:
    """Whether the manifest of a version knows what its file must be."""
    return versions.manifest(home, version).get("sha256") is not None


def seal(home: Home, version: int) -> None:
    """Note what the file of a version is now; for versions from before there were seals. Raises NotPublished where the disk refuses."""
    described = versions.manifest(home, version)
    with versions.disk_faults_as_sentences():
        described["sha256"] = versions.digest_of(versions.file_of(home, version))
        versions.write_whole(home.warehouse / f"{version}.json", json.dumps(described, ensure_ascii=False, indent=1))


def fall_back(home: Home, wait_seconds: float = SECONDS_TO_WAIT) -> FallBack | None:
    """Where the served version is damaged, serve the newest sound one below it. Returns what was done; None = the served one is sound.

    Raises NotPublished where there is none below, Busy where somebody builds for longer than one waits.
    """
    served = versions.current(home)
    said = None if served is None else fault(home, served)
    if served is None or said is None:
        return None
    with versions.building(home, wait_seconds, versions.account()):
        below = next((version for version in _below(home, served) if fault(home, version) is None), None)
        if below is None:
            raise NotPublished(
                message("{said} There is no sound version below it: make it anew with {command}.", said=said, command="python -m engine rebuild")
            )
        done = FallBack(served, below, datetime.now(UTC).isoformat(timespec="seconds"))
        with versions.disk_faults_as_sentences():
            versions.write_whole(home.warehouse / NOTE, json.dumps(vars(done)))
            versions.write_whole(home.warehouse / "CURRENT", f"{below}\n")
        with contextlib.suppress(OSError):  # gone, or still open somewhere (Windows): what is served is settled by now
            os.replace(versions.file_of(home, served), home.warehouse / f"{served}.damaged")
    return done


def _below(home: Home, version: int) -> Iterator[int]:
    """The versions that a version stands on, then whatever else lies below it, newest first."""
    seen = set()
    step: int | None = version
    while step is not None:
        try:
            step = versions.manifest(home, step)["base"]
        except (NothingServed, KeyError):
            break
        if step is not None:
            seen.add(step)
            yield step
    yield from (number for number in reversed(versions.numbers(home)) if number < version and number not in seen)


def fallen(home: Home) -> FallBack | None:
    """The fall-back that is still in force: nothing was published since. None = there is none."""
    try:
        note = json.loads((home.warehouse / NOTE).read_text(encoding="utf-8"))
        found = FallBack(int(note["damaged"]), int(note["served"]), str(note["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if versions.current(home) == found.served else None


def damaged_above(home: Home) -> int | None:
    """The damaged version whose manifest tells what a rebuild must bring back; None where nothing fell back, or its manifest is lost too."""
    found = fallen(home)
    return found.damaged if found is not None and (home.warehouse / f"{found.damaged}.json").exists() else None
