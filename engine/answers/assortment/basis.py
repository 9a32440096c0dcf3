"""What the assortment is judged from: positions with their place in the tree, and their sales month by month, read once a version."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers import records
from engine.answers.assortment import trees
from engine.answers.periods import Window, last_day
from engine.answers.picking import pick_of
from engine.answers.source import Memory, Source
from engine.assortment import tree
from engine.assortment.windows import YEAR, ReviewWindow, moved, review_window, window_of
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
HISTORY_MONTHS = 36
"""Months behind that are kept at hand: two years of variation, seasons of three."""
QUARTER = 3
_KEPT = Memory(6)


def forget() -> None:
    """Keep no basis that was read."""
    _KEPT.forget()


@dataclass(frozen=True)
class Basis:
    """frame: one row a position that stands somewhere, in order of position_no: sphere, sku, direction, product_group, line_id, line_name, reason,
    product_name, made_by, is_innovation, life_cycle, catalogue_on, withdrawn_on, list_price, line_name, first_month (of sales).

    months: of the columns of qty, net and cost (positions × months; returns taken off). window: of the review. is_of_all: whether all dealers are in it.
    """

    window: ReviewWindow
    months: tuple[date, ...]
    frame: pl.DataFrame
    qty: Numbers
    net: Numbers
    cost: Numbers
    is_of_all: bool

    def sums(self, months: Sequence[date]) -> tuple[Numbers, Numbers, Numbers]:
        """(quantity, turnover, cost) of each position over some months; months before the data count as nothing. Kept, as the review and the trail of
        every level ask for the same months."""
        if tuple(months) not in self._summed:
            self.add_up([months])
        return self._summed[tuple(months)]

    def add_up(self, windows: Sequence[Sequence[date]]) -> None:
        """Have the sums of several windows at hand: all of them in one way through the months."""
        asked = [window for window in dict.fromkeys(map(tuple, windows)) if window not in self._summed]
        chosen = np.array([[month in window for month in self.months] for window in asked], dtype=np.float64).reshape(len(asked), len(self.months))
        found = zip(asked, chosen @ self.qty.T, chosen @ self.net.T, chosen @ self.cost.T, strict=True)  # a product is quicker than sums along short rows
        self._summed.update((window, (qty, net, cost)) for window, qty, net, cost in found)

    @functools.cached_property
    def _summed(self) -> dict[tuple[date, ...], tuple[Numbers, Numbers, Numbers]]:
        return {}

    @functools.cached_property
    def line_numbers(self) -> tuple[pl.DataFrame, Places]:
        """(every line: sphere, product_group, line_id; the place of each position's line in it)."""
        return _numbered(self.frame, tree.LINE)

    @functools.cached_property
    def group_numbers(self) -> tuple[pl.DataFrame, Places]:
        """(every group: sphere, product_group; the place of each position's group in it)."""
        return _numbered(self.frame, tree.GROUP)

    def earlier(self, reviews: int) -> ReviewWindow:
        """The window of a review some quarters before."""
        back = -QUARTER * reviews
        shift = tuple(moved(month, back) for month in self.window.months)
        return window_of(shift, moved(self.window.months[-1], back))


def _numbered(frame: pl.DataFrame, keys: Sequence[str]) -> tuple[pl.DataFrame, Places]:
    """The different keys in the order in which they first appear, and for each row the place of its own among them."""
    firsts = frame.select(keys).with_row_index("_row").select(pl.col("_row").min().over(keys)).to_series().to_numpy()
    rows, places = np.unique(firsts, return_inverse=True)
    return frame.select(keys)[rows], np.asarray(places, dtype=np.int64)


def window_for(source: Source, selection: Selection) -> ReviewWindow:
    """The months of a review: the last closed ones before the day that is looked at, or the whole months of a period that was chosen.

    A period that holds no whole month is no period: then the usual one is taken.
    """
    end = selection.as_of or last_day(source)
    if selection.first is not None:
        chosen = Window(selection.first, selection.last or end).whole_months()
        if chosen:
            return window_of(chosen, end)
    return review_window(end, int(source.settings["assortment_months"]), last_day(source))


def basis_of(source: Source, selection: Selection, scope: Scope = EVERYTHING) -> Basis:
    """The basis of a review, kept by version, months and areas; settings do not change it. Somebody who sees own rows only is given no position."""
    window = window_for(source, selection)
    asked = tuple(pair for pair in selection.where if pair[0] in ("region", "channel"))
    areas = pick_of(source, Selection(where=asked), EVERYTHING).areas if asked else None
    if source.is_bounded or not scope.sees_all:
        return _empty(source, window)
    reach = max(HISTORY_MONTHS, YEAR + len(window.months) + QUARTER * int(source.settings["assortment_reviews"]))
    records.note((trees.KIND,))
    key = (source.home.path, source.version, window, reach, None if areas is None else tuple(areas), records.head(source.home, trees.KIND))
    return _KEPT.recall(key, lambda: _read(source, window, reach, areas))


def _empty(source: Source, window: ReviewWindow) -> Basis:
    nothing = np.zeros((0, len(window.months)))
    return Basis(window, window.months, _positions(source, window.last).clear(), nothing, nothing, nothing, True)


def _read(source: Source, window: ReviewWindow, reach: int, areas: Sequence[int] | None) -> Basis:
    first = moved(window.months[-1], 1 - reach)
    if "sales" in source.days:
        first = max(first, min(source.days["sales"][0].replace(day=1), window.months[0]))
    months = tuple(moved(first, step) for step in range((window.months[-1].year - first.year) * YEAR + window.months[-1].month - first.month + 1))
    span = {"first_month": months[0], "last_month": months[-1]}
    sales = source.read("sales_position_months", **span) if areas is None else source.read("sales_position_area_months", areas=list(areas), **span)
    frame = _positions(source, window.last)
    qty, net, cost = _arrays(sales, frame, months)
    return Basis(window, months, frame.drop("position_no"), qty, net, cost, areas is None)


def _positions(source: Source, day: date) -> pl.DataFrame:
    """Every position where it stands on a day, with its line's name and the month of its first sale; a change that was approved here counts too."""
    standing = source.read("positions_on", as_of=day)
    changes = trees.approved(source)
    if changes.is_empty():
        return standing.drop("valid_from")
    places = ["valid_from", "direction", "product_group", "line_id", "reason"]
    names = standing.unique("line_id").select("line_id", pl.col("line_name").alias("_name"))
    added = changes.join(standing.drop(places), on=list(tree.POSITION), how="inner").select(standing.columns)
    held = tree.in_force(pl.concat([standing, added]), day).sort("position_no")  # a later day wins, on the same day what was approved here
    named = held.join(names, on="line_id", how="left", maintain_order="left").with_columns(pl.coalesce("_name", "line_id").alias("line_name"))
    return named.drop("_name", "valid_from")


def _arrays(sales: pl.DataFrame, frame: pl.DataFrame, months: Sequence[date]) -> tuple[Numbers, Numbers, Numbers]:
    """Quantity, turnover and cost as positions × months, each position and month once. Sales of what stands nowhere on the day are none of them."""
    numbers = frame["position_no"].to_numpy()
    shape = (len(numbers), len(months))
    found = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    if sales.is_empty() or not len(numbers):
        return found
    asked = sales["position_no"].to_numpy()
    row_of = np.full(int(max(numbers.max(), asked.max())) + 1, -1, dtype=np.int64)
    row_of[numbers] = np.arange(len(numbers))
    rows = row_of[asked]
    at = rows * len(months) + _columns(sales["month"], months)
    known = rows >= 0
    is_whole = bool(known.all())
    at = at if is_whole else at[known]
    for name, dense in zip(("qty", "net_value", "cost_value"), found, strict=True):
        values = (sales[name].fill_null(0.0) if sales[name].null_count() else sales[name]).to_numpy()
        dense.ravel()[at] = values if is_whole else values[known]
    return found


def _columns(days: pl.Series, months: Sequence[date]) -> Places:
    """For each day, the first of a month, the place of that month."""
    start = (months[0] - date(1970, 1, 1)).days
    column_of = np.zeros((months[-1] - months[0]).days + 1, dtype=np.int64)
    column_of[[(month - months[0]).days for month in months]] = np.arange(len(months))
    return np.asarray(column_of[days.to_physical().to_numpy() - start])
