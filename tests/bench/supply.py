"""Suggested orders by the million, and safety stocks beside the times of the libraries that reckon the same."""

import numpy as np
import polars as pl

from engine import replenishment, safety_stock
from tests.bench.measures import seconds
from tests.bench.table import Line

INVENTORIZE = {"fill_rate": 20.0, "reorder": 0.97}
"""Seconds that inventorize 1.2.6 takes for 10,000 items on a machine with two cores: its solver is a loop over single items."""


def suggested_orders(rows: int, times: int = 3) -> list[Line]:
    """Everything about so many positions, shared out where there is not enough and cut to the credit of 60 dealers."""
    chance = np.random.default_rng(1)
    frame = pl.DataFrame(
        {
            "sku": np.arange(rows) // 60, "place": np.arange(rows) % 60, "on_hand_qty": chance.integers(0, 60, rows).astype(float),
            "in_transit_qty": chance.integers(0, 12, rows).astype(float), "committed_qty": chance.integers(0, 4, rows).astype(float),
            "sold_qty": chance.integers(0, 200, rows).astype(float), "days": np.full(rows, 66.0), "covered_days": np.full(rows, 66.0),
            "in_stock_days": chance.integers(30, 67, rows).astype(float), "interval_days": np.full(rows, 5.0), "lead_days": np.full(rows, 3.0),
            "safety_share": np.full(rows, 0.3), "adjustment": np.ones(rows), "pack_qty": chance.integers(1, 13, rows).astype(float),
            "min_order_qty": np.zeros(rows), "unit_cost": chance.uniform(5, 90, rows), "unit_price": chance.uniform(9, 150, rows),
        }
    )  # fmt: skip

    def act() -> None:
        replenishment.positions(frame, most_out_share=0.75, transit_share=0.5, excess_times=2.0)

    taken = seconds(act, times)
    return [Line("suggested orders with status, days and money", taken, "s", 1.0 * max(rows / 1e6, 0.2), None, f"{rows:,} positions")]


def safety(items: int = 10_000, times: int = 5) -> list[Line]:
    """Fill-rate factors and reorder points of so many items at once."""
    chance = np.random.default_rng(2)
    mean, deviation, order = chance.uniform(10, 900, items), chance.uniform(1, 300, items), chance.uniform(50, 2000, items)
    fill = seconds(lambda: safety_stock.by_fill_rate(0.98, mean, deviation, order), times)
    reorder = seconds(lambda: safety_stock.by_cycle_service(0.95, mean, safety_stock.lead_time_deviation(mean, deviation, 6.0, 2.0)), times)
    return [
        Line("safety stock by fill rate ÷ inventorize", fill / INVENTORIZE["fill_rate"], "×", 0.05, 0.005, f"{items} items in {1000 * fill:.0f} ms"),
        Line("reorder points ÷ inventorize", reorder / INVENTORIZE["reorder"], "×", 0.05, 0.01, f"{items} items in {1000 * reorder:.1f} ms"),
    ]
