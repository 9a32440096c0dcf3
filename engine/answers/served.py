"""What is served at this moment, and what there is to choose from in it: all that the frame of the pages needs to know."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.answer import Answer
from engine.errors import GranaryError
from engine.scope import Scope
from engine.selection import Selection
from engine.settings import DEFAULTS, Settings
from engine.store import versions
from engine.store.home import DEMO_HOME, Home, own_home
from engine.store.warehouse import open_warehouse

GOODS = {"sphere": pl.String, "product_group": pl.String, "line_id": pl.String, "line_name": pl.String, "sku": pl.String, "product_name": pl.String}
PLACES = {"location_id": pl.String, "location_name": pl.String, "kind": pl.String, "region": pl.String}
DEALERS = {"dealer_id": pl.String, "dealer_name": pl.String, "region": pl.String, "channel": pl.String}


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the frame: days of the data, goods with their tree, places, dealers (columns: GOODS, PLACES, DEALERS)."""

    first_day: date | None
    last_day: date | None
    goods: pl.DataFrame
    places: pl.DataFrame
    dealers: pl.DataFrame


NO_CHOICES = Choices(None, None, pl.DataFrame(schema=GOODS), pl.DataFrame(schema=PLACES), pl.DataFrame(schema=DEALERS))


def home_and_version() -> tuple[str, bool, int | None, Settings]:
    """Path of the home that is shown, whether it is the demo's, its version (None = nothing published), its settings.

    The own home is shown once something is loaded there, until then the demo's. Settings that cannot be read leave the defaults.
    """
    own = own_home()
    shown = own if versions.current(own) is not None else Home(DEMO_HOME)
    try:
        settings = shown.settings()
    except GranaryError:
        settings = DEFAULTS
    return str(shown.path), shown.path != own.path, versions.current(shown), settings


def answer(question: str, home: str, version: int, selection: Selection, scope: Scope, details: tuple[Any, ...] = ()) -> Answer:
    """The answer to a named question (`engine.answers.ANSWERS`) on a home's served version.

    version stands for the served one: it is part of what the caller remembers the answer by.
    """
    from engine.answers import ANSWERS  # the questions import their formulas; the frame alone needs none of them

    return ANSWERS[question](open_warehouse(Home(Path(home))), selection, scope, *details)


def choices(home: str, version: int, scope: Scope) -> Choices:
    """What a person may choose from in a version; dealers outside the scope are not named."""
    warehouse = open_warehouse(Home(Path(home)))
    days = warehouse.read("choices_days", version)
    dealers = warehouse.read("choices_dealers", version).cast(DEALERS)
    if scope.regions is not None:
        dealers = dealers.filter(pl.col("region").is_in(list(scope.regions)))
    if scope.dealers is not None:
        dealers = dealers.filter(pl.col("dealer_id").is_in(list(scope.dealers)))
    first, last = days.row(0)
    return Choices(first, last, warehouse.read("choices_goods", version).cast(GOODS), warehouse.read("rows_choices_places", version).cast(PLACES), dealers)
