"""What the scorecard measures of every dealer, month by month, from the marts; what cannot be measured has no value, and why is known."""

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

from engine.answers.dealer_standing import standing_on
from engine.answers.periods import end_of, first_of, months_before
from engine.answers.source import Source
from engine.answers.workdays import Workdays
from engine.dealers import plan_changes, profit

KEYS = ["dealer_id", "month"]
CAPITAL = ("stock_value", "receivables", "claims", "fixed_assets")
SCHEMA: dict[str, Any] = {
    "dealer_id": pl.String, "month": pl.Date, "measure": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "deduct": pl.Float64,
}  # fmt: skip

TABLES = (
    "stock", "dealer_sales", "dealer_targets", "dealer_mix", "dealer_costs", "dealer_assets", "invoices", "payments", "outlets", "visits", "sales_reps",
    "availability", "replenishment", "requests", "orders", "order_changes",
)  # fmt: skip
"""Input tables that a whole scorecard needs."""


def rolled(frame: pl.DataFrame, months: Sequence[date], window: int) -> pl.DataFrame:
    """Sums over the `window` months that end with each of the months: dealer_id, month, and every other column added up (all unknown = unknown)."""
    columns = [name for name in frame.columns if name not in KEYS]
    total = [pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name) for name in columns]
    return _spread(frame, months, window).group_by(KEYS).agg(total)


def _spread(frame: pl.DataFrame, months: Sequence[date], window: int) -> pl.DataFrame:
    """Each row once for every one of the months in whose window it lies."""
    shifted = [frame.with_columns(pl.col("month").dt.offset_by(f"{later}mo")) for later in range(window)]
    return pl.concat(shifted).filter(pl.col("month").is_in(list(months)))


class Measuring:
    """One version of the data, the months to be measured, and what several measures read."""

    def __init__(self, source: Source, months: Sequence[date]) -> None:
        self.source, self.months = source, list(months)
        self.window = int(source.settings["scorecard_window_months"])
        self.newest = self.months[-1]
        self.reach = {"first_month": months_before(self.months[0], self.window - 1), "last_month": self.newest}
        self.dealers = source.dealers.filter(~pl.col("status").is_in(["candidate", "ended"]).fill_null(False))
        self.names: dict[str, str] = dict(source.settings["scorecard_targets"])

    @functools.cached_property
    def flow(self) -> pl.DataFrame:
        return self.read("dealer_flow_months")

    @functools.cached_property
    def targets(self) -> pl.DataFrame:
        return self.read("dealer_targets")

    @functools.cached_property
    def stock(self) -> pl.DataFrame:
        return self.read("dealer_stock_months")

    @functools.cached_property
    def owed(self) -> pl.DataFrame:
        return self.read("receivables_months")

    @functools.cached_property
    def work(self) -> Workdays:
        return Workdays(self.source, self.reach["first_month"], end_of(self.newest))

    @functools.cached_property
    def standing(self) -> pl.DataFrame:
        """How each dealer stands at the end of the newest month, as the desk shows it: `by_dealer`, with the month."""
        return standing_on(self.source, end_of(self.newest)).with_columns(pl.lit(self.newest).cast(pl.Date).alias("month"))

    @functools.cached_property
    def visits(self) -> pl.DataFrame:
        """Visits, each once for every month in whose window it lies."""
        found = self.source.read("outlet_visits", first=self.reach["first_month"], last=end_of(self.newest))
        return _spread(found.with_columns(pl.col("visited_on").dt.month_start().alias("month")), self.months, self.window)

    def read(self, query: str) -> pl.DataFrame:
        """A named read of all months that any window touches."""
        return self.source.read(query, **self.reach)

    def target(self, measure: str) -> pl.DataFrame:
        """dealer_id, month, target of a measure, by its name in the settings."""
        wanted = self.targets.filter(pl.col("measure") == self.names.get(measure, ""))
        return wanted.select("dealer_id", "month", "target")

    def over(self, frame: pl.DataFrame, window: int | None = None) -> pl.DataFrame:
        return rolled(frame, self.months, window or self.window)

    def grid(self) -> pl.DataFrame:
        """Every dealer that is rated × every month since it began."""
        months = pl.DataFrame({"month": self.months}, schema={"month": pl.Date})
        return self.dealers.select("dealer_id", "started_on").join(months, how="cross")


