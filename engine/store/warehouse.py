"""The published warehouse, read-only and locked down: named reads on a cursor each.

One hub connection serves a whole process. Versions are attached to it as they are asked for, so a reader who began on version 11
ends on it while the next one already gets 12. After start-up the hub can read nothing but its own warehouse folder, load no
extension and change no setting.
"""

import difflib
import functools
import re
import threading
import weakref
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from engine.errors import BadUse, NothingServed, NotPublished
from engine.messages import message
from engine.store import bounded, versions
from engine.store.bounded import Bounds
from engine.store.contracts import catalogue
from engine.store.home import SQL, Home

PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
SECONDS_FOR_A_READ = 60
MOST_BOUNDED = 32
"""Catalogues of bounded scopes that are kept; each is a few lists of codes and some views."""
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
        self._bounded: dict[tuple[str, Bounds], str] = {}
        self._reading: Counter[str] = Counter()
        self._made = 0
        self._hub = _locked_down_hub(home)
        weakref.finalize(self, self._hub.close)  # a connection that is only dropped keeps its memory and threads

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
        return self.read_within(None, file, query, **parameters)

    def read_within(self, bounds: Bounds | None, file: Path, query: str, **parameters: Any) -> pl.DataFrame:
        """The same, of own rows only where there are bounds."""
        needed = query_parameters(query)
        if needed != parameters.keys():
            raise TypeError(f"{query} takes {sorted(needed)}, was given {sorted(parameters)}")
        with self.cursor(file, bounds) as cursor:
            rows: pl.DataFrame = cursor.sql(query_text(query), params=parameters or None).pl()
            return rows

    def within(self, bounds: Bounds) -> "Within":
        """The served version as somebody sees it who may see own rows only."""
        return Within(self, versions.file_of(self.home, self.version), self.version, bounds)

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
    def cursor(self, file: Path, bounds: Bounds | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that stands in one warehouse file, or in own rows of it; closed at the end, so threads never share a result."""
        alias = self._attach(file)
        name = alias if bounds is None else self._within(alias, bounds)
        cursor = self._hub.cursor()
        try:
            cursor.execute(f'use "{name}"')
            yield cursor
        finally:
            cursor.close()
            if bounds is not None:
                with self._lock:
                    self._reading[name] -= 1

    def _within(self, alias: str, bounds: Bounds) -> str:
        """The catalogue of own rows of a version, made when first asked for; it counts as being read until its cursor closes."""
        with self._lock:
            name = self._bounded.pop((alias, bounds), None)
            if name is None:
                self._made += 1
                name = f"b_{self._made}"
                self._forget_least_read()
                self._make_views(name, alias, bounds)
            self._bounded[alias, bounds] = name
            self._reading[name] += 1
            return name

    def _make_views(self, name: str, alias: str, bounds: Bounds) -> None:
        con = self._hub.cursor()
        try:
            con.execute(f"attach ':memory:' as {name}")
            bounded.make_views(con, name, alias, bounds)
        except duckdb.Error:
            con.execute(f"detach database if exists {name}")
            raise
        finally:
            con.close()

    def _forget_least_read(self) -> None:
        for key, name in list(self._bounded.items()):
            if len(self._bounded) < MOST_BOUNDED:
                break
            if not self._reading[name]:
                self._let_go(key)

    def _let_go(self, key: tuple[str, Bounds]) -> None:
        self._execute(f'detach database if exists "{self._bounded.pop(key)}"')

    def _execute(self, statement: str) -> None:
        with self._hub.cursor() as cursor:
            cursor.execute(statement)

    def _attach(self, file: Path) -> str:
        alias = f"v_{file.stem}" if file.parent == self.home.warehouse else f"c_{file.parent.name}"
        with self._lock:
            if self._attached.get(alias) != file:
                if not file.exists():
                    raise NothingServed(message("Version {version} is not kept any longer.", version=file.stem))
                try:
                    self._execute(f"""attach if not exists '{str(file).replace("'", "''")}' as "{alias}" (read_only)""")
                except duckdb.Error as fault:
                    raise NotPublished(message("Version {version} cannot be opened: {fault}", version=file.stem, fault=str(fault).splitlines()[0])) from fault
                self._attached[alias] = file
                self._forget_old_versions()
        return alias

    def _forget_old_versions(self) -> None:
        """Let go of versions that were swept away: an open handle would keep their disk space."""
        for alias, file in list(self._attached.items()):
            if not file.exists():
                self._forget_views_of(alias)
                self._execute(f'detach database if exists "{alias}"')
                del self._attached[alias]

    def _forget_views_of(self, alias: str) -> None:
        for key in [key for key in self._bounded if key[0] == alias]:
            self._let_go(key)

    def release(self, file: Path) -> None:
        """Let go of a candidate before it is moved (Windows does not move open files)."""
        with self._lock:
            for alias, attached in list(self._attached.items()):
                if attached == file:
                    self._forget_views_of(alias)
                    self._execute(f'detach database if exists "{alias}"')
                    del self._attached[alias]


class Within:
    """A version as somebody sees it who may see own rows only, read in the same way."""

    def __init__(self, warehouse: Warehouse, file: Path, version: int, bounds: Bounds) -> None:
        self.home, self.version, self._warehouse, self._file, self._bounds = warehouse.home, version, warehouse, file, bounds

    def read(self, query: str, version: int | None = None, **parameters: Any) -> pl.DataFrame:
        return self._warehouse.read_within(self._bounds, self._file, query, **parameters)

    def has(self, table: str, version: int | None = None) -> bool:
        return self._warehouse.has(table, self.version)


class Pinned:
    """One kept version of a warehouse, read in the same way: a view stays what it was when somebody sent its link."""

    def __init__(self, warehouse: Warehouse, version: int) -> None:
        self.home, self.version, self._warehouse = warehouse.home, version, warehouse

    def read(self, query: str, version: int | None = None, **parameters: Any) -> pl.DataFrame:
        return self._warehouse.read(query, version or self.version, **parameters)

    def has(self, table: str, version: int | None = None) -> bool:
        return self._warehouse.has(table, version or self.version)

    def within(self, bounds: Bounds) -> Within:
        """This version as somebody sees it who may see own rows only."""
        return Within(self._warehouse, versions.file_of(self.home, self.version), self.version, bounds)


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
