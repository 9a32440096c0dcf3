"""Published versions: numbered files that never change, and one pointer that says which of them is served.

    <home>/warehouse/12.duckdb   the data of version 12, read-only from the moment it lies here
    <home>/warehouse/12.json     its manifest: what it was built from, and on which version it stands
    <home>/warehouse/CURRENT     the number that is served

Publication is one `os.replace` of CURRENT. Whatever happens before it (a crash, a full disk) leaves the old version served, and
whatever lies about then is swept away by the next publication. Undo points CURRENT at the version below.
"""

import contextlib
import errno
import functools
import getpass
import hashlib
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine.errors import BadUse, Busy, GranaryError, NothingServed, NotPublished
from engine.messages import message
from engine.store.home import Home

DISK = {
    errno.ENOSPC: message("The disk is full; nothing was published and the old data stay served."),
    errno.EROFS: message("The disk is read-only; nothing was published and the old data stay served."),
    errno.EACCES: message("The folder may not be written to; nothing was published and the old data stay served."),
    errno.EPERM: message("The folder may not be written to; nothing was published and the old data stay served."),
}


@contextlib.contextmanager
def disk_faults_as_sentences() -> Iterator[None]:
    """Turn a fault of the disk into NotPublished; the caller has not moved the pointer yet, so the old data stay served."""
    try:
        yield
    except OSError as fault:
        said = DISK.get(
            fault.errno or 0,
            message("The disk did not obey ({fault}); nothing was published and the old data stay served.", fault=fault.strerror or str(fault)),
        )
        raise NotPublished(said) from fault


