"""The shape in which every answer comes: a sentence, tiles, a table, and what is missing or unknown and why.

Nothing in here is formatted or translated: numbers are raw, sentences are `Message`s. The page places the pieces, the command
line prints the table, the workbook takes all of it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection


@dataclass(frozen=True)
class Column:
    """How a column of a table is to be read. unit: money | qty | days | share | ratio | score | count | date | month | code | text |
    money_per_unit | flag | message (a `Message.to_json()` text). is_hidden: it is not for the role that asks, and holds nothing."""

    name: str
    label: Message
    unit: str
    better: str | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Tile:
    """One KPI value with its comparisons; `why_unknown` says why `value` is None. `series` = (month, value) for the sparkline."""

    kpi: str
    value: float | None
    last_year: float | None = None
    previous: float | None = None
    series: tuple[tuple[date, float | None], ...] = ()
    why_unknown: Message | None = None
    notes: tuple[Message, ...] = ()
    censored: bool = False


@dataclass(frozen=True)
class Alert:
    """One thing that needs attention: what, how much money, and the page (with its selection) where it is dealt with.
    facets: what its money tells (`engine.roles.FACETS`); from whom they are hidden, the alert is too."""

    said: Message
    money: float | None
    page: str
    address: tuple[tuple[str, str], ...] = ()
    severity: str = "attention"
    facets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What one question was answered with.

    name:    the name by which `show` prints it. headline: the page's first sentence, made from the figures.
    frame:   the main table, most money first; columns describes it, in order, keys leading.
    extra:   further frames by name (trend, scatter, tree …) that the page draws.
    missing: input tables that this answer lacks; the page then offers their templates.
    version: the published version that was read. as_of, first, last: the day and window in force.
    """

    name: str
    headline: Message
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    version: int
    as_of: date | None = None
    first: date | None = None
    last: date | None = None
    tiles: tuple[Tile, ...] = ()
    alerts: tuple[Alert, ...] = ()
    notes: tuple[Message, ...] = ()
    missing: tuple[str, ...] = ()
    extra: dict[str, pl.DataFrame] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    scope: Scope = EVERYTHING
    selection: Selection = field(default_factory=Selection)
