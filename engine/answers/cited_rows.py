"""The loaded rows behind a figure, one by one: file, line and values, the first of them, and how many are left out."""

from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.periods import Window, is_of_one_month, span_of
from engine.answers.picking import Pick, pick_of
from engine.answers.recount import Recount, recounted
from engine.answers.source import Source, remembered
from engine.errors import BadUse
from engine.kpis import BOOK
from engine.messages import message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.store.intake.unpivot import LINES

MOST = 200
COLUMNS = (
    Column("input", message("What goes in"), "text"),
    Column("table_name", message("Table"), "text"),
    Column("file", message("File"), "text"),
    Column("line", message("Line in the file"), "count"),
    Column("day", message("Day"), "date"),
    Column("item_id", message("Item"), "code"),
    Column("location_id", message("Location"), "code"),
    Column("dealer_id", message("Dealer"), "code"),
    Column("qty", message("Quantity"), "qty"),
    Column("net_value", message("Net sales"), "money"),
    Column("cost_value", message("At cost"), "money"),
)
_KINDS: dict[str, Any] = {"count": pl.Int64, "date": pl.Date, "qty": pl.Float64, "money": pl.Float64}


def cited_rows(warehouse: object, name: str, selection: Selection, scope: Scope, most: int = MOST) -> Answer:
    """The rows that an explained figure was counted from (COLUMNS), for each of its inputs the first `most`; inputs that the same rows make
    stand together. facts: `left_out`, how many rows are not among them. Raises BadUse for an unknown KPI."""
    answer: Answer = _cited_rows(warehouse, name, selection, scope, most)
    return answer


@remembered
def _cited_rows(source: Source, name: str, selection: Selection, scope: Scope, most: int) -> Answer:
    if name not in BOOK:
        raise BadUse(message("There is no KPI “{name}”; the KPIs are {names}.", name=name, names=", ".join(BOOK)))
    span = span_of(source, selection, by_month=is_of_one_month(selection))
    rows: list[tuple[Any, ...]] = []
    left_out = 0
    if span.periods:
        work = recounted(source, BOOK[name], span.periods[0], pick_of(source, selection, scope))
        rows, left_out = _rows(source, work, most)
    files = dict(source.read("rows_sources").select("source_id", "file").iter_rows())
    schema = {column.name: _KINDS.get(column.unit, pl.String) for column in COLUMNS}
    frame = pl.DataFrame([(*row[:2], files.get(row[2]), row[3] % LINES, *row[4:]) for row in rows], schema=schema, orient="row")
    said = plural("{n} loaded row", "{n} loaded rows", n=len(rows) + left_out)
    notes = (plural("{n} more row is left out.", "{n} more rows are left out.", n=left_out),) if left_out else ()
    return Answer("cited_rows", said, frame, COLUMNS, source.version, notes=notes, facts={"left_out": left_out}, scope=scope, selection=selection)


def _rows(source: Source, work: Recount, most: int) -> tuple[list[tuple[Any, ...]], int]:
    """(input, table, source, line, day, item, place, dealer, quantity, net value, value at cost) of each row, and how many more there are."""
    rows: list[tuple[Any, ...]] = []
    left_out = 0
    together: dict[tuple[Window, str], tuple[list[str], Pick]] = {}
    for name, (window, pick) in work.windows.items():
        together.setdefault((window, repr(pick)), ([], pick))[0].append(name)
    for (window, _), (names, pick) in together.items():
        found = source.read(
            "rows_sales_cited", first=window.first, last=window.last, items=pick.items, places=pick.shipped_from, dealers=pick.dealers, most=most
        )
        left_out += max(int(found["row_count"].max() or 0) - found.height, 0)  # type: ignore[arg-type]
        rows += [
            (", ".join(names), "sales", row["source_id"], row["line"], row["day"], row["item_id"], row["location_id"], row["dealer_id"], row["qty"],
             row["net_value"], row["cost_value"])
            for row in found.to_dicts()
        ]  # fmt: skip
    counted: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for name, stock in work.stock_rows.items():
        counted.setdefault(tuple((row.source_id, row.line) for row in stock), []).append(name)
    for names in counted.values():
        stock = work.stock_rows[names[0]]
        left_out += max(len(stock) - most, 0)
        rows += [
            (", ".join(names), "stock", row.source_id, row.line, row.counted_on, row.item_id, row.location_id, None, row.qty, None, row.value)
            for row in stock[:most]
        ]
    return rows, left_out
