"""A figure counted once more from the rows as they were loaded, by another road than the marts: what `explain` shows and checks.

Sums run in plain Python over the loaded rows; only the last step, the formula, is the KPI's own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from math import fsum
from typing import Any

import polars as pl

from engine.answers.ahead import RANK
from engine.answers.periods import Period, Window, end_of, first_of, following
from engine.answers.picking import Pick
from engine.answers.source import Source
from engine.kpis import AHEAD, BUCKET_DAYS, Kpi, by


@dataclass(frozen=True)
class Cited:
    """Rows of one input table, from one load, that went into one input. value: their part of it."""

    input: str
    table: str
    source_id: int
    row_count: int
    first_day: date
    last_day: date
    value: float


@dataclass(frozen=True)
class StockRow:
    """One row of a count: value = quantity at its cost. source_id, line: where it stands."""

    item_id: str
    location_id: str
    qty: float
    value: float
    source_id: int
    counted_on: date
    line: int


@dataclass
class Recount:
    """inputs: name -> value. cited: where they came from. shares: input -> item -> its part. buckets: (days, demand at cost) ahead.
    windows: input that sales make -> the days and the rows of sales that went into it. stock_rows: input that stock makes -> its rows."""

    source: Source
    pick: Pick
    period: Period
    inputs: dict[str, float] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)
    shares: dict[str, dict[str, float]] = field(default_factory=dict)
    buckets: list[tuple[float, float]] = field(default_factory=list)
    windows: dict[str, tuple[Window, Pick]] = field(default_factory=dict)
    stock_rows: dict[str, list[StockRow]] = field(default_factory=dict)

    def value_of(self, kpi: Kpi) -> tuple[float | None, bool]:
        """The KPI from the recounted inputs, and whether it lies beyond the forecast."""
        row: dict[str, float] = {name: self.inputs[name] for name in kpi.inputs}
        for place, (days, demand) in enumerate(self.buckets, start=1):
            row |= {f"{AHEAD}{place:02}": demand, f"{BUCKET_DAYS}{place:02}": days}
        found = by((kpi,), pl.DataFrame([row]))
        return found[kpi.name][0], "censored" in found.columns and bool(found["censored"][0])


def recounted(source: Source, kpi: Kpi, period: Period, pick: Pick) -> Recount:
    """The inputs of a KPI for one period and the picked rows, from the loaded rows."""
    work = Recount(source, pick, period)
    needed = set(kpi.inputs)
    if needed & {"net_value", "qty", "cost_value"}:
        _sales(work, period.flows, {name: name for name in ("net_value", "qty", "cost_value") if name in needed})
    if needed & {"year_net_value", "year_cost_value"}:
        _sales(work, period.year, {f"year_{name}": name for name in ("net_value", "cost_value") if f"year_{name}" in needed})
        first = source.days["sales"][0]
        work.inputs["year_days"] = float((period.year.last - max(period.year.first, first)).days + 1)
    if needed & {"demand_qty", "demand_value"}:
        _demand(work)
    if needed & {"stock_value", "stock_qty"}:
        _stock(work, needed & {"stock_value", "stock_qty"})
    if "balances_value" in needed:
        _balances(work)
    if "unsold_value" in needed:
        _unsold(work)
    if "positions" in needed:
        _positions(work)
    if "forecast_items" in needed:
        _forecasts(work)
    return work


def _sold(work: Recount, window: Window, pick: Pick | None = None) -> list[dict[str, Any]]:
    """Sales rows of the picked dealers; or of another choice: whoever bought, as the question whether something sells is asked of the company."""
    chosen, source = pick or work.pick, work.source if pick is None else work.source.whole
    found = source.read(
        "rows_sales", first=window.first, last=window.last, items=chosen.items, places=chosen.shipped_from, dealers=chosen.dealers
    )  # fmt: skip
    return found.to_dicts()


def _add(work: Recount, name: str, parts: list[tuple[str, float]]) -> None:
    """Keep an input as the exact sum of its parts (item, value)."""
    work.inputs[name] = fsum(value for _, value in parts)
    shares: dict[str, float] = defaultdict(float)
    for item, value in parts:
        shares[item] += value
    work.shares[name] = dict(shares)


def _cite(work: Recount, name: str, table: str, rows: list[tuple[int, int, date, date, float]]) -> None:
    """rows: (source_id, row_count, first day, last day, value)."""
    for load in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == load]
        total = fsum(row[4] for row in mine)
        work.cited.append(Cited(name, table, load, sum(row[1] for row in mine), min(row[2] for row in mine), max(row[3] for row in mine), total))


def _sales(work: Recount, window: Window, names: dict[str, str]) -> None:
    rows = _sold(work, window)
    for name, column in names.items():
        work.windows[name] = (window, work.pick)
        _add(work, name, [(row["sku"], row[column] or 0.0) for row in rows])
        _cite(work, name, "sales", [(row["source_id"], row["row_count"], row["first_day"], row["last_day"], row[column] or 0.0) for row in rows])


def _costs(work: Recount, items: list[str]) -> dict[str, float]:
    """The cost of one unit of each item on the last day of the period, from the stock rows, else the master data."""
    newest = {row["item_id"]: row["unit_cost"] for row in _newest_costs(work, work.period.end, items)}
    listed = dict(work.source.items.select("item_id", "unit_cost").iter_rows())
    return {item: newest.get(item, listed.get(item)) or 0.0 for item in items}


def _newest_costs(work: Recount, day: date, items: list[str]) -> list[dict[str, Any]]:
    """The newest cost of each item until a day: what an article costs us is one figure, wherever it lies."""
    return work.source.whole.read("rows_item_costs", as_of=day, items=items).to_dicts()


def _demand(work: Recount) -> None:
    rows = _sold(work, work.period.demand)
    costs = _costs(work, sorted({row["sku"] for row in rows}))
    work.windows |= dict.fromkeys(("demand_qty", "demand_value"), (work.period.demand, work.pick))
    _add(work, "demand_qty", [(row["sku"], row["qty"]) for row in rows])
    valued = [(row["sku"], row["qty"] * costs[row["sku"]]) for row in rows]
    _add(work, "demand_value", valued)
    cited = [(row["source_id"], row["row_count"], row["first_day"], row["last_day"], value) for row, (_, value) in zip(rows, valued, strict=True)]
    _cite(work, "demand_value", "sales", cited)
    work.inputs["demand_days"] = float(work.period.demand.days)


def _stock_rows(work: Recount, day: date) -> Iterator[StockRow]:
    """Each row of the newest counts, of the picked kind."""
    found = work.source.read("rows_stock", as_of=day, items=work.pick.items, places=work.pick.places, own_only=work.pick.own_only).to_dicts()
    kinds = dict(work.source.items.select("item_id", "item_kind").iter_rows())
    listed = dict(work.source.items.select("item_id", "unit_cost").iter_rows())
    bare = sorted({row["item_id"] for row in found if row["unit_cost"] is None})
    newest: dict[date, dict[str, float]] = {}
    for row in found:
        if work.pick.kind is not None and kinds.get(row["item_id"]) != work.pick.kind:
            continue
        cost = row["unit_cost"]
        if cost is None:
            counted = row["counted_on"]
            if counted not in newest:
                newest[counted] = {cost["item_id"]: cost["unit_cost"] for cost in _newest_costs(work, counted, bare)}
            cost = newest[counted].get(row["item_id"], listed.get(row["item_id"])) or 0.0
        qty = row["on_hand_qty"]
        yield StockRow(row["item_id"], row["location_id"], qty, qty * cost, row["source_id"], row["counted_on"], row["line"])


def _cite_stock(work: Recount, name: str, valued: list[tuple[StockRow, float]]) -> None:
    """Add up rows of counts under an input, and keep which they were."""
    _add(work, name, [(row.item_id, value) for row, value in valued])
    _cite(work, name, "stock", [(row.source_id, 1, row.counted_on, row.counted_on, value) for row, value in valued])
    work.stock_rows[name] = [row for row, _ in valued]


def _stock(work: Recount, names: set[str]) -> None:
    rows = list(_stock_rows(work, work.period.end))
    for name in sorted(names):
        _cite_stock(work, name, [(row, row.qty if name == "stock_qty" else row.value) for row in rows])


def _balances(work: Recount) -> None:
    days = [day for day in work.period.balance_ends if day >= work.source.days["stock"][0]]
    _cite_stock(work, "balances_value", [(row, row.value) for day in days for row in _stock_rows(work, day)])
    work.inputs["balances"] = float(len(days))


def _unsold(work: Recount) -> None:
    everybody = Pick(None, None, None, None, None, True, None)
    sold: dict[str, float] = defaultdict(float)
    for sale in _sold(work, work.period.demand, everybody):
        sold[sale["sku"]] += sale["qty"]
    positions: dict[tuple[str, str], list[StockRow]] = defaultdict(list)
    for row in _stock_rows(work, work.period.end):
        positions[row.item_id, row.location_id].append(row)
    kept = [row for (item, _), rows in positions.items() if fsum(row.qty for row in rows) > 0 and sold[item] <= 1e-9 for row in rows]
    _cite_stock(work, "unsold_value", [(row, row.value) for row in kept])


def _positions(work: Recount) -> None:
    placed = "placed_sales" in work.source.days
    anybody = Pick(work.pick.kind, work.pick.items, None, None, work.pick.shipped_from, True, None)
    rows = _sold(work, work.period.demand, anybody)
    if work.source.is_bounded:
        mine = set(work.source.places["location_id"])
        rows = [row for row in rows if row["location_id"] in mine]
    wanted: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        wanted[row["sku"], row["location_id"] or "" if placed else ""] += row["qty"]
    stock: dict[tuple[str, str], float] = defaultdict(float)
    for counted_row in _stock_rows(work, work.period.end):
        stock[counted_row.item_id, counted_row.location_id if placed else ""] += counted_row.qty
    counted = work.source.counts.filter(pl.col("counted_on") <= work.period.end)
    if work.pick.own_only:
        counted = counted.filter("is_own")
    places = set(counted["location_id"].to_list()) & (set(work.pick.places) if work.pick.places is not None else set(counted["location_id"].to_list()))
    positions = [key for key, qty in wanted.items() if qty > 1e-9 and (not placed or key[1] in places)]
    out = [key for key in positions if stock[key] <= 0]
    work.windows |= {
        "positions": (work.period.demand, anybody),
        "positions_out": (work.period.demand, replace(anybody, items=sorted({item for item, _ in out}))),
    }
    _add(work, "positions", [(item, 1.0) for item, _ in positions])
    _add(work, "positions_out", [(item, 1.0) for item, _ in out])
    _cite(work, "positions", "sales", _first_seen(rows, set(positions), placed))
    gone = [row for row in rows if (row["sku"], row["location_id"] or "" if placed else "") in set(out)]
    _cite(work, "positions_out", "sales", _first_seen(gone, set(out), placed))


def _first_seen(rows: list[dict[str, Any]], positions: set[tuple[str, str]], placed: bool) -> list[tuple[int, int, date, date, float]]:
    """The sales rows to be cited for positions; each position counts in the first file that sold it, so that the files add up."""
    seen: set[tuple[str, str]] = set()
    found = []
    for row in sorted(rows, key=lambda row: row["source_id"]):
        key = row["sku"], row["location_id"] or "" if placed else ""
        is_first = key in positions and key not in seen
        seen.add(key)
        found.append((row["source_id"], row["row_count"], row["first_day"], row["last_day"], float(is_first)))
    return found


def _forecasts(work: Recount) -> None:
    """The buckets ahead, from the loaded forecast rows: by rank of the source, the newest, whole before parts, lines shared out."""
    work.inputs["forecast_items"] = 0.0
    if "forecasts" not in work.source.days or work.pick.places is not None:
        return
    end = work.period.end
    rows = work.source.read("rows_forecasts", as_of=end, from_month=first_of(end)).to_dicts()
    groups: dict[tuple[date, str | None, str | None], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["month"], row["sku"], row["line_id"]].append(row)
    chosen = {key: _chosen(group) for key, group in groups.items()}
    if not chosen:
        return
    picked = set(work.pick.items) if work.pick.items is not None else None
    by_item = {key: qty for key, qty in _shared_out(work, chosen).items() if picked is None or key[0] in picked}
    if by_item:
        _walkable(work, by_item)


def _chosen(group: list[dict[str, Any]]) -> float:
    rank = min(RANK.get(str(row["source"]), len(RANK)) for row in group)
    ranked = [row for row in group if RANK.get(str(row["source"]), len(RANK)) == rank]
    newest = max(row["made_on"] for row in ranked)
    mine = [row for row in ranked if row["made_on"] == newest]
    return fsum(row["qty"] for row in ([row for row in mine if row["is_whole"]] or mine))


def _shared_out(work: Recount, chosen: dict[tuple[date, str | None, str | None], float]) -> dict[tuple[str, date], float]:
    """(item, month) -> quantity."""
    found: dict[tuple[str, date], float] = defaultdict(float)
    for (month, sku, _), qty in chosen.items():
        if sku is not None:
            found[sku, month] += qty
    tree = work.source.items.filter(pl.col("item_kind") == "product", pl.col("withdrawn_on").is_null())
    line_of = dict(tree.select("item_id", "line_id").iter_rows())
    detailed = {(line_of.get(sku), month) for sku, month in found}
    everybody = Pick(None, None, None, None, None, True, None)
    sold: dict[str, float] = defaultdict(float)
    for row in _sold(work, work.period.demand, everybody):
        sold[row["sku"]] += row["qty"]
    for (month, sku, line), qty in chosen.items():
        if sku is None and (line, month) not in detailed:
            members = [item for item, own in line_of.items() if own == line]
            total = fsum(max(sold[item], 0.0) for item in members)
            for item in members:
                found[item, month] += qty * (max(sold[item], 0.0) / total if total > 0 else 1 / len(members))
    return found


def _walkable(work: Recount, by_item: dict[tuple[str, date], float]) -> None:
    """Days and demand at cost of each bucket, items without a forecast at their mean sales."""
    end, last = work.period.end, max(month for _, month in by_item)
    first_month: dict[str, date] = {}
    for item, month in by_item:
        first_month[item] = min(month, first_month.get(item, month))
    sold: dict[str, float] = defaultdict(float)
    for row in _sold(work, work.period.demand):
        sold[row["sku"]] += row["qty"]
    items = sorted({*sold, *first_month})
    costs = _costs(work, items)
    month = first_of(end) if end < end_of(end) else following(first_of(end))
    while month <= last and len(work.buckets) < 24:
        days = float((end_of(month) - max(end, date.fromordinal(month.toordinal() - 1))).days)
        need = []
        for item in items:
            if (item, month) in by_item:
                qty = by_item[item, month] * days / end_of(month).day
            else:
                qty = sold[item] / work.period.demand.days * days if month < first_month.get(item, date.max) else 0.0
            need.append(qty * costs[item])
        work.buckets.append((days, fsum(need)))
        month = following(month)
    work.inputs["forecast_items"] = float(len(first_month))
