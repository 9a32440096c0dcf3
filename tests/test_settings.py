"""The book of settings: what overrules a default, and what is refused."""

from pathlib import Path

import pytest

from engine.errors import BadUse
from engine.settings import BOOK, DEFAULTS, Setting, Settings, read


def test_a_setting_overrules_its_default_and_only_that_is_kept() -> None:
    settings = Settings({"window_days": 30})
    assert settings["window_days"] == 30
    assert settings.overrules() == {"window_days": 30}
    assert DEFAULTS.overrules() == {}


@pytest.mark.parametrize(("name", "value"), [("window_days", "30"), ("currency", 5), ("window_days", True), ("window_days", None), ("no_such", 1)])
def test_a_setting_of_the_wrong_kind_is_refused(name: str, value: object) -> None:
    with pytest.raises(BadUse):
        Settings({name: value})


def test_a_table_takes_rows_of_the_same_width_and_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BOOK, "ladder", Setting("ladder", ((0, 0.0), (181, 0.25)), "days, share", BOOK["window_days"].help, "test"))
    assert Settings({"ladder": [[0, 0.1], [400, 1]]})["ladder"] == ((0, 0.1), (400, 1))
    assert Settings({"ladder": [[0, None]]})["ladder"] == ((0, None),)
    for wrong in ([[0]], [["a", 0.1]], 5, [0, 1]):
        with pytest.raises(BadUse):
            Settings({"ladder": wrong})
    assert hash(Settings({"ladder": [[0, 0.1]]})) == hash(Settings({"ladder": ((0, 0.1),)}))


def test_a_file_of_settings_that_is_no_object_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(BadUse, match=r"settings\.json"):
        read(tmp_path / "settings.json")
