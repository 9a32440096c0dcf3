"""A whole company: what each series is, what it borrows from its line and group, and the tasks that are then worked out one by one.

Seasons are borrowed down the tree: the whole company's indices are drawn on by each group, the group's by each family, the family's by its
items, each as far as its own history cannot tell (`seasons.indices`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.forecast import YEAR, Numbers
from engine.forecast.classes import class_of
from engine.forecast.cleaning import Cleaned, Flags, cleaned, measured_uplift
from engine.forecast.launches import Curve, curve
from engine.forecast.methods import BENCHMARK, BY_CLASS, Known, forecasts
from engine.forecast.rolling import origins_of
from engine.forecast.seasons import indices, tiled
from engine.forecast.shapes import Item, Made, Prepared, Task

LAUNCHED_AFTER = 3
"""An item whose first sale lies so many months after the first of the company was launched then; an earlier one was there before."""
AGES = 42
"""Months of a launch that are remembered."""


def prepared(items: Sequence[Item], months: int, last: int, thresholds: Mapping[str, Any], is_missing: Flags | None = None) -> Prepared:
    """Everything up to the forecasts themselves.

    months: length of the company's history. last: calendar month (0 = January) of its last month. is_missing: (months,) whether the company has no
    sales at all for a month, which then nobody knows.
    """
    gone = np.zeros(months, dtype=bool) if is_missing is None else is_missing
    first_look = [_cleaned(item, thresholds, gone, 0.0) for item in items]
    members = _members(item.family for item in items)
    uplifts = {family: _uplift([(items[place], first_look[place]) for place in places]) for family, places in members.items()}
    corrected = tuple(_cleaned(item, thresholds, gone, uplifts[item.family] or 0.0) for item in items)
    seasons = _Seasons(items, corrected, months, last)
    launched = _Launches(items, corrected, seasons, months, last, int(thresholds["forecast_new_months"]))
    tasks = [_item_task(item, one.demand, seasons, launched, last, thresholds) for item, one in zip(items, corrected, strict=True)]
    families = tuple(members)
    kinds = {family: [tasks[place].kind for place in places] for family, places in members.items()}
    tasks += [_family_task(family, seasons, kinds[family], last, thresholds) for family in families]
    return Prepared(tuple(items), corrected, families, members, uplifts, tuple(tasks))


def worked_out(task: Task) -> Made:
    """The forecasts of one series by all its methods, whole and from each origin. Knows nothing of others, so that series can be shared out to cores."""
    count = len(task.values)
    origins = [count - back for back in task.months_back]
    paths, back, used = {}, {}, {}
    for name in (*task.methods, *([BENCHMARK] if BENCHMARK not in task.methods else [])):
        if not count and name != "analogue":
            ahead, names = np.zeros((1 + len(origins), task.horizon)), (name,) * (1 + len(origins))
        else:
            ahead, names = forecasts(name, task.values, [*origins, count], task.horizon, task.known)
        paths[name], used[name] = ahead[-1], names[-1]
        if task.stops_in is not None:
            paths[name] = np.where(np.arange(task.horizon) < task.stops_in, paths[name], 0.0)
        back[name] = ahead[:-1]
    return Made(paths, back, used)


def _members(families: Iterable[str]) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for place, family in enumerate(families):
        places.setdefault(family, []).append(place)
    return {family: tuple(places[family]) for family in sorted(places)}


def _cleaned(item: Item, thresholds: Mapping[str, Any], gone: Flags, uplift: float) -> Cleaned:
    count = len(item.shipped)
    mine = gone[len(gone) - count :] if count else np.zeros(0, dtype=bool)
    return cleaned(
        item.shipped, thresholds, in_stock_share=item.in_stock_share, promotion_share=item.promotion_share, uplift=uplift, is_missing=mine
    )  # fmt: skip


def _uplift(pairs: Sequence[tuple[Item, Cleaned]]) -> float | None:
    """Of a family's promotions; None where there were none that can be judged."""
    known = [(one.demand, np.nan_to_num(item.promotion_share)) for item, one in pairs if len(item.shipped)]
    return measured_uplift([demand for demand, _ in known], [share for _, share in known])


def summed(series: Iterable[Numbers], months: int) -> Numbers:
    """The sum of series that all end with the same month."""
    whole = np.zeros(months)
    for values in series:
        if len(values):
            whole[months - len(values) :] += values
    return whole