def account() -> str:
    """The account that this program runs under; its number where it has no name (a container with a number of its own)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"#{os.getuid()}" if hasattr(os, "getuid") else "?"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hex digits. Raises OSError."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


SOURCES = "sources.json"
"""Beside the raw files: what the served version is made of."""


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new one, never a part; where that fails, nothing is left beside it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows has no handle of a folder to sync, and needs none; a file system that refuses has renamed all the same."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def current(home: Home) -> int | None:
    """The number that is served; None = nothing yet."""
    try:
        return int((home.warehouse / "CURRENT").read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError:
        return newest_whole(home)
    except OSError as fault:
        raise NotPublished(message("The folder of the warehouse cannot be read ({fault}).", fault=fault.strerror or str(fault))) from fault


def newest_whole(home: Home) -> int | None:
    """The highest version that has both file and manifest: what to fall back to when the pointer itself is damaged."""
    return max((number for number in numbers(home) if (home.warehouse / f"{number}.json").exists()), default=None)


def numbers(home: Home) -> list[int]:
    """Every version whose file lies in the warehouse, ascending; served or not."""
    return sorted(int(path.stem) for path in home.warehouse.glob("*.duckdb") if path.stem.isdigit())


def next_number(home: Home) -> int:
    """The number of the next version: above every one that lies in the warehouse in whatever form, so that none is ever given twice."""
    lying = (int(path.stem) for ending in ("duckdb", "damaged") for path in home.warehouse.glob(f"*.{ending}") if path.stem.isdigit())
    return max([*lying, current(home) or 0]) + 1


def file_of(home: Home, version: int) -> Path:
    return home.warehouse / f"{version}.duckdb"


def manifest(home: Home, version: int | None = None) -> dict[str, Any]:
    """What a version was built from. Raises NothingServed where there is none."""
    version = current(home) if version is None else version
    if version is None:
        raise NothingServed(message("Nothing has been loaded yet."))
    try:
        found: dict[str, Any] = json.loads((home.warehouse / f"{version}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NothingServed(message("Version {version} has lost its manifest.", version=version)) from None
    return found


def schema_of(home: Home, version: int) -> str | None:
    """The mark of what shaped a version (`build.schema_hash`), as its manifest tells it; asked at every rerun, so read again only where the file is
    another one. Raises NothingServed where there is none."""
    try:
        stamp = (home.warehouse / f"{version}.json").stat()
    except OSError:
        raise NothingServed(message("Version {version} has lost its manifest.", version=version)) from None
    return _schema_of(home, version, stamp.st_mtime_ns, stamp.st_ino)


@functools.lru_cache(maxsize=64)
def _schema_of(home: Home, version: int, *_: int) -> str | None:
    return manifest(home, version).get("schema")


@contextlib.contextmanager
def building(home: Home, wait_seconds: float, who: str) -> Iterator[None]:
    """Hold the right to build; one holder a home. The lock dies with its process, so a crash never blocks the next build.

    Raises Busy, with the name of the holder, when the wait is over.
    """
    with disk_faults_as_sentences():
        home.work.mkdir(parents=True, exist_ok=True)
    lock, card = FileLock(home.work / "build.lock"), home.work / "builder.json"
    with disk_faults_as_sentences():
        try:
            lock.acquire(timeout=wait_seconds)
        except Timeout:
            raise Busy(_holder(card)) from None
    try:
        with disk_faults_as_sentences():
            write_whole(card, json.dumps({"who": who, "process": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%H:%M:%S")}))
        yield
    finally:
        with contextlib.suppress(OSError):
            card.unlink()
        lock.release()


def _holder(card: Path) -> Any:
    try:
        holder = json.loads(card.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return message("Somebody else is building a new version just now; try again in a moment.")
    return message(
        "{who} (process {process} on {host}) has been building a new version since {since}; try again when it is done.",
        who=holder["who"], process=str(holder["process"]), host=holder["host"], since=holder["since"],
    )  # fmt: skip


def publish(home: Home, candidate: Path, description: dict[str, Any]) -> int:
    """Make a finished, closed warehouse file the served version, in one step. Returns its number.

    candidate: the file, on the same disk as the home; it is moved. description: goes into the manifest.
    Raises NotPublished where the served version is no longer the one that the candidate was built on.
    """
    served = current(home)
    if served != description["base"]:
        raise NotPublished(message("Somebody published another version in the meantime; look at the receipt again."))
    with disk_faults_as_sentences():
        home.warehouse.mkdir(parents=True, exist_ok=True)
        version = next_number(home)
        made = description | {"version": version, "published_at": datetime.now(UTC).isoformat(timespec="seconds"), "sha256": digest_of(candidate)}
        write_whole(home.warehouse / f"{version}.json", json.dumps(made, ensure_ascii=False, indent=1))
        with open(candidate, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(candidate, file_of(home, version))
        try:
            write_whole(home.warehouse / "CURRENT", f"{version}\n")
        except OSError:
            with contextlib.suppress(OSError):  # back to its place, so that the same load can be published once the disk is well
                os.replace(file_of(home, version), candidate)
            raise
    _note_sources(home, made)
    with contextlib.suppress(OSError, GranaryError):  # it is published; what is left lying now goes next time
        sweep(home)
    return version


def _note_sources(home: Home, description: dict[str, Any]) -> None:
    """Beside the raw files: which of them make up the served version, and how they are read. So that folder is a whole backup.

    The version is served by now: a disk that fails here takes nothing back, and the next publication notes them anew.
    """
    noted = {name: description.get(name) for name in ("sources", "settings")}
    with contextlib.suppress(OSError):
        home.raw.mkdir(parents=True, exist_ok=True)
        write_whole(home.raw / SOURCES, json.dumps(noted, ensure_ascii=False, indent=1))


def noted_sources(home: Home) -> dict[str, Any]:
    """What `raw/` says of itself, where the warehouse is gone: `sources` and `settings` of the last version that was served.

    Raises NothingServed where nothing was ever published.
    """
    try:
        noted: dict[str, Any] = json.loads((home.raw / SOURCES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NothingServed(message("Nothing has been loaded yet.")) from None
    return noted


def undo(home: Home) -> tuple[int, int]:
    """Serve the version below the served one, settings included. Returns (undone, served now). Raises BadUse at the bottom."""
    served = current(home)
    if served is None:
        raise NothingServed(message("Nothing has been loaded yet."))
    below = manifest(home, served)["base"]
    if below is None or not file_of(home, below).exists():
        raise BadUse(message("Version {version} is the oldest that is kept; there is nothing to go back to.", version=served))
    with disk_faults_as_sentences():
        file = home.path / "settings.json"
        above = file.read_text(encoding="utf-8") if file.exists() else "{}"
        put_back_settings(home, manifest(home, below))
        try:
            write_whole(home.warehouse / "CURRENT", f"{below}\n")
        except OSError:
            write_whole(file, above)  # the version above is still served: its settings stay in force
            raise
    _note_sources(home, manifest(home, below))
    return served, int(below)


def put_back_settings(home: Home, description: dict[str, Any]) -> None:
    """Make the settings of a version those of the home."""
    write_whole(home.path / "settings.json", json.dumps(description.get("settings") or {}, ensure_ascii=False, indent=1))


def chain(home: Home, length: int) -> list[int]:
    """The served version and those it stands on, newest first, at most `length` of them."""
    found: list[int] = []
    version = current(home)
    while version is not None and len(found) < length and file_of(home, version).exists():
        found.append(version)
        version = manifest(home, version)["base"]
    return found


def sweep(home: Home) -> None:
    """Remove what is neither served nor kept for undo. A file that somebody still reads (Windows) is left for the next time."""
    kept = set(chain(home, int(home.settings()["kept_versions"])))
    for number in numbers(home):
        if number not in kept:
            for path in (file_of(home, number), home.warehouse / f"{number}.json"):
                with contextlib.suppress(OSError):
                    path.unlink()
    for path in (*home.warehouse.glob("*.json"), *home.warehouse.glob("*.damaged")):
        if path.stem.isdigit() and int(path.stem) not in kept and not file_of(home, int(path.stem)).exists():
            with contextlib.suppress(OSError):
                path.unlink()
    for path in home.warehouse.glob("*.forecast-*.duckdb"):  # what was derived from a version goes with it
        if int(path.name.partition(".")[0]) not in kept:
            with contextlib.suppress(OSError):
                path.unlink()
    for path in home.warehouse.glob(".*.tmp"):
        with contextlib.suppress(OSError):
            path.unlink()


def sweep_work(home: Home, keep: str | None = None) -> None:
    """Remove the candidates of builds that never came to an end and are older than a day, or whose process is gone."""
    for folder in home.work.glob("build-*"):
        if folder.name != keep and (_is_left_behind(folder) or time.time() - folder.stat().st_mtime > 86_400):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left_behind(folder: Path) -> bool:
    """A build without a receipt, whose process no longer lives."""
    if (folder / "receipt.json").exists():
        return False
    try:
        process = int((folder / "process").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    import psutil

    return not psutil.pid_exists(process)
