"""What the contracts say of the input tables, in the reader's language: their names, their columns, their templates."""

from engine.documents import templates
from engine.store.contracts import catalogue


def labels(language: str) -> dict[str, str]:
    """Input table → its name."""
    return {name: contract.label(language) for name, contract in catalogue().items()}


def columns(table: str, language: str) -> dict[str, str]:
    """Column of an input table → its name, required ones first."""
    return {column.name: column.label(language) for column in sorted(catalogue()[table].columns, key=lambda column: not column.required)}


def template(table: str, language: str) -> bytes:
    """An empty workbook for one input table, with headings in a language."""
    return templates.template(catalogue()[table], language)
