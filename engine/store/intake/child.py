"""A reader in a process of its own, with limits: a file that asks for ten gigabytes ends a child, never the server.

The child limits itself where the system can (`resource`), and is watched from outside where it cannot: memory and time. It is
given one request and answers with one JSON object; whatever else happens to it becomes a sentence.
"""

import contextlib
import importlib
import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from engine.errors import GranaryError, Refused
from engine.messages import Message, message
from engine.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
READERS = {"workbook": "engine.store.intake.workbook_reader", "parquet": "engine.store.intake.parquet_reader"}
LOOKED_EVERY = 0.05
MARGIN_MB = 256  # what Python and its libraries take before the file is opened


def read(reader: str, request: dict[str, Any], settings: Settings, work: Path, shown_as: str) -> dict[str, Any]:
    """The answer of a reader (`workbook` or `parquet`) to a request. Raises Refused with the reader's sentence, or with the
    cause of its death: memory, time, or a damaged file."""
    answer = work / f"{uuid.uuid4().hex}.json"
    command = [sys.executable, "-m", "engine.store.intake.child", reader, str(answer)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "RAYON_NUM_THREADS": "2"}
    asked = json.dumps({**request, "shown_as": shown_as, "memory_mb": int(settings["reader_memory_mb"]), "seconds": int(settings["reader_seconds"])})
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment)
    ended = _watch(process, asked.encode(), settings)
    if ended:
        raise Refused(_death(ended, shown_as, settings))
    try:
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refused(_death("memory" if process.returncode in (-6, -9, -11, 134, 137) else "damage", shown_as, settings)) from None
    finally:
        answer.unlink(missing_ok=True)
    if "refused" in found:
        raise Refused(Message.from_json(found["refused"]))
    return found


def _death(cause: str, shown_as: str, settings: Settings) -> Message:
    if cause == "memory":
        return message("{file} asks for more memory than the {n} MB that its reader may use.", file=shown_as, n=settings["reader_memory_mb"])
    if cause == "time":
        return message("{file} was not read within {n} seconds.", file=shown_as, n=settings["reader_seconds"])
    return message("{file} is damaged: its reader gave up. Export it again, as .xlsx or .csv.", file=shown_as)


def _watch(process: "subprocess.Popen[bytes]", asked: bytes, settings: Settings) -> str | None:
    """Wait for a child; end it when it takes too much. Gives the cause (`memory`, `time`), or None where it ended by itself."""
    import psutil

    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(asked)
        process.stdin.close()
    began = time.monotonic()
    cause = None
    try:
        watched = psutil.Process(process.pid)
        while process.poll() is None and cause is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(LOOKED_EVERY)
            if time.monotonic() - began > int(settings["reader_seconds"]):
                cause = "time"
            elif watched.memory_info().rss > (int(settings["reader_memory_mb"]) + MARGIN_MB) * 1_000_000:
                cause = "memory"
    except psutil.Error:
        cause = None
    finally:
        if cause and process.poll() is None:
            process.kill()
        process.wait()
    return cause


def _limit(memory_mb: int, seconds: int) -> None:
    """Bound this process from within, on top of what it holds already. Without `resource` (Windows) the watchdog stands alone."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds + 5, 2 * seconds + 5))
    statm = Path("/proc/self/statm")
    if statm.exists():
        held = int(statm.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (held + memory_mb * 1_000_000, held + memory_mb * 1_000_000))


def main() -> None:
    """Answer one request: the reader's name and the answer's path are arguments, the request comes on standard input."""
    module = importlib.import_module(READERS[sys.argv[1]])
    request = json.loads(sys.stdin.buffer.read())
    _limit(request["memory_mb"], request["seconds"])
    try:
        found = module.read(request)
    except GranaryError as refused:
        found = {"refused": refused.said.to_json()}
    except MemoryError:
        os._exit(137)
    Path(sys.argv[2]).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
