"""An answer as a text table that Excel opens by a double click: UTF-8 with its mark, separator and decimals of the language."""

import csv as text_tables
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.answers.answer import Answer
from engine.documents.cells import NUMERIC, columns_of, harmless, heading, words

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SEPARATORS = {"ru": ";"}


def csv(answer: Answer, language: str, currency: str = "CNY") -> bytes:
    """The main table, unrounded: numbers with all their digits (decimal comma and `;` in Russian), days as ISO text.

    Shares stay 0–1. Negative numbers stay numbers; text that a spreadsheet could take for a formula gets an apostrophe; unknown is empty.
    """
    out = io.StringIO(newline="")
    writer = text_tables.writer(out, delimiter=_SEPARATORS.get(language, ","), lineterminator="\r\n")
    columns = columns_of(answer)
    writer.writerow([harmless(heading(column, language, currency, share_unit=False)) for column in columns])
    for row in answer.frame.select(column.name for column in columns).iter_rows():
        writer.writerow([_cell(value, column.unit, language, currency) for value, column in zip(row, columns, strict=True)])
    return BYTE_ORDER_MARK + out.getvalue().encode("utf-8")


def _cell(value: Any, unit: str, language: str, currency: str) -> str:
    if value is None or (isinstance(value, float) and (value != value or abs(value) == float("inf"))):
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and unit in NUMERIC:
        return _digits(value, language)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()[:7] if unit == "month" else value.isoformat()
    return harmless(words(value, unit, language, currency))


def _digits(value: int | float | Decimal, language: str) -> str:
    """Every digit that the number has, never as 1e-05; the decimal mark of the language's Excel."""
    text = format(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if language == "ru" else text
