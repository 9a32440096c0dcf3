"""The forecast that was kept beside a version, read the way that named reads are; and what its words mean."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.source import Memory, Source
from engine.messages import Message, message
from engine.store import beside
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

KINDS: dict[str, Message] = {
    "regular": message("Regular"),
    "seasonal": message("Seasonal"),
    "short": message("Short history"),
    "intermittent": message("Now and then"),
    "new": message("New"),
    "ended": message("Ended"),
}
METHODS: dict[str, Message] = {
    "ensemble": message("Mean of three methods"),
    "theta": message("Theta"),
    "pooled_season": message("Level, with the seasons of line or group"),
    "analogue": message("As earlier launches went"),
    "tsb": message("Chance and size of demand, smoothed"),
    "year_mean": message("Mean of the last twelve months"),
    "seasonal_naive": message("Month of a year ago"),
    "nothing": message("Nothing is expected"),
    "run_out": message("What is left is sold"),
    "mean": message("Mean of all months"),
}
WAYS: dict[str, Message] = {
    "bottom_up": message("Families are the sum of their products' forecasts"),
    "top_down": message("The family's forecast, shared out"),
    "least_squares": message("Least squares, by the errors of each"),
    "minimum_trace": message("Least squares, by the errors of each and how they go together"),
}
NOT_MADE = message("No forecast has been made of these data yet; `python -m engine forecast` makes it.")
OF_ALL = message("A forecast is made for all regions together, and you see some of them.")
_KEPT = Memory(24)


@dataclass(frozen=True)
class Kept:
    """A forecast that was kept. version: what it was made of; served: what is served now."""

    home: Home
    path: Path
    version: int
    served: int
    made_at: datetime
    as_of: date
    last_month: date
    way: str
    told: tuple[Message, ...]

    def read(self, query: str) -> pl.DataFrame:
        """The rows of `sql/queries/<query>.sql` on the file beside the version."""
        return _read(self.home, self.path, query)

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is to be known about it: its data, its age."""
        if self.version == self.served:
            return self.told
        older = message(
            "This forecast was made of version {made}; version {served} is served now. `python -m engine forecast` makes a new one.",
            made=self.version, served=self.served,
        )  # fmt: skip
        return (older, *self.told)


def run_of(warehouse: Any) -> str:
    """The name of the forecast that holds for a warehouse, as part of what an answer is kept by; "" where none was made."""
    path = beside.newest(warehouse.home, warehouse.version)
    return path.name if path is not None else ""


def kept_of(source: Source, run: str) -> Kept | None:
    """The forecast of a name (`run_of`); None for ""."""
    if not run:
        return None
    path = source.home.warehouse / run
    row = _read(source.home, path, "forecast_run").row(0, named=True)
    told = tuple(Message.from_json(said) for said in json.loads(row["told"]))
    return Kept(source.home, path, row["version"], source.version, row["made_at"], row["as_of"], row["last_month"], row["way"], told)


def _read(home: Home, path: Path, query: str) -> pl.DataFrame:
    return _KEPT.recall((path, query), lambda: open_warehouse(home).read_file(path, query))
