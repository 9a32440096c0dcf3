"""What was bought against what was planned, and what of it still lies in stock."""

from datetime import date
from typing import Any

import polars as pl

from engine import purchases as formulas
from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.periods import end_of, first_of, following, months_before, span_of
from engine.answers.picking import OUT_OF_SCOPE, pick_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

NEEDED = ("purchases", "purchase_plan")
COLUMNS = (
    Column("item_id", message("Item"), "code"),
    Column("name", message("Name"), "text"),
    Column("supplier", message("Supplier"), "text"),
    Column("planned_qty", message("Planned"), "qty"),
    Column("bought_qty", message("Bought"), "qty"),
    Column("over_qty", message("Beyond the plan"), "qty"),
    Column("over_share", message("Beyond the plan, share"), "share"),
    Column("over_value", message("Beyond the plan, money"), "money"),
    Column("left_qty", message("Of it still in stock"), "qty"),
    Column("left_value", message("Still in stock at cost"), "money"),
    Column("months_over_n", message("Months beyond the plan"), "count"),
)


def purchases(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row an item that was planned or bought in the months (COLUMNS), most money bought beyond the plan first.

    The months: those of the chosen window, else the last `bought_months`; a month that is not over is left out. extra: `months` (month,
    actual, plan: money at the mean price paid), `suppliers` (supplier, items_n, over_value, left_value). facts: `measures`.
    """
    answer: Answer = _purchases(warehouse, selection, scope)
    return answer


@remembered
def _purchases(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = span_of(source, selection, by_month=False).as_of
    months = months_of(source, selection, as_of, "bought_months")
    ready = all(source.has(table) for table in NEEDED) and scope.sees_all and bool(months)
    bounds = {"first_month": months[0], "last_month": months[-1]} if months else {"first_month": None, "last_month": None}
    bought, planned = source.read("purchases_months", **bounds), source.read("purchase_plan_months", **bounds)
    if not ready:
        bought, planned = bought.clear(), planned.clear()
    chosen = pick_of(source, selection, EVERYTHING).items
    if chosen is not None:
        bought, planned = (rows.filter(pl.col("item_id").is_in(chosen)) for rows in (bought, planned))
    compared = formulas.against_plan(bought, planned)
    frame = formulas.over_buying(compared, _held(source, as_of)).join(_suppliers(source, bought), on="item_id", how="left", maintain_order="left")
    frame = frame.join(source.items.select("item_id", pl.col("item_name").alias("name")), on="item_id", how="left", maintain_order="left")
    why = _why_nothing(source, scope)
    return Answer(
        name="purchases",
        headline=_headline(frame, why),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        first=months[0] if months else None,
        last=end_of(months[-1]) if months else None,
        notes=_notes(months, compared),
        missing=tuple(table for table in ("stock", *NEEDED) if not source.has(table)),
        extra={
            "months": _by_month(compared),
            "suppliers": frame.filter(pl.col("over_qty") > 0)
            .group_by("supplier")
            .agg(pl.len().cast(pl.Int64).alias("items_n"), pl.col("over_value").sum(), pl.col("left_value").sum())
            .sort("over_value", "left_value", "supplier", descending=[True, True, False], nulls_last=True),
        },
        facts={"measures": _measures(frame, why)},
        scope=scope,
        selection=selection,
    )


def months_of(source: Source, selection: Selection, as_of: date, setting: str) -> list[date]:
    """The months of the chosen window, else as many as a setting says, that are over on the day."""
    last = first_of(as_of) if as_of == end_of(as_of) else months_before(first_of(as_of), 1)
    first = months_before(last, int(source.settings[setting]) - 1)
    if selection.first is not None or selection.last is not None or selection.allowed("month"):
        span = span_of(source, selection, by_month=False)
        first, last = first_of(span.first), min(last, first_of(span.last))
    months = []
    while first <= last:
        months.append(first)
        first = following(first)
    return months


def _held(source: Source, as_of: date) -> pl.DataFrame:
    """item_id, qty, unit_cost: good pieces in our places."""
    good = source.read("stock_lots_on", as_of=as_of, places=None).filter(pl.col("condition") == "good")
    lying = good.group_by("item_id").agg(pl.col("qty").sum())
    return source.items.select("item_id", "unit_cost").join(lying, on="item_id", how="left").select("item_id", pl.col("qty").fill_null(0.0), "unit_cost")


def _suppliers(source: Source, bought: pl.DataFrame) -> pl.DataFrame:
    """item_id, supplier: the one who delivered most, else that of the master data."""
    most = bought.group_by("item_id", "supplier").agg(pl.col("bought_value").sum()).sort("bought_value", "supplier", descending=[True, False])
    named = most.filter(pl.col("supplier").is_not_null()).unique("item_id", keep="first", maintain_order=True).select("item_id", "supplier")
    known = source.read("material_supply").select(pl.col("material_id").alias("item_id"), pl.col("supplier").alias("usual"))
    return known.join(named, on="item_id", how="full", coalesce=True).select("item_id", pl.coalesce("supplier", "usual").alias("supplier"))


def _by_month(compared: pl.DataFrame) -> pl.DataFrame:
    """month, actual, plan in money: the plan at the mean price that was paid for each item."""
    price = pl.col("bought_value").sum().over("item_id") / pl.col("bought_qty").sum().over("item_id")
    priced = compared.with_columns(pl.when(pl.col("bought_qty").sum().over("item_id") > 0).then(price).alias("price"))
    return (
        priced.group_by("month").agg(pl.col("bought_value").sum().alias("actual"), (pl.col("planned_qty") * pl.col("price")).sum().alias("plan")).sort("month")
    )


def _why_nothing(source: Source, scope: Scope) -> Message:
    if not scope.sees_all:
        return OUT_OF_SCOPE
    lacking = [table for table in NEEDED if not source.has(table)]
    if lacking:
        return message("Over-buying is unknown: {tables} were not loaded.", tables=", ".join(lacking))
    return message("There is no purchase plan for this period.")


def _headline(frame: pl.DataFrame, why: Message) -> Message:
    if frame.is_empty():
        return why
    over = frame.filter(pl.col("over_qty") > 0)
    if over.is_empty():
        return message("Nothing was bought beyond the plan.")
    return plural(
        "{n} item was bought beyond the plan, for {over_money}; {left_money} of it still lie in stock.",
        "{n} items were bought beyond the plan, for {over_money}; {left_money} of it still lie in stock.",
        n=over.height, over_money=over["over_value"].sum(), left_money=over["left_value"].sum(),
    )  # fmt: skip


def _measures(frame: pl.DataFrame, why: Message) -> tuple[Measured, ...]:
    sums: dict[str, Any] = frame.select(pl.col("over_value", "left_value", "bought_value").sum(), (pl.col("over_qty") > 0).sum().alias("over_n")).row(
        0, named=True
    )
    known = not frame.is_empty()
    bought = sums["bought_value"]
    return (
        Measured(message("Bought beyond the plan"), sums["over_value"] if known else None, "money", message("At the mean price paid in these months."), why),
        Measured(
            message("Share of what was bought"), sums["over_value"] / bought if known and bought else None, "share",
            message("Beyond the plan {over_money} ÷ bought {bought_money}.", over_money=sums["over_value"], bought_money=bought), why,
        ),
        Measured(message("Of it still in stock"), sums["left_value"] if known else None, "money", message("At most what is at hand, at cost."), why),
        Measured(message("Items beyond the plan"), sums["over_n"] if known else None, "count", message("Over all months together."), why),
    )  # fmt: skip


def _notes(months: list[date], compared: pl.DataFrame) -> tuple[Message, ...]:
    notes = [message("Beyond the plan is what all months together brought more than they planned: what came a month early is none.")]
    planned = compared["month"].n_unique()
    if compared.height and planned < len(months):
        notes.append(plural("{n} month has no plan and is left out.", "{n} months have no plan and are left out.", n=len(months) - planned))
    unplanned = compared.filter(~pl.col("is_planned"), pl.col("bought_qty") > 0)["item_id"].n_unique()
    if unplanned:
        notes.append(
            plural(
                "{n} item was bought in a month whose plan does not name it.", "{n} items were bought in a month whose plan does not name them.", n=unplanned
            )
        )
    return tuple(notes)
