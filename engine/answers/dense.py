"""Facts by item and period, reckoned in whole grids (items × periods): no frame is grouped, joined or sorted on the way."""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from engine import inventory
from engine.answers.ahead import demand_ahead
from engine.answers.flows import ITEM
from engine.answers.frames import counted_places
from engine.answers.gathering import BALANCES, EVERYBODY, FLOWS, POSITIONS, STOCK, YEAR, Gathering
from engine.answers.grids import Numbers, SalesGrid, StockGrid, unit_costs
from engine.answers.joining import PERIOD, Shared, constant, keyed
from engine.answers.periods import Window
from engine.answers.picking import Pick
from engine.kpis import BUCKET_DAYS

ROWS = "lines"


class Dense:
    """The grids of one gathering, found so far: input -> items × periods, not a number where there is no row."""

    def __init__(self, work: Gathering, beside: Executor) -> None:
        self.work, self.columns = work, dict[str, Numbers]()
        self.items, self.width = work.source.items.height + 1, len(work.periods)
        self.present = np.zeros((self.items, self.width), dtype=bool)
        self._sales: dict[str, SalesGrid] = {}
        # The stock is read while the sales are: the database works outside of Python's lock.
        self._stock: Future[StockGrid] | None = beside.submit(copy_context().run, self._stocked) if work.needs(*STOCK, *BALANCES, *POSITIONS) else None

    @property
    def flows(self) -> list[Window]:
        return [period.flows for period in self.work.periods]

    @property
    def demand(self) -> list[Window]:
        return [period.demand for period in self.work.periods]

    @property
    def year(self) -> list[Window]:
        return [period.year for period in self.work.periods]

    @property
    def ends(self) -> list[list[date]]:
        return [[period.end] for period in self.work.periods]

    def sales(self, pick: Pick) -> SalesGrid:
        """The sales of a choice of rows, read once for every set of windows that is needed."""
        name = repr((pick.items, pick.dealers if pick.by_dealer else None, pick.shipped_from, pick.areas))
        if name not in self._sales:
            work = self.work
            mine = name == repr((work.pick.items, work.pick.dealers if work.pick.by_dealer else None, work.pick.shipped_from, work.pick.areas))
            sets = [self.flows] if mine and work.needs(*FLOWS) else []
            sets += [self.demand] if work.needs("demand_qty", "demand_value", "forecast_items", "unsold_value", *POSITIONS) else []
            sets += [self.year] if mine and work.needs(*YEAR) else []
            nobody = not pick.by_dealer and pick.areas is None
            source = work.source.whole if pick is EVERYBODY else work.source
            self._sales[name] = SalesGrid(source, pick, sets, nobody and work.needs(*POSITIONS) and "placed_sales" in work.source.days)
        return self._sales[name]

    @property
    def stock(self) -> StockGrid:
        """The stock at the ends of the periods and, where balances are asked for, of the months before."""
        if self._stock is None:
            self._stock = Future()
            self._stock.set_result(self._stocked())
        return self._stock.result()

    def _stocked(self) -> StockGrid:
        balances = [period.balance_ends for period in self.work.periods] if self.work.needs(*BALANCES) else []
        return StockGrid(self.work.source, self.work.pick, [*self.ends, *balances])

    def keep(self, rows: npt.NDArray[np.bool_], **columns: Numbers) -> None:
        """Keep columns of which the marked cells have rows."""
        self.present |= rows
        for name, values in columns.items():
            self.columns[name] = np.where(rows, values, np.nan)

    def keep_frame(self, frame: pl.DataFrame) -> None:
        """Keep a frame of facts (period or window_no, item_no, columns), added up by item and period."""
        period = frame[PERIOD if PERIOD in frame.columns else "window_no"].cast(pl.Int64).to_numpy()
        at = frame[ITEM].cast(pl.Int64).fill_null(self.items - 1).to_numpy() * self.width + period
        self.present.reshape(-1)[at] = True
        for name in frame.columns:
            if name not in (PERIOD, "window_no", ITEM):
                self.columns[name] = _laid_out(frame[name], at, self.items * self.width).reshape(self.items, self.width)


