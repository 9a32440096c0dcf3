"""The demand grid as a workbook to be changed in Excel and brought back: open cells are marked, all others locked, and a hidden sheet holds what went out."""

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from engine.answers.meeting.demand_file import COLUMNS, KEPT, NAMES, STAMP, Grid
from engine.answers.meeting.demand_grid import LAYER_WORDS, REASONS
from engine.documents.sheets import OPTIONS, Book
from engine.language import month_text, say, time_text
from engine.messages import Message, message

_WIDTHS = {"family": 12, "family_name": 26, "month": 11, "reason": 20, "words": 40}
_INK, _PAPER, _OPEN = "#243746", "#FBFAF7", "#FFF6DC"


def demand_book(grid: Grid, language: str, currency: str, *, who: str, made_at: datetime) -> bytes:
    """The workbook as bytes. Text is never a formula; the sheet is protected without a password, against slips and not against people."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        file.set_properties({"title": say(message("Demand grid"), language), "author": who, "created": made_at})
        _grid(file, grid, language)
        Book(file, language, currency).pairs(message("About"), _about(grid, language, who, made_at))
        _kept(file, grid)
    return out.getvalue()


def _grid(file: Any, grid: Grid, language: str) -> None:
    sheet = file.add_worksheet(say(message("Demand"), language)[:31])
    head = file.add_format({"bold": True, "font_color": _INK, "bg_color": _PAPER, "bottom": 1, "bottom_color": _INK, "text_wrap": True, "valign": "top"})
    plain, number, day = file.add_format(), file.add_format({"num_format": "#,##0.##"}), file.add_format({"num_format": "yyyy-mm"})
    open_word = file.add_format({"locked": False, "bg_color": _OPEN, "text_wrap": True})
    open_number = file.add_format({"locked": False, "bg_color": _OPEN, "num_format": "#,##0.##"})
    for place, (name, label, is_open) in enumerate(COLUMNS):
        sheet.write_string(0, place, f"✎ {say(label, language)}" if is_open else say(label, language), head)
        sheet.set_column(place, place, _WIDTHS.get(name, 14))
    for line, row in enumerate(grid.rows, start=1):
        for place, (name, _, is_open) in enumerate(COLUMNS):
            value = say(REASONS[str(row.cells[name])], language) if name == "reason" and row.cells[name] in REASONS else row.cells[name]
            if name == "month":
                sheet.write_datetime(line, place, datetime.fromisoformat(str(value)), day)
            elif isinstance(value, int | float):
                sheet.write_number(line, place, float(value), open_number if is_open else number)
            elif value:
                sheet.write_string(line, place, str(value), open_word if is_open else plain)
            else:
                sheet.write_blank(line, place, None, (open_number if name == "new_qty" else open_word) if is_open else plain)
    reasons, column = [say(word, language) for word in REASONS.values()], NAMES.index("reason")
    sheet.data_validation(1, column, max(len(grid.rows), 1), column, {"validate": "list", "source": reasons, "error_type": "warning"})
    sheet.data_validation(1, column - 1, max(len(grid.rows), 1), column - 1, {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(grid.rows), 1), len(COLUMNS) - 1)
    sheet.protect("", {"sort": True, "autofilter": True, "format_columns": True, "select_locked_cells": True})
    sheet.hide_gridlines(2)


def _kept(file: Any, grid: Grid) -> None:
    """What went out, as it was: by it every change is known when the file comes back."""
    sheet = file.add_worksheet(KEPT)
    for place, text in enumerate((STAMP, f"{grid.month:%Y-%m}", grid.layer, str(grid.version or ""))):
        sheet.write_string(0, place, text)
    for place in range(4, len(NAMES) + 1):
        sheet.write_string(0, place, "-")
    for line, row in enumerate(grid.rows, start=1):
        for place, name in enumerate(NAMES):
            value = row.cells[name]
            if isinstance(value, int | float):
                sheet.write_number(line, place, float(value))
            else:
                sheet.write_string(line, place, str(value or ""))
        sheet.write_number(line, len(NAMES), row.seen)
    sheet.very_hidden()


def _about(grid: Grid, language: str, who: str, made_at: datetime) -> list[tuple[str, str]]:
    def pair(name: Message, text: str) -> tuple[str, str]:
        return say(name, language), text

    month: date = grid.month
    return [
        pair(message("What this is"), say(message("The demand grid of the cycle of {month}, to be changed here and brought back.", month=month), language)),
        pair(message("Who changes it"), say(LAYER_WORDS[grid.layer], language)),
        pair(message("Cycle"), month_text(month, language)),
        pair(message("Version of the data"), str(grid.version or "")),
        pair(message("Made for"), who),
        pair(message("Made on"), time_text(made_at, language)),
        pair(message("How"), say(message("Write into the yellow cells only: the new quantity, a reason of the list and a word of explanation."), language)),
        pair(message("Taking back"), say(message("Empty the new quantity to take a change back. Sort the rows, but add and delete none."), language)),
    ]  # fmt: skip
