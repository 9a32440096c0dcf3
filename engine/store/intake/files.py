"""One source through the intake: file or adapter → raw rows → typed rows, ready to be checked against the other tables."""

import contextlib
import graphlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from engine.errors import NeedsAnswer, Refused
from engine.messages import message
from engine.settings import Settings
from engine.store.contracts import Contract
from engine.store.home import Home
from engine.store.intake import fit, profiles, raw, references, rules, taking
from engine.store.intake.reading import ALONE, Fitted, Occasion, Options, RawTable
from engine.store.sources import Source, raw_path


@dataclass
class Intake:
    """A source on its way into the warehouse; `shown_as` names the sheet too where a workbook brought several tables."""

    source: Source
    shown_as: str
    raw: RawTable
    fitted: Fitted

    def check(self, con: duckdb.DuckDBPyConnection, contracts: dict[str, Contract], settings: Settings) -> None:
        """Keys within the file, references to what is already in, business oddities. Raises Refused by a rule's severity."""
        contract = contracts[self.fitted.table]
        rules.check_keys(con, contract, self.fitted, self.shown_as)
        known = self._known(con, contract)
        names = {table: name for table in known if (name := contracts[table].name_column)}
        references.check_references(con, contract, self.fitted, known, names)
        rules.tell_oddities(con, contract, self.fitted, known, settings)

    def _known(self, con: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, str]:
        """Where to look a reference up: tables that hold rows. One that was never brought cannot be held against a row."""
        tables = {table for column in contract.columns for table, _ in column.references} | {"products", "stock", "dealers"}
        known = {}
        for table in sorted(tables):
            name = f'main."{table}"'
            if table == contract.table:
                referenced = sorted({key for column in contract.columns for other, key in column.references if other == table} or set(contract.key))
                columns = ", ".join(f'"{column}"' for column in [*referenced, *([contract.name_column] if contract.name_column else [])])
                con.execute(f"create or replace temp view known_{table} as select {columns} from {name} union all select {columns} from {self.fitted.name}")
                if any(table == other for column in contract.columns for other, _ in column.references):
                    known[table] = f"known_{table}"
            elif con.execute(f"select count(*) from (select 1 from {name} limit 1)").fetchall()[0][0]:
                known[table] = name
        return known

    def counted(self, con: duckdb.DuckDBPyConnection) -> int:
        """The rows that are loaded; raises Refused when the account does not close, because then a row was lost."""
        loaded = int(con.execute(f"select count(*) from {self.fitted.name}").fetchall()[0][0])
        self.fitted.rejected = int(con.execute(f"select count(distinct line) from {self.fitted.name}_rejects").fetchall()[0][0])
        if self.fitted.read != loaded + self.fitted.rejected + len(self.fitted.set_aside):
            raise Refused(
                message(
                    "The account of “{file}” does not close: {read_n} rows read, {loaded_n} loaded, {rejected_n} rejected, {aside_n} set aside.",
                    file=self.shown_as, read_n=self.fitted.read, loaded_n=loaded, rejected_n=self.fitted.rejected, aside_n=len(self.fitted.set_aside),
                )
            )  # fmt: skip
        return loaded

    def add_row_texts(self, con: duckdb.DuckDBPyConnection, source_id: int) -> None:
        """The text of rows that never became cells (field count, quotes), beside their rejects."""
        if self.raw.row_texts:
            con.register("row_texts", pa.table({"line": pa.array(list(self.raw.row_texts), pa.int64()), "text": list(self.raw.row_texts.values())}))
            con.execute("update loads.rejects r set row_text = t.text from row_texts t where r.source_id = $source and r.line = t.line", {"source": source_id})
            con.unregister("row_texts")

    def drop_work(self, con: duckdb.DuckDBPyConnection) -> None:
        """Remove the working tables: the candidate becomes the served file."""
        for name in (f"{self.fitted.name}_rejects", f"{self.fitted.name}_repairs", f"{self.raw.name}", self.fitted.name):
            try:
                con.execute(f"drop table if exists {name}")
            except duckdb.CatalogException:  # a Parquet file is read through a view
                con.execute(f"drop view if exists {name}")


