"""Whether the books say what lies there, what is to be counted next, and whether old goods leave first."""

from datetime import date
from typing import Any

import polars as pl

from engine import record_accuracy as formulas
from engine.answers import flows
from engine.answers.answer import Answer, Column
from engine.answers.classes import item_classes
from engine.answers.measured import Measured
from engine.answers.periods import first_of, months_before, span_of
from engine.answers.picking import Pick, pick_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

TREND_MONTHS = 24
NO_COST = message("No cost is known, so the difference has no value.")
UNCLASSED = "C"
COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("item_id", message("Item"), "code"),
    Column("batch_id", message("Batch"), "code"),
    Column("name", message("Name"), "text"),
    Column("counted_on", message("Counted on"), "date"),
    Column("abc_class", message("Class"), "text"),
    Column("book_qty", message("In the books"), "qty"),
    Column("counted_qty", message("Counted"), "qty"),
    Column("difference_qty", message("Difference"), "qty"),
    Column("difference_value", message("Difference at cost"), "money"),
    Column("tolerance_share", message("Tolerance"), "share"),
    Column("is_within", message("Within tolerance"), "flag"),
    Column("cause", message("Cause"), "text"),
    Column("responsible", message("Responsible"), "text"),
    Column("difference_value_why", message("Why unknown"), "message"),
)
PLAN_COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("item_id", message("Item"), "code"),
    Column("name", message("Name"), "text"),
    Column("abc_class", message("Class"), "text"),
    Column("stock_value", message("Stock at cost"), "money"),
    Column("last_counted_on", message("Last counted on"), "date"),
    Column("due_on", message("To be counted by"), "date"),
    Column("overdue_days", message("Days overdue"), "days"),
    Column("count_state", message("State"), "text"),
)


