"""Cells with the texts that are shown in them, handed to Streamlit ready-made.

Streamlit takes a pandas Styler apart cell by cell (translated, then set into a frame of texts), which for one table takes longer than all
the rest of a page. Here the texts are known already, so both steps give them as they are; the browser receives the same.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

DAYS: Mapping[str, str] = MappingProxyType({"en": "D MMM YYYY", "zh": "YYYY年M月D日", "ru": "DD.MM.YYYY"})
"""How a day is shown in a cell that can be typed into, by language: such cells are drawn by the browser, which knows no text of ours for them."""
NUMBERS = "localized"
"""The same for numbers: as the browser's language has them, which is the nearest that there is."""


class _Told(pd.DataFrame):
    """A frame whose texts are known: as `str` it is these. Whatever is derived from it is a plain frame."""

    _metadata = ["texts"]  # noqa: RUF012 - as pandas asks for it

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    def astype(self, dtype: Any, *asked: Any, **named: Any) -> Any:
        return self.texts if dtype is str else super().astype(dtype, *asked, **named)


def styled(cells: pd.DataFrame, texts: pd.DataFrame) -> Styler:
    """The cells (numbers as numbers, so that they sort rightly) with the texts that stand for them; both have the same columns and rows."""
    told = _Told(cells)
    object.__setattr__(told, "texts", texts)
    style = Styler(told)
    style._compute = lambda: style  # type: ignore[method-assign]
    style._translate = lambda *_: {"body": []}  # type: ignore[method-assign]
    return style
