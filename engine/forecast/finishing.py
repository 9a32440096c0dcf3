"""From the forecasts of single series to those of a company: methods chosen by back-test, items and families made to agree, intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.forecast import Numbers, errors, intervals
from engine.forecast.methods import BENCHMARK
from engine.forecast.reconciliation import WAYS, exact, reconciled, shrunk_covariance
from engine.forecast.rolling import Back, actuals
from engine.forecast.shapes import Made, Prepared, Task

LEAST_COMPARED = 12
"""Methods are told apart by at least so many months that were forecast and came."""


@dataclass(frozen=True)
class Choice:
    """How a method did over all series of a class: errors in units of each series. error: None where nothing can be compared."""

    level: str
    kind: str
    method: str
    error: float | None
    is_chosen: bool


@dataclass(frozen=True)
class Way:
    """How a way of making items and families agree did in the back-test; WAPE of items, of families. None where nothing can be compared."""

    way: str
    item_wape: float | None
    family_wape: float | None
    is_chosen: bool


@dataclass(frozen=True)
class Ahead:
    """The forecast of one series: (horizon,) each. promotion is part of qty. ends: level -> (low, high)."""

    qty: Numbers
    promotion: Numbers
    ends: Mapping[float, tuple[Numbers, Numbers]]


@dataclass(frozen=True)
class Finished:
    """Everything that is kept of a forecast. methods: the one of each task. back: of each task by its method, naive: by the benchmark."""

    tasks: tuple[Task, ...]
    methods: tuple[str, ...]
    ahead: tuple[Ahead, ...]
    back: tuple[Back, ...]
    naive: tuple[Back, ...]
    choices: tuple[Choice, ...]
    ways: tuple[Way, ...]
    used: tuple[str, ...] = field(default=())

    @property
    def way(self) -> str:
        return next(one.way for one in self.ways if one.is_chosen)


def finished(prepared: Prepared, made: Sequence[Made], thresholds: Mapping[str, Any]) -> Finished:
    """All series put together; made: of each task, in its order."""
    tasks = prepared.tasks
    floor = float(thresholds["forecast_scale_floor_share"])
    choices = chosen(tasks, made, float(thresholds["forecast_switch_share"]), floor)
    by_class = {(one.level, one.kind): one.method for one in choices if one.is_chosen}
    methods = tuple(_method_of(task, by_class) for task in tasks)
    back = tuple(_back(task, one.back[name]) for task, one, name in zip(tasks, made, methods, strict=True))
    naive = tuple(_back(task, one.back[BENCHMARK]) for task, one in zip(tasks, made, strict=True))
    base = [one.paths[name] for one, name in zip(made, methods, strict=True)]
    units = [_unit(task, one, floor) for task, one in zip(tasks, back, strict=True)]
    family_of = {family: len(prepared.items) + number for number, family in enumerate(prepared.families)}
    books = [_Family(prepared.members[family], family_of[family], base, back, units) for family in prepared.families]
    ways = compared(books)
    way = next(one.way for one in ways if one.is_chosen)
    quantities, promoted = _agreed(prepared, books, way)
    ends = _ends(tasks, back, units)
    ahead = tuple(
        Ahead(qty, more, intervals.around(qty, unit, ends.get((task.level, task.kind))) if task.kind != "ended" else _certain(qty))
        for task, qty, more, unit in zip(tasks, quantities, promoted, units, strict=True)
    )
    used = tuple(one.used[name] for one, name in zip(made, methods, strict=True))
    return Finished(tasks, methods, ahead, back, naive, choices, ways, used)


def _method_of(task: Task, by_class: Mapping[tuple[str, str], str]) -> str:
    name = by_class.get((task.level, task.kind), task.methods[0])
    return name if name in task.methods else task.methods[0]


def _back(task: Task, ahead: Numbers) -> Back:
    actual = actuals(task.values, task.months_back, task.horizon)
    return Back(task.months_back, np.where(np.isnan(actual), np.nan, ahead.reshape(actual.shape)), actual)


def _unit(task: Task, back: Back, floor: float) -> float:
    """The scale of a series: how far off it was in the past, at least the floor of its scaled error; 0 where it has ended and nothing is unsure."""
    if task.kind == "ended":
        return 0.0
    return max(back.spread() or 0.0, errors.scale(task.values, floor=floor) if back.spread() is None else floor * float(np.mean(task.values)))


def chosen(tasks: Sequence[Task], made: Sequence[Made], switch_share: float, floor: float) -> tuple[Choice, ...]:
    """For each level and class the method: the usual one, unless another's errors over all series of the class are smaller by `switch_share`.

    Errors are in units of each series (`errors.scale`), so that a large series does not speak for all.
    """
    found: list[Choice] = []
    for level, kind in sorted({(task.level, task.kind) for task in tasks}):
        mine = [(task, one) for task, one in zip(tasks, made, strict=True) if (task.level, task.kind) == (level, kind)]
        names = max((task.methods for task, _ in mine), key=len)
        scores = {name: _scaled_error([(task, one) for task, one in mine if name in task.methods], name, floor) for name in names}
        usual = scores[names[0]]
        best = min(names, key=lambda name: scores[name] if scores[name] is not None else np.inf)  # type: ignore[arg-type,return-value]
        least = scores[best]
        winner = best if usual is not None and least is not None and least < (1 - switch_share) * usual else names[0]
        found += [Choice(level, kind, name, scores[name], name == winner) for name in names]
    return tuple(found)


def _scaled_error(pairs: Sequence[tuple[Task, Made]], name: str, floor: float) -> float | None:
    """Mean |F − A| in units of each series over all of them; None below LEAST_COMPARED months."""
    total, months = 0.0, 0
    for task, one in pairs:
        ahead, actual = _back(task, one.back[name]).pairs
        unit = errors.scale(task.values, floor=floor)
        if unit > 0:
            total, months = total + float(np.sum(np.abs(ahead - actual))) / unit, months + len(ahead)
    return total / months if months >= LEAST_COMPARED else None


class _Family:
    """A family with its items: base forecasts, those of the past side by side, and the covariance of their errors."""

    def __init__(self, members: Sequence[int], place: int, base: Sequence[Numbers], back: Sequence[Back], units: Sequence[float]) -> None:
        self.members, self.place = tuple(members), place
        self.items, self.family = np.array([base[member] for member in members]), base[place]
        self.months_back = back[place].months_back
        horizon = len(self.family)
        self.item_back = np.array([_aligned(back[member], self.months_back, horizon) for member in members])
        self.item_actual = np.array([_aligned(back[member], self.months_back, horizon, actual=True) for member in members])
        self.family_back, self.family_actual = back[place].ahead, back[place].actual
        self.covariance = self._covariance([*(units[member] for member in members), units[place]])

    def _covariance(self, units: Sequence[float]) -> Numbers:
        """Of the errors in the back-test; a series without one is taken to miss by its scale, with no link to others."""
        missed = np.concatenate([self.item_actual - self.item_back, (self.family_actual - self.family_back)[None]])
        table = missed.reshape(len(units), -1).T
        table = table[~np.isnan(table[:, -1])]
        told = ~np.isnan(table).any(axis=0) if len(table) else np.zeros(len(units), dtype=bool)
        found = shrunk_covariance(np.where(told, np.nan_to_num(table), 0.0)) if len(table) else np.zeros((len(units), len(units)))
        alone = np.where(told, 0.0, (np.array(units) * intervals.DEVIATION_BY_MAD) ** 2)
        return np.asarray(found + np.diag(alone))

    def agreed(self, way: str) -> Numbers:
        """(items, horizon) forecasts that add up."""
        return reconciled(self.items, self.family, way, self.covariance)

    def missed(self, way: str) -> tuple[float, float, float]:
        """(Σ|e| of the items, Σ|e| of the family, ΣA) over the months that can be compared; an item that was not there yet counts with 0."""
        sums = np.zeros(3)
        for row in range(len(self.months_back)):
            known = ~np.isnan(self.family_actual[row])
            items = np.nan_to_num(self.item_back[:, row][:, known])
            actual = np.nan_to_num(self.item_actual[:, row][:, known])
            agreed = reconciled(items, self.family_back[row][known], way, self.covariance)
            whole = self.family_actual[row][known]
            sums += (np.sum(np.abs(agreed - actual)), np.sum(np.abs(agreed.sum(axis=0) - whole)), np.sum(whole))
        return float(sums[0]), float(sums[1]), float(sums[2])


def _aligned(back: Back, months_back: Sequence[int], horizon: int, actual: bool = False) -> Numbers:
    """The rows of a back-test for some origins; not a number where the series had none."""
    out = np.full((len(months_back), horizon), np.nan)
    for row, months in enumerate(months_back):
        if months in back.months_back:
            place = back.months_back.index(months)
            out[row] = back.actual[place] if actual else back.ahead[place]
    return out


def compared(families: Sequence[_Family]) -> tuple[Way, ...]:
    """Each way in the back-test; the one with the least WAPE of items and families together is chosen, the first of WAYS where nothing tells."""
    rows: list[tuple[str, float | None, float | None]] = []
    for way in WAYS:
        sums = np.sum([family.missed(way) for family in families], axis=0) if families else np.zeros(3)
        rows.append((way, float(sums[0] / sums[2]), float(sums[1] / sums[2])) if sums[2] > 0 else (way, None, None))
    told = {way: items + whole for way, items, whole in rows if items is not None and whole is not None}
    best = min(told, key=lambda way: told[way]) if told else WAYS[0]
    return tuple(Way(way, items, whole, way == best) for way, items, whole in rows)


def _agreed(prepared: Prepared, books: Sequence[_Family], way: str) -> tuple[list[Numbers], list[Numbers]]:
    """Of each task (quantity, what promotions add to it), items rounded so that every sum of them is exact."""
    horizon = len(books[0].family) if books else 0
    quantities = [np.zeros(horizon) for _ in prepared.tasks]
    promoted = [np.zeros(horizon) for _ in prepared.tasks]
    for family, book in zip(prepared.families, books, strict=True):
        base = book.agreed(way)
        shares = np.array([prepared.items[member].promotion_ahead for member in book.members])
        more = exact(base * (prepared.uplifts[family] or 0.0) * np.maximum(np.nan_to_num(shares), 0.0))
        whole = exact(base) + more
        for row, member in enumerate(book.members):
            quantities[member], promoted[member] = whole[row], more[row]
        quantities[book.place], promoted[book.place] = whole.sum(axis=0), more.sum(axis=0)
    return quantities, promoted


def _ends(tasks: Sequence[Task], back: Sequence[Back], units: Sequence[float]) -> dict[tuple[str, str], Numbers | None]:
    """(level, class) -> pooled quantiles of what was missed."""
    found: dict[tuple[str, str], Numbers | None] = {}
    for key in {(task.level, task.kind) for task in tasks}:
        mine = [number for number, task in enumerate(tasks) if (task.level, task.kind) == key and back[number].ahead.size]
        horizon = max((task.horizon for task in tasks), default=1)
        found[key] = intervals.pooled([back[number].actual - back[number].ahead for number in mine], [units[number] for number in mine], horizon)
    return found


def _certain(qty: Numbers) -> Mapping[float, tuple[Numbers, Numbers]]:
    """What has ended has no interval but itself."""
    return dict.fromkeys(intervals.LEVELS, (qty, qty))
