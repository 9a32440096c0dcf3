"""Who changes orders after they were placed, why, what it costs, and the fee."""

from dataclasses import replace
from datetime import date

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.periods import end_of, first_of, last_day, months_before
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.dealers import plan_changes as formulas
from engine.messages import Message, message, plural
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

NEEDED = ("order_changes", "orders")
MONTHS = 12
NOT_LOADED = message("Without a record of changes nobody knows who changes plans.")
FIGURES = (
    Column("changes", message("Changes"), "count", "down"),
    Column("changed_qty", message("Quantity changed"), "qty", "down"),
    Column("cost_value", message("Cost to us"), "money", "down"),
    Column("dealer_changes", message("Asked by the dealer"), "count", "down"),
    Column("dealer_qty", message("Quantity, asked by the dealer"), "qty", "down"),
)
COLUMNS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("is_habit", message("Changes plans"), "flag"),
    Column("fee_value", message("Fee"), "money"),
    *FIGURES,
    Column("change_share", message("Changes per order line"), "share", "down"),
    Column("changed_share", message("Quantity changed, of ordered"), "share", "down"),
    Column("fee_count_value", message("Fee by number"), "money"),
    Column("fee_qty_value", message("Fee by quantity"), "money"),
    Column("lines", message("Order lines"), "count"),
    Column("ordered_qty", message("Quantity ordered"), "qty"),
    Column("top_reason", message("Most given reason"), "text"),
    Column("sales_rep", message("Sales rep"), "text"),
    Column("region", message("Region"), "text"),
)
REPS = (
    Column("sales_rep", message("Sales rep"), "text"),
    Column("dealers", message("Dealers"), "count"),
    *FIGURES,
    Column("fee_value", message("Fee"), "money"),
)
GIVEN = (Column("change_reason", message("Reason"), "text"), Column("asked_by", message("Asked by"), "text"), *FIGURES[:3])


