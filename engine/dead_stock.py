"""Dead stock in four classes that exclude each other, in the order in which a lot is looked at. Pure formulas: frames in, frames out.

    damaged_materials      materials that are damaged or past their day
    materials_without_set  good materials of which no recipe of a living product can be completed from what is at hand
    unsold_products        products that lie here for longer than the window and were not sold in it, returns deducted
    gone_products          products that are withdrawn, or past their day, and still on the books

Source: dead-stock audit of the case of company Q (I4).
"""

from calendar import monthrange
from datetime import date

import polars as pl

CLASSES = ("damaged_materials", "materials_without_set", "unsold_products", "gone_products")
SPOILT = ("damaged", "expired")
GONE_CAUSES = ("replaced", "tactical", "dealer_special", "other", "expired")
_DUST = 1e-9


def months_earlier(day: date, months: int) -> date:
    """The day so many calendar months before; a day that the month lacks becomes its last one, and a month's end stays a month's end."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    last = monthrange(year, month)[1]
    is_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_end else min(day.day, last))


def is_dead(on_hand: pl.Expr, sold: pl.Expr, came_on: pl.Expr, cutoff: date) -> pl.Expr:
    """Whether something lies there, none of it was sold since the cutoff (net of returns), and it came in before that.

    on_hand, sold: pieces. came_on: the first day on which what lies there was ours; null = older than the records, so not new.
    cutoff: the last day before the window: what came in on it is exactly as old as the window is long, and not dead.
    Source: I4; the rules of the reference: on hand > 0, age > N, a new article is not dead.
    """
    return (on_hand > 0) & (sold.fill_null(0.0) <= _DUST) & (came_on.is_null() | (came_on < cutoff))


def classed(lots: pl.DataFrame, items: pl.DataFrame, cutoff: date, as_of: date) -> pl.DataFrame:
    """Each lot with its class, the cause within it, and both null where it is not dead.

    lots:  item_id, condition, came_on, qty, value and whatever else; rows at or below zero are never dead.
    items: item_id, item_kind, came_on (of the item as a whole), sold_qty (net since the cutoff), withdrawn_on, withdrawn_cause,
           shelf_life_days, is_completable (null = unknown), why_no_set. One row an item.
    Adds: class (CLASSES), cause: damaged | expired | all_withdrawn | mate_missing | no_recipe | unsold | GONE_CAUSES.
    """
    joined = lots.join(items.rename({"came_on": "_item_came_on"}), on="item_id", how="left", maintain_order="left")
    on_hand = pl.col("qty").filter(pl.col("qty") > 0).sum().over("item_id")
    is_material, is_product = pl.col("item_kind") == "material", pl.col("item_kind") == "product"
    is_expired = (pl.col("condition") == "expired") | (pl.col("came_on").dt.offset_by(pl.format("{}d", pl.col("shelf_life_days").cast(pl.Int64))) < as_of)
    steps = (
        (is_material & pl.col("condition").is_in(SPOILT), "damaged_materials", pl.col("condition")),
        (is_material & ~pl.col("is_completable"), "materials_without_set", pl.col("why_no_set")),
        (is_product & is_dead(on_hand, pl.col("sold_qty"), pl.col("_item_came_on"), cutoff), "unsold_products", pl.lit("unsold")),
        (is_product & (pl.col("withdrawn_on") <= as_of), "gone_products", pl.col("withdrawn_cause").fill_null("other")),
        (is_product & is_expired, "gone_products", pl.lit("expired")),
    )
    none = pl.lit(None, dtype=pl.String)
    named, cause = none, none
    for condition, name, why in reversed(steps):
        holds = (pl.col("qty") > 0) & condition.fill_null(False)
        named = pl.when(holds).then(pl.lit(name)).otherwise(named)
        cause = pl.when(holds).then(why).otherwise(cause)
    return joined.with_columns(named.alias("class"), cause.alias("cause")).select(*lots.columns, "class", "cause")


def spread_over_askers(dead: pl.DataFrame, requests: pl.DataFrame, made_for: pl.DataFrame) -> pl.DataFrame:
    """Money of dead products by who asked for them.

    dead: item_id, value. requests: sku, asked_by, qty. made_for: sku, made_for (the dealer for whom an article was developed).
    An article made for a dealer is his; any other is shared among those who asked for it, by the pieces that they asked for; what nobody
    asked for on record stays without a name (asked_by null). Gives asked_by, is_dealer, value, items; the values add up to those of `dead`.
    """
    owned = dead.join(made_for.drop_nulls("made_for"), left_on="item_id", right_on="sku", how="inner")
    of_dealers = owned.select(pl.col("made_for").alias("asked_by"), pl.lit(True).alias("is_dealer"), "item_id", "value")
    rest = dead.join(owned.select("item_id").unique(), on="item_id", how="anti").join(requests, left_on="item_id", right_on="sku", how="left")
    share = (pl.col("qty") / pl.col("qty").sum().over("item_id")).fill_null(1.0)
    of_areas = rest.select("asked_by", pl.lit(False).alias("is_dealer"), "item_id", pl.col("value") * share)
    both = pl.concat([of_dealers, of_areas]).group_by("asked_by", "is_dealer").agg(pl.col("value").sum(), pl.col("item_id").n_unique().alias("items"))
    return both.sort("value", "asked_by", descending=[True, False], nulls_last=True)


def asked_of_materials(recipes: pl.DataFrame, requests: pl.DataFrame, made_for: pl.DataFrame) -> pl.DataFrame:
    """Who asked for a material: whoever asked for the products that it goes into, by the pieces of it that these take.

    recipes: sku, material_id, qty_per. requests, made_for: as of `spread_over_askers`; a product made for a dealer counts as asked for by that
    dealer. Gives sku (the material), asked_by, qty. A material in no recipe, or of products that nobody asked for, has no row.
    """
    owned = made_for.drop_nulls("made_for").unique("sku").join(requests.group_by("sku").agg(pl.col("qty").sum()), on="sku", how="left")
    of_dealers = owned.select("sku", pl.col("made_for").alias("asked_by"), pl.col("qty").fill_null(1.0))
    of_areas = requests.join(owned.select("sku"), on="sku", how="anti").select("sku", "asked_by", pl.col("qty").cast(pl.Float64))
    taken = recipes.join(pl.concat([of_dealers, of_areas]), on="sku").with_columns((pl.col("qty") * pl.col("qty_per")).alias("qty"))
    return taken.group_by(pl.col("material_id").alias("sku"), "asked_by").agg(pl.col("qty").sum()).sort("sku", "asked_by")


def by_idle_time(dead: pl.DataFrame, as_of: date, steps: tuple[int, ...]) -> pl.DataFrame:
    """Dead stock by how long nothing of it was sold: from_months, to_months (null = without end), value, items; unknown (both null) last.

    dead: item_id, value, idle_since: the last sale; where none is on record, the day on which it came.
    steps: months at which a bucket begins, ascending; the first bucket begins at 0.
    """
    since = pl.when(pl.col("idle_since").is_not_null()).then(pl.lit(0))
    months: pl.Expr = since.otherwise(pl.lit(None, dtype=pl.Int64))
    for step in steps:
        months = pl.when(pl.col("idle_since") <= months_earlier(as_of, step)).then(pl.lit(step)).otherwise(months)
    summed = dead.group_by(months.cast(pl.Int64).alias("from_months")).agg(pl.col("value").sum(), pl.col("item_id").n_unique().alias("items"))
    ends: dict[int, int | None] = dict(zip((0, *steps), (*steps, None), strict=True))
    to_months = pl.col("from_months").replace_strict(ends, default=None, return_dtype=pl.Int64).alias("to_months")
    return summed.with_columns(to_months).sort("from_months", nulls_last=True).select("from_months", "to_months", "value", "items")
