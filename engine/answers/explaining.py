"""Where a figure comes from: formula, numbers, tables, files, days, rows, filters, and the same figure counted once more."""

from dataclasses import replace
from math import isclose
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.facts import facts_for
from engine.answers.notes import notes_of
from engine.answers.periods import Span, is_of_one_month, span_of
from engine.answers.picking import Pick, pick_of
from engine.answers.recount import Recount, recounted
from engine.answers.source import Source, remembered
from engine.errors import BadUse
from engine.inventory import walk
from engine.kpis import BOOK, INPUTS, Kpi
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

TOP = 5
COLUMNS = (
    Column("input", message("What goes in"), "message"),
    Column("value", message("Value"), "ratio"),
    Column("table_name", message("Table"), "text"),
    Column("file", message("File"), "text"),
    Column("row_count", message("Rows"), "count"),
    Column("first_day", message("First day"), "date"),
    Column("last_day", message("Last day"), "date"),
)


def explain(warehouse: object, name: str, selection: Selection, scope: Scope) -> Answer:
    """One shown figure explained: the cell that `where` names (an empty value = “not given”), with `by` as in the table it stands in.

    frame: one row an input and file that it came from (COLUMNS). extra: `contributors`, the five items that weigh most (item_id,
    item_name, value). facts: `value` (counted once more from the loaded rows), `shown` (from the marts), `equal`, `inputs`, `formula`
    (in words), `arithmetic` (Message with the numbers put in), `definition`, `source`, `filters`.
    Raises BadUse for an unknown KPI.
    """
    answer: Answer = _explain(warehouse, name, selection, scope)
    return answer


@remembered
def _explain(source: Source, name: str, selection: Selection, scope: Scope) -> Answer:
    if name not in BOOK:
        raise BadUse(message("There is no KPI “{name}”; the KPIs are {names}.", name=name, names=", ".join(BOOK)))
    kpi, span = BOOK[name], span_of(source, selection, by_month=is_of_one_month(selection))
    pick = pick_of(source, selection, scope)
    shown, why, estimated = _shown(source, kpi, selection, span, pick)
    work = recounted(source, kpi, span.periods[0], pick) if shown is not None else None
    value, censored = work.value_of(kpi) if work is not None else (None, False)
    return Answer(
        name="explain",
        headline=_headline(kpi, shown, value, why),
        frame=_cited(source, work),
        columns=COLUMNS,
        version=source.version,
        as_of=span.periods[0].end if span.periods else span.as_of,
        first=span.first,
        last=span.last,
        notes=(*_with_numbers(kpi, work), *notes_of(source, (kpi,), selection, span, estimated)),
        extra={"contributors": _contributors(source, kpi, work)},
        facts=_facts(kpi, selection, work, shown, value, censored),
        scope=scope,
        selection=selection,
    )


def _shown(source: Source, kpi: Kpi, selection: Selection, span: Span, pick: Pick) -> tuple[float | None, Message | None, int]:
    if not span.periods:
        return None, message("The month lies after the day of the stock."), 0
    keys = tuple(key for key in selection.by if key != "month" and len(selection.allowed(key) or ()) == 1)
    first = replace(span, periods=span.periods[:1])
    facts, estimated = facts_for(source, (kpi,), first, pick, keys)
    found = kpi.by(facts, *keys)
    if found.height != 1:  # the cell has no row of its own: nothing was found, which may well be a true 0
        found = kpi.by(facts_for(source, (kpi,), first, pick, ())[0])
    why = found[f"{kpi.name}_why"][0]
    return found[kpi.name][0], None if why is None else Message.from_json(why), estimated


def _headline(kpi: Kpi, shown: float | None, value: float | None, why: Message | None) -> Message:
    if shown is None:
        return message("{kpi} is unknown: {why}", kpi=kpi.label, why=why)
    if is_same(shown, value):
        return message("{kpi}: the figure was counted once more from the loaded rows and is the same.", kpi=kpi.label)
    return message("{kpi}: counted once more from the loaded rows it comes out differently; please report this.", kpi=kpi.label)


