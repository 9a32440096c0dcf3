"""A home out of a backup: into an empty folder only, every member held against its checksum, served only once all of it stands.

The pointer to the served version comes last, so a restore that breaks off serves nothing. A note (`RESTORING`) says that a folder is
half restored; the same command may then go on.
"""

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import BadUse, NotKept, NotPublished, Refused
from engine.messages import Message, message
from engine.store import archive, versions
from engine.store.archive import Archive
from engine.store.home import Home
from engine.store.records import copying, opening

UNFINISHED = "RESTORING"
STAGING = ".restoring"
FULL = message("The disk is full; nothing is served from this folder yet. Free some space and restore again.")
FAULTS = {errno.ENOSPC: FULL, errno.EDQUOT: FULL}

Progress = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Restored:
    """What was brought back. version: that is served now; None = the archive held none. made_at: when the archive was made."""

    home: Home
    version: int | None
    members: int
    made_at: str
    seconds: float


@contextlib.contextmanager
def faults_as_sentences() -> Iterator[None]:
    """A fault of the disk as NotPublished; the folder is half restored, and nothing is served from it."""
    try:
        yield
    except OSError as fault:
        other = message("The disk did not obey ({fault}); nothing is served from this folder yet. Restore again.", fault=fault.strerror or str(fault))
        raise NotPublished(FAULTS.get(fault.errno or 0, other)) from fault


def restore(file: Path, home: Home, progress: Progress = lambda event: None) -> Restored:
    """Bring a backup back into an empty home. Raises BadUse (no file, a home or database that holds something), Refused (damaged, cut, foreign,
    newer), NotPublished (disk)."""
    began = time.monotonic()
    with archive.reading(file) as packed:
        _refuse_newer_records(packed)
        with faults_as_sentences():
            refuse_full(home)
            copying.refuse_full(home)
            _room_for(home, packed)
            _unpack_and_move(packed, home, progress)
    return Restored(home, packed.header.served, len(packed.members()), packed.header.made_at, time.monotonic() - began)


def _refuse_newer_records(packed: Archive) -> None:
    if packed.header.revision and not opening.knows(packed.header.revision):
        raise Refused(
            message("The backup “{file}” was made by a newer Granary ({program}); use that one.", file=packed.file.name, program=packed.header.program)
        )


def is_unfinished(home: Home) -> bool:
    """Whether a restore into this home broke off."""
    return (home.path / UNFINISHED).exists()


def refuse_unfinished(home: Home) -> None:
    """Raises BadUse where a restore into a home broke off."""
    if is_unfinished(home):
        raise BadUse(message("A restore into this folder broke off, so nothing is served from it: run the same restore again."))


def _is_ours(path: Path) -> bool:
    """Whether a file is what a restore itself leaves behind: a lock, or its mark, half written as the machine stopped."""
    return path.name.endswith(".lock") or path.name.startswith(f".{UNFINISHED}.")


def refuse_full(home: Home) -> None:
    """Raises BadUse where a home holds anything already: a restore never overwrites."""
    if not home.path.exists() or is_unfinished(home):
        return
    held = sorted(path.relative_to(home.path).as_posix() for path in home.path.rglob("*") if path.is_file() and not _is_ours(path))
    if held:
        raise BadUse(message("“{path}” holds data already ({example}); restore into an empty folder.", path=str(home.path), example=held[0]))


def _room_for(home: Home, packed: Archive) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home.path).free
    if free < packed.header.bytes:
        raise BadUse(
            message("The disk has {free_mb} MB left; this backup needs about {needed_mb} MB.", free_mb=free >> 20, needed_mb=packed.header.bytes >> 20)
        )


def _unpack_and_move(packed: Archive, home: Home, progress: Progress) -> None:
    versions.write_whole(home.path / UNFINISHED, packed.header.made_at + "\n")
    staging = home.path / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    done = 0

    def told(size: int) -> None:
        nonlocal done
        done += size

    for path in packed.members():
        progress({"stage": "restore", "what": path, "share": done / max(packed.header.bytes, 1)})
        to = staging / path
        to.parent.mkdir(parents=True, exist_ok=True)
        with open(to, "wb") as file:
            packed.unpack(path, file, told)
            file.flush()
            os.fsync(file.fileno())
    _move(packed, home, staging)
    if packed.header.served is not None:
        versions.write_whole(home.warehouse / "CURRENT", f"{packed.header.served}\n")
    (home.path / UNFINISHED).unlink()


def _move(packed: Archive, home: Home, staging: Path) -> None:
    """Every member to its place; the records into the database that was named for them, where one was."""
    for path in packed.members():
        if path == "records/records.db" and home.records_url is not None:
            continue
        if path == "records/records.db":
            for beside in ("-wal", "-shm"):  # of a database that a broken-off restore had opened
                (home.records / f"records.db{beside}").unlink(missing_ok=True)
        (home.path / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staging / path, home.path / path)
    if home.records_url is not None and (staging / "records" / "records.db").exists():
        copying.bring_back(home, staging / "records" / "records.db")
    shutil.rmtree(staging, ignore_errors=True)
    for folder in {(home.path / path).parent for path in packed.members()}:
        versions.sync_folder(folder)


def faults(file: Path, work: Path) -> tuple[Message, ...]:
    """What is wrong with an archive, read to its end; none = it would come back whole. work: an empty folder for the copy of its records.

    Raises BadUse where there is none, Refused where it is not even an archive, NotKept where there is no room to look.
    """
    with archive.reading(file) as packed:
        found: list[Message] = []
        for path in packed.members():
            try:
                if path != "records/records.db":
                    packed.unpack(path)
                    continue
                with backup_faults(), open(work / "records.db", "wb") as copy:
                    packed.unpack(path, copy)
            except Refused as damaged:
                found.append(damaged.said)
        if not found and (work / "records.db").exists():
            found += copying.verdict_of(work / "records.db", _anchor_of(packed, work)).faults
        return tuple(found)


@contextlib.contextmanager
def backup_faults() -> Iterator[None]:
    """A fault of the disk while one only looks."""
    try:
        yield
    except OSError as fault:
        raise NotKept(message("There is no room to look into the backup ({fault}).", fault=fault.strerror or str(fault))) from fault


def _anchor_of(packed: Archive, work: Path) -> Any:
    from engine.store.records import anchor

    if "records/anchor" in packed.members():
        with open(work / anchor.NAME, "wb") as copy:
            packed.unpack("records/anchor", copy)
    return anchor.read(work)
