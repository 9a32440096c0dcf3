"""The run-off: what was withdrawn by a decision in force, followed to zero stock."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers import flows
from engine.answers.answer import Answer, Column
from engine.answers.assortment import decided, gates
from engine.answers.measured import Measured
from engine.answers.meeting import cycles
from engine.answers.periods import last_day
from engine.answers.picking import Pick
from engine.answers.source import Source, remembered
from engine.assortment import run_off as formulas
from engine.assortment.run_off import RunOff
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

STATES: dict[str, Message] = {
    formulas.LATE: message("late"), formulas.BEHIND: message("behind the plan"), formulas.ON_PLAN: message("on plan"),
    formulas.UNCOUNTED: message("not counted since"), formulas.ZERO: message("sold off"),
}  # fmt: skip
COLUMNS = (
    Column("sku", message("SKU"), "code"),
    Column("name", message("Name"), "text"),
    Column("run_off_state", message("State"), "message"),
    Column("left_qty", message("Still there"), "qty", "down"),
    Column("left_value", message("Still there at cost"), "money", "down"),
    Column("planned_qty", message("Should be left"), "qty"),
    Column("start_qty", message("When it was decided"), "qty"),
    Column("gone_qty", message("Gone since"), "qty", "up"),
    Column("zero_on", message("At this pace gone on"), "date"),
    Column("deadline", message("Deadline"), "date"),
    Column("decision_no", message("Decision"), "text"),
)


def run_off(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """Every product whose withdrawal is in force (COLUMNS), late ones first. facts: measures, left_value. Raises NotAllowed."""
    cycles.of_the_company(scope)
    answer: Answer = _run_off(warehouse, selection, scope)
    return answer


@remembered
def _run_off(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    frame = _followed(source, as_of)
    order = list(STATES)
    codes = frame["state"].to_list()
    shown = frame.with_columns(
        pl.col("state").replace_strict({code: said.to_json() for code, said in STATES.items()}, return_dtype=pl.String).alias("run_off_state"),
        pl.col("state").replace_strict({code: place for place, code in enumerate(order)}, return_dtype=pl.Int64).alias("_order"),
    ).sort("_order", "left_value", "sku", descending=[False, True, False], nulls_last=True)
    left = float(frame["left_value"].sum())
    return Answer(
        name="run_off",
        headline=_headline(codes, left),
        frame=shown.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        facts={
            "left_value": left,
            "measures": (
                Measured(message("On their way out"), float(sum(code != formulas.ZERO for code in codes)), "count"),
                Measured(message("Sold off"), float(codes.count(formulas.ZERO)), "count"),
                Measured(message("Late"), float(codes.count(formulas.LATE)), "count"),
                Measured(message("Still there at cost"), left, "money"),
            ),
        },
        notes=(message("After its deadline what is left of a product counts as dead stock, under withdrawn products."),),
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _followed(source: Source, as_of: date) -> pl.DataFrame:
    """sku, name, state, left_qty, left_value, planned_qty, start_qty, gone_qty, zero_on, deadline, decision."""
    leaving = decided.leaving(source).filter(pl.col("deadline").is_not_null()).unique("sku", keep="first", maintain_order=True)
    frozen = {each.subject: each.day("frozen_on") for each in gates.decisions(str(source.home.path))}
    stock = flows.stock_at(source.whole, as_of, Pick("product", leaving["sku"].to_list(), None, None, None, True), False)
    there = {sku: (qty or 0.0, value or 0.0) for sku, qty, value in stock.group_by("item_id").agg(pl.col("stock_qty", "stock_value").sum()).iter_rows()}
    counted = source.whole.counts.filter(pl.col("is_own") & (pl.col("counted_on") <= as_of))["counted_on"].max()
    names = dict(source.items.select("item_id", "item_name").iter_rows())
    rows = []
    for row in leaving.iter_rows(named=True):
        began = frozen.get(row["subject"]) or row["gate_on"]
        qty, value = there.get(row["sku"], (0.0, 0.0))
        is_counted = isinstance(counted, date) and counted >= began
        off = RunOff(began, row["deadline"], row["start_qty"] or 0.0, qty if is_counted else None, as_of)
        rows.append({
            "sku": row["sku"], "name": names.get(row["sku"]), "state": off.state, "left_qty": off.left_qty, "left_value": value if is_counted else None,
            "planned_qty": off.planned_qty, "start_qty": off.start_qty, "gone_qty": off.sold_qty, "zero_on": off.zero_on, "deadline": off.deadline,
            "decision_no": row["subject"].partition("/")[2],
        })  # fmt: skip
    return pl.DataFrame(rows, schema=_FOLLOWED)


_FOLLOWED: dict[str, Any] = {
    **dict.fromkeys(("sku", "name", "state", "decision_no"), pl.String), **dict.fromkeys(("zero_on", "deadline"), pl.Date),
    **dict.fromkeys(("left_qty", "left_value", "planned_qty", "start_qty", "gone_qty"), pl.Float64),
}  # fmt: skip


def _headline(codes: list[str], left: float) -> Message:
    if not codes:
        return message("No withdrawal is in force.")
    still = sum(code != formulas.ZERO for code in codes)
    if not still:
        return message("Everything that was withdrawn is sold off.")
    late = codes.count(formulas.LATE)
    return plural(
        "{n} withdrawn product is still there with {left_money}; {n_late} past the deadline.",
        "{n} withdrawn products are still there with {left_money}; {n_late} past the deadline.",
        n=still, left_money=left, n_late=late,
    )  # fmt: skip
