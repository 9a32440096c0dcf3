"""The book of KPIs: one record each, read alike by pages, command line, glossary, explanation and tests.

A KPI is applied only by `Kpi.by(facts, *keys)`: the additive inputs are summed to the keys, then the formula is applied to the sums.
So it is a ratio of sums at any grain, and it works on facts that were never in a database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import polars as pl

from engine import inventory
from engine.inventory import Outcome, unknown_where
from engine.messages import Message, message

Better = Literal["up", "down", "band", "none"]

REASONS: dict[str, Message] = {
    "no_demand": message("Nothing was sold in the window, so there is no demand to compare the stock with."),
    "no_net_sales": message("Net sales are not above zero."),
    "no_mean_stock": message("There was no stock on average."),
    "no_days": message("No sales are recorded in the year."),
    "missing": message("The data do not say it."),
}
"""Why a value is unknown, by the word that the formulas use."""


@dataclass(frozen=True)
class Input:
    """What a formula is made from. total: how rows become one: `sum` for additive inputs, `max` for what is the same for all rows."""

    name: str
    label: Message
    unit: str
    total: Literal["sum", "max"] = "sum"


INPUTS: dict[str, Input] = {
    given.name: given
    for given in (
        Input("net_value", message("Net sales"), "money"),
        Input("qty", message("Quantity sold, returns deducted"), "qty"),
        Input("cost_value", message("Cost of the goods sold"), "money"),
        Input("demand_qty", message("Quantity sold in the window"), "qty"),
        Input("demand_value", message("Sales of the window at the newest stock cost"), "money"),
        Input("demand_days", message("Days in the window"), "days", "max"),
        Input("stock_qty", message("Quantity in stock"), "qty"),
        Input("stock_value", message("Stock at cost"), "money"),
        Input("forecast_items", message("Items with a forecast"), "count"),
        Input("year_net_value", message("Net sales of 12 months"), "money"),
        Input("year_cost_value", message("Cost of the goods sold in 12 months"), "money"),
        Input("year_days", message("Days of these 12 months that the sales cover"), "days", "max"),
        Input("balances_value", message("Sum of the month-end stocks at cost"), "money"),
        Input("balances", message("Number of month-end stocks"), "count", "max"),
        Input("unsold_value", message("Stock at cost of positions without a sale"), "money"),
        Input("positions", message("Positions with demand"), "count"),
        Input("positions_out", message("Positions with demand that are out of stock"), "count"),
    )
}

AHEAD, BUCKET_DAYS = "ahead_", "bucket_days_"
"""Prefixes of the input by period: demand at cost of each coming month, and how many days each has."""


@dataclass(frozen=True)
class Facts:
    """What KPIs are reckoned from: one row an item and whatever else the rows are told apart by.

    frame: keys, inputs, and the vectors `ahead_01`… with `bucket_days_01`….
    why:   input -> why it is unknown for every row (then the column may be absent).
    zero:  input -> column of the frame that is 1 where a key without a row means none, 0; elsewhere, and for other inputs, unknown.
    grain: keys of which no two rows are alike and by which the rows are ordered; () = nothing is promised.
    """

    frame: pl.DataFrame
    why: Mapping[str, Message] = field(default_factory=dict)
    zero: Mapping[str, str] = field(default_factory=dict)
    grain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kpi:
    """One KPI. inputs: names of INPUTS that the formula needs; reckon: number of buckets ahead -> Outcome over the sums.

    formula: in words; arithmetic: the same with places for the inputs; definition: what it tells, in plain words.
    """

    name: str
    label: Message
    unit: str
    better: Better
    inputs: tuple[str, ...]
    reckon: Callable[[int], Outcome]
    formula: Message
    arithmetic: str
    definition: Message
    source: str

    def by(self, facts: Facts | pl.DataFrame, *keys: str) -> pl.DataFrame:
        """The KPI at the grain of the keys: keys, `<name>`, `<name>_why` (Message as JSON, null where known), and `censored` if it can be."""
        return by((self,), facts, *keys)

    def columns(self) -> tuple[str, ...]:
        """The columns that `by` adds to the keys."""
        extra = ("censored",) if self.reckon(0).censored is not None else ()
        return (self.name, f"{self.name}_why", *extra)


def by(kpis: Iterable[Kpi], facts: Facts | pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Several KPIs from one summing of the facts; columns as in `Kpi.by`, ordered as asked. Without keys: one row.

    Raises polars.exceptions.ColumnNotFoundError where the facts lack a key.
    """
    given = facts if isinstance(facts, Facts) else Facts(facts)
    asked = tuple(kpis)
    sums = summed(given, [name for kpi in asked for name in kpi.inputs], keys)
    horizon = sum(1 for name in sums.columns if name.startswith(AHEAD))
    return sums.select(*keys, *(column for kpi in asked for column in _columns(kpi, given, horizon)))


