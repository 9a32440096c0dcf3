"""Every threshold in one book: name, default, unit, what it means, where it comes from.

A home may overrule a default in its `settings.json`; `read` puts the two together and refuses names and values that the book
does not know, because a misspelt threshold that is silently ignored is worse than none.
"""

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.errors import BadUse
from engine.messages import Message, message
from engine.thresholds import (
    assortment,
    assortment_desk,
    dealers,
    forecast,
    house,
    intake,
    inventory,
    meeting,
    operation,
    planning,
    reminding,
    replenishment,
    scorecard,
    sign_in,
)
from engine.thresholds.setting import Setting

__all__ = ["BOOK", "DEFAULTS", "SUBJECTS", "Setting", "Settings", "read"]

SUBJECTS: dict[str, tuple[Message, tuple[Setting, ...]]] = {
    "house": (house.TITLE, house.SETTINGS),
    "intake": (intake.TITLE, intake.SETTINGS),
    "inventory": (inventory.TITLE, inventory.SETTINGS),
    "replenishment": (replenishment.TITLE, replenishment.SETTINGS),
    "scorecard": (scorecard.TITLE, scorecard.SETTINGS),
    "dealers": (dealers.TITLE, dealers.SETTINGS),
    "forecast": (forecast.TITLE, forecast.SETTINGS),
    "reminding": (reminding.TITLE, reminding.SETTINGS),
    "sign_in": (sign_in.TITLE, sign_in.SETTINGS),
    "operation": (operation.TITLE, operation.SETTINGS),
    "meeting": (meeting.TITLE, meeting.SETTINGS),
    "planning": (planning.TITLE, planning.SETTINGS),
    "assortment": (assortment.TITLE, assortment.SETTINGS),
    "assortment_desk": (assortment_desk.TITLE, assortment_desk.SETTINGS),
}
"""Subject -> its title and its thresholds; each stands in engine/thresholds/<subject>.py."""
BOOK: dict[str, Setting] = {setting.name: setting for _, settings in SUBJECTS.values() for setting in settings}


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
        self._hash = hash(tuple(sorted((name, repr(value)) for name, value in chosen.items())))

    def __getitem__(self, name: str) -> Any:
        return self._chosen[name]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def fingerprint(self) -> str:
        """The same for the same values, in every process: by it is known whether what was worked out of them once still holds."""
        return hashlib.sha256(repr(sorted((name, repr(value)) for name, value in self._chosen.items())).encode()).hexdigest()[:32]

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
    except OSError as fault:
        raise BadUse(message("{file} cannot be read ({fault}).", file=path.name, fault=fault.strerror or str(fault))) from None
    if not isinstance(overrules, dict):
        raise BadUse(message("{file} must hold one JSON object with settings.", file=path.name))
    return Settings(overrules)
