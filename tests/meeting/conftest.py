"""Homes for the meeting's records."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The path of an empty home with its records in a file."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    yield str(tmp_path)
    opening.let_go()


@pytest.fixture
def demo_meeting(demo_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """The demo's data under a home with records of its own, so that one test's decisions are not another's."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    home = Home(tmp_path / "home")
    home.path.mkdir()
    for folder in ("warehouse", "raw", "receipts"):
        (home.path / folder).symlink_to(demo_home.path / folder)
    yield home
    opening.let_go()
