"""Homes for the meeting's records."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store.home import RECORDS_VARIABLE
from engine.store.records import opening


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The path of an empty home with its records in a file."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    yield str(tmp_path)
    opening.let_go()
