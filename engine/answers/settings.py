"""The settings as people see and change them: what is in force, since when, by whom; a change is a record with a day from which it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.answers import records
from engine.answers.records import Record, why
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.settings import BOOK, SUBJECTS, Setting, Settings
from engine.store import in_force
from engine.store.home import Home
from engine.thresholds.refusing import why_not

__all__ = ["BOOK", "Change", "Line", "Setting", "change", "changes", "give_back", "headline", "lines", "subjects"]

DEFAULT, FILE, RECORDED = "default", "file", "recorded"


@dataclass(frozen=True)
class Line:
    """One setting as it stands on a day. origin: `default`, `file` (the home's settings.json) or `recorded`.
    since, who: of the record in force, where there is one. ahead: how many changes are recorded for later days. last_id: of its newest record."""

    setting: Setting
    value: Any
    origin: str
    since: date | None = None
    who: str | None = None
    ahead: int = 0
    last_id: int | None = None


@dataclass(frozen=True)
class Change:
    """One record of a setting. value: None where it was given back to the default. is_readable: this program can take the value."""

    value: Any
    valid_from: date
    record: Record
    is_readable: bool


def subjects() -> dict[str, Message]:
    """Subject -> its title, in the order of the page."""
    return {name: title for name, (title, _) in SUBJECTS.items()}


def lines(home: str, subject: str, day: date | None = None) -> tuple[Line, ...]:
    """The settings of a subject as they stand on a day (default: today)."""
    day, place = day or date.today(), Home(Path(home))
    now, own = in_force.settings_on(place, day), place.own_settings()
    kept: dict[str, list[Record]] = {}
    for record in records.history(place, "setting"):
        kept.setdefault(record.subject, []).append(record)
    return tuple(_line(setting, now[setting.name], own[setting.name], kept.get(setting.name, []), day) for setting in SUBJECTS[subject][1])


def _line(setting: Setting, value: Any, own: Any, kept: list[Record], day: date) -> Line:
    deciding = in_force.deciding(kept, day).get(setting.name)
    is_recorded = deciding is not None and not deciding.is_ended
    origin = RECORDED if is_recorded else FILE if own != setting.default else DEFAULT
    return Line(
        setting, value, origin,
        since=in_force.valid_from(deciding) if deciding else None,
        who=deciding.who if deciding else None,
        ahead=sum(in_force.valid_from(record) > day for record in kept),
        last_id=kept[-1].id if kept else None,
    )  # fmt: skip


def changes(home: str, name: str) -> tuple[Change, ...]:
    """Everything that was recorded about a setting, the newest first."""
    return tuple(_change(record) for record in reversed(records.history(home, "setting", name)))


def reason_of(change: Change) -> str:
    """Why somebody made a change; empty where they did not say."""
    return str((change.record.payload or {}).get("reason") or "")


def _change(record: Record) -> Change:
    """A record as the book reads it: lists as tuples; what the book cannot take, as it was kept."""
    kept, is_readable = (record.payload or {}).get("value"), in_force.is_readable(record)
    value = None if record.is_ended else Settings({record.subject: kept})[record.subject] if is_readable else kept
    return Change(value, in_force.valid_from(record), record, is_readable)


def change(
    home: str, name: str, value: Any, valid_from: date, who: Scope | str, version: int | None, last_id: int | None = None, reason: str = ""
) -> Record:  # fmt: skip
    """Keep a new value of a setting, valid from a day on. last_id: the newest record that the writer saw; None = there was none. reason: why, if told.

    Raises BadUse with the reason for a name or value that the book refuses, NotKept where somebody else changed it in the meantime.
    """
    if name not in BOOK:
        raise BadUse(message("There is no setting “{name}”.", name=name))
    typed = Settings({name: value})[name]
    fault = why_not(BOOK[name], typed, _others(home, name, valid_from))
    if fault is not None:
        raise BadUse(fault)
    return records.record(home, "setting", name, {"value": typed, "valid_from": valid_from.isoformat()} | why(reason), who, version, last_id)


def give_back(
    home: str, name: str, valid_from: date, who: Scope | str, version: int | None, last_id: int | None = None, reason: str = ""
) -> Record:  # fmt: skip
    """Let the default (or the home's settings.json) hold again from a day on. Raises BadUse, NotKept."""
    if name not in BOOK:
        raise BadUse(message("There is no setting “{name}”.", name=name))
    return records.record(home, "setting", name, {"ended": True, "valid_from": valid_from.isoformat()} | why(reason), who, version, last_id)


def _others(home: str, name: str, day: date) -> Mapping[str, Any]:
    return {other: value for other, value in in_force.settings_on(Home(Path(home)), day).items() if other != name}


def headline(home: str) -> Message:
    """The page's first sentence: how many settings are not as the house delivers them, and who changed one last."""
    settings = in_force.settings_on(Home(Path(home)), date.today())
    kept, changed = records.history(home, "setting"), len(settings.overrules())
    if not changed:
        return message("Every setting is at its default.")
    if not kept:
        return plural("{n} setting differs from its default.", "{n} settings differ from their defaults.", n=changed)
    return plural(
        "{n} setting differs from its default; {who} made the last change on {changed_on}.",
        "{n} settings differ from their defaults; {who} made the last change on {changed_on}.",
        n=changed, who=kept[-1].who, changed_on=kept[-1].at.date(),
    )  # fmt: skip
