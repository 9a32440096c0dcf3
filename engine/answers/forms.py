"""What the contracts say of the input tables, in the reader's language: their names, their columns, their templates."""

from engine.documents import templates
from engine.messages import Message
from engine.store.contracts import UNITS, catalogue


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
