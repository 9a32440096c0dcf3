"""Competitors: our prices beside theirs at base price and at the largest discount, how old each survey is, which line waits for one."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import shown
from engine.answers.assortment.places import prices
from engine.answers.assortment.standing import Standing, standing_of
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment import competitors as rules
from engine.assortment.tree import LINE
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    shown.SPHERE, shown.GROUP, shown.LINE, shown.LINE_NAME, shown.SKU,
    Column("competitor", message("Competitor"), "text"),
    Column("observed_on", message("Surveyed on"), "date"),
    Column("base_price", message("Their base price"), "money_per_unit"),
    Column("own_base", message("Our base price"), "money_per_unit"),
    Column("base_index", message("Ours by theirs, base"), "ratio"),
    Column("best_discount_price", message("Their price at the largest discount"), "money_per_unit"),
    Column("own_best", message("Our price at the largest discount"), "money_per_unit"),
    Column("discount_index", message("Ours by theirs, largest discount"), "ratio"),
    Column("is_stale", message("Too old"), "flag"),
    Column("age_days", message("Age"), "days", "down"),
    Column("note", message("Note"), "text"),
    Column("index_why", message("Why unknown"), "message"),
)  # fmt: skip
LINES = (
    shown.SPHERE, shown.GROUP, shown.LINE, shown.LINE_NAME, Column("competitors", message("Competitors"), "count"),
    Column("base_index", message("Ours by theirs, base"), "ratio"), Column("discount_index", message("Ours by theirs, largest discount"), "ratio"),
    Column("observed_on", message("Surveyed on"), "date"), Column("is_overdue", message("Survey is due"), "flag"),
    Column("has_both", message("Both comparisons"), "flag"), shown.TURNOVER,
)  # fmt: skip


def competitors(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The newest survey of each competitor and line or product (frame: COLUMNS), lines by turnover. extra: `lines` (LINES: every line, whether its survey of
    the quarter is there), `history` (competitor, line_id, observed_on, base_price). facts: measures, lines (their columns)."""
    answer: Answer = _competitors(warehouse, selection, scope)
    return answer


@remembered
def _competitors(source: Source, selection: Selection, scope: Scope) -> Answer:
    standing = standing_of(source, selection, scope)
    observed = source.read("competitor_prices_until", as_of=standing.as_of)
    ours = prices(source, standing)
    rows = rules.indexed(_beside(rules.newest(observed, standing.as_of), ours, standing), standing.as_of)
    frame = shown.chosen(rows, selection).sort("turnover", "line_id", "competitor", "sku", descending=[True, False, False, False], nulls_last=True)
    listed = shown.chosen(standing.lines.filter(pl.col("turnover") > 0), selection).select(*LINE, "line_name", "turnover")
    lines = rules.by_line(rows.filter(pl.col("sku").is_null()), listed).sort("is_overdue", "turnover", "line_id", descending=[True, True, False])
    return Answer(
        name="competitors",
        headline=_headline(standing, scope, frame, lines, source),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        notes=(*shown.notes(source, standing, selection), *_how()),
        missing=shown.missing(source, "competitor_prices", "price_changes"),
        extra={"lines": lines.select(column.name for column in LINES), "history": observed.select("competitor", "line_id", "sku", "observed_on", "base_price")},
        facts={"measures": _measures(frame, lines), "lines": LINES},
        scope=scope,
        selection=selection,
    )


def _beside(observed: pl.DataFrame, ours: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """Surveys with the line that they are about and our own prices: of the product, or the middle of its line's."""
    once = ours.unique("sku", keep="first", maintain_order=True)  # a product that stands in several spheres has one price
    of_line = once.group_by("line_id").agg(
        pl.col("sphere", "product_group", "line_name").first(),
        pl.col("base_price").median().alias("_base"),
        pl.col("best_discount_price").median().alias("_best"),
    )
    of_sku = once.select("sku", pl.col("line_id").alias("_line"), pl.col("base_price").alias("_sku_base"), pl.col("best_discount_price").alias("_sku_best"))
    worth = standing.lines.group_by("line_id").agg(pl.col("turnover").sum())
    joined = observed.join(of_sku, on="sku", how="left", maintain_order="left").with_columns(pl.coalesce("line_id", "_line").alias("line_id"))
    joined = joined.join(of_line, on="line_id", how="left", maintain_order="left").join(worth, on="line_id", how="left", maintain_order="left")
    is_of_sku = pl.col("sku").is_not_null()
    return joined.with_columns(
        pl.when(is_of_sku).then("_sku_base").otherwise("_base").alias("own_base"), pl.when(is_of_sku).then("_sku_best").otherwise("_best").alias("own_best")
    )


def _measures(frame: pl.DataFrame, lines: pl.DataFrame) -> tuple[Measured, ...]:
    def middle(name: str) -> float | None:
        found = frame[name].median() if name in frame.columns else None
        return float(found) if isinstance(found, int | float) else None

    base, best = middle("base_index"), middle("discount_index")
    nothing = message("Nobody was surveyed.")
    return (
        Measured(message("Ours by theirs, base"), base, "ratio", message("middle of all comparisons; above 1 we are dearer"), nothing),
        Measured(message("Ours by theirs, largest discount"), best, "ratio", message("middle of all comparisons; above 1 we are dearer"), nothing),
        Measured(
            message("Lines whose survey is due"), float(lines.filter("is_overdue").height), "count",
            message("never surveyed, or longer ago than the last quarter"),
        ),
        Measured(message("Surveys that cannot be"), float(frame.filter(pl.col("best_discount_price") > pl.col("base_price")).height), "count"),
    )  # fmt: skip


def _headline(standing: Standing, scope: Scope, frame: pl.DataFrame, lines: pl.DataFrame, source: Source) -> Message:
    if not scope.sees_all:
        return shown.OF_ALL
    if frame.is_empty():
        return message("No competitor's price was surveyed.")
    dearer = frame.filter(pl.col("base_index") > 1).height
    overdue = lines.filter("is_overdue").height
    due = message("every line was surveyed in time") if not overdue else plural("the survey of {n} line is due", "the surveys of {n} lines are due", n=overdue)
    return message("We are dearer in {dearer_n} of {all_n} comparisons at base price; {due}.", dearer_n=dearer, all_n=frame.height, due=due)


def _how() -> tuple[Message, ...]:
    return (
        message("A line is compared by the middle of its products' prices, a product by its own. Above 1 we are dearer."),
        message("Every line is surveyed each calendar quarter; a survey from before the last quarter is too old."),
    )
