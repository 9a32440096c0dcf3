"""Workbooks: cells as they are meant, one sentence for each thing that is wrong, and a server that outlives every bomb."""

import contextlib
import datetime
import io
import struct
import time
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt

from engine.errors import NeedsAnswer, Refused
from engine.settings import Settings
from tests.store.intake.raw_files import all_from, read

HEADINGS = ["shipped_on", "dealer_id", "sku", "qty"]


def workbook(*sheets, options=None, **more) -> bytes:
    """A workbook of (name, rows); a row may hold anything that xlsxwriter writes."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "dd.mm.yyyy", **(options or {}), **more})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return made.getvalue()


def sales(count: int = 3) -> list[list]:
    return [HEADINGS, *([datetime.date(2025, 1, 1) + datetime.timedelta(day - 1), f"D{day}", f"S{day}", day + 0.5] for day in range(1, count + 1))]


def changed(content: bytes, part: str, change) -> bytes:
    """A workbook with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return made.getvalue()


def test_cells_come_out_as_they_are_meant(tmp_path):
    rows = [
        ["shipped_on", "dealer_id", "sku", "qty", "net_value"],
        [datetime.date(2025, 1, 31), "00123", "1E5", 5, 1234567.89],
        [datetime.date(2025, 2, 28), "123456789012345678", "x", 0.1, 1e-7],
        [datetime.datetime(2025, 3, 31, 13, 45), "A", "y", -3, 100000000000],
    ]
    found = read(tmp_path, workbook(("Sales", rows)), "sales.xlsx")
    assert found.rows == [
        (2, "2025-01-31", "00123", "1E5", "5", "1234567.89"),
        (3, "2025-02-28", "123456789012345678", "x", "0.1", "0.0000001"),
        (4, "2025-03-31 13:45:00", "A", "y", "-3", "100000000000"),
    ]
    assert found.table.dialect["sheet"] == "Sales"


def test_full_precision_is_kept(tmp_path):
    book = openpyxl.Workbook()
    for row in (["sku", "qty", "net_value"], ["a", 2 / 3, 1 / 3], ["b", 2.0, 1e15], ["c", 0.0000123456789012, "0.123456789"]):
        book.active.append(row)
    book.save(tmp_path / "book")
    found = all_from(tmp_path / "book", "b.xlsx")[0]
    assert [float(cell) for cell in found.cells[0][1:]] == [2 / 3, 1 / 3]
    assert found.cells[1] == ("b", "2", "1000000000000000")
    assert found.cells[2] == ("c", "0.0000123456789012", "0.123456789")


@pytest.mark.parametrize("system", [False, True])
def test_both_date_systems_give_the_same_days(tmp_path, system):
    found = read(tmp_path, workbook(("S", sales()), date_1904=system), "s.xlsx")
    assert [row[1] for row in found.rows] == ["2025-01-01", "2025-01-02", "2025-01-03"]
    assert found.table.dialect["date_system"] == (1904 if system else 1900)