def summed(facts: Facts, inputs: Sequence[str], keys: Sequence[str]) -> pl.DataFrame:
    """Inputs summed to the keys; an input without any row is 0 where that means none, else null."""
    frame = facts.frame
    wanted = list(dict.fromkeys(inputs))
    present = [name for name in wanted if name in frame.columns and name not in facts.why]
    vectors = sorted(name for name in frame.columns if "forecast_items" in wanted and name.startswith((AHEAD, BUCKET_DAYS)))
    gates = {facts.zero[name] for name in present if name in facts.zero}
    totals = [*(_total(name) for name in (*present, *vectors)), *(pl.col(gate).max() for gate in sorted(gates))]
    if keys and set(keys) == set(facts.grain):  # nothing to sum: each row is a group
        sums = frame.select(*keys, *(pl.col(name).cast(pl.Float64) for name in (*present, *vectors)), *sorted(gates))
    else:
        sums = frame.group_by(keys, maintain_order=True).agg(totals) if keys else frame.select(totals or pl.lit(None).alias("_"))
    absent = [pl.lit(None, dtype=pl.Float64).alias(name) for name in wanted if name not in present]
    none = [pl.when(pl.col(facts.zero[name]) > 0).then(pl.col(name).fill_null(0.0)).otherwise(pl.col(name)) for name in present if name in facts.zero]
    return sums.with_columns(*absent).with_columns(none)


def _total(name: str) -> pl.Expr:
    column = pl.col(name).cast(pl.Float64)
    if name.startswith(BUCKET_DAYS) or (name in INPUTS and INPUTS[name].total == "max"):
        return column.max()
    return pl.when(column.count() > 0).then(column.sum()).alias(name)


def _columns(kpi: Kpi, facts: Facts, horizon: int) -> list[pl.Expr]:
    """Value, reason and mark of a KPI over the sums. Reasons are numbers until the end and become texts by a shared list."""
    outcome = kpi.reckon(horizon)
    said = [REASONS[word].to_json() for word in inventory.WORDS]
    why = outcome.why
    for name in reversed(kpi.inputs):
        reason = facts.why.get(name, REASONS["missing"]).to_json()
        if reason not in said:
            said.append(reason)
        why = pl.when(pl.col(name).is_null()).then(pl.lit(said.index(reason), dtype=pl.UInt32)).otherwise(why)
    columns = [pl.when(why.is_null()).then(outcome.value).alias(kpi.name), why.cat.to(pl.Enum(said)).alias(f"{kpi.name}_why")]
    if outcome.censored is not None:
        columns.append((outcome.censored & why.is_null()).fill_null(False).alias("censored"))
    return columns


def _sum(name: str) -> Callable[[int], Outcome]:
    return lambda horizon: unknown_where(pl.col(name))


def _forward(horizon: int) -> Outcome:
    """By the forecast where any item has one, else by the mean sales of the window: demand that no forecast knows has no horizon."""
    stock, demand, days = pl.col("stock_value"), pl.col("demand_value"), pl.col("demand_days")
    mean = inventory.backward_days_of_supply(stock, demand, days)
    if not horizon:
        return Outcome(mean.value, mean.why, pl.lit(False))
    buckets = [f"{bucket + 1:02}" for bucket in range(horizon)]
    lengths = [pl.col(BUCKET_DAYS + bucket).fill_null(0.0) for bucket in buckets]
    walked = inventory.forward_days_of_supply(stock, [pl.col(AHEAD + bucket) for bucket in buckets], lengths)
    forecast = pl.col("forecast_items") > 0
    assert walked.censored is not None
    return Outcome(
        pl.when(forecast).then(walked.value).otherwise(mean.value),
        pl.when(forecast).then(walked.why).otherwise(mean.why),
        forecast & walked.censored,
    )


def _mean_stock() -> pl.Expr:
    return inventory.mean_balance(pl.col("balances_value"), pl.col("balances"))


