"""Months that stand as columns become rows, once the user has said that they should."""

import re

import duckdb

from engine.errors import NeedsAnswer, Refused
from engine.messages import message, plural
from engine.store.intake import profiles
from engine.store.intake.months import month_of
from engine.store.intake.reading import Options, RawTable, Told

FEWEST = 3  # month columns from which on a table is taken for a pivoted one
LINES = 100_000_000  # a row of month k has the line k × this + its line in the file: unique, and each month is one range
MONTH, VALUE = "month", "qty"


def by_month(con: duckdb.DuckDBPyConnection, table: RawTable, options: Options, shown_as: str, above: str, temporary: bool) -> None:
    """Turn month columns into rows with the headings `month` (its first day) and `qty`; empty cells become no rows.

    above: the title rows, where the year stands if the headings lack it. The true line of a row is `_line` modulo
    `dialect["line_modulo"]`. Raises NeedsAnswer while nobody has said whether to do it, Refused where the year is unknown.
    """
    found = {index: month for index, heading in enumerate(table.headings) if (month := month_of(heading))}
    if len(found) < FEWEST or options.months is False:
        return
    if options.months is None:
        names = ", ".join(table.headings[index] for index in list(found)[:3])
        said = message("{file} has months as columns ({names} …): say whether each shall become a row.", file=shown_as, names=names)
        raise NeedsAnswer(said, "months", "--months", ("yes", "no"))
    days = _days(found, shown_as, f"{above} {shown_as}")
    kept = [index for index in range(len(table.headings)) if index not in found]
    cells = "".join(f"c{index} as c{place}, " for place, index in enumerate(kept))
    parts = [
        f"select {place * LINES} + _line as _line, {cells}'{days[index]}' as c{len(kept)}, c{index} as c{len(kept) + 1} "
        f"from \"{table.name}\" where trim(c{index}) <> ''"
        for place, index in enumerate(found, 1)
    ]
    con.execute(f'create or replace {"temp " if temporary else ""}table "{table.name}_long" as {" union all ".join(parts)}')
    before, after = (con.execute(f'select count(*) from "{name}"').fetchall()[0][0] for name in (table.name, f"{table.name}_long"))
    con.execute(f'drop table "{table.name}"')
    con.execute(f'alter table "{table.name}_long" rename to "{table.name}"')
    table.read += after - before
    table.totals = [
        (label, {VALUE: values[table.headings[index]]}, (place * LINES + lines[0], place * LINES + lines[1]))
        for label, values, lines in table.totals
        for place, index in enumerate(found, 1)
        if table.headings[index] in values
    ]
    table.headings = (*(table.headings[index] for index in kept), MONTH, VALUE)
    table.dialect |= {"months": True, "line_modulo": LINES, "signature": profiles.signature(table.headings)}
    table.told.append(
        Told(
            "months",
            None,
            after,
            (),
            plural("{n} row was made of months that stand as columns.", "{n} rows were made of months that stand as columns.", n=after),
        )
    )


def _days(found: dict[int, tuple[int | None, int]], shown_as: str, context: str) -> dict[int, str]:
    """The first day of each month column; the year comes from the heading, else from the only year in title or file name."""
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", context))
    if any(year is None for year, _ in found.values()) and len(years) != 1:
        raise Refused(message("{file} has months as columns without a year: write the year into the headings, such as 2025-01.", file=shown_as))
    days = {index: f"{year or next(iter(years))}-{month:02d}-01" for index, (year, month) in found.items()}
    if len(set(days.values())) < len(days):
        raise Refused(message("{file} has the same month over several columns: keep one figure a month.", file=shown_as))
    return days
