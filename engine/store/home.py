"""Where a company's data lie: one folder, the home, with one sub-folder for each kind."""

import os
from dataclasses import dataclass
from pathlib import Path

from engine import settings

PROJECT = Path(__file__).resolve().parents[2]
SQL = PROJECT / "sql"
DEMO_HOME = PROJECT / "data" / "demo" / "home"


@dataclass(frozen=True)
class Home:
    """The folders of one company; they are made when first needed, never by reading.

    warehouse: numbered files, one for each version; disposable (rebuilt from raw).
    raw:       every file that was ever loaded, named by its SHA-256; precious.
    inbox:     where files may be dropped for the next load.
    records:   the meeting's own records; precious.
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
    def profiles(self) -> Path:
        return self.path / "profiles"

    @property
    def work(self) -> Path:
        return self.path / "work"

    def settings(self) -> settings.Settings:
        return settings.read(self.path / "settings.json")


def own_home(option: str | None = None) -> Home:
    """The home by option, else by GRANARY_HOME, else the project's data folder."""
    return Home(Path(option or os.environ.get("GRANARY_HOME") or PROJECT / "data").resolve())
