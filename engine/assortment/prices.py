"""The map of prices: the range of each line at base price and at the largest discount, which ranges overlap, who may stand in for whom, where gaps are."""

from collections.abc import Sequence
from itertools import combinations

import polars as pl

from engine.messages import Message, message

LINE = ("sphere", "product_group", "line_id")
SEGMENTS: dict[str, Message] = {"economy": message("economy"), "middle": message("middle"), "premium": message("premium")}
NO_PRICE = message("No product of this line has a price.")
ABOVE_BASE = message("The price at the largest discount is above the base price; it is left out.")
_PAIRS: dict[str, type[pl.DataType]] = {
    "sphere": pl.String, "product_group": pl.String, "line_id": pl.String, "other_line_id": pl.String, "overlap_share": pl.Float64,
    "overlap_discount_share": pl.Float64, "growth": pl.Float64, "other_growth": pl.Float64, "is_suspect": pl.Boolean,
}  # fmt: skip


def price_map(prices: pl.DataFrame) -> pl.DataFrame:
    """One row a line: sphere, product_group, line_id, products, priced, price_low, price_median, price_high, and the same at the largest discount
    (discount_low, discount_median, discount_high), prices_why (Message as JSON).

    prices: one row a position with sphere, product_group, line_id, base_price, best_discount_price (null = not told). A price that is not above zero is
    none; a discounted price above the base price is left out and told.
    """
    base = pl.when(pl.col("base_price") > 0).then(pl.col("base_price"))
    best = pl.when((pl.col("best_discount_price") > 0) & (pl.col("best_discount_price") <= base)).then(pl.col("best_discount_price"))
    wrong = (pl.col("best_discount_price") > base).fill_null(False)
    sums = prices.with_columns(base.alias("_base"), best.alias("_best"), wrong.alias("_wrong")).group_by(LINE, maintain_order=True)
    found = sums.agg(
        pl.len().cast(pl.Int64).alias("products"), pl.col("_base").count().cast(pl.Int64).alias("priced"),
        pl.col("_base").min().alias("price_low"), pl.col("_base").median().alias("price_median"), pl.col("_base").max().alias("price_high"),
        pl.col("_best").min().alias("discount_low"), pl.col("_best").median().alias("discount_median"), pl.col("_best").max().alias("discount_high"),
        pl.col("_wrong").any().alias("_wrong"),
    )  # fmt: skip
    why = pl.when(pl.col("priced") == 0).then(pl.lit(NO_PRICE.to_json())).when(pl.col("_wrong")).then(pl.lit(ABOVE_BASE.to_json()))
    return found.with_columns(why.alias("prices_why")).drop("_wrong").sort(*LINE)


def overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How much of the shorter of two ranges lies within the other; a range of one price lies within or does not."""
    shorter = min(one[1] - one[0], other[1] - other[0])
    common = min(one[1], other[1]) - max(one[0], other[0])
    if shorter <= 0:
        return 1.0 if common >= 0 else 0.0
    return max(common, 0.0) / shorter


def pairs(lines: pl.DataFrame, limit: float) -> pl.DataFrame:
    """Lines of one group whose base prices overlap at all, the most overlapping first: sphere, product_group, line_id, other_line_id, overlap_share,
    overlap_discount_share, growth, other_growth, is_suspect.

    lines: what `price_map` gives, with `growth`. Suspects of substitution overlap by more than `limit` and grow in opposite directions: what the one
    gains the other may lose. A group stands for one kind of buyer.
    """
    rows: list[tuple[object, ...]] = []
    priced = lines.filter(pl.col("price_low").is_not_null())
    for (sphere, group), mine in priced.group_by(["sphere", "product_group"], maintain_order=True):
        for one, other in combinations(mine.iter_rows(named=True), 2):
            base = overlap((one["price_low"], one["price_high"]), (other["price_low"], other["price_high"]))
            if base <= 0:
                continue
            best = None
            if one["discount_low"] is not None and other["discount_low"] is not None:
                best = overlap((one["discount_low"], one["discount_high"]), (other["discount_low"], other["discount_high"]))
            grows = one["growth"], other["growth"]
            opposite = None not in grows and grows[0] * grows[1] < 0
            rows.append((sphere, group, one["line_id"], other["line_id"], base, best, *grows, base > limit and opposite))
    found = pl.DataFrame(rows, schema=_PAIRS, orient="row")
    return found.sort("is_suspect", "overlap_share", "sphere", "line_id", "other_line_id", descending=[True, True, False, False, False])


def gaps(lines: pl.DataFrame, least: float) -> pl.DataFrame:
    """Where a group has no price: sphere, product_group, from_price, to_price, gap_share (to ÷ from − 1), at least `least`; the widest first."""
    rows: list[tuple[str, str, float, float, float]] = []
    for (sphere, group), mine in lines.filter(pl.col("price_low") > 0).group_by(["sphere", "product_group"], maintain_order=True):
        reached = None
        for low, high in mine.sort("price_low").select("price_low", "price_high").iter_rows():
            if reached is not None and low / reached - 1 >= least:
                rows.append((str(sphere), str(group), reached, low, low / reached - 1))
            reached = high if reached is None else max(reached, high)
    schema = {"sphere": pl.String, "product_group": pl.String, "from_price": pl.Float64, "to_price": pl.Float64, "gap_share": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("gap_share", descending=True)


def segmented(prices: pl.DataFrame, edges: Sequence[tuple[str, float]]) -> pl.DataFrame:
    """The frame with `price_segment` of each position: its base price beside the median of its group. edges: (segment, from which multiple of the median),
    ascending; unknown without a price."""
    median = pl.col("base_price").median().over("sphere", "product_group")
    times = pl.col("base_price") / median
    chosen: pl.Expr = pl.lit(None, dtype=pl.String)
    for name, start in sorted(edges, key=lambda edge: edge[1]):
        chosen = pl.when(times >= start).then(pl.lit(name)).otherwise(chosen)
    return prices.with_columns(pl.when(pl.col("base_price") > 0).then(chosen).alias("price_segment"))
