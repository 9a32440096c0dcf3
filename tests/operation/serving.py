"""Real servers on a home, each on a port of its own, as several processes behind a proxy are."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from engine.store.home import PROJECT, Home

SECONDS_TO_START = 90


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def servers(home: Home, count: int) -> Iterator[list[tuple[str, subprocess.Popen[bytes]]]]:
    """So many processes that serve a home: (address, process) of each."""
    started: list[tuple[str, subprocess.Popen[bytes]]] = []
    try:
        for _ in range(count):
            port = free_port()
            command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
            process = subprocess.Popen(
                command, cwd=PROJECT, env=os.environ | {"GRANARY_HOME": str(home.path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            started.append((f"http://127.0.0.1:{port}", process))
        for site, _ in started:
            _wait_for(site)
        yield started
    finally:
        for _, process in started:
            process.terminate()
        for _, process in started:
            process.wait(timeout=30)


def _wait_for(site: str) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{site}/_stcore/health", timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
