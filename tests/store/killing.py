"""What the tests of killed builds share: a company with one version, further files, and the question what is served now."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil

from engine.store import build, sources, versions
from engine.store.home import PROJECT, Home
from engine.store.intake.reading import Options
from engine.store.warehouse import open_warehouse
from tests.store.door import POWER_CUT
from tests.store.small_company import written

STAGES = ("copy", "contracts", "read", "merge", "layers", "checks", "close", "done")
FIRST, STEP = 407.0, 100.0


def company(folder: Path) -> Home:
    """A home with one published version, net sales of 407."""
    home = Home(folder / "home")
    loaded(home, written(folder / "files"))
    assert net_sales(home) == FIRST
    return home


def further(folder: Path, number: int = 1) -> Path:
    """One more sale of 100, in a month of its own."""
    file = folder / f"sales-{number}.csv"
    day = f"20{26 + number // 12}-{1 + number % 12:02}-05"
    file.write_text(f"shipped_on,dealer_id,sku,qty,net_value,cost_value,invoice_id,line_no\n{day},D1,A1,5,100,50,N{number},1\n", encoding="utf-8")
    return file


def loaded(home: Home, path: Path) -> int:
    """A load that nobody disturbs. Returns the version."""
    receipt = build.prepare(home, sources.plain_sources(home, [path], Options()), wait_seconds=20)
    assert receipt.publishable, receipt.why_not()
    return versions.current(home) or 0 if receipt.nothing_new else build.publish(home, receipt.token)


def net_sales(home: Home) -> float:
    """What is served at this moment, read anew from the disk."""
    return float(open_warehouse(home).input_rows("sales")["net_value"].sum())


def worker_of(home: Home) -> psutil.Process | None:
    """The process that is building in this home."""
    for note in home.work.glob("build-*/process"):
        try:
            return psutil.Process(int(note.read_text(encoding="utf-8")))
        except (psutil.Error, OSError, ValueError):
            continue
    return None


def door(home: Home, *arguments: str) -> subprocess.Popen[str]:
    """A process that loads and says each stage on a line."""
    command = [sys.executable, "-m", "tests.store.door", str(home.path), *arguments]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def is_alone(home: Home, seconds: float = 10) -> bool:
    """Whether nobody builds in this home any more: a worker ends by itself when its door is gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        worker = worker_of(home)
        if worker is None or not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def cut_power(home: Home, folder: Path, every: int = 1) -> int:
    """Publishes a candidate again and again, each time with a power cut before a later operation on the disk, until it comes through.

    After each cut one whole version is served; after every third the next load is tried too. Returns the number of cuts.
    """
    receipt = build.prepare(home, sources.plain_sources(home, [further(folder)], Options()))
    cuts = 0
    for operation in range(1, 200, every):
        copy = Home(folder / f"cut-{operation}")
        shutil.copytree(home.path, copy.path)
        process = door(copy, "--publish", receipt.token, str(operation))
        _, said = process.communicate(timeout=60)
        assert process.returncode in (0, POWER_CUT), said
        served = net_sales(copy)
        assert served in (FIRST, FIRST + STEP), operation
        if process.returncode == 0:
            assert served == FIRST + STEP
            return cuts
        cuts += 1
        if cuts % 3 == 0:
            loaded(copy, further(folder))
            assert net_sales(copy) == FIRST + STEP, operation
        shutil.rmtree(copy.path, ignore_errors=True)
    return cuts