class _Seasons:
    """Indices of the calendar months by family, group and company, and the demand of each family."""

    def __init__(self, items: Sequence[Item], corrected: Sequence[Cleaned], months: int, last: int) -> None:
        self.first, self.last, self._months = (last + 1 - months) % YEAR, last, months
        self.demand: dict[str, Numbers] = {}
        groups: dict[str, Numbers] = {}
        self._group = {item.family: item.group for item in items}
        for item, one in zip(items, corrected, strict=True):
            for sums, key in ((self.demand, item.family), (groups, item.group)):
                sums[key] = sums.get(key, np.zeros(months)) + summed([one.demand], months)
        whole = self._indices(summed(groups.values(), months), np.ones(YEAR))
        self._by_group = {group: self._indices(demand, whole) for group, demand in groups.items()}
        self._by_family = {family: self._indices(demand, self._by_group[self._group[family]]) for family, demand in self.demand.items()}

    def _indices(self, demand: Numbers, above: Numbers) -> Numbers:
        """In calendar order; from the first month with demand on, as a launch within the year is no season."""
        asked = np.flatnonzero(demand > 0)
        if not len(asked):
            return above
        start = int(asked[0])
        first = (self.first + start) % YEAR
        return np.roll(indices(demand[start:], YEAR, np.roll(above, -first)), first)

    def of_family(self, family: str) -> Numbers:
        return self._by_family[family]

    def of_group(self, family: str) -> Numbers:
        return self._by_group[self._group[family]]


class _Launches:
    """What earlier launches sold by age, of the family, else of its group, else of all."""

    def __init__(self, items: Sequence[Item], corrected: Sequence[Cleaned], seasons: _Seasons, months: int, last: int, new_months: int) -> None:
        self._by: dict[str, list[Numbers]] = {}
        for item, one in zip(items, corrected, strict=True):
            count = len(one.demand)
            if count < new_months or months - count < LAUNCHED_AFTER or not np.any(one.demand > 0):
                continue
            factors = tiled(seasons.of_family(item.family), (last + 1 - count) % YEAR, count)
            plain = one.demand / np.where(factors > 0, factors, 1.0)
            for key in (f"family {item.family}", f"group {item.group}", "all"):
                self._by.setdefault(key, []).append(plain)

    def like(self, item: Item) -> Curve | None:
        for key in (f"family {item.family}", f"group {item.group}", "all"):
            if self._by.get(key):
                return curve(self._by[key], AGES)
        return None


def _item_task(item: Item, demand: Numbers, seasons: _Seasons, launched: _Launches, last: int, thresholds: Mapping[str, Any]) -> Task:
    left = item.withdrawn_in
    kind = class_of(demand, thresholds, is_withdrawn=left is not None and left <= 0, months_listed=item.months_listed)
    run_out = int(thresholds["run_out_months"]) + left if left is not None and left <= 0 else 0
    methods = BY_CLASS[kind]
    if kind == "ended" and run_out > 0 and len(demand):
        methods = ("run_out",)
    known = Known(
        seasons.of_family(item.family), (last + 1 - len(demand)) % YEAR, launched.like(item) if kind == "new" else None, max(run_out, 0)
    )  # fmt: skip
    if kind == "new" and not len(demand) and known.curve is None:
        methods = ("nothing",)
    return Task("item", item.code, kind, demand, methods, _back(kind, demand, thresholds), int(thresholds["forecast_months"]), known, _stop(left, thresholds))


def _stop(left: int | None, thresholds: Mapping[str, Any]) -> int | None:
    """An item that is to be withdrawn is expected to sell until then, and what is left of it for some months more."""
    return left + int(thresholds["run_out_months"]) if left is not None and left > 0 else None


def _family_task(family: str, seasons: _Seasons, kinds: Sequence[str], last: int, thresholds: Mapping[str, Any]) -> Task:
    demand = seasons.demand[family]
    asked = np.flatnonzero(demand > 0)
    demand = demand[int(asked[0]) :] if len(asked) else demand[:0]
    kind = class_of(demand, thresholds, is_withdrawn=all(kind == "ended" for kind in kinds))
    methods = BY_CLASS["short" if kind == "new" else kind]
    known = Known(seasons.of_group(family), (last + 1 - len(demand)) % YEAR)
    return Task("family", family, kind, demand, methods, _back(kind, demand, thresholds), int(thresholds["forecast_months"]), known)


def _back(kind: str, demand: Numbers, thresholds: Mapping[str, Any]) -> tuple[int, ...]:
    """The origins that leave enough to learn from: half of what a series needs for seasons of its own, for short ones what a new one lacks."""
    if kind in ("ended", "new"):
        return ()
    least = int(thresholds["forecast_new_months"]) if kind == "short" else int(thresholds["forecast_short_months"]) // 2
    return origins_of(len(demand), [int(back) for (back,) in thresholds["forecast_origins"]], max(least, 1))
