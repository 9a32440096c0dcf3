"""Facts as frames, for what is told apart by dealers or places: each gatherer reads what it needs and keeps a frame of sums."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from engine import inventory
from engine.answers import flows
from engine.answers.ahead import demand_ahead
from engine.answers.flows import ITEM
from engine.answers.gathering import BALANCES, FLOWS, POSITIONS, STOCK, YEAR, Gathering
from engine.answers.periods import Period
from engine.answers.picking import Pick
from engine.answers.source import DAYS_APART as _DAYS
from engine.answers.source import Source


def gather_flows(work: Gathering) -> None:
    if not work.needs(*FLOWS):
        return
    same = all(period.flows == period.demand for period in work.periods) and work.needs("demand_value")
    found = work.sales_in([period.flows for period in work.periods], work.pick, work.sale_keys(work.of_items or same))
    work.estimated_lines = int(found["lines_without_cost"].sum() or 0)
    work.keep(found.select("window_no", *work.sale_keys(work.of_items or same), *FLOWS))


def gather_demand(work: Gathering) -> None:
    """Sales of the window at the newest cost of our stock, and where forecasts reach ahead, the demand that they see."""
    if not work.needs("demand_qty", "demand_value", "forecast_items"):
        return
    keys = work.sale_keys(True)
    sold = work.sales_in([period.demand for period in work.periods], work.pick, keys)
    demand = at_cost(work.source, sold.select("window_no", *keys, pl.col("qty").alias("demand_qty")), work.periods).with_columns(
        (pl.col("demand_qty") * pl.col("unit_cost")).alias("demand_value")
    )
    work.keep(demand.select("window_no", *keys, "demand_qty", "demand_value"))
    if work.needs("forecast_items") and not work.of_places and work.pick.places is None:
        ahead = demand_ahead(work.source, work.periods, work.pick, demand, work.sold_anywhere)
        if ahead is not None:
            work.keep(ahead)


def gather_year(work: Gathering) -> None:
    if not work.needs(*YEAR):
        return
    keys = work.sale_keys(work.of_items)
    found = work.sales_in([period.year for period in work.periods], work.pick, keys)
    work.keep(found.select("window_no", *keys, pl.col("net_value").alias("year_net_value"), pl.col("cost_value").alias("year_cost_value")))


def gather_stock(work: Gathering) -> None:
    """Stock on the last day of each period, what of it did not sell, and the sum of the balances of the year."""
    if work.needs(*BALANCES):
        found = flows.stock_over(work.source, [period.balance_ends for period in work.periods], work.pick, work.of_places)
        work.keep(_at_keys(work, found.select(pl.exclude("stock_qty")).rename({"stock_value": "balances_value"})))
    if not work.needs(*STOCK, "unsold_value", "forecast_items"):
        return
    apart = work.of_places or (work.needs("unsold_value") and work.source.counts["location_id"].n_unique() > 1)
    found = work.stock_on_last_days(apart)
    if work.needs("unsold_value"):
        sold = _looked_up(work, work.sold_anywhere(), "sold_qty", found)
        unsold = inventory.is_unsold(pl.col("stock_qty"), pl.lit(sold).fill_null(0.0))
        found = found.with_columns(pl.when(unsold).then(pl.col("stock_value")).alias("unsold_value"))
    work.keep(_at_keys(work, found))


def _looked_up(work: Gathering, known: pl.DataFrame, column: str, asked: pl.DataFrame) -> pl.Series:
    """A column of a frame by window and item, for the windows and items of another; 0 where it holds none."""
    items = work.source.items.height + 1

    def places(frame: pl.DataFrame) -> Any:
        return frame["window_no"].cast(pl.Int64).to_numpy() * items + frame[ITEM].cast(pl.Int64).fill_null(items - 1).to_numpy()

    dense = np.bincount(places(known), weights=known[column].fill_null(0.0).to_numpy(), minlength=len(work.periods) * items)
    return pl.Series(column, dense[places(asked)])


def _at_keys(work: Gathering, found: pl.DataFrame) -> pl.DataFrame:
    """Stock at the asked keys; a place or region that was counted is known, whatever was found of an item there."""
    frame = found.drop([key for key in ("location_id", "region") if key in found.columns and key not in work.keys])
    return frame.with_columns(pl.lit(1).alias("stock_known")) if work.of_places else frame


def gather_positions(work: Gathering) -> None:
    """Item × own place (or the item over all of them, where sales name no place) with demand, and whether anything lies there."""
    if not work.needs(*POSITIONS):
        return
    placed = "placed_sales" in work.source.days
    keys = [ITEM, "location_id"] if placed else [ITEM]
    anywhere = Pick(work.pick.kind, work.pick.items, None, None, work.pick.shipped_from, True)
    wanted = work.sales_in([period.demand for period in work.periods], anywhere, keys).filter(inventory.has_demand(pl.col("qty").fill_null(0.0)))
    stock = work.stock_on_last_days(placed)
    if placed:
        wanted = _at_counted_places(work, wanted)
        met = wanted.join(stock.select("window_no", *keys, "stock_qty"), on=["window_no", *keys], how="left", maintain_order="left")
    else:
        met = wanted.with_columns(_looked_up(work, stock, "stock_qty", wanted))
    is_out = pl.col("stock_qty").fill_null(0.0) <= 0
    kept = [key for key in ("location_id", "region") if key in work.keys]
    counted = {"positions": pl.lit(1.0), "positions_out": is_out.cast(pl.Float64), **({"positions_known": pl.lit(1)} if work.of_places else {})}
    work.keep(met.select("window_no", ITEM, *kept, **counted))


def counted_places(work: Gathering) -> pl.DataFrame:
    """Our own (or the asked) places that were ever counted: location_id, first_count, is_own, region."""
    counted = work.source.counts.group_by("location_id", maintain_order=True).agg(
        pl.col("counted_on").min().alias("first_count"), pl.col("is_own", "region").first()
    )
    if work.pick.own_only:
        counted = counted.filter("is_own")
    return counted if work.pick.places is None else counted.filter(pl.col("location_id").is_in(work.pick.places))


def _at_counted_places(work: Gathering, wanted: pl.DataFrame) -> pl.DataFrame:
    """The positions at our own (or the asked) places that were counted until the period's end, with the place's region."""
    ends = pl.DataFrame({"window_no": pl.Series(range(len(work.periods)), dtype=pl.Int32), "end": [period.end for period in work.periods]})
    return wanted.join(counted_places(work), on="location_id").join(ends, on="window_no").filter(pl.col("first_count") <= pl.col("end"))


def at_cost(source: Source, frame: pl.DataFrame, periods: Sequence[Period]) -> pl.DataFrame:
    """The frame with `unit_cost`: the item's newest stock cost on the last day of the window's period, else that of the master data.

    frame: window_no, item_no. Item and day make one number, so that one search finds the newest cost of every row.
    """
    ends = np.array([period.end.toordinal() for period in periods], dtype=np.int64)
    items = frame[ITEM].cast(pl.Int64).fill_null(source.items.height).to_numpy()
    asked = items * _DAYS + ends[frame["window_no"].to_numpy()] if frame.height else np.zeros(0, dtype=np.int64)
    changes, costs = source.cost_changes
    place = np.searchsorted(changes, asked, side="right") - 1
    found = (place >= 0) & (changes[place] // _DAYS == items) if changes.size else np.zeros(frame.height, dtype=bool)
    newest = pl.Series("stock_cost", np.where(found, costs[place], np.nan) if changes.size else np.full(frame.height, np.nan)).fill_nan(None)
    listed = source.of_items(frame[ITEM], "unit_cost")
    return frame.with_columns(pl.select(pl.coalesce(pl.lit(newest), pl.lit(listed))).to_series().alias("unit_cost"))
