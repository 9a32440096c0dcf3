"""One gathering of facts: what is asked, what of it cannot be told, and what is the same for a whole period."""

from dataclasses import dataclass, field

import polars as pl

from engine.answers import flows
from engine.answers.flows import ITEM
from engine.answers.periods import Period, Span, Window
from engine.answers.picking import ITEM_KEYS, Pick
from engine.answers.source import Source
from engine.messages import Message, message

NO_PLACE_IN_SALES = message("The sales do not say from which place they were shipped.")
NO_COST = message("Some sales lines have no cost and the list of products, which could tell it, was not loaded.")
NO_STOCK_COST = message("Some of the stock has no cost and the list of products, which could tell it, was not loaded.")
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
        found = flows.sales_in(self.source.whole, [period.demand for period in self.periods], EVERYBODY, [ITEM])
        return found.select("window_no", ITEM, pl.col("qty").alias("sold_qty"))

    def keep(self, frame: pl.DataFrame) -> None:
        """Keep a frame; its windows are the periods, in order."""
        self.frames.append(frame.rename({"window_no": "period"}))

    def stock_on_last_days(self, per_place: bool) -> pl.DataFrame:
        """Stock on the last day of each period; read once."""
        if per_place not in self.stock:
            self.stock[per_place] = flows.stock_over(self.source, [[period.end] for period in self.periods], self.pick, per_place)
        return self.stock[per_place]


def say_what_cannot_be_told(work: Gathering) -> None:
    """Mark the inputs that the asked keys and filters leave without meaning, each with its reason."""
    placed = "placed_sales" in work.source.days
    if not placed and ("location_id" in work.keys or work.pick.shipped_from is not None):
        work.why |= dict.fromkeys((*DEMAND, *YEAR, *POSITIONS), NO_PLACE_IN_SALES)
    if not placed and work.pick.shipped_from is not None and "" not in work.pick.shipped_from:
        work.why |= dict.fromkeys(FLOWS, NO_PLACE_IN_SALES)
    if not placed and (work.of_places or work.pick.places is not None):
        work.why |= dict.fromkeys(POSITIONS, NO_PLACE_IN_SALES)
    if "uncosted_sales" in work.source.days:
        work.why |= dict.fromkeys(("cost_value", "year_cost_value"), NO_COST)
    if "uncosted_stock" in work.source.days:
        work.why |= dict.fromkeys(("stock_value", "balances_value", "unsold_value"), NO_STOCK_COST)
    outside = None if work.span.by_month else out_of_reach(work.source, work.periods[0].flows)
    if outside is not None:
        work.why |= dict.fromkeys((*FLOWS, *DEMAND, *POSITIONS), outside)
    if work.pick.no_stock is not None:
        work.why |= dict.fromkeys(STOCK_BOUND, work.pick.no_stock)


def out_of_reach(source: Source, window: Window) -> Message | None:
    """Why nothing can be said of the sales of a window, or None where the data reach into it."""
    reach = source.days.get("sales")
    if reach is None:
        return message("No sales were loaded.")
    if reach[0] <= window.last and window.first <= reach[1]:
        return None
    return message("The sales data reach from {first_day} to {last_day}, outside of the window.", first_day=reach[0], last_day=reach[1])


def _is_counted(work: Gathering, period: Period) -> int:
    """1 where at least one of the picked places was counted until the period's end."""
    counts = work.source.counts.filter(pl.col("counted_on") <= period.end, pl.col("location_id").is_in(work.pick.places or []))
    return int((counts.filter("is_own") if work.pick.own_only else counts).height > 0)


def constants_of(work: Gathering, number: int, period: Period) -> dict[str, object]:
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
