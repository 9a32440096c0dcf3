"""What a polluted file is: its bytes, what each of its rows must become, and the outcomes that are right for it.

A case is made, and its manifest written, before anything is loaded; `judge` compares afterwards.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.corpus.clean import Record, totals

EXACT, TOLD, REJECTED, REFUSED, ASKED = "exact", "repaired and told", "rows rejected", "refused", "asked"
LOADS = frozenset({EXACT, TOLD, REJECTED})
LOADS_WHOLE = frozenset({EXACT, TOLD})
STOPS = frozenset({REFUSED, ASKED})
ANY = LOADS | STOPS


@dataclass(frozen=True)
class Row:
    """One row of a polluted file.

    line:   its first physical line (of a workbook: the row of the sheet), 0 where the format has none; last: its last line.
    values: what may be loaded for it, unsaid; several where the file may be read in more than one true way; none = nothing may.
    fate:   `clean` it must be loaded; `hurt` it may be rejected, or repaired and told; `told` it may be loaded, but not unsaid.
    """

    line: int
    values: tuple[Record, ...]
    fate: str = "clean"
    last: int = 0

    def covers(self, line: int) -> bool:
        return self.line <= line <= max(self.line, self.last)


@dataclass(frozen=True)
class Case:
    """One polluted file; `expected` are the outcomes that are right, anything else is a miss, and `silent` never is right."""

    name: str
    family: str
    file: str
    content: bytes
    table: str
    rows: tuple[Row, ...]
    expected: frozenset[str] = ANY
    options: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    must_tell: tuple[str, ...] = ()

    def manifest(self) -> dict[str, Any]:
        clean = [row.values[0] for row in self.rows if row.fate == "clean" and row.values]
        return {
            "name": self.name, "family": self.family, "file": self.file, "bytes": len(self.content), "table": self.table,
            "expected": sorted(self.expected), "rows": len(self.rows), "clean": totals(clean), "must_tell": list(self.must_tell),
        }  # fmt: skip


def plain_number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def iso(day: date) -> str:
    return day.isoformat()


def cells(rows: Sequence[Record], number: Callable[[float], str] = plain_number, day: Callable[[date], str] = iso) -> list[list[str]]:
    """Every value as the text that stands in the file."""

    def shown(value: Any) -> str:
        if value is None:
            return ""
        return day(value) if isinstance(value, date) else number(value) if isinstance(value, float) else str(value)

    return [[shown(value) for value in row.values()] for row in rows]


def lines(rows: Iterable[Sequence[str]], separator: str = ",", quote: str = '"') -> list[str]:
    """The rows as CSV lines, quoted where that is needed."""
    kept = []
    for row in rows:
        line = io.StringIO()
        csv.writer(line, delimiter=separator, quotechar=quote, lineterminator="").writerow(row)
        kept.append(line.getvalue())
    return kept


def joined(text_lines: Iterable[str], newline: str = "\n", encoding: str = "utf-8") -> bytes:
    return (newline.join(text_lines) + newline).encode(encoding)


def table_lines(rows: Sequence[Record], separator: str = ",", **shown: Any) -> list[str]:
    """Header and rows of a table as CSV lines."""
    return lines([list(rows[0]), *cells(rows, **shown)], separator)


def clean_rows(rows: Sequence[Record], first_line: int = 2) -> tuple[Row, ...]:
    return tuple(Row(first_line + place, (row,)) for place, row in enumerate(rows))


def with_fate(rows: Sequence[Row], place: int, fate: str, *values: Record) -> tuple[Row, ...]:
    """The same rows, one of them with another fate; without `values` its true values stay allowed."""
    changed = Row(rows[place].line, values or rows[place].values, fate, rows[place].last)
    return (*rows[:place], changed, *rows[place + 1 :])
