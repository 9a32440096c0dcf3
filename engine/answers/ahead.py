"""The demand that the forecasts see after a day, item by item and month by month, at cost."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers.flows import ITEM
from engine.answers.grids import Numbers, known_costs
from engine.answers.periods import Period, end_of, first_of, following
from engine.answers.picking import Pick
from engine.answers.source import Source
from engine.kpis import AHEAD, BUCKET_DAYS

RANK = {"consensus": 0, "expert": 1, "statistical": 2, "sales": 3, "marketing": 4}
"""Whose forecast counts where several exist: what was agreed comes before what one side says."""
MOST_MONTHS = 24


def demand_ahead(source: Source, periods: Sequence[Period], pick: Pick, demand: pl.DataFrame, sold_anywhere: Callable[[], pl.DataFrame]) -> pl.DataFrame | None:
    """Demand after the end of each period: window_no, item_no, ahead_01…, bucket_days_01…, forecast_items; None without any forecast.

    demand: window_no, item_no, demand_qty, unit_cost: what was sold in the window, for the items and months that no forecast knows.
    sold_anywhere: window_no, item_no, sold_qty of all items: the weights by which a line's forecast is shared out.
    """
    if "forecasts" not in source.days:
        return None
    first, last = min(period.end for period in periods), max(period.end for period in periods)
    made = source.read("forecasts_until", as_of=last, from_month=first_of(first))
    if made.is_empty():
        return None
    book = Book(source, made, pick.items)
    sold, anywhere = _Sold(source, demand, "demand_qty"), _Sold(source, sold_anywhere(), "sold_qty") if book.has_lines else None
    costs = known_costs(source, [period.end for period in periods])
    frames = [_of_period(book, number, period, sold, anywhere, costs[:, number]) for number, period in enumerate(periods)]
    found = [frame for frame in frames if frame is not None]
    return pl.concat(found, how="diagonal") if found else None


class _Sold:
    """What was sold by window and item, read as rows of numbers."""

    def __init__(self, source: Source, frame: pl.DataFrame, qty: str) -> None:
        self.items = source.items.height + 1
        self._window = frame["window_no"].cast(pl.Int64).to_numpy()
        self._item = frame[ITEM].cast(pl.Int64).fill_null(self.items - 1).to_numpy()
        self._qty = frame[qty].cast(pl.Float64).fill_null(0.0).to_numpy()
        self._cost = frame["unit_cost"].cast(pl.Float64).fill_null(np.nan).to_numpy() if "unit_cost" in frame.columns else np.zeros(0)

    def of(self, window: int) -> tuple[npt.NDArray[np.bool_], Numbers, Numbers]:
        """Of one window by item: whether it has a row, its quantity, the unit cost of its first row (not a number without one)."""
        mine = np.flatnonzero(self._window == window)
        item, there, cost = self._item[mine], np.zeros(self.items, dtype=bool), np.full(self.items, np.nan)
        there[item] = True
        if self._cost.size:
            cost[item[::-1]] = self._cost[mine[::-1]]
        return there, np.bincount(item, weights=self._qty[mine], minlength=self.items).astype(float), cost


class Book:
    """All forecasts as rows of numbers, from the one that counts least to the one that counts most: by rank of its source, then the newest."""

    def __init__(self, source: Source, made: pl.DataFrame, items: list[str] | None) -> None:
        rank = pl.col("source").replace_strict(RANK, default=len(RANK), return_dtype=pl.Int32).alias("_rank")
        rows = made.with_columns(rank).sort("_rank", "made_on", descending=[False, True], maintain_order=True).reverse()
        self.months: list[date] = rows["month"].unique().sort().to_list()
        self.items = source.items.height + 1
        self.has_lines = rows["sku"].null_count() > 0
        self._made_on: npt.NDArray[np.int64] = np.add(rows["made_on"].to_physical().to_numpy(), date(1970, 1, 1).toordinal())
        self._month: npt.NDArray[np.int64] = rows["month"].replace_strict(self.months, list(range(len(self.months))), return_dtype=pl.Int64).to_numpy()
        self._item = source.numbers_of(rows["sku"]).cast(pl.Int64).fill_null(self.items - 1).to_numpy()
        self._qty = rows["qty"].cast(pl.Float64).fill_null(np.nan).to_numpy()
        self._is_own = rows["sku"].is_not_null().to_numpy()
        self._asked = np.ones(self.items, dtype=bool)
        if items is not None:
            self._asked[:-1] = source.items["item_id"].is_in(items).to_numpy()
        lines = pl.Enum(rows["line_id"].drop_nulls().unique().sort())
        self.lines = len(lines.categories)
        self._line = rows["line_id"].cast(lines).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
        listed = source.items["line_id"].cast(lines, strict=False).to_physical().cast(pl.Int64).fill_null(-1)
        is_listed = (source.items["item_kind"] == "product") & source.items["withdrawn_on"].is_null()
        self._line_of = np.append(np.where(is_listed.fill_null(False).to_numpy(), listed.to_numpy(), -1), -1)

    def on(self, end: date, sold: Numbers | None) -> Numbers:
        """The forecasts in force on a day for the months from its own on, by item and month; not a number where there is none.

        A line's forecast is shared out by what its items sold (`sold`), evenly where none did. Where a line has items with a forecast of
        their own in a month, those stand and the line's is left out.
        """
        begun = np.array([month >= first_of(end) for month in self.months], dtype=bool)
        known = np.less_equal(self._made_on, end.toordinal()) & begun[self._month]
        own, of_lines = np.flatnonzero(known & self._is_own), np.flatnonzero(known & ~self._is_own & (self._line >= 0))
        grid = np.full((self.items, len(self.months)), np.nan)
        grid[self._item[own], self._month[own]] = self._qty[own]  # of several the last one stays: the one that counts most
        if sold is not None and of_lines.size:
            grid = np.where(np.isnan(grid), self._shared_out(of_lines, grid, sold), grid)
        grid[~self._asked] = np.nan
        return grid

    def _shared_out(self, rows: npt.NDArray[np.int64], own: Numbers, sold: Numbers) -> Numbers:
        """The forecasts of lines by item and month."""
        whole = np.full((self.lines + 1, len(self.months)), np.nan)
        whole[self._line[rows], self._month[rows]] = self._qty[rows]
        item, month = np.nonzero(~np.isnan(own))
        detailed = np.zeros(whole.shape, dtype=bool)
        detailed[self._line_of[item], month] = True
        whole[detailed] = np.nan
        whole[-1] = np.nan  # items of no line
        selling = np.where(self._line_of >= 0, np.clip(sold, 0.0, None), 0.0)
        total = np.bincount(self._line_of + 1, weights=selling, minlength=self.lines + 1)[1:]
        count = np.bincount(self._line_of + 1, minlength=self.lines + 1)[1:]
        mine, has = np.maximum(self._line_of, 0), self._line_of >= 0
        if not total.size:
            return np.full(own.shape, np.nan)
        weight = np.where(total[mine] > 0, selling / np.where(total[mine] > 0, total[mine], 1.0), 1.0 / np.maximum(count[mine], 1))
        return np.asarray(whole[self._line_of] * np.where(has, weight, np.nan)[:, None])


def _of_period(book: Book, number: int, period: Period, sold: _Sold, anywhere: _Sold | None, costs: Numbers) -> pl.DataFrame | None:
    """One column a month ahead: the forecast at cost, or before an item's first forecast month (or without any) its mean sales."""
    grid = book.on(period.end, None if anywhere is None else anywhere.of(number)[1])
    known = ~np.isnan(grid)
    has_forecast: npt.NDArray[np.bool_] = np.asarray(known.any(axis=1))
    if not has_forecast.any():
        return None
    months = _months_ahead(period.end, book.months[int(np.flatnonzero(known.any(axis=0)).max())])
    if not months:
        return None
    ordinals = np.array([month.toordinal() for month in book.months])
    since = np.where(has_forecast, ordinals[known.argmax(axis=1)], date.max.toordinal())
    places = {month: place for place, month in enumerate(book.months)}
    there, qty, unit_cost = sold.of(number)
    rows = np.flatnonzero(there | known[:, [places[month] for month in months if month in places]].any(axis=1))
    cost = np.where(np.isnan(costs), unit_cost, costs)[rows]
    mean = qty[rows] / float(period.demand.days)
    columns: dict[str, pl.Series] = {}
    for place, month in enumerate(months, start=1):
        length = float((end_of(month) - max(period.end, _day_before(month))).days)
        forecast = grid[rows, places[month]] if month in places else np.full(rows.size, np.nan)
        expected = np.where(since[rows] > month.toordinal(), mean * length, 0.0)
        ahead = np.where(np.isnan(forecast), expected, forecast * (length / end_of(month).day)) * cost
        columns[f"{AHEAD}{place:02}"] = pl.Series(ahead).fill_nan(None)
        columns[f"{BUCKET_DAYS}{place:02}"] = pl.Series(np.full(rows.size, length))
    numbers = pl.Series(np.where(rows < book.items - 1, rows, -1)).replace(-1, None).cast(pl.UInt32)
    head = {"window_no": pl.Series(np.full(rows.size, number, dtype=np.int32)), ITEM: numbers}
    return pl.DataFrame({**head, "forecast_items": pl.Series(has_forecast[rows].astype(float)), **columns})


def _months_ahead(end: date, last: date) -> list[date]:
    """The months after a day, the rest of its own among them, up to the last one that is forecast."""
    month = first_of(end) if end < end_of(end) else following(first_of(end))
    months: list[date] = []
    while month <= last and len(months) < MOST_MONTHS:
        months.append(month)
        month = following(month)
    return months


def _day_before(month: date) -> date:
    return date.fromordinal(month.toordinal() - 1)
