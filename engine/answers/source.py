"""A version of a warehouse, pinned for one answer, with its small tables kept at hand; and the memory of answers."""

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers import records
from engine.settings import Settings
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
    """One version with its settings. Reads are named reads of `sql/queries/`, always of this version."""

    def __init__(self, warehouse: Served, version: int, settings: Settings) -> None:
        self.version, self.settings, self.home, self._warehouse = version, settings, warehouse.home, warehouse
        self._reads = Memory(64, lambda rows: rows.height <= MOST_ROWS_KEPT)

    def read(self, query: str, **parameters: Any) -> pl.DataFrame:
        """The rows of a named read; small ones are kept, as one page asks for them from several sides."""
        key = (query, *((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(parameters.items())))
        return self._reads.recall(key, lambda: self._warehouse.read(query, self.version, **parameters))

    def has(self, table: str) -> bool:
        return self._warehouse.has(table, self.version)

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


_SOURCES, _ANSWERS = Memory(6), Memory(256)


def source_of(warehouse: Served) -> Source:
    """The version that is served now, pinned. Raises NothingServed where there is none."""
    version, settings = warehouse.version, warehouse.home.settings()
    return _SOURCES.recall((warehouse.home.path, version, settings), lambda: Source(warehouse, version, settings))


def forget() -> None:
    """Forget every source and answer of this process: what is asked next is read and worked out anew."""
    _SOURCES.forget()
    _ANSWERS.forget()


_KINDS_READ: dict[str, frozenset[str]] = {}
"""Question -> the kinds of records that it was seen to read."""


def remembered(question: Callable[..., Result]) -> Callable[..., Result]:
    """A question to a Source whose answers are kept by version, settings, what was asked (all of it hashable), and the newest record
    of each kind that the question reads, which is found out while it is worked out.

    The wrapped function takes the warehouse where the question takes its Source.
    """
    name = f"{question.__module__}.{question.__qualname__}"

    @functools.wraps(question)
    def ask(warehouse: Served, *asked: Hashable, **named: Hashable) -> Result:
        source, home = source_of(warehouse), warehouse.home

        def work_out() -> tuple[Result, frozenset[str]]:
            with records.noting() as kinds:
                return question(source, *asked, **named), frozenset(kinds)

        def key(kinds: frozenset[str]) -> Hashable:
            return name, home.path, source.version, source.settings, asked, tuple(sorted(named.items())), records.heads(home, kinds)

        known, before = _KINDS_READ.get(name, frozenset()), records.head(home)
        result, kinds = _ANSWERS.recall(key(known), work_out)
        if not kinds <= known:
            _KINDS_READ[name] = kinds | known
            if records.head(home) == before:  # what was read is still the newest: keep it where it will be looked for
                _ANSWERS.recall(key(kinds | known), lambda: (result, kinds))
        records.note(kinds)
        return result

    return ask
