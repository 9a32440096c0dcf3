"""How orders were served: on time and in full, and what still waits."""

from dataclasses import dataclass

import polars as pl

_DUST = 1e-6


@dataclass(frozen=True)
class Served:
    """Order lines that were due: due (how many), in_full (left us complete by their day), untold (shipped, but nobody knows when)."""

    due: int
    in_full: int
    untold: int
    is_traced: bool

    @property
    def share(self) -> float | None:
        """Complete and on time ÷ due, of the lines of which it is known; None where none was due, or no shipment can be traced to an order."""
        known = self.due - self.untold
        return self.in_full / known if self.is_traced and known > 0 else None


def served(lines: pl.DataFrame) -> Served:
    """lines: line_count, asked_qty (ordered for this day or an earlier one), in_time_qty (shipped until it), told_qty (shipped so far, as the order
    tells), is_traced (a shipment bears the order's number). A line of which something was shipped, but nothing under its number, is untold.

    Source: on time and in full = complete and on time ÷ due.
    """
    count, is_full = pl.col("line_count"), pl.col("in_time_qty") >= pl.col("asked_qty") - _DUST
    is_untold = ~is_full & ~pl.col("is_traced") & (pl.col("told_qty") > _DUST)
    sums = lines.select(
        count.sum().alias("due"), count.filter(is_full).sum().alias("in_full"), count.filter(is_untold).sum().alias("untold"),
        pl.col("is_traced").any().alias("is_traced"),
    ).row(0)  # fmt: skip
    return Served(int(sums[0] or 0), int(sums[1] or 0), int(sums[2] or 0), bool(sums[3]))


@dataclass(frozen=True)
class Backlog:
    """What was ordered and not yet shipped, in money. overdue: of it, what should have left already; unpriced: lines of which no value is known."""

    value: float
    overdue: float
    unpriced: int

    def days(self, shipped_value: float, days: float) -> float | None:
        """How many days of shipping wait: backlog ÷ what is shipped a day; None where nothing is."""
        return self.value / (shipped_value / days) if shipped_value > 0 and days > 0 else None

    @property
    def overdue_share(self) -> float | None:
        """Past its day, of all that waits; None where nothing does."""
        return self.overdue / self.value if self.value > 0 else None


def backlog(lines: pl.DataFrame) -> Backlog:
    """lines: qty, due_qty (of it, due), shipped_qty, unit_value (null = unknown). What was shipped is taken for what was due first."""
    left = lines.with_columns(
        (pl.col("qty") - pl.col("shipped_qty")).clip(lower_bound=0.0).alias("_open"),
        (pl.col("due_qty") - pl.col("shipped_qty")).clip(lower_bound=0.0).alias("_late"),
    )
    sums = left.select(
        (pl.col("_open") * pl.col("unit_value")).sum(), (pl.col("_late") * pl.col("unit_value")).sum(),
        pl.col("unit_value").is_null().filter(pl.col("_open") > _DUST).sum(),
    ).row(0)  # fmt: skip
    return Backlog(float(sums[0] or 0.0), float(sums[1] or 0.0), int(sums[2] or 0))
