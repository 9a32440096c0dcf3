"""Which days an answer speaks of: the day of the stock, the window of the flows, and the months in between."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from engine.answers.source import Source
from engine.errors import BadUse
from engine.messages import message
from engine.selection import Selection


@dataclass(frozen=True)
class Window:
    """Days from first to last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def whole_months(self) -> list[date]:
        """First days of the months that lie wholly inside."""
        month = self.first if self.first.day == 1 else following(first_of(self.first))
        months = []
        while end_of(month) <= self.last:
            months.append(month)
            month = following(month)
        return months

    def single_days(self) -> list[date]:
        """The days outside of its whole months."""
        months = self.whole_months()
        if not months:
            return [self.first + timedelta(n) for n in range(max(self.days, 0))]
        before = [self.first + timedelta(n) for n in range((months[0] - self.first).days)]
        after = end_of(months[-1])
        return before + [after + timedelta(n + 1) for n in range((self.last - after).days)]


@dataclass(frozen=True)
class Period:
    """What one row of figures covers.

    month: the month that the row is for, or None. flows: days of its sales. end: day of its stock. demand: days whose sales stand
    for demand. year: the 12 months that end with `end`.
    """

    month: date | None
    flows: Window
    end: date
    demand: Window
    year: Window

    @property
    def balance_ends(self) -> list[date]:
        """The 13 days of the mean stock: `end` and the 12 month ends before it."""
        months = [months_before(first_of(self.end), back) for back in range(12, 0, -1)]
        return [end_of(month) for month in months] + [self.end]


@dataclass(frozen=True)
class Span:
    """The days in force: stock on `as_of`, flows from `first` to `last`, and the periods of the rows."""

    as_of: date
    first: date
    last: date
    periods: tuple[Period, ...]
    by_month: bool


def first_of(day: date) -> date:
    return day.replace(day=1)


def end_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def following(month: date) -> date:
    return first_of(end_of(month) + timedelta(1))


def months_before(month: date, back: int) -> date:
    """The first day of the month that lies `back` months before."""
    count = month.year * 12 + month.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes the 28th, and a month's end stays a month's end."""
    if day == end_of(day):
        return end_of(date(day.year - 1, day.month, 1))
    return date(day.year - 1, day.month, day.day)


def span_of(source: Source, selection: Selection, by_month: bool | None = None) -> Span:
    """The days in force for a selection.

    as_of defaults to the last day of sales and own stock in the data; the window to the setting `window_days`, ended by as_of; by month it begins with
    its first month, as a part of a month would be read as the month. Months in `where` stand for a window where none is given and the rows are not by month.
    Raises BadUse where the window ends before it begins, or for no month.
    """
    months = [month_of(text) for text in selection.allowed("month") or ()]
    as_of = selection.as_of or last_day(source)
    length = int(source.settings["window_days"])
    stand_in = months and "month" not in selection.by
    last = selection.last or (min(end_of(max(months)), as_of) if stand_in else as_of)
    monthly = ("month" in selection.by or len(months) == 1) if by_month is None else by_month
    usual = last - timedelta(length - 1)
    first = selection.first or (min(months) if stand_in else first_of(usual) if monthly else usual)
    if first > last:
        raise BadUse(message("The window ends on {last_day}, before it begins on {first_day}.", first_day=first, last_day=last))
    if not monthly:
        whole = Window(first, last)
        if months:
            as_of = min(as_of, last)
        return Span(as_of, first, last, (Period(None, whole, as_of, whole, year_to(as_of)),), False)
    named = [month for month in _months(first, last) if not months or month in months]
    periods = (month_period(month, Window(first, last), as_of, length) for month in named if month <= as_of)
    return Span(as_of, first, last, tuple(periods), True)


def month_period(month: date, window: Window, as_of: date, length: int) -> Period:
    """The period of a month: its days within the window; stock and the trailing days of demand and of the year at its end, at most as_of."""
    end = min(end_of(month), as_of)
    flows = Window(max(month, window.first), min(end_of(month), window.last))
    return Period(month, flows, end, Window(end - timedelta(length - 1), end), year_to(end))


def year_to(end: date) -> Window:
    """The 12 months that end with a day, that day included."""
    return Window(year_before(end) + timedelta(1), end)


def month_of(text: str) -> date:
    """`2013-10` or any day of the month. Raises BadUse."""
    try:
        return first_of(date.fromisoformat(text if len(text) > 7 else f"{text}-01"))
    except ValueError:
        raise BadUse(message("“{found}” is no month; write it as 2025-10.", found=text)) from None


def last_day(source: Source) -> date:
    """The last day of sales and own stock in the data; today where there is neither."""
    days = [source.days[what][1] for what in ("sales", "stock") if what in source.days]
    return max(days) if days else date.today()


def _months(first: date, last: date) -> Iterable[date]:
    month = first_of(first)
    while month <= last:
        yield month
        month = following(month)


def is_of_one_month(selection: Selection) -> bool:
    """Whether the rows of one month alone are asked for."""
    return len(selection.allowed("month") or ()) == 1
