"""An answer as an Excel workbook: the table with formats and filters, and a sheet that says what it is."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from engine.answers.answer import Answer
from engine.documents.cells import NUMERIC, columns_of, heading, words
from engine.kpis import BOOK
from engine.language import excel_format, formatted, say, time_text
from engine.messages import Message, message

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
_WIDTHS = {
    "money": 16, "money_per_unit": 14, "qty": 12, "count": 10, "days": 12, "share": 12, "points": 12, "ratio": 12, "score": 10, "date": 13, "month": 11,
    "flag": 9,
}  # fmt: skip
_WIDEST = 48
_INK = "#243746"
_PAPER = "#FBFAF7"


def workbook(
    answer: Answer,
    language: str,
    currency: str = "CNY",
    *,
    who: str,
    filters: Message | str,
    made_at: datetime,
    version: int,
) -> bytes:
    """The workbook as bytes: sheet 1 the table (header frozen, filters on, text never a formula), sheet 2 what it shows,
    for whom, when, from which version of the data, and how its KPIs are reckoned.

    filters: the sentence in which the page says what is set. Rows beyond Excel's last are left out, and the second sheet says so.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": say(answer.headline, language, currency), "author": who, "created": made_at})
        _table_sheet(book, answer, language, currency)
        _about_sheet(book, answer, language, currency, _facts(answer, language, currency, who, filters, made_at, version))
    return out.getvalue()


def _sheet_name(said: Message, language: str) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\."""
    name = "".join(" " if sign in "[]:*?/\\" else sign for sign in say(said, language)).strip(" '")
    return name[:31] or "1"


def _table_sheet(book: Any, answer: Answer, language: str, currency: str) -> None:
    sheet = book.add_worksheet(_sheet_name(message("Table"), language))
    columns, frame = columns_of(answer), answer.frame.head(MOST_ROWS)
    head = book.add_format({"bold": True, "font_color": _INK, "bg_color": _PAPER, "bottom": 1, "bottom_color": _INK, "text_wrap": True, "valign": "top"})
    formats = [book.add_format({"num_format": excel_format(column.unit, language, currency)}) for column in columns]
    for place, column in enumerate(columns):
        title = heading(column, language, currency)
        sheet.write_string(0, place, title, head)
        sheet.set_column(place, place, max(_WIDTHS.get(column.unit, _text_width(frame.get_column(column.name).head(200).to_list())), min(len(title), 18)))
    for line, row in enumerate(frame.select(column.name for column in columns).iter_rows(), start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, columns[place].unit, formats[place], language, currency)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(frame.height, 1), len(columns) - 1)
    sheet.hide_gridlines(2)
    _for_paper(sheet)


def _text_width(values: Sequence[Any]) -> int:
    """Wide letters (Chinese) take two places."""
    longest = max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(value)) for value in values if value is not None), default=0)
    return min(max(longest + 2, 10), _WIDEST)


def _for_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _write(sheet: Any, line: int, place: int, value: Any, unit: str, style: Any, language: str, currency: str) -> None:
    """Numbers as numbers, days as days, all else as text, whatever it looks like; unknown stays empty."""
    if value is None or (isinstance(value, float) and (value != value or abs(value) == float("inf"))):
        sheet.write_blank(line, place, None, style)
    elif unit in NUMERIC and not isinstance(value, bool | str):
        sheet.write_number(line, place, value, style)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(line, place, value.replace(tzinfo=None) if isinstance(value, datetime) else value, style)
    else:
        sheet.write_string(line, place, words(value, unit, language, currency)[:MOST_CHARACTERS], style)


def _facts(answer: Answer, language: str, currency: str, who: str, filters: Message | str, made_at: datetime, version: int) -> list[tuple[Message, str]]:
    def day(value: date | None) -> str:
        return formatted(value, "date", language)

    facts = [
        (message("What it says"), say(answer.headline, language, currency)),
        (message("Filters"), filters if isinstance(filters, str) else say(filters, language, currency)),
        (message("Stock as of"), day(answer.as_of)),
        (message("Period"), f"{day(answer.first)} – {day(answer.last)}"),
        (message("Currency"), currency),
        (message("Version of the data"), str(version)),
        (message("Made on"), time_text(made_at, language)),
        (message("Made for"), who),
        (message("Rows"), formatted(answer.frame.height, "count", language)),
    ]
    if answer.frame.height > MOST_ROWS:
        facts.append((message("Left out"), say(message("{n_rows} rows that a worksheet cannot hold", n_rows=answer.frame.height - MOST_ROWS), language)))
    facts.extend((message("Note"), say(note, language, currency)) for note in answer.notes)
    return facts


def _about_sheet(book: Any, answer: Answer, language: str, currency: str, facts: list[tuple[Message, str]]) -> None:
    sheet = book.add_worksheet(_sheet_name(message("About"), language))
    strong, wrapped = book.add_format({"bold": True, "font_color": _INK, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28, strong)
    sheet.set_column(1, 1, 90, wrapped)
    line = 0
    for name, text in facts:
        sheet.write_string(line, 0, say(name, language), strong)
        sheet.write_string(line, 1, text[:MOST_CHARACTERS], wrapped)
        line += 1
    for kpi, words_of_it in _formulas(answer, language, currency):
        line += 1
        sheet.write_string(line, 0, kpi, strong)
        sheet.write_string(line, 1, words_of_it, wrapped)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _formulas(answer: Answer, language: str, currency: str) -> list[tuple[str, str]]:
    """How each KPI of the table and the tiles is reckoned, in the book's words."""
    names = dict.fromkeys([*(tile.kpi for tile in answer.tiles), *(column.name for column in answer.columns)])
    return [(say(BOOK[name].label, language), say(BOOK[name].formula, language, currency)) for name in names if name in BOOK]
