"""An answer as an Excel workbook: the table with formats and filters, and a sheet that says what it is."""

import io
from datetime import date, datetime

import xlsxwriter

from engine.answers.answer import Answer
from engine.documents.cells import columns_of
from engine.documents.sheets import MOST_ROWS, OPTIONS, Book
from engine.kpis import BOOK
from engine.language import formatted, say, time_text
from engine.messages import Message, message


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
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        file.set_properties({"title": say(answer.headline, language, currency), "author": who, "created": made_at})
        book = Book(file, language, currency)
        book.table(message("Table"), answer.frame, columns_of(answer))
        facts = [(say(name, language), text) for name, text in _facts(answer, language, currency, who, filters, made_at, version)]
        formulas = [line for pair in _formulas(answer, language, currency) for line in (("", ""), pair)]
        book.pairs(message("About"), [*facts, *formulas])
    return out.getvalue()


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


def _formulas(answer: Answer, language: str, currency: str) -> list[tuple[str, str]]:
    """How each KPI of the table and the tiles is reckoned, in the book's words."""
    names = dict.fromkeys([*(tile.kpi for tile in answer.tiles), *(column.name for column in answer.columns)])
    return [(say(BOOK[name].label, language), say(BOOK[name].formula, language, currency)) for name in names if name in BOOK]
