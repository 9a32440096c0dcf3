"""Contribution to margin: which part of the blended margin comes from which category or channel, and what it takes to raise it.

CTM of a part = its share of sales value × its gross margin; the parts' CTM add up to the blended margin. Everything is reckoned on unrounded
figures (the printed table of the course rounds first and its column then adds up to 23.4 instead of 23.3). Source: D3; reference §2.4.
"""

from dataclasses import dataclass

import polars as pl

from engine.messages import Message, message

BY_VOLUME = message("The shares are of quantities, not of sales value; the parts then do not add up to the margin that is earned.")
ALREADY = message("The margin is already there.")
NO_SALES = message("Nothing of it is sold.")
NOT_REACHABLE = message("Not reachable: its margin would have to be 100% of its sales or more.")


@dataclass(frozen=True)
class Needed:
    """What a part must become for a target. margin: its gross margin at unchanged shares; price_rise: the rise of its prices at unchanged cost and
    quantities, which moves the shares too. Each is None where there is no such thing; then `why` says so."""

    margin: float | None
    price_rise: float | None
    why: Message | None = None


def contributions(frame: pl.DataFrame, key: str, weight: str = "net_value") -> pl.DataFrame:
    """Share, margin and CTM of each part, the largest contribution first.

    frame: key, net_value, gross_profit (money), and `weight` where shares are not of value (then BY_VOLUME must be said). Rows of one key are summed.
    Returns key, net_value, gross_profit, share, margin_share, ctm, dilutes (its margin is below the blended one: growing it lowers the margin). Shares and
    CTM are unknown without sales.
    """
    sums = frame.group_by(key, maintain_order=True).agg(pl.col(name).sum() for name in dict.fromkeys(("net_value", "gross_profit", weight)))
    total = pl.col(weight).sum()
    margin = pl.when(pl.col("net_value") != 0).then(pl.col("gross_profit") / pl.col("net_value"))
    shared = sums.with_columns(pl.when(total > 0).then(pl.col(weight) / total).alias("share"), margin.alias("margin_share"))
    full = shared.with_columns((pl.col("share") * pl.col("margin_share")).alias("ctm"))
    rest = full.with_columns((pl.col("margin_share") < pl.col("ctm").sum()).alias("dilutes"))
    return rest.sort("ctm", key, descending=[True, False], nulls_last=True).select(key, "net_value", "gross_profit", "share", "margin_share", "ctm", "dilutes")


def blended(parts: pl.DataFrame) -> float | None:
    """The margin over all parts: Σ CTM; unknown without sales."""
    return float(parts["ctm"].sum()) if parts["ctm"].count() else None


def needed(parts: pl.DataFrame, key: str, name: str | None, target: float) -> Needed:
    """What one part must become so that the blended margin reaches `target` (a share), all others unchanged.

    parts: as of `contributions`. Margin = (target − Σ CTM of the others) ÷ share: not reachable from 100 % on. A rise of prices at unchanged cost:
    its new sales u solve (u − cost + others' profit) ÷ (u + others' sales) = target.
    """
    part = parts.filter(pl.col(key).eq_missing(name))
    if part.is_empty() or not part["share"][0]:
        return Needed(None, None, NO_SALES)
    others = parts.filter(~pl.col(key).eq_missing(name))
    margin = (target - float(others["ctm"].sum())) / float(part["share"][0])
    rise = _price_rise(part.row(0, named=True), others, target)
    if margin >= 1:
        return Needed(None, rise, NOT_REACHABLE)
    reached = margin <= float(part["margin_share"][0])
    return Needed(margin, None if reached else rise, ALREADY if reached else None)


def _price_rise(part: dict[str, float], others: pl.DataFrame, target: float) -> float | None:
    if target >= 1 or part["net_value"] <= 0:
        return None
    cost = part["net_value"] - part["gross_profit"]
    new_sales = (target * float(others["net_value"].sum()) + cost - float(others["gross_profit"].sum())) / (1 - target)
    return new_sales / part["net_value"] - 1