def gathered(work: Gathering, shared: Shared) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The facts, ordered by item and period, and the keys of which no two rows are alike; without keys one row a period."""
    with ThreadPoolExecutor(1) as beside:
        found = Dense(work, beside)
        if work.periods:
            _flows(found)
            _demand(found)
            _year(found)
            _stock(found)
            _positions(found)
    of_items = bool(work.keys)
    grain = (*(("sku",) if of_items else ()), *(("month",) if shared.by_month else ())) if of_items else ()
    return keyed(constant(_framed(found, shared, of_items), shared), shared), grain


def _flows(found: Dense) -> None:
    if found.work.needs(*FLOWS):
        sales = found.sales(found.work.pick)
        found.work.estimated_lines = sales.over_items("lines_without_cost", found.flows)
        found.keep(sales.total(ROWS, found.flows) > 0, **{name: sales.total(name, found.flows) for name in FLOWS if name in found.work.needed})


def _demand(found: Dense) -> None:
    """What was sold in the window at the newest cost of our stock; and what forecasts see ahead."""
    work = found.work
    if not work.needs("demand_qty", "demand_value", "forecast_items"):
        return
    sales = found.sales(work.pick)
    qty, costs = sales.total("qty", found.demand), unit_costs(work.source, [period.end for period in work.periods])
    rows = sales.total(ROWS, found.demand) > 0
    found.keep(rows, demand_qty=qty, demand_value=qty * costs)
    if work.needs("forecast_items") and work.pick.places is None and "forecasts" in work.source.days:
        ahead = demand_ahead(work.source, work.periods, work.pick, _as_frame(found, rows, demand_qty=qty, unit_cost=costs), lambda: _sold_anywhere(found))
        if ahead is not None:
            found.keep_frame(ahead)


def _sold_anywhere(found: Dense) -> pl.DataFrame:
    sales = found.sales(EVERYBODY)
    return _as_frame(found, sales.total(ROWS, found.demand) > 0, sold_qty=sales.total("qty", found.demand))


def _as_frame(found: Dense, rows: npt.NDArray[np.bool_], **columns: Numbers) -> pl.DataFrame:
    item, window = np.nonzero(rows)
    numbers = pl.Series(np.where(item < found.items - 1, item, -1)).replace(-1, None).cast(pl.UInt32)
    return pl.DataFrame({"window_no": window.astype(np.int32), ITEM: numbers, **{name: values[item, window] for name, values in columns.items()}})


def _year(found: Dense) -> None:
    if found.work.needs(*YEAR):
        sales = found.sales(found.work.pick)
        values = {name: sales.total(name.removeprefix("year_"), found.year) for name in YEAR[:2] if name in found.work.needed}
        found.keep(sales.total(ROWS, found.year) > 0, **values)


def _stock(found: Dense) -> None:
    """Stock on the last day of each period, what of it did not sell, and the sum of the balances of the year."""
    work = found.work
    if work.needs(*BALANCES):
        ends = [period.balance_ends for period in work.periods]
        found.keep(found.stock.total("rows", ends) > 0, balances_value=found.stock.total("stock_value", ends))
    if not work.needs(*STOCK, "unsold_value", "forecast_items"):
        return
    rows = found.stock.total("rows", found.ends) > 0
    values = {name: found.stock.total(name, found.ends) for name in STOCK if name in work.needed}
    if work.needs("unsold_value"):
        # Only positions in which something lies can be unsold, so an item's are taken together by their positive value.
        positive = found.stock.total("positive_value", found.ends)
        sold = found.sales(EVERYBODY).total("qty", found.demand)
        values["unsold_value"] = np.where(inventory.is_unsold(np.where(positive != 0, 1.0, 0.0), sold), positive, 0.0)
    found.keep(rows, **values)


def _positions(found: Dense) -> None:
    work = found.work
    if not work.needs(*POSITIONS):
        return
    anywhere = Pick(work.pick.kind, work.pick.items, None, None, work.pick.shipped_from, True)
    if "placed_sales" in work.source.days:
        _at_places(found, anywhere)
        return
    wanted = inventory.has_demand(found.sales(anywhere).total("qty", found.demand))
    is_out = found.stock.total("stock_qty", found.ends) <= 0
    found.keep(wanted, positions=np.ones(wanted.shape), positions_out=is_out.astype(float))


def _at_places(found: Dense, anywhere: Pick) -> None:
    """Item × own place that was counted until the period's end: which have demand, and which of these hold nothing."""
    counted = counted_places(found.work)
    places = pl.Enum(counted["location_id"])
    positions, sold = found.sales(anywhere).at_places(found.demand, places)
    ends = [period.end for period in found.work.periods]
    begun = np.array([[day <= end for end in ends] for day in counted["first_count"]], dtype=bool).reshape(-1, len(ends))
    item, place = np.divmod(positions, max(counted.height, 1))
    wanted = inventory.has_demand(sold) & begun[place]
    is_out = wanted & (found.stock.at_places(positions, ends, places) <= 0)
    sums = [np.zeros((found.items, found.width)) for _ in range(2)]
    for total, marked in zip(sums, (wanted, is_out), strict=True):
        for period in range(found.width):
            total[:, period] = np.bincount(item, weights=marked[:, period], minlength=found.items)
    found.keep(sums[0] > 0, positions=sums[0], positions_out=sums[1])


def _laid_out(column: pl.Series, at: npt.NDArray[np.int64], size: int) -> Numbers:
    """The sums of a column by place; not a number where no row has a value. Lengths of buckets are the same for all, so not summed."""
    known = column.is_not_null().to_numpy()
    places, values = at[known], column.cast(pl.Float64).drop_nulls().to_numpy()
    if column.name.startswith(BUCKET_DAYS):
        lengths = np.full(size, np.nan)
        lengths[places] = values
        return lengths
    sums = np.bincount(places, weights=values, minlength=size).astype(float)
    return np.where(np.bincount(places, minlength=size) == 0, np.nan, sums)


def _framed(found: Dense, shared: Shared, of_items: bool) -> pl.DataFrame:
    """The grids as one frame: a row for each item and period with something in it, or added up to the periods."""
    columns = found.columns
    if of_items:
        at = np.flatnonzero(found.present)
        item, period = np.divmod(at, max(found.width, 1))
        data: dict[str, pl.Series] = {
            PERIOD: pl.Series(period.astype(np.int32)),
            ITEM: pl.Series(np.where(item < found.items - 1, item, -1)).replace(-1, None).cast(pl.UInt32),
        }
        data |= {name: pl.Series(values.ravel() if at.size == values.size else values.ravel()[at]).fill_nan(None) for name, values in columns.items()}
    else:
        data = {PERIOD: pl.Series(np.arange(found.width, dtype=np.int32))}
        data |= {name: pl.Series(_over_items(name, values)).fill_nan(None) for name, values in columns.items()}
    empty = {name: pl.lit(None, dtype=pl.Float64) for name in shared.inputs if name not in columns}
    return pl.DataFrame(data).with_columns(**empty)


def _over_items(name: str, values: Numbers) -> Numbers:
    if name.startswith(BUCKET_DAYS):
        return np.asarray(np.fmax.reduce(values, axis=0))
    known = ~np.isnan(values)
    return np.where(known.any(axis=0), np.where(known, values, 0.0).sum(axis=0), np.nan)
