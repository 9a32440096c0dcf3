"""What is served at this moment, and what there is to choose from in it: all that the frame of the pages needs to know."""

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers import records
from engine.answers.answer import Answer
from engine.answers.source import seen_by
from engine.errors import GranaryError
from engine.scope import Scope
from engine.selection import Selection
from engine.settings import DEFAULTS, Settings
from engine.store import build, demo_mark, versions
from engine.store.home import DEMO_HOME, Home, own_home
from engine.store.warehouse import open_version

GOODS = ("sphere", "product_group", "line_id", "line_name", "sku", "product_name")
PLACES = ("location_id", "location_name", "kind", "region")
DEALERS = ("dealer_id", "dealer_name", "region", "channel")


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the frame: days of the data, goods with their tree, places, dealers (columns: GOODS, PLACES, DEALERS)."""

    first_day: date | None
    last_day: date | None
    goods: pl.DataFrame
    places: pl.DataFrame
    dealers: pl.DataFrame


def _as_text(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """The columns as text, also where a table is empty or wholly unknown."""
    return frame.select(pl.col(name).cast(pl.String) for name in columns)


def _nothing(columns: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(columns, pl.String()))


NO_CHOICES = Choices(None, None, _nothing(GOODS), _nothing(PLACES), _nothing(DEALERS))


def home_and_version() -> tuple[str, bool, int | None, Settings]:
    """Path of the home that is shown, whether it holds the demo company, its version (None = nothing published), its settings.

    The own home is shown once something is loaded there, until then the demo's. Settings that cannot be read leave the defaults.
    """
    own = own_home()
    shown = own if versions.current(own) is not None else Home(DEMO_HOME)
    try:
        settings = shown.settings()
    except GranaryError:
        settings = DEFAULTS
    return str(shown.path), demo_mark.is_demo(shown), versions.current(shown), settings


def stamp(home: str) -> str:
    """What an answer depends on beside the version and what was asked: the settings in force and the newest record. For keys of caches."""
    return f"{hash(Home(Path(home)).settings())}-{records.head(home)}"


def kept_version(home: str, wanted: str | None) -> int | None:
    """The kept version that a link names; None where it names none, or one that is not kept any longer."""
    if wanted is None or not wanted.isdecimal():
        return None
    opened = Home(Path(home))
    return int(wanted) if int(wanted) in versions.chain(opened, int(opened.settings()["kept_versions"])) else None


def is_of_today(home: str, version: int) -> bool:
    """Whether a version was built with the tables that this program reads; after an upgrade it is built anew first."""
    return versions.schema_of(Home(Path(home)), version) == _schema()


@functools.cache
def _schema() -> str:
    return build.schema_hash()


def answer(question: str, home: str, version: int, selection: Selection, scope: Scope, details: tuple[Any, ...] = ()) -> Answer:
    """The answer to a named question (`engine.answers.ANSWERS`) on a kept version of a home. Raises NothingServed where it is not kept."""
    from engine.answers import ANSWERS  # the questions import their formulas; the frame alone needs none of them

    return ANSWERS[question](open_version(Home(Path(home)), version), selection, scope, *details)


def clearance_proposals(home: str, version: int, selection: Selection, scope: Scope) -> pl.DataFrame:
    """The dead stock that is not on the list of clearance; see `engine.answers.clearance.proposed`."""
    from engine.answers import clearance

    return clearance.proposed(open_version(Home(Path(home)), version), selection, scope)


def choices(home: str, version: int, scope: Scope) -> Choices:
    """What a person may choose from in a version; dealers and places outside the scope are not named."""
    warehouse = seen_by(open_version(Home(Path(home)), version), scope)
    first, last = warehouse.read("choices_days").row(0)
    goods, places, dealers = (warehouse.read(f"choices_{name}") for name in ("goods", "places", "dealers"))
    return Choices(first, last, _as_text(goods, GOODS), _as_text(places, PLACES), _as_text(dealers, DEALERS))
