"""The doctor names what is wrong with an installation: each fault is planted, and its sentence read."""

import json
import os
import socket
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from engine import bootstrap
from engine.answers import doctor
from engine.command_line import run
from engine.store import backup, decisions, environment, seals, surroundings, versions
from engine.store.home import Home
from engine.store.records import opening
from tests.operation.test_seals import flip


def said(home: Home, check: str) -> str:
    """What the doctor says of one check, all of it in one line."""
    return " ".join(str(found.said) for found in doctor.examine(home, free_port(), "127.0.0.1") if found.check == check)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manifest_of(home: Home) -> Path:
    return home.warehouse / "2.json"


def a_raw_file(home: Home) -> Path:
    return sorted(home.raw.glob("*.csv"))[0]


def damage_the_pointer(home: Home) -> None:
    (home.warehouse / "CURRENT").write_text("9\n", encoding="utf-8")


def damage_the_version(home: Home) -> None:
    flip(versions.file_of(home, 2))


def lose_a_raw_file(home: Home) -> None:
    a_raw_file(home).unlink()


def change_a_raw_file(home: Home) -> None:
    a_raw_file(home).write_text("something else", encoding="utf-8")


def break_the_chain(home: Home) -> None:
    opening.let_go()
    with sqlite3.connect(home.records_file) as records:
        records.execute("drop trigger records_are_not_changed")
        records.execute("update records set who = 'Nobody' where seq = 1")
    records.close()


def lose_the_anchor(home: Home) -> None:
    (home.records / "anchor").unlink()


def records_of_a_newer_program(home: Home) -> None:
    opening.let_go()
    with sqlite3.connect(home.records_file) as records:
        records.execute("update alembic_version set version_num = 'r9999_later'")
    records.close()


def damage_the_records(home: Home) -> None:
    opening.let_go()
    for beside in home.records.glob("records.db*"):
        beside.unlink()
    home.records_file.write_bytes(b"no database" * 500)


def damage_the_settings(home: Home) -> None:
    (home.path / "settings.json").write_text('{"window_dayz": 60}', encoding="utf-8")


def leave_a_card(home: Home) -> None:
    (home.work / "builder.json").write_text(json.dumps({"who": "Olga", "process": 1, "host": "here", "since": "03:00"}), encoding="utf-8")


def leave_a_build(home: Home) -> None:
    (home.work / "build-dead").mkdir(parents=True)
    os.utime(home.work / "build-dead", (0, 0))


def set_the_clock_ahead(home: Home) -> None:
    later = (datetime.now(UTC) + timedelta(hours=3)).isoformat(timespec="seconds")
    described = versions.manifest(home, 2) | {"published_at": later}
    manifest_of(home).write_text(json.dumps(described), encoding="utf-8")


def let_a_file_lie(home: Home) -> None:
    home.inbox.mkdir(exist_ok=True)
    (home.inbox / "sales.csv").write_text("x", encoding="utf-8")
    os.utime(home.inbox / "sales.csv", (0, 0))


def break_off_a_restore(home: Home) -> None:
    (home.path / "RESTORING").write_text("", encoding="utf-8")


def fall_back(home: Home) -> None:
    damage_the_version(home)
    seals.fall_back(home)


def built_by_another_program(home: Home) -> None:
    manifest_of(home).write_text(json.dumps(versions.manifest(home, 2) | {"schema": "older"}), encoding="utf-8")


def lose_the_manifest(home: Home) -> None:
    manifest_of(home).unlink()


def put_a_file_in_the_way(home: Home) -> None:
    (home.path / "work").rename(home.path / "old work")
    (home.path / "work").write_text("", encoding="utf-8")


def old_backup(home: Home) -> None:
    (home.path / backup.NOTE).write_text(json.dumps({"at": "2020-01-01T00:00:00+00:00"}), encoding="utf-8")


PLANTED: tuple[tuple[Callable[[Home], None], str, str], ...] = (
    (damage_the_pointer, "pointer", "Version 9 is to be served, and its file is missing"),
    (damage_the_version, "version", "The file of version 2 is damaged"),
    (lose_the_manifest, "version", "has lost its manifest"),
    (lose_a_raw_file, "raw_missing", "is missing: load it again"),
    (change_a_raw_file, "raw_changed", "is no longer what was loaded"),
    (break_the_chain, "records", "Record 1 is not what was written"),
    (lose_the_anchor, "records", "anchor of the records is missing"),
    (records_of_a_newer_program, "records", "written by a newer Granary"),
    (damage_the_records, "records", "damaged and cannot be read"),
    (damage_the_settings, "settings", "There is no setting “window_dayz”"),
    (leave_a_card, "lock", "A build by Olga broke off"),
    (leave_a_build, "work", "1 broken-off build lies in work/"),
    (set_the_clock_ahead, "clock", "The clock of this machine is wrong"),
    (let_a_file_lie, "inbox", "1 file has lain in the inbox for more than 3 days (sales.csv)"),
    (break_off_a_restore, "restore", "A restore into this folder broke off"),
    (fall_back, "fallen_back", "The file of version 2 was damaged; version 1 is served"),
    (built_by_another_program, "form", "built by another version of the program"),
    (put_a_file_in_the_way, "folder", "cannot be written to"),
    (old_backup, "backup", "The last backup was made on 2020-01-01"),
)