def plan_changes(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Changes of orders by dealer, the largest fee first (frame: COLUMNS); of the window, else of the twelve months that end with the data.

    extra: `by_rep` (REPS), `by_reason` (GIVEN), `trend` (month, actual, last_year: changes asked by dealers), `fees` (label, key, value, severity).
    facts: `measures`.
    """
    answer: Answer = _plan_changes(warehouse, selection, scope)
    return answer


def changed(source: Source, first: date, last: date, scope: Scope, selection: Selection | None = None) -> pl.DataFrame:
    """Plan changes of whole months by dealer, with fees: dealer_id, changes, changed_qty, changed_value, cost_value, dealer_changes, dealer_qty,
    lines, ordered_qty, change_share, changed_share (changed by the dealer ÷ ordered), fee_count_value, fee_qty_value, fee_value, is_habit.

    Dealers who ordered and changed nothing are there with 0. What is usual is reckoned over all dealers of the company.
    """
    rows = _rows(source.whole, first, last, EVERYTHING)
    ordered = source.whole.read("order_lines_months", first_month=first_of(first), last_month=first_of(last), dealers=None)
    found = source.own(_by_dealer(source, rows.filter(pl.col("dealer_id").is_not_null()), ordered).drop("usual_share", strict=False), "dealer_id")
    chosen = pick_of(source, selection or Selection(), scope).dealers
    return found if chosen is None else found.filter(pl.col("dealer_id").is_in(chosen))


def _rows(source: Source, first: date, last: date, scope: Scope, selection: Selection | None = None) -> pl.DataFrame:
    settings = source.settings
    costs = formulas.Costs(*(float(settings[f"change_{name}"]) for name in ("cost_each", "rush_share", "left_share", "wait_share")))
    dealers = pick_of(source, selection or Selection(), scope).dealers
    return formulas.measured(source.read("order_changes", first=first, last=last, dealers=dealers), costs, float(settings["change_date_share"]))


def _by_dealer(source: Source, rows: pl.DataFrame, ordered: pl.DataFrame) -> pl.DataFrame:
    settings = source.settings
    rates = formulas.Rates(*(float(settings[f"change_{name}"]) for name in ("fee_each", "fee_unit", "free_count", "free_share")))
    monthly = formulas.summed(rows, "dealer_id", "month").join(
        ordered.select("dealer_id", "month", pl.col("qty").alias("ordered_qty")), on=["dealer_id", "month"], how="left"
    )
    fee_names = ("fee_count_value", "fee_qty_value", "fee_value")
    paid = formulas.fees(monthly, rates).group_by("dealer_id").agg(pl.col(name).sum() for name in fee_names)
    bought = ordered.group_by("dealer_id").agg(pl.col("lines").sum().cast(pl.Int64), pl.col("qty").sum().alias("ordered_qty"))
    whole = bought.join(formulas.summed(rows, "dealer_id"), on="dealer_id", how="full", coalesce=True).join(paid, on="dealer_id", how="left")
    counts = ("lines", "changes", "dealer_changes")
    filled = whole.with_columns(
        *(pl.col(name).fill_null(0) for name in counts),
        *(pl.col(name).fill_null(0.0) for name in ("ordered_qty", "changed_qty", "changed_value", "cost_value", "dealer_qty", *fee_names)),
    )
    rated = formulas.unlike_others(filled, float(settings["change_alarm_share"]), float(settings["change_alarm_times"]))
    return rated.with_columns(pl.when(pl.col("ordered_qty") > 0).then(pl.col("dealer_qty") / pl.col("ordered_qty")).alias("changed_share"))


def _window(source: Source, selection: Selection) -> tuple[date, date]:
    """Whole months: those of the chosen window, else the last twelve."""
    last = selection.last or selection.as_of or last_day(source)
    first = first_of(selection.first) if selection.first else months_before(first_of(last), MONTHS - 1)
    return first, last


@remembered
def _plan_changes(source: Source, selection: Selection, scope: Scope) -> Answer:
    first, last = _window(source, selection)
    rows = _rows(source, first, last, scope, selection)
    known = rows.filter(pl.col("dealer_id").is_not_null())
    named = source.dealers.select("dealer_id", "dealer_name", "sales_rep", "region")
    frame = changed(source, first, last, scope, selection).join(named, on="dealer_id", how="left").join(_top_reason(known), on="dealer_id", how="left")
    frame = frame.sort("is_habit", "fee_value", "cost_value", "dealer_id", descending=[True, True, True, False])
    return Answer(
        name="plan_changes",
        headline=_headline(frame, source),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=last,
        first=first,
        last=last,
        notes=_notes(source, rows),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={
            "by_rep": _by_rep(frame, known.join(named, on="dealer_id", how="left")),
            "by_reason": _by_reason(known),
            "trend": _trend(source, first, last, scope, selection),
            "fees": _fees(frame),
        },
        facts={"measures": _measures(frame) if source.has("order_changes") else _unknown(_measures(frame))},
        scope=scope,
        selection=selection,
    )


def _top_reason(rows: pl.DataFrame) -> pl.DataFrame:
    """The reason that a dealer gave most often for its own changes."""
    given = rows.filter(pl.col("asked_by") == "dealer", pl.col("reason").is_not_null()).group_by("dealer_id", "reason").len()
    ranked = given.sort("len", "reason", descending=[True, False]).unique("dealer_id", keep="first", maintain_order=True)
    return ranked.select("dealer_id", pl.col("reason").alias("top_reason"))


def _by_rep(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    paid = frame.group_by("sales_rep").agg(pl.col("fee_value").sum(), pl.len().cast(pl.Int64).alias("dealers"))
    joined = formulas.summed(rows, "sales_rep").join(paid, on="sales_rep", how="left", nulls_equal=True)
    return joined.sort("cost_value", descending=True).select(column.name for column in REPS)


def _by_reason(rows: pl.DataFrame) -> pl.DataFrame:
    found = formulas.summed(rows.rename({"reason": "change_reason"}), "change_reason", "asked_by")
    return found.sort("cost_value", descending=True).select(column.name for column in GIVEN)


def _trend(source: Source, first: date, last: date, scope: Scope, selection: Selection) -> pl.DataFrame:
    """Changes that dealers asked for by month, with the same month of the year before: month, actual, last_year."""
    reach = months_before(first_of(first), MONTHS)
    rows = _rows(source, reach, end_of(last), scope, selection).filter(pl.col("asked_by") == "dealer", pl.col("dealer_id").is_not_null())
    counted = rows.group_by("month").agg(pl.len().cast(pl.Float64).alias("actual"))
    months: list[date] = []
    month = first_of(last)
    while month >= reach:
        months.insert(0, month)
        month = months_before(month, 1)
    begun = rows["month"].min() if rows.height else None
    every = pl.DataFrame({"month": months}, schema={"month": pl.Date}).join(counted, on="month", how="left")
    # Months before the first recorded change are unknown, those after it without one hold none.
    counts = pl.when(pl.col("month") >= pl.lit(begun, dtype=pl.Date)).then(pl.col("actual").fill_null(0.0))
    every = every.with_columns(counts.alias("actual"))
    return every.with_columns(pl.col("actual").shift(MONTHS).alias("last_year")).filter(pl.col("month") >= first_of(first))


def _fees(frame: pl.DataFrame) -> pl.DataFrame:
    severity = pl.when("is_habit").then(pl.lit("critical")).otherwise(pl.lit(None, dtype=pl.String))
    return frame.filter(pl.col("fee_value") > 0).select(
        pl.coalesce("dealer_name", "dealer_id").alias("label"), pl.col("dealer_id").alias("key"), pl.col("fee_value").alias("value"), severity.alias("severity")
    )


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    lines, ordered = float(frame["lines"].sum()), float(frame["ordered_qty"].sum())
    return (
        Measured(message("Changes"), int(frame["changes"].sum()), "count"),
        Measured(message("Asked by dealers"), int(frame["dealer_changes"].sum()), "count"),
        Measured(message("Changes per order line"), float(frame["dealer_changes"].sum()) / lines if lines else None, "share"),
        Measured(message("Quantity changed, of ordered"), float(frame["dealer_qty"].sum()) / ordered if ordered else None, "share"),
        Measured(message("Cost to us"), float(frame["cost_value"].sum()), "money"),
        Measured(message("Fees"), float(frame["fee_value"].sum()), "money"),
    )


def _unknown(measures: tuple[Measured, ...]) -> tuple[Measured, ...]:
    """Figures of a table that is not loaded: none of them is 0."""
    return tuple(replace(figure, value=None, why_unknown=NOT_LOADED) for figure in measures)


def _headline(frame: pl.DataFrame, source: Source) -> Message:
    habit = frame.filter("is_habit")
    if not source.has("order_changes"):
        return NOT_LOADED
    if frame.is_empty() or not frame["changes"].sum():
        return message("No order was changed after it was placed.")
    if habit.height:
        return plural(
            "{n} dealer keeps changing plans: {changes_n} changes, {fee_money} of fees.",
            "{n} dealers keep changing plans: {changes_n} changes, {fee_money} of fees.",
            n=habit.height, changes_n=int(habit["dealer_changes"].sum()), fee_money=float(habit["fee_value"].sum()),
        )  # fmt: skip
    return message("No dealer changes plans as a habit; changes cost us {cost_money}.", cost_money=float(frame["cost_value"].sum()))


def _notes(source: Source, rows: pl.DataFrame) -> tuple[Message, ...]:
    settings = source.settings
    notes: list[Message] = [
        message(
            "Free each month: {n_free} changes and {free_share} of the ordered quantity; beyond that {each_money} a change and {unit_money} a piece.",
            n_free=settings["change_free_count"], free_share=float(settings["change_free_share"]), each_money=float(settings["change_fee_each"]),
            unit_money=float(settings["change_fee_unit"]),
        ),
        message("A change that sales or production asked for costs money, but is not the dealer's to pay."),
    ]  # fmt: skip
    lost = rows["dealer_id"].null_count()
    if lost:
        notes.append(plural("{n} change names no order that we know.", "{n} changes name no order that we know.", n=lost))
    unsized = rows["changed_qty"].null_count()
    if unsized:
        notes.append(
            plural("{n} change states no quantity; it counts by number alone.", "{n} changes state no quantity; they count by number alone.", n=unsized)
        )
    return tuple(notes)
