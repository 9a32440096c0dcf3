"""The building process of tests, forked from one that has read the libraries and the contracts: once a run instead of once a build.

What a build does is the program's own; only its start is shorter. Doors that tests start (`python -m engine …`), and tests that kill, starve or
count what a building process does, start it as the program does.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from engine.store.home import PROJECT

LARGEST = 1 << 20
"""Bytes of one request: a command and its environment."""
IS_POSSIBLE = hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


class Warm:
    """The process that waits with everything imported; started by the first build of a worker of the suite."""

    def __init__(self) -> None:
        self._lock, self._socket, self._process = threading.Lock(), None, None

    def send(self, request: dict[str, Any], handles: Sequence[int]) -> None:
        with self._lock:
            if self._socket is None:
                self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                self._process = subprocess.Popen([sys.executable, "-m", "tests.warm_worker", str(theirs.fileno())], cwd=PROJECT, pass_fds=[theirs.fileno()])
                theirs.close()
            socket.send_fds(self._socket, [json.dumps(request).encode()], list(handles))

    def stop(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._process.wait(timeout=20)


class ForkedBuild:
    """As much of `subprocess.Popen` as a build needs."""

    def __init__(self, warm: Warm, command: Sequence[str], stderr: IO[str], cwd: Path, env: dict[str, str]) -> None:
        given, self_in = os.pipe()
        self_out, said = os.pipe()
        ended, status = os.pipe()
        warm.send({"folder": command[-1], "cwd": str(cwd), "env": dict(env)}, [given, said, stderr.fileno(), status])
        for theirs in (given, said, status):
            os.close(theirs)
        self.stdin, self.stdout = os.fdopen(self_in, "w"), os.fdopen(self_out, "r", encoding="utf-8")
        self._ended = os.fdopen(ended, "r")
        self.pid, self.returncode = int(self._ended.readline()), None

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = int(self._ended.readline())
        return self.returncode

    def kill(self) -> None:
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def communicate(self) -> None:
        self.stdin.close()
        self.wait()
        self.stdout.close()
        self._ended.close()


class Subprocess:
    """The module `subprocess` as the build sees it: its worker is forked, anything else is started."""

    def __init__(self, warm: Warm) -> None:
        self._warm = warm

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)

    def Popen(self, command: Sequence[str], **named: Any) -> Any:  # the name that it stands for
        if list(command[1:3]) == ["-m", "engine.store.worker"]:
            return ForkedBuild(self._warm, command, named["stderr"], named["cwd"], named["env"])
        return subprocess.Popen(command, **named)


def main(number: int) -> None:
    """Wait for builds; each gets a keeper that says which process it is, and with what it left."""
    from engine.store import worker

    sys.meta_path.insert(0, worker.WithoutPandas())
    # what a build asks for once its marts are made
    from engine.answers import company_facts, dead_stock, dealer_standing, lots, safety_stock, scorecard  # noqa: F401
    from engine.store.contracts import catalogue

    catalogue()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    asked = socket.socket(fileno=number)
    while True:
        request, handles, _, _ = socket.recv_fds(asked, LARGEST, 4)
        if not request:
            return
        if os.fork() == 0:
            asked.close()
            _keep(json.loads(request), handles)
        for handle in handles:
            os.close(handle)


def _keep(request: dict[str, Any], handles: list[int]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *standard, status = handles
    build = os.fork()
    if build == 0:
        os.close(status)
        _build(request, standard)
    for handle in standard:
        os.close(handle)
    with suppress(BrokenPipeError):
        os.write(status, f"{build}\n".encode())
        code = os.waitstatus_to_exitcode(os.waitpid(build, 0)[1])
        os.write(status, f"{code}\n".encode())
    os._exit(0)


def _build(request: dict[str, Any], standard: list[int]) -> None:
    code = 1
    try:
        for place, handle in enumerate(standard):
            os.dup2(handle, place)
            os.close(handle)
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8", closefd=False), os.fdopen(2, "w", encoding="utf-8", closefd=False)
        from engine.store import worker

        code = worker.main(Path(request["folder"]))
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(int(sys.argv[1]))
