"""Empty files for the input tables, in the reader's language: what to fill in, and a sheet that says what each column means.

The first sheet holds one row, the labels, which are headings that the intake knows: a template that was filled in is recognised
without a question. The explaining sheet bears a sign before its name, by which the intake knows that it is no table.
"""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from engine.errors import BadUse
from engine.language import LANGUAGES, formatted, say
from engine.messages import Message, message
from engine.store.contracts import UNITS, Column, Contract, catalogue
from engine.store.words import EXPLAINS, in_language

# A template without a clock is the same bytes every time: so an untouched one can be told from one that was filled in.
_MADE_AT = datetime(2026, 1, 1)
_FORMATS = {"day": "yyyy-mm-dd", "month": "yyyy-mm", "moment": "yyyy-mm-dd hh:mm", "year": "0", "code": "@", "text": "@", "flag": "@"}
_INK, _PAPER, _NEEDED = "#243746", "#FBFAF7", "#DCE8EF"
_LAST_ROW = 1_048_575
_LONGEST_LIST = 255


FIRST = ("products", "sales", "stock")
"""The tables with which one begins, in this order: all others are optional, and each page says which it needs."""
GUIDE = "START-HERE.md"


def write_templates(folder: Path, language: str) -> list[Path]:
    """An empty workbook and an empty CSV for each input table, those with which one begins first, and a guide. Returns what was written.

    Raises BadUse, before anything is written, where a file of that name is there and somebody has filled it in.
    """
    guides = {spoken: guide(spoken) for spoken in LANGUAGES}
    files: dict[Path, tuple[bytes, ...]] = {folder / GUIDE: (guides[language],)}
    if (folder / GUIDE).exists() and (folder / GUIDE).read_bytes() not in guides.values():
        raise BadUse(message("{file} is there already and is no guide of ours: choose another folder.", file=str(folder / GUIDE)))
    for contract in ordered():
        for form, suffix in ((template, "xlsx"), (template_csv, "csv")):
            path = folder / f"{contract.table}.{suffix}"
            wanted = form(contract, language)
            if path.exists() and path.read_bytes() not in {wanted, *(form(contract, other) for other in LANGUAGES)}:
                raise BadUse(message("{file} is there already and is no empty template: choose another folder.", file=str(path)))
            files[path] = (wanted,)
    folder.mkdir(parents=True, exist_ok=True)
    for path, (content,) in files.items():
        path.write_bytes(content)
    return list(files)


def ordered() -> list[Contract]:
    """Every contract: those with which one begins, then the others by name."""
    contracts = catalogue()
    return [*(contracts[name] for name in FIRST), *(contract for name, contract in contracts.items() if name not in FIRST)]


def guide(language: str) -> bytes:
    """Which files to fill in first and what must stand in them; then what else can be brought."""
    contracts = catalogue()
    title, together, optional = (
        say(said, language)
        for said in (
            message("Begin with three files"),
            message("Bring the three together: the first figures stand then. Everything below is optional; each page says which tables it lacks."),
            message("Optional files"),
        )
    )
    lines = [f"# {title}", ""]
    for place, name in enumerate(FIRST, start=1):
        contract = contracts[name]
        needed = message("Must be filled: {columns}.", columns=[column.label(language) for column in contract.columns if column.required or column.one_of])
        lines += [f"{place}. **{name}.xlsx** — {contract.label(language)}: {contract.meaning(language)}", f"   {say(needed, language)}"]
    lines += ["", together, "", f"## {optional}", ""]
    lines += [f"- {contract.table}.xlsx — {contract.label(language)}: {contract.meaning(language)}" for contract in ordered()[len(FIRST) :]]
    return ("\n".join(lines) + "\n").encode()


