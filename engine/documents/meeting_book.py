"""The papers as one workbook: the seven plans, the minutes, decisions and actions, and what it all is."""

import io
from typing import Any

import xlsxwriter

from engine.documents.papers import Papers, Section, Sheet
from engine.documents.sheets import OPTIONS, Book
from engine.language import formatted, say, time_text
from engine.messages import message


def meeting_book(papers: Papers, language: str, currency: str) -> bytes:
    """The workbook as bytes: one sheet for each plan, one with the minutes, one for each register, and About. Text is never a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        file.set_properties({"title": say(papers.title, language, currency), "author": papers.who, "created": papers.made_at})
        book = Book(file, language, currency)
        for sheet in papers.plans:
            book.table(sheet.title, sheet.frame, sheet.columns)
        _minutes(book, papers)
        for sheet in _registers(papers):
            book.table(sheet.title, sheet.frame, sheet.columns)
        book.pairs(message("About"), _about(papers, language, currency))
    return out.getvalue()


def _registers(papers: Papers) -> list[Sheet]:
    return [sheet for section in papers.after for sheet in section.sheets]


def _minutes(book: Book, papers: Papers) -> None:
    """All sentences and figures of the steps, one below the other."""
    lines: list[tuple[str, str]] = []
    for section in papers.sections:
        lines.append((say(section.title, book.language, book.currency), "" if section.signed is None else say(section.signed, book.language, book.currency)))
        lines += [("", say(sentence, book.language, book.currency)) for sentence in section.said]
        lines += [_fact(section, number, book) for number in range(len(section.facts))]
    book.pairs(message("Minutes"), lines)


def _fact(section: Section, number: int, book: Book) -> tuple[str, str]:
    fact = section.facts[number]
    return say(fact.label, book.language, book.currency), formatted(fact.value, fact.unit, book.language, book.currency)


def _about(papers: Papers, language: str, currency: str) -> list[tuple[str, Any]]:
    head = [
        (say(message("Meeting"), language), say(papers.title, language, currency)),
        (say(message("Plan"), language), papers.plan or say(message("not approved yet"), language)),
        (say(message("Data version"), language), str(papers.version)),
        (say(message("Made by"), language), papers.who),
        (say(message("Made at"), language), time_text(papers.made_at, language)),
        (say(message("Currency"), language), currency),
    ]
    return [*head, *((say(name, language), say(value, language, currency)) for name, value in papers.about)]
