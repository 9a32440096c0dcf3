"""Cost of holding stock: the money tied up by sphere and line, what it costs in a year; and what lies at dealers, apart."""

from datetime import date

import polars as pl

from engine import purposes as formulas
from engine.answers.answer import Answer, Column
from engine.answers.dealer_standing import stays_in, stock_at_dealers
from engine.answers.lots import lots_on, picked, why_no_stock
from engine.answers.measured import Measured
from engine.answers.periods import last_day
from engine.answers.picking import ITEM_KEYS, pick_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

NEEDED = ("products", "stock")
KINDS = ("capital", "storage", "risk", "people")
NAMES: dict[str, Message] = {
    "capital": message("Capital"), "storage": message("Storage"), "risk": message("Ageing and loss"), "people": message("People"),
}  # fmt: skip
COSTS = tuple(Column(f"{kind}_cost", NAMES[kind], "money") for kind in KINDS)
COLUMNS = (
    Column("sphere", message("Sphere"), "text"),
    Column("line_id", message("Line code"), "code"),
    Column("name", message("Line"), "text"),
    Column("items", message("Items"), "count"),
    Column("value", message("Money tied up"), "money"),
    Column("holding_cost", message("Cost of holding, a year"), "money"),
    *COSTS,
)
DEALER_COLUMNS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("name", message("Name"), "text"),
    Column("region", message("Region"), "text"),
    Column("counted_on", message("Counted on"), "date"),
    Column("value", message("Stock at the dealer, at our cost"), "money"),
    Column("customer_value", message("At its customers, at our cost"), "money"),
    Column("holding_cost", message("Cost of holding, a year"), "money"),
    Column("value_why", message("Why unknown"), "message"),
)
NOT_REPORTED = message("The dealer has not reported any stock.")


def holding_cost(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The money tied up in our stock by sphere and line, and what holding it costs a year at today's level, the most first (frame: COLUMNS).

    Materials have no sphere and stand in one line (sphere and line null). extra: `spheres` (sphere, value, costs), `dealers` (DEALER_COLUMNS:
    channel stock, every dealer that may be seen; value null where nothing was reported). facts: `measures`, `of_dealers` (Message).
    """
    answer: Answer = _holding_cost(warehouse, selection, scope)
    return answer


@remembered
def _holding_cost(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of, pick = selection.as_of or last_day(source), pick_of(source, selection, scope)
    why = why_no_stock(pick)
    kind = pick.kind if selection.allowed("item_kind") is not None else None
    lots = picked(source, lots_on(source, as_of), pick, kind).with_columns(pl.col("value").fill_null(0.0))
    lots = lots.clear() if why is not None else lots
    rates = {name: float(source.settings[f"holding_{name}_share"]) for name in KINDS}
    known = lots.join(source.items.select("item_id", "sphere", "line_id", pl.col("line_name").alias("name")), on="item_id", how="left")
    items = pl.col("item_id").n_unique().cast(pl.Int64).alias("items")
    frame = formulas.holding_costs(known.group_by("sphere", "line_id", "name").agg(items, pl.col("value").sum()), rates)
    spheres = formulas.holding_costs(known.group_by("sphere").agg(pl.col("value").sum()), rates)
    dealers = _dealers(source, selection, scope, as_of, rates)
    return Answer(
        name="holding_cost",
        headline=_headline(frame, rates, why, dealers),
        frame=frame.select(column.name for column in COLUMNS).sort("holding_cost", "line_id", descending=[True, False], nulls_last=True),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        notes=_notes(rates),
        missing=tuple(table for table in (*NEEDED, "dealers") if not source.has(table)),
        extra={"spheres": spheres.sort("value", descending=True), "dealers": dealers},
        facts={"measures": _measures(frame, rates), "of_dealers": _of_dealers(dealers)},
        scope=scope,
        selection=selection,
    )


def _dealers(source: Source, selection: Selection, scope: Scope, as_of: date, rates: dict[str, float]) -> pl.DataFrame:
    """Stock at each dealer that may be seen, those without a report too; one that has left is left out. What lies at its customers stands apart."""
    pick = pick_of(source, selection, scope)
    listed = source.dealers if pick.dealers is None else source.dealers.filter(pl.col("dealer_id").is_in(pick.dealers))
    is_narrowed = any(selection.allowed(key) is not None for key in ITEM_KEYS)
    held = stock_at_dealers(source, as_of, pick.items if is_narrowed else None).rename({"stock_value": "value"})
    listed = listed.filter(stays_in(pl.lit(as_of).dt.truncate("1mo")))
    named = listed.select("dealer_id", pl.col("dealer_name").alias("name"), "region")
    whole = formulas.holding_costs(named.join(held, on="dealer_id", how="left"), rates)
    reason = pl.when(pl.col("value").is_null()).then(pl.lit(NOT_REPORTED.to_json())).alias("value_why")
    return whole.with_columns(reason).select(column.name for column in DEALER_COLUMNS).sort("value", "dealer_id", descending=[True, False], nulls_last=True)


def _headline(frame: pl.DataFrame, rates: dict[str, float], why: Message | None, dealers: pl.DataFrame) -> Message:
    at_dealers = float(dealers["value"].sum() or 0.0)
    if why is not None:
        return message("{dealers_money} of stock lie at the dealers that you see.", dealers_money=at_dealers) if at_dealers else why
    total = float(frame["value"].sum() or 0.0)
    if not total:
        return message("No stock is known for this choice.")
    if frame["sphere"].is_null().any() and frame["sphere"].is_not_null().any():
        return message(
            "{stock_money} lie in stock, products and materials together, and holding them costs {cost_money} a year.",
            stock_money=total, cost_money=total * sum(rates.values()),
        )  # fmt: skip
    return message(
        "{stock_money} lie in stock, and holding them costs {cost_money} a year.", stock_money=total, cost_money=total * sum(rates.values())
    )  # fmt: skip


def _measures(frame: pl.DataFrame, rates: dict[str, float]) -> tuple[Measured, ...]:
    total, whole = float(frame["value"].sum() or 0.0), sum(rates.values())
    return (
        Measured(message("Cost of holding, a year"), total * whole, "money", message("{rate_share} of the stock a year.", rate_share=whole)),
        *(Measured(NAMES[name], total * rate, "money", message("{rate_share} of the stock a year.", rate_share=rate)) for name, rate in rates.items()),
    )


def _of_dealers(dealers: pl.DataFrame) -> Message:
    """What the dealers hold together; it is theirs, and not in the figures of our stock."""
    known, at_customers = dealers["value"].drop_nulls(), float(dealers["customer_value"].sum() or 0.0)
    if known.len() and at_customers:
        return message(
            "{dealers_money} at our cost, by their newest reports, and {customers_money} at their customers; it is theirs, and not in the figures above",
            dealers_money=float(known.sum()), customers_money=at_customers,
        )  # fmt: skip
    if not known.len():
        return message("No dealer has reported any stock.")
    return message("{dealers_money} at our cost, by their newest reports; it is theirs, and not in the figures above", dealers_money=float(known.sum()))


def _notes(rates: dict[str, float]) -> tuple[Message, ...]:
    return (
        message(
            "Yearly rates on stock at cost: capital {capital_share}, storage {storage_share}, ageing and loss {risk_share}, people {people_share}; settings.",
            **{f"{name}_share": rate for name, rate in rates.items()},
        ),
        message("The cost of a year is that of today's stock, held for a year. What lies at dealers costs them, not us, as long as they pay."),
    )
