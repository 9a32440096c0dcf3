"""What an answer loses before somebody gets it: figures that are hidden from their role; and the last look whether every row is their own.

A hidden figure is unknown to whoever asks: its column holds nothing and is marked, so that no table shows it; its tile says that it is not shown.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from engine.answers.answer import Answer, Column, Tile
from engine.answers.measured import Measured
from engine.errors import NotAllowed
from engine.facets import COLUMNS, FIGURES, KPIS, MEASURED, MEASURES, NONE, QUESTIONS, RAW, SAID_FIGURES, Facets, Holds, of_column
from engine.kpis import BOOK
from engine.messages import Message, message
from engine.roles import FACETS
from engine.scope import Scope

if TYPE_CHECKING:
    from engine.answers.source import Source

Result = TypeVar("Result")
NOT_SHOWN = message("Not shown to your role.")
SOME_NOT_SHOWN = message("Some figures are not shown to your role.")
EVERYTHING_HELD = Holds(frozenset(FACETS))
FLOATS = (pl.Float64, pl.Float32, pl.Decimal)


OF_A_KPI = ("explaining.explain", "cited_rows.cited_rows")
"""Questions about one KPI, by its name."""


def named(question: str) -> str:
    """The name by which `engine.facets.QUESTIONS` knows a question: module and function."""
    module, _, function = question.rpartition(".")
    return f"{module.rpartition('.')[2]}.{function.lstrip('_')}"


def check(question: str, scope: Scope, asked: tuple[Any, ...]) -> None:
    """Raises NotAllowed where a question is about something that is hidden from the role."""
    name = named(question)
    about = QUESTIONS.get(name, EVERYTHING_HELD).about
    if name in OF_A_KPI:
        about = frozenset[str]().union(*(KPIS.get(value, NONE) for value in asked if isinstance(value, str)))
    refuse_hidden(scope, about)


def refuse_hidden(scope: Scope, about: Facets) -> None:
    """Raises NotAllowed where one of some facets is hidden from the role."""
    if not scope.shows(*about):
        what = next(said for facet, said in FACETS.items() if facet in about & scope.hidden)
        raise NotAllowed(message("Your role does not see this: {what}.", what=what))


def drawn(question: str, result: Result, source: "Source", scope: Scope) -> Result:
    """A result as somebody may have it: hidden figures taken out, and refused altogether if a row of somebody else is in it."""
    holds = QUESTIONS.get(named(question), EVERYTHING_HELD)
    veiled: Any = result
    if scope.hidden & holds.holds:
        veiled = _answer(result, holds, scope) if isinstance(result, Answer) else _value("", result, holds, scope)
    if source.is_bounded:
        _refuse_foreign_rows(veiled, source)
    kept: Result = veiled
    return kept


def _answer(answer: Answer, holds: Holds, scope: Scope) -> Answer:
    hides = scope.hidden
    gone = {column.name for column in answer.columns if _hides_column(column, holds, hides)}
    columns = tuple(replace(column, is_hidden=True) if column.name.removesuffix("_why") in gone else column for column in answer.columns)
    said = holds.holds if holds.said is None else holds.said
    tiles = tuple(_tile(tile, hides) for tile in answer.tiles)
    facts = {name: _value(name, value, holds, scope) for name, value in answer.facts.items()}
    headline = _sentence(tiles, facts.get("measures", ())) if said & hides and tells_figures(answer.headline) else answer.headline
    notes = tuple(note for note in answer.notes if not tells_figures(note))
    return replace(
        answer,
        headline=headline,
        frame=_frame(answer.frame, holds, scope),
        columns=columns,
        tiles=tiles,
        notes=notes if headline is SOME_NOT_SHOWN else (*notes, SOME_NOT_SHOWN),
        extra={name: _frame(frame, _of_picture(name, holds), scope) for name, frame in answer.extra.items()},
        facts=facts,
    )


def _of_picture(name: str, holds: Holds) -> Holds:
    """What a further frame holds: the months of a KPI (`trend_<kpi>`) tell what the KPI tells."""
    kpi = name.removeprefix("trend_")
    return Holds(holds.holds, columns=dict.fromkeys(("actual", "last_year"), KPIS[kpi])) if kpi != name and kpi in KPIS else holds


def _sentence(tiles: Sequence[Tile], measures: Sequence[Measured]) -> Message:
    """In place of a first sentence that told what is hidden: the first figure that is shown."""
    known = [(BOOK[tile.kpi].label, tile.value, BOOK[tile.kpi].unit) for tile in tiles] + [(one.label, one.value, one.unit) for one in measures]
    for label, value, unit in known:
        if value is not None:
            return _figure_said(label, value, unit)
    return SOME_NOT_SHOWN


def _figure_said(label: Message, value: float, unit: str) -> Message:
    if unit == "share":
        return message("{what}: {open_share}.", what=label, open_share=value)
    if unit in ("money", "money_per_unit"):
        return message("{what}: {open_money}.", what=label, open_money=value)
    if unit in ("days", "count", "qty"):
        return message("{what}: {open_days}.", what=label, open_days=value)
    return message("{what}: {open_ratio}.", what=label, open_ratio=value)


def _hides_column(column: Column, holds: Holds, hides: Facets) -> bool:
    named = holds.columns.get(column.name, COLUMNS.get(column.name, NONE))
    told = of_column(column.name, holds) if column.unit in FIGURES else named
    return bool(told & hides) or _is_raw(column.name, hides, holds)


def _is_raw(name: str, hides: Facets, holds: Holds) -> bool:
    return holds.holds == frozenset(FACETS) and bool(RAW.get(name, NONE) & hides)


def _tile(tile: Tile, hides: Facets) -> Tile:
    if not KPIS.get(tile.kpi, frozenset(FACETS)) & hides:
        return tile
    return Tile(tile.kpi, None, why_unknown=NOT_SHOWN)


def _frame(frame: pl.DataFrame, holds: Holds, scope: Scope) -> pl.DataFrame:
    """A frame with nothing in the columns that are hidden; where rows are measures of the scorecard, with nothing in the rows that are."""
    hides = scope.hidden
    if "measure" in frame.columns:
        return _of_measures(frame, hides)
    told = [pl.lit(None, dtype=frame.schema[name]).alias(name) for name in frame.columns if _hides(name, frame.schema[name], holds, hides)]
    frame = frame.with_columns(told)
    texts = [name for name, kind in frame.schema.items() if kind == pl.String and _is_said(frame[name])]
    return frame.with_columns(pl.Series(name, [_said(kept) for kept in frame[name]], dtype=pl.String) for name in texts)


def _hides(name: str, kind: Any, holds: Holds, hides: Facets) -> bool:
    if _is_raw(name, hides, holds):
        return True
    if kind in FLOATS or isinstance(kind, pl.Decimal):
        return bool(of_column(name, holds) & hides)
    return bool(holds.columns.get(name, COLUMNS.get(name, NONE)) & hides)


def _of_measures(frame: pl.DataFrame, hides: Facets) -> pl.DataFrame:
    gone = [measure for measure, facets in MEASURES.items() if facets & hides]
    numbers = [name for name, kind in frame.schema.items() if kind in FLOATS]
    if not numbers:
        return frame.filter(~pl.col("measure").is_in(gone))
    hidden = pl.col("measure").is_in(gone)
    return frame.with_columns(pl.when(~hidden).then(pl.col(name)).alias(name) for name in numbers)


def _is_said(texts: pl.Series) -> bool:
    """Whether a column holds Messages as JSON."""
    first = texts.drop_nulls().head(1)
    return first.len() == 1 and first[0].startswith('["') and first[0].endswith("]")


def _said(kept: str | None) -> str | None:
    """A Message of a table, or that it is not shown because it tells figures."""
    if kept is None:
        return None
    try:
        said = Message.from_json(kept)
    except (json.JSONDecodeError, ValueError, TypeError):
        return kept
    return NOT_SHOWN.to_json() if tells_figures(said) else kept


def tells_figures(said: Message) -> bool:
    """Whether a sentence has a place for money, a share or a ratio; sentences inside of it included."""
    return any((name.endswith(SAID_FIGURES) and value is not None) or (isinstance(value, Message) and tells_figures(value)) for name, value in said.values)


def _value(name: str, value: Any, holds: Holds, scope: Scope) -> Any:
    """A fact: of frames, rows and figures only what is shown; days, words and counts stay."""
    facets = holds.columns.get(name, COLUMNS.get(name, MEASURES.get(name)))
    if facets is not None and facets & scope.hidden:
        return None
    if isinstance(value, pl.DataFrame):
        return _frame(value, holds, scope)
    if isinstance(value, Measured):
        return _measured(value, holds, scope)
    if isinstance(value, Message):
        return NOT_SHOWN if tells_figures(value) else value
    if isinstance(value, Mapping):
        return {key: _value(str(key), part, holds, scope) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_value(name, part, holds, scope) for part in value)
    return None if isinstance(value, float) and of_column(name, holds) & scope.hidden else value


def _measured(one: Measured, holds: Holds, scope: Scope) -> Measured:
    """A figure of a page, or that it is not shown; how it was reckoned is left out wherever that tells figures of any kind."""
    facets = MEASURED.get(one.label.text, holds.holds) if one.unit in FIGURES else NONE
    if facets & scope.hidden:
        return replace(one, value=None, how=None, why_unknown=NOT_SHOWN)
    return replace(one, how=None) if one.how is not None and tells_figures(one.how) else one


def _refuse_foreign_rows(result: Any, source: "Source") -> None:
    """The last look: a row that names somebody else's dealer or place is a fault of ours, and then nothing is shown at all.

    Plants and branches of ours are nobody's: what own dealers were sent from there stands under their codes.
    """
    ours = source.whole.places.filter("is_own")["location_id"].to_list()
    mine = {"dealer_id": source.dealers["dealer_id"].to_list(), "location_id": [*source.places["location_id"].to_list(), *ours]}
    frames = [result.frame, *result.extra.values()] if isinstance(result, Answer) else [result] if isinstance(result, pl.DataFrame) else []
    for frame in frames:
        for key in mine.keys() & set(frame.columns):
            if not frame[key].drop_nulls().cast(pl.String).is_in(mine[key]).all():
                raise NotAllowed(message("Part of this belongs to dealers whom you do not see, so nothing of it is shown. Please report this."))
