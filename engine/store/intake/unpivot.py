"""Months that stand as columns become rows, once the user has said that they should.

code | 2025-01 | 2025-02            code | 2025-01 数量 | 2025-01 金额 | 2025-02 数量 | 2025-02 金额
   ──▶ code | month | qty              ──▶ code | month | 数量 | 金额
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb

from engine.errors import NeedsAnswer, Refused
from engine.messages import message, plural
from engine.store.intake import profiles
from engine.store.intake.cells import folded
from engine.store.intake.headings import known
from engine.store.intake.measured_headings import of_money, of_pieces
from engine.store.intake.months import measured_month
from engine.store.intake.reading import Options, RawTable, Told

FEWEST, FEWEST_WHERE_SURE = 3, 2  # different months from which on a table is taken for a pivoted one: less where each has a year or a measure
LINES = 100_000_000  # a row of month k has the line k × this + its line in the file: unique, and each month is one range
MONTH, PIECES, MONEY, FIGURES = "month", "qty", "amount", "figures"


@dataclass(frozen=True)
class Pivot:
    """columns: place of a column -> (what it measures, first day of its month). names: what is measured -> heading of the new column."""

    columns: Mapping[int, tuple[str, str]]
    names: Mapping[str, str]

    @property
    def days(self) -> list[str]:
        return sorted({day for _, day in self.columns.values()})

    def place(self, measure: str, day: str) -> int | None:
        """The column that holds a measure of a month."""
        return next((place for place, column in self.columns.items() if column == (measure, day)), None)


def by_month(con: duckdb.DuckDBPyConnection, table: RawTable, options: Options, shown_as: str, above: str, temporary: bool) -> None:
    """Turn month columns into rows with the headings `month` (its first day) and what is measured; empty cells become no rows.

    above: the title rows, where the year stands if the headings lack it, and what the figures are if they do not say so themselves. The
    true line of a row is `_line` modulo `dialect["line_modulo"]`. Raises NeedsAnswer while nobody has said whether to do it, Refused
    where the year is unknown.
    """
    found = {index: part for index, heading in enumerate(table.headings) if (part := measured_month(heading))}
    months = {month for _, month in found.values()}
    is_sure = all(year for year, _ in months) or all(measure for measure, _ in found.values())
    fewest = FEWEST_WHERE_SURE if is_sure else FEWEST
    if len(months) < fewest or options.months is False:
        return
    if options.months is None:
        names = ", ".join(table.headings[index] for index in list(found)[:3])
        said = message("{file} has months as columns ({names} …): say whether each shall become a row.", file=shown_as, names=names)
        raise NeedsAnswer(said, "months", "--months", ("yes", "no"))
    days = _days(found, shown_as, f"{above} {shown_as}")
    measures = list(dict.fromkeys(measure for measure, _ in found.values()))
    kept = [index for index in range(len(table.headings)) if index not in found]
    pivot = Pivot({index: (found[index][0], days[index]) for index in found}, _names(measures, table, kept, f"{above} {shown_as}", known(options)))
    before, after = _turn(con, table, pivot, kept, temporary)
    table.read += after - before
    table.totals = [
        (label, sums, (place * LINES + lines[0], place * LINES + lines[1]))
        for label, values, lines in table.totals
        for place, day in enumerate(pivot.days, 1)
        if (sums := _sums_of(values, table, pivot, day))
    ]
    table.turned = {table.headings[index]: pivot.names[measure] for index, (measure, _) in found.items()}
    table.headings = (*(table.headings[index] for index in kept), MONTH, *pivot.names.values())
    table.dialect |= {"months": True, "line_modulo": LINES, "signature": profiles.signature(table.headings)}
    said = plural("{n} row was made of months that stand as columns.", "{n} rows were made of months that stand as columns.", n=after)
    table.told.append(Told("months", None, after, (), said))


def _turn(con: duckdb.DuckDBPyConnection, table: RawTable, pivot: Pivot, kept: list[int], temporary: bool) -> tuple[int, int]:
    """Put the long table in the place of the wide one; rows before and after."""
    cells = "".join(f"c{index} as c{place}, " for place, index in enumerate(kept))
    parts = []
    for place, day in enumerate(pivot.days, 1):
        columns = [pivot.place(measure, day) for measure in pivot.names]
        values = ", ".join(f"{'null' if column is None else f'c{column}'} as c{len(kept) + 1 + at}" for at, column in enumerate(columns))
        filled = " or ".join(f"trim(c{column}) <> ''" for column in columns if column is not None)
        parts.append(f"select {place * LINES} + _line as _line, {cells}'{day}' as c{len(kept)}, {values} from \"{table.name}\" where {filled}")
    con.execute(f'create or replace {"temp " if temporary else ""}table "{table.name}_long" as {" union all ".join(parts)}')
    before, after = (int(con.execute(f'select count(*) from "{name}"').fetchall()[0][0]) for name in (table.name, f"{table.name}_long"))
    con.execute(f'drop table "{table.name}"')
    con.execute(f'alter table "{table.name}_long" rename to "{table.name}"')
    return before, after


def _sums_of(values: Mapping[str, str], table: RawTable, pivot: Pivot, day: str) -> dict[str, str]:
    """What a totals row says for one month, under the new headings."""
    places = {name: place for measure, name in pivot.names.items() if (place := pivot.place(measure, day)) is not None}
    return {name: values[table.headings[place]] for name, place in places.items() if table.headings[place] in values}


def _names(measures: list[str], table: RawTable, kept: list[int], above: str, ours: Collection[str]) -> dict[str, str]:
    """The headings of the new columns: the file's own words where they say what is measured, else what the title or the name of the file says."""
    names: dict[str, str] = {}
    taken = {table.headings[index] for index in kept} | {MONTH}
    for measure in measures:
        is_clear = folded(measure) in ours and (len(measures) > 1 or of_money(measure) or of_pieces(measure))
        meant = measure if is_clear else _meant(f"{measure} {above}", table)
        if meant is None and len(measures) == 1:
            table.unsaid = meant = FIGURES  # what they are is asked, unless the table has room for one thing only
        names[measure] = meant if meant is not None and meant not in taken else measure or FIGURES
        taken.add(names[measure])
    return names


def _meant(words: str, table: RawTable) -> str | None:
    """Pieces or money, as the words beside the figures say; None where they say neither or both."""
    money = of_money(words) or any(unit.measure.currency for unit in table.units)
    pieces = of_pieces(words)
    return None if money == pieces else MONEY if money else PIECES


def _days(found: Mapping[int, tuple[str, tuple[int | None, int]]], shown_as: str, context: str) -> dict[int, str]:
    """The first day of each month column; the year comes from the heading, else from the only year in title or file name."""
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", context))
    if any(year is None for _, (year, _) in found.values()) and len(years) != 1:
        raise Refused(message("{file} has months as columns without a year: write the year into the headings, such as 2025-01.", file=shown_as))
    days = {index: f"{year or next(iter(years))}-{month:02d}-01" for index, (_, (year, month)) in found.items()}
    if len({(measure, days[index]) for index, (measure, _) in found.items()}) < len(days):
        raise Refused(message("{file} has the same month over several columns: keep one figure a month.", file=shown_as))
    return days
