"""Opening the records: two at once, after a restart, from an older release, and when file or server are not as they should be."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.errors import Busy, NotKept
from engine.store import decisions
from engine.store.home import PROJECT, RECORDS_VARIABLE, Home
from engine.store.records import opening
from engine.store.records.tables import METADATA
from tests.store.records.test_append_only import three_kept

EACH = 40
WRITER = """
import sys
from pathlib import Path
from engine.store import decisions
from engine.store.home import Home
for number in range(int(sys.argv[3])):
    decisions.append(Home(Path(sys.argv[1])), "action", f"{sys.argv[2]} {number}", {"n": number}, sys.argv[2], None)
"""
READER = """
import json, sys
from pathlib import Path
from engine.store import decisions
from engine.store.home import Home
print(json.dumps(decisions.draft(Home(Path(sys.argv[1])), "Anna", "order")))
"""


def started(code: str, home: Home, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", code, str(home.path), *more], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_that_write_at_once_to_an_empty_home_lose_nothing_and_keep_one_chain(home: Home) -> None:
    processes = [started(WRITER, home, who, str(EACH)) for who in ("Anna", "Boris")]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 2
    kept = decisions.history(home, "action")
    assert [record.id for record in kept] == list(range(1, 2 * EACH + 1))
    assert {(record.subject, record.payload["n"]) for record in kept} == {(f"{who} {n}", n) for who in ("Anna", "Boris") for n in range(EACH)}
    found = decisions.verify(home)
    assert (found.count, found.faults) == (2 * EACH, ())
    assert json.loads((home.records / "anchor").read_text(encoding="utf-8"))["count"] == 2 * EACH


def test_a_draft_changes_survives_a_restart_and_goes_when_it_is_decided(home: Home) -> None:
    decisions.save_draft(home, "Anna", "order", {"qty": 1})
    decisions.save_draft(home, "Anna", "order", {"qty": 12, "note": "清仓"})
    decisions.save_draft(home, "Boris", "order", {"qty": 3})
    after_a_restart, _ = started(READER, home).communicate()
    assert json.loads(after_a_restart) == {"qty": 12, "note": "清仓"}
    decisions.drop_draft(home, "Anna", "order")
    assert decisions.draft(home, "Anna", "order") is None
    assert decisions.draft(home, "Boris", "order") == {"qty": 3}
    assert decisions.verify(home).is_sound


def test_records_of_the_first_release_come_forward_unchanged(file_home: Home) -> None:
    """The sample was written by the first release, before there were drafts."""
    sample = Path(__file__).with_name("first_release")
    file_home.records.mkdir(parents=True)
    with sqlite3.connect(file_home.records_file) as old:
        old.executescript((sample / "records.sql").read_text(encoding="utf-8"))
    old.close()
    (file_home.records / "anchor").write_text((sample / "anchor").read_text(encoding="utf-8"), encoding="utf-8")
    assert [(record.subject, record.who, record.version) for record in decisions.history(file_home, "action")] == [
        ("count the south branch", "王芳", 3), ("call dealer 2001", "Anna", 3), ("count the south branch", "Anna", 4),
    ]  # fmt: skip
    decisions.save_draft(file_home, "Anna", "order", {"qty": 1})
    decisions.append(file_home, "action", "call dealer 2001", {"ended": True}, "Anna", 5)
    assert (decisions.verify(file_home).count, decisions.verify(file_home).faults) == (4, ())


def test_the_migrations_make_the_tables_that_the_store_reads(home: Home) -> None:
    three_kept(home)
    scripts = ScriptDirectory(str(Path(opening.__file__).parent / "migrations"))
    assert scripts.get_heads() == [opening.NEWEST]
    with opening.reading(home) as connection:
        assert opening.revision(connection) == opening.NEWEST
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert [found for found in differences if found[0] not in ("remove_index",)] == []


def test_records_of_a_newer_program_are_left_alone_with_a_sentence(home: Home, raw: Callable[[], sa.Connection]) -> None:
    three_kept(home)
    with raw() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = 'r9999_later'")
    opening.let_go()
    with pytest.raises(NotKept, match="newer Granary"):
        decisions.newest(home, "action")


def test_another_file_in_the_place_of_the_records_is_read_at_once(file_home: Home, tmp_path: Path) -> None:
    three_kept(file_home)
    other = Home(tmp_path / "other")
    decisions.append(other, "action", "elsewhere", {}, "Anna", None)
    opening.let_go()  # the other file is whole, nothing of it is still beside it
    other.records_file.replace(file_home.records_file)
    assert [record.subject for record in decisions.history(file_home, "action")] == ["elsewhere"]


def test_records_that_somebody_holds_are_busy(file_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "SECONDS_TO_WAIT", 0.1)
    three_kept(file_home)
    holder = sqlite3.connect(file_home.records_file, isolation_level=None)
    holder.execute("begin immediate")
    try:
        with pytest.raises(Busy, match="Somebody else is writing"):
            decisions.append(file_home, "action", "a", {}, "Anna", None)
        assert len(decisions.history(file_home, "action")) == 3
    finally:
        holder.close()


def test_a_file_that_is_no_database_is_told_in_a_sentence(file_home: Home) -> None:
    file_home.records.mkdir(parents=True)
    file_home.records_file.write_bytes(b"this is no database" * 100)
    with pytest.raises(NotKept, match="damaged"):
        decisions.newest(file_home, "action")
    with pytest.raises(NotKept, match="damaged"):
        decisions.append(file_home, "action", "a", {}, "Anna", None)


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(file_home: Home) -> None:
    file_home.records.write_text("in the way", encoding="utf-8")
    with pytest.raises(NotKept, match="nothing was kept"):
        decisions.append(file_home, "action", "a", {}, "Anna", None)


def test_a_folder_that_may_only_be_read_is_read(file_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = three_kept(file_home)
    opening.let_go()
    monkeypatch.setattr(opening.os, "access", lambda path, mode: False)
    assert decisions.history(file_home, "action") == kept
    assert sorted(path.name for path in file_home.records.iterdir() if not path.name.startswith(".")) == ["anchor", "records.db"]


@pytest.mark.parametrize(("fault", "said"), [("attempt to write a readonly database", "read-only"), ("database or disk is full", "disk is full")])
def test_a_disk_that_takes_nothing_is_told_in_a_sentence(fault: str, said: str) -> None:
    with pytest.raises(NotKept, match=said), opening.faults_as_sentences():
        raise sa.exc.OperationalError("", None, sqlite3.OperationalError(fault))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://somebody@example/records", "must name a PostgreSQL database"),
        ("::", "must name"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str) -> None:
    monkeypatch.setenv(RECORDS_VARIABLE, address)
    with pytest.raises(NotKept, match=said):
        decisions.newest(Home(tmp_path), "action")


def test_the_demo_keeps_its_own_records_whatever_database_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RECORDS_VARIABLE, "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setattr("engine.store.home.DEMO_HOME", tmp_path)
    assert decisions.newest(Home(tmp_path), "action") == []
