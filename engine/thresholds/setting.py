"""One threshold, as the book holds it."""

import re
from dataclasses import dataclass
from typing import Any

from engine.messages import Message


@dataclass(frozen=True)
class Setting:
    """One threshold. `default` also fixes the type: a number stays a number, a text a text, a table (a tuple of tuples) a table of rows
    as wide.

    unit: of a number its unit; of a text with fixed choices these (`due | invoice`); of a table its headings (`class, share of the
    value`). least: the smallest number that makes sense. keys: how many leading cells of a table's row name it; no two rows have the same.
    blank: what belongs into a table's column that is empty by default.
    """

    name: str
    default: Any
    unit: str
    help: Message
    source: str
    least: float = 0.0
    keys: int = 1
    blank: type[float] | type[str] = float

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns of a table; empty for anything else."""
        return headings_of(self.unit) if isinstance(self.default, tuple) else ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that a text may take; empty where any will do."""
        return tuple(self.unit.split(" | ")) if isinstance(self.default, str) and " | " in self.unit else ()


def headings_of(unit: str) -> tuple[str, ...]:
    """The headings that a unit names, in any of the languages that it is said in: parted by commas that stand in no brackets."""
    return tuple(part.strip() for part in re.split(r"[,，](?![^(（]*[)）])", unit))
