"""What the KPIs are reckoned from: sales, stock, demand, balances and positions, gathered for the rows and days that were asked for.

Only what the asked KPIs need is read. What cannot be told apart by the asked keys is left out, with the reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from engine import inventory
from engine.answers import flows
from engine.answers.ahead import demand_ahead
from engine.answers.flows import ITEM
from engine.answers.joining import Shared, joined
from engine.answers.periods import Period, Span, Window
from engine.answers.picking import ITEM_KEYS, Pick
from engine.answers.source import DAYS_APART as _DAYS
from engine.answers.source import Source
from engine.kpis import INPUTS, Facts, Kpi
from engine.messages import Message, message

NO_PLACE_IN_SALES = message("The sales do not say from which place they were shipped.")
FLOWS = ("net_value", "qty", "cost_value")
DEMAND = ("demand_qty", "demand_value", "demand_days")
YEAR = ("year_net_value", "year_cost_value", "year_days")
BALANCES = ("balances_value", "balances")
STOCK = ("stock_qty", "stock_value")
POSITIONS = ("positions", "positions_out")
STOCK_BOUND = (*STOCK, *DEMAND, *YEAR, *BALANCES, *POSITIONS, "unsold_value", "forecast_items")
EVERYBODY = Pick(None, None, None, None, None, True)
GATES = {
    **dict.fromkeys(FLOWS, "sales_known"), **dict.fromkeys(("demand_qty", "demand_value"), "demand_known"), **dict.fromkeys(YEAR[:2], "year_known"),
    **dict.fromkeys((*STOCK, "unsold_value"), "stock_known"), "balances_value": "stock_known", "forecast_items": "demand_known",
    **dict.fromkeys(POSITIONS, "positions_known"),
}  # fmt: skip


@dataclass
class Gathering:
    """One gathering of facts: what is asked, and the frames found so far (each with `period`, keys and inputs)."""

    source: Source
    span: Span
    pick: Pick
    keys: tuple[str, ...]
    needed: frozenset[str]
    frames: list[pl.DataFrame] = field(default_factory=list)
    why: dict[str, Message] = field(default_factory=dict)
    estimated_lines: int = 0
    sold: dict[str, pl.DataFrame] = field(default_factory=dict)
    stock: dict[bool, pl.DataFrame] = field(default_factory=dict)

    @property
    def periods(self) -> tuple[Period, ...]:
        return self.span.periods

    def needs(self, *inputs: str) -> bool:
        return any(name in self.needed and name not in self.why for name in inputs)

    def has(self, what: str, window: Window) -> bool:
        """Whether the data of a kind reach into a window."""
        reach = self.source.days.get(what)
        return reach is not None and reach[0] <= window.last and window.first <= reach[1]

    @property
    def of_items(self) -> bool:
        return any(key in ITEM_KEYS for key in self.keys)

    @property
    def of_places(self) -> bool:
        return "location_id" in self.keys or "region" in self.keys

    def sale_keys(self, per_item: bool) -> list[str]:
        return [*([ITEM] if per_item else []), *(key for key in ("location_id", *flows.PARTIES) if key in self.keys)]

    def sales_in(self, windows: list[Window], pick: Pick, keys: list[str]) -> pl.DataFrame:
        """Sales of windows; what was read once for this gathering is not read again."""
        asked = repr((windows, pick.items, pick.dealers, pick.shipped_from, pick.areas, keys))
        if asked not in self.sold:
            self.sold[asked] = flows.sales_in(self.source, windows, pick, keys)
        return self.sold[asked]

    def sold_anywhere(self) -> pl.DataFrame:
        """What was sold of each item in the demand window, whoever bought it: window_no, item_no, sold_qty."""
        found = self.sales_in([period.demand for period in self.periods], EVERYBODY, [ITEM])
        return found.select("window_no", ITEM, pl.col("qty").alias("sold_qty"))

    def keep(self, frame: pl.DataFrame) -> None:
        """Keep a frame; its windows are the periods, in order."""
        self.frames.append(frame.rename({"window_no": "period"}))

    def stock_on_last_days(self, per_place: bool) -> pl.DataFrame:
        """Stock on the last day of each period; read once."""
        if per_place not in self.stock:
            self.stock[per_place] = flows.stock_over(self.source, [[period.end] for period in self.periods], self.pick, per_place)
        return self.stock[per_place]


def facts_for(source: Source, kpis: Iterable[Kpi], span: Span, pick: Pick, keys: tuple[str, ...]) -> tuple[Facts, int]:
    """The facts for some KPIs at the grain of the keys (or finer), and how many sales lines lacked a cost of their own."""
    work = Gathering(source, span, pick, tuple(key for key in keys if key != "month"), frozenset(name for kpi in kpis for name in kpi.inputs))
    _say_what_cannot_be_told(work)
    _gather_flows(work)
    _gather_demand(work)
    _gather_year(work)
    _gather_stock(work)
    _gather_positions(work)
    unfound = [name for name in work.needed if name not in work.why and INPUTS[name].total == "sum"]
    constants = [_constants(work, number, period) for number, period in enumerate(work.periods)]
    shared = Shared(work.source, work.keys, work.span.by_month, unfound, constants, {GATES[name] for name in work.needed if name in GATES})
    frame, grain = joined(work.frames, shared)
    return Facts(frame, work.why, GATES, grain), work.estimated_lines


def _say_what_cannot_be_told(work: Gathering) -> None:
    if work.pick.no_stock is not None:
        work.why |= dict.fromkeys(STOCK_BOUND, work.pick.no_stock)
        return
    placed = "placed_sales" in work.source.days
    if not placed and ("location_id" in work.keys or work.pick.shipped_from is not None):
        work.why |= dict.fromkeys((*DEMAND, *YEAR, *POSITIONS), NO_PLACE_IN_SALES)
    if not placed and work.pick.shipped_from is not None and "" not in work.pick.shipped_from:
        work.why |= dict.fromkeys(FLOWS, NO_PLACE_IN_SALES)
    if not placed and (work.of_places or work.pick.places is not None):
        work.why |= dict.fromkeys(POSITIONS, NO_PLACE_IN_SALES)
    outside = None if work.span.by_month else out_of_reach(work.source, work.periods[0].flows)
    if outside is not None:
        work.why |= dict.fromkeys((*FLOWS, *DEMAND, *POSITIONS), outside)


def out_of_reach(source: Source, window: Window) -> Message | None:
    """Why nothing can be said of the sales of a window, or None where the data reach into it."""
    reach = source.days.get("sales")
    if reach is None:
        return message("No sales were loaded.")
    if reach[0] <= window.last and window.first <= reach[1]:
        return None
    return message("The sales data reach from {first_day} to {last_day}, outside of the window.", first_day=reach[0], last_day=reach[1])


def _gather_flows(work: Gathering) -> None:
    if not work.needs(*FLOWS):
        return
    same = all(period.flows == period.demand for period in work.periods) and work.needs("demand_value")
    found = work.sales_in([period.flows for period in work.periods], work.pick, work.sale_keys(work.of_items or same))
    work.estimated_lines = int(found["lines_without_cost"].sum() or 0)
    work.keep(found.select("window_no", *work.sale_keys(work.of_items or same), *FLOWS))


def _gather_demand(work: Gathering) -> None:
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


def _gather_year(work: Gathering) -> None:
    if not work.needs(*YEAR):
        return
    keys = work.sale_keys(work.of_items)
    found = work.sales_in([period.year for period in work.periods], work.pick, keys)
    work.keep(found.select("window_no", *keys, pl.col("net_value").alias("year_net_value"), pl.col("cost_value").alias("year_cost_value")))


def _gather_stock(work: Gathering) -> None:
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
        unsold = inventory.is_unsold(pl.col("stock_qty"), pl.lit(sold))
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


def _gather_positions(work: Gathering) -> None:
    """Item × own place (or the item over all of them, where sales name no place) with demand, and whether anything lies there."""
    if not work.needs(*POSITIONS):
        return
    placed = "placed_sales" in work.source.days
    keys = [ITEM, "location_id"] if placed else [ITEM]
    anywhere = Pick(work.pick.kind, work.pick.items, None, None, work.pick.shipped_from, True)
    wanted = work.sales_in([period.demand for period in work.periods], anywhere, keys).filter(inventory.has_demand(pl.col("qty")))
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


def _at_counted_places(work: Gathering, wanted: pl.DataFrame) -> pl.DataFrame:
    """The positions at our own (or the asked) places that were counted until the period's end, with the place's region."""
    counted = work.source.counts.group_by("location_id").agg(pl.col("counted_on").min().alias("first_count"), pl.col("is_own", "region").first())
    if work.pick.own_only:
        counted = counted.filter("is_own")
    if work.pick.places is not None:
        counted = counted.filter(pl.col("location_id").is_in(work.pick.places))
    ends = pl.DataFrame({"window_no": pl.Series(range(len(work.periods)), dtype=pl.Int32), "end": [period.end for period in work.periods]})
    return wanted.join(counted, on="location_id").join(ends, on="window_no").filter(pl.col("first_count") <= pl.col("end"))


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


def _is_counted(work: Gathering, period: Period) -> int:
    """1 where at least one of the picked places was counted until the period's end."""
    counts = work.source.counts.filter(pl.col("counted_on") <= period.end, pl.col("location_id").is_in(work.pick.places or []))
    return int((counts.filter("is_own") if work.pick.own_only else counts).height > 0)


def _constants(work: Gathering, number: int, period: Period) -> dict[str, object]:
    """What is the same for all rows of a period: its month, its days, and which kinds of data reach into it."""
    sales = work.source.days.get("sales")
    counted = flows.known_balances(work.source, [period.end])
    unplaced = "location_id" in work.keys and "placed_sales" not in work.source.days
    shared: dict[str, object] = {
        "period": number, "month": period.month, "demand_days": float(period.demand.days),
        "sales_known": int(work.has("sales", period.flows) and not unplaced), "demand_known": int(work.has("sales", period.demand)),
        "year_known": int(work.has("sales", period.year)), "year_days": None, "balances": float(flows.known_balances(work.source, period.balance_ends)),
    }  # fmt: skip
    if not work.of_places:
        shared["positions_known"] = int(bool(counted) and work.has("sales", period.demand))
        shared["stock_known"] = counted if work.pick.places is None else _is_counted(work, period)
    if sales is not None:
        shared["year_days"] = float(max((period.year.last - max(period.year.first, sales[0])).days + 1, 0))
    return shared

