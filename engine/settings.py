"""Every threshold in one book: name, default, unit, what it means, where it comes from.

A home may overrule a default in its `settings.json`; `read` puts the two together and refuses names and values that the book
does not know, because a misspelt threshold that is silently ignored is worse than none.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.errors import BadUse
from engine.messages import Message, message


@dataclass(frozen=True)
class Setting:
    """One threshold. `default` also fixes the type: a number stays a number, a text a text, a table (a tuple of tuples) a table of rows
    as wide."""

    name: str
    default: Any
    unit: str
    help: Message
    source: str


BOOK: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("currency", "CNY", "ISO 4217", message("The company's currency; every amount is in it."), "contract"),
        Setting("language", "en", "language", message("The language when a browser asks for none that we speak."), "house"),
        Setting("window_days", 90, "days", message("Length of the window over which sales are counted."), "issue 2"),
        Setting("stale_stock_days", 45, "days", message("A stock count older than this is marked as stale."), "I9"),
        Setting("stock_jump_times", 10, "times", message("A stock that grows by more than this factor is told."), "IN-7"),
        Setting("kpi_move_share", 0.10, "share", message("A KPI that a load moves by more than this is shown on the receipt."), "issue 2"),
        Setting(
            "correction_share",
            0.8,
            "share",
            message("A file that brings at least this share of an earlier file's keys in a period is taken as its correction: what it leaves out goes too."),
            "W3",
        ),
        Setting("supply_band_low_days", 45, "days", message("Below this, days of supply are short."), "looks"),
        Setting("supply_band_high_days", 60, "days", message("Above this, days of supply are long."), "looks"),
        Setting(
            "variance_colours",
            "blue_vermillion",
            "blue_vermillion | green_red | red_up",
            message("How better and worse are coloured; red_up colours by direction: red rises."),
            "looks",
        ),
        Setting("kept_versions", 5, "versions", message("How many published versions are kept for undo."), "W4"),
        Setting("first_year", 2000, "year", message("A date before this year is told: it is probably mistyped."), "IN-5"),
        Setting("rule_future_date", "reject", "tell | reject | refuse", message("What to do with rows dated in the future."), "IN-7"),
        Setting("rule_old_date", "tell", "tell | reject | refuse", message("What to do with rows older than the first year."), "IN-7"),
        Setting("rule_negative_price", "tell", "tell | reject | refuse", message("What to do with rows of a negative price."), "IN-7"),
        Setting("rule_zero_price", "tell", "tell | reject | refuse", message("What to do with rows of a price of zero."), "IN-7"),
        Setting("rule_zero_qty", "tell", "tell | reject | refuse", message("What to do with rows that have an amount but no quantity."), "IN-7"),
        Setting("rule_no_unit_price", "tell", "tell | reject | refuse", message("What to do with unit prices of zero or less."), "IN-7"),
        Setting("rule_withdrawn", "tell", "tell | reject | refuse", message("What to do with sales of a withdrawn product."), "IN-7"),
        Setting("rule_before_launch", "tell", "tell | reject | refuse", message("What to do with sales of a product before it entered the catalogue."), "IN-7"),
        Setting("rule_negative_stock", "tell", "tell | reject | refuse", message("What to do with negative stocks."), "IN-7"),
        Setting("rule_stock_jump", "tell", "tell | reject | refuse", message("What to do with stocks that grew out of proportion."), "IN-7"),
        Setting("rule_returns_exceed_sales", "tell", "tell | reject | refuse", message("What to do where a dealer returned more than it bought."), "IN-7"),
        Setting("reader_memory_mb", 1024, "MB", message("Memory that the reader of one workbook may use."), "IN-8"),
        Setting("reader_seconds", 30, "seconds", message("Time that the reader of one workbook may take."), "IN-8"),
        Setting("build_memory_mb", 2048, "MB", message("Memory that the database may use while it builds."), "speed"),
        Setting("largest_file_mb", 4096, "MB", message("A larger text file is refused."), "IN-9"),
        Setting("longest_line_kb", 1024, "KB", message("A longer line is refused: it is not a table."), "IN-9"),
        Setting("most_columns", 1000, "columns", message("A file with more columns is refused: it is not a table."), "IN-9"),
        Setting("largest_zip_ratio", 100, "times", message("A packed file that grows by more than this is refused."), "IN-8"),
    )
}


def _tuples(value: Any) -> Any:
    """JSON's lists as tuples, all the way down."""
    return tuple(_tuples(part) for part in value) if isinstance(value, list | tuple) else value


def _like(value: Any, default: Any) -> bool:
    """Whether a value is of the default's type: any number for a number, a table of rows as wide for a table, whose cells may be empty."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float)
    if not isinstance(default, tuple):
        return isinstance(value, type(default))
    if not isinstance(value, tuple):
        return False
    rows = all(isinstance(row, tuple) and len(row) == len(default[0]) for row in value)
    return rows and all(cell is None or like is None or _like(cell, like) for row in value for cell, like in zip(row, default[0], strict=True))


class Settings(Mapping[str, Any]):
    """The settings in force: defaults, overruled by a home. Read-only and hashable, so that it can be part of a cache key."""

    def __init__(self, overrules: Mapping[str, Any] | None = None) -> None:
        chosen = {name: setting.default for name, setting in BOOK.items()}
        for name, value in (overrules or {}).items():
            if name not in BOOK:
                raise BadUse(message("There is no setting “{name}”.", name=name))
            value = _tuples(value)
            if not _like(value, BOOK[name].default):
                raise BadUse(
                    message(
                        "The setting “{name}” was found as {found}, a value like {expected} was expected.",
                        name=name,
                        found=repr(value),
                        expected=repr(chosen[name]),
                    )
                )
            chosen[name] = value
        self._chosen = MappingProxyType(chosen)

    def __getitem__(self, name: str) -> Any:
        return self._chosen[name]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def __hash__(self) -> int:
        return hash(tuple(sorted((name, repr(value)) for name, value in self._chosen.items())))

    def overrules(self) -> dict[str, Any]:
        """What differs from the defaults: all that needs to be kept."""
        return {name: value for name, value in self._chosen.items() if value != BOOK[name].default}


DEFAULTS = Settings()


def read(path: Path) -> Settings:
    """The settings of a home; a missing file means the defaults.

    Raises BadUse when the file is no JSON object or names an unknown setting.
    """
    if not path.exists():
        return DEFAULTS
    try:
        overrules = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise BadUse(message("{file} is not valid JSON: {fault}.", file=path.name, fault=str(fault))) from None
    if not isinstance(overrules, dict):
        raise BadUse(message("{file} must hold one JSON object with settings.", file=path.name))
    return Settings(overrules)
