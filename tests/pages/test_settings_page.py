"""The page of settings: say who you are, change a threshold from a day on, read who changed it, be refused with a sentence."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.answers import people, records, settings
from engine.scope import EVERYTHING, Scope
from engine.store.home import Home
from tests.pages.conftest import opened

PAGE = "pages/warehouse/settings.py"


@pytest.fixture
def own(at_home: Callable[[Home], None], tmp_path: Path) -> Home:
    """A home in which nothing is loaded yet: settings come first."""
    home = Home(tmp_path / "own")
    at_home(home)
    return home


def words(at: AppTest) -> str:
    return " ".join(getattr(each.proto, "body", "") for each in at.get("html"))


def clicked(at: AppTest, subject: str, name: str) -> AppTest:
    """The page with one line of the sheet chosen."""
    lines = [line.setting.name for line in settings.lines(str(served_home()), subject)]
    at.session_state["settings-subject"] = subject
    at.session_state[f"settings-{subject}"] = {"selection": {"rows": [lines.index(name)], "columns": [], "cells": []}}
    return at.run()


def served_home() -> Path:
    from engine.answers import served

    return Path(served.home_and_version()[0])


def test_whoever_has_not_said_who_they_are_is_asked_before_they_change_anything(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    at = clicked(at_empty(own, monkeypatch), "house", "window_days")
    assert "Say who you are" in words(at)
    assert not any(button.label == "Keep this value" for button in at.button)


def test_a_change_is_kept_with_its_day_and_shown_with_its_history(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    code = people.add(str(own.path), "王芳", EVERYTHING)
    at = at_empty(own, monkeypatch)
    at.session_state["gr-person"] = code
    clicked(at, "house", "window_days")
    at.number_input(key="value-window_days").set_value(30)
    at.date_input(key="from-window_days").set_value(date(2026, 1, 1))
    press(at, "Keep this value")
    assert not at.exception
    assert not at.error
    assert own.settings(date(2026, 1, 1))["window_days"] == 30
    (kept,) = records.history(own, "setting", "window_days")
    assert (kept.who, kept.self_declared, kept.payload) == ("王芳", True, {"value": 30, "valid_from": "2026-01-01"})
    clicked(at, "house", "window_days")
    assert "王芳" in words(at)
    assert "History" in words(at)


def test_a_wrong_value_is_refused_with_a_sentence_and_nothing_is_kept(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    code = people.add(str(own.path), "Anna", EVERYTHING)
    at = at_empty(own, monkeypatch)
    at.session_state["gr-person"] = code
    clicked(at, "house", "window_days")
    at.number_input(key="value-window_days").set_value(-1)
    press(at, "Keep this value")
    assert [each.value for each in at.error]
    assert "least that makes sense" in at.error[0].value.replace("\\", "")
    assert records.history(own, "setting") == []


def test_a_name_that_is_added_is_who_you_are_from_then_on(own: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    at = at_empty(own, monkeypatch)
    at.text_input(key="person-name").set_value("Boris")
    press(at, "Add to the list")
    assert list(people.people(str(own.path)).values()) == ["Boris"]
    at.run()
    assert at.selectbox(key="gr-who-settings").value == "p1"
    assert any("Boris" in (getattr(each.proto.popover, "label", "") or "") for each in at.get("popover")) or "Boris" in str(at.main)


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
@pytest.mark.parametrize("subject", list(settings.subjects()))
def test_every_subject_and_every_editor_opens_in_every_language(own: Home, monkeypatch: pytest.MonkeyPatch, subject: str, language: str) -> None:
    code = people.add(str(own.path), "Anna", EVERYTHING)
    at = at_empty(own, monkeypatch, language)
    at.session_state["gr-person"] = code
    names = [line.setting.name for line in settings.lines(str(own.path), subject)]
    settings.change(str(own.path), names[0], settings.BOOK[names[0]].default, date(2026, 1, 1), Scope(who="Anna"), None)
    for name in (names[0], *(name for name in names[1:] if isinstance(settings.BOOK[name].default, tuple))):
        clicked(at, subject, name)
        assert [*at.exception, *at.error] == [], name


def at_empty(own: Home, monkeypatch: pytest.MonkeyPatch, language: str = "en") -> AppTest:
    """The page over a home of its own, also where the demo is not built."""
    from engine.answers import served

    monkeypatch.setattr(served, "DEMO_HOME", own.path)
    return opened(PAGE, language)


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()
