"""What the tables in files have in common: headings, cells in words, and text that no spreadsheet takes for a formula."""

from collections.abc import Sequence
from typing import Any

from engine.answers.answer import Answer, Column
from engine.language import formatted, say, unit_name

# A cell that begins with one of these is reckoned or fetched by some spreadsheet; the wide ones are typed with a Chinese keyboard.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
NUMERIC = frozenset({"money", "money_per_unit", "qty", "count", "days", "share", "points", "ratio"})
_INVISIBLE = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"


def heading(column: Column, language: str, currency: str, share_unit: bool = True) -> str:
    """The column's label with its unit: `Stock value, ¥`. share_unit=False where shares are written as 0–1, not as percentages."""
    label, unit = say(column.label, language), unit_name(column.unit, language, currency)
    unit = unit if share_unit or column.unit != "share" else ""
    return f"{label}, {unit}" if unit and not label.endswith(unit) else label


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula, spaces before it notwithstanding."""
    return text.startswith(DANGEROUS) or text.lstrip(_INVISIBLE).startswith(DANGEROUS)


def harmless(text: str) -> str:
    """The text with an apostrophe before what could be a formula, and without NUL, which ends a cell for some readers."""
    safe = text.replace("\0", "")
    return f"'{safe}" if is_dangerous(text) else safe


def words(value: Any, unit: str, language: str) -> str:
    """A cell that holds no number and no day, as text: yes/no, a sentence, a code, a list."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return formatted(value, unit if unit in ("flag", "message", "code", "text") else "text", language)


def columns_of(answer: Answer) -> Sequence[Column]:
    """The columns that the frame really has, in the answer's order."""
    return [column for column in answer.columns if column.name in answer.frame.columns]
