"""One threshold, as the book holds it."""

from dataclasses import dataclass
from typing import Any

from engine.messages import Message


@dataclass(frozen=True)
class Setting:
    """One threshold. `default` also fixes the type: a number stays a number, a text a text, a table (a tuple of tuples) a table of rows
    as wide."""

    name: str
    default: Any
    unit: str
    help: Message
    source: str
