"""Which values a setting does not take, and why: what the type alone does not say."""

import math
from collections.abc import Mapping
from typing import Any

from engine.messages import Message, message
from engine.thresholds.setting import Setting

WHOLE = 100.0
"""What weights add up to."""
LADDERS = ("scorecard_bands", "peer_volumes")
"""Tables whose rows are looked through from above until one fits."""


def why_not(setting: Setting, value: Any, in_force: Mapping[str, Any]) -> Message | None:
    """Why a value of the right type makes no sense for a setting; None where it does. in_force: the other settings."""
    if isinstance(setting.default, tuple):
        return _table(setting, value)
    if isinstance(setting.default, str):
        return _text(setting, value)
    if isinstance(setting.default, bool):
        return None
    return _number(setting, value) or _band(setting, value, in_force)


def _text(setting: Setting, value: str) -> Message | None:
    if setting.choices and value not in setting.choices:
        return message("“{found}” is none of the choices: {choices}.", found=value, choices=list(setting.choices))
    if setting.name == "currency" and not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        return message("A currency is three capital letters, such as CNY; “{found}” is none.", found=value)
    if setting.name == "language" and value not in ("en", "zh", "ru"):
        return message("“{found}” is none of the choices: {choices}.", found=value, choices=["en", "zh", "ru"])
    return None


def _number(setting: Setting, value: float) -> Message | None:
    if not math.isfinite(value):
        return message("A setting is a number that can be written down.")
    if value < setting.least:
        return message("The least that makes sense here is {least}; {found} is less.", least=setting.least, found=value)
    if setting.unit.startswith("share") and value > 1:
        return message("A share lies between 0 and 1: thirty per cent is 0.30; found {found}.", found=value)
    if isinstance(setting.default, int) and value != int(value):
        return message("Only whole numbers make sense here; found {found}.", found=value)
    return None


def _band(setting: Setting, value: float, in_force: Mapping[str, Any]) -> Message | None:
    """The lower end of a band stays below its upper end."""
    if "_low_" in setting.name:
        above = in_force.get(setting.name.replace("_low_", "_high_"))
        if above is not None and value > above:
            return message("The lower end of the band may not lie above its upper end, {above}.", above=above)
    if "_high_" in setting.name:
        below = in_force.get(setting.name.replace("_high_", "_low_"))
        if below is not None and value < below:
            return message("The upper end of the band may not lie below its lower end, {below}.", below=below)
    return None


def _table(setting: Setting, value: tuple[tuple[Any, ...], ...]) -> Message | None:
    if not value:
        return message("The table must have at least one row.")
    for place, heading in enumerate(setting.headings):
        cells = [row[place] for row in value if row[place] is not None]
        like = next((row[place] for row in setting.default if row[place] is not None), setting.blank())
        odd = next((cell for cell in cells if _is_number(cell) != _is_number(like)), None)
        if odd is not None:
            return message("“{found}” does not fit into the column “{heading}”.", found=str(odd), heading=heading)
        fault = _cells(setting, place, heading, like, cells)
        if fault is not None:
            return fault
    keys = [row[: setting.keys] for row in value]
    if len(set(keys)) < len(keys) or any(cell is None for key in keys for cell in key):
        return message("Each row must begin with a value of its own.")
    return None


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _cells(setting: Setting, place: int, heading: str, like: Any, cells: list[Any]) -> Message | None:
    if isinstance(like, bool) or not isinstance(like, int | float):
        return message("A cell of the table is empty.") if any(cell == "" for cell in cells) else None
    if not all(math.isfinite(cell) for cell in cells):
        return message("A setting is a number that can be written down.")
    before = [row[place] for row in setting.default if row[place] is not None]
    if "share" in heading and max(before, default=0) <= 1 and max(cells, default=0) > 1:
        return message("A share lies between 0 and 1: thirty per cent is 0.30; found {found}.", found=max(cells))
    if min(before, default=0) >= 0 and min(cells, default=0) < 0:
        return message("The least that makes sense here is {least}; {found} is less.", least=0, found=min(cells))
    if heading == "weight" and abs(sum(cells) - WHOLE) > 1e-9:
        return message("The weights add up to {found}, not to {whole}.", found=sum(cells), whole=WHOLE)
    if place == 0 and len(before) > 1 and before == sorted(before) and cells != sorted(cells):
        return message("The numbers of the first column must rise from row to row.")
    if setting.name in LADDERS and cells != sorted(cells, reverse=True):
        return message("The numbers of the second column must fall from row to row.")
    return None
