"""The anchor: how long the chain is and how it ends, kept in a file beside the database, so that a cut tail is seen.

Whoever can write to the database need not be able to write here; who wants to be surer still copies the file elsewhere now and then.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from engine.store.versions import write_whole

NAME = "anchor"
SECONDS_TO_WAIT = 30


@dataclass(frozen=True)
class Anchor:
    """count: rows that the chain had. last: seq of its last row. hash: the hash of that row."""

    count: int
    last: int
    hash: str


DAMAGED = Anchor(-1, -1, "")
"""Stands for a file that is there and is no anchor."""


def read(folder: Path) -> Anchor | None:
    """The anchor in a folder of records; None where there is none, DAMAGED where it cannot be read as one."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Anchor(int(kept["count"]), int(kept["last"]), str(kept["hash"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return DAMAGED


def move_on(folder: Path, to: Anchor) -> None:
    """Move the anchor forward, never back: of two writers the one that comes later may have the earlier row. A damaged one stays, so
    that the verifier goes on telling of it. Raises OSError."""
    with FileLock(folder / f".{NAME}.lock", timeout=SECONDS_TO_WAIT):
        present = read(folder)
        if present is None or (present != DAMAGED and present.count < to.count):
            write_whole(folder / NAME, json.dumps(asdict(to), ensure_ascii=True))
