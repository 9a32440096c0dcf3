"""What the contracts say of the input tables, in the reader's language: their names, their columns, their templates."""

from engine.language import label
from engine.store.contracts import Column, catalogue


def labels(language: str) -> dict[str, str]:
    """Input table → its name."""
    return {name: label(contract.text, language) for name, contract in catalogue().items()}


def columns(table: str, language: str) -> dict[str, str]:
    """Column of an input table → its name, required ones first."""
    contract = catalogue()[table]
    ordered: list[Column] = sorted(contract.columns, key=lambda column: not column.required)
    return {column.name: label(column.text, language) for column in ordered}


def required(table: str) -> tuple[str, ...]:
    """The columns that a file for a table must bring."""
    return catalogue()[table].required


def template(table: str, language: str) -> bytes:
    """An empty workbook for one input table, with headings in a language."""
    from engine.documents.templates import template as empty_workbook

    return empty_workbook(catalogue()[table], language)
