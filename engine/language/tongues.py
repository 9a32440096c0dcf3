"""The three languages: their names, their locales, and which of them a browser's wish comes nearest to."""

import functools
from collections.abc import Mapping
from typing import Protocol

from babel import Locale

LANGUAGE_NAMES: dict[str, str] = {"en": "English", "zh": "中文", "ru": "Русский"}
LANGUAGES: tuple[str, ...] = tuple(LANGUAGE_NAMES)

# British English, because a date reads "31 Oct 2026" in it; its numbers are those of any English.
_LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN", "ru": "ru_RU"}


class _Labelled(Protocol):
    @property
    def label(self) -> str: ...


@functools.cache
def locale(language: str) -> Locale:
    """Babel's locale of a language; a language that we do not speak is English."""
    return Locale.parse(_LOCALES.get(language, _LOCALES["en"]))


def nearest_language(wish: str | None, default: str = "en") -> str:
    """The language for a browser's tag or Accept-Language line (`zh-CN`, `ru;q=0.9, en`); `default` where none is ours."""
    for part in (wish or "").replace("_", "-").split(","):
        tongue = part.split(";")[0].strip().split("-")[0].lower()
        if tongue in LANGUAGE_NAMES:
            return tongue
    return default


def label(texts: Mapping[str, _Labelled], language: str) -> str:
    """The label in a language from texts by language, as contracts keep them; English where that language has none."""
    text = texts.get(language)
    return text.label if text is not None and text.label else texts["en"].label


def separators(language: str) -> str:
    """Decimal and thousands mark as one text of two characters, as Plotly's `layout.separators` wants it."""
    symbols = locale(language).number_symbols["latn"]
    return f"{symbols['decimal']}{symbols['group']}"
