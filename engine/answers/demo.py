"""The demo company: made by code from a seed, loaded through the same intake as anybody's files."""

import shutil
import tempfile
from pathlib import Path

from data.demo import build as company
from engine.answers import loading
from engine.errors import NotPublished
from engine.messages import message
from engine.store import demo_mark
from engine.store.build import Progress, nobody
from engine.store.home import Home


def make(home: Home, seed: int = 1, progress: Progress = nobody) -> int:
    """Make the company of a seed in a home of its own, which is emptied first. Returns the version that is served then."""
    with tempfile.TemporaryDirectory() as folder:
        progress({"stage": "demo", "share": 0.0})
        files = company(Path(folder) / "files", seed)
        fresh = Home(home.path.with_name(f"{home.path.name}-new"))
        shutil.rmtree(fresh.path, ignore_errors=True)
        prepared = loading.prepare(fresh, [files], progress=progress)
        if not prepared.receipt.publishable:
            raise NotPublished(prepared.receipt.why_not() or message("The demo company could not be built."))
        version = loading.publish(fresh, prepared, None)
        demo_mark.mark(fresh, seed)
        for plants in Path(folder).glob("plants.json"):
            shutil.copy(plants, fresh.path / "plants.json")
    shutil.rmtree(home.path, ignore_errors=True)
    fresh.path.replace(home.path)
    return version