@pytest.mark.parametrize(("plant", "check", "sentence"), PLANTED, ids=[plant.__name__ for plant, _, _ in PLANTED])
def test_the_doctor_names_what_was_planted(home: Home, plant: Callable[[Home], None], check: str, sentence: str) -> None:
    assert sentence not in said(home, check)
    plant(home)
    assert sentence in said(home, check)


def test_of_a_sound_home_nothing_is_said_but_that_it_was_never_backed_up(home: Home, tmp_path: Path) -> None:
    found = doctor.examine(home, free_port(), "127.0.0.1")
    assert [(one.check, one.severity) for one in found] == [("backup", "note")]
    backup.make(home, tmp_path / "b.zip")
    assert doctor.examine(home, free_port(), "127.0.0.1") == []


def test_a_nearly_full_disk_is_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "free_mb", lambda home: 12)
    assert "12 MB are free" in said(home, "disk")


def test_a_folder_that_takes_nothing_is_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: (_ for _ in ()).throw(OSError(30, "Read-only file system")))
    assert "Read-only file system" in " ".join(str(found.said) for found in surroundings.of_the_folder(home))


def test_a_build_that_holds_on_for_hours_is_named(home: Home) -> None:
    leave_a_card(home)
    os.utime(home.work / "builder.json", (0, 0))
    with FileLock(home.work / "build.lock"):
        assert "for more than 6 hours" in said(home, "lock")


def test_a_port_that_another_program_holds_is_named(home: Home) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = int(listener.getsockname()[1])
        found = list(surroundings.of_the_port(port))
    assert f"Port {port} is taken by another program" in str(found[0].said)


def test_an_open_address_without_sign_in_is_named(home: Home) -> None:
    found = [str(one.said) for one in doctor.examine(home, free_port(), "0.0.0.0") if one.check == "exposure"]
    assert any("without sign-in" in sentence for sentence in found)


def test_an_old_python_a_missing_and_a_wrong_package_are_named() -> None:
    assert "Python 3.11 or newer is needed, this is 3.9.2" in str(next(environment.of_python((3, 9, 2))))
    assert list(environment.of_python()) == []
    pins = {"polars": "2.1.0", "surely-not-installed": "1.0", "filelock": "0.0.1"}
    found = {check: str(one) for check, one in environment.of_packages(pins, environment.installed(pins))}
    assert "surely-not-installed 1.0 is missing" in found["package_missing"]
    assert "tested was 0.0.1" in found["package_version"]
    assert len(found) == 2


def test_the_command_says_it_in_words_and_leaves_with_its_code(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "pinned", lambda name: {})
    port = ["--port", str(free_port())]
    assert run(["doctor", "--home", str(home.path), *port]) == 0
    assert "Nothing is wrong." in capsys.readouterr().out
    lose_the_anchor(home)
    assert run(["doctor", "--home", str(home.path), *port]) == 2
    assert "One thing is wrong." in capsys.readouterr().out
    monkeypatch.setattr(bootstrap, "pinned", lambda name: {"surely-not-installed": "1"})
    assert run(["doctor", "--home", str(home.path), "--format", "json"]) == 2
    assert [one["check"] for one in json.loads(capsys.readouterr().out)] == ["package_missing"]


def test_reminders_that_did_not_arrive_are_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.answers import telling
    from engine.messages import message

    monkeypatch.setattr(telling, "faults", lambda home: [message("Reminders for {name} could not be delivered: {why}", name="Anna", why="no route")])
    assert "Reminders for Anna could not be delivered" in said(home, "reminders")


def test_looking_writes_no_record_and_changes_no_file(home: Home) -> None:
    def state() -> dict[str, float]:
        return {path.as_posix(): path.stat().st_mtime for path in home.path.rglob("*") if path.is_file() and not path.name.endswith((".lock", "-shm", "-wal"))}

    before, head = state(), decisions.head(home)
    time.sleep(0.01)
    doctor.examine(home, free_port(), "127.0.0.1")
    assert (state(), decisions.head(home)) == (before, head)
