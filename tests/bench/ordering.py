"""A million rows of suggested orders: objective, position, order in packs, status, and what can be given of it."""

import numpy as np
import polars as pl

from engine import replenishment
from tests.bench.measures import processor_seconds, seconds
from tests.bench.table import Line

PLACES = 100


def supplied(rows: int) -> pl.DataFrame:
    """So many positions of a hundred places with all that an order is reckoned from."""
    chance = np.random.default_rng(11)
    number = np.arange(rows)
    return pl.DataFrame(
        {
            "location_id": (number % PLACES).astype(str), "sku": (number // PLACES).astype(np.int32),
            "on_hand_qty": chance.integers(-2, 300, rows).astype(float), "in_transit_qty": chance.integers(0, 40, rows).astype(float),
            "committed_qty": chance.integers(0, 9, rows).astype(float), "sold_qty": chance.integers(0, 400, rows).astype(float),
            "days": np.full(rows, 65.0), "covered_days": np.full(rows, 65.0), "in_stock_days": chance.integers(20, 66, rows).astype(float),
            "interval_days": np.full(rows, 7.0), "lead_days": chance.integers(1, 9, rows).astype(float), "safety_share": np.full(rows, 0.5),
            "adjustment": np.full(rows, 1.0), "pack_qty": chance.choice([1.0, 6.0, 12.0], rows), "min_order_qty": np.full(rows, 6.0),
            "unit_cost": chance.integers(5, 90, rows).astype(float), "unit_price": chance.integers(9, 150, rows).astype(float),
        }
    )  # fmt: skip


def suggested(rows: int, times: int = 3) -> list[Line]:
    """From positions to suggested orders, as the page of the orders reckons them."""
    frame = supplied(rows)

    def act() -> None:
        replenishment.positions(frame, most_out_share=0.8, transit_share=0.5, excess_times=1.5)

    taken, worked = seconds(act, times), processor_seconds(act)
    return [Line("suggested orders", taken, "s", 1, None, f"{rows / 1e6:g} M positions; {worked:.2f} s of processor time")]
