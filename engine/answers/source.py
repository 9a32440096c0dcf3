"""A version of a warehouse, pinned for one answer, with its small tables kept at hand; and the memory of answers.

Every question passes through `remembered`. There, and nowhere else, it is given its Source: for somebody who may see own rows only one whose
every read holds own rows and no others (engine/store/bounded.py), and what it answers loses what is hidden from their role (engine/answers/veil.py).
"""

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers import records, veil
from engine.answers.answer import Answer
from engine.scope import EVERYTHING, Scope
from engine.settings import Settings
from engine.store.bounded import Bounds
from engine.store.home import Home

Result = TypeVar("Result")
DAYS_APART = 10_000_000
"""More than any day's number: item × DAYS_APART + day is one number for an item on a day."""
MOST_ROWS_KEPT = 30_000
"""Of a read: larger ones are worked up once and would only take memory."""


class Served(Protocol):
    """What answers need of a warehouse: a published one, or a candidate."""

    @property
    def version(self) -> int: ...

    @property
    def home(self) -> Home: ...

    def read(self, query: str, version: int | None = None, **parameters: Any) -> pl.DataFrame: ...

    def has(self, table: str, version: int | None = None) -> bool: ...


class Servable(Served, Protocol):
    """A warehouse that can also be seen by somebody who may see own rows only."""

    def within(self, bounds: Bounds) -> Served: ...


class Memory:
    """The last results by key, bounded; two threads may work out the same one, the result is the same. is_small: whether a result is kept."""

    def __init__(self, most: int, is_small: Callable[[Any], bool] = lambda _: True) -> None:
        self._most, self._is_small, self._kept, self._lock = most, is_small, OrderedDict[Hashable, Any](), threading.Lock()

    def recall(self, key: Hashable, work_out: Callable[[], Result]) -> Result:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: Result = self._kept[key]
                return kept
        result = work_out()
        if not self._is_small(result):
            return result
        with self._lock:
            self._kept[key] = result
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return result

    def forget(self) -> None:
        """Keep nothing of what was worked out."""
        with self._lock:
            self._kept.clear()


