"""What the contracts say of the input tables, in the reader's language: their names, their columns, their templates."""

import re
from typing import Any

from engine.documents import templates
from engine.messages import Message
from engine.store.contracts import UNITS, catalogue

_OF_TABLES = frozenset({"table", "tables", "named", "fits"})
_OF_COLUMNS = frozenset({"column", "columns"})
"""The places of sentences about files that hold names of the contracts."""
_EXPECTED = re.compile("“([a-z_]+)”")
_QUOTES = {"en": ("“", "”"), "ru": ("«", "»")}


def labels(language: str) -> dict[str, str]:
    """Input table → its name."""
    return {name: contract.label(language) for name, contract in catalogue().items()}


def columns(table: str, language: str) -> dict[str, str]:
    """Column of an input table → its name, required ones first."""
    return {column.name: column.label(language) for column in sorted(catalogue()[table].columns, key=lambda column: not column.required)}


def template(table: str, language: str) -> bytes:
    """An empty workbook for one input table, with headings in a language."""
    return templates.template(catalogue()[table], language)


def meaning(table: str, language: str) -> str:
    """What a row of an input table is."""
    return catalogue()[table].meaning(language)


def described(table: str, language: str) -> list[tuple[str, str, Message, bool]]:
    """The columns of an input table as (name, meaning, unit, must be filled), required ones first."""
    columns = sorted(catalogue()[table].columns, key=lambda column: not column.required)
    return [(column.label(language), column.meaning(language), UNITS[column.unit], column.required) for column in columns]


def value(table: str, column: str, stored: str, language: str) -> str:
    """An allowed value of a column, such as `plant`, in a language."""
    return catalogue()[table].column(column).value_label(stored, language)


def unit(name: str) -> Message:
    """The word for a unit; the name itself where the contracts do not use it."""
    return UNITS.get(name, Message(name))


def column(name: str, table: str | None, language: str) -> str:
    """The name of a column, of a table or (None) of the first one that has it; the name itself where there is none."""
    for each in [table] if table in catalogue() else catalogue():
        found = columns(str(each), language).get(name)
        if found:
            return found
    return name


def in_words(said: Message, table: str | None, language: str) -> Message:
    """A sentence about a file with the tables and columns of the contracts by their names in a language; what is none of them stays as it is.

    table: the input table that the sentence is about, where it does not name one itself; None = unknown. The sentences themselves hold the names
    that the command line takes (`net_value`); of a column that is looked for, that name follows in brackets, because it is a heading as well.
    """
    about = dict(said.values).get("table", table)
    return Message(said.text, tuple((place, _place(place, held, about, language)) for place, held in said.values), said.many)


def _place(place: str, held: Any, table: str | None, language: str) -> Any:
    if isinstance(held, list | tuple):
        return [_place(place, each, table, language) for each in held]
    if not isinstance(held, str):
        return held
    if place in _OF_TABLES:
        known = labels(language)
        return [known.get(name, name) for name in held.split(", ")]
    if place in _OF_COLUMNS:
        return [column(name, table, language) for name in held.split(", ")]
    if place == "differs":
        parts = (part.partition(": ") for part in held.split("; "))
        return "; ".join(f"{column(name, table, language)}{colon}{rest}" for name, colon, rest in parts)
    if place == "check" and table in catalogue():
        names = columns(table, language)
        return re.sub(r"(?<!['a-z_])[a-z_]+(?!['a-z_])", lambda word: names.get(word[0], word[0]), held)
    if place == "expected" and (first := _EXPECTED.match(held)):
        name = first[1]
        label = column(name, table, language)
        before, after = _QUOTES.get(language, _QUOTES["en"])
        return f"{before}{label}{after} ({name})" if label != name else f"{before}{name}{after}"
    return held
