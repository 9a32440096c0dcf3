"""ABC: which few items make most of a sum. One rule drives (by value, with the share before the item); the others stand beside it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
CLASSES = ("A", "B", "C")
COUNT_LIMITS, SUM_LIMITS = (0.20, 0.36), (1.00, 1.32)
"""Of the rule by count: A 20 % of the items, B the next 16 %. Of the method of sums: share of the sum plus share of the items."""
RULES = {"value": "abc_class", "limit": "abc_by_limit", "count": "abc_by_count", "sum": "abc_by_sum"}
"""Rule -> the column that holds its classes."""
_WORKED = ("_worth", "_upto", "_larger", "_sum", "_number", "_many")
_DUST = 1e-9
"""A share that passes a limit by less than this through the rounding of floating point has not passed it."""


def _ranked(frame: pl.DataFrame, value: str, keys: Sequence[str]) -> pl.DataFrame:
    """The frame, the largest first, with `_worth` (nothing below 0), `_upto` (with the item), `_larger` (of all that is larger), `_sum`, `_number` (its
    place among its own kind, from 1) and `_many`."""
    worth = frame.select(pl.col(value).cast(pl.Float64).fill_null(0.0).fill_nan(0.0).clip(lower_bound=0.0)).to_series().to_numpy()
    order = np.argsort(-worth, kind="stable")
    ranked = frame[order] if frame.height else frame
    return ranked.with_columns(pl.Series(name, values) for name, values in _summed(worth[order], _kinds(frame, keys)[order]).items())


def _kinds(frame: pl.DataFrame, keys: Sequence[str]) -> Places:
    """For each row the number of its kind: the place of the first row that has the same keys."""
    if not keys:
        return np.zeros(frame.height, dtype=np.int64)
    return frame.select(keys).with_row_index("_row").select(pl.col("_row").cast(pl.Int64).min().over(*keys)).to_series().to_numpy()


def _summed(worth: Numbers, kinds: Places) -> dict[str, Numbers | Places]:
    """What `_ranked` adds to rows that are ranked already. Kind by kind, because a sum that ran on from one to the next would carry its rounding along."""
    together = np.argsort(kinds, kind="stable")
    mine, kind = worth[together], kinds[together]
    is_start = np.append(True, kind[1:] != kind[:-1])[: len(kind)]
    starts = np.flatnonzero(is_start)
    lengths = np.diff(np.append(starts, len(kind)))
    upto = np.empty_like(mine)
    for first, many in zip(starts.tolist(), lengths.tolist(), strict=True):
        np.cumsum(mine[first : first + many], out=upto[first : first + many])
    is_new = is_start | np.append(True, mine[1:] != mine[:-1])[: len(mine)]
    place = np.arange(len(mine))
    first_alike = np.maximum.accumulate(np.where(is_new, place, 0))
    found: dict[str, Numbers | Places] = {
        "_worth": mine, "_upto": upto, "_larger": (upto - mine)[first_alike], "_sum": np.repeat(upto[starts + lengths - 1], lengths),
        "_number": place - np.repeat(starts, lengths) + 1, "_many": np.repeat(lengths, lengths),
    }  # fmt: skip
    back = np.empty_like(together)
    back[together] = place
    return {name: values[back] for name, values in found.items()}


def _shares(ranked: pl.DataFrame) -> pl.DataFrame:
    """`share`, `before_share`: unknown where the sum is zero."""
    has_sum = pl.col("_sum") > 0
    return ranked.with_columns(
        pl.when(has_sum).then(pl.col("_worth") / pl.col("_sum")).alias("share"),
        pl.when(has_sum).then(pl.col("_larger") / pl.col("_sum")).alias("before_share"),
    )


def _lettered(measured: pl.Expr, limits: tuple[float, float], *, within_limit: bool) -> pl.Expr:
    """A below the first limit, B below the second, else C. within_limit: what stands on a limit still belongs to the class above it."""
    upper, lower = (limit + _DUST if within_limit else limit - _DUST for limit in limits)
    below = (measured <= upper, measured <= lower) if within_limit else (measured < upper, measured < lower)
    counts = (pl.col("_sum") > 0) & (pl.col("_worth") > 0)
    return pl.when(counts & below[0]).then(pl.lit("A")).when(counts & below[1]).then(pl.lit("B")).otherwise(pl.lit("C"))


def classed(frame: pl.DataFrame, value: str, *within: str, limits: tuple[float, float]) -> pl.DataFrame:
    """The frame with `share` (of the sum of its group), `before_share` (of all that is larger) and `abc_class`.

    value:  column by which items are ranked, in any unit; zero, below zero and unknown count as none and are C.
    within: columns that part the frame; items are ranked among their own kind only.
    limits: A while what is larger makes less than the first share of the sum, B less than the second, else C. Because the share is
            taken before the item, the largest item is always A; items of the same value are in the same class.
    Where a group's sum is zero everything in it is C and the shares are unknown. Source: rule by value of A2 (80 / 96).
    """
    letter = _lettered(pl.col("before_share"), limits, within_limit=False)
    return _shares(_ranked(frame, value, within)).with_columns(letter.alias("abc_class")).drop(_WORKED)


def side_by_side(
    frame: pl.DataFrame,
    value: str,
    *within: str,
    limits: tuple[float, float],
    counts: tuple[float, float] = COUNT_LIMITS,
    sums: tuple[float, float] = SUM_LIMITS,
) -> pl.DataFrame:
    """What `classed` gives, with the classes of the other rules beside it (RULES): `abc_by_limit`, `abc_by_count`, `abc_by_sum`.

    By limit: the share with the item may not pass a limit, so that one large item may leave A empty. By count: the first 20 % of the items, rounded half
    up, then 16 %. By the method of sums: share of the sum so far plus share of the items so far. Items of one value follow each other as they stood.
    What is worth nothing is C by every rule; without any worth the other rules say nothing (null).
    """
    shares = _shares(_ranked(frame, value, within)).with_columns((pl.col("_upto") / pl.col("_sum")).alias("_with"))
    first, second = ((pl.col("_many") * limit + 0.5 + _DUST).floor() for limit in counts)
    is_worth = pl.col("_worth") > 0
    counted = pl.when(is_worth & (pl.col("_number") <= first)).then(pl.lit("A")).when(is_worth & (pl.col("_number") <= second)).then(pl.lit("B"))
    summed = pl.col("_with") + pl.col("_number") / pl.col("_many")
    said = pl.col("_sum") > 0
    return shares.with_columns(
        _lettered(pl.col("before_share"), limits, within_limit=False).alias("abc_class"),
        pl.when(said).then(_lettered(pl.col("_with"), limits, within_limit=True)).alias("abc_by_limit"),
        pl.when(said).then(counted.otherwise(pl.lit("C"))).alias("abc_by_count"),
        pl.when(said).then(_lettered(summed, sums, within_limit=True)).alias("abc_by_sum"),
    ).drop(*_WORKED, "_with")
