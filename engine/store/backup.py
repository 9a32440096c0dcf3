"""A backup of a home in one archive, made while people load and decide: nobody is held up, and what is in it fits together.

In this order: the served version is pinned, then the raw files are listed (each was kept before the version that needs it), then the
records are copied as they are at one moment. So whatever is published or decided meanwhile is in it wholly or not at all.
"""

import contextlib
import errno
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from engine import __version__
from engine.errors import BadUse, NotKept
from engine.messages import Message, message
from engine.store import versions
from engine.store.archive import Header, Writer
from engine.store.build import schema_hash
from engine.store.home import Home
from engine.store.records import anchor, copying, opening

NOTE = "backup.json"
FAULTS = {
    errno.ENOSPC: message("The disk is full; no backup was made."),
    errno.EDQUOT: message("The disk is full; no backup was made."),
    errno.EROFS: message("The place of the backup may not be written to; no backup was made."),
    errno.EACCES: message("The place of the backup may not be written to; no backup was made."),
    errno.EPERM: message("The place of the backup may not be written to; no backup was made."),
}

Progress = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Backup:
    """What was made. version: of the data; None = nothing is published. records: rows in the chain. told: what is not as it should be in the home;
    it was backed up as it is."""

    file: Path
    version: int | None
    members: int
    bytes: int
    records: int
    seconds: float
    told: tuple[Message, ...]


@contextlib.contextmanager
def faults_as_sentences() -> Iterator[None]:
    """A fault of the disk as NotKept: no backup was made, and the home is as it was."""
    try:
        yield
    except OSError as fault:
        said = FAULTS.get(fault.errno or 0, message("The disk did not obey ({fault}); no backup was made.", fault=fault.strerror or str(fault)))
        raise NotKept(said) from fault


def make(home: Home, file: Path, progress: Progress = lambda event: None) -> Backup:
    """Write a backup of a home into a new file. Raises BadUse (the file is there already, or lies in the home), Busy, NotKept (disk, records)."""
    began, file = time.monotonic(), file.resolve()
    if file.is_relative_to(home.path):
        raise BadUse(message("A backup within the home that it backs up is lost with it; put it elsewhere."))
    if file.exists():
        raise BadUse(message("“{path}” is there already; name a file that is not.", path=str(file)))
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    copied = part.with_suffix(".records")
    try:
        with faults_as_sentences():
            file.parent.mkdir(parents=True, exist_ok=True)
            with open(part, "xb") as to:
                done = _write(home, to, copied, progress)
                to.flush()
                os.fsync(to.fileno())
                size = to.tell()
            os.replace(part, file)
            versions.sync_folder(file.parent)
    finally:
        for left in (part, *copied.parent.glob(f"{copied.name}*")):
            with contextlib.suppress(OSError):
                left.unlink()
    _note(home, file, done["version"])
    return Backup(file, done["version"], done["members"], size, done["records"], time.monotonic() - began, tuple(done["told"]))


def _note(home: Home, file: Path, version: int | None) -> None:
    """Remember when the last backup was made, so that `doctor` can say how long that is ago. The backup stands whether or not that succeeds."""
    with contextlib.suppress(OSError):
        said = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "file": str(file), "version": version}
        versions.write_whole(home.path / NOTE, json.dumps(said, ensure_ascii=False))