BOOK: Mapping[str, Kpi] = MappingProxyType(
    {
        kpi.name: kpi
        for kpi in (
            Kpi(
                "net_sales", message("Net sales"), "money", "up", ("net_value",), _sum("net_value"),
                message("sum of the net value of the sales lines"), "Σ {net_value}",
                message("What we shipped to dealers, net of VAT, discounts and returns."), "contract sales",
            ),
            Kpi(
                "sold_qty", message("Quantity sold"), "qty", "up", ("qty",), _sum("qty"),
                message("sum of the quantity of the sales lines"), "Σ {qty}",
                message("How many stock units we shipped to dealers, returns deducted."), "contract sales",
            ),
            Kpi(
                "sales_cost", message("Cost of sales"), "money", "none", ("cost_value",), _sum("cost_value"),
                message("sum of the cost of the sales lines; a line without a cost: quantity × unit cost of the article"), "Σ {cost_value}",
                message("What the goods that we sold had cost us."), "contract sales",
            ),
            Kpi(
                "gross_margin", message("Gross margin"), "money", "up", ("net_value", "cost_value"),
                lambda horizon: unknown_where(pl.col("net_value") - pl.col("cost_value")),
                message("net sales − cost of sales"), "{net_value} − {cost_value}",
                message("What is left of sales after the cost of the goods; dealer rebates that are booked apart are not deducted."), "D3, I3",
            ),
            Kpi(
                "margin_share", message("Margin"), "share", "up", ("net_value", "cost_value"),
                lambda horizon: inventory.margin_share(pl.col("net_value"), pl.col("cost_value")),
                message("(net sales − cost of sales) ÷ net sales"), "({net_value} − {cost_value}) ÷ {net_value}",
                message("How much of each unit of net sales stays after the cost of the goods."), "D3, course p. 93",
            ),
            Kpi(
                "stock_value", message("Stock value"), "money", "none", ("stock_value",), _sum("stock_value"),
                message("sum of quantity on hand × unit cost of the stock rows"), "Σ {stock_value}",
                message("The money that lies in our own plants and branches, by the newest count of each place."), "contract stock",
            ),
            Kpi(
                "stock_qty", message("Stock quantity"), "qty", "none", ("stock_qty",), _sum("stock_qty"),
                message("sum of the quantity on hand"), "Σ {stock_qty}",
                message("How many stock units lie in our own plants and branches, by the newest count of each place."), "contract stock",
            ),
            Kpi(
                "days_of_supply", message("Days of supply"), "days", "band", ("stock_value", "demand_value", "demand_days", "forecast_items"), _forward,
                message("days until the forecast has used up the stock; without a forecast: stock ÷ mean sales a day of the window, both at cost"),
                "{stock_value} ÷ {demand_value} × {demand_days}",
                message("How long the stock will last. Where it outlasts the forecast, the days of the forecast are shown as “more than”."), "I1, course p. 91",
            ),
            Kpi(
                "days_of_supply_backward", message("Days of supply, by past sales"), "days", "band", ("stock_value", "demand_value", "demand_days"),
                lambda horizon: inventory.backward_days_of_supply(pl.col("stock_value"), pl.col("demand_value"), pl.col("demand_days")),
                message("stock ÷ sales of the window × days of the window, both at the cost of the stock"), "{stock_value} ÷ {demand_value} × {demand_days}",
                message("How long the stock would last if sales went on as in the window. Calendar days."), "I1, course p. 91",
            ),
            Kpi(
                "turns", message("Turns"), "ratio", "up", ("year_cost_value", "balances_value", "balances", "year_days"),
                lambda horizon: inventory.turns(pl.col("year_cost_value"), _mean_stock(), pl.col("year_days")),
                message("cost of sales of 12 months ÷ mean of the month-end stocks at cost; less than a year of data is scaled to 365 days"),
                "{year_cost_value} ÷ ({balances_value} ÷ {balances})",
                message("How often a year the stock was sold."), "I2, course p. 92",
            ),
            Kpi(
                "gmroii", message("GMROII"), "ratio", "up", ("year_net_value", "year_cost_value", "balances_value", "balances", "year_days"),
                lambda horizon: inventory.gmroii(pl.col("year_net_value") - pl.col("year_cost_value"), _mean_stock(), pl.col("year_days")),
                message("gross margin of 12 months ÷ mean of the month-end stocks at cost; less than a year of data is scaled to 365 days"),
                "({year_net_value} − {year_cost_value}) ÷ ({balances_value} ÷ {balances})",
                message("Gross margin return on inventory investment: what each unit of money in stock earned in a year."), "I3, course p. 93",
            ),
            Kpi(
                "out_of_stock_share", message("Out of stock"), "share", "down", ("positions_out", "positions"),
                lambda horizon: inventory.out_of_stock_share(pl.col("positions_out"), pl.col("positions")),
                message("positions with demand and nothing in stock ÷ positions with demand; a position is an item in a place of ours"),
                "{positions_out} ÷ {positions}",
                message("How much of what dealers buy is missing from the shelf."), "I7, course p. 102",
            ),
            Kpi(
                "unsold_stock_value", message("Unsold stock"), "money", "down", ("unsold_value",), _sum("unsold_value"),
                message("stock at cost of the items of which nothing was sold in the window"), "Σ {unsold_value}",
                message("Stock that did not move: items with stock and, net of returns, no sale in the window."), "I4",
            ),
        )
    }
)  # fmt: skip
"""Every KPI by its name."""
