"""A workbook: read by a child with limits, then judged like any other table, with its sheet rows for line numbers."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from engine.errors import NeedsAnswer, Refused
from engine.messages import message, plural
from engine.settings import Settings
from engine.store.intake import child, header
from engine.store.intake import headings as names
from engine.store.intake.cells import is_figure
from engine.store.intake.header import Header, Row
from engine.store.intake.landing import land, settle
from engine.store.intake.reading import Fault, Options, RawTable, Told
from engine.store.intake.sieve import Sieve
from engine.store.intake.title_units import units_above
from engine.store.intake.totals import is_total
from engine.store.intake.unpivot import by_month
from engine.store.intake.workbook_parts import column_number
from engine.store.words import EXPLAINS

SAMPLED = 300


def read(
    path: Path, options: Options, con: duckdb.DuckDBPyConnection, name: str, settings: Settings, work: Path, shown_as: str, temporary: bool = False
) -> list[RawTable]:
    """The tables of a workbook in `con`, as `name`, `name_2` …; several only where asked for by sheet `*`.

    Raises Refused (password, bomb, damage, no table) and NeedsAnswer where several sheets could be meant.
    """
    request = {"path": str(path), "work": str(work), "sheet": options.sheet, "largest_zip_ratio": settings["largest_zip_ratio"]}
    request["currency"] = settings["currency"]
    answer = child.read("workbook", request, settings, work, shown_as)
    if options.sheet not in (None, "*") and not answer["sheets"]:
        said = message("{file} has no sheet “{sheet}”; its sheets: {sheets}.", file=shown_as, sheet=options.sheet, sheets=", ".join(answer["names"]))
        raise NeedsAnswer(said, "sheet", "--sheet", tuple(answer["names"]))
    known = names.known(options)
    for sheet in answer["sheets"]:
        sheet["date_system"] = answer["date_system"]
    data = [sheet for sheet in answer["sheets"] if sheet["columns"] >= 2 and not sheet["name"].startswith(EXPLAINS)]
    sheets = [sheet for sheet in data if sheet["rows"] >= 2] or [sheet for sheet in data if _is_ours(sheet, known)]
    chosen = _chosen(sheets, options, known, shown_as)
    tables = [_table(sheet, options, con, name if place == 1 else f"{name}_{place}", settings, shown_as, temporary) for place, sheet in enumerate(chosen, 1)]
    for table in tables:
        _tell_sheets(table, answer, sheets)
    return tables


def _chosen(sheets: list[dict[str, Any]], options: Options, known: frozenset[str], shown_as: str) -> list[dict[str, Any]]:
    """The sheets to read: the one asked for, the only one, or the only one whose header is ours."""
    if not sheets:
        raise Refused(message("{file} holds no table: no sheet with at least two rows and two columns.", file=shown_as))
    if options.sheet == "*":
        return [sheet for sheet in sheets if not sheet["hidden"]]
    if options.sheet:
        return sheets[:1]
    shown = [sheet for sheet in sheets if not sheet["hidden"]] or sheets
    if len(shown) == 1:
        return shown
    ours = [sheet for sheet in shown if _is_ours(sheet, known)]
    if len(ours) == 1:
        return ours
    choices = tuple(sheet["name"] for sheet in ours or shown)
    said = message("{file} has several sheets with data ({sheets}): say which.", file=shown_as, sheets=", ".join(choices))
    raise NeedsAnswer(said, "sheet", "--sheet", choices)


def _is_ours(sheet: dict[str, Any], known: frozenset[str]) -> bool:
    """Whether a header of ours stands in the sheet, be it all that stands there (a template that nobody filled in)."""
    found = header.find(_sample(sheet), known) if sheet["rows"] else None
    return found is not None and found.known >= 2


def _opened(sheet: dict[str, Any]) -> pa.Table:
    with pa.memory_map(sheet["file"]) as source:
        return pa.ipc.open_file(source).read_all()


def _sample(sheet: dict[str, Any]) -> list[Row]:
    rows = _opened(sheet).slice(0, SAMPLED)
    return list(enumerate(zip(*(column.to_pylist() for column in rows.columns), strict=True), 1))


def _table(sheet: dict[str, Any], options: Options, con: duckdb.DuckDBPyConnection, name: str, settings: Settings, shown_as: str, temporary: bool) -> RawTable:
    if sheet["columns"] > int(settings["most_columns"]):
        said = message("{file} has {found} columns, more than the {most} allowed.", file=shown_as, found=sheet["columns"], most=settings["most_columns"])
        raise Refused(said)
    sample, known = _sample(sheet), names.known(options)
    found = header.at_line(sample, options.header_row, known, shown_as) if options.header_row else header.find(sample, known)
    if found is None:
        raise header.missing(sample, shown_as)
    table = RawTable(name, found.headings, found.first, 0)
    table.units = units_above(sample, found.first)
    table.above = tuple(cell for line, cells in sample if line < found.first for cell in cells if cell.strip())
    table.lower = found.lower
    table.dialect = {
        "kind": "workbook",
        "sheet": sheet["name"],
        "date_system": sheet["date_system"],
        "header_row": found.first,
        "header_rows": found.last - found.first + 1,
    }
    cells = _with_currencies(_with_zeros(_opened(sheet), sheet["facts"]), sheet["facts"])
    cells, repeated = _with_merged(cells, sheet["facts"], found.last)
    sieve = Sieve(found.headings)
    rejects = _unknowable(sheet["facts"], found)
    blank: set[int] = set()
    schema = pa.schema([("_line", pa.int64()), *((f"c{index}", pa.string()) for index in range(len(found.headings)))])
    land(con, table, schema, _batches(cells, found, rejects, blank, table), sieve, temporary)
    table.rejects = [fault for fault in rejects.values() if fault.line in table.row_texts]
    settle(con, table, sieve, {}, blank, shown_as)
    if rejects and len(table.rejects) * 2 > table.read:
        first, n = table.rejects[0], len(table.rejects)
        said = message(
            "{file}: {n} of {read} rows cannot be read; row {line}: {reason}", file=shown_as, n=n, read=table.read, line=first.line, reason=str(first.reason)
        )
        raise Refused(said)
    _tell(table, sheet, found, repeated)
    by_month(con, table, options, shown_as, " ".join(cell for line, cells in sample if line < found.first for cell in (*cells, sheet["name"])), temporary)
    return table


def _batches(cells: pa.Table, found: Header, rejects: dict[int, Fault], blank: set[int], table: RawTable) -> Iterator[pa.RecordBatch]:
    """The rows below the header that hold anything, with their sheet rows; those that cannot be read are kept as text only."""
    line = 1
    for batch in cells.to_batches():
        lines = np.arange(line, line + batch.num_rows)
        line += batch.num_rows
        filled = np.zeros(batch.num_rows, np.bool_)
        for column in batch.columns:
            filled |= pc.not_equal(pc.utf8_trim_whitespace(column), "").to_numpy(zero_copy_only=False)
        blank.update(lines[~filled].tolist())
        wanted = filled & (lines > found.last)
        for row in np.flatnonzero(wanted & np.isin(lines, list(rejects))).tolist():
            table.row_texts[int(lines[row])] = " | ".join(column[row].as_py() for column in batch.columns)[:2000]
            wanted[row] = False
        chosen = batch.filter(pa.array(wanted))
        if chosen.num_rows:
            yield pa.RecordBatch.from_arrays([pa.array(lines[wanted]), *chosen.columns], ["_line", *chosen.schema.names])


def _place(cell: str) -> tuple[str, int]:
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert found
    return found[1], int(found[2])


def _unknowable(facts: dict[str, Any], found: Header) -> dict[int, Fault]:
    """Rows with a cell whose value is not in the file: a formula that was never reckoned, a number with digits lost."""
    faults: dict[int, Fault] = {}
    for rule, cells, reason in (
        ("formula", facts.get("unknown", []), message("The result of a formula was never stored: open the workbook in Excel, let it reckon and save it.")),
        ("digits", facts.get("long", []), message("A number with more than 15 digits loses digits in Excel: store such codes as text.")),
    ):
        for cell in cells:
            _, row = _place(cell)
            if row > found.last:
                faults.setdefault(row, Fault(row, None, cell, rule, reason))
    return faults


def _with_zeros(cells: pa.Table, facts: dict[str, Any]) -> pa.Table:
    """Codes that Excel shows with leading zeros, as it shows them."""
    by_column: dict[int, list[tuple[int, str, int]]] = {}
    for column, row, value, digits in facts.get("zeros", []):
        by_column.setdefault(column - int(facts["first_column"]), []).append((row - 1, value, digits))
    for index, places in by_column.items():
        if not 0 <= index < cells.num_columns:
            continue
        values = cells.column(index).to_pylist()
        for row, value, digits in places:
            if row < len(values) and values[row] == value:
                values[row] = values[row].zfill(digits)
        cells = cells.set_column(index, cells.schema.field(index), pa.array(values, pa.string()))
    return cells


def _with_currencies(cells: pa.Table, facts: dict[str, Any]) -> pa.Table:
    """Amounts that Excel shows with the mark of a foreign currency, with that currency: the number alone would pass for the company's."""
    by_column: dict[int, list[tuple[int, str]]] = {}
    for column, row, currency in facts.get("foreign", []):
        by_column.setdefault(column - int(facts["first_column"]), []).append((row - 1, currency))
    for index, places in by_column.items():
        if not 0 <= index < cells.num_columns:
            continue
        values = cells.column(index).to_pylist()
        for row, currency in places:
            if row < len(values) and is_figure(values[row]):
                values[row] = f"{currency} {values[row]}"
        cells = cells.set_column(index, cells.schema.field(index), pa.array(values, pa.string()))
    return cells


