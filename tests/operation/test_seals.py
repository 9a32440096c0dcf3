"""A flipped bit in what is served is found, the version below is served in its place, and everybody is told (CR-6)."""

from pathlib import Path

import pytest

from engine import serving
from engine.answers import loading
from engine.answers.start import start
from engine.command_line import run
from engine.errors import NotPublished
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store import seals, versions
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.operation.homes import figures, further, load


def flip(path: Path, place: float = 0.5) -> None:
    """One bit of a file is another."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 4
    path.write_bytes(content)


def test_every_flipped_bit_is_found(home: Home) -> None:
    file = versions.file_of(home, 2)
    whole = file.read_bytes()
    for number in range(20):
        flip(file, (number + 0.5) / 20)
        assert "damaged" in str(seals.fault(home, 2)), number
        file.write_bytes(whole)
    assert seals.fault(home, 2) is None


def test_a_damaged_version_is_left_for_the_one_below_and_built_anew_on_request(home: Home) -> None:
    before = figures(home)
    flip(versions.file_of(home, 2))
    done = seals.fall_back(home)
    assert done is not None
    assert (done.damaged, done.served, versions.current(home)) == (2, 1, 1)
    alert = start(open_warehouse(home), Selection(), EVERYTHING).alerts[0]
    assert "version 2 was damaged" in str(alert.said)
    assert alert.severity == "critical"
    assert loading.rebuild(home) == 3
    assert figures(home) == before
    assert seals.fallen(home) is None
    assert "damaged" not in str(start(open_warehouse(home), Selection(), EVERYTHING).alerts[0].said)


def test_a_load_upon_the_version_below_takes_the_alert_away(home: Home, tmp_path: Path) -> None:
    flip(versions.file_of(home, 2))
    seals.fall_back(home)
    assert load(home, further(tmp_path, 1)) == 3
    assert seals.fallen(home) is None


def test_without_a_sound_version_below_nothing_is_moved(home: Home) -> None:
    for version in (1, 2):
        flip(versions.file_of(home, version))
    with pytest.raises(NotPublished, match="no sound version below"):
        seals.fall_back(home)
    assert versions.current(home) == 2


def test_the_server_falls_back_before_anybody_looks(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving.bootstrap, "become", lambda command: None)
    monkeypatch.chdir(home.path)
    monkeypatch.setenv("GRANARY_HOME", str(home.path))
    flip(versions.file_of(home, 2))
    said: list[str] = []
    serving.serve(home=home, tell=said.append)
    assert "version 1 is served in its place" in said[0]
    assert versions.current(home) == 1


def test_verify_says_what_is_damaged_and_mends_it_when_told(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--home", str(home.path)]) == 0
    assert "is whole" in capsys.readouterr().out
    flip(versions.file_of(home, 2))
    assert run(["verify", "--home", str(home.path)]) == 2
    assert "The file of version 2 is damaged" in capsys.readouterr().err
    assert run(["verify", "--mend", "--home", str(home.path)]) == 0
    assert "version 1 is served" in capsys.readouterr().out


def test_a_version_without_a_seal_must_at_least_open(home: Home) -> None:
    path = home.warehouse / "2.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"sha256": "', '"was": "', 1), encoding="utf-8")
    described = versions.manifest(home, 2)
    if described.get("sha256") is None:
        assert seals.fault(home, 2) is None
        versions.file_of(home, 2).write_bytes(b"nothing of a database")
        assert "cannot be opened" in str(seals.fault(home, 2))
