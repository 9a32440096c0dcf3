"""A backup of the demo company while people decide, brought back into an empty folder: fifty figures equal to the cent, and how long it took (BK-1)."""

import shutil
import threading
import time
from pathlib import Path

import pytest

from engine.store import backup, decisions, restoring, soundness, versions
from engine.store.home import Home
from engine.store.records import opening
from tests.operation.homes import figures

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1800)]


def _in_cents(found: dict[tuple[str, ...], list[dict[str, object]]]) -> dict[str, float]:
    """Every figure by its place, in hundredths of its unit."""
    rows = {f"{grain} {[row[key] for key in grain]}": (grain, row) for grain, all_rows in found.items() for row in all_rows}
    named = {f"{place} {name}": value for place, (grain, row) in rows.items() for name, value in row.items() if name not in grain}
    return {place: 100 * float(value) for place, value in named.items() if isinstance(value, int | float)}


def test_the_demo_company_comes_back_from_a_backup_made_under_load(demo_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opening.let_go()
    shutil.copytree(demo_home.path, tmp_path / "home")
    home, going, written = Home(tmp_path / "home"), threading.Event(), []

    def decide() -> None:
        while not going.is_set():
            written.append(decisions.append(home, "action", f"under load {len(written)}", {"n": len(written)}, "Anna", 1).id)

    people = threading.Thread(target=decide)
    people.start()
    time.sleep(0.5)
    made = backup.make(home, tmp_path / "demo.zip")
    going.set()
    people.join()
    began = time.monotonic()
    again = restoring.restore(tmp_path / "demo.zip", Home(tmp_path / "elsewhere" / "home")).home
    found = [finding for finding in soundness.verified(again) if finding.severity == soundness.FAULT]
    took = time.monotonic() - began
    assert found == []
    before, after = figures(home), figures(again)
    count = sum(len(rows) * (len(rows[0]) - len(grain)) for grain, rows in after.items())
    assert _in_cents(after) == pytest.approx(_in_cents(before), abs=0.5)  # half a cent: threads add up in another order
    assert count >= 50
    assert versions.current(again) == made.version
    assert decisions.verify(again).count == made.records
    with capsys.disabled():
        print(
            f"backup of {made.bytes / 1e6:.0f} MB under load in {made.seconds:.1f} s ({made.records} records of {len(written)} by then or later), "
            f"restored and verified in {took:.1f} s: {count} figures equal to the cent"
        )