def template(contract: Contract, language: str) -> bytes:
    """The empty workbook for one table: sheet 1 to fill in, sheet 2 explains every column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": contract.label(language), "created": _MADE_AT})
        _sheet_to_fill(book, contract, language)
        _explaining_sheet(book, contract, language)
    return out.getvalue()


def template_csv(contract: Contract, language: str) -> bytes:
    """The empty table as text: one line of labels, UTF-8 with the mark by which spreadsheets recognise it."""
    out = io.StringIO()
    csv.writer(out).writerow(column.label(language) for column in contract.columns)
    return out.getvalue().encode("utf-8-sig")


def _sheet_to_fill(book: Any, contract: Contract, language: str) -> None:
    sheet = book.add_worksheet(_sheet_name(contract.label(language)))
    for place, column in enumerate(contract.columns):
        label = column.label(language)
        style = {"bold": True, "font_color": _INK, "bg_color": _NEEDED if column.required or column.one_of else _PAPER, "bottom": 1, "bottom_color": _INK}
        sheet.write_string(0, place, label, book.add_format(style))
        sheet.set_column(place, place, max(_width(label), 12), book.add_format({"num_format": _FORMATS.get(column.unit, "General")}))
        choices = _choices(column, language)
        if choices and len(",".join(choices)) <= _LONGEST_LIST:
            sheet.data_validation(1, place, _LAST_ROW, place, {"validate": "list", "source": choices, "error_type": "warning"})
    sheet.freeze_panes(1, 0)


def _explaining_sheet(book: Any, contract: Contract, language: str) -> None:
    name = say(message("Explanation"), language)
    sheet = book.add_worksheet(_sheet_name(f"{EXPLAINS} {name}"))
    strong = book.add_format({"bold": True, "font_color": _INK, "valign": "top", "text_wrap": True})
    head = book.add_format({"bold": True, "font_color": _INK, "bg_color": _PAPER, "bottom": 1, "bottom_color": _INK, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, contract.label(language), strong)
    sheet.write_string(1, 0, contract.meaning(language))
    if contract.table in FIRST:
        first = message("Needed for a start: number {place} of {n}", place=FIRST.index(contract.table) + 1, n=len(FIRST))
        sheet.write_string(2, 0, say(first, language), strong)
    headings = explained_by()
    for place, (said, width) in enumerate(headings):
        sheet.set_column(place, place, width)
        sheet.write_string(3, place, say(said, language), head)
    for line, column in enumerate(contract.columns, start=4):
        for place, text in enumerate(_explained(contract, column, language)):
            if text:
                sheet.write_string(line, place, text, strong if place == 0 else wrapped)
    sheet.freeze_panes(4, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def explained_by() -> tuple[tuple[Message, int], ...]:
    """The headings of the explaining sheet, with their widths in letters."""
    return (
        (message("Heading"), 24),
        (message("What it means"), 56),
        (message("Measured in"), 22),
        (message("Must be filled"), 22),
        (message("Allowed values"), 30),
        (message("Part of the key"), 14),
        (message("Stored as"), 20),
        (message("Also recognised as"), 60),
    )


def _explained(contract: Contract, column: Column, language: str) -> tuple[str, ...]:
    known = [heading for heading in column.headings[1:] if heading != column.label(language) and in_language(heading, language)]
    return (
        column.label(language),
        column.meaning(language),
        say(UNITS[column.unit], language),
        _needed(contract, column, language),
        ", ".join(_choices(column, language)),
        formatted(True, "flag", language) if column.name in contract.key else "",
        column.name,
        ", ".join(known),
    )


def _needed(contract: Contract, column: Column, language: str) -> str:
    """Yes, no, or the other column that may be filled instead."""
    if column.one_of is None:
        return formatted(column.required, "flag", language)
    others = [contract.column(name).label(language) for name in contract.alternatives[column.one_of] if name != column.name]
    return say(message("either this or {other}", other=", ".join(others)), language)


def _choices(column: Column, language: str) -> list[str]:
    """What may be written into the column, in the language; empty = anything of its kind."""
    if column.unit == "flag":
        return [formatted(answer, "flag", language) for answer in (True, False)]
    return [column.value_label(value, language) for value in column.values]


def _width(text: str) -> int:
    """Wide letters (Chinese) take two places."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) + 2


def _sheet_name(text: str) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text).strip(" '")[:31]
