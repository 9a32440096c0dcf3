"""KPIs at any grain: the answer to `kpi`."""

from collections.abc import Sequence

import polars as pl

from engine import kpis
from engine.answers.answer import Answer, Column
from engine.answers.explaining import explain
from engine.answers.facts import facts_for
from engine.answers.notes import notes_of
from engine.answers.periods import Span, span_of
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.errors import BadUse
from engine.kpis import BOOK, Kpi
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import KEYS, Selection

__all__ = ["KEY_COLUMNS", "check_keys", "described", "explain", "figures", "known_kpis", "kpi"]

KEY_COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("item_kind", message("Kind of item"), "text"),
        Column("sphere", message("Sphere"), "text"),
        Column("product_group", message("Product group"), "text"),
        Column("line_id", message("Line"), "code"),
        Column("sku", message("Article"), "code"),
        Column("dealer_id", message("Dealer"), "code"),
        Column("region", message("Region"), "text"),
        Column("channel", message("Channel"), "text"),
        Column("location_id", message("Location"), "code"),
        Column("month", message("Month"), "month"),
    )
}


def known_kpis(names: Sequence[str]) -> tuple[Kpi, ...]:
    """The records of some names. Raises BadUse for a name that the book does not hold."""
    for name in names:
        if name not in BOOK:
            raise BadUse(message("There is no KPI “{name}”; the KPIs are {names}.", name=name, names=", ".join(BOOK)))
    return tuple(BOOK[name] for name in names)


def check_keys(selection: Selection) -> None:
    """Raises BadUse for a key that figures cannot be grouped or filtered by."""
    for key in (*selection.by, *dict(selection.where)):
        if key not in KEYS:
            raise BadUse(message("There is no key “{key}”; the keys are {keys}.", key=key, keys=", ".join(KEYS)))


def figures(source: Source, asked: Sequence[Kpi], selection: Selection, scope: Scope, span: Span | None = None) -> tuple[pl.DataFrame, Span, int]:
    """KPIs at the grain of `selection.by`: keys and the columns of each KPI; the days in force; sales lines without a cost of their own."""
    check_keys(selection)
    days = span or span_of(source, selection)
    by = tuple(dict.fromkeys(selection.by))
    facts, estimated = facts_for(source, asked, days, pick_of(source, selection, scope), by)
    frame = kpis.by(asked, facts, *by)
    return (frame if "month" in by and by == facts.grain else _ordered(frame, by, asked)), days, estimated


def _ordered(frame: pl.DataFrame, by: tuple[str, ...], asked: Sequence[Kpi]) -> pl.DataFrame:
    """Most first; along the months where they are a key."""
    if not by:
        return frame
    if "month" in by:
        return frame.sort([*(key for key in by if key != "month"), "month"], nulls_last=True)
    return frame.sort(asked[0].name, *by, descending=[True, *(False for _ in by)], nulls_last=True)


def kpi(warehouse: object, names: Sequence[str], selection: Selection, scope: Scope) -> Answer:
    """Some KPIs for a selection, within a scope; the first named one orders the rows.

    frame: keys, one column a KPI, `<kpi>_why` (Message as JSON) where some value of it is unknown, `censored` with days_of_supply.
    Raises BadUse for an unknown KPI or key, NothingServed where nothing is published.
    """
    answer: Answer = _kpi(warehouse, tuple(names), selection, scope)
    return answer


@remembered
def _kpi(source: Source, names: tuple[str, ...], selection: Selection, scope: Scope) -> Answer:
    asked = known_kpis(tuple(dict.fromkeys(names)))
    frame, span, estimated = figures(source, asked, selection, scope)
    frame, columns = described(frame, selection.by, asked)
    return Answer(
        name="kpi",
        headline=_headline(frame, asked, span),
        frame=frame,
        columns=columns,
        version=source.version,
        as_of=span.as_of,
        first=span.first,
        last=span.last,
        notes=notes_of(source, asked, selection, span, estimated),
        missing=tuple(table for table in ("products", "sales", "stock") if not source.has(table)),
        scope=scope,
        selection=selection,
    )


def described(frame: pl.DataFrame, by: Sequence[str], asked: Sequence[Kpi]) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """The frame with its reasons only where some value is unknown, and what its columns are."""
    columns = [KEY_COLUMNS[key] for key in dict.fromkeys(by)]
    for one in asked:
        columns.append(Column(one.name, one.label, one.unit, one.better))
        if "censored" in one.columns() and frame.get_column("censored", default=pl.Series([False])).any():
            columns.append(Column("censored", message("Beyond the forecast"), "flag"))
        if frame[one.name].null_count():
            columns.append(Column(f"{one.name}_why", message("Why unknown: {kpi}", kpi=one.label), "message"))
    return frame.select(column.name for column in columns), tuple(columns)


def _headline(frame: pl.DataFrame, asked: Sequence[Kpi], span: Span) -> Message:
    first = asked[0]
    if frame.height == 1:
        value = frame[first.name][0]
        if value is None:
            return message("{kpi} is unknown.", kpi=first.label)
        if first.unit == "money":
            return message("{kpi}: {stated_money}, {first_day} to {last_day}.", kpi=first.label, stated_money=value, first_day=span.first, last_day=span.last)
        if first.unit == "share":
            return message("{kpi}: {stated_share}, {first_day} to {last_day}.", kpi=first.label, stated_share=value, first_day=span.first, last_day=span.last)
        return message("{kpi}: {stated_ratio}, {first_day} to {last_day}.", kpi=first.label, stated_ratio=value, first_day=span.first, last_day=span.last)
    return message("{kpi} in {n_rows} rows, {first_day} to {last_day}.", kpi=first.label, n_rows=frame.height, first_day=span.first, last_day=span.last)
