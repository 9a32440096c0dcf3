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
    """Rows by item and month (or block of days) as one grid for each value. months: ascending; frame: the rows, `row` their places in the grid."""

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
    """Sales of one choice of rows, for several sets of windows of equal length (one window a period).

    at_places: whether `at_places` will be asked as well; the choice then names no dealers and areas.
    """

    def __init__(self, source: Source, pick: Pick, sets: Sequence[Sequence[Window]], at_places: bool = False) -> None:
        self._source, self._sets, self._by_place = source, [tuple(windows) for windows in sets], at_places
        self.items = source.items.height + 1
        windows = list(dict.fromkeys(window for windows in self._sets for window in windows))
        whole = {window: frozenset(window.whole_months()) for window in windows}
        months = sorted(frozenset[date]().union(*whole.values()))
        blocks = _blocks(windows)
        self._cubes = [cube for cube in (self._month_cube(pick, months), self._day_cube(pick, list(blocks.values()))) if cube is not None]
        inside = [[[month in whole[window] for window in each] for month in months] for each in self._sets]
        within = [[[window in block for window in each] for block in blocks] for each in self._sets]
        sides = [side for side, is_there in ((inside, bool(months)), (within, bool(blocks))) if is_there]
        self._members = [[np.array(side[number], dtype=float) for side in sides] for number in range(len(self._sets))]

    def _month_cube(self, pick: Pick, months: Sequence[date]) -> Cube | None:
        if not months:
            return None
        found = flows.sales_of_months(self._source, pick, (ITEM,), months)
        return cube_of(self._source, found, months, self._source.numbers_of(found["sku"]))

    def _day_cube(self, pick: Pick, blocks: Sequence[Sequence[date]]) -> Cube | None:
        """The sales of the days outside of whole months, as if each block of days were a month."""
        days = [(number, day) for number, block in enumerate(blocks) for day in block]
        found = flows.sales_of_numbered(self._source, days, pick, (ITEM,), self._by_place)
        if found is None:
            return None
        items = self._source.numbers_of(found["sku"]).cast(pl.Int64).fill_null(self.items - 1).to_numpy()
        return Cube([block[0] for block in blocks], items * len(blocks) + found["window_no"].to_numpy(), found, self.items)

    def total(self, name: str, windows: Sequence[Window]) -> Numbers:
        """A value by item and window, for one of the sets of windows."""
        number = self._sets.index(tuple(windows))
        sums = np.zeros((self.items, len(self._sets[number])))
        for cube, members in zip(self._cubes, self._members[number], strict=True):
            sums = sums + cube.of(name) @ members
        return np.asarray(sums, dtype=float)

    def at_places(self, windows: Sequence[Window], places: pl.Enum) -> tuple[npt.NDArray[np.int64], Numbers]:
        """What was sold of items at places: (the positions that sold anything, ascending, as item × number of places + place; quantity by
        position and window, for one of the sets of windows)."""
        number = self._sets.index(tuple(windows))
        placed = [_placed(cube, places) for cube in self._cubes]
        seen = np.zeros(self.items * max(len(places.categories), 1), dtype=bool)
        for position, _, _ in placed:
            seen[position] = True
        positions, index = np.flatnonzero(seen), np.cumsum(seen) - 1
        sums = np.zeros((positions.size, len(self._sets[number])))
        for cube, (position, column, qty), members in zip(self._cubes, placed, self._members[number], strict=True):
            wide = len(cube.months)
            cells = np.bincount(index[position] * wide + column, weights=qty, minlength=positions.size * wide)
            sums = sums + cells.astype(float).reshape(-1, wide) @ members
        return positions, sums

    def over_items(self, name: str, windows: Sequence[Window]) -> int:
        """A count over all items and windows of a set."""
        number = self._sets.index(tuple(windows))
        return round(sum(float((cube.of(name).sum(axis=0) @ members).sum()) for cube, members in zip(self._cubes, self._members[number], strict=True)))


def _blocks(windows: Sequence[Window]) -> dict[frozenset[Window], list[date]]:
    """The days of windows outside of their whole months, parted into those that belong to the same windows."""
    of_day: dict[date, set[Window]] = {}
    for window in windows:
        for day in window.single_days():
            of_day.setdefault(day, set()).add(window)
    blocks: dict[frozenset[Window], list[date]] = {}
    for day in sorted(of_day):
        blocks.setdefault(frozenset(of_day[day]), []).append(day)
    return blocks


