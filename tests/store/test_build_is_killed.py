"""A build that is killed at a stage leaves the old version served, and the next build works (W4). `make proof` kills at fifty moments of it."""

import shutil
from pathlib import Path

import pytest

from engine.errors import NotPublished
from engine.store import build, sources, versions
from engine.store.home import Home
from engine.store.intake.reading import Options
from tests.store.killing import FIRST, STAGES, STEP, company, cut_power, door, further, is_alone, loaded, net_sales, worker_of


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return company(tmp_path_factory.mktemp("company"))


@pytest.fixture
def home(template: Home, tmp_path: Path) -> Home:
    """A company of its own for each test, copied: building it would take longer."""
    shutil.copytree(template.path, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage not in ("copy", "done")])
def test_a_worker_killed_at_a_stage_leaves_the_old_version_served(home: Home, tmp_path: Path, stage: str) -> None:
    killed = []

    def kill(event: dict[str, object]) -> None:
        if event["stage"] == stage and not killed:
            worker = worker_of(home)
            assert worker is not None
            worker.kill()
            killed.append(stage)

    with pytest.raises(NotPublished) as stopped:
        build.prepare(home, sources.plain_sources(home, [further(tmp_path)], Options()), progress=kill)
    assert killed == [stage]
    assert "old data stay served" in str(stopped.value)
    assert net_sales(home) == FIRST
    assert loaded(home, further(tmp_path)) == 2
    assert net_sales(home) == FIRST + STEP
    assert not list(home.work.glob("build-*")), "what the killed build left behind is swept away"


@pytest.mark.parametrize("stage", ["read", "publish"])
def test_a_door_killed_at_a_stage_takes_its_worker_along(home: Home, tmp_path: Path, stage: str) -> None:
    process = door(home, str(further(tmp_path)))
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == stage:
            break
    process.kill()
    process.communicate()
    assert is_alone(home)
    assert net_sales(home) in ((FIRST,) if stage != "publish" else (FIRST, FIRST + STEP))
    loaded(home, further(tmp_path))
    assert net_sales(home) == FIRST + STEP


def test_a_power_cut_during_publication_leaves_one_whole_version(home: Home, tmp_path: Path) -> None:
    """Before every fourth operation on the disk; the proof cuts before each."""
    assert cut_power(home, tmp_path, every=4) >= 4


def test_a_version_that_lost_its_pointer_is_found_again(home: Home) -> None:
    (home.warehouse / "CURRENT").write_text("not a number", encoding="utf-8")
    assert versions.current(home) == 1
    assert net_sales(home) == FIRST


def test_two_builds_at_once_wait_or_say_who_is_building(home: Home, tmp_path: Path) -> None:
    first, second = door(home, str(further(tmp_path, 1))), door(home, str(further(tmp_path, 2)))
    ended = [(process.communicate(timeout=120), process.returncode) for process in (first, second)]
    faults = [said[1].strip().splitlines()[-1] for said, code in ended if code]
    assert all("building" in fault or "published another version" in fault for fault in faults), faults
    assert net_sales(home) == FIRST + STEP * sum(code == 0 for _, code in ended)
    assert any(code == 0 for _, code in ended)
