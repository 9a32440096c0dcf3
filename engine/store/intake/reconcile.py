"""Totals rows that a file carries are no data but a gift: the sum of the rows above must come to them."""

from dataclasses import replace

import duckdb

from engine.errors import NeedsAnswer
from engine.messages import message, plural
from engine.store.intake.columns import Reading, Source
from engine.store.intake.number_cells import scale
from engine.store.intake.numbers_in_columns import careful_reading
from engine.store.intake.reading import RawTable, Told

ADDED_UP = frozenset({"qty", "money", "count", "minutes"})
MOST_BLOCKS = 500  # blocks before a total that are tried as its parts


def totals(con: duckdb.DuckDBPyConnection, raw: RawTable, readings: list[Reading], name: str) -> list[Told]:
    """For each column that can be added up and that totals rows hold: whether they agree with the sum of their rows.

    Read while the rows still stand in `name`, so that a row that is rejected for another cell still counts here.
    """
    told = []
    for reading in readings:
        if raw.totals and reading.source.column.type == "DOUBLE" and reading.source.column.unit in ADDED_UP:
            told += _column(con, raw, reading, name)
    return told


def _column(con: duckdb.DuckDBPyConnection, raw: RawTable, reading: Reading, name: str) -> list[Told]:
    source, column = reading.source, reading.source.column.name
    rows = [(lines[0], lines[-1], values[source.heading.name]) for _, values, lines in raw.totals if lines and values.get(source.heading.name)]
    if not rows:
        return []
    table = f"{name}_totals"
    con.execute(
        f"create or replace temp table {table} as "
        "select unnest($line::bigint[]) as _line, unnest($first::bigint[]) as first_line, unnest($text::varchar[]) as cell",
        {"line": [last for _, last, _ in rows], "first": [first for first, _, _ in rows], "text": [text for _, _, text in rows]},
    )
    options = replace(source.options, decimal=reading.decided.get("decimal") or source.options.decimal)
    try:
        read = careful_reading(Source(con, table, "cell", "VARCHAR", source.column, source.heading, options, source.currency, table))
    except NeedsAnswer:
        con.execute(f"drop table {table}")
        return []
    summed = con.execute(
        f"""select t._line, v.value, coalesce(sum(r."{column}"), 0) from {table} t join {read.lookup} v on v.v = t.cell
        left join {name} r on r._line between t.first_line and t._line where v.value is not null group by t._line, t.first_line, v.value order by t._line"""
    ).fetchall()
    for each in (table, read.lookup):
        con.execute(f"drop table {each}")
    unit = 10 ** max(scale(source), 0)
    return _said(column, source.heading.name, unit, _with_outer_blocks([(int(line), float(total), float(detail)) for line, total, detail in summed], unit))


def _with_outer_blocks(summed: list[tuple[int, float, float]], unit: int) -> list[tuple[int, float, float]]:
    """(line, total, sum of the rows that it adds up): a total over several blocks before it is no difference.

    The rows between two totals are a block; a total of groups, or of everything with a few rows that no group holds, adds up the last
    blocks. Only where no such run of blocks comes to it does it differ.
    """
    settled = []
    for place, (line, total, detail) in enumerate(summed):
        whole = detail
        for _, _, block in reversed(summed[max(0, place - MOST_BLOCKS) : place]):
            if _is_near(total, whole, unit):
                break
            whole += block
        settled.append((line, total, whole if _is_near(total, whole, unit) else detail))
    return settled


def _is_near(total: float, detail: float, unit: int) -> bool:
    return abs(total - detail) <= max(0.01 * unit, 1e-9 * abs(total))


def _said(column: str, heading: str, unit: int, summed: list[tuple[int, float, float]]) -> list[Told]:
    """One sentence for the totals that agree, one for each of the first three that do not."""
    wrong = [(line, total, detail) for line, total, detail in summed if not _is_near(total, detail, unit)]
    told = []
    agreed = len(summed) - len(wrong)
    if agreed == 1 and len(summed) == 1:
        told.append(
            Told("total", column, 1, (), message("“{heading}”: the totals row says {total}, and so do the rows added up.", heading=heading, total=summed[0][1]))
        )
    elif agreed:
        said = plural(
            "“{heading}”: {n} totals row agrees with the sum of its rows.",
            "“{heading}”: {n} totals rows agree with the sum of their rows.",
            n=agreed,
            heading=heading,
        )
        told.append(Told("total", column, agreed, (), said))
    for line, total, detail in wrong[:3]:
        said = message(
            "“{heading}”: the totals row after line {line} says {total}, the rows add up to {detail}: a difference of {difference}.",
            heading=heading, line=line, total=total, detail=detail, difference=round(total - detail, 6),
        )  # fmt: skip
        told.append(Told("total_differs", column, len(wrong), ((line, str(total)),), said))
    return told
