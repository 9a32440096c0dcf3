"""The raw figures of positions, article × supplied place: stock of the newest counts, demand and days in stock of a window.

Months are summed in a grid (places × articles) over the numbers by which a mart knows them, because joining a million rows by their codes would
take seconds. Of a month that a window cuts in two the days of the shorter side are read, and added, or taken off the whole month.
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers.periods import Window, end_of, first_of, following
from engine.answers.source import Source
from engine.answers.workdays import Workdays

FLOWS = ("sold_qty", "covered_qty", "covered_days", "in_stock_days", "covered_months")
STOCK = ("on_hand_qty", "in_transit_qty", "committed_qty")
Numbers = npt.NDArray[np.float64]


def positions_read(source: Source, as_of: date, window: Window, work: Workdays, places: list[str], items: list[str] | None) -> pl.DataFrame:
    """location_id, sku, place_no, item_no, counted_on, reported_on, STOCK (null: not in the count), FLOWS; one row a place × article of which
    anything is known, in the order of places and articles.

    places: codes of the places as whom dealers count (the first of each). A dealer's places are one; sales that name no place count for our
    place with the most stock.
    """
    months, parts = months_of(window, work)
    return _grid(source, as_of, window, months, parts, places, items)


def of_places(known: pl.DataFrame, frame: pl.DataFrame, *names: str) -> list[pl.Series]:
    """What is known of each place (a row a place, in the order of `Source.places`), for the place of each row."""
    numbers = frame["place_no"].cast(pl.UInt32)
    return [known[name].gather(numbers).alias(name) for name in names]


def months_of(window: Window, work: Workdays) -> tuple[list[date], list[float | None]]:
    """The months that a window touches, and how many of their working days lie in it (None: all)."""
    months: list[date] = []
    parts: list[float | None] = []
    month = first_of(window.first)
    while month <= window.last:
        inside = Window(max(month, window.first), min(end_of(month), window.last))
        is_whole = inside.first == month and inside.last == end_of(month)
        months.append(month)
        parts.append(None if is_whole else float(work.between(inside.first, inside.last)))
        month = following(month)
    return months, parts


def outside_of(source: Source, window: Window) -> list[tuple[date, Window, bool]]:
    """Of each month that a window cuts in two: the month, the days to be read of it, and whether they lie in the window (else outside of it).

    Behind the last day of the data lies nothing, so there no month is cut.
    """
    days = [source.days[what] for what in ("sales", "dealer_sales") if what in source.days]
    if not days:
        return []
    newest = max(last for _, last, _ in days)
    found = []
    for month in sorted({first_of(window.first), first_of(window.last)}):
        inside = Window(max(month, window.first), min(end_of(month), window.last))
        before, after = (inside.first - month).days, (min(end_of(month), newest) - inside.last).days
        if before <= 0 and after <= 0:
            continue
        if (before > 0 and after > 0) or inside.days <= max(before, after):
            found.append((month, inside, True))
        else:
            found.append((month, Window(month, inside.first - timedelta(1)) if before > 0 else Window(inside.last + timedelta(1), end_of(month)), False))
    return found


def place_of_unplaced_sales(source: Source, as_of: date) -> str | None:
    """Our own place that stands for sales that name none: the one that was counted most; None where every sale names its place."""
    sales, placed = source.days.get("sales"), source.days.get("placed_sales")
    if sales is None or (placed is not None and placed[2] >= sales[2]):
        return None
    counted = source.counts.filter("is_own", pl.col("counted_on") <= as_of).group_by("location_id").agg(pl.col("item_count").sum())
    chosen = counted.sort("item_count", "location_id", descending=[True, False])
    return None if chosen.is_empty() else str(chosen["location_id"][0])


def first_places(source: Source) -> npt.NDArray[np.int64]:
    """For each place of `Source.places` the number of the place as which it counts: of a dealer the first of its places; -1 for customers'."""
    counts_as = np.full(source.places.height, -1, dtype=np.int64)
    first: dict[tuple[str, bool], int] = {}
    for number, (kind, is_own, dealer) in enumerate(source.places.select("kind", "is_own", "dealer_id").iter_rows()):
        if kind != "customer":
            counts_as[number] = number if is_own or dealer is None else first.setdefault((dealer, is_own), number)
    return counts_as


