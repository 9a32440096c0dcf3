"""What stock is for: a safety margin, the working cycle, an investment for a known event; what is left over is excess. And what holding it costs.

Source: I6, I10; the course on kinds of stock (p. 98).
"""

from collections.abc import Mapping

import polars as pl

PURPOSES = ("safety", "cycle", "investment", "excess", "unknown")


def split(stock: pl.DataFrame) -> pl.DataFrame:
    """Each item's stock by what it is for, in pieces and at cost; the five parts add up to the stock.

    stock: item_id, qty, value (all of it), invested_qty, invested_value (bought early for a known event), safety_need (pieces; null = nobody
    said), cycle_need (pieces between two receipts; null = the need is not known).
    The pieces bought early are theirs; of the rest the safety margin is filled first, then the cycle; what is beyond both is excess. Where the
    need is not known, what is beyond the safety margin is `unknown`: neither needed nor excess.
    Adds <purpose>_qty and <purpose>_value for PURPOSES; the rest is valued at its mean cost.
    """
    rest = (pl.col("qty") - pl.col("invested_qty")).clip(lower_bound=0.0)
    cost = pl.when(rest > 0).then((pl.col("value") - pl.col("invested_value")) / rest).otherwise(0.0)
    safety = pl.min_horizontal(rest, pl.col("safety_need").fill_null(0.0).clip(lower_bound=0.0))
    cycle = pl.min_horizontal(rest - safety, pl.col("cycle_need").clip(lower_bound=0.0).fill_null(0.0))
    over, is_known = rest - safety - cycle, pl.col("cycle_need").is_not_null()
    parts = {"safety": safety, "cycle": cycle, "excess": pl.when(is_known).then(over).otherwise(0.0), "unknown": pl.when(is_known).then(0.0).otherwise(over)}
    pieces = [part.alias(f"{name}_qty") for name, part in parts.items()]
    values = [(part * cost).alias(f"{name}_value") for name, part in parts.items()]
    invested = [pl.col("invested_qty").alias("investment_qty"), pl.col("invested_value").alias("investment_value")]
    return stock.with_columns(*pieces, *values, *invested)


def holding_costs(stock: pl.DataFrame, rates: Mapping[str, float]) -> pl.DataFrame:
    """What it costs to hold stock for a year: `value` × each yearly rate, as <name>_cost, and their sum as holding_cost."""
    each = [(pl.col("value") * rate).alias(f"{name}_cost") for name, rate in rates.items()]
    return stock.with_columns(*each, (pl.col("value") * sum(rates.values())).alias("holding_cost"))
