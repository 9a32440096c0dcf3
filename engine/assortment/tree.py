"""The tree of the assortment in its approved versions: sphere, direction, product group, line, product. It changes for a stated reason only."""

from datetime import date

import polars as pl

from engine.messages import Message, message

REASONS = ("plan", "withdrawal", "launch")
"""Why a tree may change: the plan is corrected, something is withdrawn, something is launched."""
POSITION, LINE, GROUP = ("sphere", "sku"), ("sphere", "product_group", "line_id"), ("sphere", "product_group")
NO_REASON = message("The tree changes when the plan is corrected, or something is withdrawn or launched: say which of the three.")
NO_PLACE = message("A product stands in one group and one line: both have to be named.")
NO_DAY = message("Say from which day the change holds.")


def in_force(versions: pl.DataFrame, day: date) -> pl.DataFrame:
    """Where each product stands on a day: one row a position, of its versions the newest that has begun.

    versions: sku, sphere, valid_from (null = always was so), product_group, line_id, direction, reason and whatever else; a position that only begins
    later stands nowhere yet.
    """
    begun = versions.filter(pl.col("valid_from").is_null() | (pl.col("valid_from") <= day))
    return begun.sort("valid_from", nulls_last=False, maintain_order=True).unique(POSITION, keep="last", maintain_order=True).sort(*POSITION)


def changed(versions: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Positions that stood elsewhere (or nowhere) before: those whose version began between two days, with `group_before` and `line_before`.

    A version that repeats what held before (the plan of a new year) is no change. Ordered by day.
    """
    ordered = versions.sort("valid_from", nulls_last=False, maintain_order=True)
    before = ordered.with_columns(
        pl.col("product_group").shift(1).over(POSITION).alias("group_before"), pl.col("line_id").shift(1).over(POSITION).alias("line_before")
    )
    moved = pl.col("product_group").ne_missing(pl.col("group_before")) | pl.col("line_id").ne_missing(pl.col("line_before"))
    return before.filter(pl.col("valid_from").is_between(first, last), moved).sort("valid_from", *POSITION)


def why_refused(valid_from: date | None, product_group: str | None, line_id: str | None, reason: str | None) -> Message | None:
    """What a change of the tree lacks (S02); None where it may be made."""
    if valid_from is None:
        return NO_DAY
    if not product_group or not line_id:
        return NO_PLACE
    return None if reason in REASONS else NO_REASON


def short_lines(tree: pl.DataFrame, least: int) -> pl.DataFrame:
    """Lines with fewer products than a line should have: sphere, product_group, line_id, products. A launch of such a line is refused, an old one warned."""
    counted = tree.group_by(LINE, maintain_order=True).agg(pl.col("sku").n_unique().cast(pl.Int64).alias("products"))
    return counted.filter(pl.col("products") < least).sort("products", *LINE)