def test_an_old_workbook_is_read(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Продажи")
    style = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for column, heading in enumerate(["Дата", "Код дилера", "Номенклатура", "Количество"]):
        sheet.write(2, column, heading)
    for row in range(3, 6):
        for column, cell in enumerate([datetime.date(2025, 1, row), "007", "Водка", row * 1.5]):
            sheet.write(row, column, cell, style if column == 0 else xlwt.easyxf())
    book.save(str(tmp_path / "old"))
    found = all_from(tmp_path / "old", "отчёт.xls")[0]
    assert found.rows[0] == (4, "2025-01-03", "007", "Водка", "4.5")
    assert found.table.header_line == 3


def test_title_rows_totals_and_notes_of_a_sheet_are_no_data(tmp_path):
    rows = [["Report"], [], *sales(), [], ["Total", None, None, 7.5], [], ["Prepared by: somebody"]]
    found = read(tmp_path, workbook(("S", rows)), "s.xlsx")
    assert [row[0] for row in found.rows] == [4, 5, 6]
    assert found.aside == {8: "total", 10: "note"}
    assert found.table.totals == [("Total", {"qty": "7.5"}, (4, 7))]


def test_a_merged_two_row_header_is_joined(tmp_path):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for column, heading in enumerate(["Дата", "Код дилера", "Номенклатура"]):
        sheet.merge_range(0, column, 1, column, heading)
    sheet.merge_range(0, 3, 0, 4, "Продажи")
    sheet.write_row(1, 3, ["шт", "руб"])
    for row in range(2, 5):
        sheet.write_row(row, 0, ["01.02.2025", "Д1", "Водка", row, row * 10])
    book.close()
    found = read(tmp_path, made.getvalue(), "s.xlsx")
    assert found.table.headings == ("Дата", "Код дилера", "Номенклатура", "Продажи шт", "Продажи руб")
    assert len(found.rows) == 3


def test_hidden_rows_and_merged_cells_are_told(tmp_path):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for row, cells in enumerate(sales(8)):
        sheet.write_row(row, 0, [str(cell) for cell in cells])
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.merge_range(5, 1, 6, 1, "D")
    book.close()
    found = read(tmp_path, made.getvalue(), "s.xlsx")
    assert found.told["hidden_rows"].startswith("1 hidden row")
    assert found.told["merged"].startswith("1 group of merged cells")
    assert len(found.rows) == 8


def test_the_only_sheet_with_our_headings_is_taken_and_the_others_told(tmp_path):
    found = read(tmp_path, workbook(("Readme", [["about", "this"], ["some", "words"], ["and", "more"]]), ("Data", sales())), "s.xlsx")
    assert found.table.dialect["sheet"] == "Data"
    assert "Readme" in found.told["other_sheets"]


def test_several_sheets_with_data_are_asked_about(tmp_path):
    content = workbook(("Jan", sales()), ("Feb", sales(5)), ("Empty", []))
    with pytest.raises(NeedsAnswer, match="Jan, Feb") as asked:
        read(tmp_path, content, "s.xlsx")
    assert asked.value.choices == ("Jan", "Feb")
    assert len(read(tmp_path, content, "s.xlsx", sheet="Feb").rows) == 5
    assert len(read(tmp_path, content, "s.xlsx", sheet="2").rows) == 5
    with pytest.raises(NeedsAnswer, match="no sheet “Mar”"):
        read(tmp_path, content, "s.xlsx", sheet="Mar")
    path = tmp_path / "both"
    path.write_bytes(content)
    both = all_from(path, "s.xlsx", sheet="*")
    assert [(found.table.name, len(found.rows)) for found in both] == [("raw", 3), ("raw_2", 5)]


def test_a_formula_that_was_never_reckoned_rejects_its_row(tmp_path):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for row, cells in enumerate(sales(5)):
        sheet.write_row(row, 0, [str(cell) for cell in cells[:3]])
        sheet.write(row, 3, cells[3]) if row != 3 else sheet.write_formula(row, 3, "=1+1", None, "")
    sheet.write_formula(4, 3, "=2+2", None, 4)
    book.close()
    found = read(tmp_path, made.getvalue(), "s.xlsx")
    assert found.rejects == {4: "formula"}
    assert found.cells[3][3] == "5.5"
    assert found.cells[2][3] == "4"


def test_a_workbook_of_unreckoned_formulas_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for row in range(2, 8):
        book.active.append(["2025-01-01", "D", "S", f"=ROW()*{row}"])
    book.save(tmp_path / "book")
    with pytest.raises(Refused, match="never stored"):
        all_from(tmp_path / "book", "s.xlsx")


def test_errors_in_cells_stay_visible(tmp_path):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for row, cells in enumerate(sales(4)):
        sheet.write_row(row, 0, [str(cell) for cell in cells])
    for row, error in enumerate(["#DIV/0!", "#N/A", "#REF!", "#VALUE!"], 1):
        sheet.write_formula(row, 3, "=1/0", None, error)
    book.close()
    assert [cells[3] for cells in read(tmp_path, made.getvalue(), "s.xlsx").cells] == ["#DIV/0!", "#N/A", "#REF!", "#VALUE!"]


def test_codes_keep_the_zeros_that_excel_shows_and_lost_digits_reject_the_row(tmp_path):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet, zeros = book.add_worksheet(), book.add_format({"num_format": "00000"})
    for row, cells in enumerate(sales(6), 3):
        sheet.write_row(row, 2, [str(cell) for cell in cells])
        if row > 3:
            sheet.write_number(row, 3, row, zeros)
    book.close()
    content = changed(made.getvalue(), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>9</v>", b"<v>123456789012345678</v>"))
    found = read(tmp_path, content, "s.xlsx")
    assert [cells[1] for cells in found.cells] == ["00004", "00005", "00006", "00007", "00008"]
    assert found.rejects == {10: "digits"}


FAR = '<c r="XFD1048576"><v>1</v></c>'


def far_cell() -> bytes:
    return changed(
        workbook(("S", sales())),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", f'<row r="1048576">{FAR}</row></sheetData>'.encode()),
    )


def zip_bomb() -> bytes:
    return changed(workbook(("S", sales())), "xl/sharedStrings.xml", lambda xml: xml.replace(b"</sst>", b"<si><t>" + b"a" * 50_000_000 + b"</t></si></sst>"))


def entity(xml: bytes) -> bytes:
    return xml.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet', 1)


def locked() -> bytes:
    """The outline of an encrypted workbook: an OLE container with an `EncryptedPackage`."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Root Entry".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    )


WRONG = [
    ("a cell far away", far_cell, "far away"),
    ("a bomb of text", zip_bomb, "grows by more than 100 times"),
    ("an entity that pulls a file in", lambda: changed(workbook(("S", sales())), "xl/worksheets/sheet1.xml", entity), "document type"),
    ("a password", locked, "password"),
    ("nothing in it", lambda: workbook(("S", [])), "no table"),
    ("one cell", lambda: workbook(("S", [["x"]])), "no table"),
    ("too many columns", lambda: workbook(("S", [[f"h{column}" for column in range(1200)], list(range(1200))])), "1200 columns, more than the 1000"),
    ("no header", lambda: workbook(("S", [[1, 2, 3], [4, 5, 6], [7, 8, 9]])), "which line holds them"),
    ("cut off", lambda: workbook(("S", sales(500)))[:5000], "damaged|content"),
    ("half a sheet", lambda: changed(workbook(("S", sales())), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]), "damaged"),
    ("no sheet part", lambda: changed(workbook(("S", sales())), "xl/workbook.xml", lambda xml: b"<workbook/>"), "damaged|no table"),
    (
        "a zip of something else",
        lambda: changed(workbook(("S", [])), "xl/workbook.xml", lambda xml: xml).replace(b"xl/workbook.xml", b"xl/wookbork.xml"),
        "content is: a zip archive",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), [pytest.param(content, sentence, id=name) for name, content, sentence in WRONG])
def test_what_is_wrong_with_a_workbook_is_one_sentence(tmp_path, content, sentence):
    began = time.monotonic()
    with pytest.raises(Refused, match=sentence) as refused:
        read(tmp_path, content(), "s.xlsx")
    assert "\n" not in str(refused.value)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(("at", "by"), [(place / 9, mark) for place, mark in enumerate((0xFF, 0x01, 0x80, 0xFF, 0x10, 0x55, 0xFF, 0x02), 1)])
def test_a_flipped_byte_never_ends_the_server(tmp_path, at, by):
    content = bytearray(workbook(("S", sales(50))))
    place = int(len(content) * at)
    content[place] ^= by
    with contextlib.suppress(Refused):
        assert len(read(tmp_path, bytes(content), "s.xlsx").rows) == 50


def test_a_reader_that_takes_too_much_memory_is_ended(tmp_path):
    content = workbook(("S", [HEADINGS, *(["x" * 30, f"{row}", "s" * 30, row] for row in range(30_000))]))
    with pytest.raises(Refused, match="memory"):
        read(tmp_path, content, "s.xlsx", settings=Settings({"reader_memory_mb": 8}))


def test_a_reader_that_takes_too_long_is_ended(tmp_path):
    with pytest.raises(Refused, match="within 0 seconds"):
        read(tmp_path, workbook(("S", sales())), "s.xlsx", settings=Settings({"reader_seconds": 0}))


def test_links_to_other_workbooks_are_told(tmp_path):
    made = io.BytesIO(workbook(("S", sales())))
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert "links" in read(tmp_path, made.getvalue(), "s.xlsx").told


def test_an_old_workbook_with_a_password_is_refused(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "x")
    book.save(str(tmp_path / "old"))
    content = (tmp_path / "old").read_bytes()
    at = content.index(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)) + 20
    filepass = struct.pack("<HHH", 0x2F, 6, 1) + bytes(4)
    (tmp_path / "locked").write_bytes(content[:at] + filepass + content[at + len(filepass) :])
    with pytest.raises(Refused):
        all_from(tmp_path / "locked", "s.xls")
