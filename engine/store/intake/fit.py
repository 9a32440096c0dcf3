"""Raw rows to typed rows: each column by the way it is written, each row whole or rejected with every fault named.

    raw rows ──▶ how is each column written? ──▶ one pass of casts ──▶ text mended ──▶ required, checks ──▶ faulty rows taken out

A clean column costs one pattern and one cast; only a column with something in it that no single pattern covers is settled on its
distinct cells. Nothing of a file becomes Python objects but its first rows, what was told, and a few examples.
"""

import re

import duckdb

from engine.errors import Refused
from engine.messages import Message, message
from engine.settings import Settings
from engine.store.contracts import Column, Contract
from engine.store.intake import account, currency_column, dates_in_columns, numbers_in_columns, reconcile, words_in_columns, years_and_months
from engine.store.intake.columns import REQUIRED, Reading, Source
from engine.store.intake.measured_headings import headings_of
from engine.store.intake.notation import literal
from engine.store.intake.number_cells import scale
from engine.store.intake.reading import Fitted, Format, Options, RawTable, Told
from engine.store.intake.recognise import LEFT_OUT, assigned, settled
from engine.store.intake.title_units import with_group_units, with_title_units

SAMPLE, ROUNDS = 500, 3
NUMBERS = ("DOUBLE", "INTEGER", "BIGINT")
ALREADY = {"DATE": ("DATE", "TIMESTAMP"), "TIMESTAMP": ("TIMESTAMP", "DATE"), "BOOLEAN": ("BOOLEAN",)}
NUMERIC = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL\(.*)\Z")
NOT_A_CELL = re.compile(r"STRUCT|MAP|UNION|\[\]|LIST|BLOB|BIT\Z")
NOT_FINITE = message("This is not a finite number.")
NO_YEAR = message("The year lies outside 1900 to 2199.")


def fit(con: duckdb.DuckDBPyConnection, raw: RawTable, contract: Contract, options: Options, settings: Settings, name: str, shown_as: str) -> Fitted:
    """The raw table in the shape of the contract: tables `name`, `<name>_rejects` and `<name>_repairs` of the connection.

    Raises Refused (a required column is missing, a nested column) and NeedsAnswer (`--map`, `--decimal`, `--dates`).
    """
    found = headings_of(raw.headings, raw.lower)
    mapping = settled(assigned(found, contract, options), found, shown_as)
    years_and_months.put_together(con, raw, contract, found, mapping, shown_as)
    sources = _sources(con, raw, contract, options, settings, name, mapping, shown_as)
    readings = _readings(sources, raw, shown_as)
    _cast(con, raw, contract, readings, name)
    told = list(raw.told) + [told for reading in readings for told in reading.told] + _left_out(mapping)
    told += words_in_columns.mend(
        con, name, [(each.source.column, each.source.heading.name) for each in readings if each.lookup is None and each.source.column.type == "VARCHAR"]
    )
    told += reconcile.totals(con, raw, readings, name)
    _reject_cells(con, raw, contract, readings, name)
    _reject_rows(con, contract, name)
    told += currency_column.reject_foreign(con, raw, found, mapping, readings, name)
    formats = _formats(con, raw, readings, name)
    loaded, rejected, repaired = account.take_out(con, name)
    for reading in readings:
        if reading.lookup:
            con.execute(f"drop table if exists {reading.lookup}")
    decided: dict[str, set[str]] = {}
    for reading in readings:
        for what, how in reading.decided.items():
            decided.setdefault(what, set()).add(how)
    dialect = raw.dialect | {what: next(iter(hows)) for what, hows in decided.items() if len(hows) == 1}
    return Fitted(name, contract.table, raw.read, loaded, rejected, repaired, list(raw.set_aside), mapping, formats, told, dialect)


def _left_out(mapping: dict[str, str]) -> list[Told]:
    """The headings that no column wants: told, because what is left out silently is missed later."""
    names = [heading for heading, column in mapping.items() if column == LEFT_OUT and not re.fullmatch(r"(#|column )\d+", heading)]
    return (
        [Told("left_out", None, len(names), (), message("These columns are not needed and were left out: {headings}.", headings=", ".join(names)))]
        if names
        else []
    )