def record_accuracy(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every counted position of the window, the largest difference in money first (COLUMNS).

    extra: `trend` (month, actual), `by_class`, `by_place`, `by_cause`, `by_person` (key and the columns of `engine.record_accuracy.accuracy`),
    `fifo` (positions from which newer goods left first). facts: `measures`, `band` (accuracy that is low, and that is best).
    """
    answer: Answer = _record_accuracy(warehouse, selection, scope)
    return answer


def count_plan(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """What lies in our places and when it is to be counted (PLAN_COLUMNS): what is due first, most money first.

    extra: `by_class` (abc_class, positions_n, never_n, overdue_n, soon_n, due_value).
    """
    answer: Answer = _count_plan(warehouse, selection, scope)
    return answer


@remembered
def _record_accuracy(source: Source, selection: Selection, scope: Scope) -> Answer:
    span, pick = span_of(source, selection, by_month=False), _whole_stock(source, selection, scope)
    first = min(span.first, months_before(first_of(span.as_of), TREND_MONTHS - 1))
    classes = item_classes(source, span.as_of)
    ever = _positions(source, first, max(span.last, span.as_of), pick, classes)
    counted = ever.filter(pl.col("counted_on").is_between(span.first, span.last))
    whole: dict[str, Any] = formulas.accuracy(counted).row(0, named=True)
    moved = _moved(source, span.as_of, pick)
    plan = _planned(source, span.as_of, pick, classes)
    frame = counted.with_columns(pl.when(pl.col("unit_cost").is_null()).then(pl.lit(NO_COST.to_json())).alias("difference_value_why"))
    frame = _named(source, frame).sort(
        pl.col("difference_value").abs(), "is_within", "location_id", "item_id", descending=[True, False, False, False], nulls_last=True
    )
    return Answer(
        name="record_accuracy",
        headline=_headline(source, whole, pick),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=span.as_of,
        first=span.first,
        last=span.last,
        notes=_notes(source, whole),
        missing=tuple(table for table in ("products", "stock", "stocktakes") if not source.has(table)),
        extra={
            "trend": _trend(ever),
            "by_class": formulas.accuracy(counted, "abc_class").sort("abc_class"),
            "by_place": _named_places(source, formulas.accuracy(counted, "location_id")),
            "by_cause": _worst(formulas.accuracy(counted.filter(pl.col("difference_qty") != 0), "cause")),
            "by_person": _worst(formulas.accuracy(counted, "responsible")),
            "fifo": _named(source, moved.filter(~pl.col("is_kept"))).sort("early_value", descending=True, nulls_last=True),
        },
        facts={
            "measures": _measures(whole, moved, plan, _why_nothing(source, pick)),
            "band": (float(source.settings["record_accuracy_low_share"]), float(source.settings["record_accuracy_high_share"])),
        },
        scope=scope,
        selection=selection,
    )


@remembered
def _count_plan(source: Source, selection: Selection, scope: Scope) -> Answer:
    span, pick = span_of(source, selection, by_month=False), _whole_stock(source, selection, scope)
    plan = _planned(source, span.as_of, pick, item_classes(source, span.as_of))
    due = pl.col("count_state").is_in(["never", "overdue"])
    by_class = plan.group_by("abc_class").agg(
        pl.len().cast(pl.Int64).alias("positions_n"),
        (pl.col("count_state") == "never").sum().cast(pl.Int64).alias("never_n"),
        (pl.col("count_state") == "overdue").sum().cast(pl.Int64).alias("overdue_n"),
        (pl.col("count_state") == "soon").sum().cast(pl.Int64).alias("soon_n"),
        pl.col("stock_value").filter(due).sum().alias("due_value"),
    )
    order = {"never": 0, "overdue": 0, "soon": 1, "counted": 2}
    urgency = pl.col("count_state").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    listed = _named(source, plan).sort(urgency, "stock_value", "location_id", "item_id", descending=[False, True, False, False], nulls_last=True)
    late = plan.filter(due)
    return Answer(
        name="count_plan",
        headline=plural("{n} position is due to be counted.", "{n} positions are due to be counted.", n=late.height)
        if late.height
        else message("Nothing is due to be counted."),
        frame=listed.select(column.name for column in PLAN_COLUMNS),
        columns=PLAN_COLUMNS,
        version=source.version,
        as_of=span.as_of,
        missing=tuple(table for table in ("products", "stock", "stocktakes") if not source.has(table)),
        notes=(message("Here a position is an item in a place; a count of any of its batches counts."),),
        extra={"by_class": by_class.sort("abc_class")},
        scope=scope,
        selection=selection,
    )


def _whole_stock(source: Source, selection: Selection, scope: Scope) -> Pick:
    """Products and materials alike, unless the filters say otherwise; nothing for who may see single dealers only."""
    where = selection.where if selection.allowed("item_kind") is not None or _has_goods(selection) else (*selection.where, ("item_kind", ("all",)))
    return pick_of(source, Selection(selection.as_of, selection.first, selection.last, (), where), scope)


def _has_goods(selection: Selection) -> bool:
    return any(selection.allowed(key) is not None for key in ("sphere", "product_group", "line_id", "sku"))


def _places(pick: Pick) -> list[str] | None:
    return [] if pick.no_stock is not None else pick.places


def _positions(source: Source, first: date, last: date, pick: Pick, classes: pl.DataFrame) -> pl.DataFrame:
    """Counted positions with their class and the verdict."""
    found = source.read("stocktakes_between", first=first, last=last, items=pick.items, places=_places(pick))
    classed = found.join(classes.select("item_id", "abc_class"), on="item_id", how="left", maintain_order="left").with_columns(
        pl.col("abc_class").fill_null(UNCLASSED)
    )
    return formulas.judged(classed, source.settings["count_tolerance"])


def _trend(ever: pl.DataFrame) -> pl.DataFrame:
    """month, actual: accuracy of each month in which something was counted."""
    months = formulas.accuracy(ever.with_columns(pl.col("counted_on").dt.truncate("1mo").alias("month")), "month")
    return months.select("month", pl.col("accuracy_share").alias("actual")).sort("month")


def _planned(source: Source, as_of: date, pick: Pick, classes: pl.DataFrame) -> pl.DataFrame:
    if pick.no_stock is not None:
        pick = Pick(pick.kind, [], pick.dealers, [], pick.shipped_from, True)
    stock = flows.stock_at(source, as_of, pick, True).filter(pl.col("stock_qty") != 0)
    own = source.places.filter("is_own").select("location_id")
    last = source.read("stocktakes_last", as_of=as_of)
    lying = stock.join(own, on="location_id", how="semi").join(last, on=["location_id", "item_id"], how="left")
    lying = lying.join(classes.select("item_id", "abc_class"), on="item_id", how="left")
    positions = lying.select("location_id", "item_id", "stock_value", "last_counted_on", pl.col("abc_class").fill_null(UNCLASSED))
    return formulas.count_plan(positions, source.settings["count_interval_days"], pl.lit(as_of)).rename({"state": "count_state"})


def _moved(source: Source, as_of: date, pick: Pick) -> pl.DataFrame:
    """Positions from which something left between the last two counts, and whether the oldest left first."""
    found = source.read("batches_between_counts", as_of=as_of, items=pick.items, places=_places(pick))
    costed = found.with_columns(pl.when(pl.col("qty") != 0).then(pl.col("value") / pl.col("qty")).alias("unit_cost"))
    return formulas.taken_out_of_turn(costed)


def _named(source: Source, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.join(source.items.select("item_id", pl.col("item_name").alias("name")), on="item_id", how="left", maintain_order="left")


def _named_places(source: Source, frame: pl.DataFrame) -> pl.DataFrame:
    names = source.places.select("location_id", pl.col("location_name").alias("name"))
    return _worst(frame.join(names, on="location_id", how="left", maintain_order="left"))


def _worst(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort("variance_value", "missed_n", descending=True, nulls_last=True)


def _why_nothing(source: Source, pick: Pick) -> Message:
    if pick.no_stock is not None:
        return pick.no_stock
    return message("Nothing was counted in this period.") if source.has("stocktakes") else message("No stocktakes were loaded.")


def _measures(whole: dict[str, Any], moved: pl.DataFrame, plan: pl.DataFrame, why: Message) -> tuple[Measured, ...]:
    taken, early = float(moved["taken_qty"].sum() or 0.0), float(moved["early_qty"].sum() or 0.0)
    late = plan.filter(pl.col("count_state").is_in(["never", "overdue"])).height
    net = whole["surplus_value"] - whole["shortage_value"]
    counted = whole["counted_n"] or None
    return (
        Measured(
            message("Record accuracy"), whole["accuracy_share"], "share",
            message("{n_within} positions within tolerance ÷ {n_counted} counted.", n_within=whole["within_n"], n_counted=whole["counted_n"]), why,
        ),
        Measured(
            message("Differences at cost"), whole["variance_value"] if counted else None, "money",
            message(
                "Surplus {surplus_money} + shortage {shortage_money}, added up without their sign; net they are {net_money}.",
                surplus_money=whole["surplus_value"], shortage_money=whole["shortage_value"], net_money=net,
            ), why,
        ),
        Measured(
            message("Share of the book value"), whole["variance_share"], "share",
            message(
                "Differences {variance_money} ÷ book value of what was counted {book_money}.",
                variance_money=whole["variance_value"], book_money=whole["book_value"],
            ), why,
        ),
        Measured(
            message("Oldest left first"), 1 - early / taken if taken else None, "share",
            message("Of {taken_qty} pieces that left between the last two counts, {early_qty} were newer than what stayed.", taken_qty=taken, early_qty=early),
            message("Between the last two counts nothing left whose day of receipt is known."),
        ),
        Measured(
            message("Due to be counted"), late if plan.height else None, "count",
            message("Positions in stock that were never counted, or longer ago than their class allows."), message("Nothing lies in stock."),
        ),
    )  # fmt: skip


def _headline(source: Source, whole: dict[str, Any], pick: Pick) -> Message:
    share = whole["accuracy_share"]
    if share is None:
        return _why_nothing(source, pick)
    if not whole["missed_n"]:
        return plural("All of {n} counted position is as the books say.", "All {n} counted positions are as the books say.", n=whole["counted_n"])
    if share < float(source.settings["record_accuracy_low_share"]):
        return message(
            "Only {accuracy_share} of the counted positions are right; {variance_money} of differences. Plans on such books go wrong.",
            accuracy_share=share, variance_money=whole["variance_value"],
        )  # fmt: skip
    return message(
        "{accuracy_share} of the counted positions are right; {variance_money} of differences.", accuracy_share=share, variance_money=whole["variance_value"]
    )


def _notes(source: Source, whole: dict[str, Any]) -> tuple[Message, ...]:
    tolerance = dict(source.settings["count_tolerance"])
    notes = [
        message("A position is an item in a place and batch: a surplus in one never offsets a shortage in another."),
        message(
            "Within tolerance: A up to {a_share}, B up to {b_share}, C up to {c_share} of the book quantity; books of 0 with something found are off.",
            a_share=tolerance.get("A"), b_share=tolerance.get("B"), c_share=tolerance.get("C"),
        ),
        message("Classes: products by their sales of 12 months at cost, materials by their stock at cost.")
        if source.settings["count_class_by"] != "stock"
        else message("Classes: by stock at cost."),
        message("Oldest first: batches by the day on which the company received them, good pieces, between the last two counts of each place."),
    ]  # fmt: skip
    if whole["uncosted_n"]:
        notes.append(
            plural("{n} counted position has no cost and is in no value.", "{n} counted positions have no cost and are in no value.", n=whole["uncosted_n"])
        )
    return tuple(notes)
