"""First in, first out: which receipts lie in stock still. A move between our places carries the day of the first receipt along.

The counted quantity decides: each place holds the newest of what came to it, as far as the count reaches. So what left beyond the
records was the oldest, and what the count holds beyond the records was there before them: its age is unknown. Nothing is ever dated by
the day on which the records begin. Source: I5; the reference's golden vector of two sites and its rules for opening balances and counts.

How it works: at each place everything that came in is laid end to end, from 0 pieces on, the first first; what left is laid along the
same line. A move is then a stretch of that line, and what it brings to the other place is found by looking at the stretch it was cut
from. Only what lies there at the end is traced back in this way.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

KINDS = ("in", "move", "out", "count")
"""Of one day, receipts come first, then moves, then what leaves."""
SCHEMA: dict[str, pl.DataType] = {"item_id": pl.String(), "location_id": pl.String(), "received_on": pl.Date(), "qty": pl.Float64()}
UNKNOWN_DAY = -(2**31)
_DUST = 1e-6

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def layers(movements: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """What lies in stock by the day of its first receipt into the company.

    movements: item_id, location_id, to_location_id, moved_on, kind, qty. kind: `in` a receipt; `out` what left (below zero where it came
      back: it is what was taken last, with its age); `move` from location_id to to_location_id; `count` a difference found by a count: a
      gain is new stock of that day only as far as no earlier count was short.
    counted: item_id, location_id, counted_on, qty: the books, one row each; only quantities above zero count. What moved after counted_on
      does not count there.
    Gives item_id, location_id, received_on (null = unknown age), qty, the oldest first; the sums equal the counted quantities.
    """
    held = counted.filter(pl.col("qty") > _DUST)
    if held.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    mine = movements.join(held.select("item_id").unique(), on="item_id", how="semi")
    line = _Line(mine, held)
    origin, day, qty = line.traced()
    index = pl.Series(origin, dtype=pl.UInt32)
    found = pl.DataFrame(
        {
            "item_id": held["item_id"].gather(index), "location_id": held["location_id"].gather(index),
            "received_on": pl.Series(day).replace(UNKNOWN_DAY, None).cast(pl.Int32).cast(pl.Date), "qty": qty,
        }
    )  # fmt: skip
    summed = found.group_by("item_id", "location_id", "received_on").agg(pl.col("qty").sum()).filter(pl.col("qty") > _DUST)
    return summed.cast(SCHEMA).sort("item_id", "location_id", "received_on", nulls_last=False)  # type: ignore[arg-type]


def gains(counts: pl.DataFrame) -> pl.DataFrame:
    """Count differences (item_id, location_id, moved_on, qty) as receipts: a gain only where it goes beyond what earlier counts lost."""
    over = ["item_id", "location_id"]
    ordered = counts.sort("moved_on", maintain_order=True)
    highest = pl.max_horizontal(pl.col("qty").cum_sum().over(over).cum_max().over(over), pl.lit(0.0))
    high = ordered.with_columns(highest.alias("_high"))
    gained = high.with_columns((pl.col("_high") - pl.col("_high").shift(1, fill_value=0.0).over(over)).alias("qty"))
    return gained.filter(pl.col("qty") > _DUST).drop("_high")


class _Line:
    """All places end to end: everything that came in, in order of place and time, as stretches of one line of pieces.

    ends: where each stretch ends. day: of its receipt, UNKNOWN_DAY for what was there before. cut: the place on the line from which a
    move's stretch was cut, -1 for what was received. first, last: the stretch of each held position that lies there at the end.
    """

    def __init__(self, movements: pl.DataFrame, held: pl.DataFrame) -> None:
        places = _places(held, movements)
        events, positions = _events(movements, places), places.height
        place: Ints = events["place"].to_numpy()
        change: Floats = events["change"].to_numpy()
        target = np.zeros(positions)
        own: Ints = held.join(places, on=["item_id", "location_id"], how="left", maintain_order="left")["place"].to_numpy().astype(np.int64)
        target[own] = held["qty"].to_numpy()
        opening = _opening(place, change, target)
        comes_in = events["is_in"].to_numpy()
        pieces, of_place = np.where(comes_in, change, 0.0), np.bincount(place[comes_in], weights=change[comes_in], minlength=positions)
        total = opening + of_place
        base = np.concatenate([[0.0], np.cumsum(total)])[:-1]
        # What left a place until each of its events, along its stretch of the line; returns go back along it.
        gone = np.cumsum(np.where(comes_in, 0.0, -change))
        starts = np.searchsorted(place, np.arange(positions), side="left")
        before = np.concatenate([[0.0], gone])
        gone_here = gone - before[starts][place]
        move: Ints = events["move"].to_numpy()
        cut = np.full(int(move.max(initial=-1)) + 2, -1.0)
        leaving = ~comes_in & (move >= 0)
        cut[move[leaving]] = (base[place] + gone_here + change)[leaving]
        day = np.where(move[comes_in] >= 0, UNKNOWN_DAY, events["day"].to_numpy()[comes_in])
        opened = np.flatnonzero(opening > 0)
        order = np.argsort(np.concatenate([opened, place[comes_in]]), kind="stable")
        self.ends: Floats = np.cumsum(np.concatenate([opening[opened], pieces[comes_in]])[order])
        self.day: Ints = np.concatenate([np.full(opened.size, UNKNOWN_DAY), day])[order]
        self.cut: Floats = np.concatenate([np.full(opened.size, -1.0), np.where(move[comes_in] >= 0, cut[move[comes_in]], -1.0)])[order]
        self.last: Floats = (base + total)[own]
        self.first: Floats = self.last - target[own]

    def traced(self) -> tuple[Ints, Ints, Floats]:
        """What lies there at the end: (number of the held position, day of receipt, pieces), followed back over every move."""
        origin, low, high = np.arange(self.first.size), self.first, self.last
        done: list[tuple[Ints, Ints, Floats]] = []
        begins = np.concatenate([[0.0], self.ends[:-1]])
        while origin.size:
            one = np.minimum(np.searchsorted(self.ends, low + _DUST, side="right"), self.ends.size - 1)
            two = np.maximum(np.minimum(np.searchsorted(self.ends, high - _DUST, side="left"), self.ends.size - 1), one)
            many = two - one + 1
            row = np.repeat(np.arange(origin.size), many)
            stretch = np.arange(row.size) - np.repeat(np.cumsum(many) - many, many) + one[row]
            start, end = np.maximum(low[row], begins[stretch]), np.minimum(high[row], self.ends[stretch])
            real = end - start > _DUST
            row, stretch, start, end = row[real], stretch[real], start[real], end[real]
            settled = self.cut[stretch] < 0
            done.append((origin[row][settled], self.day[stretch][settled], (end - start)[settled]))
            moved = ~settled
            shift = (self.cut[stretch] - begins[stretch])[moved]
            origin, low, high = origin[row][moved], start[moved] + shift, end[moved] + shift
        empty = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
        first, second, third = zip(empty, *done, strict=True)
        return np.concatenate(first), np.concatenate(second), np.concatenate(third)


def _places(held: pl.DataFrame, movements: pl.DataFrame) -> pl.DataFrame:
    """Every item at every place that is held or moved: item_id, location_id, place (its number), until (its count, null where not held)."""
    keys = ["item_id", "location_id"]
    reached = movements.filter(pl.col("kind") == "move").select("item_id", pl.col("to_location_id").alias("location_id"))
    known = pl.concat([held.select(keys), movements.select(keys), reached]).unique(maintain_order=True).with_row_index("place")
    return known.join(held.group_by(keys).agg(pl.col("counted_on").max().alias("until")), on=keys, how="left", maintain_order="left")


def _events(movements: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Both ends of every movement up to the count of its place, in order: place, day, change (below zero: left), is_in, move (its number, else -1)."""
    keys = ["item_id", "location_id"]
    found = gains(movements.filter(pl.col("kind") == "count").select("item_id", "location_id", "moved_on", "qty"))
    moves = movements.filter(pl.col("kind") == "move").with_row_index("move").with_columns(pl.col("move").cast(pl.Int64))
    none, no_move = pl.lit(False), pl.lit(-1, dtype=pl.Int64)
    qty = pl.col("qty").cast(pl.Float64)
    shape = (pl.col("moved_on"), qty.alias("change"), pl.lit(True).alias("is_in"))
    parts = [
        movements.filter(pl.col("kind") == "in").select(*keys, *shape, no_move.alias("move"), pl.lit(0).alias("order")),
        found.select(*keys, *shape, no_move.alias("move"), pl.lit(0).alias("order")),
        moves.select(*keys, "moved_on", (-qty).alias("change"), none.alias("is_in"), "move", pl.lit(1).alias("order")),
        moves.select("item_id", pl.col("to_location_id").alias("location_id"), *shape, "move", pl.lit(1).alias("order")),
        movements.filter(pl.col("kind") == "out").select(
            *keys, "moved_on", (-qty).alias("change"), none.alias("is_in"), no_move.alias("move"), pl.lit(2).alias("order")
        ),
    ]
    every = pl.concat(parts).join(places, on=keys, how="inner").filter(pl.col("until").is_null() | (pl.col("moved_on") <= pl.col("until")))
    return every.select("place", pl.col("moved_on").to_physical().cast(pl.Int64).alias("day"), "change", "is_in", "move", "order").sort(
        "place", "day", "order", "move"
    )


def _opening(place: Ints, change: Floats, target: Floats) -> Floats:
    """What was there before the records: what the count holds beyond the movements, and no less than ever lacked until then."""
    running = np.cumsum(change)
    starts = np.searchsorted(place, np.arange(target.size), side="left")
    running = running - np.concatenate([[0.0], running])[starts][place]
    lacked = np.zeros(target.size)
    np.minimum.at(lacked, place, running)
    net = np.bincount(place, weights=change, minlength=target.size)
    opening: Floats = np.maximum(np.maximum(target - net, -lacked), 0.0)
    return np.where(opening > _DUST, opening, 0.0)
