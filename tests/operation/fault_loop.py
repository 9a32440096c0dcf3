"""The fault loop: the k-th operation on the disk fails, for k = 1, 2 … until the whole act comes through.

After each fault: what is served is one whole version, no record that was acknowledged is lost, the fault was a sentence, and the same act works
on the healed disk.
"""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from engine.answers import closing, loading
from engine.errors import GranaryError
from engine.store import backup, build, decisions, restoring, seals, versions
from engine.store.home import Home
from engine.store.records import opening
from engine.store.warehouse import open_warehouse
from tests import homes
from tests.operation.faulty_disk import FaultyDisk
from tests.operation.homes import further

FAULTS = (errno.EIO, errno.ENOSPC, errno.EACCES)
MOST = 600


@dataclass
class Act:
    """One act under test. do: what is done to a home. is_done: whether it has been done, wholly. prepare: what comes before, on a sound disk."""

    name: str
    do: Callable[[Home, Path, Any], None]
    is_done: Callable[[Home, Path], bool]
    prepare: Callable[[Home, Path], Any] = lambda home, folder: None


def net_sales(home: Home) -> float:
    """What is served, read anew."""
    return float(open_warehouse(home).input_rows("sales")["net_value"].sum())


def _prepared(home: Home, folder: Path) -> loading.Load:
    return loading.prepare(home, [further(folder, 3)])


def _published(home: Home, folder: Path, load: Any) -> None:
    loading.publish(home, load, None)


def _recorded(home: Home, folder: Path, _: Any) -> None:
    decisions.append(home, "action", "under fault", {"n": 1}, "Anna", 2)


def _backed_up(home: Home, folder: Path, _: Any) -> None:
    backup.make(home, folder / "archive" / "b.zip")


def _is_backed_up(home: Home, folder: Path) -> bool:
    file = folder / "archive" / "b.zip"
    if not file.exists():
        return False
    work = folder / "look"
    work.mkdir(exist_ok=True)
    assert restoring.faults(file, work) == (), "a backup that stands under its name is whole"
    return True


def _restored(home: Home, folder: Path, file: Any) -> None:
    restoring.restore(file, Home(folder / "restored"))


def _is_restored(home: Home, folder: Path) -> bool:
    target = Home(folder / "restored")
    if versions.current(target) is None:
        return False
    assert net_sales(target) == net_sales(home)
    return not restoring.is_unfinished(target)


def _archive(home: Home, folder: Path) -> Path:
    (folder / "before").mkdir()
    backup.make(home, folder / "before" / "b.zip")
    return folder / "before" / "b.zip"


def _undone(home: Home, folder: Path, _: Any) -> None:
    build.undo(home)


