"""Growth against the same months of the year before, and shares of profit within the sphere: sums first, then the ratio."""

import polars as pl

from engine.messages import message

NO_BASE = message("Nothing was sold in the same months of the year before.")
TOO_LONG = message("More than a year is looked at, so there is no year before it to compare.")
TOO_YOUNG = message("Sold for fewer months than a review looks at.")
NO_TURNOVER = message("Nothing was sold in these months.")
NO_PROFIT = message("Nothing in this sphere earns a profit.")
RETURNED = message("More came back than was sold.")


def growth(now: pl.Expr, before: pl.Expr) -> pl.Expr:
    """now ÷ before − 1; unknown where nothing (or less) was sold before."""
    return pl.when(before > 0).then(now / before - 1)


def with_growth(frame: pl.DataFrame, *, has_base: bool, least_months: int) -> pl.DataFrame:
    """The frame with `growth` of turnover against last_year_turnover and `growth_why` (Message as JSON).

    frame: turnover, last_year_turnover, months_sold (closed months since the first sale). has_base: whether the window has a year before it.
    """
    is_young = pl.col("months_sold") < least_months
    no_base = pl.col("last_year_turnover").fill_null(0.0) <= 0
    why = (
        pl.when(pl.lit(not has_base)).then(pl.lit(TOO_LONG.to_json()))
        .when(is_young).then(pl.lit(TOO_YOUNG.to_json()))
        .when(no_base).then(pl.lit(NO_BASE.to_json()))
    )  # fmt: skip
    grown = growth(pl.col("turnover"), pl.col("last_year_turnover"))
    return frame.with_columns(why.alias("growth_why")).with_columns(pl.when(pl.col("growth_why").is_null()).then(grown).alias("growth"))


def with_profit_share(frame: pl.DataFrame, *within: str) -> pl.DataFrame:
    """The frame with `profit_share`: margin ÷ Σ of the positive margins of its sphere, so that the shares of what earns add up to 1 and a loss is below
    zero; and `loss_share` (of the sphere's losses). Unknown where nothing earns."""
    gains = pl.col("margin").fill_null(0.0).clip(lower_bound=0.0).sum().over(within)
    losses = pl.col("margin").fill_null(0.0).clip(upper_bound=0.0).sum().over(within)
    return frame.with_columns(
        pl.when(gains > 0).then(pl.col("margin") / gains).alias("profit_share"),
        pl.when((losses < 0) & (pl.col("margin") < 0)).then(pl.col("margin") / losses).alias("loss_share"),
    )


def profitability(margin: pl.Expr, turnover: pl.Expr, cost: pl.Expr, base: str = "turnover") -> pl.Expr:
    """Marginal profitability: margin ÷ net revenue, or (base `cost`) ÷ cost; unknown where that is not above zero, never 0."""
    under = cost if base == "cost" else turnover
    return pl.when(under > 0).then(margin / under)
