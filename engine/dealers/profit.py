"""What a dealer earns: profit and loss, break-even, return on what is tied up. Pure formulas, no data of their own.

Money of one company and one period; nothing is rounded here (the language rounds half up where a figure is shown: 10 of 800 is 1.3 %).
Source: D3; the dealer-management course's profit and loss, the handbook's return on investment.
"""

import math
from collections.abc import Iterable, Sequence
from types import MappingProxyType

import polars as pl

from engine.messages import Message, message

COSTS = ("warehousing", "transport", "people", "office", "marketing", "bad_debt", "other")
"""The dealer's own costs, in the order of the statement."""
LINES: MappingProxyType[str, Message] = MappingProxyType(
    {
        "net_sales": message("Sales revenue"),
        "goods_cost": message("Cost of the goods"),
        "gross_profit": message("Gross profit"),
        "rebate": message("Rebates"),
        "total_gross_profit": message("Total gross profit"),
        "warehousing": message("Warehousing"),
        "transport": message("Transport"),
        "people": message("People"),
        "office": message("Office"),
        "marketing": message("Marketing costs"),
        "bad_debt": message("Bad debt"),
        "other": message("Other costs"),
        "other_income": message("Other income"),
        "profit_before_tax": message("Profit before tax"),
        "tax": message("Tax"),
        "net_profit": message("Net profit"),
        "controllable": message("Costs that the dealer controls"),
        "costs": message("All costs"),
    }
)
"""Every line of the statement, in its order; the last two are sums beside it."""
MONTHS_OF_A_YEAR = 12.0


def statement(sums: pl.DataFrame, tax_share: float) -> pl.DataFrame:
    """The profit and loss of each row.

    sums:      any columns, among them net_sales, gross_profit, and any of rebate, COSTS, other_income, tax (positive money; absent = 0). A row
               whose costs are unknown has null costs: its profit stays unknown.
    tax_share: tax on a profit where `tax` is null or absent (28 % in the course); a loss pays none. `tax_is_reckoned` says where.

    Adds goods_cost, total_gross_profit, costs, profit_before_tax, tax, net_profit; margin_share, total_margin_share, markup_share (gross
    profit ÷ cost of the goods), profit_share and net_share of sales; break_even_sales and break_even_margin (`_break_even`).
    """
    absent = [pl.lit(0.0).alias(name) for name in ("rebate", *COSTS, "other_income") if name not in sums.columns]
    untold = [] if "tax" in sums.columns else [pl.lit(None, dtype=pl.Float64).alias("tax")]
    whole = sums.with_columns(*absent, *untold).with_columns(
        (pl.col("net_sales") - pl.col("gross_profit")).alias("goods_cost"),
        (pl.col("gross_profit") + pl.col("rebate")).alias("total_gross_profit"),
        pl.sum_horizontal(*COSTS, ignore_nulls=False).alias("costs"),
        pl.col("tax").is_null().alias("tax_is_reckoned"),
    )
    before_tax = pl.col("total_gross_profit") - pl.col("costs") + pl.col("other_income")
    whole = whole.with_columns(before_tax.alias("profit_before_tax"))
    whole = whole.with_columns(pl.coalesce("tax", pl.col("profit_before_tax").clip(lower_bound=0.0) * tax_share).alias("tax"))
    return whole.with_columns((pl.col("profit_before_tax") - pl.col("tax")).alias("net_profit")).with_columns(
        share_of_sales("gross_profit").alias("margin_share"),
        share_of_sales("total_gross_profit").alias("total_margin_share"),
        pl.when(pl.col("goods_cost") > 0).then(pl.col("gross_profit") / pl.col("goods_cost")).alias("markup_share"),
        share_of_sales("profit_before_tax").alias("profit_share"),
        share_of_sales("net_profit").alias("net_share"),
        *_break_even(),
    )


def share_of_sales(line: str) -> pl.Expr:
    """A line as a share of sales; unknown unless there were sales."""
    return pl.when(pl.col("net_sales") > 0).then(pl.col(line) / pl.col("net_sales"))


def _break_even() -> tuple[pl.Expr, pl.Expr]:
    """Sales at which today's costs are just earned, all of them taken as fixed: (costs − other income) ÷ total gross margin, unknown without one;
    and the gross margin that today's sales need: (costs − other income − rebates) ÷ sales."""
    to_earn = pl.col("costs") - pl.col("other_income")
    margin = share_of_sales("total_gross_profit")
    sales = pl.when(margin > 0).then(to_earn.clip(lower_bound=0.0) / margin)
    return sales.alias("break_even_sales"), pl.when(pl.col("net_sales") > 0).then((to_earn - pl.col("rebate")) / pl.col("net_sales")).alias("break_even_margin")