def _flipped(home: Home, folder: Path) -> None:
    """One bit of the served version turned, at a place that reading its sales does not meet: the seal alone can tell."""
    file = versions.file_of(home, 2)
    sound = file.read_bytes()
    for place in range(len(sound) // 2, len(sound), 4096):
        content = bytearray(sound)
        content[place] ^= 1
        file.write_bytes(content)
        with suppress(duckdb.Error), duckdb.connect(str(file), read_only=True) as con:
            con.execute("select sum(net_value) from main.sales")
            return
    raise AssertionError("every place is met")


def _fallen_back(home: Home, folder: Path, _: Any) -> None:
    seals.fall_back(home)


def _loaded(home: Home, folder: Path, file: Any) -> None:
    load = loading.prepare(home, [file])
    if load.receipt.publishable and not load.receipt.nothing_new:
        loading.publish(home, load, None)
    elif not load.receipt.publishable:
        raise GranaryError(load.receipt.why_not() or "stopped")


def _dropped(home: Home, folder: Path) -> None:
    home.inbox.mkdir(exist_ok=True)
    shutil.move(further(folder, 3), home.inbox / "sales-3.csv")
    os.utime(home.inbox / "sales-3.csv", (0, 0))  # long done: nobody is writing it


def _closed(home: Home, folder: Path, _: Any) -> None:
    done = closing.close(home, follow=lambda home, version: [])
    if done.is_stopped and done.load is not None:
        raise GranaryError(done.load.receipt.why_not() or "stopped")


def _is_closed(home: Home, folder: Path) -> bool:
    assert (home.inbox / "sales-3.csv").exists() or list((home.inbox / "done").rglob("sales-3.csv")), "no file of the inbox is lost"
    return net_sales(home) == 607.0


def _is_loaded(home: Home, folder: Path) -> bool:
    return net_sales(home) == 607.0


QUICK = (
    Act("publish", _published, _is_loaded, _prepared),
    Act("record", _recorded, lambda home, folder: any(record.subject == "under fault" for record in decisions.history(home, "action"))),
    Act("backup", _backed_up, _is_backed_up),
    Act("restore", _restored, _is_restored, _archive),
    Act("undo", _undone, lambda home, folder: versions.current(home) == 1),
    Act("fall back", _fallen_back, lambda home, folder: versions.current(home) == 1, _flipped),
)
LONG = (
    Act("load", _loaded, _is_loaded, lambda home, folder: further(folder, 3)),
    Act("close", _closed, _is_closed, lambda home, folder: _dropped(home, folder)),
)
"""Acts with a building process of their own: a second or two each time."""


@contextmanager
def worker_on(root: Path, failing: int, number: int, counted: Path) -> Iterator[None]:
    """The building process has a faulty disk of its own."""
    real = subprocess.Popen

    def start(command: list[str], *given: Any, **named: Any) -> Any:
        if "engine.store.worker" in command:
            command = [sys.executable, "-m", "tests.operation.faulty_worker", command[-1]]
            named["env"] = named["env"] | {"FAULTY_DISK": f"{root.resolve()}|{failing}|{number}", "FAULTY_COUNT": str(counted)}
        return real(command, *given, **named)

    build.subprocess.Popen = start  # type: ignore[misc, assignment]
    try:
        yield
    finally:
        build.subprocess.Popen = real  # type: ignore[misc]


def fail(act: Act, template: Home, folder: Path, which: int, number: int, in_worker: bool = False) -> bool:
    """Do an act on a copy of a home while its so-manieth operation fails. Returns whether it came through without that operation being reached."""
    folder.mkdir(parents=True)
    opening.let_go()
    shutil.copytree(template.path, folder / "home")
    home = Home(folder / "home")
    given = act.prepare(home, folder)
    acknowledged = [record.id for record in decisions.history(home, "action")]
    disk, counted = FaultyDisk(folder, 0 if in_worker else which, number), folder.with_name(f"{folder.name}.count")
    told: GranaryError | None = None
    with worker_on(folder, which, number, counted) if in_worker else disk.laid_over():
        try:
            act.do(home, folder, given)
        except GranaryError as fault:
            told = fault
    reached = int(counted.read_text(encoding="utf-8")) >= which if in_worker and counted.exists() else disk.failed is not None
    where = f"{act.name}, operation {which} ({disk.failed or 'worker'}), {errno.errorcode[number]}: {told}"
    _is_whole(act, home, folder, acknowledged, told, where)
    if told is not None:
        if not act.is_done(home, folder):  # what failed may have come after the act itself
            act.do(home, folder, given)  # on the healed disk
        assert act.is_done(home, folder), f"again after {where}"
    shutil.rmtree(folder)
    counted.unlink(missing_ok=True)
    homes.let_go_when_many()
    return not reached


def _is_whole(act: Act, home: Home, folder: Path, acknowledged: list[int], told: GranaryError | None, where: str) -> None:
    """What must hold whatever failed."""
    opening.let_go()
    assert net_sales(home) in (507.0, 607.0, 407.0), where
    found = decisions.verify(home)
    assert found.is_sound, (where, [str(said) for said in found.faults])
    assert set(acknowledged) <= {record.id for record in decisions.history(home, "action")}, where
    done = act.is_done(home, folder)
    assert done or told is not None, f"said to be done, and is not: {where}"
    if told is not None:
        assert "\n" not in str(told), where
        assert "Traceback" not in str(told), where


def operations(act: Act, template: Home, folder: Path) -> int:
    """How many operations an act takes on a sound disk."""
    opening.let_go()
    shutil.copytree(template.path, folder / "home")
    home = Home(folder / "home")
    given = act.prepare(home, folder)
    with FaultyDisk(folder, 0, 0).laid_over() as disk:
        act.do(home, folder, given)
    shutil.rmtree(folder)
    return disk.count


def through(act: Act, template: Home, folder: Path, numbers: tuple[int, ...] = FAULTS, in_worker: bool = False) -> int:
    """All operations of an act, each with each fault, until it comes through. Returns how many there are."""
    for which in range(1, MOST):
        for number in numbers:
            if fail(act, template, folder / f"{which}-{number}", which, number, in_worker):
                return which - 1
    raise AssertionError(f"{act.name} has more than {MOST} operations")


def some(act: Act, template: Home, folder: Path, most: int) -> int:
    """Some operations of an act, spread over all of it, the faults by turns. Returns how many there are in all."""
    count = operations(act, template, folder / "sound")
    for number, which in enumerate(sorted({1 + place * (count - 1) // max(most - 1, 1) for place in range(most)})):
        fail(act, template, folder / f"{which}", which, FAULTS[number % len(FAULTS)])
    return count
