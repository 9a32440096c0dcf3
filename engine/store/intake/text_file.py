"""A text table of any size into the database: every cell as text, every row with its line, every line accounted for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from engine.errors import Refused
from engine.messages import Message, message
from engine.settings import Settings
from engine.store.intake import dialect as dialects
from engine.store.intake import encoding as encodings
from engine.store.intake import headings as names
from engine.store.intake import physical_lines, records
from engine.store.intake.blocks import blocks
from engine.store.intake.codepages import BROKEN
from engine.store.intake.header import Header
from engine.store.intake.landing import land, settle
from engine.store.intake.reading import Fault, Options, RawTable, Told
from engine.store.intake.records import Dialect
from engine.store.intake.sieve import Sieve
from engine.store.intake.title_units import units_above
from engine.store.intake.unpivot import by_month

PARSED_AT_ONCE = 1 << 20
MOST_REJECTS = 200_000
BROKEN_SHARE, BROKEN_FROM = 0.5, 20
_RULED = re.compile(r"\s*[-=_─━]{5,}\s*")  # a line drawn across a list, as SAP prints it
LONGEST_RECORD = 1000  # physical lines of one quoted cell


@dataclass
class Ledger:
    """What the scan of lines put aside: every line that is not blank is a row, a reject or a part of a joined row."""

    rejects: list[Fault] = field(default_factory=list)
    row_texts: dict[int, str] = field(default_factory=dict)
    broken: dict[int, list[str]] = field(default_factory=dict)
    blank: list[int] = field(default_factory=list)
    rows: int = 0
    joined: int = 0
    lines: int = 0


@dataclass
class LineReader:
    """Turns blocks of lines into record batches; what does not fit goes to the ledger."""

    dialect: Dialect
    width: int
    after: int
    shown_as: str
    longest: int
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def schema(self) -> pa.Schema:
        return pa.schema([("_line", pa.int64()), *((f"c{index}", pa.string()) for index in range(self.width))])

    def batches(self, parts: Iterator[bytes]) -> Iterator[pa.RecordBatch]:
        """Record batches of `_line, c0, c1 …` with the rows below the header."""
        line, held = 1, b""
        following = next(parts, None)
        while following is not None:
            block, following = held + following, next(parts, None)
            held = b""
            if line <= self.after:
                line, block = _skip(block, line, self.after)
                if not block:
                    continue
            if (table := self._plain(block)) is not None:
                self.ledger.rows += table.num_rows
                yield from table.add_column(0, "_line", pa.array(np.arange(line, line + table.num_rows))).to_batches()
                line += table.num_rows
                continue
            found = physical_lines.scan(block, self.width, self.dialect)
            extra, cut = self._doubtful(block, found, line, last=following is None)
            if cut < len(found.starts):
                held = block[found.starts[cut] :]
                found.clean[cut:] = False
            lines = np.flatnonzero(found.clean) + line
            if len(lines):
                yield from self._parsed(physical_lines.joined(block, found), lines)
            if extra:
                yield self._batch_of(extra)
            line += cut
        self.ledger.lines = line - 1

    def _plain(self, block: bytes) -> pa.Table | None:
        """A block without quotes or damage, parsed: the parser is strict about the number of fields, so where it finds as many
        rows as there are line ends, every line is a row. None where the lines must be looked at one by one."""
        if (self.dialect.quote and block.find(self.dialect.quote.encode()) >= 0) or any(block.find(damage) >= 0 for damage in physical_lines.DAMAGE):
            return None
        try:
            table = self._table(block, "")
        except pa.ArrowInvalid:
            return None
        return table if table.num_rows == block.count(b"\n") else None

    def _table(self, block: bytes, quote: str) -> pa.Table:
        columns = [f"c{index}" for index in range(self.width)]
        return pyarrow.csv.read_csv(
            pa.py_buffer(block),
            read_options=pyarrow.csv.ReadOptions(column_names=columns, block_size=max(PARSED_AT_ONCE, self.longest + 2)),
            parse_options=pyarrow.csv.ParseOptions(delimiter=self.dialect.separator, quote_char=quote or False),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False, check_utf8=False),
        )

    def _parsed(self, block: bytes, lines: npt.NDArray[np.int64]) -> Iterator[pa.RecordBatch]:
        table = self._table(block, self.dialect.quote)
        if table.num_rows != len(lines):
            raise Refused(
                message(
                    "{file}: {found} rows were read where {expected} lines stand, so nothing of it is taken.",
                    file=self.shown_as, found=table.num_rows, expected=len(lines),
                )
            )  # fmt: skip
        self.ledger.rows += len(lines)
        yield from table.add_column(0, "_line", pa.array(lines)).to_batches()

    def _batch_of(self, rows: list[tuple[int, list[str]]]) -> pa.RecordBatch:
        self.ledger.rows += len(rows)
        columns = [pa.array([line for line, _ in rows], pa.int64())]
        columns += [pa.array([cells[index] for _, cells in rows], pa.string()) for index in range(self.width)]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _doubtful(self, block: bytes, found: physical_lines.Scan, line: int, last: bool) -> tuple[list[tuple[int, list[str]]], int]:
        """Judge the lines that are not clean: (rows joined from several lines, index from which lines wait for the next block)."""
        extra: list[tuple[int, list[str]]] = []
        taken = -1
        odd = np.flatnonzero(found.odd)
        for index in np.flatnonzero(~found.clean).tolist():
            if index <= taken:
                continue
            text = block[found.starts[index] : found.ends[index]].decode("utf-8", "replace")
            if not text.strip() or _RULED.fullmatch(text):
                self.ledger.blank.append(line + index)
                continue
            if found.odd[index]:
                place = int(np.searchsorted(odd, index)) + 1
                close = int(odd[place]) if place < len(odd) else None
                if close is None and not last and len(block) - int(found.starts[index]) < self.longest:
                    return extra, index
                if close is not None and (cells := self._joined(block, found, index, close)):
                    extra.append((line + index, cells))
                    found.clean[index : close + 1] = False
                    self.ledger.joined += 1
                    taken = close
                    continue
            else:
                marked = records.fields(text, self.dialect)
                if isinstance(marked, list) and self._is_row(text, marked):
                    extra.append((line + index, marked))  # its quotes are marks inside a field, in pairs
                    continue
            self._reject(line + index, text)
        return extra, len(found.starts)

    def _joined(self, block: bytes, found: physical_lines.Scan, first: int, last: int) -> list[str] | None:
        """The fields of a row that a genuine quoted line break spreads over several lines, or None where the break is not genuine.

        A lost or added quote swallows line ends just as well; then the lines are rows by themselves. So a break is taken for
        genuine only where the fields add up and none of its lines has the fields of a whole row.
        """
        size = int(found.ends[last] - found.starts[first])
        if last - first > LONGEST_RECORD or size > self.longest or found.clean[first : last + 1].any():
            return None
        text = block[found.starts[first] : found.ends[last]].decode("utf-8", "replace")
        cells = records.fields(text, self.dialect)
        if not isinstance(cells, list) or not self._is_row(text, cells):
            return None
        lines = text.split("\n")
        counts = [line.count(self.dialect.separator) + 1 for line in lines]
        if sum(count - 1 for count in counts) == self.width - 1 and max(counts) < self.width:
            return cells
        if _all_quoted(text, cells, self.dialect):
            return cells
        whole = any(records.parts(line, self.dialect) == self.width or count == self.width for line, count in zip(lines, counts, strict=True))
        return None if whole else cells

    def _is_row(self, text: str, cells: list[str]) -> bool:
        return len(cells) == self.width and not any(lost in text for lost in ("\x00", BROKEN, "�"))

    def _reject(self, line: int, text: str) -> None:
        rule, reason, cells = judge(text, self.dialect, self.width)
        self.ledger.rejects.append(Fault(line, None, None, rule, reason))
        self.ledger.row_texts[line] = text.replace(BROKEN, "")[:2000]
        if cells:
            self.ledger.broken[line] = cells
        if len(self.ledger.rejects) > MOST_REJECTS:
            said = message("{file}: more than {n} lines are broken; line {line}: {reason}", file=self.shown_as, n=MOST_REJECTS, line=line, reason=str(reason))
            raise Refused(said)


def _all_quoted(text: str, cells: list[str], dialect: Dialect) -> bool:
    """Whether every field of a record is quoted: then a line break between quotes is beyond doubt."""
    quote = dialect.quote
    doubled = sum(cell.count(quote) for cell in cells) * 2
    return text.count(quote) - doubled == 2 * len(cells)


def judge(text: str, dialect: Dialect, width: int) -> tuple[str, Message, list[str]]:
    """Why a line is no row: (rule, reason, its fields where they can be told)."""
    if BROKEN in text:
        return "encoding", message("The line holds bytes that do not fit the file's encoding."), []
    if "\x00" in text:
        return "encoding", message("The line holds zero bytes."), []
    if "�" in text:
        return "encoding", message("The line holds letters that were lost before (�)."), []
    found = records.fields(text, dialect)
    if found == records.OPEN:
        return "quote", message("A quote is opened and not closed in this row."), []
    if not isinstance(found, list):
        return "quote", message("A quote stands inside a field."), []
    return "field_count", message("{found} fields were found, {expected} were expected.", found=len(found), expected=width), found


def _skip(block: bytes, line: int, after: int) -> tuple[int, bytes]:
    """(number of the first line kept, block from there): leaves out title rows and header."""
    at = 0
    while line <= after:
        end = block.find(b"\n", at)
        if end < 0:
            return line, b""
        at, line = end + 1, line + 1
    return line, block[at:]


def read(path: Path, options: Options, con: duckdb.DuckDBPyConnection, name: str, settings: Settings, shown_as: str, temporary: bool = False) -> RawTable:
    """A text file into the table `name` of `con`. Raises Refused and NeedsAnswer, each with one sentence."""
    longest = int(settings["longest_line_kb"]) * 1024
    encoding = encodings.decide(path, shown_as, options.encoding)
    sample = next(blocks(path, encoding, shown_as, longest, 1 << 18), b"").decode("utf-8", "replace").split("\n")[: dialects.SAMPLED]
    shape = dialects.find(sample, options, names.known(options), shown_as)
    header = shape.header
    assert header is not None
    if shape.width > int(settings["most_columns"]):
        raise Refused(message("{file} has {found} columns, more than the {most} allowed.", file=shown_as, found=shape.width, most=settings["most_columns"]))
    reader = LineReader(shape.dialect, shape.width, header.last, shown_as, longest)
    sieve = Sieve(header.headings)
    found = reader.batches(blocks(path, encoding, shown_as, longest))
    table = RawTable(name, header.headings, header.first, 0)
    table.dialect = {"kind": "text", "encoding": encoding.name, "separator": shape.dialect.separator, "quote": shape.dialect.quote}
    table.dialect |= {"header_row": header.first, "header_rows": header.last - header.first + 1}
    table.told = _told(encoding, shape.dialect, header)
    table.units = units_above(((line, text.split(shape.dialect.separator)) for line, text in enumerate(sample, 1)), header.first)
    table.above = tuple(text for text in sample[: header.first - 1] if text.strip())
    table.lower = header.lower
    land(con, table, reader.schema, found, sieve, temporary)
    ledger = reader.ledger
    table.rejects, table.row_texts = ledger.rejects, ledger.row_texts
    settle(con, table, sieve, ledger.broken, set(ledger.blank), shown_as)
    _refuse_ruins(table, shown_as)
    by_month(con, table, options, shown_as, " ".join(sample[: header.first - 1]), temporary)
    if not _ends_with_line(path, encoding):
        said = message("The file does not end with a line end: if it was cut off, so is its last value.")
        table.told.append(Told("last_line", None, 0, (), said))
    return table


def _ends_with_line(path: Path, encoding: encodings.Encoding) -> bool:
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), 2)
        end = file.read()
    return end.strip(b"\x00")[-1:] in (b"\n", b"\r", b"\x1a")


def _told(encoding: encodings.Encoding, dialect: Dialect, header: Header) -> list[Told]:
    told = [Told("encoding", None, 0, (), encoding.said)]
    told.append(Told("separator", None, 0, (), message("Columns are separated by {separator}.", separator=dialects.SAID[dialect.separator])))
    if header.first > 1:
        told.append(Told("header_row", None, 0, (), message("The header was found in line {line}; what stands above is no data.", line=header.first)))
    return told


def _refuse_ruins(table: RawTable, shown_as: str) -> None:
    """A file of which most lines are broken is read wrongly, whatever the rest says."""
    broken = len(table.rejects)
    if broken and (broken == table.read or (table.read >= BROKEN_FROM and broken > table.read * BROKEN_SHARE)):
        first = table.rejects[0]
        said = message(
            "{file}: {n} of {read} lines are broken; line {line}: {reason}", file=shown_as, n=broken, read=table.read, line=first.line, reason=str(first.reason)
        )
        raise Refused(said)
