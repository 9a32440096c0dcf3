"""How good the forecasts were: those that the company stored, by who made them, and what our own method would have said, each with its sign."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_inputs import LACKING_DAYS
from engine.answers.forecast_kept import OF_ALL, Kept, kept_of, run_of
from engine.answers.forecasting import family_names
from engine.answers.meeting import plans
from engine.answers.periods import end_of, first_of, last_day, months_before
from engine.answers.source import Source, remembered
from engine.errors import NotKept
from engine.forecast import errors
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import forecast_error

STEPS: dict[str, Message] = {
    "naive": message("Month of a year ago"),
    "statistical": message("Statistics"),
    "expert": message("Experts"),
    "sales": message("Sales"),
    "marketing": message("Marketing"),
    "consensus": message("Consensus"),
    "approved": message("Approved plan"),
    "granary": message("Our own method, in the past"),
}
"""In the order in which a forecast passes through them; the last stands apart: it was not made then, it is what would have been said."""
OWN = "granary"
CHAIN = tuple(step for step in STEPS if step != OWN)
FEW = 0.5
"""A step that forecast less than this share of the months of the fullest one is left out of the chain: it would leave the others next to nothing."""
COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("step", message("Forecast by"), "text"),
    Column("months_n", message("Months"), "count"),
    Column("actual_qty", message("Sold"), "qty"),
    Column("forecast_qty", message("Forecast"), "qty"),
    Column("wape", message("Error, weighted by volume"), "share"),
    Column("mase", message("Error against the usual step of a year"), "ratio"),
    Column("mad", message("Mean absolute error"), "qty"),
    Column("bias_share", message("Bias (forecast − actual)"), "share"),
    Column("tracking_over", message("Tracking signal (forecast − actual)"), "ratio"),
    Column("tracking_under", message("Tracking signal (actual − forecast)"), "ratio"),
    Column("bias_streak", message("Months of the same sign running"), "count"),
    Column("is_alarm", message("Beyond the limits"), "flag"),
    Column("fva_share", message("Value added to the month of a year ago"), "points"),
    Column("wape_why", message("Why unknown"), "message"),
)
NONE_STORED = message("The company has stored no forecasts for months that have passed.")
NOT_SOLD = message("Nothing was sold in these months, so an error has nothing to be measured by.")
SCHEMA = {"family": pl.String, "step": pl.String, "month": pl.Date, "forecast_qty": pl.Float64, "naive_qty": pl.Float64, "actual_qty": pl.Float64}


def forecast_accuracy(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a family and maker of forecasts (COLUMNS), the largest families first; e = forecast − actual unless the column's name says otherwise.

    Looked at is the newest forecast of each that was made `forecast_lag_months` before the month (or earlier), over the last
    `forecast_accuracy_months` whole months. extra: `total` (step and the same measures, all families together), `chain` (step, error_share,
    added_points, n, dropped_n: what each step adds on the same months), `months` (family, step, month, forecast_qty, naive_qty, actual_qty). facts:
    steps (words), signs (measure -> convention), limits. For somebody who does not see all regions it is empty and says so.
    """
    answer: Answer = _forecast_accuracy(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _forecast_accuracy(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    as_of = last_day(source)
    last = first_of(as_of) if as_of >= end_of(as_of) - timedelta(LACKING_DAYS) else months_before(first_of(as_of), 1)
    first = months_before(last, int(source.settings["forecast_accuracy_months"]) - 1)
    lag = int(source.settings["forecast_lag_months"])
    families = family_of_items(source)
    demand = demand_by_family(source, families)
    kept = kept_of(source, run)
    told = [stored_forecasts(source, families, as_of, (first, last), lag), approved_plans(str(source.home.path), (first, last), lag)] if scope.sees_all else []
    stored = _compared(pl.concat(told), demand) if told else pl.DataFrame(schema=SCHEMA)
    own = _own(kept, (first, last)) if kept is not None and scope.sees_all else stored.clear()
    naive = stored.select("family", "month", "naive_qty", "actual_qty").unique()
    naive = naive.filter(pl.col("naive_qty").is_not_null()).select(
        "family", pl.lit("naive").alias("step"), "month", pl.col("naive_qty").alias("forecast_qty"), "naive_qty", "actual_qty"
    )
    months = pl.concat([naive, stored, own])
    frame = _measured(months, demand, "family", "step").join(family_names(source), on="family", how="left")
    largest = pl.col("actual_qty").max().over("family")
    order = pl.col("step").replace_strict(list(STEPS), list(range(len(STEPS))), return_dtype=pl.Int32)
    frame = frame.sort(largest, "family", order, descending=[True, False, False], nulls_last=True)
    total = _measured(months.with_columns(pl.lit("").alias("family")), demand, "step").sort(order)
    return Answer(
        name="forecast_accuracy",
        headline=_headline(total, scope, stored.height, own.height),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        first=first,
        last=end_of(last),
        notes=_notes(lag, kept, own.height),
        missing=tuple(table for table in ("products", "sales", "forecasts") if not source.has(table)),
        extra={"total": total, "chain": _chain(months), "months": months.sort("family", "step", "month")},
        facts={
            "steps": dict(STEPS), "signs": dict(forecast_error.SIGNS), "labels": dict(forecast_error.LABELS),
            "limits": dict(forecast_error.TRACKING_LIMITS),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def family_of_items(source: Source) -> pl.DataFrame:
    """sku, line_id, family of every product."""
    products = source.whole.items.filter(pl.col("item_kind") == "product")
    return products.select(pl.col("item_id").alias("sku"), "line_id", pl.col(str(source.settings["forecast_family"])).fill_null("").alias("family"))


def demand_by_family(source: Source, families: pl.DataFrame) -> pl.DataFrame:
    """family, month, actual_qty: what was shipped less what came back."""
    rows = source.whole.read("forecast_demand").filter(pl.col("qty").is_not_null()).join(families, on="sku")
    return rows.group_by("family", "month").agg(pl.col("qty").sum().alias("actual_qty")).sort("family", "month")


def stored_forecasts(source: Source, families: pl.DataFrame, as_of: date, window: tuple[date, date], lag: int) -> pl.DataFrame:
    """family, step, month, forecast_qty: of each maker the newest forecast that was made `lag` months before the month or earlier.

    A row for a line stands before rows for its products; lines without either are left out.
    """
    source = source.whole
    if not source.has("forecasts"):
        return pl.DataFrame(schema={"family": pl.String, "step": pl.String, "month": pl.Date, "forecast_qty": pl.Float64})
    made = source.read("forecasts_until", as_of=as_of, from_month=window[0]).filter(pl.col("month") <= window[1])
    lines = families.group_by("line_id").agg(pl.col("family").first().alias("line_family"))
    made = made.join(families.select("sku", "family"), on="sku", how="left").join(lines, on="line_id", how="left")
    made = made.with_columns(pl.coalesce("family", "line_family").alias("family"), pl.col("source").alias("step")).filter(pl.col("family").is_not_null())
    made = made.filter(pl.col("made_on") < pl.col("month").dt.offset_by(f"-{lag - 1}mo"))
    newest = made.filter(pl.col("made_on") == pl.col("made_on").max().over("family", "step", "month"))
    is_whole = pl.col("sku").is_null()
    sums = newest.group_by("family", "step", "month").agg(
        pl.col("qty").filter(is_whole).sum().alias("whole"), is_whole.any().alias("has_whole"), pl.col("qty").filter(~is_whole).sum().alias("parts")
    )
    return sums.select("family", "step", "month", pl.when("has_whole").then("whole").otherwise("parts").alias("forecast_qty"))


def approved_plans(home: str, window: tuple[date, date], lag: int) -> pl.DataFrame:
    """family, step, month, forecast_qty: demand of the newest plan that was approved in a cycle `lag` months before the month or earlier.

    A version whose figures are no longer those that were approved is left out; the plan of record says which.
    """
    empty = pl.DataFrame(schema={"family": pl.String, "step": pl.String, "month": pl.Date, "forecast_qty": pl.Float64})
    found = [empty]
    for version in plans.versions(home):
        reach = pl.col("month").is_between(*window) & (pl.col("month").dt.offset_by(f"-{lag}mo") >= version.month)
        try:
            frame = plans.frames_of(home, version)["demand"].filter(reach)
        except (NotKept, KeyError):
            continue
        found.append(frame.select("family", pl.lit("approved").alias("step"), "month", pl.col("demand_qty").cast(pl.Float64).alias("forecast_qty")))
    every = pl.concat(found).filter(pl.col("forecast_qty").is_not_null())
    return every.unique(["family", "month"], keep="last", maintain_order=True)


def _compared(stored: pl.DataFrame, demand: pl.DataFrame) -> pl.DataFrame:
    """With what came, and with the month of a year before; a family that sold nothing in a month counts with 0."""
    year_ago = demand.select("family", pl.col("month").dt.offset_by("12mo").alias("month"), pl.col("actual_qty").alias("naive_qty"))
    joined = stored.join(demand, on=["family", "month"], how="left").join(year_ago, on=["family", "month"], how="left")
    return joined.with_columns(pl.col("actual_qty").fill_null(0.0)).select(*SCHEMA)


def _own(kept: Kept, window: tuple[date, date]) -> pl.DataFrame:
    """What our own method would have said of the months of the window, from wherever in the past it was tried."""
    past = kept.read("forecast_past").filter(pl.col("level") == "family", pl.col("month").is_between(*window))
    return past.select("family", pl.lit(OWN).alias("step"), "month", pl.col("qty").alias("forecast_qty"), "naive_qty", "actual_qty")


def _measured(months: pl.DataFrame, demand: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Every measure for each value of the keys."""
    scales = _scales(demand, months)
    rows = months.join(scales, on="family", how="left") if "family" in keys else months.with_columns(pl.lit(None, dtype=pl.Float64).alias("naive_scale"))
    board = forecast_error.board(rows, *keys).join(forecast_error.signals(rows, *keys), on=list(keys), how="left")
    known = months.filter(pl.col("naive_qty").is_not_null())
    off = (pl.col("forecast_qty") - pl.col("actual_qty")).abs().sum()
    off_naive, whole = (pl.col("naive_qty") - pl.col("actual_qty")).abs().sum(), pl.col("actual_qty").abs().sum()
    added = known.group_by(*keys).agg(pl.when(whole > 0).then((off_naive - off) / whole).alias("fva_share"))
    limits = forecast_error.TRACKING_LIMITS
    over, under = (pl.col(name).abs() > limits[name] for name in ("tracking_over", "tracking_under"))
    return board.join(added, on=list(keys), how="left").with_columns(
        pl.col("n").cast(pl.Int64).alias("months_n"),
        pl.col("wmape").alias("wape"),
        (over | under).alias("is_alarm"),
        pl.when(pl.col("step") != "naive").then("fva_share").alias("fva_share"),
        pl.when(pl.col("wmape").is_null()).then(pl.lit(NOT_SOLD.to_json())).alias("wape_why"),
    )


def _scales(demand: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """family, naive_scale: its usual step of a year before the window, with a floor; null where it never sold before."""
    first = months["month"].min()
    before = demand.filter(pl.col("month") < first) if first is not None else demand.clear()
    rows = [(family, errors.scale(np.array(qty, dtype=float)) or None) for family, qty in before.group_by("family").agg("actual_qty").iter_rows()]
    return pl.DataFrame(rows, schema={"family": pl.String, "naive_scale": pl.Float64}, orient="row")


def _chain(months: pl.DataFrame) -> pl.DataFrame:
    """What each step adds to the one before it, on the months that all of them forecast."""
    counts = dict(months.group_by("step").len().iter_rows())
    fullest = max((counts.get(step, 0) for step in CHAIN), default=0)
    there = [step for step in CHAIN if counts.get(step, 0) > FEW * fullest]
    if not there:
        return forecast_error.points_added([], []).with_columns(pl.lit(0).alias("n"), pl.lit(0).alias("dropped_n"))
    stored = months.filter(pl.col("step").is_in(there))
    wide = stored.pivot("step", index=["family", "month", "actual_qty"], values="forecast_qty", aggregate_function="first")
    return forecast_error.value_added(wide, there)


def _headline(total: pl.DataFrame, scope: Scope, stored: int, own: int) -> Message:
    if not scope.sees_all:
        return OF_ALL
    rows: Mapping[str, Mapping[str, Any]] = {row["step"]: row for row in total.iter_rows(named=True)}
    best = next((step for step in ("consensus", "sales", "marketing", "expert", "statistical") if step in rows), OWN if own else None)
    if best is None or rows[best]["wape"] is None:
        return NONE_STORED
    row = rows[best]
    high = (
        message("{size_share} too high", size_share=abs(row["bias_share"]))
        if row["bias_share"] >= 0
        else message("{size_share} too low", size_share=abs(row["bias_share"]))
    )
    if row["fva_share"] is None:
        return message("{who}: off by {error_share}, in sum {high}.", who=STEPS[best], error_share=row["wape"], high=high)
    added = (
        message("better by {size_points}", size_points=row["fva_share"])
        if row["fva_share"] >= 0
        else message("worse by {size_points}", size_points=-row["fva_share"])
    )
    return message(
        "{who}: off by {error_share}, in sum {high}; {added} than the month of a year ago.", who=STEPS[best], error_share=row["wape"], high=high, added=added
    )


def _notes(lag: int, kept: Kept | None, own: int) -> tuple[Message, ...]:
    notes = [
        plural("Forecasts are taken as they stood {n} month before the month.", "Forecasts are taken as they stood {n} months before the month.", n=lag),
        message("Tracking signal: sum of errors ÷ mean absolute error. The limits are ±6 for forecast − actual (Chopra), ±4 for actual − forecast (Heizer)."),
    ]
    if own:
        notes.append(message("Our own method is tried from several months of the past, up to eighteen months ahead; its months are not those of the others."))
    return (*notes, *(kept.notes if kept is not None else ()))
