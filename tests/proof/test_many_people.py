"""50 and 100 people at once on one process, with think times of 10 and 20 s; 100 at the same moment on a cold one; two processes behind a proxy."""

import itertools
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from engine.store.home import Home
from engine.store.records import opening
from engine.store.warehouse import open_warehouse
from tests.operation.serving import servers
from tests.proof.load_sessions import Tally, crowd

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]
SECONDS = float(os.environ.get("GRANARY_LOAD_SECONDS", "120"))
"""How long each crowd stays; raise it for a longer look."""
MB, P95_OF_50, P95_OF_100, COLD = 1000, 0.150, 1.0, 8.0
"""The aims: memory, p95 of reruns at 50 and at 100 people, the slowest first page of 100 at once. Printed beside what was found."""


@pytest.fixture(scope="module")
def crowded(demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demo company in a home of its own."""
    opening.let_go()
    folder = tmp_path_factory.mktemp("crowded")
    shutil.copytree(demo_home.path, folder / "home")
    return Home(folder / "home")


@pytest.fixture(scope="module")
def dealers(crowded: Home) -> dict[str, list[str]]:
    """Region -> names of its dealers."""
    found = open_warehouse(crowded).read("choices_dealers").drop_nulls(["region", "dealer_name"])
    return {str(region): rows["dealer_name"].to_list() for (region,), rows in found.group_by("region")}


def told(capsys: pytest.CaptureFixture[str], tally: Tally, name: str, aim: str) -> None:
    with capsys.disabled():
        print(f"{tally.said(name)} (aim: {aim})")
    assert tally.errors == []
    assert tally.mix_ups == []
    assert tally.memory_mb < 2 * MB


@pytest.mark.parametrize(("people", "think"), [(50, 10.0), (50, 20.0), (100, 10.0), (100, 20.0)])
def test_a_crowd_that_thinks_between_looks(crowded: Home, dealers: dict[str, list[str]], capsys: pytest.CaptureFixture[str], people: int, think: float) -> None:
    with servers(crowded, 1) as ((site, process),):
        tally = crowd(site, process.pid, people, dealers, SECONDS, think)
    aim = P95_OF_50 if people == 50 else P95_OF_100
    told(capsys, tally, f"{people} people, think time {think:.0f} s", f"p95 {1000 * aim:.0f} ms, {MB} MB")


def test_a_hundred_people_at_the_same_moment_on_a_cold_server(crowded: Home, dealers: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    with servers(crowded, 1) as ((site, process),):
        tally = crowd(site, process.pid, 100, dealers, 0, 0)
    told(capsys, tally, "100 people at once, cold", f"{COLD:.0f} s")


def test_two_processes_behind_a_sticky_proxy(crowded: Home, dealers: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    with servers(crowded, 2) as started, proxy([site for site, _ in started]) as site:
        tally = crowd(site, started[0][1].pid, 50, dealers, SECONDS / 2, 10.0)
    told(capsys, tally, "50 people on two processes behind a proxy, think time 10 s", "as on one")


@contextmanager
def proxy(sites: list[str]) -> Iterator[str]:
    """A proxy that hands each new connection to the next process and leaves it there: a session's connection is one, so it sticks.

    Requests beside it (health, files) go by turns too, as both processes serve one home.
    """
    targets, going = itertools.cycle([site.rpartition(":")[2] for site in sites]), threading.Event()
    coupled: list[tuple[socket.socket, threading.Thread]] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(256)
        listener.settimeout(0.5)

        def accept() -> None:
            while not going.is_set():
                try:
                    near, _ = listener.accept()
                except TimeoutError:
                    continue
                except OSError:
                    return
                far = socket.create_connection(("127.0.0.1", int(next(targets))))
                both = threading.Thread(target=_couple, args=(near, far), daemon=True)
                both.start()
                coupled.append((near, both))

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        going.set()
        thread.join()
        for near, both in coupled:
            with suppress(OSError):
                near.shutdown(socket.SHUT_RDWR)
            both.join()


def _couple(near: socket.socket, far: socket.socket) -> None:
    with near, far:
        back = threading.Thread(target=_pump, args=(far, near), daemon=True)
        back.start()
        _pump(near, far)
        back.join()


def _pump(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(1 << 16):
            other.sendall(data)
    except OSError:
        return
    finally:
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
