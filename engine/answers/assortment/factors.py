"""The factors that marketing gave to products: logged with author, reason and the day from which they hold."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers import records
from engine.answers.source import Source
from engine.errors import BadUse
from engine.messages import message
from engine.scope import Scope
from engine.sop.decisions import day_of

KIND = "marketing_factor"
"""Subject: sphere and product, with a slash between them."""
COLUMNS: dict[str, Any] = {
    "sphere": pl.String, "sku": pl.String, "factor": pl.Float64, "reason": pl.String, "valid_from": pl.Date, "who": pl.String, "kept_on": pl.Date,
}  # fmt: skip


def subject_of(sphere: str, sku: str) -> str:
    """What the record of a position is about."""
    return f"{sphere}/{sku}"


def logged(source: Source) -> pl.DataFrame:
    """Every factor that was ever given, in the order in which they were kept (COLUMNS); a factor that was taken back is 1."""
    rows = []
    for kept in records.history(source.home, KIND):
        sphere, _, sku = kept.subject.partition("/")
        said = kept.payload or {}
        factor = 1.0 if kept.is_ended else float(said["factor"])
        rows.append((sphere, sku, factor, said.get("reason"), day_of(said.get("valid_from")) or kept.at.date(), kept.who, kept.at.date()))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def in_force(factors: pl.DataFrame, day: date | None = None) -> pl.DataFrame:
    """sphere, sku, factor of each position: the newest that held on a day; None = the newest of all, whatever day it is."""
    held = factors if day is None else factors.filter(pl.col("valid_from") <= day)
    return held.unique(["sphere", "sku"], keep="last", maintain_order=True).select("sphere", "sku", "factor")


def give(home: str, sphere: str, sku: str, factor: float, reason: str, who: Scope, version: int | None) -> records.Record:
    """Log a factor for a position from today on. Raises BadUse for a factor outside of what the settings allow, or without a reason; NotAllowed, NotKept."""
    settings = records.settings_on(home, date.today())
    least, most = float(settings["marketing_factor_least"]), float(settings["marketing_factor_most"])
    if not least <= factor <= most:
        raise BadUse(message("A factor of marketing lies between {least} and {most}; found {found}.", least=least, most=most, found=factor))
    if not reason.strip():
        raise BadUse(message("A factor of marketing needs its reason."))
    payload = {"factor": factor, "valid_from": date.today().isoformat(), **records.why(reason)}
    return records.record(home, KIND, subject_of(sphere, sku), payload, who, version)
