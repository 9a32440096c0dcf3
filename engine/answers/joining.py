"""Frames of facts put together: one row for each period, item and party, with what is the same for a whole period."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from engine.answers.flows import ITEM
from engine.answers.picking import ITEM_KEYS
from engine.answers.source import Source

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


def joined(frames: Sequence[pl.DataFrame], shared: Shared) -> pl.DataFrame:
    """Frames of facts below each other, with what is the same for a whole period and the keys of the items."""
    return keyed(constant(_below_each_other(frames, shared), shared), shared)


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


def constant(frame: pl.DataFrame, shared: Shared) -> pl.DataFrame:
    """With what is the same for a whole period, each found by the period's number."""
    if not shared.constants:
        return frame.with_columns(pl.lit(None, dtype=pl.Date).alias("month"))
    constants = pl.DataFrame(list(shared.constants), infer_schema_length=None)
    names = [name for name in constants.columns if name not in frame.columns]
    return frame.with_columns(constants[name].gather(frame[PERIOD].cast(pl.UInt32)).alias(name) for name in names)


def keyed(frame: pl.DataFrame, shared: Shared) -> pl.DataFrame:
    """With the item's code and whatever of its keys is asked for."""
    asked = [key for key in ITEM_KEYS if key in shared.keys]
    if not asked or ITEM not in frame.columns:
        return frame
    return frame.with_columns(shared.source.of_items(frame[ITEM], "item_id" if key == "sku" else key).alias(key) for key in asked)
