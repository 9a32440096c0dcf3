"""What is known of materials for their safety stock: what production used of them by month, in all our places together."""

from datetime import date

import numpy as np
import polars as pl

from engine import safety_stock
from engine.answers.periods import end_of
from engine.answers.picking import pick_of
from engine.answers.safety_demand import DEMAND, Months
from engine.answers.source import Source
from engine.scope import Scope
from engine.selection import Selection

DAYS_A_WEEK = 7.0


def materials(source: Source, selection: Selection, scope: Scope, months: Months, as_of: date) -> pl.DataFrame:
    """One row a material that is not withdrawn: the columns of a position (without a place), with is_in_recipe.

    Its lead time is that of the master data, in calendar days, made working days by the week of the settings; unknown where they say none.
    """
    items = source.items.filter(pl.col("item_kind") == "material", ~(pl.col("withdrawn_on") <= as_of).fill_null(False))
    wanted = pick_of(source, selection, scope).items
    if wanted is not None:
        items = items.filter(pl.col("item_id").is_in(wanted))
    if not scope.sees_all:
        items = items.clear()
    used = _used(source, items, months)
    known, week = np.isfinite(used).sum(axis=1), float(source.settings["working_days_a_week"])
    scale = np.sqrt(months.mean) if months.mean > 0 else np.nan
    lead = source.read("material_supply").select(pl.col("material_id").alias("item_id"), (pl.col("lead_time_days") * week / DAYS_A_WEEK).alias("lead_days"))
    in_recipes = source.read("recipes")["material_id"].unique() if source.has("recipes") else pl.Series([], dtype=pl.String)
    newest = source.costs.filter(pl.col("valid_from") <= as_of).group_by("item_id", maintain_order=True).agg(pl.col("unit_cost").last().alias("_newest"))
    return (
        items.select("item_id", "unit_cost")
        .with_columns(
            pl.Series("known_months", known.astype(float)),
            pl.Series("daily_qty", np.where(known > 0, np.nansum(used, axis=1) / np.maximum(known, 1), np.nan) / (months.mean or np.nan)).fill_nan(None),
            pl.Series("deviation_qty", safety_stock.sample_deviation(used) / scale).fill_nan(None),
            pl.lit(DEMAND).alias("deviation_from"),
            pl.Series("is_intermittent", safety_stock.is_intermittent(used)),
            pl.lit(float(source.settings["material_order_days"])).alias("interval_days"),
            pl.col("item_id").is_in(in_recipes.implode()).alias("is_in_recipe"),
        )
        .join(lead, on="item_id", how="left", maintain_order="left")
        .join(newest, on="item_id", how="left", maintain_order="left")
        .with_columns(pl.coalesce("_newest", "unit_cost").alias("unit_cost"))
        .rename({"item_id": "sku"})
        .drop("_newest")
    )


def _used(source: Source, items: pl.DataFrame, months: Months) -> np.ndarray:
    """Materials (rows) × months: what was used, as if every month were as long as the mean one; unknown before anything was made."""
    whole = np.zeros((items.height, len(months.firsts)))
    if not months.firsts or items.is_empty():
        return whole
    rows = source.read("used_months", first=months.firsts[0], last=end_of(months.firsts[-1]))
    places = {month: number for number, month in enumerate(months.firsts)}
    numbers = {code: number for number, code in enumerate(items["item_id"])}
    begun = rows["month"].min()
    rows = rows.filter(pl.col("item_id").is_in(list(numbers)))
    at = rows["item_id"].replace_strict(numbers, return_dtype=pl.Int64).to_numpy(), rows["month"].replace_strict(places, return_dtype=pl.Int64).to_numpy()
    np.add.at(whole, at, rows["qty"].to_numpy())
    whole[:, : months.firsts.index(begun) if isinstance(begun, date) else len(months.firsts)] = np.nan
    length = np.where(months.work > 0, months.work, np.nan)
    return np.asarray(np.maximum(whole, 0.0) / length[None, :] * months.mean)
