"""The demand that the forecasts see after a day, item by item and month by month, at cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from engine.answers.periods import Period, end_of, first_of, following
from engine.answers.picking import Pick
from engine.answers.source import Source
from engine.kpis import AHEAD, BUCKET_DAYS

RANK = {"consensus": 0, "expert": 1, "statistical": 2, "sales": 3, "marketing": 4}
"""Whose forecast counts where several exist: what was agreed comes before what one side says."""
MOST_MONTHS = 24


def demand_ahead(source: Source, periods: Sequence[Period], pick: Pick, demand: pl.DataFrame, sold_anywhere: Callable[[], pl.DataFrame]) -> pl.DataFrame | None:
    """Demand after the end of each period: window_no, item_no, ahead_01…, bucket_days_01…, forecast_items; None without any forecast.

    demand: window_no, item_no, demand_qty, unit_cost: what was sold in the window, for the items and months that no forecast knows.
    sold_anywhere: window_no, item_no, sold_qty of all items: the weights by which a line's forecast is shared out.
    """
    if "forecasts" not in source.days:
        return None
    first, last = min(period.end for period in periods), max(period.end for period in periods)
    made = source.read("forecasts_until", as_of=last, from_month=first_of(first))
    if made.is_empty():
        return None
    demand = _with_codes(source, demand)
    weights = _with_codes(source, sold_anywhere()) if made["sku"].null_count() else demand.rename({"demand_qty": "sold_qty"})
    wanted = Wanted(source, made, weights, None if pick.items is None else frozenset(pick.items))
    frames = [_of_period(wanted, number, period, demand.filter(pl.col("window_no") == number)) for number, period in enumerate(periods)]
    found = [frame for frame in frames if frame is not None]
    if not found:
        return None
    whole = pl.concat(found, how="diagonal")
    return whole.with_columns(source.numbers_of(whole["sku"]).alias("item_no")).drop("sku")


def _with_codes(source: Source, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(source.of_items(frame["item_no"], "item_id").alias("sku"))


@dataclass(frozen=True)
class Wanted:
    """made: forecasts with the day they were made. weights: what all items sold (window_no, sku, sold_qty). items: those asked for, None = all."""

    source: Source
    made: pl.DataFrame
    weights: pl.DataFrame
    items: frozenset[str] | None


def _of_period(wanted: Wanted, number: int, period: Period, sold: pl.DataFrame) -> pl.DataFrame | None:
    newest = _newest(wanted.made.filter(pl.col("made_on") <= period.end, pl.col("month") >= first_of(period.end)))
    if newest.is_empty():
        return None
    by_item = _of_items(wanted.source, newest, wanted.weights.filter(pl.col("window_no") == number))
    if wanted.items is not None:
        by_item = by_item.filter(pl.col("sku").is_in(wanted.items))
    if by_item.is_empty():
        return None
    months = _months_ahead(period.end, max(by_item["month"].to_list()))
    if not months:
        return None
    days = [float((end_of(month) - max(period.end, _day_before(month))).days) for month in months]
    wide = by_item.filter(pl.col("month").is_in(months)).pivot(on="month", index="sku", values="qty", aggregate_function="sum", maintain_order=True)
    first_known = by_item.group_by("sku").agg(pl.col("month").min().alias("_from"), pl.lit(1.0).alias("forecast_items"))
    selling = sold.group_by("sku").agg(pl.col("demand_qty").sum(), pl.col("unit_cost").first())
    items = selling.select("sku").vstack(wide.select("sku")).unique(maintain_order=True)
    facts = items.join(wide, on="sku", how="left").join(first_known, on="sku", how="left").join(selling, on="sku", how="left")
    return _at_cost(wanted.source, facts, number, period, months, days)


def _at_cost(source: Source, facts: pl.DataFrame, number: int, period: Period, months: list[date], days: list[float]) -> pl.DataFrame:
    """One column a month ahead: the forecast, or before an item's first forecast month (or without any) its mean sales."""
    listed = source.items.select(pl.col("item_id").alias("sku"), pl.col("unit_cost").alias("listed_cost"))
    newest = source.costs.filter(pl.col("valid_from") <= period.end).group_by("item_id").agg(pl.col("unit_cost").last().alias("stock_cost"))
    facts = facts.join(newest, left_on="sku", right_on="item_id", how="left").join(listed, on="sku", how="left")
    cost = pl.coalesce("stock_cost", "listed_cost", "unit_cost")
    mean = pl.col("demand_qty").fill_null(0.0) / float(period.demand.days)
    columns: list[pl.Expr] = []
    for place, (month, length) in enumerate(zip(months, days, strict=True), start=1):
        forecast = pl.col(str(month)) if str(month) in facts.columns else pl.lit(None, dtype=pl.Float64)
        share = length / end_of(month).day
        unknown_yet = pl.col("_from").is_null() | (pl.col("_from") > month)
        qty = pl.when(forecast.is_not_null()).then(forecast * share).when(unknown_yet).then(mean * length).otherwise(0.0)
        columns += [(qty * cost).alias(f"{AHEAD}{place:02}"), pl.lit(length).alias(f"{BUCKET_DAYS}{place:02}")]
    return facts.select(pl.lit(number, dtype=pl.Int32).alias("window_no"), "sku", pl.col("forecast_items").fill_null(0.0), *columns)


def _newest(made: pl.DataFrame) -> pl.DataFrame:
    """For each item or line and month the forecast that counts: by rank of its source, then the newest."""
    ranked = made.with_columns(pl.col("source").replace_strict(RANK, default=len(RANK), return_dtype=pl.Int32).alias("_rank"))
    ordered = ranked.sort("_rank", "made_on", descending=[False, True], maintain_order=True)
    return ordered.unique(["month", "sku", "line_id"], keep="first", maintain_order=True)


def _of_items(source: Source, newest: pl.DataFrame, sold: pl.DataFrame) -> pl.DataFrame:
    """Forecasts of items: sku, month, qty. A line's forecast is shared out by what its items sold, evenly where none did.

    Where a line has items with a forecast of their own in a month, those stand and the line's is left out.
    """
    own = newest.filter(pl.col("sku").is_not_null()).select("sku", "month", "qty")
    lines = newest.filter(pl.col("sku").is_null()).select("line_id", "month", "qty")
    if lines.is_empty():
        return own
    tree = source.items.filter(pl.col("item_kind") == "product", pl.col("withdrawn_on").is_null()).select(pl.col("item_id").alias("sku"), "line_id")
    detailed = own.join(tree, on="sku").select("line_id", "month").unique()
    weights = tree.join(sold.group_by("sku").agg(pl.col("sold_qty").sum().clip(lower_bound=0.0)), on="sku", how="left").with_columns(
        pl.col("sold_qty").fill_null(0.0)
    )
    total, count = pl.col("sold_qty").sum().over("line_id"), pl.len().over("line_id")
    weights = weights.with_columns(pl.when(total > 0).then(pl.col("sold_qty") / total).otherwise(1.0 / count).alias("weight"))
    spread = lines.join(detailed, on=["line_id", "month"], how="anti").join(weights, on="line_id")
    return pl.concat([own, spread.select("sku", "month", (pl.col("qty") * pl.col("weight")).alias("qty"))])


def _months_ahead(end: date, last: date) -> list[date]:
    """The months after a day, the rest of its own among them, up to the last one that is forecast."""
    month = first_of(end) if end < end_of(end) else following(first_of(end))
    months: list[date] = []
    while month <= last and len(months) < MOST_MONTHS:
        months.append(month)
        month = following(month)
    return months


def _day_before(month: date) -> date:
    return date.fromordinal(month.toordinal() - 1)
