"""A table: numbers right and in the reader's language, sorted by their value, units in the header, bars in cells, a safe export.

Streamlit's own number columns follow the browser's language, not ours; so cells hold the numbers (they sort rightly) and a pandas
Styler holds the texts that are shown.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pandas as pd
import polars as pl
import streamlit as st

from engine.answers.answer import Answer, Column
from engine.answers.source import Memory
from engine.documents.cells import heading
from engine.documents.delimited import csv
from engine.documents.workbook import workbook
from engine.figures.content import mark_of
from engine.language import NOT_APPLICABLE, UNKNOWN, formatted
from engine.messages import Message, message
from pages.parts import empty, text, watched
from pages.parts.cells import styled
from pages.parts.named import named
from pages.parts.view import View

SHOWN, FEW = 200, 2_000
"""Rows that a table shows, and rows whose content is sooner read through than made into a table anew."""
ROW, HEAD, TALLEST = 35, 37, 562
NUMBERS = ("money", "qty", "days", "share", "points", "ratio", "score", "count", "money_per_unit")
MONEY = ("money", "money_per_unit")
SMALL_MONEY = 1000
BAR = "▏"
LETTER, CHINESE_LETTER, PADDING, WIDEST, MEASURED = (
    7.4,
    13.5,
    24,
    400,
    10,
)  # pixels of letters in a cell and of what is around them; rows that a browser measures
_TABLES = Memory(200)
WHY = Column("why_unknown", message("Why unknown"), "message")


def table(
    view: View, answer: Answer, title: Message, *, key: str, bars: Sequence[str] = (), pick: bool = False, nothing: str = UNKNOWN
) -> dict[str, Any] | None:
    """The answer's table under its title, with its export at the corner; see `rows`."""
    headed(view, answer, title, key)
    return rows(view, answer.frame, answer.columns, alt=view.say(answer.headline), key=key, bars=bars, pick=pick, nothing=nothing)


def headed(view: View, answer: Answer, title: Message, key: str) -> None:
    """A title with the answer's export at its corner."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text.heading(view.say(title))
        export(view, answer, key)


def further(view: View, answer: Answer, name: str, frame: pl.DataFrame, columns: Sequence[Column], title: str, *below: str) -> None:
    """A title with the export of a further table of an answer at its corner."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text.heading(title, *below)
        export(view, replace(answer, name=name, frame=frame, columns=tuple(columns)), name)


def export(view: View, answer: Answer, key: str) -> None:
    """The whole answer as a workbook or as text, made when it is asked for; formulas in names stay names."""
    language, currency = view.language, view.currency
    name = f"{answer.name}-{answer.version}"
    answer = replace(answer, frame=named(view, answer.frame))

    def book() -> bytes:
        watched.taken(view, answer, "xlsx")
        return workbook(answer, language, currency, who=view.scope.who, filters=view.filters, made_at=datetime.now(UTC), version=answer.version)

    def lines() -> bytes:
        watched.taken(view, answer, "csv")
        return csv(answer, language, currency)

    st.download_button("Excel", data=book, file_name=f"{name}.xlsx", key=f"xlsx-{key}", icon=":material/download:", type="tertiary", on_click="ignore")
    st.download_button(
        "CSV",
        data=lines,
        file_name=f"{name}.csv",
        key=f"csv-{key}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def rows(
    view: View, frame: pl.DataFrame, columns: Sequence[Column], *, alt: str, key: str, bars: Sequence[str] = (), pick: bool = False, nothing: str = UNKNOWN,
    drawn: Mapping[str, Sequence[str | None]] = MappingProxyType({}), tallest: int = TALLEST,
) -> dict[str, Any] | None:  # fmt: skip
    """A frame's rows as described by its columns, the first 200 of them; returns the row that was clicked, if any.

    nothing: what stands for a number that is not there: unknown, or (`–`) not applicable. drawn: column -> an image of each row, beside the column.
    """
    made = _made(view, frame, tuple(column for column in columns if column.name in frame.columns and not column.is_hidden), tuple(bars))
    if made.cells.empty:
        empty.sentence(view, message("There are no rows for this choice."))
        return None
    shown = min(made.frame.height, SHOWN)
    cells, texts, config, order = made.cells, made.texts, dict(made.config), list(made.order)
    for name, images in drawn.items():
        if any(images[:shown]):
            cells, texts = (part.assign(**{name + BAR: list(images[:shown])}) for part in (cells, texts))
            config[name + BAR] = st.column_config.ImageColumn("", width=140)
            order.insert(order.index(name) + 1, name + BAR)
    event = st.dataframe(
        made.style if cells is made.cells else styled(cells, texts),
        column_config=config, column_order=order, hide_index=True, key=key, height=min(HEAD + ROW * len(cells), tallest), row_height=ROW,
        placeholder=nothing, alt=alt, on_select="rerun" if pick else "ignore", selection_mode="single-row",
    )  # fmt: skip
    if made.frame.height > SHOWN:
        text.small(view.say(message("The first {shown_n} of {n} rows are shown; the export holds all.", shown_n=SHOWN, n=made.frame.height)))
    chosen = event["selection"]["rows"] if pick else []
    return made.frame.row(chosen[0], named=True) if chosen and chosen[0] < shown else None


