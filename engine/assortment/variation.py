"""XYZ: how steadily a position sells, by the coefficient of variation of its months, raw and freed from the seasons. What cannot be judged is marked."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
CALENDAR = 12
UNDEFINED, NEW, PROVISIONAL, INTERMITTENT, SEASONAL = "undefined", "new", "provisional", "intermittent", "seasonal"
MARKS = (UNDEFINED, NEW, PROVISIONAL, INTERMITTENT, SEASONAL)
"""undefined: it sells nothing. new: for less than the months of a novelty. provisional: too few months. intermittent: in few of its months.
seasonal: steadier once the seasons are taken out."""
_QUIET = 0.05
"""An index below this says that nobody buys in that month: what a month is worth beside it cannot be told."""


@dataclass(frozen=True)
class VariationRules:
    """x, y: the largest variation of X and of Y. months: of history that count. least: fewer make the class provisional.
    own_season: from so many months on a position has seasons of its own, below it takes those of its line, else its group.
    interval: months from demand to demand from which on it is intermittent. steady, often: shares of months with demand for X and Y."""

    x: float = 0.10
    y: float = 0.25
    months: int = 24
    least: int = 6
    own_season: int = 24
    interval: float = 1.32
    steady: float = 0.95
    often: float = 0.60


def varied(
    quantities: Numbers, counted: Flags, calendar: Places, lines: Places, groups: Places, is_new: Flags, rules: VariationRules = VariationRules()
) -> pl.DataFrame:  # fmt: skip
    """One row a position: months, demand_months, mean_qty, cv, cv_error_share (of the CV, one standard error), cv_adjusted, xyz_raw, xyz, xyz_mark,
    xyz_by_months.

    quantities: positions × months, returns already taken off; a month below zero counts as none. counted: months in which it could be sold: from the
    first sale to the withdrawal, without those in which it was out of stock. calendar: 0–11 of each month. lines, groups: numbers of what each belongs to.
    cv: population sigma ÷ mean of the last `rules.months` counted months; unknown where nothing sold. The class is that of the adjusted variation
    where there is one; an intermittent position is Z.
    """
    demand = np.fmax(quantities, 0.0)  # what is not known counts as none
    demand *= counted
    recent = counted & (counted[:, ::-1].cumsum(axis=1, dtype=np.int16)[:, ::-1] <= rules.months)
    columns = _in_calendar(calendar)
    there = recent.astype(np.float64) @ columns  # months that count, their demand and its square, by calendar month: all that is asked of them
    kept = np.where(recent, demand, 0.0)
    by_month, active = kept @ columns, _count(kept > 0)
    np.multiply(kept, kept, out=kept)
    squares = kept @ columns
    many = _sum(there)
    mean, cv = _variation(many, _sum(by_month), _sum(squares))
    index, has_index = _indices(demand, counted, calendar, lines, groups, rules)
    told = index > _QUIET
    times = np.divide(1.0, index, out=np.zeros_like(index), where=told)
    _, adjusted = _variation(_sum(there * told), _sum(by_month * times), _sum(squares * times**2))
    adjusted = np.where(has_index & (many >= 2), adjusted, np.nan)
    interval = np.divide(many, active, out=np.full(len(many), np.inf), where=active > 0)
    raw = _letter(cv, rules)
    letter = np.where(np.isnan(adjusted), raw, _letter(adjusted, rules))
    is_undefined, is_intermittent = mean <= 0, interval >= rules.interval
    letter = np.where(is_undefined, _NONE, np.where(is_intermittent, _Z, letter))
    is_steadier = (letter < raw) & ~np.isnan(adjusted)
    marks = np.select([is_undefined, is_new, many < rules.least, is_intermittent, is_steadier], list(range(len(MARKS))), default=len(MARKS))
    error = np.sqrt(1 / (2 * np.maximum(many, 1)) + np.nan_to_num(cv) ** 2 / np.maximum(many, 1))
    share = np.divide(active, many, out=np.zeros(len(many)), where=many > 0)
    by_months = np.where(is_undefined, _NONE, np.where(share >= rules.steady, _X, np.where(share >= rules.often, _Y, _Z)))
    frame = pl.DataFrame(
        {
            "months": many.astype(np.int64), "demand_months": active.astype(np.int64), "mean_qty": mean, "cv": cv,
            "cv_error_share": np.where(np.isnan(cv), np.nan, error), "cv_adjusted": np.where(is_undefined, np.nan, adjusted), "xyz_raw": _said(raw),
            "xyz": _said(letter), "xyz_mark": pl.Series([*MARKS, None], dtype=pl.String).gather(marks), "xyz_by_months": _said(by_months),
        }
    )  # fmt: skip
    return frame.with_columns(pl.col("cv", "cv_error_share", "cv_adjusted").fill_nan(None))


def _count(flags: Flags) -> Numbers:
    """How many of each row are set; a product with ones is quicker than a sum along short rows."""
    return np.asarray(flags.astype(np.float64) @ np.ones(flags.shape[1]))


def _sum(values: Numbers) -> Numbers:
    return np.asarray(values @ np.ones(values.shape[1]))


def _variation(many: Numbers, total: Numbers, squares: Numbers) -> tuple[Numbers, Numbers]:
    """(mean, coefficient of variation) from how many months there are, their sum and the sum of their squares; the second unknown where the mean is not
    above zero."""
    months = np.maximum(many, 1)
    mean = total / months
    sigma = np.sqrt(np.maximum(squares / months - mean**2, 0.0))
    sigma[sigma < 1e-7 * np.maximum(mean, 1e-300)] = 0.0  # what is left of rounding is no variation
    return mean, np.divide(sigma, mean, out=np.full(len(mean), np.nan), where=mean > 0)


_NONE, _X, _Y, _Z = -1, 0, 1, 2


def _letter(cv: Numbers, rules: VariationRules) -> Places:
    """The letters as numbers, the steadiest the smallest; `_said` gives them back."""
    return np.where(np.isnan(cv), _NONE, np.where(cv <= rules.x, _X, np.where(cv <= rules.y, _Y, _Z)))


def _said(letters: Places) -> pl.Series:
    return pl.Series(["-", "X", "Y", "Z"]).gather(letters + 1)


def _indices(demand: Numbers, counted: Flags, calendar: Places, lines: Places, groups: Places, rules: VariationRules) -> tuple[Numbers, Flags]:
    """(index of each position and calendar month, whether it has one): its own with months enough, else its line's, else its group's."""
    own = _count(counted) >= rules.own_season
    if own.all():
        return seasonal_index(demand, counted, calendar), own
    index, has_index = np.ones((len(demand), CALENDAR)), np.zeros(len(demand), dtype=np.bool_)
    for numbers in (groups, lines):
        pooled, is_long = _pooled(demand, counted, calendar, numbers)
        takes = is_long[numbers]
        index[takes] = pooled[numbers[takes]]
        has_index |= takes
    if own.any():
        index[own] = seasonal_index(demand[own], counted[own], calendar)
    return index, has_index | own


def _pooled(demand: Numbers, counted: Flags, calendar: Places, numbers: Places) -> tuple[Numbers, Flags]:
    """The seasonal index of each line or group from the sums of its positions, and whether a whole year of it is known."""
    many, months = int(numbers.max(initial=-1)) + 1, demand.shape[1]
    at = (numbers[:, None] * months + np.arange(months)).ravel()
    sums = np.bincount(at, weights=demand.ravel(), minlength=many * months).reshape(many, months)
    there = np.bincount(at, weights=counted.ravel(), minlength=many * months).reshape(many, months) > 0
    seen = there.astype(np.float64) @ _in_calendar(calendar) > 0
    return seasonal_index(np.asarray(sums, dtype=np.float64), there, calendar), seen.all(axis=1) & (sums.sum(axis=1) > 0)


def _in_calendar(calendar: Places) -> Numbers:
    """Months × 12: 1 where a month is that calendar month."""
    return np.asarray(calendar[:, None] == np.arange(CALENDAR), dtype=np.float64)


def seasonal_index(demand: Numbers, counted: Flags, calendar: Places) -> Numbers:
    """Mean of a calendar month ÷ mean of the calendar months (rows × 12): 1 where a calendar month was never seen or nothing was sold. Source: S28.

    calendar: 0–11 of each column.
    """
    columns = _in_calendar(calendar)
    many, total = counted.astype(np.float64) @ columns, (demand * counted) @ columns
    seen = many > 0
    means = total / np.maximum(many, 1)
    known = seen.sum(axis=1)
    year = np.divide(means.sum(axis=1), known, out=np.zeros(len(demand)), where=known > 0)
    index: Numbers = np.divide(means, year[:, None], out=np.ones_like(means), where=(year > 0)[:, None])
    index[~seen] = 1.0
    return index
