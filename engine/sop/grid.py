"""Families by months: the shape in which the plans of the meeting are reckoned, and its way from frames and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.float64]
"""Families × months (or one family: months). Not a number stands for unknown; in frames that is null."""


@dataclass(frozen=True)
class Axes:
    """The rows and columns of the grids. months: first days, consecutive, ascending."""

    families: tuple[str, ...]
    months: tuple[date, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """(number of families, number of months)."""
        return len(self.families), len(self.months)

    @property
    def rows(self) -> dict[str, int]:
        """Family -> its row."""
        return {family: row for row, family in enumerate(self.families)}

    @property
    def columns(self) -> dict[date, int]:
        """Month -> its column."""
        return {month: column for column, month in enumerate(self.months)}


def grid(frame: pl.DataFrame, axes: Axes, column: str, absent: float = 0.0) -> Numbers:
    """Families × months of a column of a frame (family, month, …): rows of one cell are added up, cells without a known value are `absent`.

    Rows of other families and months are left out; `outside` gives them.
    """
    filled = np.full(axes.shape, absent)
    cells = frame.filter(pl.col(column).is_not_null()).group_by("family", "month").agg(pl.col(column).cast(pl.Float64).sum())
    rows, columns = axes.rows, axes.columns
    for family, month, value in cells.select("family", "month", column).iter_rows():
        if family in rows and month in columns:
            filled[rows[family], columns[month]] = value
    return filled


def outside(frame: pl.DataFrame, axes: Axes) -> pl.DataFrame:
    """The rows of a frame (family, month, …) that have no cell: another family, another month, or none."""
    inside = pl.col("family").is_in(list(axes.families)) & pl.col("month").is_in(list(axes.months))
    return frame.filter(~inside.fill_null(False))


def tall(axes: Axes, **columns: Numbers) -> pl.DataFrame:
    """family, month and one column for each grid; not a number becomes null."""
    families, months = axes.shape
    head = {
        "family": pl.Series(np.repeat(np.arange(families), months)).replace_strict(dict(enumerate(axes.families)), default=None, return_dtype=pl.String),
        "month": pl.Series([month for _ in axes.families for month in axes.months], dtype=pl.Date),
    }
    body = {name: pl.Series(np.broadcast_to(values, axes.shape).ravel().astype(float)).fill_nan(None) for name, values in columns.items()}
    return pl.DataFrame({**head, **body})


def months_between(earlier: date, later: date) -> int:
    """How many months lie between the months of two days; below zero where the first is the later one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def months_from(first: date, count: int) -> tuple[date, ...]:
    """First days of so many consecutive months."""
    start = first.year * 12 + first.month - 1
    return tuple(date((start + step) // 12, (start + step) % 12 + 1, 1) for step in range(count))


def running(values: Numbers) -> Numbers:
    """Sum from the first month up to each month."""
    return np.asarray(np.cumsum(values, axis=-1))


def per_family(values: Sequence[float] | Numbers | float, families: int) -> Numbers:
    """One number a family, also where one holds for all."""
    return np.array(np.broadcast_to(np.asarray(values, dtype=float), (families,)))
