"""The company's time: days, months, festivals and working days."""

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import polars as pl

HISTORY_MONTHS = 36
HORIZON_DAYS = 430

# Lunar festivals fall on other days every year; these are the real ones.
SPRING = [
    date(2020, 1, 25),
    date(2021, 2, 12),
    date(2022, 2, 1),
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
]
AUTUMN = [
    date(2020, 10, 1),
    date(2021, 9, 21),
    date(2022, 9, 10),
    date(2023, 9, 29),
    date(2024, 9, 17),
    date(2025, 10, 6),
    date(2026, 9, 25),
    date(2027, 9, 15),
    date(2028, 10, 3),
]
DRAGON = [
    date(2020, 6, 25),
    date(2021, 6, 14),
    date(2022, 6, 3),
    date(2023, 6, 22),
    date(2024, 6, 10),
    date(2025, 5, 31),
    date(2026, 6, 19),
    date(2027, 6, 9),
    date(2028, 5, 28),
]

# Days before the festival day, days in all, name: what is off every year.
LUNAR_HOLIDAYS = ((SPRING, 1, 8, "春节"), (AUTUMN, 0, 1, "中秋节"), (DRAGON, 0, 1, "端午节"))
FIXED_HOLIDAYS = ((1, 1, 1, "元旦"), (4, 4, 3, "清明节"), (5, 1, 5, "劳动节"), (10, 1, 7, "国庆节"))
CLOSING = (7, 20, 3, "年度检修停产")


def dice(seed: int, topic: str) -> np.random.Generator:
    """A generator of its own for each topic, so that a change in one place does not reshuffle the others."""
    return np.random.default_rng([seed, zlib.crc32(topic.encode())])


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month `months` after the month of `day`."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True)
class Clock:
    """Three years of days up to `as_of`, and a horizon after it. Day 0 is the first day of the history."""

    as_of: date

    def __post_init__(self) -> None:
        if (self.as_of + timedelta(days=1)).day != 1:
            raise ValueError(f"the demo ends on the last day of a month, not on {self.as_of}")
        if not SPRING[3] < self.as_of < AUTUMN[-2]:
            raise ValueError(f"the festivals around {self.as_of} are not in the book")

    @cached_property
    def first(self) -> date:
        return month_start(self.as_of, 1 - HISTORY_MONTHS)

    @cached_property
    def length(self) -> int:
        """Days of history, the first and the last included."""
        return (self.as_of - self.first).days + 1

    @cached_property
    def days(self) -> np.ndarray:
        """Every day of history and horizon as datetime64[D]."""
        return np.datetime64(self.first) + np.arange(self.length + HORIZON_DAYS)

    @cached_property
    def months(self) -> list[date]:
        """First days of the months of history."""
        return [month_start(self.first, index) for index in range(HISTORY_MONTHS)]

    @cached_property
    def month_of(self) -> np.ndarray:
        """Index of the month of each day; 0 is the first month of history, the horizon goes on counting."""
        months = self.days.astype("datetime64[M]").astype(int)
        return months - months[0]

    @cached_property
    def month_ends(self) -> np.ndarray:
        """Day index of the last day of each month of history."""
        return np.array([self.index(month_start(month, 1)) - 1 for month in self.months])

    def index(self, day: date) -> int:
        return (day - self.first).days

    def day(self, index: int) -> date:
        return self.first + timedelta(days=int(index))

    def month(self, index: int) -> date:
        return month_start(self.first, int(index))

    @cached_property
    def events(self) -> dict[date, str]:
        """Holidays and closings; where two meet, the first named wins."""
        events: dict[date, str] = {}
        for festivals, before, length, name in LUNAR_HOLIDAYS:
            for festival in festivals:
                for day in range(length):
                    events.setdefault(festival + timedelta(days=day - before), name)
        for year in range(self.first.year, self.as_of.year + 3):
            for month, day, length, name in (*FIXED_HOLIDAYS, CLOSING):
                for offset in range(length):
                    events.setdefault(date(year, month, day) + timedelta(days=offset), name)
        return events

    @cached_property
    def working(self) -> np.ndarray:
        """Whether each day is a working day: Monday to Friday without holidays."""
        weekday = self.weekday
        off = np.array([self.day(index) in self.events for index in range(len(self.days))])
        return (weekday < 5) & ~off

    @cached_property
    def weekday(self) -> np.ndarray:
        """0 is Monday."""
        return (self.days.astype(int) + 3) % 7

    @cached_property
    def working_number(self) -> np.ndarray:
        """How many working days lie before each day."""
        return np.concatenate([[0], np.cumsum(self.working)[:-1]])

    @cached_property
    def working_days(self) -> np.ndarray:
        """Day index of each working day."""
        return np.flatnonzero(self.working)

    def after_working(self, index: np.ndarray, days: np.ndarray | int) -> np.ndarray:
        """The working day that lies `days` working days after each index."""
        return self.working_days[np.minimum(self.working_number[index] + days, len(self.working_days) - 1)]

    def days_to(self, festivals: list[date]) -> np.ndarray:
        """Signed days from each day to the nearest of the festivals: positive before it."""
        distance = np.array([(np.datetime64(festival) - self.days).astype(int) for festival in festivals])
        return distance[np.abs(distance).argmin(axis=0), np.arange(len(self.days))]

    def table(self) -> pl.DataFrame:
        """The calendar of history and horizon."""
        dates = [self.day(index) for index in range(len(self.days))]
        return pl.DataFrame(
            {"day": dates, "is_working": self.working.tolist(), "event": [self.events.get(day) for day in dates]}, schema_overrides={"event": pl.String}
        )
