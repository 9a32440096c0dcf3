"""What a file says once for all its rows, in its title or its name, or only its owner knows: a day, a warehouse, a dealer.

`--set counted_on=2025-03-31` gives every row that value. Where a required column is missing and the title names a day or a warehouse, it is
proposed, unless a heading comes near that column; nothing is ever taken from a title without being asked about.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

import duckdb

from engine.errors import BadUse, NeedsAnswer
from engine.messages import message
from engine.store.contracts import Column
from engine.store.intake.notation import MONTHS, literal
from engine.store.intake.reading import RawTable, Told

MOST = 5
OF_PLACES = ("location_id", "dealer_id")
_PRINTED = re.compile(
    r"(?:打印|制表|制单|导出|печат|сформирован|выгруз|print|export|generated|created|run)[^\d;,，；]{0,16}"
    r"[\d./年月日-]{6,12}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?",
    re.I,
)
_NAME = "|".join(sorted((re.escape(word) for word in MONTHS), key=len, reverse=True))
_DAYS = (
    (re.compile(r"(?<!\d)(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)"), (1, 2, 3)),
    (re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(20\d\d)(?!\d)"), (3, 2, 1)),
    (re.compile(rf"(?<!\d)(\d{{1,2}})\s+({_NAME})\.?\s+(20\d\d)(?!\d)", re.I), (3, 2, 1)),
    (re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)"), (1, 2, 3)),
)
_MONTHS = (
    (re.compile(r"(?<!\d)(20\d\d)[-/.年](\d{1,2})月?(?![\d.])"), (1, 2)),
    (re.compile(rf"(?<!\w)({_NAME})\.?\s+(20\d\d)(?!\d)", re.I), (2, 1)),
    (re.compile(r"(?<![\d.])(\d{1,2})\.(20\d\d)(?!\d)"), (2, 1)),
)
_PLACE = re.compile(r"(?:仓库|库房|склад|warehouse)(?:名称|编码|代码|编号|\s*code)?\s*[:：]\s*([^\s,，;；|]+)", re.I)
_CUSTOMER = re.compile(r"(?:经销商|客户|дилер|контрагент|покупатель|dealer|customer)(?:名称|编码|代码|编号|\s*code)?\s*[:：]\s*([^\s,，;；|]+)", re.I)


def give(con: duckdb.DuckDBPyConnection, table: RawTable, pairs: Iterable[tuple[str, str]]) -> None:
    """Add the columns (name, value) that the user gave for all rows. Raises BadUse where the cells of the file are typed."""
    for column, value in pairs:
        if table.typed is not None:
            raise BadUse(message("A value for every row can be given to text files and workbooks only; add the column “{column}” to this file.", column=column))
        con.execute(f'alter table "{table.name}" add column c{len(table.headings)} varchar default {literal(value)}')
        table.headings = (*table.headings, column)
        said = message("Every row was given {column} = {value}.", column=column, value=value)
        table.told.append(Told("given", column, table.read, (), said))


def can_be_given(column: Column) -> bool:
    """Whether one value of this column may hold for a whole file."""
    return column.unit in ("day", "month") or column.name in OF_PLACES


def question(column: Column, expected: str, table: RawTable, shown_as: str) -> NeedsAnswer | None:
    """The question whether what the title (or the name of the file) says of a missing column holds for all rows; None where it says nothing."""
    found = _said(column, [*table.above, shown_as]) if can_be_given(column) else []
    if not found:
        return None
    said = message(
        "“{file}” has no column {expected}, but its title or name says {found}. Say whether that holds for every row.",
        file=shown_as, expected=expected, found=", ".join(f"“{value}”" for value in found),
    )  # fmt: skip
    return NeedsAnswer(said, "set", f"--set {column.name}={found[0]}", tuple(f"{column.name}={value}" for value in found))


def _said(column: Column, texts: list[str]) -> list[str]:
    """The values for a column that texts name, the likeliest first: of days the latest, because that is the day of a balance."""
    if column.name in OF_PLACES:
        pattern = _PLACE if column.name == "location_id" else _CUSTOMER
        return list(dict.fromkeys(value for text in texts for value in pattern.findall(text)))[:MOST]
    days = sorted({day for text in texts for day in days_said(text, column.is_at_months_end)}, reverse=True)
    return [day.isoformat() for day in days[:MOST]]


def days_said(text: str, at_months_end: bool) -> list[date]:
    """The days that a text names, a month by its last day (or its first); the day of printing is none of them."""
    text = _PRINTED.sub(" ", text)
    found = []
    for pattern, (year, month, day) in _DAYS:
        found += [_day(each[year], each[month], each[day]) for each in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    for pattern, (year, month) in _MONTHS:
        firsts = [first for each in pattern.finditer(text) if (first := _day(each[year], each[month], "1"))]
        found += [_last(first) if at_months_end else first for first in firsts]
    return [day for day in found if day]


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _last(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
