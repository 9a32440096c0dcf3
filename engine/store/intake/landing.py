"""Rows from any reader into the database, and the second look at those that may be no data."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from engine.errors import GranaryError
from engine.messages import message, plural
from engine.store.intake import headings as names
from engine.store.intake import profiles, totals
from engine.store.intake.cells import is_figure
from engine.store.intake.groups import carry_down
from engine.store.intake.reading import RawTable, Told
from engine.store.intake.sieve import Sieve

LOOKED_AT = 300


def land(con: duckdb.DuckDBPyConnection, table: RawTable, schema: pa.Schema, batches: Iterator[pa.RecordBatch], sieve: Sieve, temporary: bool) -> None:
    """Store the batches (`_line, c0, c1 …`) as the table's relation while the sieve looks on."""
    stopped: list[GranaryError | OSError] = []

    def watched() -> Iterator[pa.RecordBatch]:
        try:
            for batch in batches:
                sieve.look(batch)
                yield batch
        except (GranaryError, OSError) as fault:
            # the database would turn it into an error of its own and lose the sentence, or the number of the disk's fault
            stopped.append(fault)
            raise

    stream = f"{table.name}_stream"
    con.register(stream, pa.RecordBatchReader.from_batches(schema, watched()))
    try:
        con.execute(f'create or replace {"temp " if temporary else ""}table "{table.name}" as select * from "{stream}"')
    except duckdb.Error:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        con.unregister(stream)


def settle(con: duckdb.DuckDBPyConnection, table: RawTable, sieve: Sieve, broken: Mapping[int, Sequence[str]], blank: set[int], shown_as: str) -> None:
    """Take totals, repeated headers, notes and blank rows out of the stored table; count; drop columns without a word.

    broken: lines with a wrong number of fields, taken apart: those that turn out to be notes or totals are no rejects.
    """
    usual = frozenset(index for index, filled in enumerate(sieve.filled.tolist()) if filled >= totals.USUALLY * sieve.rows)
    bounds = con.execute(f'select coalesce(min(_line), 0), coalesce(max(_line), 0) from "{table.name}"').fetchall()[0]
    measures = _measures(con, table)
    shape = totals.Table(table.headings, usual, measures, *bounds)
    found = totals.judge(sieve.picked, sieve.tail, broken, blank, shape)
    stored = [line for line in found.set_aside if line not in broken]
    if stored:
        con.execute(f'delete from "{table.name}" where _line in (select unnest(?::bigint[]))', [stored])
    texts = {**broken, **sieve.tail, **sieve.picked}
    table.set_aside = [found.set_aside[line] for line in sorted(found.set_aside)]
    for line in found.set_aside:
        table.row_texts.setdefault(line, " | ".join(texts[line])[:2000])
    table.totals = found.totals
    table.rejects = [fault for fault in table.rejects if fault.line not in found.set_aside]
    table.read = sieve.rows - len(stored) + len(table.set_aside) + len(table.rejects)
    table.told += [_said(rule, [fault.line for fault in table.set_aside if fault.rule == rule]) for rule in sorted({fault.rule for fault in table.set_aside})]
    carry_down(con, table, measures)
    _drop_empty(con, table, sieve, shown_as)


def _said(rule: str, lines: list[int]) -> Told:
    n = len(lines)
    said = {
        "total": plural("{n} totals row was taken out.", "{n} totals rows were taken out.", n=n),
        "note": plural("{n} note was taken out.", "{n} notes were taken out.", n=n),
        "page": plural("{n} number of a page was taken out.", "{n} numbers of pages were taken out.", n=n),
        "blank": plural("{n} empty row was taken out.", "{n} empty rows were taken out.", n=n),
        "repeated_header": plural("{n} repeated header was taken out.", "{n} repeated headers were taken out.", n=n),
    }[rule]
    return Told(rule, None, n, tuple((line, "") for line in lines[:3]), said)


def _measures(con: duckdb.DuckDBPyConnection, table: RawTable) -> frozenset[int]:
    """Columns of figures that may be summed, by a look at the first rows: no dates, no codes with letters."""
    rows = con.execute(f'select * exclude (_line) from "{table.name}" order by _line limit {LOOKED_AT}').fetchall()
    measures = set()
    for index in range(len(table.headings)):
        values = [row[index] for row in rows if row[index]]
        figures = [value for value in values if is_figure(value) and not _is_dated(value)]
        if values and len(figures) >= 0.7 * len(values):
            measures.add(index)
    return frozenset(measures)


def _is_dated(value: str) -> bool:
    digits = [part for part in "".join(mark if mark.isdigit() else " " for mark in value).split() if part]
    dated = any(mark in value for mark in "年月日") or (len(digits) >= 3 and any(mark in value for mark in "-/.:"))
    return dated and " " not in value.strip()[:4] and "," not in value


def _drop_empty(con: duckdb.DuckDBPyConnection, table: RawTable, sieve: Sieve, shown_as: str) -> None:
    """Leave out columns that have neither name nor value; name those that have values only."""
    kept = [index for index, heading in enumerate(table.headings) if heading or sieve.filled[index]]
    gone = [index for index in range(len(table.headings)) if index not in kept]
    for index in gone:
        con.execute(f'alter table "{table.name}" drop column c{index}')
    for place, index in enumerate(kept):
        if place != index:
            con.execute(f'alter table "{table.name}" rename column c{index} to c{place}')
    full = names.named(table.headings)
    nameless = [full[index] for index in kept if not table.headings[index]]
    if nameless:
        table.told.append(Told("heading", None, 0, (), message("A column without a name is called by its place: {columns}.", columns=", ".join(nameless))))
    table.headings = tuple(full[index] for index in kept)
    names.check_once(table.headings, shown_as)
    table.dialect["signature"] = profiles.signature(table.headings)
