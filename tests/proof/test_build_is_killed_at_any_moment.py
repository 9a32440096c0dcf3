"""The build is killed at every stage and at 50 moments; what was served before is served every time, and the next build works."""

import shutil
import time
from pathlib import Path

import pytest

from engine.store.home import Home
from tests.store.killing import FIRST, STAGES, STEP, company, cut_power, door, further, is_alone, loaded, net_sales, worker_of

MOMENTS = 50

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return company(tmp_path_factory.mktemp("company"))


def weigh(home: Home, file: Path, done: bool) -> str:
    """After a kill: one of the two versions, whole; and the next load works. Returns which of them was served."""
    assert is_alone(home)
    served = net_sales(home)
    assert served in (FIRST, FIRST + STEP)
    assert not done or served == FIRST + STEP
    loaded(home, file)
    assert net_sales(home) == FIRST + STEP
    return "old" if served == FIRST else "new"


@pytest.mark.parametrize("victim", ["door", "worker"])
def test_a_build_killed_at_fifty_moments_is_never_half_served(template: Home, tmp_path: Path, victim: str, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    shutil.copytree(template.path, tmp_path / "whole")
    door(Home(tmp_path / "whole"), str(further(tmp_path))).communicate()
    length = time.monotonic() - began
    outcomes = []
    for moment in range(MOMENTS):
        home = Home(tmp_path / f"moment-{moment}")
        shutil.copytree(template.path, home.path)
        process = door(home, str(further(tmp_path)))
        time.sleep(length * (moment + 0.5) / MOMENTS)
        worker = worker_of(home)
        if victim == "door" or worker is None:
            process.kill()
        elif worker.is_running():
            worker.kill()
        process.communicate()
        outcomes.append(weigh(home, further(tmp_path), process.returncode == 0))
        shutil.rmtree(home.path, ignore_errors=True)
    old, new = outcomes.count("old"), outcomes.count("new")
    with capsys.disabled():
        print(f"{victim} killed at {MOMENTS} moments of {length:.1f} s: the old version was served {old} times, the new {new} times, neither never")


@pytest.mark.parametrize("stage", STAGES)
def test_a_door_killed_at_every_stage_leaves_the_old_version_served(template: Home, tmp_path: Path, stage: str) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(template.path, home.path)
    process = door(home, str(further(tmp_path)))
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == stage:
            break
    process.kill()
    process.communicate()
    weigh(home, further(tmp_path), False)


def test_a_power_cut_before_each_operation_of_publication_leaves_one_whole_version(template: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(template.path, home.path)
    cuts = cut_power(home, tmp_path)
    with capsys.disabled():
        print(f"publication cut off before each of its {cuts} operations on the disk: one whole version served every time")