def _sources(
    con: duckdb.DuckDBPyConnection, raw: RawTable, contract: Contract, options: Options, settings: Settings, name: str, mapping: dict[str, str], shown_as: str
) -> list[Source]:
    """The columns that are read, in the order of the file."""
    columns = {heading: contract.column(column) for heading, column in mapping.items() if column != LEFT_OUT}
    found = with_group_units(headings_of(raw.headings, raw.lower), columns, raw.header_line, shown_as)
    found = with_title_units(found, columns, raw.units, shown_as)
    system = 1904 if str(raw.dialect.get("date_system", raw.dialect.get("date1904", ""))) in ("1904", "True", "true", "1") else 1900
    sources = []
    for place, heading in enumerate(found):
        if mapping[heading.name] == LEFT_OUT:
            continue
        type_ = raw.typed[place].upper() if raw.typed else "VARCHAR"
        sources.append(
            Source(con, raw.name, f"c{place}", type_, contract.column(mapping[heading.name]), heading, options, str(settings["currency"]), name, system)
        )
    return sources


def _readings(sources: list[Source], raw: RawTable, shown_as: str) -> list[Reading]:
    """How every column is read: typed as it is, by one quick pattern over all its cells, or settled on its distinct cells."""
    readings: dict[str, Reading] = {}
    sample = _sample(sources, raw)
    for source in sources:
        if NOT_A_CELL.search(source.type):
            raise Refused(
                message(
                    "“{file}”: the column “{heading}” holds nested values ({type}), not cells.", file=shown_as, heading=source.heading.name, type=source.type
                )
            )
        reading = _typed_reading(source)
        if reading is None and (source.column.values or source.column.type == "BOOLEAN"):
            reading = words_in_columns.words_reading(source)
        if reading is None and source.column.type == "VARCHAR":
            reading = words_in_columns.plain_reading(source)
        if reading is not None:
            readings[source.cell] = reading
    readings |= _quick_readings([source for source in sources if source.cell not in readings], raw, sample)
    return [readings[source.cell] if source.cell in readings else _careful(source, sample[source.cell]) for source in sources]


def _sample(sources: list[Source], raw: RawTable) -> dict[str, list[str]]:
    """A few hundred cells of each column, to find the pattern worth trying; the whole column is checked against it afterwards."""
    if not sources:
        return {}
    rows = sources[0].con.execute(f"select {', '.join(source.text for source in sources)} from {raw.name} limit {SAMPLE}").fetchall()
    return {source.cell: [row[place] for row in rows if row[place] is not None] for place, source in enumerate(sources)}


def _quick_readings(sources: list[Source], raw: RawTable, sample: dict[str, list[str]]) -> dict[str, Reading]:
    """The columns that one pattern covers whole. Where the first cells suggest a pattern and others do not fit it, those join the
    sample for another try: thousands may begin far below."""
    found: dict[str, Reading] = {}
    trying = sources
    for _ in range(ROUNDS):
        tried = {source.cell: quick for source in trying if (quick := _quick(source, sample[source.cell])) is not None}
        if not tried:
            break
        counts = sources[0].con.execute(f"select {', '.join(f'count(*) filter ({misfit})' for misfit, _ in tried.values())} from {raw.name}").fetchall()[0]
        misfits = dict(zip(tried, counts, strict=True))
        found |= {cell: tried[cell][1] for cell, count in misfits.items() if not count}
        trying = [source for source in trying if misfits.get(source.cell)]
        for source in trying:
            rows = source.con.execute(f"select {source.text} from {raw.name} where {tried[source.cell][0]} limit {SAMPLE}").fetchall()
            sample[source.cell] += [cell for (cell,) in rows]
    return found


