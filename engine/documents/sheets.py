"""Sheets of a workbook: tables with formats and filters, and pairs of a name and a text. Text is never a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from engine.answers.answer import Column
from engine.documents.cells import NUMERIC, heading, words
from engine.language import excel_format, say
from engine.messages import Message

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How every workbook is opened for writing."""
MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
_WIDTHS = {
    "money": 16, "money_per_unit": 14, "qty": 12, "count": 10, "days": 12, "share": 12, "points": 12, "ratio": 12, "score": 10, "date": 13, "month": 11,
    "flag": 9,
}  # fmt: skip
_WIDEST = 48
_INK = "#243746"
_PAPER = "#FBFAF7"


class Book:
    """A workbook in the making, in one language."""

    def __init__(self, file: Any, language: str, currency: str) -> None:
        self.file, self.language, self.currency = file, language, currency
        self._names: set[str] = set()
        self._head = file.add_format(
            {"bold": True, "font_color": _INK, "bg_color": _PAPER, "bottom": 1, "bottom_color": _INK, "text_wrap": True, "valign": "top"}
        )
        self._strong = file.add_format({"bold": True, "font_color": _INK, "valign": "top"})
        self._wrapped = file.add_format({"text_wrap": True, "valign": "top"})

    def _sheet(self, title: Message) -> Any:
        """A sheet whose name Excel takes: at most 31 characters, none of []:*?/\\, no second one alike."""
        plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in say(title, self.language)).strip(" '")[:31] or "1"
        name, number = plain, 2
        while name.casefold() in self._names:
            name, number = f"{plain[:27]} {number}", number + 1
        self._names.add(name.casefold())
        return self.file.add_worksheet(name)

    def table(self, title: Message, frame: pl.DataFrame, columns: Sequence[Column]) -> None:
        """A frame as a table: header frozen, filters on; rows beyond Excel's last are left out."""
        sheet = self._sheet(title)
        shown, rows = [column for column in columns if column.name in frame.columns], frame.head(MOST_ROWS)
        formats = [self.file.add_format({"num_format": excel_format(column.unit, self.language, self.currency)}) for column in shown]
        for place, column in enumerate(shown):
            name = heading(column, self.language, self.currency)
            sheet.write_string(0, place, name, self._head)
            sheet.set_column(place, place, max(_WIDTHS.get(column.unit, _text_width(rows.get_column(column.name).head(200).to_list())), min(len(name), 18)))
        for line, row in enumerate(rows.select(column.name for column in shown).iter_rows(), start=1):
            for place, value in enumerate(row):
                self._write(sheet, line, place, value, shown[place].unit, formats[place])
        sheet.freeze_panes(1, 0)
        if shown:
            sheet.autofilter(0, 0, max(rows.height, 1), len(shown) - 1)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")

    def _write(self, sheet: Any, line: int, place: int, value: Any, unit: str, style: Any) -> None:
        """Numbers as numbers, days as days, all else as text, whatever it looks like; unknown stays empty."""
        if value is None or (isinstance(value, float) and (value != value or abs(value) == float("inf"))):
            sheet.write_blank(line, place, None, style)
        elif unit in NUMERIC and not isinstance(value, bool | str):
            sheet.write_number(line, place, value, style)
        elif isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(line, place, value.replace(tzinfo=None) if isinstance(value, datetime) else value, style)
        else:
            sheet.write_string(line, place, words(value, unit, self.language, self.currency)[:MOST_CHARACTERS], style)

    def pairs(self, title: Message, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and texts, two columns; an empty name and text leave a line free."""
        sheet = self._sheet(title)
        sheet.set_column(0, 0, 28, self._strong)
        sheet.set_column(1, 1, 90, self._wrapped)
        for line, (name, text) in enumerate(pairs):
            sheet.write_string(line, 0, name[:MOST_CHARACTERS], self._strong)
            sheet.write_string(line, 1, text[:MOST_CHARACTERS], self._wrapped)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)


def _text_width(values: Sequence[Any]) -> int:
    """Wide letters (Chinese) take two places."""
    longest = max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(value)) for value in values if value is not None), default=0)
    return min(max(longest + 2, 10), _WIDEST)
