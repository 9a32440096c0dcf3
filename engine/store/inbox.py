"""The inbox: a folder into which other programs put files for the next close. What was published moves to `done/<version>/`, and only then.

A file is known by its content: one that was already published when the move broke off is seen as such at the next close, and moved
then. One that changed after it was read stays, because what lies there now was never loaded.
"""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.messages import Message, message
from engine.store.home import Home
from engine.store.intake.reading import Options
from engine.store.sources import Found, Source, files_under, keep
from engine.store.versions import digest_of

DONE = "done"
STILL_BEING_WRITTEN_SECONDS = 2.0


@dataclass(frozen=True)
class Taken:
    """A file of the inbox that was read. shown_as: its path within the inbox. sha256: of what was read."""

    path: Path
    shown_as: str
    sha256: str


@dataclass(frozen=True)
class Brought:
    """What lies in an inbox. found: the files to load. taken: the same with their paths. waiting: files that somebody is still writing."""

    found: Found
    taken: tuple[Taken, ...]
    waiting: tuple[str, ...]


def names(folder: Path) -> list[str]:
    """The table files that wait in an inbox, by their path within it; none where there is no such folder."""
    return [shown for _, shown in _lying(folder)[0]]


def _lying(folder: Path) -> tuple[list[tuple[Path, str]], list[str]]:
    if not folder.is_dir():
        return [], []
    files, left_out = files_under([folder])
    is_done = f"{DONE}/"
    return [(path, shown) for path, shown in files if not shown.startswith(is_done)], [shown for shown in left_out if not shown.startswith(is_done)]


def bring(home: Home, folder: Path) -> Brought:
    """Keep every table file of an inbox in the raw store. Raises NotPublished where the disk does not take them, BadUse where there is no room."""
    files, left_out = _lying(folder)
    ready = _settled(files)
    kept = [(path, shown, *keep(home, path)) for path, shown in ready]
    sources = [Source(shown, digest, raw.name, Options()) for _, shown, digest, raw in kept]
    waiting = tuple(shown for path, shown in files if (path, shown) not in ready)
    return Brought(Found(sources, left_out), tuple(Taken(path, shown, digest) for path, shown, digest, _ in kept), waiting)


def _settled(files: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """The files that nobody is writing: one that was touched just now is looked at twice."""
    before = {path: _state(path) for path, _ in files}
    if any(0 <= time.time() - state[1] / 1e9 < STILL_BEING_WRITTEN_SECONDS for state in before.values() if state):
        time.sleep(STILL_BEING_WRITTEN_SECONDS)
    return [(path, shown) for path, shown in files if before[path] and _state(path) == before[path]]


def _state(path: Path) -> tuple[int, int] | None:
    """Size and time of the last change; None = it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def put_away(folder: Path, taken: Iterable[Taken], version: int) -> tuple[list[str], list[Message]]:
    """Move files that a version holds to `done/<version>/`. Returns the names that were moved, and why others stay."""
    moved, stay = [], []
    for file in taken:
        try:
            if digest_of(file.path) != file.sha256:
                stay.append(message("“{file}” was changed after it was read; it stays for the next close.", file=file.shown_as))
                continue
            to = _free(folder / DONE / str(version) / file.shown_as)
            to.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file.path, to)
        except OSError as fault:
            said = message("“{file}” is loaded, but could not be moved ({fault}).", file=file.shown_as, fault=fault.strerror or str(fault))
            stay.append(said)
        else:
            moved.append(file.shown_as)
    return moved, stay


def _free(path: Path) -> Path:
    """A place where nothing lies yet: `sales (2).csv` where `sales.csv` is there."""
    number, found = 2, path
    while found.exists():
        found, number = path.with_name(f"{path.stem} ({number}){path.suffix}"), number + 1
    return found
