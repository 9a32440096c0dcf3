"""The price map: what each line costs at base price and at the largest discount, which lines overlap, who may stand in for whom, where no price is."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import shown
from engine.answers.assortment.places import prices
from engine.answers.assortment.standing import standing_of
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import prices as rules
from engine.assortment.tree import LINE
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    shown.SPHERE, shown.GROUP, shown.LINE, shown.LINE_NAME,
    Column("products", message("Products"), "count"),
    Column("price_low", message("Lowest price"), "money_per_unit"),
    Column("price_median", message("Middle price"), "money_per_unit"),
    Column("price_high", message("Highest price"), "money_per_unit"),
    Column("discount_low", message("Lowest price at the largest discount"), "money_per_unit"),
    Column("discount_median", message("Middle price at the largest discount"), "money_per_unit"),
    Column("discount_high", message("Highest price at the largest discount"), "money_per_unit"),
    shown.TURNOVER, shown.GROWTH,
    Column("is_short", message("Too few products for a line"), "flag"),
    shown.GROWTH_WHY,
    Column("prices_why", message("Why unknown"), "message"),
)  # fmt: skip
PAIRS = (
    shown.SPHERE, shown.GROUP, shown.LINE, Column("other_line_id", message("Other line"), "code"),
    Column("overlap_share", message("Overlap at base price"), "share"), Column("overlap_discount_share", message("Overlap at the largest discount"), "share"),
    shown.GROWTH, Column("other_growth", message("Growth of the other"), "share"), Column("is_suspect", message("May stand in for each other"), "flag"),
)  # fmt: skip
GAPS = (
    shown.SPHERE, shown.GROUP, Column("from_price", message("Dearest below"), "money_per_unit"),
    Column("to_price", message("Cheapest above"), "money_per_unit"),
    Column("gap_share", message("Gap"), "share"),
)  # fmt: skip


def price_map(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The range of each line (frame: COLUMNS), group by group, the cheapest first. extra: `pairs` (PAIRS: overlapping lines, suspects of substitution first),
    `gaps` (GAPS), `products` (sphere, product_group, line_id, sku, product_name, base_price, best_discount_price, price_segment, turnover).
    facts: measures, segments (words), pairs, gaps (their columns)."""
    answer: Answer = _price_map(warehouse, selection, scope)
    return answer


@remembered
def _price_map(source: Source, selection: Selection, scope: Scope) -> Answer:
    standing = standing_of(source, selection, scope)
    settings = source.settings
    products = rules.segmented(shown.chosen(prices(source, standing), selection), tuple(settings["price_segments"]))
    figures = standing.lines.select(*LINE, "line_name", "turnover", "growth", "growth_why")
    lines = rules.price_map(products).join(figures, on=LINE, how="left", maintain_order="left")
    lines = lines.with_columns((pl.col("products") < int(settings["line_least_skus"])).alias("is_short"))
    frame = lines.sort("sphere", "product_group", "price_median", "line_id", nulls_last=True)
    pairs = rules.pairs(lines, float(settings["price_overlap_share"]))
    gaps = rules.gaps(lines, float(settings["price_gap_share"]))
    listed = ["sphere", "product_group", "line_id", "line_name", "sku", "product_name", "base_price", "best_discount_price", "price_segment", "turnover"]
    return Answer(
        name="price_map",
        headline=shown.headline(standing, scope, _headline(frame, pairs, gaps)),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=(*shown.notes(source, standing, selection), *_how(float(settings["price_overlap_share"]), float(settings["price_gap_share"]))),
        missing=shown.missing(source, "price_changes"),
        extra={"pairs": pairs, "gaps": gaps, "products": products.sort("base_price", "sku", nulls_last=True).select(listed)},
        facts={"measures": _measures(frame, products, pairs, gaps), "segments": dict(rules.SEGMENTS), "pairs": PAIRS, "gaps": GAPS},
        scope=scope,
        selection=selection,
    )


def _measures(lines: pl.DataFrame, products: pl.DataFrame, pairs: pl.DataFrame, gaps: pl.DataFrame) -> tuple[Measured, ...]:
    unpriced = int((products["base_price"].fill_null(0.0) <= 0).sum() or 0)
    return (
        Measured(message("Lines with a price"), float(lines.filter(pl.col("priced") > 0).height) if "priced" in lines.columns else None, "count"),
        Measured(message("Pairs that may stand in for each other"), float(pairs.filter("is_suspect").height), "count"),
        Measured(message("Gaps in prices"), float(gaps.height), "count"),
        Measured(message("Products without a price"), float(unpriced), "count"),
        Measured(message("Lines with too few products"), float(lines.filter("is_short").height), "count"),
    )


def _headline(lines: pl.DataFrame, pairs: pl.DataFrame, gaps: pl.DataFrame) -> Message:
    holes = plural("{n} gap in prices", "{n} gaps in prices", n=gaps.height)
    suspects = pairs.filter("is_suspect").height
    return plural(
        "{n} pair of lines may take sales from each other; {holes}.", "{n} pairs of lines may take sales from each other; {holes}.", n=suspects, holes=holes
    )


def _how(limit: float, gap: float) -> tuple[Message, ...]:
    return (
        message(
            "Overlap: how much of the shorter of two price ranges lies within the other. Lines of one group that overlap by more than {limit_share} and grow "
            "in opposite directions may stand in for each other.", limit_share=limit,
        ),
        message("Gaps are shown from {gap_share} on, between the dearest price below and the cheapest above.", gap_share=gap),
    )  # fmt: skip
