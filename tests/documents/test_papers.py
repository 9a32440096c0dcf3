"""The papers of a meeting: minutes, slides and workbook, reopened, hold the same figures and nothing that is live."""

import io
from datetime import UTC, date, datetime

import openpyxl
import polars as pl
import pypdf
import pytest
from pptx import Presentation

from engine.answers.answer import Column
from engine.documents.meeting_book import meeting_book
from engine.documents.minutes import minutes
from engine.documents.papers import Curve, Fact, Papers, Section, Sheet
from engine.documents.slides import slides
from engine.messages import message
from engine.sop.cycle import STEPS, TITLES

MONTHS = tuple(date(2025, month, 1) for month in range(1, 13))
HOSTILE = '=1+1 #let x = 1 $a$ *b* <b> @{x} \\ 猫 "Кот"'
COLUMNS = (Column("family", message("Line"), "text"), Column("qty", message("Demand"), "qty"), Column("value", message("Value"), "money"))


def sheet(rows: int, name: str = "sales") -> Sheet:
    frame = pl.DataFrame({"family": [HOSTILE if number == 0 else f"L{number}" for number in range(rows)],
                          "qty": [1234.5 + number for number in range(rows)], "value": [None if number == 1 else 98765.0 for number in range(rows)]},
                         schema={"family": pl.String, "qty": pl.Float64, "value": pl.Float64})  # fmt: skip
    return Sheet(name, message("Demand"), frame, COLUMNS)


def papers(rows: int = 5, sentences: int = 2, plan: str = "2025-10-1") -> Papers:
    curve = Curve(
        message("Revenue"), MONTHS, ((message("Plan"), "plan", tuple(map(float, range(12)))), (message("Actual"), "actual", (1.0, *[None] * 11))), "money"
    )
    facts = (Fact(message("Revenue"), 6_900_000.0, "money", 100_000.0), Fact(message("Service"), 0.973, "share"), Fact(message("Cash"), None, "money"))
    steps = tuple(
        Section(step, TITLES[step], (message("Line"),) * sentences, facts, (sheet(rows, step),), curve, message("Nothing.")) for step in STEPS
    )  # fmt: skip
    after = (
        Section("decisions", message("Decisions"), sheets=(sheet(rows, "decisions"),)),
        Section("actions", message("Actions"), sheets=(sheet(0, "actions"),)),
    )
    return Papers(
        message("Meeting"), date(2025, 10, 1), steps, after, (sheet(rows), sheet(3, "production")), "Li", datetime(2025, 11, 20, 8, tzinfo=UTC), 7, plan
    )


def pages(made: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_five_steps_stand_on_five_a4_pages_and_decisions_and_actions_after_them(language):
    reader = pypdf.PdfReader(io.BytesIO(minutes(papers(), language, "CNY")))
    assert len(reader.pages) == 7
    assert all((round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842) for page in reader.pages)


def test_a_step_with_too_much_on_it_still_takes_one_page():
    assert len(pages(minutes(papers(rows=12, sentences=60), "en", "CNY"))) == 7


def test_the_minutes_say_figures_and_names_as_they_are_and_run_none_of_them():
    said = pages(minutes(papers(), "en", "CNY"))
    assert "6.9M" in said[0].replace(" ", "")
    assert "1,234.5" in said[0]
    assert "98,765" in said[0]
    assert "#let x = 1 $a$ *b* <b>" in said[0]
    assert "猫" in said[0]
    assert "Кот" in said[0]


def test_rows_beyond_a_page_are_counted_and_lie_in_the_workbook():
    assert "28 more rows" in pages(minutes(papers(rows=40), "en", "CNY"))[0]
    book = openpyxl.load_workbook(io.BytesIO(meeting_book(papers(rows=40), "en", "CNY")))
    assert book.worksheets[0].max_row == 41


def test_the_workbook_holds_plans_minutes_registers_and_about_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(meeting_book(papers(), "en", "CNY")))
    assert [sheet.title for sheet in book.worksheets] == ["Demand", "Demand 2", "Minutes", "Demand 3", "Demand 4", "About"]
    rows = list(book["Demand"].iter_rows(min_row=2, values_only=True))
    assert rows[0] == (HOSTILE, 1234.5, 98765.0)
    assert rows[1][2] is None
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    about = dict(book["About"].iter_rows(values_only=True, max_col=2))
    assert about["Plan"] == "2025-10-1"


def test_the_slides_have_native_charts_and_tables_with_the_same_figures():
    deck = Presentation(io.BytesIO(slides(papers(), "en", "CNY")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(charts) == 5
    assert next(tuple(series.values) for series in charts[0].plots[0].series) == tuple(map(float, range(12)))
    assert len(tables) == 6
    assert (tables[0].cell(1, 0).text, tables[0].cell(1, 1).text) == (HOSTILE, "1,234.5")
    said = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert any("6.9" in text for text in said)


def test_a_plan_that_nobody_approved_is_called_so():
    assert "Not approved" in pages(minutes(papers(plan=""), "en", "CNY"))[0]
    assert any("Not approved" in shape.text_frame.text for shape in Presentation(io.BytesIO(slides(papers(plan=""), "en", "CNY"))).slides[0].shapes)
