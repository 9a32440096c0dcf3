"""The periods that the frame offers, as days."""

import calendar
from datetime import date, timedelta

from engine.messages import Message, message

WINDOW = "window"
PERIODS: dict[str, Message] = {
    WINDOW: message("Usual window"),
    "30d": message("30 days"),
    "12m": message("12 months"),
    "year": message("This year"),
    "own": message("Own dates"),
}
COMPARISONS: dict[str, Message] = {
    "last_year": message("with last year"),
    "previous": message("with the period before"),
    "none": message("with nothing"),
}


def days_of(period: str, end: date | None, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """First and last day of a period that ends with `end`; (None, None) = the usual window, which the engine knows."""
    if period == "own":
        return (first, last) if first and last and first <= last else (None, None)
    if end is None or period not in PERIODS or period == WINDOW:
        return None, None
    if period == "30d":
        return end - timedelta(days=29), end
    if period == "year":
        return date(end.year, 1, 1), end
    return _a_year_before(end) + timedelta(days=1), end


def _a_year_before(day: date) -> date:
    """The same day a year earlier; a month's end stays a month's end."""
    month_end = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=month_end if (day + timedelta(days=1)).day == 1 else day.day)
