"""Months after the demo's last day, as input tables to be loaded on top of it: what goes on as before, and what was decided carried out.

The laws are those of the demo's own ledgers, month by month instead of day by day: whole pieces; goods come in by the carton, at the plant; branches are
filled from it; the oldest lots leave first; nothing is shipped that is not there; every count is the count before, and what came and went since.
Dealers buy what they bought in the same month a year before, times the growth of the line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data.demo.days import month_start

PLACE, LOT = ["location_id", "item_id"], ["location_id", "item_id", "batch_id", "condition"]
LEAST_GROWTH, MOST_GROWTH = 0.7, 1.4
RUN_OFF_PRICE, NET_OF_LIST, RAMP_MONTHS, CARTON = 0.8, 0.89, 4, 6
COVER = 1.2
"""Stock of a month's beginning, in times of what is wanted in it."""


@dataclass(frozen=True)
class Coming:
    """One product of a line that is launched."""

    sku: str
    name: str
    line_id: str
    line_name: str
    sphere: str
    product_group: str
    launch_on: date
    margin_share: float


@dataclass
class _Books:
    """What the months write. lots: what lies where; the others: rows of the input tables of that name."""

    lots: pl.DataFrame
    written: dict[str, list[pl.DataFrame]] = field(default_factory=dict)

    def write(self, table: str, rows: pl.DataFrame) -> None:
        if rows.height:
            self.written.setdefault(table, []).append(rows)


def months_after(
    past: Mapping[str, pl.DataFrame], many: int, leaving: Mapping[str, date] | None = None, coming: Sequence[Coming] = ()
) -> dict[str, pl.DataFrame]:
    """So many months after the last count of our places: tables by name, none of them with rows that were there before.

    past: products, sales, stock and locations as they were loaded. leaving: product -> last day on which it may lie with us; it is made no more, what is left
    is sold off in equal parts, damaged pieces are written off at the end. Raises ValueError for more than a year: nobody knows what was bought a year before.
    """
    if not 1 <= many <= 12:
        raise ValueError(f"the months of a year can be repeated once, not {many} of them")
    own = past["locations"].filter(pl.col("kind").is_in(["plant", "branch"]))["location_id"].to_list()
    stock = past["stock"].filter(pl.col("location_id").is_in(own))
    last: date = stock["counted_on"].max()  # type: ignore[assignment]
    known = set(past["products"]["sku"])
    fresh = _products(past["products"], [each for each in coming if each.sku not in known and each.launch_on < month_start(last, many + 1)])
    products = pl.concat([past["products"], fresh], how="diagonal_relaxed")
    lots = stock.filter(pl.col("counted_on") == last).with_columns(pl.col("batch_id").fill_null(""), pl.col("condition").fill_null("good"))
    books = _Books(lots)
    demand = _demand(past["sales"].filter(pl.col("location_id").is_in(own)), past["products"], last)
    plant = past["locations"].filter(pl.col("kind") == "plant")["location_id"][0]
    for step in range(1, many + 1):
        _month(books, month_start(last, step), demand, products, dict(leaving or {}), coming, plant)
    found = {name: pl.concat(parts, how="diagonal_relaxed") for name, parts in books.written.items()}
    return found | ({"products": fresh} if fresh.height else {})


def write(tables: Mapping[str, pl.DataFrame], folder: Path | str) -> None:
    """The tables as files of a folder that exists."""
    for name, table in tables.items():
        table.write_csv(f"{folder}/{name}.csv")


def _products(known: pl.DataFrame, coming: Sequence[Coming]) -> pl.DataFrame:
    """Master data of what is launched: priced like the median of its group, at a cost that leaves the margin which was promised."""
    rows = []
    for each in coming:
        peers = known.filter(pl.col("product_group") == each.product_group)
        price = float((peers if peers.height else known)["list_price"].median() or 100.0)  # type: ignore[arg-type]
        rows.append({
            "sku": each.sku, "product_name": each.name, "sphere": each.sphere, "product_group": each.product_group, "line_id": each.line_id,
            "line_name": each.line_name, "unit_cost": round(price * NET_OF_LIST * (1 - each.margin_share), 2), "list_price": price, "pack_qty": float(CARTON),
            "made_by": "own", "catalogue_on": each.launch_on, "is_innovation": True,
        })  # fmt: skip
    names = ("sku", "product_name", "sphere", "product_group", "line_id", "line_name", "unit_cost", "list_price", "pack_qty", "made_by", "catalogue_on",
             "is_innovation")  # fmt: skip
    return pl.DataFrame(rows, schema={name: known.schema[name] for name in names})


