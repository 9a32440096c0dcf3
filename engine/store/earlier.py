"""A company as it was known on an earlier day: a version of a home with the same rows, those left out that came later."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from engine.store import build, layers, versions
from engine.store.contracts import catalogue
from engine.store.home import Home

HAPPENED = {
    "sales": ("shipped_on", 500), "stock": ("counted_on", 420), "production": ("produced_on", 420), "purchases": ("received_on", 420),
    "orders": ("ordered_on", 100), "forecasts": ("made_on", 420), "cash": ("month", 500),
}  # fmt: skip
"""Table -> the day by which a row was known, and how many days back the meeting looks at most."""
STANDING = (
    "products", "dealers", "locations", "materials", "recipes", "resources", "capacity", "resource_use", "contracts", "deals", "budget", "purchase_plan",
    "calendar",
)  # fmt: skip
"""Tables that were known from the beginning, as far as the meeting reads them."""


def publish(home: Home, number: int, known: Path, until: date) -> None:
    """Make a version of what was known on a day, from the file of a later version, and serve it. Only what the meeting reads is in it."""
    home.warehouse.mkdir(parents=True, exist_ok=True)
    path = str(known).replace("'", "''")
    with duckdb.connect(str(versions.file_of(home, number))) as con:
        layers.make_input_tables(con, catalogue())
        con.execute(f"attach '{path}' as later (read_only)")
        for table in STANDING:
            con.execute(f"insert into main.{table} by name select * from later.main.{table}")
        for table, (day, back) in HAPPENED.items():
            span = {"first": until - timedelta(back), "until": until}
            con.execute(f"insert into main.{table} by name select * from later.main.{table} where {day} between $first and $until", span)
        con.execute("insert into main.production_plan by name select * from later.main.production_plan where version <= $cycle", {"cycle": f"{until:%Y-%m}"})
        con.execute("detach later")
        layers.make_layers(con)
    described: dict[str, Any] = {"base": number - 1 or None, "sources": [], "next_source_id": 1, "schema": build.schema_hash(), "version": number}
    versions.write_whole(home.warehouse / f"{number}.json", json.dumps(described))
    versions.write_whole(home.warehouse / "CURRENT", f"{number}\n")
