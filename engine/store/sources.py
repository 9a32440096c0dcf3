"""What a load is asked to bring in: files found, kept under their hash, named as the user knows them.

Raw files are kept content-addressed (`<home>/raw/<sha256><suffix>`), under a name that the user never chose: a file called
`[ab].csv` or `x'; drop table t; --.csv` is data in a record, not part of a path or of SQL.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.errors import BadUse, Refused
from engine.messages import message
from engine.store.home import Home
from engine.store.intake.reading import Options
from engine.store.versions import disk_faults_as_sentences

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xlsm", ".xlsb", ".xls")
BLOCK = 1 << 20


@dataclass(frozen=True)
class Source:
    """One file of a load.

    shown_as: the name by which the user knows it. sha256: of its content (of an adapter: of its text and of the raw files).
    kept: its name in the raw store. adapter: name of the table that an adapter's SELECT makes, else None.
    raw_files: (stem, name, sha256) of the files that an adapter may read. again: a file of an earlier load, read once more.
    """

    shown_as: str
    sha256: str
    kept: str
    options: Options = field(default_factory=Options)
    adapter: str | None = None
    raw_files: tuple[tuple[str, str, str], ...] = ()
    again: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Source":
        pairs = {name: tuple((one, other) for one, other in kept["options"].get(name, ())) for name in ("map", "set")}
        options = kept["options"] | pairs
        return cls(**kept | {"options": Options(**options), "raw_files": tuple((stem, name, digest) for stem, name, digest in kept["raw_files"])})


@dataclass
class Found:
    """The files of a load, and those of its folders that are no tables."""

    sources: list[Source] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def is_table_file(path: Path) -> bool:
    name = path.name.lower()
    return name.removesuffix(".gz").endswith(SUFFIXES) and not name.startswith((".", "~$"))


def files_under(paths: Sequence[Path]) -> tuple[list[tuple[Path, str]], list[str]]:
    """The files of a load as (path, name to show), folders walked in name order; beside them the names that were left out.

    Raises BadUse for a path that does not exist, Refused for one that is no regular file.
    """
    found: list[tuple[Path, str]] = []
    left_out: list[str] = []
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file()):
                shown = file.relative_to(path).as_posix()
                if is_table_file(file) and not any(part.startswith(".") for part in file.relative_to(path).parts):
                    found.append((file, shown))
                else:
                    left_out.append(shown)
        elif not path.exists():
            raise BadUse(message("There is no file or folder “{path}”.", path=str(path)))
        elif not stat.S_ISREG(path.stat().st_mode):
            raise Refused(message("“{file}” is no ordinary file.", file=path.name))
        else:
            found.append((path, path.name))
    return found, left_out


def keep(home: Home, path: Path) -> tuple[str, Path]:
    """Copy a file into the raw store while its hash is taken. Returns (sha256, path of the kept file).

    The copy gets its final name only when it is whole. Raises NotPublished where the disk does not take it.
    """
    suffix = "".join(part for part in (".gz",) if path.name.lower().endswith(".gz"))
    stem_suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    with disk_faults_as_sentences():
        home.raw.mkdir(parents=True, exist_ok=True)
        _room_for(home, path.stat().st_size)
        digest = hashlib.sha256()
        handle, beside = tempfile.mkstemp(dir=home.raw, prefix=".part-")
        try:
            with open(path, "rb") as source, os.fdopen(handle, "wb") as copy:
                while block := source.read(BLOCK):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            kept = home.raw / f"{digest.hexdigest()}{stem_suffix if stem_suffix in SUFFIXES or stem_suffix == '.sql' else ''}{suffix}"
            os.replace(beside, kept)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), kept


def _room_for(home: Home, size: int) -> None:
    """Refuse before the disk is full: the copy, the candidate and its working space come to about three times the file."""
    free = shutil.disk_usage(home.raw).free
    if free < 3 * size:
        raise BadUse(message("The disk has {free_mb} MB left; this file needs about {needed_mb} MB.", free_mb=free >> 20, needed_mb=3 * size >> 20))


def plain_sources(home: Home, paths: Sequence[Path], options: Options) -> Found:
    """Every table file under the paths, kept; `options` go with each."""
    files, left_out = files_under(paths)
    sources = [Source(shown, digest, kept.name, options) for path, shown in files for digest, kept in [keep(home, path)]]
    if not sources:
        raise BadUse(message("No CSV, Parquet or Excel file was found in {paths}.", paths=", ".join(str(path) for path in paths)))
    return Found(sources, left_out)


def adapter_sources(home: Home, paths: Sequence[Path], adapter: Path) -> Found:
    """One source for each `<table>.sql` of an adapter; the raw files under `paths` are what its SELECTs read, by their stem."""
    selects = sorted(adapter.glob("*.sql")) if adapter.is_dir() else []
    if not selects:
        raise BadUse(message("The adapter folder “{path}” holds no .sql file.", path=str(adapter)))
    files, left_out = files_under(paths)
    raw_files = []
    for path, shown in files:
        digest, _ = keep(home, path)
        raw_files.append((Path(shown).name.split(".")[0], shown, digest))
    doubled = {stem for stem, _, _ in raw_files if sum(stem == other for other, _, _ in raw_files) > 1}
    if doubled:
        raise BadUse(message("Two raw files bear the same name: {names}.", names=", ".join(sorted(doubled))))
    sources = []
    for select in selects:
        digest, kept = keep(home, select)
        whole = hashlib.sha256("\n".join([digest, *sorted(raw for _, _, raw in raw_files)]).encode()).hexdigest()
        sources.append(Source(select.name, whole, kept.name, Options(table=select.stem), select.stem, tuple(raw_files)))
    return Found(sources, left_out)


def raw_path(home: Home, digest: str) -> Path:
    """Where a kept file lies. Raises Refused where it was removed from outside."""
    for path in home.raw.glob(f"{digest}*"):
        return path
    raise Refused(message("The raw file {sha256} is no longer in the home; restore it from a backup.", sha256=digest[:12]))


def verify(home: Home, source: Source) -> None:
    """Hold the kept files of an earlier load against their names. Raises Refused where one is gone or no longer what was loaded."""
    for name in (source.kept, *(raw_path(home, digest).name for _, _, digest in source.raw_files)):
        digest = hashlib.sha256()
        with open(raw_path(home, name.split(".")[0]), "rb") as kept:
            while block := kept.read(BLOCK):
                digest.update(block)
        if digest.hexdigest() != name.split(".")[0]:
            raise Refused(message("The raw file {sha256} is damaged; restore it from a backup or load “{file}” again.", sha256=name[:12], file=source.shown_as))


def unchanged(sources: Iterable[Source], served: list[dict[str, Any]]) -> dict[str, bool]:
    """Which sources the served version already holds: same content, read for the same table."""
    known = {(source["sha256"], source["options"].get("table")) for source in served} | {(source["sha256"], None) for source in served}
    return {source.sha256: (source.sha256, source.options.table) in known for source in sources}


def with_options(source: Source, **changed: Any) -> Source:
    """The same file, with some questions answered."""
    return replace(source, options=replace(source.options, **changed))
