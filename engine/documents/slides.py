"""The papers as slides: native charts and tables, which can be edited where they are shown."""

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.util import Emu, Inches, Pt

from engine.documents.cells import NUMERIC, cell, heading
from engine.documents.papers import Curve, Fact, Papers, Section, Sheet
from engine.language import excel_format, formatted, say, time_text
from engine.messages import message

INK, QUIET, RULE = RGBColor(0x24, 0x37, 0x46), RGBColor(0x58, 0x66, 0x71), RGBColor(0xDE, 0xDB, 0xD2)
NOTATION = {
    "actual": (INK, MSO_LINE.SOLID), "last_year": (RGBColor(0xA8, 0xB3, 0xBD), MSO_LINE.SOLID), "plan": (INK, MSO_LINE.LONG_DASH),
    "forecast": (INK, MSO_LINE.SQUARE_DOT), "scenario": (RGBColor(0x00, 0x72, 0xB2), MSO_LINE.DASH),
}  # fmt: skip
"""What a line stands for -> its ink, as in every chart of the house."""
WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
MOST_ROWS, MOST_FACTS, FEW_FACTS = 10, 8, 6
BLANK = 6


def slides(papers: Papers, language: str, currency: str) -> bytes:
    """A deck of the papers: a title, then each section as one slide, and one more for its chart and for each of its tables."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.author = say(papers.title, language, currency), papers.who
    _title(deck, papers, language, currency)
    for section in papers.all_sections:
        _section(deck, section, language, currency)
        if section.curve is not None:
            _curve(deck, section.curve, language, currency)
        for sheet in section.sheets:
            if sheet.frame.height:
                _sheet(deck, sheet, language, currency)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    _text(slide, title, EDGE, Inches(0.35), WIDTH - 2 * EDGE, Inches(0.8), 28, bold=True)
    return slide


def _text(slide: Any, said: str, left: int, top: int, width: int, height: int, size: float, *, bold: bool = False, quiet: bool = False) -> None:
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = said
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, QUIET if quiet else INK


def _title(deck: Any, papers: Papers, language: str, currency: str) -> None:
    slide = _slide(deck, say(papers.title, language, currency))
    foot = message("Plan {plan}, data version {version}", plan=papers.plan, version=papers.version)
    open_ = message("Not approved yet, data version {version}", version=papers.version)
    _text(slide, say(foot if papers.plan else open_, language, currency), EDGE, Inches(1.4), WIDTH - 2 * EDGE, Inches(0.6), 18, quiet=True)
    _text(slide, f"{papers.who} · {time_text(papers.made_at, language)}", EDGE, Inches(2.0), WIDTH - 2 * EDGE, Inches(0.6), 14, quiet=True)


def _section(deck: Any, section: Section, language: str, currency: str) -> None:
    slide = _slide(deck, say(section.title, language, currency))
    top = int(Inches(1.2))
    for sentence in section.said[:4]:
        _text(slide, say(sentence, language, currency), EDGE, top, WIDTH - 2 * EDGE, Inches(0.6), 18)
        top += Inches(0.62)
    across, size = (3, 26) if len(section.facts) <= FEW_FACTS else (4, 20)
    wide = int((WIDTH - 2 * EDGE) / across)
    for number, fact in enumerate(section.facts[:MOST_FACTS]):
        left, down = EDGE + wide * (number % across), top + Inches(0.25) + Inches(1.35) * (number // across)
        _fact(slide, fact, left, down, wide - Inches(0.2), size, language, currency)
    if section.signed is not None:
        _text(slide, say(section.signed, language, currency), EDGE, Inches(6.8), WIDTH - 2 * EDGE, Inches(0.4), 12, quiet=True)


def _fact(slide: Any, fact: Fact, left: int, top: int, width: int, size: int, language: str, currency: str) -> None:
    _text(slide, say(fact.label, language, currency), left, top, width, Inches(0.4), 14, quiet=True)
    value = formatted(fact.value, fact.unit, language, currency, compact=True)
    if fact.difference is not None:
        value = f"{value}  ({formatted(fact.difference, fact.unit, language, currency, compact=True, signed=True)})"
    _text(slide, value, left, top + Inches(0.35), width, Inches(0.7), size, bold=True)


def _curve(deck: Any, curve: Curve, language: str, currency: str) -> None:
    slide = _slide(deck, say(curve.title, language, currency))
    data = CategoryChartData(number_format=excel_format(curve.unit, language, currency))
    data.categories = [formatted(month, "month", language) for month in curve.months]
    for label, _, values in curve.series:
        data.add_series(say(label, language, currency), values)
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if curve.kind == "bar" else XL_CHART_TYPE.LINE
    chart = slide.shapes.add_chart(kind, EDGE, Inches(1.2), WIDTH - 2 * EDGE, Inches(5.7), data).chart
    chart.has_legend = len(curve.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(14)
    chart.font.size, chart.font.color.rgb = Pt(14), INK
    chart.value_axis.major_gridlines.format.line.color.rgb = RULE
    for line, (_, notation, _) in zip(chart.plots[0].series, curve.series, strict=True):
        colour, dash = NOTATION[notation]
        if curve.kind == "bar":
            line.format.fill.solid()
            line.format.fill.fore_color.rgb = colour
        else:
            line.smooth = False
            line.format.line.color.rgb, line.format.line.dash_style, line.format.line.width = colour, dash, Pt(2.5)


def _sheet(deck: Any, sheet: Sheet, language: str, currency: str) -> None:
    slide = _slide(deck, say(sheet.title, language, currency))
    columns = [column for column in sheet.columns if column.name in sheet.frame.columns]
    rows = sheet.frame.head(MOST_ROWS).select(column.name for column in columns).rows()
    shape = slide.shapes.add_table(len(rows) + 1, len(columns), EDGE, Inches(1.2), WIDTH - 2 * EDGE, Inches(0.4) * (len(rows) + 1))
    grid = shape.table
    widths = [1.0 if column.unit in NUMERIC else 2.2 for column in columns]
    for place, column in enumerate(columns):
        grid.columns[place].width = Emu(int((WIDTH - 2 * EDGE) * widths[place] / sum(widths)))
        _cell(grid.cell(0, place), heading(column, language, currency), bold=True)
    for line, row in enumerate(rows, start=1):
        _row(grid, line, row, columns, language, currency)
    left = sheet.frame.height - len(rows)
    if left:
        more = say(message("and {n} more in the workbook", n=left), language, currency)
        _text(slide, more, EDGE, Inches(6.9), WIDTH - 2 * EDGE, Inches(0.4), 12, quiet=True)


def _row(grid: Any, line: int, row: Sequence[Any], columns: Sequence[Any], language: str, currency: str) -> None:
    for place, (value, column) in enumerate(zip(row, columns, strict=True)):
        _cell(grid.cell(line, place), cell(value, column, language, currency), right=column.unit in NUMERIC)


def _cell(box: Any, said: str, *, bold: bool = False, right: bool = False) -> None:
    box.text = said
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = 3 if right else 1  # PP_ALIGN: 3 right, 1 left
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.rgb = Pt(12), bold, INK
    box.fill.background()
