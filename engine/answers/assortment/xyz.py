"""XYZ: how steadily every position sells, raw and freed from the seasons, by months with demand and by turns; with marks for what cannot be judged yet."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import ruled, shown
from engine.answers.assortment.standing import Standing, standing_of
from engine.answers.assortment.words import MARK_WORDS
from engine.answers.kpis import figures, known_kpis
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.assortment.variation import MARKS, SEASONAL
from engine.messages import Message, message, plural
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

NO_DEMAND = message("Nothing was sold in these months.")
TOO_FEW = message("Too few months to tell its own seasons, or those of its line.")
COLUMNS = (
    shown.SPHERE, shown.SKU, shown.NAME, shown.GROUP, shown.LINE,
    Column("xyz", message("Steadiness"), "text"),
    Column("xyz_mark", message("Mark"), "text"),
    Column("xyz_raw", message("Steadiness without seasons taken out"), "text"),
    Column("cv", message("Variation"), "ratio", "down"),
    Column("cv_error_share", message("Uncertainty of the variation"), "share"),
    Column("cv_adjusted", message("Variation beside the seasons"), "ratio", "down"),
    Column("months", message("Months"), "count"),
    Column("demand_months", message("Months with demand"), "count"),
    Column("mean_qty", message("Mean month"), "qty"),
    Column("xyz_by_months", message("By months with demand"), "text"),
    Column("turns", message("Turns"), "ratio", "up"),
    Column("xyz_by_turns", message("By turns"), "text"),
    shown.TURNOVER,
    Column("cv_why", message("Why unknown"), "message"),
    Column("cv_adjusted_why", message("Why unknown"), "message"),
)  # fmt: skip


def xyz(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every position, the largest turnover first (frame: COLUMNS). facts: measures, marks (words), limits."""
    answer: Answer = _xyz(warehouse, selection, scope)
    return answer


@remembered
def _xyz(source: Source, selection: Selection, scope: Scope) -> Answer:
    standing = standing_of(source, selection, scope)
    rules = ruled.variation_rules(source.settings)
    whole = shown.chosen(standing.frame, selection).sort("turnover", "sphere", "sku", descending=[True, False, False])
    frame = _with_turns(source, standing, whole).with_columns(
        pl.when(pl.col("cv").is_null()).then(pl.lit(NO_DEMAND.to_json())).alias("cv_why"),
        pl.when(pl.col("cv").is_not_null() & pl.col("cv_adjusted").is_null()).then(pl.lit(TOO_FEW.to_json())).alias("cv_adjusted_why"),
    )
    return Answer(
        name="xyz",
        headline=shown.headline(standing, scope, _headline(whole)),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=standing.as_of,
        first=standing.window.first,
        last=standing.window.last,
        notes=(*shown.notes(source, standing, selection), *_how(rules.x, rules.y, rules.months, rules.interval)),
        missing=shown.missing(source, "availability"),
        facts={"measures": _measures(whole), "marks": dict(MARK_WORDS), "limits": (rules.x, rules.y)},
        scope=scope,
        selection=selection,
    )


def _with_turns(source: Source, standing: Standing, frame: pl.DataFrame) -> pl.DataFrame:
    """With `turns` of the article (all spheres together: stock is not kept by sphere) and the class that they give."""
    if frame.is_empty():
        return frame.with_columns(pl.lit(None, dtype=pl.Float64).alias("turns"), pl.lit(None, dtype=pl.String).alias("xyz_by_turns"))
    found, _, _ = figures(source, known_kpis(("turns",)), Selection(as_of=standing.as_of, by=("sku",)), EVERYTHING)
    joined = frame.join(found.select("sku", "turns"), on="sku", how="left", maintain_order="left")
    quick, middling = float(source.settings["xyz_turns_x"]), float(source.settings["xyz_turns_y"])
    turns = pl.col("turns")
    letter = pl.when(turns.is_null()).then(None).when(turns >= quick).then(pl.lit("X")).when(turns >= middling).then(pl.lit("Y")).otherwise(pl.lit("Z"))
    return joined.with_columns(letter.alias("xyz_by_turns"))


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    letters = [
        Measured(
            message("Class {letter}", letter=letter), float(rows.height), "count",
            message("{turnover_money} of turnover", turnover_money=float(rows["turnover"].sum() or 0.0)),
        )
        for letter in ("X", "Y", "Z")
        for rows in (frame.filter(pl.col("xyz") == letter),)
    ]  # fmt: skip
    marks = [Measured(MARK_WORDS[mark], float((frame["xyz_mark"] == mark).sum() or 0), "count") for mark in MARKS if (frame["xyz_mark"] == mark).any()]
    return (*letters, *marks)


def _headline(frame: pl.DataFrame) -> Message:
    whole = float(frame["turnover"].clip(lower_bound=0.0).sum() or 0.0)
    unsteady = frame.filter(pl.col("xyz") == "Z")
    share = float(unsteady["turnover"].clip(lower_bound=0.0).sum() or 0.0) / whole if whole > 0 else None
    freed = frame.filter(pl.col("xyz_mark") == SEASONAL).height
    steadier = plural("{n} more is steady once its seasons are taken out", "{n} more are steady once their seasons are taken out", n=freed)
    return plural(
        "{n} product sells unsteadily and makes {z_share} of the turnover; {steadier}.",
        "{n} products sell unsteadily and make {z_share} of the turnover; {steadier}.", n=unsteady.height, z_share=share, steadier=steadier,
    )  # fmt: skip


def _how(x: float, y: float, months: int, interval: float) -> tuple[Message, ...]:
    return (
        message(
            "Variation is the spread of the last {n_months} months by their mean: X up to {x_share}, Y up to {y_share}, else Z. Months before the first sale, "
            "after the withdrawal and without stock do not count; months without a sale do.", n_months=months, x_share=x, y_share=y,
        ),
        message("Seasons are the product's own with two years of months, else those of its line or group; where they are known they are taken out first."),
        message("What sells in fewer than one of {interval_ratio} months is Z, and said to sell now and then.", interval_ratio=interval),
    )  # fmt: skip