def _grid(
    source: Source, as_of: date, window: Window, months: list[date], parts: list[float | None], places: list[str], items: list[str] | None
) -> pl.DataFrame:
    wide, high = source.items.height, source.places.height
    numbers = {code: number for number, code in enumerate(source.places["location_id"])}
    wanted = np.zeros(high, dtype=bool)
    wanted[[numbers[code] for code in places]] = True
    counts_as = first_places(source)
    counts_as[(counts_as >= 0) & ~wanted[np.maximum(counts_as, 0)]] = -1
    single = place_of_unplaced_sales(source, as_of)
    chosen, row_of = np.flatnonzero(wanted), np.cumsum(wanted) - 1  # the grid has a row a place that is asked for, and no others
    size = len(chosen) * wide
    shown = np.append(wanted, single is not None and wanted[numbers[single]])
    flows = _flows(source, window, months, parts, shown, numbers.get(single or "", -1), row_of, wide, size)
    found = source.read("stock_sound_on", as_of=as_of, places=[code for code, number in numbers.items() if counts_as[number] >= 0])
    found = found.with_columns(
        found["location_id"].cast(pl.Enum(source.places["location_id"])).to_physical().cast(pl.Int64).alias("place_no"),
        source.numbers_of(found["sku"]).alias("item_no"),
    ).filter(pl.col("item_no").is_not_null())
    at = row_of[counts_as[found["place_no"].to_numpy()]] * wide + found["item_no"].cast(pl.Int64).to_numpy()
    lies = np.bincount(at, minlength=size) > 0
    stock = {name: np.bincount(at, weights=found[name].fill_null(0.0).to_numpy(), minlength=size) for name in STOCK}
    days = {name: _earliest(at, found[name], size) for name in ("counted_on", "reported_on")}
    is_known = lies | (flows["_rows"] > 0)
    if items is not None:
        is_known &= np.tile(source.items["item_id"].is_in(items).to_numpy(), len(chosen))
    keys = np.flatnonzero(is_known)
    place_no, item_no = chosen[keys // wide], keys % wide
    there = pl.Series(lies[keys])
    frame = pl.DataFrame({"place_no": place_no.astype(np.int32), "item_no": item_no.astype(np.uint32)})
    frame = frame.with_columns(
        source.places["location_id"].gather(pl.Series(place_no)).alias("location_id"),
        source.items["item_id"].gather(pl.Series(item_no)).alias("sku"),
        *(pl.Series(name, values[keys]) for name, values in days.items()),
        *(pl.Series(name, values[keys]).set(~there, None) for name, values in stock.items()),
        *(pl.Series(name, flows[name][keys]) for name in FLOWS),
    )
    return frame


def _earliest(at: npt.NDArray[np.int64], days: pl.Series, size: int) -> npt.NDArray[np.datetime64]:
    """The earliest of the days at each place of the grid; NaT where there is none."""
    far = np.iinfo(np.int32).max
    least = np.full(size, far, dtype=np.int32)
    counted = days.to_physical().fill_null(far).to_numpy()
    latest_first = np.argsort(-counted.astype(np.int64), kind="stable") if counted.size and counted.min() != counted.max() else slice(None)
    least[at[latest_first]] = counted[latest_first]
    return np.where(least == far, np.datetime64("NaT"), least.astype("datetime64[D]"))


def _flows(
    source: Source, window: Window, months: list[date], parts: list[float | None], wanted: npt.NDArray[np.bool_], single: int,
    row_of: npt.NDArray[np.int64], wide: int, size: int,
) -> dict[str, Numbers]:  # fmt: skip
    """FLOWS in the grid, and how many rows of the mart each place of it has. wanted: for each place, and last for sales without one."""
    rows = source.read("demand_months", first_month=months[0], last_month=months[-1])
    place = rows["place_no"].to_numpy()
    kept = wanted[place]
    place = row_of[np.where(place < 0, single, place)[kept]]
    at = place * wide + rows["item_no"].to_numpy()[kept]
    covered = rows["working_days"].is_not_null().to_numpy()[kept].astype(float)
    qty, working, there = (rows[name].fill_null(0.0).to_numpy()[kept] for name in ("qty", "working_days", "in_stock_days"))
    if any(part is not None for part in parts):
        limits = {month: np.inf if part is None else part for month, part in zip(months, parts, strict=True)}
        limit = rows["month"].replace_strict(limits, return_dtype=pl.Float64).to_numpy()[kept]
        scale = np.where(working > limit, limit / np.where(working > 0, working, 1.0), 1.0)
        working, there = working * scale, there * scale

    def total(values: Numbers) -> Numbers:
        return np.asarray(np.bincount(at, weights=values, minlength=size))

    sold, sold_covered, known = total(qty), total(qty * covered), np.bincount(at, minlength=size).astype(float)
    month = rows["month"].to_physical().to_numpy()[kept]
    for cut, span, is_inside in outside_of(source, window):
        mine = month == (cut - date(1970, 1, 1)).days
        part = _of_days(source, span, wanted, single, row_of, wide, size)
        is_covered = np.bincount(at[mine], weights=covered[mine], minlength=size) > 0
        if is_inside:
            whole = np.bincount(at[mine], weights=qty[mine], minlength=size)
            part = whole - part
        sold, sold_covered = sold - part, sold_covered - np.where(is_covered, part, 0.0)
    return {
        "sold_qty": _without_dust(sold), "covered_qty": _without_dust(sold_covered), "covered_days": total(working), "in_stock_days": total(there),
        "covered_months": total(covered), "_rows": known,
    }  # fmt: skip


def _of_days(source: Source, span: Window, wanted: npt.NDArray[np.bool_], single: int, row_of: npt.NDArray[np.int64], wide: int, size: int) -> Numbers:
    """What was asked on some days, in the grid."""
    rows = source.read("demand_of_days", first=span.first, last=span.last)
    place = rows["place_no"].to_numpy()
    kept = wanted[place]
    place = row_of[np.where(place < 0, single, place)[kept]]
    at = place * wide + rows["item_no"].to_numpy()[kept]
    return np.asarray(np.bincount(at, weights=rows["qty"].fill_null(0.0).to_numpy()[kept], minlength=size))


def _without_dust(values: Numbers) -> Numbers:
    """What taking days off a month leaves by the rounding of floating point counts as nothing."""
    return np.where(np.abs(values) < 1e-9, 0.0, values)
