"""Places that bear the code or the name of a dealer count as places of that dealer (sql/marts/locations.sql); here it is told."""

from typing import Any

import duckdb

from engine.messages import plural
from engine.store import merging
from engine.store.intake.reading import Told

SHOWN = 3


def tell(con: duckdb.DuckDBPyConnection, outcomes: list[dict[str, Any]]) -> None:
    """Tell of such places beside the file that made them so: the stock that names them, or the dealers who came after the stock."""
    for outcome in outcomes:
        if outcome["status"] == "loaded" and outcome["table"] in ("stock", "dealers"):
            _tell(con, outcome, "location_id" if outcome["table"] == "stock" else "dealer_id", _brought_with(outcomes))


def _brought_with(outcomes: list[dict[str, Any]]) -> list[int]:
    """The sources of stock that come with this load: they tell of their places themselves."""
    return [outcome["source_id"] for outcome in outcomes if outcome["status"] == "loaded" and outcome["table"] == "stock"]


def _tell(con: duckdb.DuckDBPyConnection, outcome: dict[str, Any], key: str, stock_sources: list[int]) -> None:
    found = con.execute(
        f"""select places.location_id, places.dealer_id
        from marts.locations places
        anti join main.locations described on places.location_id = described.location_id
        semi join (select "{key}" as code from main."{outcome["table"]}" where _source = $source) brought on places."{key}" = brought.code
        where places.dealer_id is not null
            and ($of_stock or exists (
                select 1 from main.stock where stock.location_id = places.location_id and not list_contains($with::integer[], stock._source)
            ))
        order by 1""",
        {"source": outcome["source_id"], "of_stock": key == "location_id", "with": stock_sources},
    ).fetchall()
    if not found:
        return
    shown = ", ".join(place if place == dealer else f"{place} ({dealer})" for place, dealer in found[:SHOWN]) + (", …" if len(found) > SHOWN else "")
    said = plural(
        "{n} place bears the code or the name of a dealer; it counts as a place of that dealer, not as ours: {places}.",
        "{n} places bear the code or the name of a dealer; they count as places of these dealers, not as ours: {places}.",
        n=len(found), places=shown,
    )  # fmt: skip
    merging.tell(con, outcome["source_id"], outcome, Told("places_of_dealers", key, len(found), (), said))
