"""Time, processor time and memory of one act, measured from outside."""

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil


def rounds(usual: int) -> int:
    """How often something is measured; GRANARY_BENCH_ROUNDS bounds it where only the measuring itself is tried."""
    return min(usual, int(os.environ.get("GRANARY_BENCH_ROUNDS", usual)))


@dataclass
class Memory:
    """The most that this process's children held at once, in MB."""

    peak_mb: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """The shortest of some runs."""
    best = float("inf")
    for _ in range(rounds(times)):
        began = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - began)
    return best


def alternately(first: Callable[[], object], second: Callable[[], object], times: int) -> tuple[float, float]:
    """The shortest of some runs of two acts, run in turns: what else happens on the machine meets both."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds(times)):
        for place, act in enumerate((first, second)):
            best[place] = min(best[place], seconds(act))
    return best[0], best[1]


def processor_seconds(act: Callable[[], object], times: int = 1) -> float:
    """The least processor time of some runs, all threads of this process together; the collector is kept out of it."""
    best = float("inf")
    gc.collect()
    for _ in range(rounds(times)):
        began = time.process_time()
        act()
        best = min(best, time.process_time() - began)
    return best


@contextmanager
def children() -> Iterator[Memory]:
    """Watches the memory of the processes that are started inside."""
    memory, me = Memory(), psutil.Process(os.getpid())

    def watch() -> None:
        while not memory._stop.wait(0.05):
            held = 0
            for child in me.children(recursive=True):
                try:
                    held += child.memory_info().rss
                except psutil.Error:
                    continue
            memory.peak_mb = max(memory.peak_mb, held / 1e6)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        memory._stop.set()
        watcher.join()
