"""Every operation on the disk of load, build, publish, record, backup, restore, close, undo and fall-back fails, each with EIO, ENOSPC and EACCES (CR-2)."""

from pathlib import Path

import pytest

from engine.store.home import Home
from tests.operation.conftest import _nothing_follows, template
from tests.operation.fault_loop import FAULTS, LONG, QUICK, Act, through

__all__ = ["_nothing_follows", "template"]
pytestmark = [pytest.mark.proof, pytest.mark.timeout(7200)]


@pytest.mark.parametrize("act", [*QUICK, *LONG], ids=[act.name for act in (*QUICK, *LONG)])
def test_every_operation_of_an_act_may_fail(template: Home, tmp_path: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    count = through(act, template, tmp_path)
    with capsys.disabled():
        print(f"{act.name}: {count} operations, each failed {len(FAULTS)} times: one whole version served, no record lost, a sentence every time")


def test_every_operation_of_the_building_process_may_fail(template: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = through(LONG[0], template, tmp_path, in_worker=True)
    with capsys.disabled():
        print(f"build: {count} operations of its process, each failed {len(FAULTS)} times: the old version served, a sentence every time")
