"""Days and months as people of a language write them: 31 Oct 2026 · 2026年10月31日 · 31 окт. 2026."""

import functools
from datetime import date, datetime

from babel.dates import format_date, format_datetime

from engine.language.tongues import locale

_DAY = {"en": "d MMM y", "zh": "y年M月d日", "ru": "d MMM y"}
_MONTH = {"en": "LLL y", "zh": "y年M月", "ru": "LLL y"}
_TIME = {"en": "d MMM y, HH:mm", "zh": "y年M月d日 HH:mm", "ru": "d MMM y, HH:mm"}
_MONTH_ALONE = {"en": "LLL", "zh": "L月", "ru": "LLL"}
_YEAR = {"en": "y", "zh": "y年", "ru": "y"}


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


@functools.lru_cache(maxsize=4096)
def date_text(day: date, language: str) -> str:
    """One day."""
    return _unbroken(format_date(day, _DAY.get(language, _DAY["en"]), locale=locale(language)))


@functools.lru_cache(maxsize=4096)
def month_text(day: date, language: str) -> str:
    """The month in which a day lies, with its year."""
    return _unbroken(format_date(day, _MONTH.get(language, _MONTH["en"]), locale=locale(language)))


def time_text(moment: datetime, language: str) -> str:
    """A day with hour and minute, as the moment's own clock shows them."""
    return _unbroken(format_datetime(moment, _TIME.get(language, _TIME["en"]), locale=locale(language)))


def month_alone(day: date, language: str) -> str:
    """The month without its year, short, for ticks."""
    return format_date(day, _MONTH_ALONE.get(language, _MONTH_ALONE["en"]), locale=locale(language)).rstrip(".")


def year_alone(day: date, language: str) -> str:
    """The year, for ticks."""
    return format_date(day, _YEAR.get(language, _YEAR["en"]), locale=locale(language))
