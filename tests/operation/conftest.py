"""A home in which people have worked, for each test a copy of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.answers import closing
from engine.store import background
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening
from tests.operation.homes import copied, lived_in


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Only to be copied."""
    return lived_in(tmp_path_factory.mktemp("lived-in"))


@pytest.fixture
def home(template: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    yield copied(template, tmp_path / "home")
    opening.let_go()


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[Home], None]:
    """Make a home the own one of this test."""
    return lambda home: monkeypatch.setenv("GRANARY_HOME", str(home.path))


@pytest.fixture(autouse=True)
def _nothing_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forecast takes its time; the tests that want one ask for it."""
    monkeypatch.setattr(closing, "AFTERWARDS", ())
    monkeypatch.setattr(background, "start", lambda home, verb: None)
