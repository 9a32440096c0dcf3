"""The months that a plan speaks of: those behind, whole ones only, and those ahead."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from engine.answers.periods import end_of, first_of, following, last_day, months_before
from engine.answers.source import Source
from engine.answers.workdays import Workdays
from engine.selection import Selection
from engine.sop.grid import Numbers, months_from

LACKING_DAYS = 3
"""A month whose last so many days have no data yet still counts as whole."""


@dataclass(frozen=True)
class Months:
    """behind, ahead: first days, consecutive. as_of: the day on which the data end. days: working days of each month ahead.

    The cycle of a meeting is called by the first month that it plans.
    """

    as_of: date
    behind: tuple[date, ...]
    ahead: tuple[date, ...]
    days: Numbers

    @property
    def last(self) -> date:
        """The last whole month behind."""
        return self.behind[-1]

    @property
    def first(self) -> date:
        """The first month ahead: the cycle's."""
        return self.ahead[0]

    @property
    def year_behind(self) -> tuple[date, ...]:
        """The twelve whole months behind."""
        return months_from(months_before(self.last, 11), 12)


def months_of(source: Source, selection: Selection) -> Months:
    """The months around the last whole one before `as_of`. Where none is asked for it is the last day of the data, at most the end of
    the last month with sales: stock may be counted for months in which nobody told what was sold."""
    sales, last_known = source.whole.days.get("sales"), last_day(source.whole)
    as_of = selection.as_of or (last_known if sales is None else min(last_known, end_of(sales[1])))
    last = first_of(as_of) if as_of >= end_of(as_of) - timedelta(LACKING_DAYS) else months_before(first_of(as_of), 1)
    count = int(source.settings["plan_history_months"])
    behind, ahead = months_from(months_before(last, count - 1), count), months_from(following(last), int(source.settings["meeting_months"]))
    work = Workdays(source.whole, ahead[0], end_of(ahead[-1]))
    return Months(as_of, behind, ahead, np.array([float(work.between(month, end_of(month))) for month in ahead]))
