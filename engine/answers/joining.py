"""Frames of facts put together: one row for each period, item and party, with what is the same for a whole period."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers.flows import ITEM
from engine.answers.picking import ITEM_KEYS
from engine.answers.source import Source
from engine.kpis import BUCKET_DAYS

PERIOD = "period"
GATES_OF_PLACES = ("stock_known", "positions_known")


@dataclass(frozen=True)
class Shared:
    """keys: what the rows are grouped by, months apart. inputs: columns that must be there, be it empty. constants: for each period
    what is the same for all of its rows. gates: columns that say where no row means none."""

    source: Source
    keys: tuple[str, ...]
    by_month: bool
    inputs: Sequence[str]
    constants: Sequence[dict[str, object]]
    gates: set[str]


def joined(frames: Sequence[pl.DataFrame], shared: Shared) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """All facts in one frame, and the keys of which no two of its rows are alike (empty where that is not promised)."""
    if set(shared.keys) <= set(ITEM_KEYS):
        of_items = bool(shared.keys)
        frame = _aligned(frames, shared, of_items)
        grain = (*(("sku",) if of_items else ()), *(("month",) if shared.by_month else ())) if of_items else ()
        return _keyed(_constant(frame, shared), shared), grain
    return _keyed(_constant(_below_each_other(frames, shared), shared), shared), ()


def _aligned(frames: Sequence[pl.DataFrame], shared: Shared, of_items: bool) -> pl.DataFrame:
    """Items × periods, each row found by its number: sums without any grouping. Ordered by item, then period."""
    periods, items = len(shared.constants), shared.source.items.height + 1 if of_items else 1
    size = periods * items
    present = np.zeros(size, dtype=bool) if of_items else np.ones(size, dtype=bool)
    columns: dict[str, npt.NDArray[np.float64]] = {}
    for frame in frames:
        at = frame[PERIOD].cast(pl.Int64).to_numpy().copy()
        if of_items:
            at += frame[ITEM].cast(pl.Int64).fill_null(items - 1).to_numpy() * periods
        present[at] = True
        for name in frame.columns:
            if name not in (PERIOD, ITEM):
                columns[name] = _laid_out(frame[name], at, size, columns.get(name))
    rows = np.nonzero(present)[0]
    data: dict[str, Any] = {PERIOD: (rows % periods if periods else rows).astype(np.int32)}
    if of_items:
        numbers = rows // periods if periods else rows
        data[ITEM] = pl.Series(np.where(numbers < items - 1, numbers, -1)).replace(-1, None).cast(pl.UInt32)
    data |= {name: pl.Series(values[rows]).fill_nan(None) for name, values in columns.items()}
    empty = {name: pl.lit(None, dtype=pl.Float64) for name in shared.inputs if name not in columns}
    return pl.DataFrame(data).with_columns(**empty)


def _laid_out(column: pl.Series, at: npt.NDArray[np.int64], size: int, before: npt.NDArray[np.float64] | None) -> npt.NDArray[np.float64]:
    """The sums of a column by place; not a number where no row has a value. Lengths of buckets are the same for all, so not summed."""
    known = column.is_not_null().to_numpy()
    places, values = at[known], column.cast(pl.Float64).drop_nulls().to_numpy()
    if column.name.startswith(BUCKET_DAYS):
        sums = np.full(size, np.nan)
        sums[places] = values
    else:
        sums = np.bincount(places, weights=values, minlength=size).astype(float)
        sums[np.bincount(places, minlength=size) == 0] = np.nan
    return sums if before is None else np.where(np.isnan(before), sums, np.where(np.isnan(sums), before, before + sums))


def _below_each_other(frames: Sequence[pl.DataFrame], shared: Shared) -> pl.DataFrame:
    empty = pl.DataFrame(schema={PERIOD: pl.Int32})
    together = pl.concat([*frames, empty], how="diagonal_relaxed")
    parties = [key for key in shared.keys if key not in ITEM_KEYS and key not in together.columns]
    numbers = [pl.lit(None, dtype=pl.UInt32).alias(ITEM)] if ITEM not in together.columns else []
    given = {*together.columns, *(shared.constants[0] if shared.constants else ())}
    gates = [gate for gate in GATES_OF_PLACES if gate in shared.gates and gate not in given]
    return together.with_columns(
        *numbers,
        *(pl.lit(None, dtype=pl.String).alias(key) for key in parties),
        *(pl.lit(None, dtype=pl.Float64).alias(name) for name in shared.inputs if name not in together.columns),
        *(pl.lit(None, dtype=pl.Int32).alias(gate) for gate in gates),
    )


def _constant(frame: pl.DataFrame, shared: Shared) -> pl.DataFrame:
    """With what is the same for a whole period, each found by the period's number."""
    if not shared.constants:
        return frame.with_columns(pl.lit(None, dtype=pl.Date).alias("month"))
    constants = pl.DataFrame(list(shared.constants), infer_schema_length=None)
    names = [name for name in constants.columns if name not in frame.columns]
    return frame.with_columns(constants[name].gather(frame[PERIOD].cast(pl.UInt32)).alias(name) for name in names)


def _keyed(frame: pl.DataFrame, shared: Shared) -> pl.DataFrame:
    """With the item's code and whatever of its keys is asked for."""
    asked = [key for key in ITEM_KEYS if key in shared.keys]
    if not asked or ITEM not in frame.columns:
        return frame
    return frame.with_columns(shared.source.of_items(frame[ITEM], "item_id" if key == "sku" else key).alias(key) for key in asked)
