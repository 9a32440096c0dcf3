"""Publication is one step: whatever fails before it, the old version stays served and the next publication works (W4)."""

import errno
import json
import os
import threading
from pathlib import Path

import pytest

from engine.errors import Busy, NothingServed, NotPublished
from engine.store import control_totals, versions
from engine.store.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def published(home: Home, content: str) -> int:
    """Publish a file that only pretends to be a warehouse: the pointer does not look inside."""
    home.work.mkdir(parents=True, exist_ok=True)
    candidate = home.work / f"candidate-{content}"
    candidate.write_text(content, encoding="utf-8")
    return versions.publish(home, candidate, {"base": versions.current(home), "sources": [], "settings": {}, "schema": "", "next_source_id": 1})


def served(home: Home) -> str:
    return versions.file_of(home, versions.current(home)).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "sentence"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "may not be written"), (errno.EIO, "did not obey")]
)
@pytest.mark.parametrize("operation", ["replace", "fsync"])
def test_a_disk_that_fails_at_any_step_of_publication_leaves_the_old_version_served(
    home: Home, monkeypatch: pytest.MonkeyPatch, operation: str, number: int, sentence: str
) -> None:
    published(home, "old")
    real, steps, before = getattr(os, operation), 0, "old"
    for failing in range(1, 50):
        calls = 0

        def may_fail(*arguments, failing=failing):
            nonlocal calls
            calls += 1
            if calls == failing:
                raise OSError(number, os.strerror(number))
            return real(*arguments)

        monkeypatch.setattr(os, operation, may_fail)
        try:
            published(home, f"new{failing}")
        except NotPublished as fault:
            steps += 1
            assert sentence in str(fault)
            assert served(home) == before
        else:  # a folder that cannot be synced does not stop a publication
            before = f"new{failing}"
            assert served(home) == before
        finally:
            monkeypatch.setattr(os, operation, real)
        if calls < failing:
            break
    assert steps >= 3
    published(home, "next")
    assert served(home) == "next"


def test_a_damaged_pointer_falls_back_to_the_newest_whole_version(home: Home) -> None:
    published(home, "one")
    published(home, "two")
    (home.warehouse / "CURRENT").write_text("gar", encoding="utf-8")
    assert versions.current(home) == 2


def test_a_second_builder_is_told_who_is_building(home: Home) -> None:
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with versions.building(home, 0, "Olga"):
            inside.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    try:
        with pytest.raises(Busy, match=f"Olga .process {os.getpid()}"), versions.building(home, 0.1, "Wei"):
            pass
    finally:
        leave.set()
        holder.join()
    with versions.building(home, 0.1, "Wei"):
        assert json.loads((home.work / "builder.json").read_text(encoding="utf-8"))["who"] == "Wei"


def test_what_is_not_there_is_said_not_guessed(home: Home) -> None:
    assert versions.current(home) is None
    with pytest.raises(NothingServed):
        versions.manifest(home)
    with pytest.raises(NothingServed):
        versions.undo(home)


def test_left_over_builds_are_swept_but_prepared_ones_are_kept(home: Home) -> None:
    for name, files in {"build-dead": {"process": "999999999"}, "build-ready": {"receipt.json": "{}"}, "build-alive": {"process": str(os.getpid())}}.items():
        (home.work / name).mkdir(parents=True)
        for file, text in files.items():
            (home.work / name / file).write_text(text, encoding="utf-8")
    versions.sweep_work(home)
    assert sorted(path.name for path in home.work.glob("build-*")) == ["build-alive", "build-ready"]


def test_the_last_ledger_total_of_a_month_is_in_force_and_all_are_kept(home: Home) -> None:
    from datetime import date

    control_totals.enter(home, "net_sales", date(2025, 10, 31), 100.0, "Olga")
    control_totals.enter(home, "net_sales", date(2025, 10, 1), 110.0, "Wei")
    control_totals.enter(home, "stock_value", date(2025, 9, 30), 5.5, "Wei")
    assert [(total.what, total.month.month, total.value, total.entered_by) for total in control_totals.entered(home)] == [
        ("net_sales", 10, 110.0, "Wei"),
        ("stock_value", 9, 5.5, "Wei"),
    ]
    assert len((home.records / "control_totals.jsonl").read_text(encoding="utf-8").splitlines()) == 3
