"""The novelty watch: what is new for six months from its entry into the catalogue, what it brings, and what became of it."""

from datetime import date, timedelta
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.assortment import pilots
from engine.answers.assortment.reviewed import positions_of, review_of
from engine.answers.assortment.standing import Standing
from engine.answers.measured import Measured
from engine.answers.meeting import cycles
from engine.answers.periods import last_day
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.assortment import novelty as formulas
from engine.assortment.windows import after
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    Column("sku", message("SKU"), "code"),
    Column("name", message("Name"), "text"),
    Column("sphere", message("Sphere"), "text"),
    Column("line_id", message("Line"), "code"),
    Column("novelty_state", message("State"), "message"),
    Column("entered_on", message("In the catalogue since"), "date"),
    Column("new_until", message("New until"), "date"),
    Column("left_days", message("Days left"), "days"),
    Column("turnover_value", message("Turnover of the review"), "money", "up"),
    Column("sphere_share", message("Of the sphere's turnover"), "share", "up"),
    Column("margin_share", message("Margin"), "share", "up"),
    Column("is_innovation", message("Innovation"), "flag"),
    Column("pilot_on", message("Pilot done on"), "date"),
    Column("novelty_result", message("Result"), "message"),
    Column("note", message("Note"), "text"),
)
SPHERES = (
    Column("sphere", message("Sphere"), "text"),
    Column("novelty_share", message("Share of turnover from new products"), "share", "up"),
    Column("new_value", message("Turnover of new products"), "money"),
    Column("turnover_value", message("Turnover of the review"), "money"),
    Column("new_n", message("New products"), "count"),
)
STATES: dict[str, Message] = {
    "new": message("new"), "to_order": message("new, made to order"), "due": message("result is due"), "told": message("result told"),
}  # fmt: skip
WATCHED_MONTHS = 6