def last_made(home: Home) -> datetime | None:
    """When the last backup of a home was made; None = never, as far as the home knows."""
    try:
        return datetime.fromisoformat(json.loads((home.path / NOTE).read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(home: Home, to: IO[bytes], copied: Path, progress: Progress) -> dict[str, Any]:
    with contextlib.ExitStack() as held:
        version, served = _pinned(home, held)
        raw = sorted(path for path in home.raw.glob("*") if path.is_file() and not path.name.startswith(".") and path.name != versions.SOURCES)
        told: list[Message] = []
        count = _copy_records(home, copied, told)
        small = _small_files(home, version, _anchor_beside(copied))
        files: list[tuple[str, Path | IO[bytes]]] = [*small, *((f"raw/{path.name}", path) for path in raw)]
        if served is not None:
            files.append((f"warehouse/{version}.duckdb", served))
            files += _derived(home, version, held)
        if copied.exists():
            files.append(("records/records.db", copied))
        total = sum(_size(content) for _, content in files)
        writer = Writer(to)
        held.callback(writer.abandon)  # after `close` there is nothing left to abandon
        writer.head(Header(1, __version__, datetime.now(UTC).isoformat(timespec="seconds"), version, schema_hash(), opening.NEWEST if count else "", total))
        done = 0
        for path, content in files:
            progress({"stage": "backup", "what": path, "share": done / max(total, 1)})
            with open(content, "rb") if isinstance(content, Path) else contextlib.nullcontext(content) as opened:
                digest = writer.add(path, opened)
            _compare(path, digest, home, version, told)
            done += _size(content)
        writer.close()
    return {"version": version, "members": len(files), "records": count, "told": told}


def _pinned(home: Home, held: contextlib.ExitStack) -> tuple[int | None, IO[bytes] | None]:
    """The served version and its file, opened: a publication that sweeps it away meanwhile takes nothing from us."""
    for _ in range(20):
        version = versions.current(home)
        if version is None:
            return None, None
        with contextlib.suppress(FileNotFoundError):
            return version, held.enter_context(open(versions.file_of(home, version), "rb"))
        time.sleep(0.05)
    raise NotKept(message("The file of version {version} is gone.", version=versions.current(home)))


def _derived(home: Home, version: int | None, held: contextlib.ExitStack) -> list[tuple[str, Path | IO[bytes]]]:
    """The newest forecast of the version, where there is one: it can be made anew, but takes its time."""
    made = sorted(home.warehouse.glob(f"{version}.*-*.duckdb"), key=lambda path: (len(path.name), path.name))
    if not made:
        return []
    newest = made[-1]
    with contextlib.suppress(FileNotFoundError):
        return [(f"warehouse/{newest.name}", held.enter_context(open(newest, "rb")))]
    return []


def _copy_records(home: Home, copied: Path, told: list[Message]) -> int:
    """Copy the records and leave an anchor that fits the copy beside it. Returns how many there are. What is not sound is copied as it is, and told."""
    if not home.has_records:
        return 0
    kept = anchor.read(home.records)  # before the rows: it may be behind them, never ahead
    copying.copy(home, copied)
    found = copying.verdict_of(copied, kept)
    told.extend(found.faults)
    fitting = anchor.Anchor(found.count, found.count, found.last_hash) if found.is_sound and found.count else kept
    if fitting is not None and fitting != anchor.DAMAGED:
        _anchor_beside(copied).write_text(json.dumps(vars(fitting)), encoding="utf-8")
    return found.count


def _anchor_beside(copied: Path) -> Path:
    return copied.with_name(f"{copied.name}.anchor")


def _small_files(home: Home, version: int | None, fitting: Path) -> list[tuple[str, IO[bytes]]]:
    """Manifest, settings, mappings, receipts, the anchor and what else lies beside the records, read into memory as they are now."""
    small: list[tuple[str, IO[bytes]]] = []
    if version is not None:
        described = versions.manifest(home, version)
        small.append((f"warehouse/{version}.json", io.BytesIO((home.warehouse / f"{version}.json").read_bytes())))
        noted = {name: described.get(name) for name in ("sources", "settings")}
        small.append((f"raw/{versions.SOURCES}", io.BytesIO(json.dumps(noted, ensure_ascii=False, indent=1).encode())))
    if (home.path / "settings.json").exists():
        small.append(("settings.json", io.BytesIO((home.path / "settings.json").read_bytes())))
    for folder in (home.profiles, home.receipts):
        small += [(f"{folder.name}/{path.name}", io.BytesIO(path.read_bytes())) for path in sorted(folder.glob("*.json"))]
    for path in sorted(home.records.glob("*.jsonl")):
        small.append((f"records/{path.name}", io.BytesIO(_whole_lines(path))))
    if fitting.exists():
        small.append((f"records/{anchor.NAME}", io.BytesIO(fitting.read_bytes())))
    return small


def _whole_lines(path: Path) -> bytes:
    """A file of lines up to its last whole one: somebody may be writing the next."""
    content = path.read_bytes()
    return content[: content.rfind(b"\n") + 1]


def _size(content: Path | IO[bytes]) -> int:
    if isinstance(content, Path):
        return content.stat().st_size
    return content.getbuffer().nbytes if isinstance(content, io.BytesIO) else os.fstat(content.fileno()).st_size


def _compare(path: str, digest: str, home: Home, version: int | None, told: list[Message]) -> None:
    """A raw file is named by its content, a version's file by its seal: what fits no longer is told now, while the original may still be found."""
    folder, _, name = path.partition("/")
    if folder == "raw" and name != versions.SOURCES and name.split(".")[0] != digest:
        told.append(message("The raw file {sha256} is damaged; it was backed up as it is.", sha256=name[:12]))
    if name == f"{version}.duckdb" and versions.manifest(home, version).get("sha256") not in (None, digest):
        told.append(message("The file of version {version} is damaged: it is no longer what was published.", version=version))
