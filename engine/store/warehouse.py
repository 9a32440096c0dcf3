"""The published warehouse, read-only and locked down: named reads on a cursor each.

One hub connection serves a whole process. Versions are attached to it as they are asked for, so a reader who began on version 11
ends on it while the next one already gets 12. After start-up the hub can read nothing but its own warehouse folder, load no
extension and change no setting.
"""

import difflib
import functools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from engine.errors import BadUse, NothingServed, NotPublished
from engine.messages import message
from engine.store import versions
from engine.store.contracts import catalogue
from engine.store.home import SQL, Home

PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
SECONDS_FOR_A_READ = 60
FILLED = "select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'main' and estimated_size > 0"


@functools.cache
def query_text(name: str) -> str:
    """The text of a named read. Raises FileNotFoundError for a name that does not exist: a fault of ours."""
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise FileNotFoundError(name)
    return (SQL / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@functools.cache
def query_parameters(name: str) -> frozenset[str]:
    """The `$parameters` of a named read, comments left out."""
    code = "\n".join(line.split("--")[0] for line in query_text(name).splitlines())
    return frozenset(PARAMETER.findall(code))


class Warehouse:
    """The warehouse of one home, for reading."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._lock = threading.Lock()
        self._attached: dict[str, Path] = {}
        self._hub = _locked_down_hub(home)

    @property
    def version(self) -> int:
        """The version that is served at this moment. Raises NothingServed where there is none."""
        version = versions.current(self.home)
        if version is None:
            raise NothingServed(message("Nothing has been loaded yet."))
        return version

    def read(self, query: str, version: int | None = None, **parameters: Any) -> pl.DataFrame:
        """The rows of `sql/queries/<query>.sql` on a version (default: the served one)."""
        return self.read_file(versions.file_of(self.home, version or self.version), query, **parameters)

    def read_file(self, file: Path, query: str, **parameters: Any) -> pl.DataFrame:
        """The same on any warehouse file of this home, such as a candidate that is not published yet."""
        needed = query_parameters(query)
        if needed != parameters.keys():
            raise TypeError(f"{query} takes {sorted(needed)}, was given {sorted(parameters)}")
        with self.cursor(file) as cursor:
            rows: pl.DataFrame = cursor.sql(query_text(query), params=parameters or None).pl()
            return rows

    def input_rows(self, table: str, version: int | None = None) -> pl.DataFrame:
        """An input table as it was loaded: the contract's columns, in the order of files and lines. Raises BadUse for a table that is none."""
        contracts = catalogue()
        if table not in contracts:
            near = difflib.get_close_matches(table, contracts, 1)
            raise BadUse(message("There is no table “{table}”; did you mean {near}?", table=table, near=near[0] if near else ", ".join(sorted(contracts))))
        columns = ", ".join(f'"{column.name}"' for column in contracts[table].columns)
        with self.cursor(versions.file_of(self.home, version or self.version)) as cursor:
            rows: pl.DataFrame = cursor.sql(f'select {columns} from main."{table}" order by _source, _line').pl()  # names from the contract
            return rows

    def has(self, table: str, version: int | None = None) -> bool:
        """Whether an input table holds rows."""
        return table in self.filled_tables(version or self.version)

    @functools.lru_cache(maxsize=64)  # noqa: B019 - one Warehouse a home and process; it lives as long as the process
    def filled_tables(self, version: int) -> frozenset[str]:
        """The input tables that hold rows in a version."""
        with self.cursor(versions.file_of(self.home, version)) as cursor:
            rows = cursor.execute(FILLED).fetchall()
        return frozenset(name for (name,) in rows)

    @contextmanager
    def cursor(self, file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that stands in one warehouse file; closed at the end, so threads never share a result."""
        alias = self._attach(file)
        cursor = self._hub.cursor()
        try:
            cursor.execute(f'use "{alias}"')
            yield cursor
        finally:
            cursor.close()

    def _attach(self, file: Path) -> str:
        alias = f"v_{file.stem}" if file.parent == self.home.warehouse else f"c_{file.parent.name}"
        with self._lock:
            if self._attached.get(alias) != file:
                if not file.exists():
                    raise NothingServed(message("Version {version} is not kept any longer.", version=file.stem))
                try:
                    self._hub.cursor().execute(f"""attach if not exists '{str(file).replace("'", "''")}' as "{alias}" (read_only)""")
                except duckdb.Error as fault:
                    raise NotPublished(message("Version {version} cannot be opened: {fault}", version=file.stem, fault=str(fault).splitlines()[0])) from fault
                self._attached[alias] = file
                self._forget_old_versions()
        return alias

    def _forget_old_versions(self) -> None:
        """Let go of versions that were swept away: an open handle would keep their disk space."""
        for alias, file in list(self._attached.items()):
            if not file.exists():
                self._hub.cursor().execute(f'detach database if exists "{alias}"')
                del self._attached[alias]

    def release(self, file: Path) -> None:
        """Let go of a candidate before it is moved (Windows does not move open files)."""
        with self._lock:
            for alias, attached in list(self._attached.items()):
                if attached == file:
                    self._hub.cursor().execute(f'detach database if exists "{alias}"')
                    del self._attached[alias]


class Pinned:
    """One kept version of a warehouse, read in the same way: a view stays what it was when somebody sent its link."""

    def __init__(self, warehouse: Warehouse, version: int) -> None:
        self.home, self.version, self._warehouse = warehouse.home, version, warehouse

    def read(self, query: str, version: int | None = None, **parameters: Any) -> pl.DataFrame:
        return self._warehouse.read(query, version or self.version, **parameters)

    def has(self, table: str, version: int | None = None) -> bool:
        return self._warehouse.has(table, version or self.version)


class Candidate:
    """A prepared warehouse that is not published yet, read in the same way, so that a receipt can say what it would change.

    version: negative and unique, so that no cache mistakes it for a published one.
    """

    def __init__(self, warehouse: Warehouse, file: Path) -> None:
        self.home, self._warehouse, self._file = warehouse.home, warehouse, file
        self.version = -int(file.parent.name.removeprefix("build-")[:12], 16) - 1

    def read(self, query: str, version: int | None = None, **parameters: Any) -> pl.DataFrame:
        return self._warehouse.read_file(self._file, query, **parameters)

    def has(self, table: str, version: int | None = None) -> bool:
        filled = f"{FILLED} and table_name = $table"
        with self._warehouse.cursor(self._file) as cursor:
            return bool(cursor.execute(filled, {"table": table}).fetchall())

    def release(self) -> None:
        self._warehouse.release(self._file)


class Unpublished:
    """The warehouse that is being built just now, read in the same way through the builder's own connection."""

    def __init__(self, con: duckdb.DuckDBPyConnection, home: Home, version: int) -> None:
        self.home, self.version, self._con = home, version, con

    def read(self, query: str, version: int | None = None, **parameters: Any) -> pl.DataFrame:
        rows: pl.DataFrame = self._con.cursor().sql(query_text(query), params=parameters or None).pl()
        return rows

    def has(self, table: str, version: int | None = None) -> bool:
        return bool(self._con.execute(f"{FILLED} and table_name = $table", {"table": table}).fetchall())


def _locked_down_hub(home: Home) -> duckdb.DuckDBPyConnection:
    hub = duckdb.connect(
        config={
            "memory_limit": "2GB",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "max_execution_time": str(SECONDS_FOR_A_READ * 1000),
            "temp_directory": str(home.work / "spill"),
            "max_temp_directory_size": "4GB",
        }
    )
    allowed = [str(home.warehouse) + "/", str(home.work) + "/"]
    listed = ", ".join("'" + folder.replace("'", "''") + "'" for folder in allowed)
    hub.execute(f"set allowed_directories = [{listed}]")
    hub.execute("set enable_external_access = false")
    hub.execute("set lock_configuration = true")
    return hub


@functools.cache
def _warehouse_of(path: Path) -> Warehouse:
    return Warehouse(Home(path))


def open_candidate(home: Home, file: Path) -> Candidate:
    """A candidate of this home, for reading; `release` it before it is published or discarded."""
    return Candidate(_warehouse_of(home.path), file)


def open_version(home: Home, version: int) -> Pinned:
    """A kept version of a home, whichever is served. Raises NothingServed where it is not kept any longer."""
    if not versions.file_of(home, version).exists():
        raise NothingServed(message("Version {version} is not kept any longer.", version=version))
    return Pinned(_warehouse_of(home.path), version)


def open_warehouse(home: Home) -> Warehouse:
    """The warehouse of a home; one a process, so that hub and caches are shared. Raises NothingServed where there is none."""
    if versions.current(home) is None:
        raise NothingServed(message("Nothing has been loaded yet."))
    return _warehouse_of(home.path)
