"""Sums of sales over windows of days, and of stock over month ends: whole months from the month marts, the other days one by one.

Items travel as numbers (`item_no`, their place in `Source.items`): sums over numbers are quicker than over texts.
"""

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
ITEM = "item_no"
_TYPES = {ITEM: pl.UInt32}


def sales_in(source: Source, windows: Sequence[Window], pick: Pick, keys: Sequence[str]) -> pl.DataFrame:
    """Sales summed over each window: window_no, keys (of item_no, location_id, dealer_id, region, channel), and SALES.

    Keys without a line in a window have no row in it.
    """
    parts = []
    whole = [window.whole_months() for window in windows]
    months = sorted({month for named in whole for month in named})
    if months:
        members = np.array([[month in named for named in whole] for month in months], dtype=float)
        parts.append(rolled(source, _numbered(source, sales_of_months(source, pick, keys, months), keys), months, members, keys, SALES))
    found = sales_of_days(source, windows, pick, keys)
    if found is not None:
        parts.append(_numbered(source, found, keys).select(pl.col("window_no").cast(pl.Int32), *keys, *(pl.col(name).cast(pl.Float64) for name in SALES)))
    return _added(parts, keys, SALES)


def sales_of_months(source: Source, pick: Pick, keys: Sequence[str], months: Sequence[date]) -> pl.DataFrame:
    """Sales of whole months: month, sku and the other keys, SALES; one or more rows a key and month."""
    kind, chosen = _chosen(pick, keys)
    span = {"first_month": months[0], "last_month": months[-1]}
    if kind == "item" and list(keys) == [ITEM]:
        return source.read("sales_item_month_rows", items=pick.items, places=pick.shipped_from, **span)
    return source.read(f"sales_{kind}_months", **span, **chosen)


def sales_of_days(source: Source, windows: Sequence[Window], pick: Pick, keys: Sequence[str]) -> pl.DataFrame | None:
    """Sales of the days of the windows outside of their whole months: window_no, sku and the other keys, SALES; None without such days."""
    return sales_of_numbered(source, [(number, day) for number, window in enumerate(windows) for day in window.single_days()], pick, keys)


def sales_of_numbered(source: Source, days: Sequence[tuple[int, date]], pick: Pick, keys: Sequence[str], at_places: bool = False) -> pl.DataFrame | None:
    """Sales of single days, added up by the number of each: window_no (that number), sku and the other keys, SALES; None without any day.

    at_places: by place as well, where items alone are asked for (without dealers or areas); the rows are then several an item."""
    if not days:
        return None
    kind, chosen = _chosen(pick, keys)
    listed = [day for _, day in days]
    asked = {"days": listed, "windows": [number for number, _ in days], "first_day": min(listed), "last_day": max(listed)}
    if kind == "item" and list(keys) == [ITEM]:
        return source.read("sales_item_day_sums", items=pick.items, places=pick.shipped_from, per_place=at_places, **asked)
    return source.read(f"sales_{kind}_days", **asked, **chosen)


