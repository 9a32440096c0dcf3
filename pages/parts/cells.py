"""Cells with the texts that are shown in them, handed to Streamlit ready-made.

Streamlit takes a pandas Styler apart cell by cell (translated, then set into a frame of texts), which for one table takes longer than all
the rest of a page. Here the texts are known already, so both steps give them as they are; the browser receives the same. Nor are the two frames turned
into bytes at every rerun: they stay what they are, and so do their bytes.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler
from streamlit import dataframe_util

_converted = dataframe_util.convert_pandas_df_to_arrow_bytes

DAYS: Mapping[str, str] = MappingProxyType({"en": "D MMM YYYY", "zh": "YYYY年M月D日", "ru": "DD.MM.YYYY"})
"""How a day is shown in a cell that can be typed into, by language: such cells are drawn by the browser, which knows no text of ours for them."""
NUMBERS = "localized"
"""The same for numbers: as the browser's language has them, which is the nearest that there is."""


class _Told(pd.DataFrame):
    """A frame whose texts are known: as `str` it is these. Whatever is derived from it is a plain frame. arrow: its bytes, once they were made."""

    _metadata = ["texts", "arrow"]  # noqa: RUF012 - as pandas asks for it

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    def astype(self, dtype: Any, *asked: Any, **named: Any) -> Any:
        return self.texts if dtype is str else super().astype(dtype, *asked, **named)


def styled(cells: pd.DataFrame, texts: pd.DataFrame) -> Styler:
    """The cells (numbers as numbers, so that they sort rightly) with the texts that stand for them; both have the same columns and rows."""
    told, words = _Told(cells), _Told(texts)
    for frame, known in ((told, words), (words, None)):
        object.__setattr__(frame, "texts", known)
        object.__setattr__(frame, "arrow", None)
    style = Styler(told)
    style._compute = lambda: style  # type: ignore[method-assign]
    style._translate = lambda *_: {"body": []}  # type: ignore[method-assign]
    return style


def _converted_once(df: pd.DataFrame, **asked: Any) -> bytes:
    """In the place of Streamlit's own: the bytes of a frame of ours are made once."""
    if not isinstance(df, _Told) or asked:
        return _converted(df, **asked)
    if df.arrow is None:
        object.__setattr__(df, "arrow", _converted(df))
    kept: bytes = df.arrow
    return kept


dataframe_util.convert_pandas_df_to_arrow_bytes = _converted_once
