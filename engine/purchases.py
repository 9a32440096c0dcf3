"""What was bought against what was planned: over-buying by item and month, and what of it still lies in stock."""

import polars as pl

_DUST = 1e-9


def against_plan(bought: pl.DataFrame, planned: pl.DataFrame) -> pl.DataFrame:
    """One row an item and month: month, item_id, planned_qty, bought_qty, bought_value, difference_qty, is_planned.

    bought: month, item_id, bought_qty, bought_value. planned: month, item_id, planned_qty. In a month that has a plan an item that it does
    not name was planned with 0; months without any plan are left out, because against nothing there is no over-buying. Source: I12.
    """
    months = planned.select("month").unique()
    sums = bought.join(months, on="month", how="semi").group_by("month", "item_id").agg(pl.col("bought_qty").sum(), pl.col("bought_value").sum())
    both = planned.group_by("month", "item_id").agg(pl.col("planned_qty").sum()).join(sums, on=["month", "item_id"], how="full", coalesce=True)
    filled = both.with_columns(pl.col("planned_qty").is_not_null().alias("is_planned"), pl.col("planned_qty", "bought_qty", "bought_value").fill_null(0.0))
    return filled.select(
        "month", "item_id", "planned_qty", "bought_qty", "bought_value", (pl.col("bought_qty") - pl.col("planned_qty")).alias("difference_qty"), "is_planned"
    ).sort("month", "item_id")


def over_buying(compared: pl.DataFrame, on_hand: pl.DataFrame) -> pl.DataFrame:
    """One row an item: planned_qty, bought_qty, over_qty, over_share, over_value, left_qty, left_value, months_over_n, is_planned.

    compared: as of `against_plan`. on_hand: item_id, qty, unit_cost (good pieces at hand and the cost of one).
    over_qty is what was bought beyond the plan of all months together: what came a month early and was missing in the next is none.
    over_share: of the plan, null where nothing was planned. over_value: at the mean price paid, else at cost. left_qty: what of it can still
    lie there, at most what is at hand. Most money bought too much first, then most money left.
    """
    beyond = (pl.col("difference_qty") > _DUST * pl.col("bought_qty")).sum().cast(pl.Int64).alias("months_over_n")
    summed = compared.group_by("item_id").agg(pl.col("planned_qty", "bought_qty", "bought_value").sum(), beyond, pl.col("is_planned").any())
    held = on_hand.select("item_id", pl.col("qty").clip(lower_bound=0.0), "unit_cost")
    over = (pl.col("bought_qty") - pl.col("planned_qty")).clip(lower_bound=0.0)
    price = pl.when(pl.col("bought_qty") > 0).then(pl.col("bought_value") / pl.col("bought_qty")).otherwise(pl.col("unit_cost"))
    whole = summed.join(held, on="item_id", how="left").with_columns(
        over.alias("over_qty"),
        pl.when(pl.col("planned_qty") > 0).then(over / pl.col("planned_qty")).alias("over_share"),
        (over * price).alias("over_value"),
        pl.min_horizontal(over, pl.col("qty").fill_null(0.0)).alias("left_qty"),
    )
    valued = whole.with_columns((pl.col("left_qty") * pl.coalesce("unit_cost", price)).alias("left_value"))
    ordered = (
        "item_id",
        "planned_qty",
        "bought_qty",
        "bought_value",
        "over_qty",
        "over_share",
        "over_value",
        "left_qty",
        "left_value",
        "months_over_n",
        "is_planned",
    )
    return valued.select(ordered).sort("over_value", "left_value", "item_id", descending=[True, True, False], nulls_last=True)