def _with_merged(cells: pa.Table, facts: dict[str, Any], last: int) -> tuple[pa.Table, int]:
    """Words merged over several rows, repeated in each of them (not in totals rows, and never figures: they would count twice); how many."""
    down = [(column_number(left) - 1, top, bottom) for left, top, right, bottom in facts.get("merged", []) if left == right and bottom > top > last]
    if not down:
        return cells, 0
    grid = [column.to_pylist() for column in cells.columns]
    offset = int(facts["first_column"]) - 1 if facts.get("first_column", 1 << 20) < 1 << 20 else 0
    repeated = 0
    for place, top, bottom in ((column - offset, top, bottom) for column, top, bottom in down):
        if not 0 <= place < len(grid) or top > cells.num_rows or not (words := grid[place][top - 1]) or is_figure(words):
            continue
        for row in range(top, min(bottom, cells.num_rows)):
            if not grid[place][row] and not any(is_total(column[row]) for column in grid if column[row]):
                grid[place][row] = words
                repeated += 1
    return pa.table([pa.array(column, pa.string()) for column in grid], names=cells.column_names), repeated


def _tell(table: RawTable, sheet: dict[str, Any], found: Header, repeated: int) -> None:
    if found.first > 1:
        table.told.append(Told("header_row", None, 0, (), message("The header was found in row {line}; what stands above is no data.", line=found.first)))
    hidden = [row for row in sheet["facts"].get("hidden", []) if row > found.last]
    if hidden:
        said = plural("{n} hidden row is read like the others.", "{n} hidden rows are read like the others.", n=len(hidden))
        table.told.append(Told("hidden_rows", None, len(hidden), tuple((row, "") for row in hidden[:3]), said))
    merged = [cell for cell in sheet["facts"].get("merged", []) if cell[1] > found.last]
    if repeated:
        said = plural("The words of merged cells were repeated in {n} row.", "The words of merged cells were repeated in {n} rows.", n=repeated)
        table.told.append(Told("merged_words", None, repeated, (), said))
    if merged and not repeated:
        said = plural(
            "{n} group of merged cells; only the first cell has the value.",
            "{n} groups of merged cells; only the first cell of each has the value.",
            n=len(merged),
        )
        table.told.append(Told("merged", None, len(merged), tuple((cell[1], f"{cell[0]}{cell[1]}:{cell[2]}{cell[3]}") for cell in merged[:3]), said))


def _tell_sheets(table: RawTable, answer: dict[str, Any], sheets: Sequence[dict[str, Any]]) -> None:
    others = [sheet["name"] for sheet in sheets if sheet["name"] != table.dialect["sheet"]]
    table.told.append(Told("sheet", None, 0, (), message("Sheet “{sheet}”.", sheet=table.dialect["sheet"])))
    if others:
        table.told.append(Told("other_sheets", None, 0, (), message("Other sheets are left out: {sheets}.", sheets=", ".join(others))))
    if answer["links"]:
        table.told.append(Told("links", None, 0, (), message("The workbook refers to other workbooks; the values stored in it are used.")))
