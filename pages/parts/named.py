"""Codes of the house in a frame (tables, columns, kinds, levels) as words of the reader."""

from collections.abc import Callable

import polars as pl

from engine.answers import forms
from engine.language import say
from engine.messages import Message, message
from pages.parts.view import View

LEVELS: dict[str, Message] = {
    "sphere": message("Spheres"),
    "product_group": message("Groups"),
    "line_id": message("Lines"),
    "sku": message("Products"),
    "location_id": message("Places"),
}
SEVERITIES: dict[str, Message] = {
    "error": message("stops publication"),
    "tell": message("worth knowing"),
    "attention": message("attention"),
    "critical": message("critical"),
}


def named(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its codes said; columns that hold none are left as they are."""
    said: dict[str, Callable[[str], str]] = {
        "place_kind": lambda kind: forms.value("locations", "kind", kind, view.language),
        "level": lambda level: say(LEVELS.get(level, Message(level)), view.language),
        "severity": lambda severity: say(SEVERITIES.get(severity, Message(severity)), view.language),
        "audit_severity": lambda severity: say(SEVERITIES.get(severity, Message(severity)), view.language),
    }
    if "table_name" in frame.columns:
        frame = _tables_and_columns(view, frame)
    for name, words in said.items():
        if name in frame.columns:
            values = {value: words(value) for value in frame[name].drop_nulls().unique()}
            frame = frame.with_columns(pl.col(name).cast(pl.String).replace_strict(values, default=None, return_dtype=pl.String))
    return frame


def _tables_and_columns(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    labels = forms.labels(view.language)
    if "column_name" in frame.columns:
        pairs = frame.select("table_name", "column_name").rows()
        known = {table: forms.columns(table, view.language) for table in {table for table, _ in pairs} if table in labels}
        frame = frame.with_columns(pl.Series("column_name", [known.get(table, {}).get(column, column) for table, column in pairs], dtype=pl.String))
    return frame.with_columns(pl.Series("table_name", [labels.get(table, table) for table in frame["table_name"]], dtype=pl.String))
