"""Which positions are candidates for withdrawal, on what grounds, and what their withdrawal would do.

Candidate: the margin is under 5 % (strictly, not rounded), or the line declines, or nothing was sold. Recommended: a margin under 5 % and a decline or
class C. A novelty is protected until the first gate 11 months after it was launched. The committee decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from engine.assortment.windows import after

LOW_MARGIN, DECLINE, NO_SALES = "low_margin", "decline", "no_sales"
POSITION, LINE = ("sphere", "sku"), ("sphere", "product_group", "line_id")
_DUST = 1e-12


def protected_until(entered_on: date | None, months: int) -> date | None:
    """The first day on which a launched product may be withdrawn; None where nobody knows when it was launched."""
    return None if entered_on is None else after(entered_on, months)


def candidates(positions: pl.DataFrame, gate_on: date, margin_limit: float, protected_months: int) -> pl.DataFrame:
    """The positions with what speaks for their withdrawal at a gate.

    positions: sphere, sku, turnover, margin (of the review, money), stage, abc_class, entered_on. Adds margin_share (null without sales), is_low_margin,
    is_decline, is_unsold, protected_until, is_protected, is_candidate, is_recommended. turnover at or below zero counts as no sales.
    """
    is_sold = pl.col("turnover").fill_null(0.0) > 0
    protected = {day: protected_until(day, protected_months) for day in positions["entered_on"].unique()}
    until = pl.Series("protected_until", [protected[day] for day in positions["entered_on"]], dtype=pl.Date)
    found = positions.with_columns(
        pl.when(is_sold).then(pl.col("margin") / pl.col("turnover")).alias("margin_share"), (~is_sold).alias("is_unsold"), until
    ).with_columns(
        (pl.col("margin_share") < margin_limit - _DUST).fill_null(False).alias("is_low_margin"),
        (pl.col("stage") == "decline").fill_null(False).alias("is_decline"),
        (pl.col("protected_until") > gate_on).fill_null(False).alias("is_protected"),
    )  # fmt: skip
    speaks = pl.col("is_low_margin") | pl.col("is_decline") | pl.col("is_unsold")
    weighs = pl.col("is_low_margin") & (pl.col("is_decline") | (pl.col("abc_class") == "C").fill_null(False))
    return found.with_columns(
        (speaks & ~pl.col("is_protected")).alias("is_candidate"), (weighs & ~pl.col("is_protected")).alias("is_recommended")
    )  # fmt: skip


def lines_left(positions: pl.DataFrame, withdrawn: pl.DataFrame, least: int) -> pl.DataFrame:
    """How many products each line that loses some keeps: LINE, before, left, is_short (fewer than `least`, but some), is_gone (none)."""
    touched = positions.join(withdrawn.select(POSITION), on=POSITION, how="semi").select(LINE).unique()
    counted = positions.join(touched, on=LINE, how="semi").group_by(LINE).agg(pl.col("sku").n_unique().cast(pl.Int64).alias("before"))
    kept = positions.join(withdrawn.select(POSITION), on=POSITION, how="anti").group_by(LINE).agg(pl.col("sku").n_unique().cast(pl.Int64).alias("left"))
    found = counted.join(kept, on=LINE, how="left").with_columns(pl.col("left").fill_null(0))
    return found.with_columns(((pl.col("left") < least) & (pl.col("left") > 0)).alias("is_short"), (pl.col("left") == 0).alias("is_gone")).sort("left", *LINE)


def only_buyers(bought: pl.DataFrame, withdrawn: Sequence[str]) -> pl.DataFrame:
    """Dealers all of whose purchases were of what is withdrawn: dealer_id, turnover. bought: dealer_id, sku, turnover of the review.

    A dealer who sent back as much as they bought of the rest has bought it all the same: it is enough that they bought it.
    """
    taken = bought.filter(pl.col("turnover") > 0)
    summed = taken.group_by("dealer_id").agg(pl.col("turnover").sum(), pl.col("sku").is_in(list(withdrawn)).all().alias("is_only"))
    return summed.filter("is_only").select("dealer_id", "turnover").sort("turnover", "dealer_id", descending=[True, False])


def days_to_sell(stock: float, per_day: float | None) -> float | None:
    """How long a stock lasts; 0 without stock, unknown where nothing sells."""
    if stock <= 0:
        return 0.0
    return stock / per_day if per_day and per_day > 0 else None


@dataclass(frozen=True)
class Sister:
    """A product that stays and may take over. price: of a piece; is_same_line, is_same_group: beside which it stands."""

    sku: str
    price: float | None
    is_same_line: bool
    is_same_group: bool = True


def similarity(price: float | None, sister: Sister) -> float:
    """How alike a sister is, 0 to 1: of the same line 1, of the same group a half, times how near the prices are (unknown: a half)."""
    near = 0.5 if not price or not sister.price else max(0.0, 1 - abs(price - sister.price) / max(price, sister.price))
    return (1.0 if sister.is_same_line else 0.5 if sister.is_same_group else 0.0) * near


def caught_share(substitutable: float, price: float | None, sisters: Sequence[Sister]) -> float:
    """Share of the margin that sisters catch: what can be substituted × how alike the sisters are together (at most 1)."""
    return substitutable * min(1.0, sum(similarity(price, sister) for sister in sisters))


def margin_lost(margin: float, substitutable: Mapping[str, float], price: float | None, sisters: Sequence[Sister]) -> dict[str, float]:
    """Yearly margin that goes with a product, net of what sisters catch, as `low`, `base` and `high`; never one number. A loss-maker's loss ends whole:
    below zero = gained, and nothing of it is caught.

    substitutable: share that buyers would replace by a sister, as low, base and high; the more is replaced, the less is lost.
    """
    if margin <= 0:
        return dict.fromkeys(("low", "base", "high"), margin)
    caught = {name: caught_share(substitutable[name], price, sisters) for name in ("low", "base", "high")}
    return {"low": margin * (1 - caught["high"]), "base": margin * (1 - caught["base"]), "high": margin * (1 - caught["low"])}