def _chosen(pick: Pick, keys: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Which marts tell apart what is asked, and what they are asked."""
    chosen: dict[str, Any] = {"items": pick.items, "places": pick.shipped_from, "per_item": ITEM in keys, "per_place": "location_id" in keys}
    if "dealer_id" in keys or pick.by_dealer:
        return "dealer", chosen | {"dealers": pick.dealers, **{f"per_{key.removesuffix('_id')}": key in keys for key in PARTIES}}
    if pick.areas is not None or "region" in keys or "channel" in keys:
        return "area", chosen | {"areas": pick.areas, "per_region": "region" in keys, "per_channel": "channel" in keys}
    return "item", chosen


def _numbered(source: Source, found: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    return found.with_columns(source.numbers_of(found["sku"]).alias(ITEM)) if ITEM in keys else found


def stock_at(source: Source, day: date, pick: Pick, per_place: bool) -> pl.DataFrame:
    """Stock on a day: item_id, location_id, region (both null unless per_place), STOCK, in_transit_qty, committed_qty."""
    return source.read("stock_on", as_of=day, kind=pick.kind, items=pick.items, places=pick.places, own_only=pick.own_only, per_place=per_place)


def stock_over(source: Source, ends: Sequence[Sequence[date]], pick: Pick, per_place: bool) -> pl.DataFrame:
    """Stock summed over the days of each window (a list of days): window_no, item_no, (per_place) location_id and region, and STOCK.

    A month's end is read from the month mart, any other day from the newest counts. Days before the first count add nothing.
    """
    keys = [ITEM, "location_id", "region"] if per_place else [ITEM]
    parts = []
    mapped = [[carried(source, day) for day in days if day == end_of(day)] for days in ends]
    months = sorted({month for days in mapped for month in days if month is not None})
    if months:
        members = np.array([[days.count(month) for days in mapped] for month in months], dtype=float)
        parts.append(rolled(source, stock_of_months(source, months, pick, per_place), months, members, keys, STOCK))
    first = source.counts["counted_on"].min()
    for number, days in enumerate(ends):
        for day in days:
            if day != end_of(day) and isinstance(first, date) and first <= day:
                found = stock_at(source, day, pick, per_place)
                found = found.with_columns(source.numbers_of(found["item_id"]).alias(ITEM), pl.lit(number, dtype=pl.Int32).alias("window_no"))
                parts.append(found.select("window_no", *keys, *STOCK))
    return _added(parts, keys, STOCK)


def stock_of_months(source: Source, months: Sequence[date], pick: Pick, per_place: bool) -> pl.DataFrame:
    """Stock at the end of months: month, item_no, location_id, STOCK and, if per_place, region; one row an item and place."""
    places = source.places if not pick.own_only else source.places.filter("is_own")
    if pick.places is not None:
        places = places.filter(pl.col("location_id").is_in(pick.places))
    listed = places["location_id"].to_list()
    found = source.read("stock_month_rows", first_month=months[0], last_month=months[-1], items=pick.items, places=listed)
    found = found.with_columns(source.numbers_of(found["item_id"]).alias(ITEM))
    if pick.kind is not None:
        found = found.filter(source.is_of_kind(pick.kind).gather(found[ITEM]).fill_null(False))
    return found.join(places.select("location_id", "region"), on="location_id", how="left") if per_place else found


def known_balances(source: Source, days: Sequence[date]) -> int:
    """How many of these days are not before our first count."""
    first = source.days.get("stock")
    return sum(1 for day in days if first is not None and day >= first[0])


def carried(source: Source, day: date) -> date | None:
    """The month of the mart that stands for a month's end: its own, else the newest before it; None before the first."""
    place = bisect.bisect_right(source.kept_months, first_of(day))
    return None if place == 0 else source.kept_months[place - 1]


def _added(parts: Sequence[pl.DataFrame], keys: Sequence[str], values: Sequence[str]) -> pl.DataFrame:
    if not parts:
        schema = {"window_no": pl.Int32, **{key: _TYPES.get(key, pl.String) for key in keys}, **dict.fromkeys(values, pl.Float64)}
        return pl.DataFrame(schema=schema)
    if len(parts) == 1:
        return parts[0]
    return pl.concat(parts).group_by("window_no", *keys, maintain_order=True).agg(pl.col(values).sum()).sort("window_no", maintain_order=True)


def rolled(
    source: Source, frame: pl.DataFrame, months: Sequence[date], members: npt.NDArray[np.float64], keys: Sequence[str], values: Sequence[str]
) -> pl.DataFrame:
    """Sums over sets of months: window_no, keys, values. frame: month, keys, values; several rows of a key and month add up.

    members: how often each month (row) counts in each window (column). One product of matrices instead of a join of every row with
    every window that it belongs to. Keys without a row in any month of a window have no row in it.
    """
    places = {month: place for place, month in enumerate(months)}
    frame = frame.with_columns(pl.col("month").replace_strict(places, default=None, return_dtype=pl.Int32).alias("_column")).filter(
        pl.col("_column").is_not_null()
    )
    entities, row, count = _entities(source, frame, keys)
    at = row * len(months) + frame["_column"].to_numpy()
    shape = (count, len(months))
    seen = (np.bincount(at, minlength=count * len(months)).reshape(shape) @ members) > 0
    window, entity = np.nonzero(seen.T)
    sums = {}
    for name in values:
        dense = np.bincount(at, weights=frame[name].cast(pl.Float64).fill_null(0.0).to_numpy(), minlength=count * len(months))
        sums[name] = (dense.reshape(shape) @ members)[entity, window]
    result = pl.DataFrame({"window_no": window.astype(np.int32), **sums})
    if not keys:
        return result
    if entities is None:
        known = np.where(entity < source.items.height, entity, -1)
        numbers = pl.Series(ITEM, known).replace(-1, None).cast(pl.UInt32)
        return result.with_columns(numbers).select("window_no", ITEM, *values)
    return pl.concat([result, entities[entity.astype(np.uint32)]], how="horizontal").select("window_no", *keys, *values)


def _entities(source: Source, frame: pl.DataFrame, keys: Sequence[str]) -> tuple[pl.DataFrame | None, npt.NDArray[Any], int]:
    """What the rows are told apart by, the place of each row in it, and how many there are. Items alone need no list: they have numbers."""
    if not keys:
        return None, np.zeros(frame.height, dtype=np.int64), 1
    if list(keys) == [ITEM]:
        unknown = source.items.height
        return None, frame[ITEM].cast(pl.Int64).fill_null(unknown).to_numpy(), unknown + 1
    entities = frame.select(keys).unique(maintain_order=True).with_row_index("_entity")
    row = frame.join(entities, on=list(keys), how="left", nulls_equal=True, maintain_order="left")["_entity"].cast(pl.Int64).to_numpy()
    return entities.drop("_entity"), row, entities.height