@dataclass(frozen=True)
class _Made:
    """A table ready to be shown. asked: the frame that was asked for, kept so that its identity stays its own; frame: the same with reasons; style: cells
    and texts as Streamlit takes them."""

    asked: pl.DataFrame
    frame: pl.DataFrame
    cells: pd.DataFrame
    texts: pd.DataFrame
    config: dict[str, Any]
    order: list[str]

    @functools.cached_property
    def style(self) -> Any:
        return styled(self.cells, self.texts)


def _made(view: View, asked: pl.DataFrame, described: tuple[Column, ...], bars: tuple[str, ...]) -> _Made:
    """The table of a frame, made once as long as the same frame (an answer's) or, of few rows, the same content is asked for; without cells where there
    is nothing to show."""
    return _TABLES.recall((_mark(asked), described, bars, view.language, view.currency), lambda: _make(view, asked, described, bars))


def _mark(frame: pl.DataFrame) -> int | bytes:
    """What tells a frame from others: its content, where a page makes it anew at each rerun; of many rows only itself."""
    return id(frame) if frame.height > FEW else mark_of(frame)


def _make(view: View, asked: pl.DataFrame, described: tuple[Column, ...], bars: tuple[str, ...]) -> _Made:
    frame, columns = with_reasons(asked, list(described))
    if frame.is_empty() or not columns:
        return _Made(asked, frame, pd.DataFrame(), pd.DataFrame(), {}, [])
    head = named(view, frame.head(SHOWN))
    cells = {column.name: _values(head, column, view) for column in columns}
    texts = {column.name: _texts(view, column, cells[column.name]) if column.unit in NUMBERS else cells[column.name] for column in columns}
    config: dict[str, Any] = {column.name: _config(view, column, texts[column.name]) for column in columns}
    order = [column.name for column in columns]
    for bar in bars:
        if bar in order and head[bar].cast(pl.Float64).max() is not None:
            lengths = head[bar].cast(pl.Float64).clip(lower_bound=0).fill_null(0).to_list()
            cells[bar + BAR], texts[bar + BAR] = lengths, [""] * head.height
            config[bar + BAR] = st.column_config.ProgressColumn("", format=" ", min_value=0, max_value=max(*lengths, 1e-9), width=90)
            order.insert(order.index(bar) + 1, bar + BAR)
    return _Made(asked, frame, pd.DataFrame(cells), pd.DataFrame(texts), config, order)


def with_reasons(frame: pl.DataFrame, columns: list[Column]) -> tuple[pl.DataFrame, list[Column]]:
    """The reasons why values are unknown (`<column>_why`) as one last column instead of one each; a row says its first."""
    whys = [column.name for column in columns if column.unit == "message" and column.name.endswith("_why")]
    if not whys:
        return frame, columns
    shown = [column for column in columns if column.name not in whys]
    if frame.select(pl.all_horizontal(pl.col(name).is_null().all() for name in whys)).item():
        return frame, shown
    return frame.with_columns(pl.coalesce(pl.col(name).cast(pl.String) for name in whys).alias(WHY.name)), [*shown, WHY]


def _values(frame: pl.DataFrame, column: Column, view: View) -> list[Any]:
    values = frame[column.name].to_list()
    if column.unit in NUMBERS:
        return [None if value is None else float(value) for value in values]
    nothing = NOT_APPLICABLE if column.unit in ("date", "time", "month") else ""
    return [nothing if value is None else view.text(value, column.unit) for value in values]


def _texts(view: View, column: Column, values: Sequence[float | None]) -> list[str]:
    """The text of each value of a column, made once a value. Money has no sign here (it stands in the header), and cents only where all is small."""
    known = {value for value in values if value is not None}
    if column.unit in MONEY:
        cents = 0 if column.unit == "money" and max(map(abs, known), default=0) >= SMALL_MONEY else 2
        texts = {value: formatted(value, "qty", view.language, decimals=cents) for value in known}
    else:
        texts = {value: view.text(value, column.unit) for value in known}
    return [UNKNOWN if value is None else texts[value] for value in values]


def _config(view: View, column: Column, texts: Sequence[str]) -> Any:
    label = heading(column, view.language, view.currency)  # the table is a canvas: nothing in it is read as markup
    if column.unit in NUMBERS:
        return st.column_config.NumberColumn(label, alignment="right")
    return st.column_config.TextColumn(label, width=_width(label, texts))


def _width(label: str, texts: Sequence[str]) -> int | None:
    """Pixels of a column of texts that the browser would make too narrow: it looks at the first few rows alone, and there takes what is twice as long
    as most for a stray. None = it may measure."""
    lengths = [_pixels(text) for text in texts]
    widest, first = max(lengths, default=0), lengths[:MEASURED]
    seen = max((length for length in first if length < 2 * sum(first) / len(first)), default=0)
    if widest <= seen or seen + PADDING >= WIDEST:
        return None
    return min(max(widest, _pixels(label)) + PADDING, WIDEST)


def _pixels(text: str) -> int:
    return int(sum(CHINESE_LETTER if ord(letter) > 0x2E80 else LETTER for letter in text))
