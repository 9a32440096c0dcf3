"""How long a product is new: by calendar months from the day on which it entered the catalogue, the last day excluded."""

from datetime import date

import polars as pl

from engine.assortment.windows import after

MONTHS = 6
NEW, STANDARD = "new", "standard"


def novelty_until(entered_on: date, months: int = MONTHS) -> date:
    """The first day on which it is no longer new. S06: 2025-03-01 leads to 2025-09-01, 31 August to 28 or 29 February."""
    return after(entered_on, months)


def is_new(entered_on: date | None, day: date, months: int = MONTHS) -> bool:
    """Whether a product is new on a day; a product that entered nobody knows when is not, one that has not yet entered is."""
    return entered_on is not None and day < novelty_until(entered_on, months)


def entered(catalogue_on: pl.Expr, first_sold_on: pl.Expr) -> pl.Expr:
    """When products entered: by the catalogue, else by the first sale."""
    return pl.coalesce(catalogue_on, first_sold_on)


def novelty(entered_on: pl.Expr, day: date, months: int = MONTHS) -> pl.Expr:
    """`new` or `standard` of each product, by the day on which it entered: `is_new` for a whole column."""
    return pl.when(pl.lit(day) < entered_on.dt.offset_by(f"{months}mo")).then(pl.lit(NEW)).otherwise(pl.lit(STANDARD))