def _demand(sales: pl.DataFrame, products: pl.DataFrame, last: date) -> pl.DataFrame:
    """What dealers bought in the twelve months until the last day, times the growth of the line: month (of the year), dealer_id, sku, location_id, sphere,
    qty, price. A year before there may be none: then nothing grows."""
    year, before = (month_start(last, -11), month_start(last, -23))
    lines = products.select("sku", "line_id")
    sums = sales.join(lines, on="sku").group_by("line_id").agg(
        pl.col("qty").filter(pl.col("shipped_on") >= year).sum().alias("now"),
        pl.col("qty").filter(pl.col("shipped_on").is_between(before, year - timedelta(1))).sum().alias("ago"),
    )  # fmt: skip
    rate = pl.when(pl.col("ago") > 0).then((pl.col("now") / pl.col("ago")).clip(LEAST_GROWTH, MOST_GROWTH)).otherwise(1.0)
    grown = lines.join(sums.select("line_id", rate.alias("growth")), on="line_id", how="left")
    bought = sales.filter(pl.col("shipped_on") >= year).group_by(
        pl.col("shipped_on").dt.month().alias("month"), "dealer_id", "sku", "location_id", "sphere"
    ).agg(pl.col("qty", "net_value").sum()).filter((pl.col("qty") > 0) & (pl.col("net_value") > 0))  # fmt: skip
    return bought.join(grown, on="sku", how="left").select(
        "month", "dealer_id", "sku", "location_id", "sphere", (pl.col("qty") * pl.col("growth").fill_null(1.0)).round().alias("qty"),
        (pl.col("net_value") / pl.col("qty")).alias("price"),
    ).sort("month", "location_id", "sku", "dealer_id", "sphere")  # fmt: skip


def _month(books: _Books, month: date, demand: pl.DataFrame, products: pl.DataFrame, leaving: Mapping[str, date], coming: Sequence[Coming], plant: str) -> None:
    """One month: goods are made and moved, orders shipped, what leaves is sold off, everything is counted."""
    end, lay = month_start(month, 1) - timedelta(1), books.lots.select(PLACE).unique(maintain_order=True)
    here = demand.filter((pl.col("month") == month.month) & (pl.col("qty") > 0)).drop("month")
    wanted = pl.concat([here, *(_first_orders(demand, products, each, month) for each in coming if each.launch_on <= month)])
    _make(books, month, wanted.filter(~pl.col("sku").is_in(list(leaving))), products, plant)
    _fill(books, month, wanted, plant)
    shipped = _shared(books, wanted)
    _ship(books, month, shipped, "N")
    if leaving:
        _ship(books, month, _sold_off(books, end, demand, leaving), "A")
        _write_off(books, end, leaving)
    counted = [pl.lit(end).alias(name) for name in ("counted_on", "reported_on")]
    empty = lay.join(books.lots, on=PLACE, how="anti", maintain_order="left").with_columns(pl.lit("good").alias("condition"), pl.lit(0.0).alias("on_hand_qty"))
    there = pl.concat([books.lots, empty], how="diagonal_relaxed")  # what is gone is counted as none once, or a place that is empty would not be counted
    books.write("stock", there.with_columns(*counted, *(pl.lit(0.0).alias(name) for name in ("in_transit_qty", "committed_qty"))))


def _first_orders(demand: pl.DataFrame, products: pl.DataFrame, each: Coming, month: date) -> pl.DataFrame:
    """A launch: every dealer who buys of its group takes what it usually takes of a product there, a little more each month until it is known."""
    group = products.filter(pl.col("product_group") == each.product_group)["sku"]
    of_group = demand.filter(pl.col("sku").is_in(group.to_list()))
    age = (month.year - each.launch_on.year) * 12 + month.month - each.launch_on.month + 1
    price = products.filter(pl.col("sku") == each.sku)["list_price"][0] * NET_OF_LIST
    usual = of_group.group_by("dealer_id", "location_id", maintain_order=True).agg((pl.col("qty").median() * min(1.0, age / RAMP_MONTHS)).ceil().alias("qty"))
    return usual.select(
        "dealer_id", pl.lit(each.sku).alias("sku"), "location_id", pl.lit(each.sphere).alias("sphere"), "qty", pl.lit(float(price)).alias("price")
    )


