"""A `Message` put into words: `say`.

A place is formatted by the last word of its name, in the house's own naming; then by its type:

    {stock_money} {money}    money, compact: ¥1.2M · 120万 · 1,2 млн ¥      (for sentences)
    {ledger_value}           money in full, two decimals (a bare {value} is data and stands as it is)
    {out_share} {share}      0–1 as a percentage          {fell_points}  a difference of shares in points
    {cover_days} {days}      days without their word: write "{cover_days} days" in the literal, or a plural
    {sold_qty} {qty}         pieces                       {turns_ratio}  two decimals · {gap_score}  one decimal
    {counted_on} {day}       a date, also as ISO text     {loaded_at}    date and time     {last_month} {month}  a month
    {n} {n_dealers} {dealers_n}   a count
    {line} {row} {year} {version} {port} {pid} {seconds} …  whole numbers without thousands marks (see `UNGROUPED`)

Anything else: whole numbers grouped, fractions with up to two decimals, days as dates, texts as they stand, None as `?`,
True/False as yes/no, a Message said, a list joined by the language's comma.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.language.catalogues import translated
from engine.language.dates import time_text
from engine.language.numbers import UNKNOWN, formatted, plain
from engine.messages import Message

UNGROUPED = frozenset({"line", "row", "year", "version", "port", "pid", "id", "code", "sheet", "number", "status", "seconds", "mb", "kb"})
_UNIT_BY_WORD: Mapping[str, str] = {
    "money": "money", "value": "money", "share": "share", "points": "points", "days": "days", "qty": "qty", "ratio": "ratio", "score": "score",
    "on": "date", "day": "date", "date": "date", "month": "month", "n": "count",
}  # fmt: skip
_COMMA = {"zh": "、"}


def say(said: Message, language: str, currency: str = "CNY") -> str:
    """The sentence in a language, its values formatted by the convention above.

    A translation that names a place the message lacks would be a fault of the catalogue; a test keeps the two in step.
    """
    values = dict(said.values)
    n = values.get("n")
    number = n if isinstance(n, int | float) else None
    text = translated(said.text, language, number, said.many)
    return text.format(**{name: _place(name, value, language, currency) for name, value in values.items()})


def _place(name: str, value: Any, language: str, currency: str) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, Message):
        return say(value, language, currency)
    if isinstance(value, bool):
        return formatted(value, "flag", language)
    if isinstance(value, list | tuple | set | frozenset):
        return _COMMA.get(language, ", ").join(_place(name, part, language, currency) for part in value)
    word = name.rpartition("_")[2]
    unit = "count" if name.startswith("n_") else None if name == "value" else _UNIT_BY_WORD.get(word)
    if isinstance(value, str):
        return _text(value, word, unit, language)
    if isinstance(value, datetime):
        return time_text(value, language) if unit != "month" else formatted(value, "month", language)
    if isinstance(value, date):
        return formatted(value, "month" if unit == "month" else "date", language)
    if word in UNGROUPED and float(value).is_integer():
        return str(int(value))
    if unit in (None, "date", "month"):
        return plain(value, language)
    return formatted(value, unit, language, currency, compact=word == "money")


def _text(value: str, word: str, unit: str | None, language: str) -> str:
    """Text stands as it is, except for a day that a table kept as ISO text."""
    if unit not in ("date", "month") and word != "at":
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return time_text(moment, language) if word == "at" else formatted(moment, unit or "date", language)
