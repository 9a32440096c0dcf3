"""Working days: by the calendar that was loaded, and where it says nothing of a day, by the week of the settings."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from engine.answers.source import Source

_REACH = 120
"""Days before and after a span that are known as well, so that orders and arrivals beyond its ends can be dated."""


class Workdays:
    """Which days of a span, and of some weeks around it, are working days."""

    def __init__(self, source: Source, first: date, last: date) -> None:
        self._from = first - timedelta(_REACH)
        length = (last + timedelta(_REACH) - self._from).days + 1
        weekday = (np.arange(length) + self._from.weekday()) % 7
        self.works: npt.NDArray[np.bool_] = weekday < int(source.settings["working_days_a_week"])
        for day, works in source.read("calendar_between", first=self._from, last=last + timedelta(_REACH)).iter_rows():
            self.works[(day - self._from).days] = works
        self._upto = np.concatenate([[0], np.cumsum(self.works)])

    def between(self, first: date, last: date) -> int:
        """Working days from first to last, both included; 0 where last comes before first."""
        return max(int(self._upto[self._place(last) + 1] - self._upto[self._place(first)]), 0) if first <= last else 0

    def between_each(self, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The same for arrays of days as ordinals (date.toordinal)."""
        begin, end = self._from.toordinal(), self._from.toordinal() + self.works.size - 1
        low, high = np.clip(first, begin, end) - begin, np.clip(last, begin, end) - begin
        return np.asarray(np.maximum(self._upto[high + 1] - self._upto[low], 0) * (first <= last), dtype=float)

    def after(self, day: date, count: int) -> date:
        """The day on which `count` working days have passed since a day; with 0 the day itself."""
        if count <= 0:
            return day
        coming = np.flatnonzero(self.works[self._place(day) + 1 :])
        known = int(coming[count - 1]) + 1 if coming.size >= count else int(self.works.size - self._place(day)) + count - coming.size
        return day + timedelta(known)

    def is_working(self, day: date) -> bool:
        """Whether people work on a day."""
        return bool(self.works[self._place(day)])

    def _place(self, day: date) -> int:
        return min(max((day - self._from).days, 0), self.works.size - 1)
