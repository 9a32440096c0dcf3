"""What a build keeps of formulas: handed to it by those who load, called by it once the marts are made.

The formulas are imported in the building process alone, when it calls.
"""

from typing import TYPE_CHECKING

from engine.settings import Settings

if TYPE_CHECKING:
    import polars as pl

    from engine.answers.source import Served


def kept(building: "Served", settings: Settings) -> dict[str, "pl.DataFrame"]:
    """The rows of the kept tables: age_layers (as_of, item_id, location_id, received_on, qty) on the last day of the data."""
    import polars as pl

    from engine.answers.lots import worked_out
    from engine.answers.periods import last_day
    from engine.answers.source import Source

    source = Source(building, building.version, settings)
    as_of = last_day(source)
    layers = worked_out(source, source.read("stock_lots_on", as_of=as_of, places=None), as_of)
    return {"age_layers": layers.select(pl.lit(as_of).alias("as_of"), "item_id", "location_id", "received_on", "qty")}
