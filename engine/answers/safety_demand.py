"""How demand came in past months, position by position: its mean and its deviation a working day, and what the deviation is of.

Months are whole ones, each corrected for the days on which the article was not there, and made as long as the mean month. Where forecasts of an
article were made before enough of these months began, the deviation is that of their errors, else that of the demand itself.
"""

import functools
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from engine import safety_stock
from engine.answers.ahead import RANK
from engine.answers.periods import end_of, first_of, following, months_before
from engine.answers.positions_read import place_of_unplaced_sales
from engine.answers.source import Source
from engine.answers.workdays import Workdays

Numbers = npt.NDArray[np.float64]
ERRORS, DEMAND = "forecast_errors", "demand"
"""What a deviation is of."""
COLUMNS = ("known_months", "daily_qty", "deviation_qty", "deviation_from", "is_intermittent")


@dataclass(frozen=True)
class Months:
    """The whole months of a history: their first days, their working days, and the mean of these."""

    firsts: list[date]
    work: Numbers

    @property
    def mean(self) -> float:
        return float(self.work.mean()) if self.work.size else 0.0

    def since(self, day: date | None) -> int:
        """The place of the first month that begins on a day or after it; 0 where the day is unknown."""
        return 0 if day is None else sum(month < day for month in self.firsts)


def months_until(source: Source, as_of: date) -> Months:
    """The whole months until a day, as many as the setting `safety_history_months`, those before the records of sales left out."""
    newest = first_of(as_of) if as_of == end_of(as_of) else months_before(first_of(as_of), 1)
    firsts = [months_before(newest, back) for back in range(int(source.settings["safety_history_months"]) - 1, -1, -1)]
    sales = source.days.get("sales")
    begun = sales[0] if sales else as_of
    firsts = [month for month in firsts if month >= (begun if begun == first_of(begun) else following(first_of(begun)))]
    if not firsts:
        return Months([], np.zeros(0))
    work = Workdays(source, firsts[0], end_of(firsts[-1]))
    return Months(firsts, np.array([float(work.between(month, end_of(month))) for month in firsts]))


def with_demand(source: Source, frame: pl.DataFrame, months: Months, as_of: date) -> pl.DataFrame:
    """With COLUMNS: known_months, daily_qty, deviation_qty (both of a working day; null below two known months), deviation_from, is_intermittent.

    frame: location_id, sku, is_own, catalogue_on, first_sold_on (of the dealer of the place; null of ours). Of our own places on the newest day as the
    build kept it: the demand of a position hangs on nothing but its own rows.
    """
    if not source.is_bounded:
        kept = source.read("position_demand", as_of=as_of, settings=source.settings.fingerprint)
        known = frame.join(kept, on=["location_id", "sku"], how="left", maintain_order="left") if kept.height else frame.clear()
        if known.height and known["known_months"].null_count() == 0:
            return known
    return worked_out(source, frame, months, as_of)


def worked_out(source: Source, frame: pl.DataFrame, months: Months, as_of: date) -> pl.DataFrame:
    """The same from the demand of months, the days in stock and the forecasts."""
    if not months.firsts or frame.is_empty():
        unknown = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("daily_qty", "deviation_qty")]
        return frame.with_columns(
            pl.lit(0.0).alias("known_months"), *unknown, pl.lit(None, dtype=pl.String).alias("deviation_from"), pl.lit(False).alias("is_intermittent")
        )
    book = _Book(source, frame, months, as_of)
    demand = book.of_positions()
    errors = book.errors(demand)
    least = int(source.settings["safety_least_months"])
    by_errors = np.isfinite(errors).sum(axis=1) >= least
    scale = np.sqrt(months.mean) if months.mean > 0 else np.nan
    deviation = np.where(by_errors, safety_stock.sample_deviation(errors), safety_stock.sample_deviation(demand)) / scale
    known = np.isfinite(demand).sum(axis=1)
    mean = np.where(known > 0, np.nansum(demand, axis=1) / np.maximum(known, 1), np.nan) / (months.mean or np.nan)
    named = pl.Series(np.where(by_errors, ERRORS, DEMAND))
    return frame.with_columns(
        pl.Series("known_months", known.astype(float)),
        pl.Series("daily_qty", mean).fill_nan(None),
        pl.Series("deviation_qty", deviation).fill_nan(None),
        named.alias("deviation_from"),
        pl.Series("is_intermittent", safety_stock.is_intermittent(demand)),
    )


