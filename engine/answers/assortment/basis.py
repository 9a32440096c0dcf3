"""What the assortment is judged from: positions with their place in the tree, and their sales month by month, read once a version."""

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
HISTORY_MONTHS = 36
"""Months behind that are kept at hand: two years of variation, seasons of three."""
QUARTER = 3
_KEPT = Memory(6)


@dataclass(frozen=True)
class Basis:
    """frame: one row a position that stands somewhere, in order of position_no: sphere, sku, direction, product_group, line_id, line_name, reason,
    product_name, made_by, is_innovation, life_cycle, catalogue_on, withdrawn_on, list_price, first_month (of sales), last_month.

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
        """(quantity, turnover, cost) of each position over some months; months before the data count as nothing."""
        places = [place for place, month in enumerate(self.months) if month in set(months)]
        if not places:
            nothing = np.zeros(self.frame.height)
            return nothing, nothing, nothing
        chosen = slice(places[0], places[-1] + 1) if places[-1] - places[0] + 1 == len(places) else places
        return self.qty[:, chosen].sum(axis=1), self.net[:, chosen].sum(axis=1), self.cost[:, chosen].sum(axis=1)

    def earlier(self, reviews: int) -> ReviewWindow:
        """The window of a review some quarters before."""
        back = -QUARTER * reviews
        shift = tuple(moved(month, back) for month in self.window.months)
        return window_of(shift, moved(self.window.months[-1], back))


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
    areas = pick_of(source, Selection(where=tuple(pair for pair in selection.where if pair[0] in ("region", "channel"))), EVERYTHING).areas
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
    """Every position where it stands on a day, with its line's name and the months of its first and last sale."""
    versions = source.read("positions_tree")
    standing = tree.in_force(_with_approved(source, versions), day).drop("valid_from")
    named = standing.join(source.read("line_names"), on="line_id", how="left", maintain_order="left")
    sold = source.read("positions_first_sold").filter(pl.col("first_month") <= day)
    return named.join(sold, on="position_no", how="left", maintain_order="left").with_columns(pl.coalesce("line_name", "line_id").alias("line_name"))


def _with_approved(source: Source, versions: pl.DataFrame) -> pl.DataFrame:
    """The versions of the tree with the changes that were approved here: a later day wins, on the same day what was approved here."""
    changes = trees.approved(source)
    if changes.is_empty():
        return versions
    known = versions.unique(list(tree.POSITION), keep="first", maintain_order=True).drop("valid_from", "direction", "product_group", "line_id", "reason")
    added = changes.join(known, on=list(tree.POSITION), how="inner").select(versions.columns)
    return pl.concat([versions, added])


def _arrays(sales: pl.DataFrame, frame: pl.DataFrame, months: Sequence[date]) -> tuple[Numbers, Numbers, Numbers]:
    """Quantity, turnover and cost as positions × months. Sales of a position that stands nowhere on the day are none of them."""
    numbers = frame["position_no"].to_numpy()
    shape = (len(numbers), len(months))
    if sales.is_empty() or not len(numbers):
        return np.zeros(shape), np.zeros(shape), np.zeros(shape)
    row_of = np.full(int(max(numbers.max(), sales["position_no"].max() or 0)) + 1, -1, dtype=np.int64)
    row_of[numbers] = np.arange(len(numbers))
    rows = row_of[sales["position_no"].to_numpy()]
    month = sales["month"]
    columns = (month.dt.year().cast(pl.Int64) * YEAR + month.dt.month().cast(pl.Int64)).to_numpy() - (months[0].year * YEAR + months[0].month)
    at = rows * len(months) + columns
    known = rows >= 0
    at = at if known.all() else at[known]
    found: list[Numbers] = []
    for name in ("qty", "net_value", "cost_value"):
        weights = sales[name].fill_null(0.0).to_numpy()
        sums = np.bincount(at, weights=weights if known.all() else weights[known], minlength=shape[0] * shape[1])
        found.append(np.asarray(sums, dtype=np.float64).reshape(shape))
    return found[0], found[1], found[2]
