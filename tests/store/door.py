"""A door that loads and publishes, to be killed: `python -m tests.store.door HOME FILE` or `… HOME --publish TOKEN [OPERATION]`.

The first form says each stage on a line of its own. The second publishes a candidate and, given a number, ends like a power cut just
before its so-manieth operation on the disk; it leaves with 0 when there were fewer.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.store import build, sources
from engine.store.home import Home
from engine.store.intake.reading import Options

POWER_CUT = 9
OPERATIONS = ("replace", "fsync", "rename", "unlink", "mkdir")


def say(stage: str) -> None:
    sys.stdout.write(f"{stage}\n")
    sys.stdout.flush()


def load(home: Home, file: Path) -> None:
    receipt = build.prepare(home, sources.plain_sources(home, [file], Options()), progress=lambda event: say(event["stage"]))
    say("publish")
    build.publish(home, receipt.token)
    say("published")


def cut_power_before(operation: int) -> None:
    """From now on the so-manieth operation on the disk is the end of this process."""
    left = [operation]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os._exit(POWER_CUT)
            return real(*arguments, **named)

        return act

    for name in OPERATIONS:
        setattr(os, name, counted(getattr(os, name)))


def main(arguments: list[str]) -> None:
    home = Home(Path(arguments[0]))
    if arguments[1] == "--publish":
        if len(arguments) > 3:
            cut_power_before(int(arguments[3]))
        build.publish(home, arguments[2])
    else:
        load(home, Path(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