def measured(work: Measuring, is_stuffed: pl.DataFrame) -> pl.DataFrame:
    """Every measure that has a value: SCHEMA, one row a dealer, month and measure; dealers that are rated only.

    is_stuffed: dealer_id, month of those whose sell-in may not stand for sell-through.
    """
    parts = [frame for code, measure in MEASURES.items() for frame in [_long(measure(work), code)]]
    through = _long(_sell_in(work).join(is_stuffed, on=KEYS, how="anti"), "F1").join(parts[0], on=KEYS, how="anti")
    whole = pl.concat([*parts, through]).filter(pl.col("value").is_finite())
    return whole.filter(pl.col("dealer_id").is_in(work.dealers["dealer_id"].to_list()), pl.col("month").is_in(work.months))


def _long(frame: pl.DataFrame, code: str) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("low", "high", "deduct") if name not in frame.columns]
    return frame.with_columns(*absent, pl.lit(code).alias("measure")).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _ratio(frame: pl.DataFrame, above: str, below: str) -> pl.DataFrame:
    """dealer_id, month, value = above ÷ below where there is anything to divide by."""
    return frame.filter(pl.col(below) > 0).select(*KEYS, (pl.col(above) / pl.col(below)).alias("value"))


def _sell_through(work: Measuring) -> pl.DataFrame:
    told = work.flow.filter(pl.col("sold_on_value").is_not_null()).select(*KEYS, pl.col("sold_on_value").alias("reached"))
    return _ratio(work.over(told.join(work.target("F1"), on=KEYS)), "reached", "target")


def _sell_in(work: Measuring) -> pl.DataFrame:
    """Where only what we sell to the dealer has a target, that stands for what it sells on."""
    bought = work.flow.filter(pl.col("bought_value").is_not_null()).select(*KEYS, pl.col("bought_value").alias("reached"))
    return _ratio(work.over(bought.join(work.target("F1_sell_in"), on=KEYS)), "reached", "target")


def _margin(work: Measuring) -> pl.DataFrame:
    mix = work.source.read("dealer_mix_months", **work.reach, dealers=None).group_by(KEYS).agg(pl.col("net_value", "gross_profit").sum())
    planned = mix.join(work.target("F2"), on=KEYS).with_columns((pl.col("net_value") * pl.col("target")).alias("planned")).drop("target")
    sums = work.over(planned).filter(pl.col("net_value") > 0)
    return sums.select(*KEYS, ((pl.col("gross_profit") - pl.col("planned")) / pl.col("net_value")).alias("value"))


def _return(work: Measuring) -> pl.DataFrame:
    """Yearly return on what the dealer has tied up over each window, by the formulas of its profit and loss; months without costs do not count.

    All windows in one pass: the profit and loss itself, asked month by month, would take longer than all other measures together.
    """
    asked = {**work.reach, "dealers": None}
    mix = work.source.read("dealer_mix_months", **asked).group_by(KEYS).agg(pl.col("net_value").sum().alias("net_sales"), pl.col("gross_profit").sum())
    costs = work.source.read("dealer_costs_months", **asked)
    amount, item = pl.col("amount"), pl.col("item")
    names = (*profit.COSTS, "rebate", "other_income")
    taxed = amount.filter(item == "tax")
    sums = [*(amount.filter(item == name).sum().alias(name) for name in names), pl.when(taxed.len() > 0).then(taxed.sum()).alias("tax")]
    told = costs.filter(item.is_in(profit.COSTS)).select(KEYS).unique()
    months = mix.join(told, on=KEYS, how="semi").join(costs.group_by(KEYS).agg(sums), on=KEYS).with_columns(pl.lit(1.0).alias("months"))
    tied = work.source.read("dealer_capital_months", **asked).join(months, on=KEYS, how="semi").select(*KEYS, *CAPITAL)
    held = _spread(tied, work.months, work.window).group_by(KEYS).agg(pl.col(name).mean() for name in CAPITAL)
    stated = profit.statement(work.over(months), float(work.source.settings["dealer_tax_share"]))
    returns = profit.with_return(stated.join(held, on=KEYS, how="left"))
    return returns.filter(pl.col("roi").is_not_null()).select(*KEYS, pl.col("roi").alias("value"))


