"""A Parquet file: examined by a child with limits, then read where it lies; its columns keep their types."""

from pathlib import Path

import duckdb

from engine.errors import Refused
from engine.messages import message
from engine.settings import Settings
from engine.store.intake import child, profiles
from engine.store.intake import headings as names
from engine.store.intake.reading import RawTable

VALUES_READ = 20_000_000


def read(path: Path, con: duckdb.DuckDBPyConnection, name: str, settings: Settings, work: Path, shown_as: str) -> RawTable:
    """A view `name` over the file, with `_line` = row number from 1. Raises Refused for a damaged, nested or absurd file."""
    request = {"path": str(path), "most_columns": settings["most_columns"], "values_read": VALUES_READ}
    answer = child.read("parquet", request, settings, work, shown_as)
    if answer["nested"]:
        column, found = answer["nested"][0]
        raise Refused(message("{file}: column “{column}” is nested ({found}); a table has one value in each cell.", file=shown_as, column=column, found=found))
    headings = tuple(names.named([column for column, _ in answer["columns"]]))
    names.check_once(headings, shown_as)
    # a file name is a pattern to the database: only a path of plain characters means that one file
    source = str(path).replace("'", "''")
    if any(mark in source for mark in "*?[]{}"):
        raise Refused(message("{file} lies at a path with signs that the database takes for a pattern.", file=shown_as))
    numbered = not any(heading.lower() == "file_row_number" for heading in headings)
    counted = f"(select *, row_number() over () - 1 as \"number of the row\" from read_parquet('{source}'))"
    rows = f"read_parquet('{source}', file_row_number = true)" if numbered else counted
    number = "file_row_number" if numbered else '"number of the row"'
    try:
        columns = [(row[0], row[1]) for row in con.execute(f"describe select * from {rows}").fetchall()][: len(headings)]
        renamed = ", ".join(f'"{old.replace(chr(34), chr(34) * 2)}" as c{index}' for index, (old, _) in enumerate(columns))
        con.execute(f'create or replace view "{name}" as select ({number} + 1)::bigint as _line, {renamed} from {rows}')
    except duckdb.Error as fault:
        raise Refused(message("{file} is damaged: it cannot be read as Parquet ({fault}).", file=shown_as, fault=str(fault).splitlines()[0][:120])) from None
    table = RawTable(name, headings, 0, int(answer["rows"]), typed=tuple(type_ for _, type_ in columns))
    table.dialect = {"kind": "parquet", "signature": profiles.signature(headings)}
    return table
