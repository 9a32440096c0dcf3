"""What was settled once for a header is remembered: next month's file with the same headings asks nothing.

One JSON file for each header signature in `<home>/profiles`; it holds no data, so it can be saved under a name, sent to a
colleague and given back with `profile`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.errors import BadUse
from engine.messages import message
from engine.store.intake.measured_headings import plain
from engine.store.intake.reading import Fitted, Options

OPENING = ("encoding", "separator", "sheet", "header_row")
"""What must be settled before the headings can be read at all."""
SETTLED = ("table", "dates", "decimal", *OPENING, "months")


def signature(headings: tuple[str, ...]) -> str:
    """Short name of a header: the same headings in the same order, whatever their case and blanks."""
    return hashlib.sha256("\n".join(plain(heading) for heading in headings).encode()).hexdigest()[:16]


def remember(folder: Path, headings: tuple[str, ...], fitted: Fitted, options: Options, name: str | None = None) -> Path:
    """Write the profile of a fitted table; the file. `name` is how people call it, else its table and signature."""
    profile = {
        "name": name or f"{fitted.table} {signature(headings)}",
        "headings": list(headings),
        "table": fitted.table,
        "map": [[heading, column] for heading, column in fitted.mapping.items()],
        "dates": options.dates or fitted.dialect.get("dates"),
        "decimal": options.decimal or fitted.dialect.get("decimal"),
        "months": options.months,
        **{opening: getattr(options, opening) for opening in OPENING},
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{signature(headings)}.json"
    path.write_text(json.dumps(profile, ensure_ascii=False, indent=2), encoding="utf-8")
    return path


def saved(folder: Path) -> list[dict[str, Any]]:
    """Every profile of a folder, by name; files that are no profile are passed over, they are not ours."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        profile = _read(path)
        if profile is not None:
            found.append(profile)
    return sorted(found, key=lambda profile: str(profile["name"]))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        profile = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return profile if isinstance(profile, dict) and isinstance(profile.get("headings"), list) and isinstance(profile.get("map"), list) else None


def _chosen(folder: Path, headings: tuple[str, ...], wanted: str | None) -> Mapping[str, Any] | None:
    """The profile that was asked for by name or path, else the one of these headings."""
    if wanted is None:
        return _read(folder / f"{signature(headings)}.json")
    by_name = [profile for profile in saved(folder) if profile["name"] == wanted]
    profile = by_name[0] if by_name else _read(Path(wanted))
    if profile is None:
        raise BadUse(message("There is no profile “{name}”.", name=wanted))
    return profile


def completed(folder: Path, headings: tuple[str, ...], options: Options) -> Options:
    """The options, what they leave open filled from the profile of these headings. Raises BadUse for an unknown profile."""
    profile = _chosen(folder, headings, options.profile)
    if profile is None:
        return options
    filled = {name: profile[name] for name in SETTLED if getattr(options, name) is None and profile.get(name) is not None}
    said = {plain(heading) for heading, _ in options.map}
    same_table = options.table in (None, profile.get("table"))
    there = {plain(heading) for heading in headings}
    remembered = tuple(
        (str(heading), str(column)) for heading, column in profile["map"] if same_table and plain(str(heading)) in there and plain(str(heading)) not in said
    )
    return replace(options, **filled, map=options.map + remembered)


def openings(folder: Path, options: Options) -> list[tuple[str, Options]]:
    """Ways to open a file that an earlier one needed: (signature that its headings must then bear, options), one for each profile."""
    ways = []
    for profile in saved(folder):
        filled = {name: profile[name] for name in OPENING if getattr(options, name) is None and profile.get(name) is not None}
        if filled:
            ways.append((signature(tuple(map(str, profile["headings"]))), replace(options, **filled)))
    return ways


def with_mapping(options: Options, table: str, mapping: Mapping[str, str]) -> Options:
    """The options with everything settled that recognition settled, so that fitting need not ask again."""
    return replace(options, table=table, map=tuple(mapping.items()))