def _between(first: date, last: date) -> Iterable[date]:
    month = first
    while month <= last:
        yield month
        month = first_of(months_before(month, -1))


def _overdue(work: Measuring) -> pl.DataFrame:
    """Overdue ÷ owed at the month's end; who was invoiced before and owes nothing has nothing overdue."""
    owed = work.owed.filter(pl.col("month").is_in(work.months))
    nothing = work.owed.select("dealer_id").unique().join(pl.DataFrame({"month": work.months}), how="cross").join(owed, on=KEYS, how="anti")
    share = _ratio(owed, "overdue_value", "receivable_value")
    return pl.concat([share, nothing.with_columns(pl.lit(0.0).alias("value")).select(*KEYS, "value")])


def _target_outlets(work: Measuring) -> pl.DataFrame:
    """Outlets that are to be reached, once for every month on the list: dealer_id, month, outlet_id, weight (its cases)."""
    wanted = [row[0] for row in work.source.settings["scorecard_target_outlets"]]
    outlets = work.source.read("outlets").filter(pl.col("outlet_class").is_null() | pl.col("outlet_class").is_in(wanted))
    weight = pl.col("monthly_cases").fill_null(pl.col("monthly_cases").mean()).fill_null(1.0)
    listed = outlets.with_columns(weight.alias("weight")).join(pl.DataFrame({"month": work.months}, schema={"month": pl.Date}), how="cross")
    return listed.filter(pl.col("opened_on").is_null() | (pl.col("opened_on") <= pl.col("month").dt.month_end()))


def _reached(work: Measuring, buys: pl.DataFrame, weight: pl.Expr) -> pl.DataFrame:
    """Target outlets that bought in the window, and all: dealer_id, month, bought, listed."""
    listed = _target_outlets(work)
    bought = _spread(buys.with_columns(pl.col("month").cast(pl.Date)), work.months, work.window).select(*KEYS, "outlet_id").unique()
    those = listed.join(bought, on=[*KEYS, "outlet_id"], how="semi").group_by(KEYS).agg(weight.sum().alias("bought"))
    return listed.group_by(KEYS).agg(weight.sum().alias("listed")).join(those, on=KEYS)


def _distribution(work: Measuring) -> pl.DataFrame:
    """Target outlets that bought in the window ÷ target outlets on the list by then."""
    return _ratio(_reached(work, work.read("outlet_buys_months"), pl.col("weight") * 0.0 + 1.0), "bought", "listed")


def _availability(work: Measuring) -> pl.DataFrame:
    """Days in stock ÷ working days; where nobody said, for the newest month, positions with stock ÷ positions with demand."""
    said = _ratio(work.over(work.read("dealer_availability_months")), "in_stock_days", "working_days")
    at_hand = work.standing.filter(pl.col("positions") > 0).select(*KEYS, (1 - pl.col("out_count") / pl.col("positions")).alias("value"))
    return pl.concat([said, at_hand.join(said, on=KEYS, how="anti")])


def _prices(work: Measuring) -> pl.DataFrame:
    """Shelf prices near the middle price of the window in the same kind of outlet: a visit names no product, so prices are judged by each other."""
    seen = work.visits.filter(pl.col("price_seen").is_not_null())
    middle = pl.col("price_seen").median().over("month", "channel")
    near = ((pl.col("price_seen") - middle).abs() <= float(work.source.settings["scorecard_price_band_share"]) * middle + 1e-9).cast(pl.Float64)
    return seen.with_columns(near.alias("near")).group_by(KEYS).agg(pl.col("near").mean().alias("value"))