def is_same(shown: float | None, value: float | None) -> bool:
    """Equal but for the rounding of floating point."""
    return (shown is None and value is None) or (shown is not None and value is not None and isclose(shown, value, rel_tol=1e-9, abs_tol=1e-6))


def _facts(kpi: Kpi, selection: Selection, work: Recount | None, shown: float | None, value: float | None, censored: bool) -> dict[str, Any]:
    inputs = dict(work.inputs) if work is not None else {}
    numbers = _with_numbers(kpi, work)
    return {
        "kpi": kpi.name,
        "value": value,
        "shown": shown,
        "equal": is_same(shown, value),
        "censored": censored,
        "inputs": inputs,
        "formula": kpi.formula,
        "arithmetic": numbers[0] if numbers else None,
        "definition": kpi.definition,
        "source": kpi.source,
        "filters": selection.where,
        "buckets": tuple(work.buckets) if work is not None else (),
    }


def _with_numbers(kpi: Kpi, work: Recount | None) -> tuple[Message, ...]:
    """The formula with its numbers put in: signs and figures only, so there is nothing to translate."""
    if work is None:
        return ()
    if kpi.name == "days_of_supply" and work.buckets and work.inputs.get("forecast_items", 0) > 0:
        return (_walked(work),)
    return (Message(kpi.arithmetic, tuple((name, work.inputs.get(name)) for name in INPUTS if f"{{{name}}}" in kpi.arithmetic)),)


def _walked(work: Recount) -> Message:
    """What was done where a forecast was walked: the months that the stock covers whole, then its share of the next one."""
    stock = work.inputs["stock_value"]
    used, days, last = walk(stock, work.buckets)
    numbers = (("stock_value", stock), ("used_value", used), ("left_value", stock - used), ("whole_days", days))
    if last is None:
        return Message("{stock_value} − {used_value} = {left_value}; {whole_days}", numbers)
    ahead = (("bucket_value", last[1]), ("bucket_days", last[0]))
    return Message("{stock_value} − {used_value} = {left_value}; {whole_days} + {left_value} ÷ {bucket_value} × {bucket_days}", (*numbers, *ahead))


def _cited(source: Source, work: Recount | None) -> pl.DataFrame:
    texts, days = dict.fromkeys(("table_name", "file"), pl.String), dict.fromkeys(("first_day", "last_day"), pl.Date)
    schema = {"input": pl.String, "value": pl.Float64, **texts, "row_count": pl.Int64, **days}
    if work is None:
        return pl.DataFrame(schema=schema)
    files = dict(source.read("rows_sources").select("source_id", "file").iter_rows())
    rows = [
        (INPUTS[cited.input].label.to_json(), cited.value, cited.table, files.get(cited.source_id), cited.row_count, cited.first_day, cited.last_day)
        for cited in work.cited
    ]
    named = {cited.input for cited in work.cited}
    rows += [(INPUTS[name].label.to_json(), value, None, None, None, None, None) for name, value in work.inputs.items() if name not in named]  # type: ignore[misc]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _contributors(source: Source, kpi: Kpi, work: Recount | None) -> pl.DataFrame:
    """The five items that weigh most in the first input of the KPI."""
    shares = work.shares.get(kpi.inputs[0], {}) if work is not None else {}
    top = sorted(shares.items(), key=lambda pair: -abs(pair[1]))[:TOP]
    names = dict(source.items.select("item_id", "item_name").iter_rows())
    rows = [(item, names.get(item), value) for item, value in top]
    return pl.DataFrame(rows, schema={"item_id": pl.String, "item_name": pl.String, "value": pl.Float64}, orient="row")


def rows_cited(answer: Answer) -> Message:
    """How many loaded rows an explanation stands on."""
    return plural("{n} loaded row", "{n} loaded rows", n=int(answer.frame["row_count"].sum() or 0))