def _quick(source: Source, sample: list[str]) -> tuple[str, Reading] | None:
    """The SQL condition of a misfit, and the reading if there are none; None where the sample already shows that it is no use."""
    if source.column.type in NUMBERS:
        marks = numbers_in_columns.quick(source, sample)
        return None if marks is None else (numbers_in_columns.misfit(source, marks), numbers_in_columns.quick_reading(source, marks))
    form = dates_in_columns.quick(source, sample)
    return None if form is None else (dates_in_columns.misfit(source, form), dates_in_columns.quick_reading(source, form))


def _careful(source: Source, sample: list[str]) -> Reading:
    if source.column.type in NUMBERS:
        return numbers_in_columns.careful_reading(source, numbers_in_columns.likely(source, sample))
    return dates_in_columns.careful_reading(source)


def _typed_reading(source: Source) -> Reading | None:
    """The reading of a cell that already has the type, or None where its text must be read."""
    cell, column = f"r.{source.cell}", source.column
    if source.type == "VARCHAR" or source.type.startswith("ENUM"):
        return None
    if column.type in ALREADY and (source.type in ALREADY[column.type] or (source.type.startswith("TIMESTAMP") and column.type in ("DATE", "TIMESTAMP"))):
        if column.type == "DATE" and (months := dates_in_columns.typed_months(source)):
            return months
        told = []
        if source.type.startswith("TIMESTAMP") and column.type == "DATE":
            told.append(
                Told("time_dropped", column.name, 0, (), message("“{heading}” holds points in time; only their day is kept.", heading=source.heading.name))
            )
        day = cell if column.type == "BOOLEAN" else f"{cell}::date" if column.type == "DATE" else f"{cell}::timestamp"
        return Reading(
            source,
            f"date_trunc('month', {day})::date" if column.unit == "month" else day,
            message("Typed in the file ({type}).", type=source.type.lower()),
            told=told,
        )
    if column.type in NUMBERS and NUMERIC.match(source.type):
        power = scale(source)
        value = f"{cell}::double * 1e{power}" if power > 0 else f"{cell}::double / 1e{-power}" if power else f"{cell}::double"
        value = value if column.type == "DOUBLE" else f"try_cast({value} as {column.type})"
        return Reading(source, value, message("Typed in the file ({type}).", type=source.type.lower()), told=numbers_in_columns.told_of_heading(source))
    return None


def _cast(con: duckdb.DuckDBPyConnection, raw: RawTable, contract: Contract, readings: list[Reading], name: str) -> None:
    """The one pass in which text becomes values, and the empty tables for rejects and repairs."""
    by_column = {reading.source.column.name: reading for reading in readings}
    cells = [f'{by_column[column.name].value if column.name in by_column else f"null::{column.type}"} as "{column.name}"' for column in contract.columns]
    joins = [f"left join {reading.lookup} on {reading.lookup}.v = {_cell_text(reading.source)}" for reading in readings if reading.lookup]
    con.execute(f"create or replace table {name} as select {', '.join(cells)}, r._line::bigint as _line from {raw.name} r {' '.join(joins)}")
    for kind in ("rejects", "repairs"):
        con.execute(f"create or replace table {name}_{kind} (line bigint, column_name varchar, value varchar, rule varchar, reason varchar)")


def _cell_text(source: Source) -> str:
    return f"r.{source.cell}" if source.type == "VARCHAR" else f"cast(r.{source.cell} as varchar)"


def _reject_cells(con: duckdb.DuckDBPyConnection, raw: RawTable, contract: Contract, readings: list[Reading], name: str) -> None:
    """Every cell that could not be read, and every repair, with its line and its reason."""
    if raw.rejects:
        rows = [(fault.line, fault.column, fault.value, fault.rule, fault.reason.to_json()) for fault in raw.rejects]
        line, column, value, rule, reason = (list(part) for part in zip(*rows, strict=True))
        con.execute(
            f"insert into {name}_rejects select unnest($line), unnest($column), unnest($value), unnest($rule), unnest($reason)",
            {"line": line, "column": column, "value": value, "rule": rule, "reason": reason},
        )
    for reading in readings:
        for kind, whys in (("fault", reading.faults), ("repair", reading.repairs)):
            if reading.lookup is None or not whys or not con.execute(f"select count(*) from {reading.lookup} where {kind} is not null").fetchall()[0][0]:
                continue
            reasons = " ".join(f"when {literal(rule)} then {literal(why.to_json())}" for rule, why in whys.items())
            con.execute(
                f"insert into {name}_{'rejects' if kind == 'fault' else 'repairs'} "
                f"select r._line, {literal(reading.source.column.name)}, l.v, l.{kind}, case l.{kind} {reasons} end "
                f"from {raw.name} r join {reading.lookup} l on l.v = {_cell_text(reading.source)} where l.{kind} is not null"
            )


