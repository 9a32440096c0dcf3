"""Many people at once: each a session over a connection of its own, who looks, thinks, looks at something else.

Every person filters by a region of their own; a dealer of another region on their desk is a mix-up.
"""

import random
import statistics
import threading
import time
from dataclasses import dataclass, field

import psutil

from tests.access.frames import Visitor

PAGES = ("/", "/health", "/dead_stock", "/dealer_desk", "/quality")


@dataclass
class Tally:
    """What the sessions met. first: from asking to the last message of each session's first page. arriving: the same of each rerun while
    others still wait for their first page. seconds: of each rerun once all are in."""

    seconds: list[float] = field(default_factory=list)
    arriving: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mix_ups: list[str] = field(default_factory=list)
    memory_mb: float = 0.0

    def said(self, name: str) -> str:
        """One line of figures."""
        return (
            f"{name}: {len(self.seconds) + len(self.arriving)} reruns, {len(self.errors)} errors, {len(self.mix_ups)} mix-ups; "
            f"p50 {1000 * part(self.seconds, 0.5):.0f} ms, p95 {1000 * part(self.seconds, 0.95):.0f} ms "
            f"(with those while people came in: p95 {1000 * part(self.seconds + self.arriving, 0.95):.0f} ms); "
            f"first page p95 {part(self.first, 0.95):.1f} s, slowest {max(self.first, default=0):.1f} s; {self.memory_mb:.0f} MB"
        )


def part(values: list[float], share: float) -> float:
    """A quantile; 0 where there is nothing."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1] if len(values) > 1 else (values or [0.0])[0]


def crowd(site: str, process: int, people: int, dealers: dict[str, list[str]], seconds: float, think: float, seed: int = 7) -> Tally:
    """So many people for so long, who think for about `think` seconds between two looks; 0 seconds = each looks once, all at the same moment.

    dealers: region -> names of its dealers. process: the server's, whose memory is looked at.
    """
    tally, lock, start = Tally(), threading.Lock(), threading.Barrier(people)

    def person(number: int) -> None:
        chance, own = random.Random(seed + number), sorted(dealers)[number % len(dealers)]
        foreign = [name for region, names in dealers.items() if region != own for name in names]
        try:
            with Visitor(site) as visitor:
                start.wait(60)
                time.sleep(chance.uniform(0, think))
                _look(visitor, "/dealer_desk", own, foreign, tally.first, tally, lock)
                end = time.monotonic() + seconds
                while time.monotonic() + (pause := chance.uniform(0.5 * think, 1.5 * think)) < end:
                    time.sleep(pause)
                    times = tally.seconds if len(tally.first) == people else tally.arriving
                    _look(visitor, chance.choice(PAGES), own, foreign, times, tally, lock)
                    visitor.received.clear()
        except (OSError, AssertionError, TimeoutError, threading.BrokenBarrierError) as fault:
            with lock:
                tally.errors.append(f"person {number}: {type(fault).__name__} {fault}")

    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        tally.memory_mb = max(tally.memory_mb, psutil.Process(process).memory_info().rss / 1e6)
        time.sleep(0.5)
    return tally


def _look(visitor: Visitor, page: str, own: str, foreign: list[str], times: list[float], tally: Tally, lock: threading.Lock) -> None:
    began = time.perf_counter()
    run = visitor.open(f"{page}?language=en&region={own}")
    took = time.perf_counter() - began
    body = run.bytes.decode("utf-8", "ignore")
    with lock:
        times.append(took)
        if "went wrong" in body:
            tally.errors.append(f"{page} for {own}")
        if page == "/dealer_desk":
            tally.mix_ups += [f"{name} was shown to {own}" for name in foreign if name in body]
