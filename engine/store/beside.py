"""What is derived from a version and lies beside it: forecasts, made in the background once the version is served.

    <home>/warehouse/12.forecast-1.duckdb     the first forecast made of version 12, whole from the moment it lies here; then …-2, …

A version never changes, so what is worked out later cannot go into it. A forecast belongs to one version by its name: undo goes back to the older
version *and* its forecast, and with a version its forecasts are swept away. It is never overwritten: an open handle would go on serving the old
one without a word.
"""

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from engine.errors import Busy, NothingServed
from engine.messages import message
from engine.store import layers, versions
from engine.store.home import Home

NAME = re.compile(r"(\d+)\.forecast-(\d+)\.duckdb")


def _found(home: Home) -> list[tuple[int, int, Path]]:
    """(version, run, file), ascending."""
    named = ((NAME.fullmatch(path.name), path) for path in home.warehouse.glob("*.forecast-*.duckdb"))
    return sorted((int(match[1]), int(match[2]), path) for match, path in named if match)


def newest(home: Home, version: int) -> Path | None:
    """The newest forecast of a version, or of the nearest version that it stands on; None where none of them has one."""
    found = {number: path for number, _, path in _found(home)}
    below: int | None = version
    while below is not None:
        if below in found:
            return found[below]
        try:
            below = versions.manifest(home, below)["base"]
        except NothingServed:
            return None
    return None


@contextlib.contextmanager
def forecasting(home: Home, wait_seconds: float = 1.0) -> Iterator[None]:
    """Hold the right to make a forecast; loads go on meanwhile. Raises Busy where somebody else makes one."""
    with versions.disk_faults_as_sentences():
        home.work.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.work / "forecast.lock")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise Busy(message("A forecast is being made just now; wait until it is done.")) from None
    try:
        yield
    finally:
        lock.release()


def keep(home: Home, version: int, tables: Mapping[str, pl.DataFrame]) -> Path:
    """Put a forecast beside its version, in one step. Returns its file.

    tables: names of `layers.DERIVED` -> rows. Raises NothingServed where the version was swept away meanwhile, NotPublished where the disk fails.
    """
    folder = home.work / f"forecast-{secrets.token_hex(8)}"
    with versions.disk_faults_as_sentences():
        try:
            folder.mkdir(parents=True)
            _written(folder / "forecast.duckdb", tables)
            if not versions.file_of(home, version).exists():
                raise NothingServed(message("Version {version} is not kept any longer.", version=version))
            run = 1 + max((run for number, run, _ in _found(home) if number == version), default=0)
            path = home.warehouse / f"{version}.forecast-{run}.duckdb"
            os.replace(folder / "forecast.duckdb", path)
            versions.sync_folder(home.warehouse)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return path


def _written(file: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    with duckdb.connect(str(file)) as con:
        layers.make_kept_tables(con, layers.DERIVED)
        layers.keep(con, tables)
        con.execute("checkpoint")
    with open(file, "rb+") as written:
        os.fsync(written.fileno())


def sweep(home: Home) -> None:
    """Remove the forecasts of versions that are gone, and of each version all but its newest two: whoever reads the last but one ends on it."""
    found = _found(home)
    for number, run, path in found:
        newest_run = max(other for version, other, _ in found if version == number)
        if run < newest_run - 1 or not versions.file_of(home, number).exists():
            with contextlib.suppress(OSError):
                path.unlink()
