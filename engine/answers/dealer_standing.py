"""How each dealer's stock stands: its positions added up at cost."""

from datetime import date

import polars as pl

from engine.answers.ordering_rules import is_by_review
from engine.answers.replenishing import positions
from engine.answers.source import Source
from engine.scope import EVERYTHING
from engine.selection import Selection


def standing_on(source: Source, day: date) -> pl.DataFrame:
    """How every dealer stands on a day, of all goods and in the usual window (columns of `by_dealer`): as the build kept it for the newest day.

    Where orders hang on the classes of the assortment, what people decide about these after the build counts too, so that nothing kept holds.
    """
    if is_by_review(source.settings):
        return worked_out(source, day)
    kept = source.read("dealer_standing", as_of=day, settings=source.settings.fingerprint)
    return kept if kept.height else worked_out(source, day)


def worked_out(source: Source, day: date) -> pl.DataFrame:
    """The same from the positions of the day."""
    return by_dealer(positions(source, Selection(as_of=day), EVERYTHING))


def stock_at_dealers(source: Source, day: date, items: list[str] | None = None) -> pl.DataFrame:
    """What lies at each dealer on a day at our cost, by the newest count of each of its places: dealer_id, stock_value (at its own places),
    customer_value (at its customers'; each null where nothing was ever counted there), counted_on (the newest count).

    The one figure of stock at dealers: Channel, the desk and the cost of holding say the same. The cost is that of the count's day. A dealer
    who left counts until the month in which it left; a reported quantity below zero is nothing.
    """
    kind = pl.coalesce("kind", pl.lit("dealer"))
    stayed = source.dealers.filter(stays_in(pl.lit(day).dt.truncate("1mo"))).select("dealer_id")
    stock = source.read("stock_of_dealers_on", as_of=day).join(source.places.select("location_id", "kind"), on="location_id").join(stayed, on="dealer_id")
    stock = stock if items is None else stock.filter(pl.col("item_id").is_in(items))

    def value(place: str) -> pl.Expr:
        held = pl.col("stock_value").clip(lower_bound=0.0).filter(kind == place)
        return pl.when(held.len() > 0).then(held.sum())

    return stock.group_by("dealer_id", maintain_order=True).agg(
        value("dealer").alias("stock_value"), value("customer").alias("customer_value"), pl.col("counted_on").max()
    )  # fmt: skip


def stays_in(month: pl.Expr) -> pl.Expr:
    """Whether a dealer (status, ended_on) still counts in a month: until the one in which it left; never where nobody said when it left."""
    return pl.coalesce(pl.col("ended_on") >= month, pl.col("status") != "ended", True)


def by_dealer(placed: pl.DataFrame) -> pl.DataFrame:
    """Positions of dealers added up at cost: dealer_id, days_of_supply (Σ stock ÷ Σ demand, working days), low, high (Σ reorder point and Σ ICO ÷
    Σ demand), positions (with demand), out_count, out_value (sales at risk), over_count, over_value, stock_value, order_value, counted_on, reported_on,
    is_estimated."""
    cost = pl.col("unit_cost")
    known = pl.col("daily_qty").is_not_null() & pl.col("on_hand_qty").is_not_null() & cost.is_not_null()
    demand = (pl.col("daily_qty") * cost).filter(known).sum()
    asked = pl.col("daily_qty") > 0

    def days(quantity: str) -> pl.Expr:
        return pl.when(demand > 0).then((pl.col(quantity).clip(lower_bound=0.0) * cost).filter(known).sum() / demand)

    def count(*statuses: str) -> pl.Expr:
        return pl.col("status").cast(pl.String).is_in(list(statuses)).fill_null(False)

    out, over = count("out", "out_before_arrival"), count("excess")
    return (
        placed.filter(pl.col("dealer_id").is_not_null())
        .group_by("dealer_id", maintain_order=True)
        .agg(
            days("on_hand_qty").alias("days_of_supply"), days("low_qty").alias("low"), days("ico_qty").alias("high"),
            asked.fill_null(False).sum().cast(pl.Int64).alias("positions"), out.sum().cast(pl.Int64).alias("out_count"),
            pl.col("at_risk_value").sum().alias("out_value"), over.sum().cast(pl.Int64).alias("over_count"),
            pl.col("excess_value").sum().alias("over_value"), (pl.col("on_hand_qty").clip(lower_bound=0.0) * cost).sum().alias("stock_value"),
            pl.col("order_value").sum().alias("order_value"), pl.col("counted_on").max(), pl.col("reported_on").max(), pl.col("is_estimated").any(),
        )
    )  # fmt: skip
