"""Files for the tests of the first step of the intake, and what came of them."""

import uuid
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engine.settings import DEFAULTS, Settings
from engine.store.intake.raw import read_raw
from engine.store.intake.reading import Options, RawTable
from tests.store.intake.databases import empty_database

HEADER = "shipped_on,dealer_id,sku,qty,net_value\n"
CLEAN = "".join(f"2025-01-{day:02d},D{day},S{day},{day},{day}.5\n" for day in range(1, 11))


@dataclass
class Outcome:
    """A raw table: rows as tuples (line, cells …), rejects {line: rule}, aside {line: rule}, told by rule."""

    con: duckdb.DuckDBPyConnection
    table: RawTable

    @property
    def rows(self) -> list[tuple]:
        return self.con.execute(f'select * from "{self.table.name}" order by _line').fetchall()

    @property
    def cells(self) -> list[tuple]:
        return [row[1:] for row in self.rows]

    @property
    def rejects(self) -> dict[int, str]:
        return {fault.line: fault.rule for fault in self.table.rejects}

    @property
    def aside(self) -> dict[int, str]:
        return {fault.line: fault.rule for fault in self.table.set_aside}

    @property
    def told(self) -> dict[str, str]:
        return {told.rule: str(told.said) for told in self.table.told}

    @property
    def closes(self) -> bool:
        """read = stored + rejected + set aside."""
        return self.table.read == len(self.rows) + len(self.table.rejects) + len(self.table.set_aside)


def all_from(path: Path, shown_as: str, settings: Settings = DEFAULTS, **options) -> list[Outcome]:
    con = empty_database()
    return [Outcome(con, table) for table in read_raw(path, Options(**options), con, "raw", settings, path.parent, shown_as)]


def read(folder: Path, content: bytes | str, shown_as: str = "sales.csv", settings: Settings = DEFAULTS, **options) -> Outcome:
    """The only table of a file with this content; text is written in UTF-8."""
    path = folder / uuid.uuid4().hex
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    outcome = all_from(path, shown_as, settings, **options)[0]
    assert outcome.closes
    return outcome
