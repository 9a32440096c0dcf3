"""Which months a review of the assortment looks at, and on which days of a year something is decided."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

HALF_YEAR, YEAR = 6, 12
"""Months of a review, and of the year between a month and the same month before."""


@dataclass(frozen=True)
class ReviewWindow:
    """months: the closed months that are looked at, in order; base: the same months a year earlier.

    as_of: the day that was asked for. is_shifted: that day lies within a month that is not over, so the review ends before it.
    """

    months: tuple[date, ...]
    base: tuple[date, ...]
    as_of: date
    is_shifted: bool = False

    @property
    def first(self) -> date:
        """The first day."""
        return self.months[0]

    @property
    def last(self) -> date:
        """The last day."""
        return end_of(self.months[-1])

    @property
    def has_base(self) -> bool:
        """Whether a year before can be compared: not where the months reach into it."""
        return 0 < len(self.months) <= YEAR


def moved(month: date, by: int) -> date:
    """The first day of the month that lies `by` months after (before, where negative)."""
    count = month.year * YEAR + month.month - 1 + by
    return date(count // YEAR, count % YEAR + 1, 1)


def end_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def after(day: date, months: int) -> date:
    """The day some calendar months later; where that month is too short, its last day. 31 August and 6 months = 28 or 29 February."""
    month = moved(day, months)
    return month.replace(day=min(day.day, end_of(month).day))


def newest_closed(as_of: date) -> date:
    """The last month that is over at the end of a day."""
    month = as_of.replace(day=1)
    return month if as_of == end_of(month) else moved(month, -1)


def review_window(as_of: date, months: int = HALF_YEAR, known_until: date | None = None) -> ReviewWindow:
    """The last closed months and the same months of the year before (S10: as of 1 February August to January).

    known_until: the last day of the data; a month that it cuts short is not closed.
    """
    day = as_of if known_until is None else min(as_of, known_until)
    newest = newest_closed(day)
    looked_at = tuple(moved(newest, -back) for back in range(months - 1, -1, -1))
    is_shifted = day != end_of(day) and day.day > 1
    return ReviewWindow(looked_at, tuple(moved(month, -YEAR) for month in looked_at), as_of, is_shifted)


def window_of(months: Sequence[date], as_of: date) -> ReviewWindow:
    """The window of some months that somebody chose."""
    return ReviewWindow(tuple(months), tuple(moved(month, -YEAR) for month in months), as_of)


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def is_day_of(gates: Sequence[tuple[int, int]], day: date) -> bool:
    """Whether a day is one of the days (month, day) on which something is decided."""
    return (day.month, day.day) in set(gates)


def next_day_of(gates: Sequence[tuple[int, int]], day: date) -> date:
    """The next of the days (month, day) of decision, that day itself included. S23: 2 February leads to 1 August."""
    return min(found for year in (day.year, day.year + 1) for month, number in gates if (found := date(year, month, number)) >= day)