def _make(books: _Books, month: date, wanted: pl.DataFrame, products: pl.DataFrame, plant: str) -> None:
    """Cartons that bring the stock of all our places to what the month wants and a little more; they come to the plant."""
    there = _good(books).group_by("item_id").agg(pl.col("on_hand_qty").sum())
    short = wanted.group_by("sku", maintain_order=True).agg(pl.col("qty").sum()).join(there, left_on="sku", right_on="item_id", how="left")
    short = short.join(products.select("sku", pl.col("pack_qty").fill_null(1.0).clip(lower_bound=1.0), "unit_cost"), on="sku")
    cartons = ((pl.col("qty") * COVER - pl.col("on_hand_qty").fill_null(0.0)) / pl.col("pack_qty")).ceil().clip(lower_bound=0)
    made = short.with_columns((cartons * pl.col("pack_qty")).alias("made")).filter(pl.col("made") > 0)
    day, batch = month + timedelta(1), pl.format("Y{}-{}", pl.lit(f"{month:%y%m}"), "sku")
    books.write("production", made.select(
        pl.lit(day).alias("produced_on"), "sku", pl.col("made").alias("qty"), pl.lit(plant).alias("location_id"), batch.alias("batch_id")
    ))  # fmt: skip
    lots = made.select(
        pl.lit(plant).alias("location_id"), pl.col("sku").alias("item_id"), batch.alias("batch_id"), pl.lit("good").alias("condition"),
        pl.col("made").alias("on_hand_qty"), "unit_cost", pl.lit(day).alias("received_on"),
    )  # fmt: skip
    books.lots = pl.concat([books.lots, lots], how="diagonal_relaxed")


def _good(books: _Books) -> pl.DataFrame:
    return books.lots.filter(pl.col("condition") == "good")


def _fill(books: _Books, month: date, wanted: pl.DataFrame, plant: str) -> None:
    """What the branches lack for the month comes from the plant, as far as the plant has it beyond its own orders: shared out in whole pieces."""
    lies = _good(books).group_by(PLACE).agg(pl.col("on_hand_qty").sum())
    asked = wanted.group_by("location_id", pl.col("sku").alias("item_id"), maintain_order=True).agg(pl.col("qty").sum())
    held = asked.join(lies, on=PLACE, how="left").with_columns(pl.col("on_hand_qty").fill_null(0.0))
    of_plant = lies.filter(pl.col("location_id") == plant).select("item_id", pl.col("on_hand_qty").alias("plant_qty"))
    promised = asked.filter(pl.col("location_id") == plant).select("item_id", pl.col("qty").alias("promised"))
    lack = held.filter(pl.col("location_id") != plant).with_columns((pl.col("qty") - pl.col("on_hand_qty")).clip(lower_bound=0).alias("lack"))
    lack = lack.filter(pl.col("lack") > 0).join(of_plant, on="item_id").join(promised, on="item_id", how="left")
    free = (pl.col("plant_qty") - pl.col("promised").fill_null(0.0)).clip(lower_bound=0)
    part = (free / pl.col("lack").sum().over("item_id")).clip(upper_bound=1.0)
    moved = lack.select(pl.col("location_id").alias("to"), "item_id", (pl.col("lack") * part).floor().alias("qty")).filter(pl.col("qty") > 0)
    for place in moved["to"].unique(maintain_order=True):
        mine = moved.filter(pl.col("to") == place).select(pl.lit(plant).alias("location_id"), "item_id", pl.col("qty").alias("out"))
        taken = _take(books, mine)
        arrived = taken.with_columns(pl.lit(place).alias("location_id"), pl.col("taken").alias("on_hand_qty")).drop("taken")
        every = pl.concat([books.lots, arrived], how="diagonal_relaxed")
        books.lots = every.group_by(LOT, maintain_order=True).agg(pl.col("on_hand_qty").sum(), pl.exclude("on_hand_qty").first())
        books.write("transfers", taken.select(
            pl.lit(month + timedelta(3)).alias("moved_on"), "item_id", pl.col("taken").alias("qty"), pl.lit(plant).alias("from_location_id"),
            pl.lit(place).alias("to_location_id"), "batch_id",
        ))  # fmt: skip


def _take(books: _Books, out: pl.DataFrame) -> pl.DataFrame:
    """Take pieces out of the good lots of places, the oldest first: the lots with `taken`. out: location_id, item_id, out (no more than there is)."""
    lots = books.lots.join(out, on=PLACE, how="left", maintain_order="left").sort("received_on", "batch_id", nulls_last=False, maintain_order=True)
    open_qty = pl.when(pl.col("condition") == "good").then(pl.col("on_hand_qty").clip(lower_bound=0.0)).otherwise(0.0)
    lots = lots.with_columns(open_qty.alias("_open")).with_columns(pl.col("_open").cum_sum().over(PLACE).alias("_upto"))
    taken = pl.min_horizontal("_open", (pl.col("out").fill_null(0.0) - (pl.col("_upto") - pl.col("_open"))).clip(lower_bound=0.0))
    lots = lots.with_columns(taken.alias("taken"))
    rest = lots.with_columns(pl.col("on_hand_qty") - pl.col("taken")).drop("out", "_open", "_upto", "taken")
    books.lots = rest.filter((pl.col("on_hand_qty") != 0) | (lots["taken"] == 0))
    return lots.filter(pl.col("taken") > 0).drop("out", "_open", "_upto")


