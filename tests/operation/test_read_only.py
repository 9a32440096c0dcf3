"""A volume that takes nothing: people look, a banner says why nothing can be decided, and nothing crashes (CR-3, CR-4)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.answers import alarms, people
from engine.errors import GranaryError
from engine.scope import EVERYTHING
from engine.store import surroundings
from engine.store.home import DEMO_HOME, Home
from engine.store.records import opening
from tests.pages.conftest import opened


@pytest.fixture
def read_only(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The home as a volume that was mounted to be read: asked by permission, and refused where something is made."""
    opening.let_go()
    inside, real, make = str(home.path), os.access, os.mkdir

    def may(path: object, mode: int, **more: object) -> bool:
        return False if str(path).startswith(inside) and mode & os.W_OK else real(path, mode, **more)

    def refuse(path: object, *given: object, **more: object) -> None:
        if str(path).startswith(inside):
            raise OSError(30, "Read-only file system", str(path))
        make(path, *given, **more)

    monkeypatch.setattr(os, "access", may)
    monkeypatch.setattr(os, "mkdir", refuse)
    return home


def test_on_a_read_only_volume_every_page_opens_with_a_banner(read_only: Home, at_home: Callable[[Home], None]) -> None:
    at_home(read_only)
    for page in ("overview/start", "inventory/health", "warehouse/quality"):
        at = opened(f"pages/{page}.py")
        assert any("read-only" in warning.value.replace("\\", "") for warning in at.warning), page


def test_on_a_read_only_volume_a_decision_is_refused_in_a_sentence(read_only: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(home: Home) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", lambda path, *_, **__: refuse(read_only))
    with pytest.raises(GranaryError, match=r"[Nn]othing was kept"):
        people.add(str(read_only.path), "Anna", EVERYTHING)


def test_a_disk_that_fills_up_is_said_on_every_page(home: Home, at_home: Callable[[Home], None], monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(home)
    monkeypatch.setattr(surroundings, "free_mb", lambda home: 17)
    at = opened("pages/overview/start.py")
    assert any("17 MB are free" in warning.value for warning in at.warning)


def test_of_a_sound_disk_and_of_the_demo_nothing_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert alarms.condition(str(home.path)) is None
    monkeypatch.setattr(surroundings, "free_mb", lambda home: 0)
    assert alarms.condition(str(DEMO_HOME)) is None
