"""An answer as a file: reopened with another program's reader, it holds what the answer holds, and nothing in it is live."""

import csv as text_tables
import io
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest

from engine.answers.answer import Answer, Column, Tile
from engine.documents.cells import heading, is_dangerous
from engine.documents.delimited import csv
from engine.documents.workbook import workbook
from engine.messages import message

ATTACKS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "\0=1+1", "＝1+1", "＋1", "－1", "＠x", " =1+1", "\u200b=1",
    "\ufeff=1",
    '=HYPERLINK("http://x.test","y")', "|x", "%0A=1",
]  # fmt: skip
CODES = ["00123", "1E5", "123456789012345678", "2026-01-01", "TRUE"]


def answer(frame=None, **more):
    frame = frame if frame is not None else pl.DataFrame({
        "sku": CODES, "stock_value": [-1234.567891234, 0.0, 1e-7, None, 98765432.1], "margin_share": [0.3125, -0.5, None, 0.0, 1.0],
        "counted_on": [date(2026, 3, 1), None, date(1899, 12, 31), date(2026, 10, 31), date(2026, 1, 1)], "is_stale": [True, False, None, True, False],
        "note": ["a", "b,c;d", 'e"f', "g\nh", None],
    })  # fmt: skip
    columns = (
        Column("sku", message("Product"), "code"),
        Column("stock_value", message("Stock value"), "money"),
        Column("margin_share", message("Margin"), "share"),
        Column("counted_on", message("Stock as of"), "date"),
        Column("is_stale", message("unknown"), "flag"),
        Column("note", message("Note"), "text"),
        Column("absent", message("Others"), "text"),
    )
    given = {"headline": message("Six dealers run out."), "frame": frame, "columns": columns, "version": 7, "as_of": date(2026, 10, 31)} | more
    return Answer(name="health", first=date(2026, 8, 3), last=date(2026, 10, 31), tiles=(Tile("stock_value", 1.0),), **given)


def opened(given, language="en"):
    made = workbook(given, language, "CNY", who="=who", filters=message("Region {region}", region="=North"), made_at=datetime(2026, 11, 1, 9, 30), version=7)
    return openpyxl.load_workbook(io.BytesIO(made))


def rows_of(data, delimiter=","):
    return list(text_tables.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_the_workbook_holds_every_number_unrounded_and_every_code_as_text():
    sheet = opened(answer()).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == CODES
    assert [row[1] for row in rows] == [-1234.567891234, 0, 1e-7, None, 98765432.1]
    assert [row[2] for row in rows] == [0.3125, -0.5, None, 0, 1]
    assert [row[3] for row in rows] == [datetime(2026, 3, 1), None, "1899-12-31", datetime(2026, 10, 31), datetime(2026, 1, 1)]
    assert [row[5] for row in rows] == ["a", "b,c;d", 'e"f', "g\nh", None]


def test_the_workbook_can_be_read_at_once():
    sheet = opened(answer()).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F6"
    assert sheet["B1"].value == "Stock value, ¥"
    assert sheet["B2"].number_format.startswith('"¥"#,##0.00')
    assert sheet["A2"].number_format == "@"
    assert sheet.column_dimensions["B"].width >= 14


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_in_a_workbook_is_a_formula_or_a_link(attack):
    frame = pl.DataFrame({"sku": [attack], "note": [attack]})
    columns = (Column("sku", message("{name}", name=attack), "code"), Column("note", message("Note"), "text"))
    book = opened(answer(frame, columns=columns, headline=message("{x}", x=attack), notes=(message("{x}", x=attack),)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    assert book.worksheets[0]["A2"].value.endswith(attack[-1])


def test_the_second_sheet_says_what_for_whom_when_and_how():
    book = opened(answer())
    about = {name: text for name, text in book.worksheets[1].iter_rows(values_only=True, max_col=2) if name}
    assert about["What it says"] == "Six dealers run out."
    assert about["Filters"] == "Region =North"
    assert about["Made for"] == "=who"
    assert about["Version of the data"] == "7"
    assert about["Made on"] == "1\u00a0Nov\u00a02026,\u00a009:30"
    assert about["Rows"] == "5"
    assert "unit cost" in about["Stock value"]


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_a_workbook_opens_in_every_language(language):
    book = opened(answer(), language)
    assert len(book.worksheets) == 2
    assert book.worksheets[0].max_row == 6


def test_an_empty_answer_is_an_empty_table_and_not_an_error():
    empty = answer(answer().frame.clear())
    assert opened(empty).worksheets[0].max_row == 1
    assert len(rows_of(csv(empty, "en"))) == 1


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_in_a_csv_begins_a_formula(attack):
    frame = pl.DataFrame({"sku": [attack]})
    made = csv(answer(frame, columns=(Column("sku", message("{name}", name=attack), "code"),)), "en")
    for (cell,) in rows_of(made):
        assert cell.startswith("'")
        assert not is_dangerous(cell)
    assert b"\0" not in made


def test_a_csv_opens_in_excel_by_its_mark_and_keeps_every_digit():
    made = csv(answer(), "en")
    assert made.startswith(b"\xef\xbb\xbf")
    head, *rows = rows_of(made)
    assert head == ["Product", "Stock value, ¥", "Margin", "Stock as of", "unknown", "Note"]
    assert [row[0] for row in rows] == CODES
    assert [row[1] for row in rows] == ["-1234.567891234", "0", "0.0000001", "", "98765432.1"]
    assert [row[3] for row in rows] == ["2026-03-01", "", "1899-12-31", "2026-10-31", "2026-01-01"]
    assert [row[5] for row in rows] == ["a", "b,c;d", 'e"f', "g\nh", ""]


def test_a_russian_csv_has_the_marks_of_a_russian_excel():
    _, *rows = rows_of(csv(answer(), "ru"), ";")
    assert rows[0][1] == "-1234,567891234"
    assert float(rows[0][1].replace(",", ".")) == answer().frame["stock_value"][0]


def test_what_is_no_finite_number_is_an_empty_cell():
    frame = pl.DataFrame({"sku": ["a", "b"], "stock_value": [float("nan"), float("inf")]})
    assert [row[1] for row in rows_of(csv(answer(frame), "en"))[1:]] == ["", ""]
    assert opened(answer(frame)).worksheets[0]["B2"].value is None


@pytest.mark.parametrize(
    ("language", "heads"), [("en", ["Days of supply", "Stock value, ¥"]), ("zh", ["库存天数", "库存金额（¥）"]), ("ru", ["Дней запаса", "Стоимость запаса, ¥"])]
)
def test_a_heading_names_its_unit_once(language, heads):
    columns = [Column("a", message("Days of supply"), "days"), Column("b", message("Stock value"), "money")]
    assert [heading(column, language, "CNY") for column in columns] == heads


def test_a_sentence_in_a_cell_is_said_in_the_language():
    said = message("Net sales").to_json()
    given = answer(pl.DataFrame({"note": [said, None]}), columns=(Column("note", message("Note"), "message"),))
    assert [row[0] for row in rows_of(csv(given, "ru"), ";")] == ["Примечание", "Чистые продажи", ""]
    assert opened(given, "zh").worksheets[0]["A2"].value == "销售净额"
