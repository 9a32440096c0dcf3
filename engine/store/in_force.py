"""The settings in force on a day: defaults, overruled by the home's `settings.json`, overruled by what was recorded with a valid-from day.

Of the records about a setting whose day has come, the one with the latest day counts, and of two for the same day the one that
was kept later. A record that withdraws gives the setting back to the file and the default from its day on. A record of a setting
that this program no longer knows, or of another kind of value, counts for nothing: it cannot be taken out, and the page shows it.
"""

import functools
import os
from datetime import date
from typing import Any

from engine.errors import BadUse
from engine.settings import BOOK, Settings
from engine.store.home import Home
from engine.store.records.record import Record


def settings_on(home: Home, day: date) -> Settings:
    """The settings in force on a day. Raises BadUse for a file that cannot be read, NotKept for records that cannot."""
    head = 0
    if home.has_records:
        from engine.store import decisions

        head = decisions.head(home, "setting")
    return _settings(home, day, head, _stamp(str(home.path / "settings.json")))


@functools.lru_cache(maxsize=256)
def _settings(home: Home, day: date, head: int, stamp: tuple[int, int] | None) -> Settings:
    own = home.own_settings()
    if not head:
        return own
    from engine.store import decisions

    return Settings(own.overrules() | recorded(decisions.history(home, "setting"), day))


def _stamp(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


def deciding(records: list[Record], day: date) -> dict[str, Record]:
    """Setting -> the record (of those given, oldest first) that decides on it on a day; also where that gives the setting back."""
    latest: dict[str, tuple[date, Record]] = {}
    for record in records:
        begins = valid_from(record)
        if begins <= day and record.subject in BOOK and is_readable(record) and (record.subject not in latest or latest[record.subject][0] <= begins):
            latest[record.subject] = begins, record
    return {name: record for name, (_, record) in latest.items()}


def recorded(records: list[Record], day: date) -> dict[str, Any]:
    """Setting -> value, by the records (oldest first) whose day has come."""
    return {name: (record.payload or {})["value"] for name, record in deciding(records, day).items() if not record.is_ended}


def valid_from(record: Record) -> date:
    """The day from which a record of a setting counts; one that names none counts from the day on which it was kept."""
    try:
        return date.fromisoformat((record.payload or {}).get("valid_from", ""))
    except (TypeError, ValueError):
        return record.at.date()


def is_readable(record: Record) -> bool:
    """Whether this program can take the record's value for its setting."""
    if record.is_ended:
        return True
    try:
        Settings({record.subject: (record.payload or {}).get("value")})
    except BadUse:
        return False
    return True
