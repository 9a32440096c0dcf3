"""The demo company: made by code from a seed, loaded through the same intake as anybody's files; forecast, with a meeting held and the next one open."""

import json
import shutil
import tempfile
from pathlib import Path

from data.demo import build as company
from data.demo.chosen import CHOSEN
from engine.answers import demo_meeting, forecast_run, loading
from engine.errors import NotPublished
from engine.messages import message
from engine.store import demo_mark
from engine.store.build import Progress, nobody
from engine.store.home import Home
from engine.store.records import opening


def make(home: Home, seed: int = 1, progress: Progress = nobody) -> int:
    """Make the company of a seed in a home of its own, which is emptied first, with a forecast; where the home keeps its records itself, with the meeting
    of the month before held and the cycle of its month opened. Returns the version that is served then."""
    with tempfile.TemporaryDirectory() as folder:
        progress({"stage": "demo", "share": 0.0})
        files = company(Path(folder) / "files", seed)
        fresh = Home(home.path.with_name(f"{home.path.name}-new"))
        shutil.rmtree(fresh.path, ignore_errors=True)
        fresh.path.mkdir(parents=True)
        (fresh.path / "settings.json").write_text(json.dumps(CHOSEN, ensure_ascii=False), encoding="utf-8")
        prepared = loading.prepare(fresh, [files], progress=progress)
        if not prepared.receipt.publishable:
            raise NotPublished(prepared.receipt.why_not() or message("The demo company could not be built."))
        version = loading.publish(fresh, prepared, None)
        demo_mark.mark(fresh, seed)
        for plants in Path(folder).glob("plants.json"):
            shutil.copy(plants, fresh.path / "plants.json")
        forecast_run.make(fresh, progress)
    opening.let_go()
    shutil.rmtree(home.path, ignore_errors=True)
    fresh.path.replace(home.path)
    if home.records_url is None:  # a database that was named is the company's: no play in it
        demo_meeting.begin(home, version)
    return version
