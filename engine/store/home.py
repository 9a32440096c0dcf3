"""Where a company's data lie: one folder, the home, with one sub-folder for each kind."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.settings import Settings
from engine.settings import read as read_settings

PROJECT = Path(__file__).resolve().parents[2]
SQL = PROJECT / "sql"
DEMO_HOME = PROJECT / "data" / "demo" / "home"
RECORDS_VARIABLE = "GRANARY_RECORDS"
"""The environment variable that names a PostgreSQL database for the records, in place of a file in the home."""


@dataclass(frozen=True)
class Home:
    """The folders of one company; they are made when first needed, never by reading.

    warehouse: numbered files, one for each version; disposable (rebuilt from raw).
    raw:       every file that was ever loaded, named by its SHA-256; precious.
    inbox:     where files may be dropped for the next load.
    records:   the meeting's own records; precious.
    receipts:  what became of every file of a version, one JSON file each.
    """

    path: Path

    @property
    def warehouse(self) -> Path:
        return self.path / "warehouse"

    @property
    def raw(self) -> Path:
        return self.path / "raw"

    @property
    def inbox(self) -> Path:
        return self.path / "inbox"

    @property
    def records(self) -> Path:
        return self.path / "records"

    @property
    def receipts(self) -> Path:
        return self.path / "receipts"

    @property
    def profiles(self) -> Path:
        return self.path / "profiles"

    @property
    def work(self) -> Path:
        return self.path / "work"

    @property
    def records_url(self) -> str | None:
        """The database that was named for the records; None = the file in this home. The demo's home keeps its own file in any case:
        decisions made in play are not the company's."""
        return None if self.path == DEMO_HOME else os.environ.get(RECORDS_VARIABLE) or None

    @property
    def records_file(self) -> Path:
        return self.records / "records.db"

    @property
    def has_records(self) -> bool:
        """Whether there may be records: a file, or a database that was named."""
        return self.records_url is not None or self.records_file.exists()

    def settings(self, day: date | None = None) -> Settings:
        """The settings in force on a day (default: today): defaults, overruled by `settings.json`, overruled by what was recorded."""
        from engine.store.in_force import settings_on

        return settings_on(self, day or date.today())

    def own_settings(self) -> Settings:
        """Defaults, overruled by `settings.json` alone."""
        return read_settings(self.path / "settings.json")


def own_home(option: str | None = None) -> Home:
    """The home by option, else by GRANARY_HOME, else the project's data folder."""
    return Home(Path(option or os.environ.get("GRANARY_HOME") or PROJECT / "data").resolve())
