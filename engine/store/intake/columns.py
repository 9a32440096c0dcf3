"""What each way of reading a column hands back to the fitting: an SQL value, and what is wrong or worth telling."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from engine.messages import Message, message
from engine.store.contracts import Column
from engine.store.intake.measured_headings import Heading
from engine.store.intake.reading import Options, Told

REQUIRED = message("A value is required here, and the cell is empty.")

MINORITY = 0.05


@dataclass(frozen=True)
class Source:
    """One column of a raw table on its way to a column of the contract.

    table, cell: relation and column of the raw rows (SQL names of ours). type: DuckDB type of the cell. work: prefix for temporary tables.
    """

    con: duckdb.DuckDBPyConnection
    table: str
    cell: str
    type: str
    column: Column
    heading: Heading
    options: Options
    currency: str
    work: str
    date_system: int = 1900

    @property
    def text(self) -> str:
        """SQL: the cell as text."""
        return self.cell if self.type == "VARCHAR" else f"cast({self.cell} as varchar)"

    @property
    def lookup(self) -> str:
        """Name of the temporary table that says for every distinct cell `v` its `value`, `fault` and `repair`."""
        return f"{self.work}_{self.cell}"


@dataclass
class Reading:
    """How the cells of one column become values.

    value:   SQL over the raw row (alias `r`) and, where `lookup` is set, the joined lookup (alias `<lookup>`).
    lookup:  temporary table (v, value, fault, repair) joined on the cell's text, or None where a cast suffices.
    faults, repairs: rule -> why, for the rules that stand in the lookup.
    decided: what was found out and is worth remembering (`dates`, `decimal`).
    """

    source: Source
    value: str
    said: Message
    lookup: str | None = None
    faults: Mapping[str, Message] = field(default_factory=dict)
    repairs: Mapping[str, Message] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    decided: dict[str, str] = field(default_factory=dict)


def are_slips(few: int, many: int) -> bool:
    """Whether contrary cells are so few that the column is of one mind and they are mistakes; else the column must be asked about."""
    return not few or (many >= 3 and few <= max(1, MINORITY * (few + many)))


def examples(source: Source, condition: str, table: str, limit: int = 3) -> tuple[tuple[int, str], ...]:
    """Up to three (line, cell) of a table of distinct cells (`v`, `line`) that meet a condition."""
    rows = source.con.execute(f"select line, v from {table} where {condition} order by line limit {limit}").fetchall()
    return tuple((int(line), str(value)) for line, value in rows)


def cells_of(rows: tuple[tuple[int, str], ...]) -> str:
    """Examples as words of a sentence."""
    return ", ".join(f"“{value}”" for _, value in rows)
