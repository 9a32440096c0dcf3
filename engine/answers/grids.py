"""Facts by item and period as whole grids of numbers (items × periods): for everything that is not told apart by dealer or place.

The month marts are read once for all windows; every window is then a column of one product of matrices. So ten thousand items over
two years cost about as much as one month of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers import flows
from engine.answers.flows import ITEM
from engine.answers.periods import Window, end_of
from engine.answers.picking import Pick
from engine.answers.source import DAYS_APART, Source

Numbers = npt.NDArray[np.float64]


@dataclass
class Cube:
    """Rows by item and month as one grid for each value. months: ascending; counts: how many rows lie behind each cell."""

    months: Sequence[date]
    row: npt.NDArray[np.int64]
    frame: pl.DataFrame
    items: int
    kept: dict[str, Numbers] = field(default_factory=dict)

    def of(self, name: str) -> Numbers:
        """A value by item and month; `rows` counts."""
        if name not in self.kept:
            weights = None if name == "rows" else self.frame[name].cast(pl.Float64).fill_null(0.0).to_numpy()
            cells = np.bincount(self.row, weights=weights, minlength=self.items * len(self.months))
            self.kept[name] = cells.astype(float).reshape(self.items, len(self.months))
        return self.kept[name]


def cube_of(source: Source, found: pl.DataFrame, months: Sequence[date], items: pl.Series) -> Cube:
    """found: month and values, one or more rows an item and month; items: their numbers, null = unknown to the master data."""
    places = {month: place for place, month in enumerate(months)}
    column = found["month"].replace_strict(places, default=None, return_dtype=pl.Int64)
    wanted = column.is_not_null()
    if not wanted.all():
        found, column, items = found.filter(wanted), column.filter(wanted), items.filter(wanted)
    size = source.items.height + 1
    row = items.cast(pl.Int64).fill_null(size - 1).to_numpy() * len(months) + column.to_numpy()
    return Cube(months, row, found, size)


class SalesGrid:
    """Sales of one choice of rows, for several sets of windows of equal length (one window a period)."""

    def __init__(self, source: Source, pick: Pick, sets: Sequence[Sequence[Window]]) -> None:
        self._source, self._sets = source, [tuple(windows) for windows in sets]
        self.items = source.items.height + 1
        everything = [window for windows in self._sets for window in windows]
        whole = {window: window.whole_months() for window in set(everything)}
        months = sorted({month for named in whole.values() for month in named})
        self._members = [np.array([[float(month in named) for named in map(whole.__getitem__, windows)] for month in months]) for windows in self._sets]
        self._cube = self._month_cube(pick, months) if months else None
        self._days, self._at = self._single_days(pick, everything)
        self._cells: dict[str, Numbers] = {}

    def _month_cube(self, pick: Pick, months: Sequence[date]) -> Cube:
        found = flows.sales_of_months(self._source, pick, (ITEM,), months)
        return cube_of(self._source, found, months, self._source.numbers_of(found["sku"]))

    def _single_days(self, pick: Pick, windows: Sequence[Window]) -> tuple[pl.DataFrame | None, npt.NDArray[np.int64]]:
        found = flows.sales_of_days(self._source, windows, pick, (ITEM,))
        if found is None:
            return None, np.zeros(0, dtype=np.int64)
        items = self._source.numbers_of(found["sku"]).cast(pl.Int64).fill_null(self.items - 1).to_numpy()
        return found, items * len(windows) + found["window_no"].to_numpy()

    def total(self, name: str, windows: Sequence[Window]) -> Numbers:
        """A value by item and window, for one of the sets of windows."""
        number = self._sets.index(tuple(windows))
        width = len(self._sets[number])
        sums = self._cube.of(name) @ self._members[number] if self._cube is not None else np.zeros((self.items, width))
        if self._days is not None:
            first = sum(len(each) for each in self._sets[:number])
            sums = sums + self._in_single_days(self._days, name)[:, first : first + width]
        return np.asarray(sums, dtype=float)

    def over_items(self, name: str, windows: Sequence[Window]) -> int:
        """A count over all items and windows of a set."""
        number = self._sets.index(tuple(windows))
        whole = float((self._cube.of(name).sum(axis=0) @ self._members[number]).sum()) if self._cube is not None else 0.0
        if self._days is None:
            return round(whole)
        first = sum(len(each) for each in self._sets[:number])
        mine = self._days.filter(pl.col("window_no").is_between(first, first + len(self._sets[number]) - 1))
        return round(whole + float(mine[name].sum() or 0))

    def _in_single_days(self, days: pl.DataFrame, name: str) -> Numbers:
        """A value of the days outside of whole months, by item and window of every set."""
        if name not in self._cells:
            every = sum(len(each) for each in self._sets)
            weights = days[name].cast(pl.Float64).fill_null(0.0).to_numpy()
            self._cells[name] = np.bincount(self._at, weights=weights, minlength=self.items * every).astype(float).reshape(self.items, every)
        return self._cells[name]


class StockGrid:
    """Stock of one choice of rows at the ends of periods, and its sums over the balances of a year."""

    VALUES = ("stock_qty", "stock_value", "positive_value")

    def __init__(self, source: Source, pick: Pick, ends: Sequence[Sequence[date]]) -> None:
        self._source, self.items = source, source.items.height + 1
        carried = {day: flows.carried(source, day) for days in ends for day in days if day == end_of(day)}
        months = sorted({month for month in carried.values() if month is not None})
        self._carried, self._months = carried, months
        self._cube = self._month_cube(pick, months) if months else None
        self._others = {day: self._on(pick, day) for day in {day for days in ends for day in days if day not in carried}}

    def _month_cube(self, pick: Pick, months: Sequence[date]) -> Cube:
        found = _with_positive(flows.stock_of_months(self._source, months, pick, False))
        return cube_of(self._source, found, months, found[ITEM])

    def _on(self, pick: Pick, day: date) -> dict[str, Numbers]:
        """The stock on a day that is no month's end, by item."""
        first = self._source.counts["counted_on"].min()
        if not isinstance(first, date) or day < first:
            return dict.fromkeys((*self.VALUES, "rows"), np.zeros(self.items))
        found = _with_positive(flows.stock_at(self._source, day, pick, True))
        at = self._source.numbers_of(found["item_id"]).cast(pl.Int64).fill_null(self.items - 1).to_numpy()
        cells = {name: np.bincount(at, weights=found[name].cast(pl.Float64).fill_null(0.0).to_numpy(), minlength=self.items) for name in self.VALUES}
        return cells | {"rows": np.bincount(at, minlength=self.items).astype(float)}

    def total(self, name: str, ends: Sequence[Sequence[date]]) -> Numbers:
        """A value (or `rows`) by item and period: the sum over the days of each period."""
        sums = np.zeros((self.items, len(ends)))
        if self._cube is not None:
            places = {month: place for place, month in enumerate(self._months)}
            members = np.zeros((len(self._months), len(ends)))
            for number, days in enumerate(ends):
                for day in days:
                    month = self._carried.get(day)
                    if month is not None:
                        members[places[month], number] += 1
            sums += self._cube.of(name) @ members
        for number, days in enumerate(ends):
            for day in days:
                if day in self._others:
                    sums[:, number] += self._others[day][name]
        return sums


def _with_positive(found: pl.DataFrame) -> pl.DataFrame:
    """With the value of the positions in which something lies: only that can be unsold."""
    return found.with_columns(pl.when(pl.col("stock_qty") > 0).then(pl.col("stock_value")).otherwise(0.0).alias("positive_value"))


def unit_costs(source: Source, ends: Sequence[date]) -> Numbers:
    """The cost of one unit by item and day: the newest cost of our stock until then, else that of the master data; 0 where unknown."""
    items = np.arange(source.items.height + 1, dtype=np.int64)
    listed = np.append(source.items["unit_cost"].cast(pl.Float64).fill_null(0.0).to_numpy(), 0.0)
    changes, costs = source.cost_changes
    columns: list[Any] = []
    for end in ends:
        if not changes.size:
            columns.append(listed)
            continue
        place = np.searchsorted(changes, items * DAYS_APART + end.toordinal(), side="right") - 1
        columns.append(np.where((place >= 0) & (changes[place] // DAYS_APART == items), costs[place], listed))
    return np.column_stack(columns) if columns else np.zeros((items.size, 0))
