"""What everybody who looks at the figures should know of the installation: a damaged version that was left, a disk that fills up or takes nothing.

Looked at anew each time, because none of it belongs to a version of the data.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.answer import Alert, Answer
from engine.messages import Message, message
from engine.store import seals, surroundings
from engine.store.home import DEMO_HOME, Home


def raised(answer: Answer, warehouse: Any) -> Answer:
    """The answer of Start with what is wrong with the served data in front: it comes before any money."""
    said = fallen(str(warehouse.home.path))
    if said is None:
        return answer
    alert = Alert(said, None, "load", severity="critical")
    line = pl.DataFrame([(said.to_json(), None, alert.severity, alert.page)], schema=answer.frame.schema, orient="row")
    return replace(answer, alerts=(alert, *answer.alerts), frame=pl.concat([line, answer.frame]))


def fallen(home: str) -> Message | None:
    """That a damaged version was left for the one below it; None = nothing of the kind."""
    found = seals.fallen(Home(Path(home)))
    if found is None:
        return None
    return message(
        "The data file of version {damaged_version} was damaged. You see version {version}; build the newer one anew from the loaded files.",
        damaged_version=found.damaged, version=found.served,
    )  # fmt: skip


def condition(home: str) -> Message | None:
    """What the disk of a home does not let people do, for every page; None = all is well. Cheap, and writes nothing."""
    place = Home(Path(home))
    if place.path == DEMO_HOME:
        return None
    if is_read_only(home):
        return message("The disk is read-only: you can look, but nothing can be loaded or decided.")
    free, least = surroundings.free_mb(place), int(surroundings.settings_of(place)["disk_low_mb"])
    if free < least:
        return message("The disk is nearly full: {free_mb} MB are free. Loads and decisions may fail soon.", free_mb=free)
    return None


def is_read_only(home: str) -> bool:
    """Whether nothing can be kept in a home."""
    return not surroundings.is_writable(Home(Path(home)))
