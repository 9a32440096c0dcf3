"""What the steps of the intake hand to each other.

    options + path ──raw──▶ RawTable (every row as text, with its line) ──fit──▶ Fitted (typed rows; rejects; what was told)

Every step works inside one DuckDB connection, on tables whose names it is given, so that fifty million rows never become
Python objects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.messages import Message
from engine.store.intake.title_units import TitleUnit


@dataclass(frozen=True)
class Options:
    """What the user settled, for one file or for all of a load; None = find out, and ask where the file leaves it open.

    dates: `dmy`, `mdy` or `ymd`. decimal: `,` or `.`. header_row: physical line (or sheet row) of the header, from 1.
    map: heading as it stands in the file -> column of the contract; a column of `-` means "leave this one out".
    set: column of the contract -> the value that it has in every row, for what a file says only in its title.
    months: True = months stand as columns and are to be unpivoted. separator: `,` `;` tab or `|`. profile: name or path of a saved mapping.
    """

    table: str | None = None
    dates: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    map: tuple[tuple[str, str], ...] = ()
    months: bool | None = None
    separator: str | None = None
    profile: str | None = None
    set: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Occasion:
    """How a file comes to be read.

    of_many: its options go with other tables too, so what they say of headings and columns that this one does not have is passed over.
    again:   it was loaded before: what it left open was settled then, and nobody is there to be asked.
    """

    of_many: bool = False
    again: bool = False


ALONE = Occasion()


@dataclass(frozen=True)
class Fault:
    """One row that is not loaded as it stands, or one repair: where, what was found, and why.

    rule: short stable name (`type`, `required`, `allowed`, `field_count`, `quote`, `total`, `repeated_header`, `note`, …).
    column: the contract's name, else the heading, else None for a fault of the whole row.
    """

    line: int
    column: str | None
    value: str | None
    rule: str
    reason: Message


@dataclass(frozen=True)
class Told:
    """A business oddity or a decision that the user should know of; the rows are loaded all the same.

    rule: short stable name. rows: how many. examples: up to three (line, value).
    """

    rule: str
    column: str | None
    rows: int
    examples: tuple[tuple[int, str], ...]
    said: Message


@dataclass(frozen=True)
class Format:
    """How one column was read: shown with three examples as (as it stands, as it was understood)."""

    heading: str
    column: str
    said: Message
    examples: tuple[tuple[str, str], ...]


@dataclass
class RawTable:
    """One table of one file, every cell as text, in the connection's table `name`: `_line BIGINT, c0 VARCHAR, c1 …`.

    headings:  as they stand in the file (two-row headers joined with a space), one for each c-column.
    typed:     column types where the source has types (Parquet, adapters): then `name` may be a view and cells keep them.
    header_line: physical line of the header; 0 where the source has none.
    read:      data rows found: those in `name` + structural rejects + structural set-asides.
    rejects:   rows that are no row of the table (field count, quotes, decoding), `row_text` beside each in `row_texts`.
    set_aside: totals, repeated headers, notes: with rule and line.
    totals:    (label, {heading: value as text}) of each totals row taken out, to be reconciled with the detail.
    told:      decisions about encoding, separator, header row, sheet.
    units:     what the title rows say about the amounts of the whole table.
    above:     the texts of the title rows.
    lower:     heading joined from two rows -> the words of the lower one.
    turned:    heading of a month that became rows -> the heading of the column where its figures stand now.
    unsaid:    the heading of such a column where nothing says what its figures are; None = there is none.
    dialect:   encoding, separator, quote, sheet, header_row … as JSON-able values, for receipt, profile and rebuild.
    """

    name: str
    headings: tuple[str, ...]
    header_line: int
    read: int
    typed: tuple[str, ...] | None = None
    rejects: list[Fault] = field(default_factory=list)
    set_aside: list[Fault] = field(default_factory=list)
    row_texts: dict[int, str] = field(default_factory=dict)
    totals: list[tuple[str, dict[str, str], tuple[int, ...]]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    units: tuple[TitleUnit, ...] = ()
    above: tuple[str, ...] = ()
    lower: Mapping[str, str] = field(default_factory=dict)
    turned: Mapping[str, str] = field(default_factory=dict)
    unsaid: str | None = None
    dialect: dict[str, Any] = field(default_factory=dict)


@dataclass
class Fitted:
    """A raw table fitted to a contract: typed rows in the connection's table `name` (all contract columns + `_line BIGINT`).

    rejects and repairs stand in the connection's tables `<name>_rejects` and `<name>_repairs`, both with columns
    `line bigint, column_name varchar, value varchar, rule varchar, reason varchar` (`reason` = Message.to_json()), so that a
    million bad rows are no Python objects; `_rejects` may hold several records for a line, `rejected` counts lines.
    mapping: heading -> column (or `-`). formats: one for each mapped column. read/rejected/repaired/set_aside are counts.
    """

    name: str
    table: str
    read: int
    loaded: int
    rejected: int
    repaired: int
    set_aside: list[Fault]
    mapping: dict[str, str]
    formats: list[Format]
    told: list[Told]
    dialect: dict[str, Any]