def _supply(work: Measuring) -> pl.DataFrame:
    """Days of supply beside the band: for the newest month as the desk has them; before, the month's stock ÷ the sales of the window a working day."""
    now = work.standing
    flows = work.flow.select(*KEYS, pl.coalesce("sold_on_cost", "bought_cost").alias("cost"))
    days = {month: float(worked) for month, worked in _working_days(work)}
    sold = work.over(flows).with_columns(pl.col("month").replace_strict(days, default=None, return_dtype=pl.Float64).alias("days"))
    before = work.stock.join(sold, on=KEYS).filter(pl.col("month") != work.newest, pl.col("cost") > 0)
    past = before.join(now.select("dealer_id", "low", "high"), on="dealer_id")
    held = past.select(*KEYS, (pl.col("stock_value") * pl.col("days") / pl.col("cost")).alias("value"), "low", "high")
    return pl.concat([now.select(*KEYS, pl.col("days_of_supply").alias("value"), "low", "high"), held])


def _working_days(work: Measuring) -> Iterable[tuple[date, int]]:
    for month in work.months:
        yield month, work.work.between(months_before(month, work.window - 1), end_of(month))


def _old_stock(work: Measuring) -> pl.DataFrame:
    return _ratio(work.stock, f"older_{_old_months(work)}_value", "stock_value")


def _old_months(work: Measuring) -> int:
    """The age that the marts hold nearest to the setting."""
    wanted = float(work.source.settings["scorecard_old_stock_days"]) / 30
    return min((3, 6, 9, 12), key=lambda months: abs(months - wanted))


def _requests(work: Measuring) -> pl.DataFrame:
    """Distance between requests and what was taken, less one point for each point of bias beyond what is free."""
    sums = work.over(work.read("requests_met_months")).filter(pl.col("taken_qty") > 0)
    bias = ((pl.col("asked_qty") - pl.col("taken_qty")) / pl.col("taken_qty")).abs() - float(work.source.settings["scorecard_free_bias_share"])
    return sums.select(*KEYS, (pl.col("apart_qty") / pl.col("taken_qty")).alias("value"), (bias.clip(lower_bound=0.0) * 100).alias("deduct"))


def _changes(work: Measuring) -> pl.DataFrame:
    """Quantity that the dealer changed ÷ quantity that it ordered, as the page of plan changes has it; what they cost is not asked here."""
    if not work.source.has("order_changes"):
        return _nothing()
    found = work.source.read("order_changes", first=work.reach["first_month"], last=end_of(work.newest), dealers=None)
    rows = plan_changes.measured(found, plan_changes.Costs(0.0, 0.0, 0.0, 0.0), float(work.source.settings["change_date_share"]))
    by_month = plan_changes.summed(rows, *KEYS).select(*KEYS, pl.col("dealer_qty").cast(pl.Float64).alias("changed"))
    ordered = work.source.read("order_lines_months", **work.reach, dealers=None).select(*KEYS, "qty")
    both = ordered.join(by_month, on=KEYS, how="left").with_columns(pl.col("changed").fill_null(0.0))
    return _ratio(work.over(both), "changed", "qty")


def _reports(work: Measuring) -> pl.DataFrame:
    """Months of the window whose stock report came in time ÷ months of the window."""
    if work.stock.is_empty():
        return _nothing()
    late = (pl.col("reported_on") - pl.col("counted_on")).dt.total_days()
    in_time = (late.fill_null(0) <= int(work.source.settings["scorecard_report_days"])).cast(pl.Float64)
    months = pl.DataFrame({"month": list(_between(work.reach["first_month"], work.newest))}, schema={"month": pl.Date})
    every = work.dealers.select("dealer_id", "started_on").join(months, how="cross").filter(_has_begun())
    told = every.join(work.stock.select(*KEYS, in_time.alias("value")), on=KEYS, how="left").with_columns(pl.col("value").fill_null(0.0))
    return _spread(told.select(*KEYS, "value"), work.months, work.window).group_by(KEYS).agg(pl.col("value").mean())


