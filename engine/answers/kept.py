"""What a build keeps of formulas: handed to it by those who load, called by it once the marts are made.

The formulas are imported in the building process alone, when it calls.
"""

from typing import TYPE_CHECKING

from engine.settings import Settings

if TYPE_CHECKING:
    import polars as pl

    from engine.answers.source import Served


def kept(building: "Served", settings: Settings) -> dict[str, "pl.DataFrame"]:
    """The rows of the kept tables (`engine.store.layers.KEPT`) for the last day of the data: age_layers, which hang on nothing but the data; what hangs
    on settings too (company_facts, dealer_standing, dealer_measures, dealers_stuffed) carries their fingerprint, and where they were changed it is
    worked out anew."""
    import polars as pl

    from engine.answers.company_facts import worked_out as company
    from engine.answers.dealer_standing import worked_out as standing
    from engine.answers.lots import worked_out as layers
    from engine.answers.periods import last_day
    from engine.answers.scorecard import measured_for, newest_month
    from engine.answers.source import Source

    source = Source(building, building.version, settings)
    as_of = last_day(source)
    by_settings = pl.lit(settings.fingerprint).alias("settings")
    found = {"age_layers": layers(source, source.read("stock_lots_on", as_of=as_of, places=None), as_of).with_columns(pl.lit(as_of).alias("as_of"))}
    found["company_facts"] = company(source).with_columns(by_settings)
    if not source.dealers.is_empty():
        newest = newest_month(as_of)
        measures, stuffed = measured_for(source, newest)
        of_month = pl.lit(newest).alias("month_of_score")
        found["dealer_standing"] = standing(source, as_of).with_columns(pl.lit(as_of).alias("as_of"), by_settings)
        found["dealer_measures"] = measures.with_columns(of_month, by_settings)
        found["dealers_stuffed"] = stuffed.with_columns(of_month, by_settings)
    return found
