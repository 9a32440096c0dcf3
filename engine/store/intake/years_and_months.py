"""A month without its year (`月份` = 3, `3月`, `март`): put together with the column of years beside it, or with the only year of the title."""

import re

import duckdb

from engine.messages import message
from engine.store.contracts import Contract
from engine.store.intake.measured_headings import Heading, plain
from engine.store.intake.notation import MONTHS, literal
from engine.store.intake.reading import RawTable, Told
from engine.store.intake.recognise import LEFT_OUT

YEARS = frozenset(plain(heading) for heading in ("年", "年度", "年份", "会计年度", "Год", "Финансовый год", "year", "fiscal year", "financial year"))
MOST = 60  # different cells of a column of months without a year


def put_together(con: duckdb.DuckDBPyConnection, raw: RawTable, contract: Contract, found: tuple[Heading, ...], mapping: dict[str, str], shown_as: str) -> None:
    """Write `2025-03` where a column of months says only the month and one column, or the title, says the year. Else nothing is changed."""
    if raw.typed is not None:
        return
    place = next((place for place, heading in enumerate(found) if _is_of_months(contract, heading, mapping[heading.name])), None)
    if place is None:
        return
    cells = [cell for (cell,) in con.execute(f"select distinct c{place} from {raw.name} where trim(c{place}) <> '' limit {MOST}").fetchall()]
    months = {cell: _month(cell) for cell in cells}
    if not cells or len(cells) == MOST or not all(months.values()):
        return
    by_cell = " ".join(f"when {literal(cell)} then '{month:02d}'" for cell, month in months.items())
    month = f"case c{place} {by_cell} end"
    heading = found[place].name
    column = next((other for other, each in enumerate(found) if each.plain in YEARS and mapping[each.name] == LEFT_OUT), None)
    if column is not None:
        year = f"regexp_extract(trim(c{column}), '^(20[0-9]{{2}})(年|[.]0)?$', 1)"
        con.execute(f"update {raw.name} set c{place} = {year} || '-' || {month} where trim(c{place}) <> '' and {year} <> ''")
        said = message("“{heading}” says only the month; the year was taken from “{other}”.", heading=heading, other=found[column].name)
    else:
        years = {year for text in (*raw.above, shown_as) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text)}
        if len(years) != 1:
            return
        con.execute(f"update {raw.name} set c{place} = '{next(iter(years))}-' || {month} where trim(c{place}) <> ''")
        said = message("“{heading}” says only the month; the year {year_text} stands in the title or in the name of the file.", heading=heading,
                       year_text=next(iter(years)))  # fmt: skip
    raw.told.append(Told("year", mapping[heading], raw.read, (), said))


def _is_of_months(contract: Contract, heading: Heading, name: str) -> bool:
    if name == LEFT_OUT:
        return False
    column = contract.column(name)
    return column.is_month or heading.plain in {plain(known) for known in column.month_headings}


def _month(cell: str) -> int | None:
    """1 to 12 of `3`, `03`, `3.0`, `3月`, `март`, `Mar`; None where the cell says anything else."""
    text = cell.strip().lower().rstrip(".")
    number = re.fullmatch(r"(\d{1,2})(?:\.0)?(?:月份?)?", text)
    month = int(number[1]) if number else MONTHS.get(text, 0)
    return month if 1 <= month <= 12 else None