def _has_begun() -> pl.Expr:
    return pl.col("started_on").is_null() | (pl.col("started_on") <= pl.col("month"))


def _new_outlets(work: Measuring) -> pl.DataFrame:
    """New outlets ÷ their plan, and the part of the target outlets (by their cases) that bought a new product ÷ its plan; of both, where both are
    planned, the mean, each counted up to its plan."""
    if not work.source.has("outlets"):
        return _nothing()
    opened = work.source.read("outlets").filter(pl.col("opened_on").is_not_null())
    new = opened.group_by("dealer_id", pl.col("opened_on").dt.month_start().alias("month")).agg(pl.len().cast(pl.Float64).alias("new"))
    planned = work.target("G1").join(new, on=KEYS, how="left").with_columns(pl.col("new").fill_null(0.0))
    outlets = _ratio(work.over(planned), "new", "target").rename({"value": "outlets"})
    buys = work.source.read("outlet_new_products_months", **work.reach, new_days=int(work.source.settings["scorecard_new_product_days"]))
    reached = _reached(work, buys, pl.col("weight")).select(*KEYS, (pl.col("bought") / pl.col("listed")).alias("reached"))
    products = work.target("G1_products").join(work.read("outlet_buys_months"), on="dealer_id", how="semi")
    products = _ratio(products.join(reached, on=KEYS, how="left").with_columns(pl.col("reached").fill_null(0.0)), "reached", "target")
    both = outlets.join(products.rename({"value": "products"}), on=KEYS, how="full", coalesce=True)
    mean = (pl.col("outlets").clip(upper_bound=1.0) + pl.col("products").clip(upper_bound=1.0)) / 2
    return both.select(*KEYS, pl.coalesce(mean, "outlets", "products").alias("value"))


def _routes(work: Measuring) -> pl.DataFrame:
    """Visits that were in the route plan ÷ visits."""
    made = work.visits.filter(pl.col("planned").is_not_null())
    return made.group_by(KEYS).agg(pl.col("planned").cast(pl.Float64).mean().alias("value"))


def _reps(work: Measuring) -> pl.DataFrame:
    """Mean of two shares: representatives that visit ÷ representatives that the outlets need, and those trained ÷ all who visit."""
    settings = work.source.settings
    known = work.source.read("sales_reps")
    if known.is_empty():
        return _nothing()
    by_class: dict[str, float] = dict(settings["visits_by_class"])
    wanted = pl.col("outlet_class").replace_strict(by_class, default=min(by_class.values(), default=0.0), return_dtype=pl.Float64)
    load = work.source.read("outlets").group_by("dealer_id").agg((wanted.sum() / float(settings["visits_per_rep"])).ceil().alias("required"))
    seen = work.visits.select(*KEYS, "sales_rep").unique().join(known, on="sales_rep", how="left")
    since = pl.col("month").dt.month_end().dt.offset_by(f"-{int(settings['scorecard_trained_months'])}mo")
    trained = (pl.col("trained_on") >= since).fill_null(False).cast(pl.Float64)
    found = seen.group_by(KEYS).agg(pl.len().alias("reps"), trained.mean().alias("trained")).join(load, on="dealer_id").filter(pl.col("required") > 0)
    enough = (pl.col("reps") / pl.col("required")).clip(upper_bound=1.0)
    return found.select(*KEYS, ((enough + pl.col("trained")) / 2).alias("value"))


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={"dealer_id": pl.String, "month": pl.Date, "value": pl.Float64})


MEASURES: dict[str, Callable[[Measuring], pl.DataFrame]] = {
    "F1": _sell_through, "F2": _margin, "F3": _return, "F4": _overdue, "C1": _distribution, "C2": _availability, "C3": _prices, "P1": _supply,
    "P2": _old_stock, "P3": _requests, "P4": _changes, "P5": _reports, "G1": _new_outlets, "G2": _routes, "G3": _reps,
}  # fmt: skip
