"""The words, numbers and dates of the people: English, 中文, русский.

`say` puts a `Message` into a language, `formatted` a number; nothing else in Granary formats anything for people. The
catalogues are gettext files (`locale/<language>/LC_MESSAGES/granary.po`) that `python -m engine.language.extract` keeps in
step with the code; English needs none, because the English sentence is the key.
"""

from engine.language.axes import Ticks, month_ticks, nice_ticks
from engine.language.dates import date_text, month_text, time_text
from engine.language.numbers import NOT_APPLICABLE, UNITS, UNKNOWN, formatted, unit_name
from engine.language.saying import say
from engine.language.sheets import excel_format
from engine.language.tongues import LANGUAGE_NAMES, LANGUAGES, label, nearest_language, separators
from engine.language.variance import Variance, variance

__all__ = [
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "NOT_APPLICABLE",
    "UNITS",
    "UNKNOWN",
    "Ticks",
    "Variance",
    "date_text",
    "excel_format",
    "formatted",
    "label",
    "month_text",
    "month_ticks",
    "nearest_language",
    "nice_ticks",
    "say",
    "separators",
    "time_text",
    "unit_name",
    "variance",
]
