"""Homes with a company in them, and the app driven through its door."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.answers import loading
from engine.answers.meeting import cycles
from engine.scope import Scope
from engine.store.home import PROJECT, RECORDS_VARIABLE, Home
from engine.store.records import opening
from tests.pages.company import written

CHIPS = ("settings", "period", "day", "compare", "goods", "places")


@pytest.fixture(scope="session")
def company_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="session")
def company_home(company_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that serves the company, for reading only."""
    home = Home(tmp_path_factory.mktemp("home"))
    prepared = loading.prepare(home, [company_files])
    assert prepared.receipt.publishable, prepared.receipt.why_not()
    loading.publish(home, prepared)
    return home


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[Home], None]:
    """Make a home the own one of this test."""

    def move_in(home: Home) -> None:
        monkeypatch.setenv("GRANARY_HOME", str(home.path))

    return move_in


@pytest.fixture
def meeting_of(
    company_home: Home, tmp_path: Path, at_home: Callable[[Home], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Home]]:  # fmt: skip
    """Have somebody open the cycle of November, in a copy of the company that becomes the own home of this test."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)

    def begin(name: str) -> Home:
        home = Home(tmp_path / "home")
        shutil.copytree(company_home.path, home.path)
        cycles.open_cycle(str(home.path), date(2025, 11, 1), {}, {}, [(name, "")], Scope(who=name), 1)
        at_home(home)
        return home

    yield begin
    opening.let_go()


def opened(page: str, language: str = "en", **address: str | list[str]) -> AppTest:
    """A page, reached through the door with an address, all chips of its frame open."""
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    for name, value in {"language": language, **address}.items():
        at.query_params[name] = value
    for chip in CHIPS:
        at.session_state[f"gr-chip-{chip}"] = True
    at.switch_page(page)
    at.run()
    assert not at.exception, [each.stack_trace for each in at.exception]
    return at


def without_home(tmp_path: Path) -> dict[str, str]:
    """The environment of a process whose own home is empty."""
    return os.environ | {"GRANARY_HOME": str(tmp_path)}