def stock_for_days(value: float, days: float, days_of_month: float = 30.0) -> float:
    """Stock that lasts some days, from what is used up in a month: 744 of goods a month and 15 days of stock are 372."""
    return value * days / days_of_month


def with_return(frame: pl.DataFrame, profit: str = "net_profit") -> pl.DataFrame:
    """Return on what a dealer has tied up, a month and a year (twelve months, without interest on interest).

    frame: `profit` over `months` months; stock_value, receivables, claims, fixed_assets (means of month ends; null = not told). Adds capital (null
    where stock or receivables are unknown: a return on half of the money would flatter), roi_month, roi.
    """
    optional = pl.sum_horizontal(pl.col(name).fill_null(0.0) for name in ("claims", "fixed_assets"))
    capital = pl.col("stock_value") + pl.col("receivables") + optional
    tied = frame.with_columns(capital.alias("capital"))
    monthly = pl.when((pl.col("capital") > 0) & (pl.col("months") > 0)).then(pl.col(profit) / pl.col("months") / pl.col("capital"))
    return tied.with_columns(monthly.alias("roi_month")).with_columns((pl.col("roi_month") * MONTHS_OF_A_YEAR).alias("roi"))


def peers_of(frame: pl.DataFrame, times: float, fewest: int, lines: Sequence[str]) -> pl.DataFrame:
    """What is usual among dealers alike: the median share of sales of each line over dealers whose sales are up to `times` larger or smaller.

    frame: dealer_id, net_sales, lines (money over the same months). Returns dealer_id, line, share, peer_share (null with fewer than `fewest`
    peers), peers. The dealer itself is none of its peers.
    """
    shares = frame.filter(pl.col("net_sales") > 0).select("dealer_id", "net_sales", *(share_of_sales(line).alias(line) for line in lines))
    pairs = shares.select("dealer_id", "net_sales").join(shares.rename({"dealer_id": "peer_id", "net_sales": "peer_sales"}), how="cross")
    alike = pairs.filter(
        (pl.col("dealer_id") != pl.col("peer_id"))
        & (pl.col("peer_sales") <= pl.col("net_sales") * times)
        & (pl.col("peer_sales") * times >= pl.col("net_sales"))
    )
    usual = alike.group_by("dealer_id").agg(*(pl.col(line).median() for line in lines), pl.len().cast(pl.Int64).alias("peers"))
    long = usual.unpivot(index=["dealer_id", "peers"], on=list(lines), variable_name="line", value_name="peer_share")
    own = shares.drop("net_sales").unpivot(index="dealer_id", on=list(lines), variable_name="line", value_name="share")
    met = own.join(long, on=["dealer_id", "line"], how="left", maintain_order="left").with_columns(pl.col("peers").fill_null(0))
    return met.with_columns(pl.when(pl.col("peers") >= fewest).then("peer_share").alias("peer_share"))


def opportunities(compared: pl.DataFrame, sales: pl.DataFrame) -> pl.DataFrame:
    """Where a dealer spends more of its sales than its peers, and what it would keep by spending like them.

    compared: as of `peers_of`, of cost lines. sales: dealer_id, net_sales, months. Returns dealer_id, line, share, peer_share, yearly_value
    (above 0), the largest first.
    """
    met = compared.join(sales.select("dealer_id", "net_sales", "months"), on="dealer_id")
    yearly = (pl.col("share") - pl.col("peer_share")) * pl.col("net_sales") / pl.col("months") * MONTHS_OF_A_YEAR
    kept = met.with_columns(yearly.alias("yearly_value")).filter(pl.col("yearly_value") > 0)
    return kept.sort("yearly_value", "dealer_id", descending=[True, False]).select("dealer_id", "line", "share", "peer_share", "yearly_value")


def monthly_costs(rows: Iterable[tuple[str, float, bool]]) -> tuple[float, float]:
    """What the dealer controls, and all: sums of a month's costs one by one (name, amount, controllable). Source: the course's cost table."""
    costs = list(rows)
    return math.fsum(amount for _, amount, controllable in costs if controllable), math.fsum(amount for _, amount, _ in costs)