class _Book:
    """The demand of positions (rows) in months (columns); what is not known is not a number."""

    def __init__(self, source: Source, frame: pl.DataFrame, months: Months, as_of: date) -> None:
        self.source, self.frame, self.months = source, frame, months
        self.wide = source.items.height
        numbers = {code: number for number, code in enumerate(source.places["location_id"])}
        self.place = frame["location_id"].replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
        self.item = source.numbers_of(frame["sku"]).cast(pl.Int64).to_numpy()
        self.is_own = frame["is_own"].to_numpy()
        single = place_of_unplaced_sales(source, as_of)
        self.single = -1 if single is None else numbers[single]
        ours = np.flatnonzero(source.places["is_own"].to_numpy())
        asked = [-1, *sorted({*ours.tolist(), *self.place.tolist()})]
        self.rows = source.read("demand_of_places", first_month=months.firsts[0], last_month=months.firsts[-1], places=asked)
        self.most_out = float(source.settings["most_out_of_stock_share"])

    def of_positions(self) -> Numbers:
        """What was asked of each position in each month."""
        qty, month, at = self._corrected
        keys = self.place * self.wide + self.item
        order = np.argsort(keys, kind="stable")
        found = np.searchsorted(keys[order], at)
        found = np.minimum(found, max(keys.size - 1, 0))
        mine = keys[order][found] == at
        whole = np.zeros((keys.size, len(self.months.firsts)))
        spot = order[found[mine]], month[mine]
        absent = ~np.isfinite(qty[mine])
        np.add.at(whole, spot, np.where(absent, 0.0, qty[mine]))
        whole[spot[0][absent], spot[1][absent]] = np.nan
        whole = np.maximum(whole, 0.0)
        whole[np.arange(len(self.months.firsts))[None, :] < self._begun()[:, None]] = np.nan
        return self._of_one_length(whole)

    @functools.cached_property
    def _corrected(self) -> tuple[Numbers, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Quantity of each row of the mart as if the article had been there all month, its month's place, and place × item as one number.

        Not a number where it was never there and nothing was sold: such a month says nothing of demand.
        """
        rows = self.rows
        places = {month: number for number, month in enumerate(self.months.firsts)}
        month = rows["month"].replace_strict(places, return_dtype=pl.Int64).to_numpy()
        place = rows["place_no"].cast(pl.Int64).to_numpy()
        at = np.where(place < 0, self.single, place) * self.wide + rows["item_no"].cast(pl.Int64).to_numpy()
        qty, working, there = (rows[name].fill_null(0.0).to_numpy() for name in ("qty", "working_days", "in_stock_days"))
        counted = rows["working_days"].is_not_null().to_numpy() & (working > 0)
        share = np.where(counted, 1.0 - np.clip(there / np.where(working > 0, working, 1.0), 0.0, 1.0), 0.0)
        is_through = counted & (there <= 0) & (qty > 0)
        whole = qty / (1.0 - np.where(is_through, 0.0, np.minimum(share, self.most_out)))
        return np.where(counted & (there <= 0) & (qty <= 0), np.nan, whole), month, at

    def _begun(self) -> npt.NDArray[np.int64]:
        """The first month of each position that lies wholly after it began: the article in the catalogue, the dealer with its reports."""
        days = self.frame.select(pl.max_horizontal("catalogue_on", "first_sold_on").alias("day"))["day"]
        places = {day: self.months.since(day) for day in days.unique().drop_nulls()}
        return days.replace_strict(places, default=0, return_dtype=pl.Int64).fill_null(0).to_numpy()

    def _of_one_length(self, whole: Numbers) -> Numbers:
        length = np.where(self.months.work > 0, self.months.work, np.nan)
        return np.asarray(whole / length[None, :] * self.months.mean)

    def errors(self, demand: Numbers) -> Numbers:
        """Demand of our positions less its forecast: that of the article, shared out by what each place has of all that was asked of us."""
        unknown = np.full(demand.shape, np.nan)
        if not self.source.has("forecasts") or not self.is_own.any():
            return unknown
        made = self.source.read("forecasts_of_months", first_month=self.months.firsts[0], last_month=self.months.firsts[-1])
        if made.is_empty():
            return unknown
        rank = pl.col("source").replace_strict(RANK, default=len(RANK), return_dtype=pl.Int32)
        made = made.with_columns(rank.alias("_rank"), self.source.numbers_of(made["sku"]).alias("_item")).filter(pl.col("_item").is_not_null())
        made = made.sort("_rank", descending=True)
        places = {month: number for number, month in enumerate(self.months.firsts)}
        forecast = np.full((self.wide, len(self.months.firsts)), np.nan)
        forecast[made["_item"].to_numpy(), made["month"].replace_strict(places, return_dtype=pl.Int64).to_numpy()] = made["qty"].to_numpy()
        share = self._share_of_places(demand)
        expected = self._of_one_length(forecast[self.item] * share[:, None])
        return np.where(self.is_own[:, None], demand - expected, np.nan)

    def _share_of_places(self, demand: Numbers) -> Numbers:
        """What each position has of all that was asked of our places in these months."""
        qty, _, at = self._corrected
        place = at // self.wide
        ours = np.isin(place, np.flatnonzero(self.source.places["is_own"].to_numpy())) | (place < 0)
        total = np.bincount(at[ours] % self.wide, weights=np.nan_to_num(np.maximum(qty[ours], 0.0)), minlength=self.wide)
        mine = np.nansum(demand * self.months.work[None, :], axis=1) / (self.months.mean or 1.0)
        return np.asarray(np.where(total[self.item] > 0, mine / np.where(total[self.item] > 0, total[self.item], 1.0), 0.0))