def _shared(books: _Books, wanted: pl.DataFrame) -> pl.DataFrame:
    """What can be shipped: where a place has too little, everybody gets his part of it, in whole pieces."""
    lies = _good(books).group_by(PLACE).agg(pl.col("on_hand_qty").sum()).rename({"item_id": "sku"})
    held = wanted.join(lies, on=["location_id", "sku"], how="left", maintain_order="left").with_columns(pl.col("on_hand_qty").fill_null(0.0))
    part = (pl.col("on_hand_qty") / pl.col("qty").sum().over("location_id", "sku")).clip(upper_bound=1.0)
    return held.with_columns((pl.col("qty") * part).floor().alias("qty")).filter(pl.col("qty") > 0).drop("on_hand_qty")


def _sold_off(books: _Books, end: date, demand: pl.DataFrame, leaving: Mapping[str, date]) -> pl.DataFrame:
    """Of what leaves an equal part of what is left goes each month until its last, at a lower price, to whoever buys most of it there."""
    rows = []
    lies = _good(books).filter(pl.col("item_id").is_in(list(leaving))).group_by(PLACE, maintain_order=True).agg(pl.col("on_hand_qty").sum())
    ranked = demand.group_by("location_id", "sku", "dealer_id", "sphere").agg(pl.col("qty").sum(), pl.col("price").mean())
    ranked = ranked.sort("qty", "dealer_id", descending=[True, False])
    for place, sku, left in lies.filter(pl.col("on_hand_qty") > 0).iter_rows():
        months = max(1, (leaving[sku].year - end.year) * 12 + leaving[sku].month - end.month + 1)
        of_place = ranked.filter(pl.col("location_id") == place)
        buyer = next(iter(of_place.filter(pl.col("sku") == sku).iter_rows(named=True)), None) or of_place.row(0, named=True)
        rows.append((buyer["dealer_id"], sku, place, buyer["sphere"], float(-(-left // months)), buyer["price"] * RUN_OFF_PRICE))
    return pl.DataFrame(rows, schema=demand.drop("month").schema, orient="row")


def _ship(books: _Books, month: date, shipped: pl.DataFrame, mark: str) -> None:
    """Invoice lines, one invoice a dealer and month; the cost is that of the lots that left."""
    if shipped.is_empty():
        return
    out = shipped.group_by("location_id", pl.col("sku").alias("item_id")).agg(pl.col("qty").sum().alias("out"))
    taken = _take(books, out).group_by(pl.col("location_id"), pl.col("item_id").alias("sku")).agg(
        ((pl.col("taken") * pl.col("unit_cost")).sum() / pl.col("taken").sum()).alias("cost")
    )  # fmt: skip
    lines = shipped.join(taken, on=["location_id", "sku"], how="left", maintain_order="left").sort("dealer_id", "sku", "location_id", maintain_order=True)
    day = pl.lit(month) + pl.duration(days=4 + pl.col("dealer_id").rank("dense").cast(pl.Int64) % 20)
    invoice = pl.format("{}{}-{}", pl.lit(f"{mark}{month:%y%m}"), "location_id", "dealer_id")
    books.write("sales", lines.select(
        day.alias("shipped_on"), "dealer_id", "sku", "qty", (pl.col("qty") * pl.col("price")).round(2).alias("net_value"),
        (pl.col("qty") * pl.col("cost")).round(2).alias("cost_value"), invoice.alias("invoice_id"),
        pl.int_range(1, pl.len() + 1).over("dealer_id", "location_id").cast(pl.String).alias("line_no"), "location_id", "sphere",
    ))  # fmt: skip


def _write_off(books: _Books, end: date, leaving: Mapping[str, date]) -> None:
    """At the end of its time what cannot be sold of a product is scrapped."""
    gone = [sku for sku, deadline in leaving.items() if deadline <= end]
    left = books.lots.filter(pl.col("item_id").is_in(gone), pl.col("on_hand_qty") != 0)
    books.write("adjustments", left.select(
        pl.lit(end).alias("adjusted_on"), "location_id", "item_id", (-pl.col("on_hand_qty")).alias("qty"), pl.lit("scrap").alias("kind"), "batch_id",
        (-pl.col("on_hand_qty") * pl.col("unit_cost")).round(2).alias("value"),
    ))  # fmt: skip
    books.lots = books.lots.filter(~pl.col("item_id").is_in(gone))