class Source:
    """One version with its settings. Reads are named reads of `sql/queries/`, always of this version.

    whole: the same version with all rows, of which a bounded one gives a part. It serves what is known of an article or a place only from the whole
    company (its class, its price, the age of what lies there): never a sum, and of its rows only own ones may leave. Who reads it is listed in
    tests/access/test_no_way_around.py, with the reason.
    """

    def __init__(self, warehouse: Served, version: int, settings: Settings, whole: "Source | None" = None) -> None:
        self.version, self.settings, self.home, self._warehouse = version, settings, warehouse.home, warehouse
        self.whole: Source = whole or self
        self._reads = Memory(64, lambda rows: rows.height <= MOST_ROWS_KEPT)

    def read(self, query: str, **parameters: Any) -> pl.DataFrame:
        """The rows of a named read; small ones are kept, as one page asks for them from several sides."""
        key = (query, *((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(parameters.items())))
        return self._reads.recall(key, lambda: self._warehouse.read(query, self.version, **parameters))

    def has(self, table: str) -> bool:
        return self._warehouse.has(table, self.version)

    @property
    def is_bounded(self) -> bool:
        """Whether it holds own rows only."""
        return self.whole is not self

    def own(self, rows: pl.DataFrame, key: str = "location_id") -> pl.DataFrame:
        """Of rows that were read from the whole those of own places (or, by `dealer_id`, own dealers)."""
        if not self.is_bounded:
            return rows
        mine = self.places if key == "location_id" else self.dealers
        return rows.filter(pl.col(key).is_in(mine[key].to_list()))

    @functools.cached_property
    def items(self) -> pl.DataFrame:
        """item_id, item_kind, item_name, sphere, product_group, line_id, line_name, unit, unit_cost, list_price, catalogue_on, withdrawn_on."""
        return self.read("items")

    @functools.cached_property
    def _item_codes(self) -> pl.Enum:
        return pl.Enum(self.items["item_id"])

    def numbers_of(self, codes: pl.Series) -> pl.Series:
        """The places of item codes in `items`; null for a code that it does not hold."""
        return codes.cast(pl.String).cast(self._item_codes, strict=False).to_physical().cast(pl.UInt32)

    def of_items(self, numbers: pl.Series, column: str) -> pl.Series:
        """A column of `items` for item numbers; null stays null."""
        return self.items[column].gather(numbers).alias(column)

    def is_of_kind(self, kind: str) -> pl.Series:
        """For each item whether it is of a kind."""
        return self.items["item_kind"] == kind

    @functools.cached_property
    def dealers(self) -> pl.DataFrame:
        """dealer_id, dealer_name, region, city, channel, city_tier, sales_rep, status, started_on, ended_on, consents_to_data."""
        return self.read("dealers")

    @functools.cached_property
    def areas(self) -> pl.DataFrame:
        """area_no, region, channel."""
        return self.read("areas")

    @functools.cached_property
    def places(self) -> pl.DataFrame:
        """location_id, location_name, kind, is_own, dealer_id, region."""
        return self.read("locations")

    @functools.cached_property
    def counts(self) -> pl.DataFrame:
        """location_id, counted_on, is_own, region, item_count; ordered by day."""
        return self.read("stock_counts")

    @functools.cached_property
    def costs(self) -> pl.DataFrame:
        """item_id, valid_from, valid_until, unit_cost; ordered by the day from which the cost holds."""
        return self.read("item_costs").sort("valid_from")

    @functools.cached_property
    def cost_changes(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Every change of an item's cost as one ascending number (item × DAYS_APART + day), and the cost from then on."""
        known = self.costs.with_columns(self.numbers_of(self.costs["item_id"]).alias("item_no")).filter(pl.col("item_no").is_not_null())
        numbers, days = known["item_no"], known["valid_from"].to_physical().cast(pl.Int64) + date(1970, 1, 1).toordinal()
        changes = (numbers.cast(pl.Int64) * DAYS_APART + days).to_numpy()
        order = np.argsort(changes, kind="stable")
        return changes[order], known["unit_cost"].to_numpy()[order]

    @functools.cached_property
    def kept_months(self) -> list[date]:
        """The months at whose end a stock is kept, in order."""
        return self.read("stock_months")["month"].to_list()

    @functools.cached_property
    def days(self) -> dict[str, tuple[date, date, int]]:
        """what -> first day, last day, rows; only what there is."""
        return {what: (first, last, rows) for what, first, last, rows in self.read("days_in_data").iter_rows()}


_SOURCES, _ANSWERS = Memory(24), Memory(256)


def source_of(warehouse: Servable, scope: Scope = EVERYTHING) -> Source:
    """The version that is served now, pinned, with the rows of a scope. Raises NothingServed where there is none."""
    version, settings = warehouse.version, warehouse.home.settings()
    whole = _SOURCES.recall((warehouse.home.path, version, settings), lambda: Source(warehouse, version, settings))
    if scope.sees_all:
        return whole
    bounds = (scope.regions, scope.dealers)
    return _SOURCES.recall((warehouse.home.path, version, settings, bounds), lambda: Source(seen_by(warehouse, scope), version, settings, whole))


def seen_by(warehouse: Servable, scope: Scope) -> Served:
    """A version as somebody sees it: whole, or own rows only."""
    return warehouse if scope.sees_all else warehouse.within(Bounds(scope.regions, scope.dealers))


def forget() -> None:
    """Forget every source and answer of this process: what is asked next is read and worked out anew."""
    _SOURCES.forget()
    _ANSWERS.forget()


_KINDS_READ: dict[str, frozenset[str]] = {}
"""Question -> the kinds of records that it was seen to read."""


def remembered(question: Callable[..., Result]) -> Callable[..., Result]:
    """A question to a Source whose answers are kept by version, settings, what was asked (all of it hashable), the rights of who asks, and the
    newest record of each kind that the question reads, which is found out while it is worked out.

    The wrapped function takes the warehouse where the question takes its Source; one of what is asked must be a Scope. Raises NotAllowed where the
    question is about something that is hidden from the role.
    """
    name = f"{question.__module__}.{question.__qualname__}"

    @functools.wraps(question)
    def ask(warehouse: Servable, *asked: Hashable, **named: Hashable) -> Result:
        scope = _scope_among(asked, named)
        veil.check(name, scope, asked)
        rights, home = scope.rights, warehouse.home
        asked = tuple(rights if value is scope else value for value in asked)
        named = {key: rights if value is scope else value for key, value in named.items()}
        source = source_of(warehouse, rights)

        def work_out() -> tuple[Result, frozenset[str]]:
            with records.noting() as kinds:
                return veil.drawn(name, question(source, *asked, **named), source, rights), frozenset(kinds)

        def key(kinds: frozenset[str]) -> Hashable:
            return name, home.path, source.version, source.settings, asked, tuple(sorted(named.items())), records.heads(home, kinds)

        known, before = _KINDS_READ.get(name, frozenset()), records.head(home)
        result, kinds = _ANSWERS.recall(key(known), work_out)
        if not kinds <= known:
            _KINDS_READ[name] = kinds | known
            if records.head(home) == before:  # what was read is still the newest: keep it where it will be looked for
                _ANSWERS.recall(key(kinds | known), lambda: (result, kinds))
        records.note(kinds)
        return replace(result, scope=scope) if isinstance(result, Answer) else result

    return ask


def _scope_among(asked: tuple[Hashable, ...], named: dict[str, Hashable]) -> Scope:
    """Who asks. Raises TypeError where nobody is named: a fault of ours, and never a reason to show everything."""
    scopes = [value for value in (*asked, *named.values()) if isinstance(value, Scope)]
    if len(scopes) != 1:
        raise TypeError(f"a question is asked by one scope, found {len(scopes)}")
    return scopes[0]
