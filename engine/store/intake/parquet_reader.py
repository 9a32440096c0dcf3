"""Inside the child: is this Parquet file whole, flat and of bearable size? Its footer and first pages are read, nothing is kept."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engine.errors import Refused
from engine.messages import message

MOST_GROUPS = 100_000
MOST_ROWS = 2_000_000_000


def read(request: dict[str, Any]) -> dict[str, Any]:
    """Request: path, shown_as, most_columns. Answer: columns [(name, type)], nested [(name, type)], rows, groups."""
    path, shown_as = Path(request["path"]), request["shown_as"]
    try:
        with path.open("rb") as file:
            file.seek(-4, 2)
            if file.read() != b"PAR1":
                raise Refused(message("{file} is cut off: a Parquet file ends with its table of contents, this one does not.", file=shown_as))
        file_ = pq.ParquetFile(path, page_checksum_verification=True)
        metadata, schema = file_.metadata, file_.schema_arrow
    except (pa.ArrowException, OSError, ValueError, UnicodeDecodeError) as fault:
        raise _damaged(shown_as, fault) from None
    if len(schema.names) > int(request["most_columns"]):
        raise Refused(
            message("{file} has {found} columns, more than the {most} allowed.", file=shown_as, found=len(schema.names), most=request["most_columns"])
        )
    _check_counts(metadata, path.stat().st_size, shown_as)
    nested = [(field.name, str(field.type)) for field in schema if pa.types.is_nested(field.type)]
    _read_once(file_, metadata, shown_as, int(request["values_read"]))
    return {"columns": [(field.name, str(field.type)) for field in schema], "nested": nested, "rows": metadata.num_rows, "groups": metadata.num_row_groups}


def _damaged(shown_as: str, fault: BaseException) -> Refused:
    return Refused(
        message(
            "{file} is damaged: it cannot be read as Parquet ({fault}).", file=shown_as, fault=str(fault).splitlines()[0][:120] if str(fault) else "unreadable"
        )
    )


def _check_counts(metadata: pq.FileMetaData, size: int, shown_as: str) -> None:
    """Counts that cannot be: more row groups or rows than the bytes could hold, chunks outside the file."""
    if metadata.num_row_groups > MOST_GROUPS or not 0 <= metadata.num_rows <= MOST_ROWS:
        raise Refused(
            message("{file} claims {rows} rows in {groups} groups, which cannot be.", file=shown_as, rows=metadata.num_rows, groups=metadata.num_row_groups)
        )
    rows = 0
    for index in range(metadata.num_row_groups):
        group = metadata.row_group(index)
        rows += group.num_rows
        for column in range(group.num_columns):
            chunk = group.column(column)
            start = chunk.dictionary_page_offset or chunk.data_page_offset
            if start < 0 or chunk.total_compressed_size < 0 or start + chunk.total_compressed_size > size:
                raise Refused(message("{file} is damaged: column “{column}” lies outside the file.", file=shown_as, column=chunk.path_in_schema))
    if rows != metadata.num_rows:
        raise Refused(message("{file} is damaged: it claims {rows} rows, its groups hold {found}.", file=shown_as, rows=metadata.num_rows, found=rows))


def _read_once(file: pq.ParquetFile, metadata: pq.FileMetaData, shown_as: str, most: int) -> None:
    """Read every page once where the file is small enough, else the first and the last group: damage shows here, in the child."""
    groups = range(metadata.num_row_groups)
    if metadata.num_rows * max(1, metadata.num_columns) > most:
        groups = sorted({0, metadata.num_row_groups - 1})  # type: ignore[assignment]
    try:
        for index in groups:
            for batch in file.iter_batches(batch_size=65_536, row_groups=[index]):
                batch.validate(full=True)
    except (pa.ArrowException, OSError, ValueError, UnicodeDecodeError) as fault:
        raise _damaged(shown_as, fault) from None