def read_source(
    con: duckdb.DuckDBPyConnection,
    home: Home,
    source: Source,
    number: int,
    contracts: dict[str, Contract],
    settings: Settings,
    work: Path,
    occasion: Occasion = ALONE,
    seen: list[str] | None = None,
) -> list[Intake]:
    """The tables of one source, typed. Raises Refused or NeedsAnswer for the whole of it.

    seen: takes the headings of the file as soon as they are known, be it refused afterwards.
    """
    tables = [_adapted(con, home, source, number, settings, work)] if source.adapter else _opened(con, home, source, number, settings, work)
    if seen is not None:
        seen += [heading for table in tables for heading in (*table.headings, *table.turned)]
    occasion = replace(occasion, of_many=occasion.of_many or len(tables) > 1)
    taken = []
    for part, table in enumerate(tables):
        shown = source.shown_as if len(tables) == 1 else f"{source.shown_as} › {table.dialect.get('sheet', part + 1)}"
        name, options = taking.recognised(con, table, shown, contracts, source.options, home.profiles, occasion)
        taken.append((shown, table, options, fit.fit(con, table, contracts[name], options, settings, f"fit_{number}_{part}", shown)))
    if occasion.of_many:
        source = replace(source, options=taking.narrowed(source.options, [(table, options) for _, table, options, _ in taken]))
    return [Intake(source, shown, table, fitted) for shown, table, _, fitted in taken]


def _opened(con: duckdb.DuckDBPyConnection, home: Home, source: Source, number: int, settings: Settings, work: Path) -> list[RawTable]:
    """The raw tables of a file. What it leaves open is settled as it was for an earlier file, if the same headings come out then."""
    path, name = home.raw / source.kept, f"raw_{number}"
    try:
        return raw.read_raw(path, source.options, con, name, settings, work, source.shown_as, temporary=True)
    except NeedsAnswer as question:
        if question.question not in profiles.OPENING:
            raise
        for signature, options in profiles.openings(home.profiles, source.options):
            con.execute(f"drop table if exists {name}")
            with contextlib.suppress(Refused):
                tables = raw.read_raw(path, options, con, name, settings, work, source.shown_as, temporary=True)
                given = tuple(column for column, _ in options.set)
                if all(signature in {profiles.signature(headings) for headings in (table.headings, (*table.headings, *given))} for table in tables):
                    return tables
        raise


def _adapted(con: duckdb.DuckDBPyConnection, home: Home, source: Source, number: int, settings: Settings, work: Path) -> RawTable:
    """The rows of an adapter's SELECT; it sees the raw files as views that bear their names, and nothing else."""
    text = (home.raw / source.kept).read_text(encoding="utf-8").rstrip().rstrip(";")
    if len(duckdb.extract_statements(text)) != 1:
        raise Refused(message("The adapter “{file}” must be exactly one SELECT.", file=source.shown_as))
    con.execute("create schema if not exists raw_files")
    made = {name for (name,) in con.execute("select view_name from duckdb_views() where schema_name = 'raw_files'").fetchall()}
    for stem, shown, digest in source.raw_files:
        if stem not in made and re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", text):  # a raw file that no SELECT names need not be readable
            _raw_view(con, stem, shown, raw_path(home, digest), settings, work)
    name = f"raw_{number}"
    con.execute("set search_path = 'raw_files,main'")
    try:
        columns = con.execute(f"describe {text}").fetchall()
        cells = ", ".join(f'"{column[0]}" as c{position}' for position, column in enumerate(columns))
        con.execute(f"create table main.{name} as select row_number() over () as _line, {cells} from ({text})")
    finally:
        con.execute("set search_path = 'main'")
    read = con.execute(f"select count(*) from {name}").fetchall()[0][0]
    return RawTable(name, tuple(column[0] for column in columns), 0, read, tuple(column[1] for column in columns), dialect={"adapter": source.shown_as})


def _raw_view(con: duckdb.DuckDBPyConnection, stem: str, shown: str, path: Path, settings: Settings, work: Path) -> None:
    quoted = stem.replace('"', '""')
    if path.suffix == ".parquet":
        con.execute(f"""create view raw_files."{quoted}" as select * from read_parquet('{str(path).replace("'", "''")}')""")
        return
    for table in raw.read_raw(path, Options(), con, f"raw_file_{abs(hash(stem))}", settings, work, shown):
        cells = ", ".join(f'c{position} as "{heading.replace(chr(34), chr(34) * 2)}"' for position, heading in enumerate(table.headings))
        con.execute(f'create view raw_files."{quoted}" as select {cells} from {table.name}')


def topological(readings: list[Intake], contracts: dict[str, Contract]) -> list[Intake]:
    """The readings in an order in which what a table points to comes before it."""
    needs = {name: {table for column in contract.columns for table, _ in column.references if table != name} for name, contract in contracts.items()}
    order = {name: place for place, name in enumerate(graphlib.TopologicalSorter(needs).static_order())}
    return sorted(readings, key=lambda reading: order[reading.fitted.table])