class StockGrid:
    """Stock of one choice of rows at the ends of periods, and its sums over the balances of a year."""

    VALUES = ("stock_qty", "stock_value", "positive_value")

    def __init__(self, source: Source, pick: Pick, ends: Sequence[Sequence[date]]) -> None:
        self._source, self.items = source, source.items.height + 1
        carried = {day: flows.carried(source, day) for days in ends for day in days if day == end_of(day)}
        months = sorted({month for month in carried.values() if month is not None})
        self._carried, self._months = carried, months
        self._cube = self._month_cube(pick, months) if months else None
        self._frames: dict[date, tuple[npt.NDArray[np.int64], pl.DataFrame]] = {}
        self._others = {day: self._on(pick, day) for day in {day for days in ends for day in days if day not in carried}}

    def _month_cube(self, pick: Pick, months: Sequence[date]) -> Cube:
        found = _with_positive(flows.stock_of_months(self._source, months, pick, False))
        return cube_of(self._source, found, months, found[ITEM])

    def at_places(self, positions: npt.NDArray[np.int64], ends: Sequence[date], places: pl.Enum) -> Numbers:
        """The quantity at positions (as `SalesGrid.at_places` names them) on the last day of each period; 0 where nothing is known."""
        many = max(len(places.categories), 1)
        index = np.full(self.items * many, -1, dtype=np.int64)
        index[positions] = np.arange(positions.size)
        sums = np.zeros((positions.size, len(ends)))
        if self._cube is not None and positions.size:
            months = len(self._months)
            code, column, qty = _placed(self._cube, places)
            mine = index[code] >= 0
            cells = np.bincount(index[code[mine]] * months + column[mine], weights=qty[mine], minlength=positions.size * months).astype(float)
            held = {month: cells.reshape(-1, months)[:, place] for place, month in enumerate(self._months)}
            for number, day in enumerate(ends):
                month = self._carried.get(day)
                if month is not None:
                    sums[:, number] = held[month]
        for number, day in enumerate(ends):
            if day in self._others and day in self._frames:
                item, found = self._frames[day]
                place = _place_numbers(found["location_id"], places)
                at = np.where(place >= 0, index[item * many + place], -1)
                sums[:, number] = np.bincount(at[at >= 0], weights=_filled(found["stock_qty"])[at >= 0], minlength=positions.size)
        return sums

    def _on(self, pick: Pick, day: date) -> dict[str, Numbers]:
        """The stock on a day that is no month's end, by item."""
        first = self._source.counts["counted_on"].min()
        if not isinstance(first, date) or day < first:
            return dict.fromkeys((*self.VALUES, "rows"), np.zeros(self.items))
        found = _with_positive(flows.stock_at(self._source, day, pick, True))
        at = self._source.numbers_of(found["item_id"]).cast(pl.Int64).fill_null(self.items - 1).to_numpy()
        self._frames[day] = (at, found)
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


def _place_numbers(codes: pl.Series, places: pl.Enum) -> npt.NDArray[np.int64]:
    """The number of each place; -1 for one that is not among them."""
    return codes.cast(pl.String).cast(places, strict=False).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()


def _filled(column: pl.Series) -> Numbers:
    return column.cast(pl.Float64).fill_null(0.0).to_numpy()


def _placed(cube: Cube, places: pl.Enum) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Numbers]:
    """Of the rows of a cube that lie at one of the places: position, number of the month, quantity (sold or in stock)."""
    place = _place_numbers(cube.frame["location_id"], places)
    mine = place >= 0
    item, month = np.divmod(cube.row[mine], len(cube.months))
    qty = _filled(cube.frame["qty" if "qty" in cube.frame.columns else "stock_qty"])
    return item * max(len(places.categories), 1) + place[mine], month, qty[mine]


def _with_positive(found: pl.DataFrame) -> pl.DataFrame:
    """With the value of the positions in which something lies: only that can be unsold."""
    return found.with_columns(pl.when(pl.col("stock_qty") > 0).then(pl.col("stock_value")).otherwise(0.0).alias("positive_value"))


def unit_costs(source: Source, ends: Sequence[date]) -> Numbers:
    """`known_costs`; 0 where unknown."""
    return np.nan_to_num(known_costs(source, ends), nan=0.0)


def known_costs(source: Source, ends: Sequence[date]) -> Numbers:
    """The cost of one unit by item and day: the newest cost of our stock until then, else that of the master data; not a number where unknown."""
    items = np.arange(source.items.height + 1, dtype=np.int64)
    listed = np.append(source.items["unit_cost"].cast(pl.Float64).fill_null(np.nan).to_numpy(), np.nan)
    changes, costs = source.cost_changes
    columns: list[Any] = []
    for end in ends:
        if not changes.size:
            columns.append(listed)
            continue
        place = np.searchsorted(changes, items * DAYS_APART + end.toordinal(), side="right") - 1
        columns.append(np.where((place >= 0) & (changes[place] // DAYS_APART == items), costs[place], listed))
    return np.column_stack(columns) if columns else np.zeros((items.size, 0))
