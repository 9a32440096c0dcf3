"""Input tables: as they were loaded, and empty ones to fill in."""

from pathlib import Path

import polars as pl

from engine.documents import templates
from engine.errors import BadUse
from engine.messages import message
from engine.scope import Scope
from engine.store.warehouse import Warehouse


def as_loaded(warehouse: Warehouse, table: str, scope: Scope) -> pl.DataFrame:
    """An input table as it was loaded. Raises BadUse for an unknown table, or for somebody who may not see all of it."""
    if not scope.sees_all:
        raise BadUse(message("Whole tables are exported only by those who may see all dealers."))
    return warehouse.input_rows(table)


def write_templates(folder: Path, language: str) -> list[Path]:
    """An empty file for each input table, with headings and explanations in a language. Returns what was written."""
    return templates.write_templates(folder, language)


def is_guide(path: Path) -> bool:
    """Whether a written file is the guide, and no table."""
    return path.name == templates.GUIDE


def place_of(path: Path) -> str:
    """What a written template is for a start: read first, required as the first, second or third, or optional."""
    if is_guide(path):
        return "read first"
    return f"required, {templates.FIRST.index(path.stem) + 1} of {len(templates.FIRST)}" if path.stem in templates.FIRST else "optional"
