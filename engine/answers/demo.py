"""The demo company: made by code from a seed, loaded through the same intake as anybody's files; forecast, and with its month's cycle open."""

import json
import shutil
import tempfile
from pathlib import Path

from data.demo import build as company
from data.demo.chosen import CHOSEN
from engine.answers import forecast_run, loading, people
from engine.answers.meeting import cycles, standing
from engine.errors import NotPublished
from engine.messages import message
from engine.scope import Scope
from engine.selection import Selection
from engine.store import demo_mark
from engine.store.build import Progress, nobody
from engine.store.home import Home
from engine.store.records import opening
from engine.store.warehouse import open_warehouse

MEETING = (("report", "陈静", "planner"), ("demand", "李伟", "marketing"), ("supply", "周强", "production"), ("pre_meeting", "陈静", "planner"),
           ("executive", "王建国", "executive"))  # fmt: skip
"""Who answers for each step of the demo's meeting, and in which role."""


def make(home: Home, seed: int = 1, progress: Progress = nobody) -> int:
    """Make the company of a seed in a home of its own, which is emptied first, with a forecast, and the cycle of its month opened where the home keeps
    its records itself. Returns the version that is served then."""
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
        begin_meeting(home, version)
    return version


def begin_meeting(home: Home, version: int) -> None:
    """The people of the meeting, and its cycle with owners and the days of the rhythm."""
    place, chair = str(home.path), Scope(who=MEETING[0][1])
    for name in dict.fromkeys(name for _, name, _ in MEETING):
        people.add(place, name, chair)
    answer = standing.cycle(open_warehouse(home), Selection(), chair)
    owners = {step: name for step, name, _ in MEETING}
    taking_part = list(dict.fromkeys((name, role) for _, name, role in MEETING))
    cycles.open_cycle(place, answer.facts["month"], owners, answer.facts["proposed"].due, taking_part, chair, version)
