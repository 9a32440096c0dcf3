"""Stock as it stands: the layers of five million movements at the build, and the pages that speak of its age and use."""

from datetime import date

import numpy as np
import polars as pl

from engine.answers import ageing, dead_stock, holding, purposes
from engine.answers.source import Source
from engine.fifo import layers
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.bench.measures import seconds
from tests.bench.table import Line

PLACES, ITEMS, FIRST_DAY, LAST_DAY = 6, 10_000, 19_000, date(2024, 12, 31)


def movements(rows: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """So many movements of a plant and five branches that it fills, and what was counted there at the end."""
    chance = np.random.default_rng(7)
    kinds = chance.choice(["in", "move", "out"], rows, p=[0.08, 0.17, 0.75])
    place = np.where(kinds == "out", chance.integers(0, PLACES, rows), 0)
    qty = np.select([kinds == "in", kinds == "move"], [chance.integers(50, 150, rows), chance.integers(10, 60, rows)], chance.integers(1, 14, rows))
    moved = pl.DataFrame(
        {
            "item_id": chance.integers(0, ITEMS, rows),
            "location_id": place,
            "to_location_id": chance.integers(1, PLACES, rows),
            "moved_on": chance.integers(FIRST_DAY, FIRST_DAY + 1000, rows).astype(np.int32),
            "kind": kinds,
            "qty": qty.astype(float),
        }
    )
    text = moved.with_columns(
        pl.col("item_id").cast(pl.String).str.zfill(5), pl.col("location_id").cast(pl.String), pl.col("moved_on").cast(pl.Date),
        pl.when(pl.col("kind") == "move").then(pl.col("to_location_id").cast(pl.String)).alias("to_location_id"),
    )  # fmt: skip
    held = text.select("item_id").unique().join(pl.DataFrame({"location_id": [str(number) for number in range(PLACES)]}), how="cross")
    return text, held.with_columns(pl.lit(LAST_DAY).alias("counted_on"), pl.Series("qty", chance.integers(0, 300, held.height).astype(float)))


def kept_layers(rows: int) -> list[Line]:
    """The layers of so many movements, as a build works them out; every item moves between places, so nothing can be skipped."""
    moved, held = movements(rows)
    found: list[pl.DataFrame] = []
    taken = seconds(lambda: found.append(layers(moved, held)))
    return [Line("layers of stock, first in first out, at the build", taken, "s", 20, 10, f"{rows / 1e6:g} M movements: {found[0].height} layers")]


def pages(home: Home, skus: int, times: int = 2) -> list[Line]:
    """The engine's work for each page on stock, from the marts and nothing remembered: the slowest."""
    warehouse = open_warehouse(home)
    slowest, name = 0.0, ""
    questions = {
        "dead stock": lambda source: dead_stock._dead_stock.__wrapped__(source, Selection(), EVERYTHING, ""),
        "ageing": lambda source: ageing._ageing.__wrapped__(source, Selection(), EVERYTHING),
        "purpose": lambda source: purposes._by_purpose.__wrapped__(source, Selection(), EVERYTHING),
        "holding": lambda source: holding._holding_cost.__wrapped__(source, Selection(), EVERYTHING),
    }
    for said, ask in questions.items():
        taken = seconds(lambda ask=ask: ask(Source(warehouse, warehouse.version, home.settings())), times)
        if taken > slowest:
            slowest, name = taken, said
    return [Line("a page on dead, old or useless stock", slowest, "s", 0.5, None, f"slowest of {len(questions)} on {skus} SKUs ({name})")]
