"""An older home comes forward with its figures and decisions; broken off at any step it is as it was, or done, and running it again ends it."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.answers import upgrading
from engine.command_line import run
from engine.errors import NotKept
from engine.store import build, decisions, restoring, seals, versions
from engine.store.home import PROJECT, Home
from engine.store.records import opening
from tests.operation.homes import figures

SAMPLES = sorted((PROJECT / "tests" / "samples").glob("granary-*.zip"))
FIRST_RECORDS = PROJECT / "tests" / "store" / "records" / "first_release"


def aged(home: Home) -> Home:
    """The home as an older program left it: built by other SQL, without seals, with records of the first release."""
    for path in home.warehouse.glob("*.json"):
        described = json.loads(path.read_text(encoding="utf-8")) | {"schema": "older"}
        described.pop("sha256", None)
        path.write_text(json.dumps(described), encoding="utf-8")
    shutil.rmtree(home.records)
    home.records.mkdir()
    with sqlite3.connect(home.records_file) as old:
        old.executescript((FIRST_RECORDS / "records.sql").read_text(encoding="utf-8"))
    old.close()
    shutil.copyfile(FIRST_RECORDS / "anchor", home.records / "anchor")
    return home


def is_brought_forward(home: Home) -> bool:
    return upgrading.upgrade(home).is_idle and versions.manifest(home)["schema"] == build.schema_hash() and decisions.verify(home).is_sound


def test_an_older_home_comes_forward_with_every_figure_and_decision(home: Home) -> None:
    before = figures(home)
    done = upgrading.upgrade(aged(home))
    assert (done.records, done.rebuilt, done.version) == (("r0001_records", opening.NEWEST), True, 3)
    assert figures(home) == before
    assert len(decisions.history(home, "action")) == 3
    assert is_brought_forward(home)
    assert all(seals.is_sealed(home, version) for version in versions.chain(home, 9))


@pytest.mark.parametrize(
    "stage", ["records", "layers", "seal", *(pytest.param(stage, marks=pytest.mark.proof) for stage in ("read", "merge", "checks", "close"))]
)
def test_an_upgrade_broken_off_at_a_step_is_taken_up_by_the_next(home: Home, stage: str) -> None:
    before = figures(home)
    aged(home)

    def break_off(event: dict[str, object]) -> None:
        if event["stage"] == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrading.upgrade(home, break_off)
    assert versions.current(home) == (3 if stage == "seal" else 2)
    upgrading.upgrade(home)
    assert figures(home) == before
    assert is_brought_forward(home)


def test_a_migration_that_fails_half_way_leaves_the_records_as_they_were(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(home)
    from alembic import op

    with monkeypatch.context() as broken:
        broken.setattr(op, "add_column", lambda *_, **__: (_ for _ in ()).throw(OSError(5, "Input/output error")))
        with pytest.raises(NotKept, match="nothing was kept"):
            upgrading.upgrade(home)
    assert opening.reached(home) == "r0001_records"
    upgrading.upgrade(home)
    assert is_brought_forward(home)


def test_records_of_a_newer_program_stop_the_upgrade_before_anything_changes(home: Home) -> None:
    opening.let_go()
    with sqlite3.connect(home.records_file) as records:
        records.execute("update alembic_version set version_num = 'r9999_later'")
    records.close()
    with pytest.raises(NotKept, match="newer Granary"):
        upgrading.upgrade(home)
    assert versions.current(home) == 2


def test_a_home_of_today_is_left_alone(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    head = decisions.head(home)
    assert run(["upgrade", "--home", str(home.path)]) == 0
    assert "Nothing is to be done" in capsys.readouterr().out
    assert decisions.head(home) == head
    assert upgrading.upgrade(Home(home.path / "empty")).is_idle


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.stem for sample in SAMPLES])
def test_the_sample_of_every_release_comes_forward_with_its_figures(sample: Path, tmp_path: Path, at_home: Callable[[Home], None]) -> None:
    target = Home(tmp_path / "home")
    restoring.restore(sample, target)
    upgrading.upgrade(target)
    golden = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps([[list(grain), rows] for grain, rows in figures(target).items()], default=str))
    assert found == golden
    assert decisions.verify(target).is_sound
    assert len(decisions.history(target, "action")) == 3
    assert is_brought_forward(target)


def test_there_is_a_sample_of_the_present_release() -> None:
    from engine import __version__

    assert f"granary-{__version__}" in [sample.stem for sample in SAMPLES]
