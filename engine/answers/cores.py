"""Work shared out over the cores of the machine, with progress."""

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
FEW = 32
"""So few tasks are done sooner than a second process has started."""
CHUNK = 8
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def on_cores(
    work: Callable[[Task], Result], tasks: Sequence[Task], tell: Callable[[int, int], None] = lambda done, all_: None, cores: int | None = None
) -> list[Result]:
    """The results of all tasks, in their order. tell: (done, all) after each bundle.

    work is a function of a module and tasks can be pickled. Processes are started fresh (a copy of a process with a database and threads inside
    would hang) and with one thread each for linear algebra, so that they do not crowd each other out. The first fault ends the work.
    """
    cores = min(cores or os.cpu_count() or 1, -(-len(tasks) // CHUNK))
    if len(tasks) <= FEW or cores < 2:
        return _here(work, tasks, tell)
    results: list[Any] = [None] * len(tasks)
    bundles = [range(start, min(start + CHUNK, len(tasks))) for start in range(0, len(tasks), CHUNK)]
    done = 0
    with _one_thread_each(), ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(_bundle, work, [tasks[place] for place in places]): places for places in bundles}
        try:
            for future in as_completed(waiting):
                places = waiting[future]
                results[places.start : places.stop] = future.result()
                done += len(places)
                tell(done, len(tasks))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return results


def _bundle(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    return [work(task) for task in tasks]


def _here(work: Callable[[Task], Result], tasks: Sequence[Task], tell: Callable[[int, int], None]) -> list[Result]:
    results = []
    for number, task in enumerate(tasks):
        results.append(work(task))
        if number % CHUNK == CHUNK - 1 or number == len(tasks) - 1:
            tell(number + 1, len(tasks))
    return results


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """What is started meanwhile uses one thread for linear algebra."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
