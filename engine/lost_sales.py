"""What was not sold because it was not there. Pure formulas. Source: I14; corrected demand as in the course, p. 102."""

import polars as pl

from engine.replenishment import daily_demand, out_of_stock_share

_DUST = 1e-9


def lost(frame: pl.DataFrame, most_out_share: float) -> pl.DataFrame:
    """Lost sales of each position, parted by cause.

    frame: covered_qty (sold in the months covered), covered_days, in_stock_days, unit_price, unit_cost, kind (plant | branch | dealer | null),
    dealer_id, own_share and plant_share (the best in-stock share among our own places and our plants; null: not known, counts as there).
    Adds out_share, daily_qty, lost_days, lost_cause, lost_qty, lost_value, lost_margin; one row a position and cause, none where nothing was lost or
    an article sold without ever being there (it goes straight through).

    Days out of stock × sold ÷ days in stock. Of the days that a dealer was out, those in which we had none either are ours
    (`we_had_none`), the rest the dealer's (`ordered_late`); likewise for a branch `not_made` and `not_moved`; a plant's are all `not_made`.
    """
    share = out_of_stock_share(pl.col("covered_days"), pl.col("in_stock_days"), pl.col("covered_qty"))
    frame = frame.with_columns(
        share.alias("out_share"),
        daily_demand(pl.col("covered_qty"), pl.col("covered_days"), share, pl.lit(1.0), most_out_share).alias("daily_qty"),
        (pl.col("covered_days") - pl.col("in_stock_days")).clip(lower_bound=0.0).alias("_out_days"),
    )
    is_dealer = pl.col("dealer_id").is_not_null() | (pl.col("kind") == "dealer").fill_null(False)
    is_plant = (pl.col("kind") == "plant").fill_null(False)
    above = pl.when(is_dealer).then(pl.col("own_share")).when(is_plant).then(0.0).otherwise(pl.col("plant_share"))
    missed_above = (pl.col("covered_days") * (1.0 - above.fill_null(1.0))).clip(lower_bound=0.0)
    frame = frame.with_columns(pl.when(is_plant).then(pl.col("_out_days")).otherwise(pl.min_horizontal("_out_days", missed_above)).alias("_above_days"))
    parts = (
        (pl.col("_above_days"), pl.when(is_dealer).then(pl.lit("we_had_none")).otherwise(pl.lit("not_made"))),
        (pl.col("_out_days") - pl.col("_above_days"), pl.when(is_dealer).then(pl.lit("ordered_late")).otherwise(pl.lit("not_moved"))),
    )
    whole = pl.concat([frame.with_columns(days.alias("lost_days"), cause.alias("lost_cause")) for days, cause in parts])
    whole = whole.filter((pl.col("lost_days") > _DUST) & (pl.col("daily_qty") > 0) & pl.col("out_share").is_not_null()).with_columns(
        (pl.col("lost_days") * pl.col("daily_qty")).alias("lost_qty")
    )
    return whole.with_columns(
        (pl.col("lost_qty") * pl.col("unit_price")).alias("lost_value"),
        (pl.col("lost_qty") * (pl.col("unit_price") - pl.col("unit_cost"))).alias("lost_margin"),
    ).drop("_out_days", "_above_days")
