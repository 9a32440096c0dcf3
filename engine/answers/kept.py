"""What a build keeps of formulas: handed to it by those who load, called by it once the marts are made.

The formulas are imported in the building process alone, when it calls.
"""

from typing import TYPE_CHECKING

from engine.settings import Settings

if TYPE_CHECKING:
    import polars as pl

    from engine.answers.source import Served


def kept(building: "Served", settings: Settings) -> dict[str, "pl.DataFrame"]:
    """The rows of the kept tables (`engine.store.layers.KEPT`) for the last day of the data. age_layers and material_sets hang on nothing but the data;
    the others hang on settings too, carry their fingerprint, and where they were changed are worked out anew."""
    import polars as pl

    from engine.answers.classes import worked_out as classes
    from engine.answers.company_facts import worked_out as company
    from engine.answers.dead_stock import sets_of
    from engine.answers.dealer_standing import worked_out as standing
    from engine.answers.lots import worked_out as layers
    from engine.answers.periods import last_day
    from engine.answers.replenishing import positions
    from engine.answers.safety_stock import products_demand
    from engine.answers.scorecard import measured_for, newest_month
    from engine.answers.source import Source
    from engine.scope import EVERYTHING
    from engine.selection import Selection

    source = Source(building, building.version, settings)
    as_of = last_day(source)
    of_day, by_settings = pl.lit(as_of).alias("as_of"), pl.lit(settings.fingerprint).alias("settings")
    lots = source.read("stock_lots_on", as_of=as_of, places=None)
    found = {
        "age_layers": layers(source, lots, as_of).with_columns(of_day),
        "material_sets": sets_of(source, lots, as_of).with_columns(of_day),
        "item_classes": classes(source, as_of).with_columns(of_day, by_settings),
        "company_facts": company(source).with_columns(by_settings),
        "supplied_positions": positions(source, Selection(), EVERYTHING).drop("severity").with_columns(of_day, by_settings),
        "position_demand": products_demand(source, as_of).with_columns(of_day, by_settings),
    }
    if not source.dealers.is_empty():
        newest = newest_month(as_of)
        measures, stuffed = measured_for(source, newest)
        of_month = pl.lit(newest).alias("month_of_score")
        found["dealer_standing"] = standing(source, as_of).with_columns(of_day, by_settings)
        found["dealer_measures"] = measures.with_columns(of_month, by_settings)
        found["dealers_stuffed"] = stuffed.with_columns(of_month, by_settings)
    return found
