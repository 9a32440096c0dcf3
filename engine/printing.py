"""What the command line prints: a table as aligned text, JSON or CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from engine.errors import BadUse
from engine.messages import message

FORMATS = ("text", "json", "csv")


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates as ISO text, numbers unrounded."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def printed(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> str:
    """A table in one of FORMATS; unknown is null in JSON, empty in CSV and `?` in text."""
    if form == "json":
        return json.dumps([dict(zip(columns, map(plain, row), strict=True)) for row in rows], ensure_ascii=False, indent=1)
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([plain(value) for value in row] for row in rows)
        return out.getvalue().rstrip("\n")
    if form == "text":
        return aligned(columns, rows)
    raise BadUse(message("There is no format “{form}”; choose text, json or csv.", form=form))


def aligned(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Columns side by side, numbers to the right."""
    cells = [[_text(value) for value in row] for row in rows]
    numeric = [bool(cells) and all(_is_number(row[place]) for row in cells) for place in range(len(columns))]
    widths = [max(len(name), *(len(row[place]) for row in cells), 0) if cells else len(name) for place, name in enumerate(columns)]
    lines = [list(columns), *cells]
    return "\n".join(
        "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in zip(line, widths, numeric, strict=True)).rstrip()
        for line in lines
    )


def _text(value: Any) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 1000 else f"{value:,.2f}"
    return str(plain(value))


def _is_number(text: str) -> bool:
    return text == "?" or text.replace(",", "").replace(".", "").replace("-", "").isdigit()
