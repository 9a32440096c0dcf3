"""Which homes hold the demo company: its files are known by their fingerprints, wherever they are served from."""

import functools
import json

from engine.store import versions
from engine.store.home import DEMO_HOME, Home

MARK = "demo.json"


def mark(home: Home, seed: int) -> None:
    """Remember beside the data that what is served now was made by us, from this seed."""
    files = sorted({str(source["sha256"]) for source in versions.manifest(home)["sources"]})
    versions.write_whole(home.path / MARK, json.dumps({"seed": seed, "files": files}, indent=1))


def is_demo(home: Home) -> bool:
    """Whether everything that a home serves is the demo company's; false once files of somebody else's are served with them."""
    version = versions.current(home)
    return home.path == DEMO_HOME or (version is not None and _is_demo(home, version))


@functools.lru_cache(maxsize=64)
def _is_demo(home: Home, version: int) -> bool:
    try:
        made = set(json.loads((home.path / MARK).read_text(encoding="utf-8"))["files"])
        return {str(source["sha256"]) for source in versions.manifest(home, version)["sources"]} <= made
    except (OSError, ValueError, LookupError, TypeError):
        return False
