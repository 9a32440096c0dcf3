"""What the decisions of a cycle make of the plan: money by month, people, new products; and the figures that an approval freezes."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import cycles, register
from engine.answers.meeting.what_if import Base, base_of, effects_of, measured, solved
from engine.answers.periods import months_before
from engine.answers.sop.demand_plan import rows_of
from engine.answers.sop.families import Families
from engine.answers.sop.months import months_of
from engine.answers.sop.people_needed import people_needed
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import decisions as rules
from engine.sop.grid import tall
from engine.sop.scenarios import Outcome

DEMAND = ("family", "month", "small_qty", "large_qty", "deal_qty", "rest_qty", "override_qty", "demand_qty", "demand_value")
SUPPLY = ("family", "month", "supply_qty", "shipped_qty", "late_qty", "stock_qty", "safety_qty", "released_qty")
COLUMNS = (
    Column("month", message("Month"), "month"),
    Column("demand_value", message("Demand"), "money"),
    Column("revenue_value", message("Revenue"), "money"),
    Column("margin_value", message("Gross margin"), "money"),
    Column("stock_value", message("Stock"), "money"),
    Column("late_value", message("Late or missing"), "money"),
    Column("plan_cost_value", message("Cost of the plan"), "money"),
    Column("cash_value", message("Cash"), "money"),
)
PLANS = (message("Plan of record"), message("With the decisions"))
DEVELOPMENT = (
    Column("development", message("What"), "message"),
    Column("item_id", message("Article"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("family_name", message("Name of the family"), "text"),
    Column("from_on", message("From"), "date"),
)
NEW, GONE, LAUNCHED = message("New in the catalogue"), message("Withdrawn"), message("To be launched")
RECENT_MONTHS = 6
"""Months back from which a product still counts as new (the contract's novelty)."""


def plan_effect(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """The plan with what the cycle's decisions change, month by month (COLUMNS); without such decisions the plan of record.

    extra: `figures` (the plan of record and the plan with the decisions: `engine.answers.meeting.what_if.COLUMNS`), `heads`
    (`engine.answers.sop.people_needed.COLUMNS`), `development`
    (DEVELOPMENT: products that came or go). facts: effects (measure -> value), decided (how many decisions change the plan), said.
    """
    cycles.of_the_company(scope)
    answer: Answer = _plan_effect(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _plan_effect(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    base = base_of(source, run)
    found, count = with_decisions(source, base, months_of(source, Selection()).first)
    return Answer(
        name="plan_effect",
        headline=_headline(base.planned, found, count),
        frame=money_of(found),
        columns=COLUMNS,
        version=source.version,
        extra={"figures": measured(PLANS, (base.planned, found)), "heads": people_needed(base.basis, found), "development": development_of(source, base)},
        facts={"effects": effects_of(found), "decided": count, "said": found.said},
        scope=scope,
        selection=selection,
    )


def decided(home: str, month: date) -> tuple[list[dict[str, Any]], str, int]:
    """(levers of the options that a cycle has chosen, the method by which they are planned, how many decisions change the plan)."""
    levers: list[dict[str, Any]] = []
    methods = []
    for line in register.lines(home, "decision", month):
        card, choice = rules.card_of(line.said), rules.choice_of(line.said)
        if choice is None or line.said.get("state") != rules.DECIDED:
            continue
        option = card.option(choice.option)
        if option.levers or option.method not in ("", "as_planned"):
            levers += [dict(lever) for lever in option.levers]
            methods.append(option.method or "optimal")
    method = next((name for name in ("optimal", "hybrid", "chase", "level", "prebuild") if name in methods), "as_planned")
    return levers, method, len(methods)


def with_decisions(source: Source, base: Base, month: date) -> tuple[Outcome, int]:
    """The plan with what a cycle has decided, and how many of its decisions change it; the plan of record itself where none does."""
    levers, method, count = decided(str(source.home.path), month)
    return (solved(base, levers, method) if count else base.planned), count


def approved_frames(source: Source, run: str, month: date) -> dict[str, pl.DataFrame]:
    """What an approval freezes: `demand` (DEMAND) and `supply` (SUPPLY) with what the cycle has decided, `money` (COLUMNS), `heads` (people)."""
    base = base_of(source, run)
    found, count = with_decisions(source, base, month)
    wanted = rows_of(base.basis.demand).select(DEMAND).sort("family", "month")
    return {
        "demand": _decided_demand(wanted, base.planned, found) if count else wanted,
        "supply": found.shipping.frame().select(SUPPLY).sort("family", "month"),
        "money": money_of(found),
        "heads": people_needed(base.basis, found),
    }


def _decided_demand(wanted: pl.DataFrame, planned: Outcome, found: Outcome) -> pl.DataFrame:
    """Demand as decided: what a decision adds or takes counts as changed by hand, at the prices that were decided."""
    axes = planned.situation.axes
    moved = tall(axes, _more=found.situation.demand - planned.situation.demand, _price=found.situation.price)
    rows = wanted.join(moved, on=["family", "month"], how="left", maintain_order="left").with_columns(pl.col("_more").fill_null(0.0))
    qty = pl.col("demand_qty") + pl.col("_more")
    return rows.with_columns(
        (pl.col("override_qty") + pl.col("_more")).alias("override_qty"),
        qty.alias("demand_qty"),
        pl.when(pl.col("_price").is_null()).then("demand_value").otherwise(qty * pl.col("_price")).alias("demand_value"),
    ).select(DEMAND)


def money_of(outcome: Outcome) -> pl.DataFrame:
    """The financial plan (COLUMNS): sums of all families by month."""
    situation, projection = outcome.situation, outcome.projection
    sums = {
        "demand_value": situation.demand * situation.price, "revenue_value": projection.revenue, "margin_value": projection.margin,
        "stock_value": projection.stock_value, "late_value": outcome.shipping.short * situation.price,
    }  # fmt: skip
    columns = {name: values.sum(axis=0) for name, values in sums.items()} | {"plan_cost_value": projection.plan_cost, "cash_value": projection.cash}
    frame = pl.DataFrame({"month": list(situation.axes.months), **columns}, schema={"month": pl.Date, **dict.fromkeys(columns, pl.Float64)})
    return frame.select(column.name for column in COLUMNS)


def development_of(source: Source, base: Base) -> pl.DataFrame:
    """The plan of product development as the catalogue tells it (DEVELOPMENT): what came within half a year or comes, what goes; the newest first."""
    months, families = base.basis.demand.months, base.basis.demand.families
    since = months_before(months.first, RECENT_MONTHS)
    items = families.keyed(source.whole.items.filter(pl.col("item_kind") == "product").rename({"item_id": "sku"})).rename({"sku": "item_id"})
    names = families.frame.select("family", "family_name")
    found = []
    for column, said in (("catalogue_on", NEW), ("withdrawn_on", GONE)):
        rows = items.filter(pl.col(column) >= since).with_columns(pl.lit(said.to_json()).alias("development"), pl.col(column).alias("from_on"))
        found.append(rows.select("development", "item_id", "item_name", "family", "from_on"))
    joined = pl.concat([*found, _decided_products(source, families)]).join(names, on="family", how="left", maintain_order="left")
    named = joined.with_columns(pl.coalesce("family_name", "family").alias("family_name"))
    return named.sort("from_on", "item_id", descending=[True, False]).select(column.name for column in DEVELOPMENT)


def _decided_products(source: Source, families: Families) -> pl.DataFrame:
    """What the gates of the assortment put in force: products of a launch, and products that are withdrawn."""
    from engine.answers.assortment import decided as gates

    rows = families.keyed(gates.development(source), item="item_id")
    said = pl.when(pl.col("is_coming")).then(pl.lit(LAUNCHED.to_json())).otherwise(pl.lit(GONE.to_json())).alias("development")
    known = rows.with_columns(said, pl.coalesce("family", "line_id").alias("family"))
    return known.select("development", "item_id", "item_name", "family", "from_on")


def _headline(planned: Outcome, found: Outcome, count: int) -> Message:
    margin, cash, service = (found.figures[name] for name in ("margin", "least_cash", "service_share"))
    if margin is None or cash is None or service is None:
        return message("Nothing is asked for in these months.")
    said = message(
        "The plan earns {margin_money}, delivers {service_share} of the demand in its month, and cash is never below {cash_money}.",
        margin_money=margin, service_share=service, cash_money=cash,
    )  # fmt: skip
    if not count:
        return said
    more = margin - (planned.figures["margin"] or 0.0)
    word = plural("{n} decision makes {more_money} of it.", "{n} decisions make {more_money} of it.", n=count, more_money=more)
    return message("{said} {further}", said=said, further=word)
