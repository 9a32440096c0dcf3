"""Sums of sales over windows of days, and of stock over month ends: whole months from the month marts, the other days one by one."""

import bisect
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers.periods import Window, end_of, first_of
from engine.answers.picking import Pick
from engine.answers.source import Source

SALES = ("net_value", "qty", "cost_value", "lines", "lines_without_cost")
STOCK = ("stock_qty", "stock_value")
PARTIES = ("dealer_id", "region", "channel")


def sales_in(source: Source, windows: Sequence[Window], pick: Pick, keys: Sequence[str]) -> pl.DataFrame:
    """Sales summed over each window: window_no, keys (of sku, location_id, dealer_id, region, channel), and SALES.

    Keys without a line in a window have no row in it.
    """
    chosen: dict[str, Any] = {"items": pick.items, "places": pick.shipped_from, "per_item": "sku" in keys, "per_place": "location_id" in keys}
    kind = "item"
    if "dealer_id" in keys or pick.by_dealer:
        kind = "dealer"
        chosen |= {"dealers": pick.dealers, **{f"per_{key.removesuffix('_id')}": key in keys for key in PARTIES}}
    elif pick.areas is not None or "region" in keys or "channel" in keys:
        kind = "area"
        chosen |= {"areas": pick.areas, "per_region": "region" in keys, "per_channel": "channel" in keys}
    parts = []
    whole = [window.whole_months() for window in windows]
    months = sorted({month for named in whole for month in named})
    if months:
        found = source.read(f"sales_{kind}_months", first_month=months[0], last_month=months[-1], **chosen)
        members = np.array([[month in named for named in whole] for month in months], dtype=float)
        parts.append(rolled(found, "month", months, members, keys, SALES))
    days = [(number, day) for number, window in enumerate(windows) for day in window.single_days()]
    if days:
        listed = [day for _, day in days]
        numbers = [number for number, _ in days]
        found = source.read(f"sales_{kind}_days", days=listed, windows=numbers, first_day=min(listed), last_day=max(listed), **chosen)
        parts.append(found.select(pl.col("window_no").cast(pl.Int32), *keys, *(pl.col(name).cast(pl.Float64) for name in SALES)))
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return pl.DataFrame(schema={"window_no": pl.Int32, **dict.fromkeys(keys, pl.String), **dict.fromkeys(SALES, pl.Float64)})
    return pl.concat(parts).group_by("window_no", *keys, maintain_order=True).agg(pl.col(SALES).sum()).sort("window_no", maintain_order=True)


def stock_at(source: Source, day: date, pick: Pick, per_place: bool) -> pl.DataFrame:
    """Stock on a day: item_id, location_id, region (both null unless per_place), STOCK, in_transit_qty, committed_qty."""
    return source.read("stock_on", as_of=day, kind=pick.kind, items=pick.items, places=pick.places, own_only=pick.own_only, per_place=per_place)


def stock_over(source: Source, ends: Sequence[Sequence[date]], pick: Pick, per_place: bool) -> pl.DataFrame:
    """Stock summed over the days of each window (a list of days): window_no, item_id, (per_place) location_id and region, and STOCK.

    A month's end is read from the month mart, any other day from the newest counts. Days before the first count add nothing.
    """
    keys = ["item_id", "location_id", "region"] if per_place else ["item_id"]
    counted = sorted(set(source.counts["counted_on"].to_list()))
    parts = []
    mapped = [[_carried(source, day) for day in days if day == end_of(day)] for days in ends]
    months = sorted({month for days in mapped for month in days if month is not None})
    if months:
        found = source.read(
            "stock_at_month_ends", first_month=months[0], last_month=months[-1],
            kind=pick.kind, items=pick.items, places=pick.places, own_only=pick.own_only, per_place=per_place,
        )  # fmt: skip
        members = np.array([[days.count(month) for days in mapped] for month in months], dtype=float)
        parts.append(rolled(found, "month", months, members, keys, STOCK))
    for number, days in enumerate(ends):
        for day in days:
            if day != end_of(day) and counted and counted[0] <= day:
                found = stock_at(source, day, pick, per_place)
                parts.append(found.select(pl.lit(number, dtype=pl.Int32).alias("window_no"), *keys, *STOCK))
    if not parts:
        return pl.DataFrame(schema={"window_no": pl.Int32, **dict.fromkeys(keys, pl.String), **dict.fromkeys(STOCK, pl.Float64)})
    if len(parts) == 1:
        return parts[0]
    return pl.concat(parts).group_by("window_no", *keys, maintain_order=True).agg(pl.col(STOCK).sum()).sort("window_no", maintain_order=True)


def known_balances(source: Source, days: Sequence[date]) -> int:
    """How many of these days are not before our first count."""
    first = source.days.get("stock")
    return sum(1 for day in days if first is not None and day >= first[0])


def _carried(source: Source, day: date) -> date | None:
    """The month of the mart that stands for a month's end: its own, else the newest before it; None before the first."""
    place = bisect.bisect_right(source.kept_months, first_of(day))
    return None if place == 0 else source.kept_months[place - 1]


def rolled(
    frame: pl.DataFrame, month: str, months: Sequence[date], members: npt.NDArray[np.float64], keys: Sequence[str], values: Sequence[str]
) -> pl.DataFrame:
    """Sums over sets of months: window_no, keys, values.

    members: how often each month (row) counts in each window (column). One product of matrices instead of a join of every row with
    every window that it belongs to. Keys without a row in any month of a window have no row in it.
    """
    frame = frame.filter(pl.col(month).is_in(list(months)))
    entities = frame.select(keys).unique(maintain_order=True).with_row_index("_entity") if keys else None
    placed = frame if entities is None else frame.join(entities, on=list(keys), nulls_equal=True)
    row = placed["_entity"].to_numpy() if entities is not None else np.zeros(frame.height, dtype=np.int64)
    count = entities.height if entities is not None else 1
    column = np.searchsorted(np.array(months, dtype="datetime64[D]"), placed[month].to_numpy().astype("datetime64[D]"))
    present = np.zeros((count, len(months)))
    present[row, column] = 1.0
    seen = (present @ members) > 0
    entity, window = np.nonzero(seen.T)[::-1]
    sums = {}
    for name in values:
        dense = np.zeros((count, len(months)))
        dense[row, column] = placed[name].cast(pl.Float64).fill_null(0.0).to_numpy()
        sums[name] = (dense @ members)[entity, window]
    result = pl.DataFrame({"window_no": window.astype(np.int32), **sums})
    if entities is None:
        return result
    return pl.concat([result, entities.drop("_entity")[entity.astype(np.uint32)]], how="horizontal").select("window_no", *keys, *values)
