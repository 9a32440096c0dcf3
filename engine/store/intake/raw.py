"""The first step of the intake: a file of any origin becomes a table of text cells with exact line numbers.

content and name agree? ─▶ text | workbook | Parquet ─▶ header ─▶ rows stored ─▶ totals, notes, repeats taken out
"""

from pathlib import Path

import duckdb

from engine.settings import Settings
from engine.store.intake import opening, parquet_file, text_file, workbook
from engine.store.intake.reading import Options, RawTable


def read_raw(
    path: Path, options: Options, con: duckdb.DuckDBPyConnection, name: str, settings: Settings, work: Path, shown_as: str, temporary: bool = False
) -> list[RawTable]:
    """The tables of one file, each stored in `con` as `name`, `name_2`, …

    path: the stored file. shown_as: its original name, whose extension is checked against the content. work: a folder for
    scratch files, which the caller empties. temporary: store rows in temporary tables of this very connection, which costs half
    (nothing is compressed or written out unless memory runs short). Several tables come back only where that is beyond doubt or sheet is `*`.
    Raises Refused (not a table, damaged, too large, not what its name says) and NeedsAnswer, each with one sentence.
    """
    opening.check_path(path, shown_as, settings)
    plain = opening.unpacked(path, shown_as, settings, work)
    kind = opening.kind_of(plain, shown_as)
    if kind == "parquet":
        return [parquet_file.read(plain, con, name, settings, work, shown_as)]
    if kind == "workbook":
        return workbook.read(plain, options, con, name, settings, work, shown_as, temporary)
    return [text_file.read(plain, options, con, name, settings, shown_as, temporary)]