def novelties(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """What is new, and what was until half a year ago (COLUMNS); what waits for its result first.

    extra: `spheres` (SPHERES), `editing` (sku, seen, pilot_on, result, note: for whoever writes). facts: novelty_share, measures, due_n.
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _novelties(warehouse, selection, scope)
    return answer


@remembered
def _novelties(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    standing = review_of(source, as_of)
    items = pick_of(source, selection, scope).items
    frame = _watched(source, standing, as_of)
    frame = frame if items is None else frame.filter(pl.col("sku").is_in(items))
    spheres = _spheres(source, standing, as_of)
    whole, new = float(spheres["turnover_value"].sum()), float(spheres["new_value"].sum())
    due = frame.filter(pl.col("state") == "due").height
    return Answer(
        name="novelties",
        headline=_headline(frame, due, new / whole if whole > 0 else None),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(name for name in ("products", "sales") if not source.has(name)),
        notes=(message("New for {n_months} calendar months from the entry into the catalogue, else from the first sale; made to order after the pilot.",
                       n_months=int(source.settings["novelty_months"])),),
        extra={"spheres": spheres, "editing": frame.select("sku", "seen", "pilot_on", "result", "note")},
        facts={
            "novelty_share": new / whole if whole > 0 else None, "due_n": due,
            "measures": (
                Measured(message("New products"), float(frame.filter(pl.col("state").is_in(["new", "to_order"])).height), "count"),
                Measured(message("Of the turnover"), new / whole if whole > 0 else None, "share",
                         why_unknown=message("Nothing was sold in the review.")),
                Measured(message("Made to order after the pilot"), float(frame.filter(pl.col("state") == "to_order").height), "count"),
                Measured(message("Results that are due"), float(due), "count"),
            ),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _watched(source: Source, standing: Standing, as_of: date) -> pl.DataFrame:
    """COLUMNS, state, seen and result of each product in its position: new, or no longer new for half a year at most."""
    months = int(source.settings["novelty_months"])
    known = positions_of(standing).filter(pl.col("entered_on").is_not_null() & (pl.col("entered_on") <= as_of))
    ends = {day: formulas.novelty_until(day, months) for day in known["entered_on"].unique()}
    until = pl.Series("new_until", [ends[day] for day in known["entered_on"]], dtype=pl.Date)
    reach = after(as_of, -WATCHED_MONTHS)
    began = source.days.get("sales")
    found = known.with_columns(until).filter(pl.col("new_until") > reach)
    if began is not None:  # what was sold in the first months of the data entered nobody knows when
        found = found.filter(pl.col("catalogue_on").is_not_null() | (pl.col("entered_on") > began[0] + timedelta(31)))
    kept = pilots.novelties(str(source.home.path))
    rows = [kept.get(sku) for sku in found["sku"]]
    said = {name: words.to_json() for name, words in pilots.RESULTS.items()}
    found = found.with_columns(
        pl.Series("pilot_on", [row.pilot_on if row else None for row in rows], dtype=pl.Date),
        pl.Series("result", [row.result if row else "" for row in rows], dtype=pl.String),
        pl.Series("note", [(row.note or None) if row else None for row in rows], dtype=pl.String),
        pl.Series("seen", [row.id if row else 0 for row in rows], dtype=pl.Int64),
    ).with_columns(
        (pl.col("new_until") - pl.lit(as_of)).dt.total_days().clip(lower_bound=0).cast(pl.Float64).alias("left_days"),
        pl.col("turnover").alias("turnover_value"),
        pl.when(pl.col("turnover").sum().over("sphere") > 0).then(pl.col("turnover") / pl.col("turnover").sum().over("sphere")).alias("sphere_share"),
        pl.when(pl.col("turnover") > 0).then(pl.col("margin") / pl.col("turnover")).alias("margin_share"),
        pl.col("result").replace_strict(said, default=None, return_dtype=pl.String).alias("novelty_result"),
        _state(as_of).alias("state"),
    )  # fmt: skip
    whole = positions_of(standing).group_by("sphere").agg(pl.col("turnover").sum().alias("_whole"))
    found = found.join(whole, on="sphere", how="left").with_columns(
        pl.when(pl.col("_whole") > 0).then(pl.col("turnover") / pl.col("_whole")).alias("sphere_share"),
        pl.col("state").replace_strict({name: words.to_json() for name, words in STATES.items()}, return_dtype=pl.String).alias("novelty_state"),
    )
    return found.sort((pl.col("state") != "due"), "new_until", "sku", "sphere")


def _state(as_of: date) -> pl.Expr:
    is_new = pl.col("new_until") > as_of
    return (
        pl.when(is_new & pl.col("pilot_on").is_not_null()).then(pl.lit("to_order")).when(is_new).then(pl.lit("new"))
        .when(pl.col("result") == "").then(pl.lit("due")).otherwise(pl.lit("told"))
    )  # fmt: skip


def _spheres(source: Source, standing: Standing, as_of: date) -> pl.DataFrame:
    """Share of each sphere's turnover that comes from products that are new on the day."""
    months = int(source.settings["novelty_months"])
    known = standing.frame.with_columns((formulas.novelty(pl.col("entered_on"), as_of, months) == formulas.NEW).alias("_new"))
    sums = known.group_by("sphere").agg(
        pl.col("turnover").sum().alias("turnover_value"),
        pl.col("turnover").filter("_new").sum().alias("new_value"),
        pl.col("_new").sum().cast(pl.Int64).alias("new_n"),
    )
    share = pl.when(pl.col("turnover_value") > 0).then(pl.col("new_value") / pl.col("turnover_value")).alias("novelty_share")
    return sums.with_columns(share).select(column.name for column in SPHERES).sort("sphere")


def _headline(frame: pl.DataFrame, due: int, share: float | None) -> Message:
    new = frame.filter(pl.col("state").is_in(["new", "to_order"])).height
    if share is None:
        return message("Nothing was sold in the review.")
    if due:
        return plural(
            "New products bring {new_share} of the turnover; for {n} that is no longer new the result is due.",
            "New products bring {new_share} of the turnover; for {n} that are no longer new the result is due.",
            n=due, new_share=share,
        )  # fmt: skip
    return plural(
        "{n} product is new; it brings {new_share} of the turnover.", "{n} products are new; they bring {new_share} of the turnover.", n=new, new_share=share
    )
