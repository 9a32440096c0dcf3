"""Some operations of every act fail; the proof (tests/proof) fails each of them with each fault. And the limits below Python: DuckDB, SQLite."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.answers import loading
from engine.errors import NotPublished
from engine.store import build, decisions, versions
from engine.store.home import PROJECT, Home
from engine.store.records import opening
from tests.operation.fault_loop import LONG, QUICK, Act, fail, net_sales, some
from tests.operation.faulty_disk import FaultyDisk
from tests.operation.homes import further

resource = pytest.importorskip("resource", reason="no limits on this system")
WRITER = """
import resource, sys
from pathlib import Path
from engine.errors import GranaryError
from engine.store import decisions
from engine.store.home import Home
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
for number in range(2000):
    try:
        print(decisions.append(Home(Path(sys.argv[1])), "action", f"{number}", {"text": "x" * 500}, "Anna", None).id, flush=True)
    except GranaryError as fault:
        print(fault, file=sys.stderr)
        break
"""


@pytest.mark.parametrize("act", QUICK, ids=[act.name for act in QUICK])
def test_a_disk_that_fails_at_some_operation_of_an_act_leaves_all_whole(template: Home, tmp_path: Path, act: Act) -> None:
    assert some(act, template, tmp_path, 2 if act.name == "publish" else 4) >= 5  # each publication needs a load of its own


@pytest.mark.parametrize("act", LONG, ids=[act.name for act in LONG])
def test_a_disk_that_fails_during_a_load_leaves_the_old_version_served(template: Home, tmp_path: Path, act: Act) -> None:
    assert not fail(act, template, tmp_path / "early", 3, errno.EIO)
    assert not fail(act, template, tmp_path / "late", 20, errno.ENOSPC)


def test_a_disk_that_fails_in_the_building_process_leaves_the_old_version_served(template: Home, tmp_path: Path) -> None:
    """The 2nd operation makes a folder; the 7th reads the text, below DuckDB, which would tell it with the lines of our own program."""
    assert not fail(LONG[0], template, tmp_path / "worker", 2, errno.ENOSPC, in_worker=True)
    assert not fail(LONG[0], template, tmp_path / "reading", 7, errno.EIO, in_worker=True)


def test_an_undo_on_a_full_disk_leaves_the_version_its_settings(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = (home.path / "settings.json").read_text(encoding="utf-8")
    real = versions.write_whole

    def full(path: Path, text: str) -> None:
        if path.name == "CURRENT":
            raise OSError(errno.ENOSPC, "full")
        real(path, text)

    with monkeypatch.context() as patched:
        patched.setattr(versions, "write_whole", full)
        with pytest.raises(NotPublished, match="disk is full"):
            build.undo(home)
    assert versions.current(home) == 2
    assert (home.path / "settings.json").read_text(encoding="utf-8") == chosen
    assert build.undo(home) == (2, 1)
    assert (home.path / "settings.json").read_text(encoding="utf-8") != chosen


def test_a_small_file_that_cannot_be_written_leaves_nothing_beside_it(tmp_path: Path) -> None:
    versions.write_whole(tmp_path / "a", "old")
    with FaultyDisk(tmp_path, 3, errno.ENOSPC).laid_over(), pytest.raises(OSError, match="No space"):
        versions.write_whole(tmp_path / "a", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"


def test_records_on_a_full_disk_are_refused_in_a_sentence_and_none_is_lost(home: Home) -> None:
    """SQLite writes by itself: here no file may grow beyond a limit."""
    before = decisions.verify(home).count
    opening.let_go()
    process = subprocess.run([sys.executable, "-c", WRITER, str(home.path), str(250_000)], cwd=PROJECT, capture_output=True, text=True, check=False)
    acknowledged = [int(line) for line in process.stdout.split()]
    assert len(acknowledged) > 10
    assert process.stderr.strip().count("\n") == 0
    assert "Traceback" not in process.stderr
    found = decisions.verify(home)
    assert found.faults == ()
    assert found.count >= before + len(acknowledged)
    assert set(acknowledged) <= {record.id for record in decisions.history(home, "action")}
    decisions.append(home, "action", "on the healed disk", {}, "Anna", None)
    assert decisions.verify(home).is_sound


def test_a_building_process_that_cannot_be_noted_down_is_ended(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started, start, write = [], build.subprocess.Popen, Path.write_text

    def full(path: Path, text: str, encoding: str) -> int:
        if path.name == "process":
            raise OSError(errno.ENOSPC, "full")
        return write(path, text, encoding=encoding)

    with monkeypatch.context() as patched:
        patched.setattr(build.subprocess, "Popen", lambda *given, **named: started.append(start(*given, **named)) or started[0])
        patched.setattr(Path, "write_text", full)
        with pytest.raises(NotPublished, match="disk is full"):
            loading.prepare(home, [further(tmp_path, 3)])
    assert started[0].returncode is not None
    assert started[0].stdout.closed


@pytest.mark.parametrize("limit", [300_000, 1_500_000])
def test_a_build_on_a_full_disk_is_told_in_a_sentence_and_publishes_nothing(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """DuckDB writes by itself: here no file of the building process may grow beyond a limit."""
    real = subprocess.Popen

    def limited(command, *given, **named):
        return real(command, *given, **named, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))

    with monkeypatch.context() as full:
        full.setattr(build.subprocess, "Popen", limited)
        with pytest.raises(NotPublished) as told:
            loading.prepare(home, [further(tmp_path, 3)])
    assert "the old data stay served" in str(told.value)
    assert net_sales(home) == 507
    shutil.rmtree(home.work, ignore_errors=True)
