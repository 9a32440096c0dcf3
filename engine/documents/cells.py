"""What the tables in files have in common: headings, cells in words, and text that no spreadsheet takes for a formula."""

from collections.abc import Sequence
from typing import Any

from engine.answers.answer import Answer, Column
from engine.language import UNKNOWN, formatted, say, unit_name

# A cell that begins with one of these is reckoned or fetched by some spreadsheet; the wide ones are typed with a Chinese keyboard.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|", "%")
NUMERIC = frozenset({"money", "money_per_unit", "qty", "count", "days", "share", "points", "ratio", "score"})
_INVISIBLE = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"


def heading(column: Column, language: str, currency: str, share_unit: bool = True) -> str:
    """The column's label with its unit: `Stock value, ¥`; a label that names its unit, such as `Days of supply`, needs no second one.

    share_unit=False where shares are written as 0–1, not as percentages.
    """
    label, unit = say(column.label, language, currency), unit_name(column.unit, language, currency)
    if not unit or unit.rstrip(".").lower() in label.lower() or (column.unit == "share" and not share_unit):
        return label
    return f"{label}（{unit}）" if language == "zh" else f"{label}, {unit}"


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula, spaces before it notwithstanding."""
    return text.startswith(DANGEROUS) or text.lstrip(_INVISIBLE).startswith(DANGEROUS)


def harmless(text: str) -> str:
    """The text with an apostrophe before what could be a formula, and without NUL, which ends a cell for some readers."""
    safe = text.replace("\0", "")
    return f"'{safe}" if is_dangerous(text) else safe


def words(value: Any, unit: str, language: str, currency: str = "CNY") -> str:
    """A cell that holds no number and no day, as text: yes/no, a sentence, a code, a list."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return formatted(value, unit if unit in ("flag", "message", "code", "text") else "text", language, currency)


def cell(value: Any, column: Column, language: str, currency: str = "CNY") -> str:
    """A cell of a printed table as text; money without its sign, which stands in the heading."""
    if value is None:
        return UNKNOWN if column.unit in NUMERIC else ""
    if column.unit in ("money", "money_per_unit"):
        return formatted(value, "qty", language, decimals=0 if column.unit == "money" else 2)
    if column.unit in NUMERIC or column.unit in ("date", "month", "time"):
        return formatted(value, column.unit, language, currency)
    return words(value, column.unit, language, currency)


def columns_of(answer: Answer) -> Sequence[Column]:
    """The columns that the frame really has and that may be shown, in the answer's order."""
    return [column for column in answer.columns if column.name in answer.frame.columns and not column.is_hidden]
