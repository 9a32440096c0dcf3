"""IN-8: workbooks that are broken, hostile, or not what their name says."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.corpus import clean
from tests.corpus.cases import ANY, ASKED, LOADS, LOADS_WHOLE, REJECTED, STOPS, TOLD, Case, Row, clean_rows, joined, table_lines, with_fate
from tests.corpus.in_06_shape import grid_of, workbook

FAMILY = "IN-8"


def case(name: str, content: bytes, rows: tuple[Row, ...], expected: frozenset[str], file: str = "sales.xlsx", **more: object) -> Case:
    return Case(f"{FAMILY} {name}", FAMILY, file, content, "sales", rows, expected, **more)  # type: ignore[arg-type]


def old_workbook(grid: list[list[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sales")
    as_day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell, as_day) if isinstance(cell, date) else sheet.write(y, x, cell)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(content: bytes, part: str, text: bytes | None) -> bytes:
    """The workbook with one of its parts replaced, added, or (None) left out."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
        if text is not None:
            target.writestr(part, text)
    return kept.getvalue()


def part_of(content: bytes, part: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as source:
        return source.read(part)


def kinds() -> Iterator[Case]:
    rows = clean.sales()
    grid = grid_of(rows)
    new, old, text = workbook(("Sales", grid)), old_workbook(grid), joined(table_lines(rows))
    yield case("xlsx", new, clean_rows(rows), LOADS_WHOLE)
    yield case("xls", old, clean_rows(rows), LOADS_WHOLE, "sales.xls")
    yield case("xlsx called xlsm", new, clean_rows(rows), LOADS_WHOLE, "sales.xlsm")
    yield case("xlsx called csv", new, clean_rows(rows), ANY, "sales.csv")
    yield case("xlsx called xls", new, clean_rows(rows), ANY, "sales.xls")
    yield case("xls called xlsx", old, clean_rows(rows), ANY)
    yield case("CSV called xlsx", text, clean_rows(rows), ANY)
    yield case("web page called xls", b"<html><table><tr><td>sku</td></tr></table></html>", (), STOPS, "sales.xls")
    yield case("password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096) + "EncryptedPackage".encode("utf-16-le") + bytes(1024), (), STOPS)
    yield case("an archive that is no workbook", with_part(new, "xl/workbook.xml", None), (), STOPS)
    yield case("empty file", b"", (), STOPS)
    yield case("a workbook without a cell", workbook(("Sales", [])), (), STOPS)
    for share in (10, 50, 90, 99):
        yield case(f"broken off after {share} %", new[: len(new) * share // 100], (), STOPS)
        yield case(
            f"xls broken off after {share} %",
            old[: len(old) * share // 100],
            clean_rows(rows) if share == 99 else (),
            STOPS if share < 99 else ANY,
            "sales.xls",
        )


def contents() -> Iterator[Case]:
    rows = clean.sales()
    grid = grid_of(rows)
    formula = [list(row) for row in grid]
    formula[11][3] = "=1+1"
    yield case("a formula that was never calculated", workbook(("Sales", formula)), with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"}), ANY)
    error = [list(row) for row in grid]
    error[11][3] = "#N/A"
    yield case("an error in a cell", workbook(("Sales", error)), with_fate(clean_rows(rows), 10, "hurt", {"invoice_id": "none"}), frozenset({REJECTED, TOLD}))
    text = [[cell.isoformat() if isinstance(cell, date) else str(cell) for cell in row] for row in grid]
    yield case("numbers and dates kept as text", workbook(("Sales", text)), clean_rows(rows), LOADS_WHOLE)
    plain = [{**row, "sku": "0007"} for row in rows]
    number = [[7 if cell == "0007" else cell for cell in row] for row in grid_of(plain)]
    hurt = tuple(Row(row.line, row.values, "hurt") for row in clean_rows(plain))
    yield case("codes that Excel made numbers", workbook(("Sales", number)), hurt, ANY)
    long = [{**row, "sku": "123456789012345678"} for row in rows]
    number = [[123456789012345678.0 if cell == "123456789012345678" else cell for cell in row] for row in grid_of(long)]
    hurt = tuple(Row(row.line, row.values, "hurt") for row in clean_rows(long))
    yield case("a code of 18 digits that Excel rounded", workbook(("Sales", number)), hurt, ANY)
    timed = [[datetime(cell.year, cell.month, cell.day, 10, 45) if isinstance(cell, date) else cell for cell in row] for row in grid]
    yield case("dates with a time of day", workbook(("Sales", timed)), clean_rows(rows), LOADS)
    whole = [{**row, "invoice_id": str(10**6 + place)} for place, row in enumerate(rows)]
    number = [[int(cell) if isinstance(cell, str) and cell.isdigit() and len(cell) == 7 else cell for cell in row] for row in grid_of(whole)]
    yield case("invoices that are whole numbers", workbook(("Sales", number)), clean_rows(whole), LOADS_WHOLE)
    yield case("days counted from 1904", mac_workbook(grid), clean_rows(rows), LOADS_WHOLE | {ASKED})


def mac_workbook(grid: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in grid:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def hostile() -> Iterator[Case]:
    rows = clean.sales()
    new = workbook(("Sales", grid_of(rows)))
    sheet = "xl/worksheets/sheet1.xml"
    xml = part_of(new, sheet)
    far = xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>')
    far = far.replace(b'ref="A1:G41"', b'ref="A1:XFD1048576"')
    yield case("one far cell", with_part(new, sheet, far), tuple(Row(row.line, row.values, "clean") for row in clean_rows(rows)), STOPS | LOADS)
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xml.replace(b"<sheetData>", b"<!-- &x; --><sheetData>")
    yield case("an entity that points to a file", with_part(new, sheet, entity.replace(b"<?xml version='1.0' encoding='UTF-8'?>", b"")), clean_rows(rows), ANY)
    tower = b'<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 8 + b'"><!ENTITY c "' + b"&b;" * 8 + b'">'
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [' + tower + b"]><worksheet>&c;</worksheet>"
    yield case("entities inside entities", with_part(new, sheet, laughs), (), STOPS)
    bomb = xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 60_000_000)
    yield case("a part that unpacks to 60 MB", with_part(new, sheet, bomb), clean_rows(rows), ANY)
    wide = workbook(("Sales", [[f"c{number}" for number in range(16384)], list(range(16384))]))
    yield case("16,384 columns", wide, (), STOPS)
    link = b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    yield case("a link to another workbook", with_part(new, "xl/externalLinks/externalLink1.xml", link), clean_rows(rows), LOADS_WHOLE)
    yield case("a part with a path out of the archive", with_part(new, "../../evil.xml", b"x"), clean_rows(rows), ANY)
    yield case("a sheet that is no XML", with_part(new, sheet, b"not xml at all"), (), STOPS)


def cases() -> Iterator[Case]:
    yield from kinds()
    yield from contents()
    yield from hostile()
