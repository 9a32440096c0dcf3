"""What a forecast learns from: shipments by month, days in stock, promotions, catalogue and withdrawal days, as series that end together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers.periods import end_of, first_of, following, last_day, months_before
from engine.answers.source import Source
from engine.forecast import Numbers
from engine.forecast.shapes import Item
from engine.messages import Message, message, plural

LACKING_DAYS = 3
"""A month whose last so many days have no data yet (a weekend, a holiday) still counts as whole."""
NO_FAMILY = ""


@dataclass(frozen=True)
class Inputs:
    """A company's history. months: first days, oldest first; is_missing: whether the company sold nothing at all in a month. told: oddities."""

    items: tuple[Item, ...]
    months: tuple[date, ...]
    is_missing: npt.NDArray[np.bool_]
    as_of: date
    told: tuple[Message, ...]

    def ahead(self, count: int) -> list[date]:
        """The first days of the months after the last one."""
        return [months_before(self.months[-1], -step) for step in range(1, count + 1)]


def inputs_of(source: Source) -> Inputs | None:
    """Everything that is forecast, of the whole company; None where nothing was sold in any whole month."""
    source = source.whole
    as_of = last_day(source)
    last = first_of(as_of) if as_of >= end_of(as_of) - timedelta(LACKING_DAYS) else months_before(first_of(as_of), 1)
    rows = source.read("forecast_demand").filter(pl.col("month") <= last)
    sold = rows.filter(pl.col("qty").is_not_null())
    if sold.is_empty():
        return None
    months = _months(sold["month"].min(), last)
    tables = _Tables(rows, months)
    promotions = _promotions(source, [*months, *_months(following(last), months_before(last, -int(source.settings["forecast_months"])))])
    products = source.items.filter(pl.col("item_kind") == "product")
    items = tuple(_item(row, tables, promotions, last, source.settings) for row in products.iter_rows(named=True))
    is_missing = ~np.isin(np.arange(len(months)), tables.months_sold)
    unknown = sold.filter(~pl.col("sku").is_in(products["item_id"].to_list()))["sku"].n_unique()
    return Inputs(items, tuple(months), is_missing, as_of, _told(items, is_missing, unknown))


def _months(first: Any, last: date) -> list[date]:
    found, month = [], first
    while month <= last:
        found.append(month)
        month = following(month)
    return found


class _Tables:
    """Quantities and shares of days in stock by article and month, as arrays: articles × months."""

    def __init__(self, rows: pl.DataFrame, months: list[date]) -> None:
        self.months = months
        codes = rows["sku"].unique().sort().to_list()
        self.place = {code: number for number, code in enumerate(codes)}
        weights = rows.group_by("sku", "location_id").agg(pl.col("qty").clip(lower_bound=0.0).sum().alias("weight"))
        whole = weights.group_by("sku").agg(pl.col("weight").sum().alias("whole"))
        share = pl.when(pl.col("working_days") > 0).then((pl.col("in_stock_days") / pl.col("working_days")).clip(0.0, 1.0))
        known = rows.with_columns(share.alias("there")).join(weights, on=["sku", "location_id"], nulls_equal=True, how="left").join(whole, on="sku", how="left")
        by_month = known.group_by("sku", "month").agg(
            pl.col("qty").sum(),
            pl.col("qty").is_not_null().any().alias("is_sold"),
            pl.col("there").is_not_null().any().alias("is_counted"),
            pl.when(pl.col("whole") > 0).then((1 - pl.col("there")) * pl.col("weight") / pl.col("whole")).sum().alias("out"),
        )
        row = by_month["sku"].replace_strict(self.place, return_dtype=pl.Int64).to_numpy()
        column = by_month["month"].replace_strict(months, list(range(len(months))), default=None, return_dtype=pl.Int64)
        inside = column.is_not_null().to_numpy()
        row, column = row[inside], column.to_numpy()[inside].astype(np.int64)
        shape = (len(codes), len(months))
        self.qty, self.there, is_sold = np.zeros(shape), np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        self.qty[row, column] = by_month["qty"].fill_null(0.0).to_numpy()[inside]
        is_sold[row, column] = by_month["is_sold"].to_numpy()[inside]
        counted = by_month["is_counted"].to_numpy()[inside]
        self.there[row[counted], column[counted]] = 1 - by_month["out"].fill_null(0.0).to_numpy()[inside][counted]
        self.months_sold = np.flatnonzero(is_sold.any(axis=0))
        self._is_sold = is_sold

    def of(self, code: str) -> tuple[int, Numbers, Numbers]:
        """(place of the first month with a sale, quantities and shares of days in stock from it on); len(months) and nothing where never sold."""
        number = self.place.get(code)
        sold = np.flatnonzero(self._is_sold[number] & (self.qty[number] > 0)) if number is not None else np.zeros(0, dtype=int)
        if number is None or not len(sold):
            return len(self.months), np.zeros(0), np.zeros(0)
        start = int(sold[0])
        return start, self.qty[number, start:], self.there[number, start:]


