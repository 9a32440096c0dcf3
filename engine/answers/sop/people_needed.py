"""People that a plan takes: one table for the executable plan, for the headcount plan of an approval and for the papers."""

from typing import Any

import numpy as np
import polars as pl

from engine.answers.answer import Column
from engine.answers.sop.basis import Basis
from engine.messages import message
from engine.sop.scenarios import Outcome

COLUMNS = (
    Column("resource_id", message("Resource"), "code"),
    Column("resource_name", message("Name of the resource"), "text"),
    Column("month", message("Month"), "month"),
    Column("heads_qty", message("People needed"), "score"),
    Column("there_qty", message("People there"), "score"),
    Column("gap_qty", message("People lacking"), "score"),
    Column("load_share", message("Load, share"), "share"),
)


def people_needed(basis: Basis, outcome: Outcome) -> pl.DataFrame:
    """People that the load of each resource takes, month by month, beside those who are there (COLUMNS); null where nobody said how many work on it."""
    situation, resources = outcome.situation, basis.resources.frame
    names = {code: (name, workers) for code, name, workers in resources.select("resource_id", "resource_name", "workers").iter_rows()}
    rows = []
    for place, resource in enumerate(situation.resources):
        name, workers = names.get(resource, (None, None))
        there = None if workers is None else float(workers)
        for column, month in enumerate(situation.axes.months):
            needed, share = _known(outcome.projection.heads[place, column]), _known(outcome.projection.share[place, column])
            gap = None if needed is None or there is None else max(needed - there, 0.0)
            rows.append((resource, name or resource, month, needed, there, gap, share))
    schema: dict[str, Any] = {"resource_id": pl.String, "resource_name": pl.String, "month": pl.Date}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(("heads_qty", "there_qty", "gap_qty", "load_share"), pl.Float64), orient="row")


def _known(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
