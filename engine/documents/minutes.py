"""The minutes as a PDF: five steps on five A4 pages, then decisions and actions."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from engine.documents.cells import NUMERIC, cell, heading
from engine.documents.papers import Fact, Papers, Section, Sheet
from engine.errors import BadUse
from engine.language import formatted, say, time_text
from engine.messages import Message, message, plural

TEMPLATE = Path(__file__).with_name("minutes.typ")
FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimSun", "Noto Sans", "DejaVu Sans", "Arial")
"""Fonts of the machine, the first that is there is taken sign by sign; most carry Chinese and Cyrillic."""
CHINESE = FONTS[:6]
WIDE = 2.2
"""How much wider a column of words is than one of figures."""


def minutes(papers: Papers, language: str, currency: str) -> bytes:
    """The papers as a PDF in a language. Raises BadUse where the machine has no font for Chinese and the language is Chinese."""
    known = {family.casefold() for family in typst.Fonts().families()}
    fonts = [font for font in FONTS if font.casefold() in known]
    if language == "zh" and not any(font in fonts for font in CHINESE):
        raise BadUse(message("This machine has no font for Chinese, so the minutes cannot be set. Install one, such as Noto Sans CJK SC."))
    said: dict[str, Any] = {
        "title": say(papers.title, language, currency),
        "who": papers.who,
        "language": language,
        "fonts": fonts or list(FONTS[-2:]),
        "stamp": time_text(papers.made_at, language),
        "foot": say(_foot(papers), language, currency),
        "sections": [_section(section, language, currency) for section in papers.sections],
        "after": [_section(section, language, currency) for section in papers.after],
    }
    made: bytes = typst.compile(TEMPLATE, sys_inputs={"papers": json.dumps(said, ensure_ascii=False)})
    return made


def _foot(papers: Papers) -> Message:
    if papers.foot is not None:
        return papers.foot
    if papers.plan:
        return message("Plan {plan}, data version {version}, printed for {who}", plan=papers.plan, version=papers.version, who=papers.who)
    return message("Not approved yet, data version {version}, printed for {who}", version=papers.version, who=papers.who)


def _section(section: Section, language: str, currency: str) -> dict[str, Any]:
    return {
        "title": say(section.title, language, currency),
        "signed": "" if section.signed is None else say(section.signed, language, currency),
        "said": [say(sentence, language, currency) for sentence in section.said],
        "facts": [_fact(fact, language, currency) for fact in section.facts],
        "sheets": [_sheet(sheet, language, currency) for sheet in section.sheets],
    }


def _fact(fact: Fact, language: str, currency: str) -> dict[str, str]:
    difference = "" if fact.difference is None else formatted(fact.difference, fact.unit, language, currency, compact=True, signed=True)
    return {
        "label": say(fact.label, language, currency), "value": formatted(fact.value, fact.unit, language, currency, compact=True), "difference": difference,
    }  # fmt: skip


def _sheet(sheet: Sheet, language: str, currency: str) -> dict[str, Any]:
    columns = [column for column in sheet.columns if column.name in sheet.frame.columns]
    shown = sheet.frame.head(sheet.shown)
    more = sheet.frame.height - shown.height
    said = plural("and {n} more row in the workbook", "and {n} more rows in the workbook", n=more)
    return {
        "title": say(sheet.title, language, currency),
        "head": [heading(column, language, currency) for column in columns],
        "right": [column.unit in NUMERIC for column in columns],
        "widths": [1.0 if column.unit in NUMERIC else WIDE if column.unit in ("text", "message") else 1.1 for column in columns],
        "rows": [[cell(value, column, language, currency) for value, column in zip(row, columns, strict=True)] for row in _rows(shown, columns)],
        "more": say(said, language, currency) if more else "",
        "nothing": say(message("Nothing."), language, currency),
    }


def _rows(frame: Any, columns: Sequence[Any]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = frame.select(column.name for column in columns).rows()
    return rows