def _promotions(source: Source, months: list[date]) -> dict[str, Numbers]:
    """Line -> for each month the share of its days under a promotion, each by its depth against the mean depth of all (1 where nobody says)."""
    if not source.has("promotions"):
        return {}
    rows = source.read("rows_promotions").filter(pl.col("started_on") <= pl.col("ended_on"))
    depth = rows["depth"].drop_nulls()
    mean = float(depth.mean() or 0.0) if len(depth) else 0.0  # type: ignore[arg-type]
    found: dict[str, Numbers] = {}
    for row in rows.iter_rows(named=True):
        weight = row["depth"] / mean if row["depth"] is not None and mean > 0 else 1.0
        shares = found.setdefault(row["line_id"], np.zeros(len(months)))
        for place, month in enumerate(months):
            days = (min(row["ended_on"], end_of(month)) - max(row["started_on"], month)).days + 1
            if days > 0:
                shares[place] += weight * days / end_of(month).day
    return found


def _item(row: Mapping[str, Any], tables: _Tables, promotions: Mapping[str, Numbers], last: date, settings: Mapping[str, Any]) -> Item:
    start, shipped, there = tables.of(row["item_id"])
    count, ahead = len(tables.months), int(settings["forecast_months"])
    shares = promotions.get(row["line_id"], np.zeros(count + ahead))
    withdrawn, listed = row["withdrawn_on"], row["catalogue_on"]
    family = row[settings["forecast_family"]]
    return Item(
        code=row["item_id"], family=family if family is not None else NO_FAMILY, group=f"{row['sphere'] or ''} {row['product_group'] or ''}",
        shipped=shipped, in_stock_share=there, promotion_share=shares[start:count], promotion_ahead=shares[count : count + ahead],
        months_listed=None if listed is None else _apart(first_of(listed), last) + 1,
        withdrawn_in=None if withdrawn is None else _apart(last, first_of(withdrawn)),
    )  # fmt: skip


def _apart(first: date, last: date) -> int:
    """Months from one month to another."""
    return (last.year - first.year) * 12 + last.month - first.month


def _told(items: tuple[Item, ...], is_missing: npt.NDArray[np.bool_], unknown: int) -> tuple[Message, ...]:
    told = []
    if is_missing.any():
        told.append(
            plural(
                "For {n} month the company has no sales at all; usual demand stands for it.",
                "For {n} months the company has no sales at all; usual demand stands for them.",
                n=int(is_missing.sum()),
            )
        )
    if unknown:
        told.append(
            plural(
                "{n} article was sold that is no product; it is not forecast.", "{n} articles were sold that are no products; they are not forecast.", n=unknown
            )
        )
    below = sum(bool(np.any(item.shipped < 0)) for item in items)
    if below:
        told.append(
            plural(
                "Of {n} product more came back in a month than was shipped; the returns are set off against the months before.",
                "Of {n} products more came back in a month than was shipped; the returns are set off against the months before.",
                n=below,
            )
        )
    if not any(np.any(~np.isnan(item.in_stock_share)) for item in items):
        told.append(message("Nobody counted days in stock, so demand that met an empty shelf is not added."))
    return tuple(told)