def _reject_rows(con: duckdb.DuckDBPyConnection, contract: Contract, name: str) -> None:
    """What only the typed rows show: empty required cells, numbers without end, impossible years, broken checks, groups of one."""
    rules: list[tuple[str, str | None, str, Message]] = []
    for column in contract.columns:
        cell = f'"{column.name}"'
        if column.required:
            rules.append((f"{cell} is null", column.name, "required", REQUIRED))
        if column.type == "DOUBLE":
            rules.append((f"not isfinite({cell})", column.name, "not_finite", NOT_FINITE))
        if column.type in ("DATE", "TIMESTAMP"):
            rules.append((f"year({cell}) not between {dates_in_columns.FIRST_YEAR} and {dates_in_columns.LAST_YEAR}", column.name, "year", NO_YEAR))
    rules += [
        (f"not ({check})", _checked(contract, check), "allowed", message("The contract asks for {check}.", check=check.strip("()")))
        for check in contract.checks
    ]
    groups: dict[str, list[Column]] = {}
    for column in contract.columns:
        if column.one_of:
            groups.setdefault(column.one_of, []).append(column)
    for columns in groups.values():
        names = [column.name for column in columns]
        filled = " + ".join(f'("{each}" is not null)::integer' for each in names)
        rules.append((f"{filled} <> 1", names[0], "one_of", message("Exactly one of {columns} must be filled.", columns=", ".join(names))))
    counts = con.execute(f"select {', '.join(f'count(*) filter ({condition})' for condition, *_ in rules)} from {name}").fetchall()[0]
    for (condition, column_name, rule, reason), count in zip(rules, counts, strict=True):
        if count:
            value = f'"{column_name}"::varchar' if column_name else "null"
            known = (
                f" and not exists (select 1 from {name}_rejects j where j.line = t._line and j.column_name = {literal(column_name or '')})"
                if rule == "required"
                else ""
            )
            con.execute(
                f"insert into {name}_rejects select t._line, {literal(column_name or '')}, {value}, {literal(rule)}, {literal(reason.to_json())} "
                f"from {name} t where {condition}{known}"
            )


def _checked(contract: Contract, check: str) -> str | None:
    """The first column that a check speaks of."""
    words = re.findall(r"\w+", check)
    return next((word for word in words if word in {column.name for column in contract.columns}), None)


def _formats(con: duckdb.DuckDBPyConnection, raw: RawTable, readings: list[Reading], name: str) -> list[Format]:
    """How each column was read, with three examples as (as it stands, as it was understood)."""
    if not readings:
        return []
    stand = ", ".join(reading.source.text for reading in readings)
    values = ", ".join(f'"{reading.source.column.name}"::varchar' for reading in readings)
    before = {
        row[0]: row[1:] for row in con.execute(f"select _line, {stand} from {raw.name} where _line <= (select min(_line) + 200 from {raw.name})").fetchall()
    }
    after = {row[0]: row[1:] for row in con.execute(f"select _line, {values} from {name} where _line <= (select min(_line) + 200 from {name})").fetchall()}
    formats = []
    for place, reading in enumerate(readings):
        pairs = dict.fromkeys(
            (str(before[line][place]), str(after[line][place]))
            for line in sorted(after)
            if line in before and after[line][place] is not None and before[line][place]
        )
        formats.append(Format(reading.source.heading.name, reading.source.column.name, reading.said, tuple(pairs)[:3]))
    return formats
