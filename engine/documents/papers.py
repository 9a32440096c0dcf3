"""The papers of a meeting in one piece: what the minutes, the slides and the workbook are all made from, so that their figures cannot differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from engine.answers.answer import Column
from engine.messages import Message


@dataclass(frozen=True)
class Fact:
    """One figure with its name. unit: as of a Column; difference: to the plan of record, None = not compared."""

    label: Message
    value: float | None
    unit: str
    difference: float | None = None


@dataclass(frozen=True)
class Sheet:
    """A table of the papers. name: of the workbook's sheet, one of a kind; shown: how many rows minutes and slides show (the workbook holds all)."""

    name: str
    title: Message
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    shown: int = 12


@dataclass(frozen=True)
class Curve:
    """A chart by month. months: first days. series: (label, notation, values); notation as in every chart: actual | last_year | plan | forecast |
    scenario. kind: line | bar. unit: as of a Column."""

    title: Message
    months: tuple[date, ...]
    series: tuple[tuple[Message, str, tuple[float | None, ...]], ...]
    unit: str
    kind: str = "line"


@dataclass(frozen=True)
class Section:
    """One step of the meeting: a page of the minutes, one or two slides. said: its sentences; signed: by whom and when, or that it is not."""

    name: str
    title: Message
    said: tuple[Message, ...] = ()
    facts: tuple[Fact, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    curve: Curve | None = None
    signed: Message | None = None


@dataclass(frozen=True)
class Papers:
    """A meeting on paper. sections: the five steps, in order; after: decisions and actions; plans: tables that only the workbook holds (the seven
    plans). made_at: UTC; version: of the data; plan: name of the approved version, "" = not approved.
    foot: what stands at the foot of each page instead of plan and version."""

    title: Message
    month: date
    sections: tuple[Section, ...]
    after: tuple[Section, ...]
    plans: tuple[Sheet, ...]
    who: str
    made_at: datetime
    version: int
    plan: str = ""
    foot: Message | None = None
    about: tuple[tuple[Message, Message], ...] = field(default_factory=tuple)

    @property
    def all_sections(self) -> Sequence[Section]:
        return (*self.sections, *self.after)
