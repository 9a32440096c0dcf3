"""Safety stock: what two aims of service ask for, position by position, beside what the safety days of today keep."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from engine import safety_stock as formulas
from engine.answers import replenishing, safety_said
from engine.answers.answer import Answer
from engine.answers.periods import last_day
from engine.answers.picking import pick_of
from engine.answers.safety_demand import COLUMNS as DEMAND
from engine.answers.safety_demand import Months, months_until, with_demand
from engine.answers.safety_materials import materials
from engine.answers.safety_said import WHYS
from engine.answers.source import Source, remembered
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

NEEDED = ("products", "sales", "stock", "replenishment", "forecasts", "availability", "calendar")
FLOATS = (
    "known_months", "daily_qty", "deviation_qty", "lead_days", "interval_days", "pack_qty", "min_order_qty", "unit_cost", "now_qty",
)  # fmt: skip
AIMS = {"cycle_service": "cycle", "fill_rate": "fill"}


def safety_stock(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Safety stock by cycle service and by fill rate, beside the safety days of today; one row an article at a place (safety_said.columns).

    Our own places; a dealer's where it, its place or its channel is chosen. Materials, where they are chosen, over all our places together.
    extra: `lines` (label, now_value, cycle_value, fill_value of the rows in which all are known, the largest gap first), `rows` (the rows with all
    that `safety_said.explained` puts into its sentences). facts: measures, aims (cycle service, fill rate).
    """
    answer: Answer = _safety_stock(warehouse, selection, scope)
    return answer


@remembered
def _safety_stock(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    months = months_until(source, as_of)
    frame, gone = _positions(source, selection, scope, months, as_of)
    frame = _sorted(_with_gaps(_with_levels(source, frame, months)), str(source.settings["safety_aim"]))
    named = frame.join(source.items.select(pl.col("item_id").alias("sku"), "item_name", "line_id", "line_name"), on="sku", how="left", maintain_order="left")
    columns = safety_said.columns(source.settings)
    return Answer(
        name="safety_stock",
        headline=safety_said.headline(named, source.settings),
        frame=named.select(column.name for column in columns),
        columns=columns,
        version=source.version,
        as_of=as_of,
        first=months.firsts[0] if months.firsts else None,
        last=as_of if months.firsts else None,
        notes=safety_said.notes(source, named, gone),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={"lines": _lines(named), "rows": named},
        facts={
            "measures": safety_said.measures(named, source.settings),
            "aims": (float(source.settings["cycle_service_share"]), float(source.settings["fill_rate_share"])),
        },
        scope=scope,
        selection=selection,
    )


def _positions(source: Source, selection: Selection, scope: Scope, months: Months, as_of: date) -> tuple[pl.DataFrame, int]:
    """What is known of each row before anything is reckoned, and how many positions of withdrawn articles were left out."""
    kind = pick_of(source, selection, scope).kind
    parts, gone = [], 0
    if kind != "material":
        found, gone = _products(source, selection, scope, months, as_of)
        parts.append(found)
    if kind != "product":
        parts.append(materials(source, selection, scope, months, as_of))
    whole = pl.concat(parts, how="diagonal_relaxed")
    absent = [pl.lit(None, dtype=pl.Float64).alias(name) for name in FLOATS if name not in whole.columns]
    texts = [pl.lit(None, dtype=pl.String).alias(name) for name in ("location_id", "dealer_id") if name not in whole.columns]
    known = pl.lit(True).alias("is_in_recipe") if "is_in_recipe" not in whole.columns else pl.col("is_in_recipe").fill_null(True)
    return whole.with_columns(*absent, *texts, known), gone


def products_demand(source: Source, as_of: date) -> pl.DataFrame:
    """What a build keeps of how demand came at our own places: location_id, sku, DEMAND."""
    found, _ = _products(source, Selection(as_of=as_of), EVERYTHING, months_until(source, as_of), as_of)
    return found.select("location_id", "sku", *DEMAND)


def _products(source: Source, selection: Selection, scope: Scope, months: Months, as_of: date) -> tuple[pl.DataFrame, int]:
    found = replenishing.positions(source, _of_own_places(source, selection, scope), scope)
    is_gone = (pl.col("remark") == replenishing.REMARKS["withdrawn"].to_json()).fill_null(False)
    live = found.filter(~is_gone).select(
        "location_id", "dealer_id", "sku", "interval_days", "lead_days", "pack_qty", "min_order_qty", "unit_cost", pl.col("safety_qty").alias("now_qty")
    )
    places = source.places.select("location_id", "is_own").join(
        source.places.select("location_id", "dealer_id").join(source.read("dealer_reports"), on="dealer_id").select("location_id", "first_sold_on"),
        on="location_id", how="left",
    )  # fmt: skip
    items = source.items.select(pl.col("item_id").alias("sku"), "catalogue_on")
    whole = live.join(places, on="location_id", how="left", maintain_order="left").join(items, on="sku", how="left", maintain_order="left")
    return with_demand(source, whole, months, as_of).drop("is_own", "first_sold_on", "catalogue_on"), found.height - live.height


def _of_own_places(source: Source, selection: Selection, scope: Scope) -> Selection:
    """The selection itself where it names places, dealers or channels, or the person sees dealers alone; else of our own places."""
    named = any(selection.allowed(key) is not None for key in ("location_id", "dealer_id", "channel"))
    asked = replace(selection, as_of=selection.as_of, first=None, last=None, by=(), compare=None)
    if named or scope.dealers is not None:
        return asked
    places = replenishing.supplied_places(source, asked, scope).filter("is_own")["location_id"]
    return replace(asked, where=(*asked.where, ("location_id", tuple(places))))


def _with_levels(source: Source, frame: pl.DataFrame, months: Months) -> pl.DataFrame:
    """With what both aims ask for and reach, and `required_why` where nothing can be said."""
    settings = source.settings
    service, fill = float(settings["cycle_service_share"]), float(settings["fill_rate_share"])
    frame = frame.with_columns((pl.col("lead_days") * float(settings["lead_time_deviation_share"])).alias("lead_deviation_days"))
    frame = frame.with_columns(_why(settings, months, service, fill).alias("_why"))
    order = pl.max_horizontal(pl.col("daily_qty") * pl.col("interval_days"), "pack_qty", "min_order_qty")
    frame = frame.with_columns(
        order.alias("cycle_order_qty"),
        (pl.col("is_intermittent") | (pl.col("daily_qty") * (pl.col("lead_days") + pl.col("interval_days")) < float(settings["slow_demand_qty"])))
        .fill_null(False)
        .alias("_clumped"),
    )
    known = frame["_why"].is_null().to_numpy()
    found = _levels(frame.filter(pl.col("_why").is_null()), service, fill)
    put = {name: np.full(frame.height, np.nan) for name in found}
    for name, values in found.items():
        put[name][known] = values
    said = {number: WHYS[word].to_json() for number, word in enumerate(WHYS)}
    rule = pl.when(pl.col("_why").is_null()).then(pl.when("_clumped").then(pl.lit("intermittent")).otherwise(pl.lit("normal")))
    return frame.with_columns(
        *(pl.Series(name, values).fill_nan(None) for name, values in put.items()),
        rule.alias("safety_rule"),
        pl.col("_why").replace_strict(said, default=None, return_dtype=pl.String).alias("required_why"),
    )


def _why(settings: Any, months: Months, service: float, fill: float) -> pl.Expr:
    """The number of the word in WHYS that says why nothing can be said of a row; null where something can."""
    least, covered = float(settings["safety_least_months"]), pl.col("known_months") * months.mean
    holds = {
        "no_target": pl.lit(service >= 1 or fill >= 1 or service <= 0),
        "no_recipe": ~pl.col("is_in_recipe") & (pl.col("daily_qty").fill_null(0.0) <= 0),
        "new": pl.col("known_months") < least,
        "no_sales": pl.col("daily_qty").fill_null(0.0) <= 0,
        "no_lead_time": pl.col("lead_days").is_null(),
        "short_history": pl.col("lead_days") + pl.col("interval_days") > covered,
    }
    numbers = {word: number for number, word in enumerate(WHYS)}
    found = pl.lit(None, dtype=pl.Int64)
    for word, is_so in reversed(list(holds.items())):
        found = pl.when(is_so).then(pl.lit(numbers[word], dtype=pl.Int64)).otherwise(found)
    return found


def _levels(rows: pl.DataFrame, service: float, fill: float) -> dict[str, np.ndarray[Any, Any]]:
    demand, deviation, lead, spread, interval, order = (
        rows[name].cast(pl.Float64).to_numpy()
        for name in ("daily_qty", "deviation_qty", "lead_days", "lead_deviation_days", "interval_days", "cycle_order_qty")
    )
    found = formulas.levels(demand, deviation, lead, spread, interval, order, service=service, fill=fill, is_clumped=rows["_clumped"].to_numpy())
    cycles, filled = found.by_cycles, found.by_fill
    assert cycles.fill_rate is not None
    return {
        "cover_qty": found.mean, "cover_deviation_qty": found.deviation, "cycle_factor": cycles.factor, "cycle_qty": cycles.stock,
        "cycle_fill_share": np.clip(cycles.fill_rate, 0.0, 1.0), "fill_factor": filled.factor, "fill_qty": filled.stock,
        "fill_cycle_share": filled.cycle_service,
    }  # fmt: skip


def _with_gaps(frame: pl.DataFrame) -> pl.DataFrame:
    """With money at cost, and what each aim would add to what is kept today (below zero: could be freed)."""
    money = [(pl.col(f"{name}_qty") * pl.col("unit_cost")).alias(f"{name}_value") for name in ("cycle", "fill", "now")]
    return frame.with_columns(money).with_columns((pl.col(f"{name}_value") - pl.col("now_value")).alias(f"{name}_gap_value") for name in ("cycle", "fill"))


def _sorted(frame: pl.DataFrame, aim: str) -> pl.DataFrame:
    """The largest gap in money first, by the aim of the settings; then by what is kept today."""
    gap = pl.col(f"{AIMS[aim]}_gap_value").abs()
    return frame.sort(gap, "now_value", "location_id", "sku", descending=[True, True, False, False], nulls_last=True)


def _lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Of each line what is kept today and what each aim asks for, in money, over the rows in which all three are known; the largest gap first."""
    known = frame.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in ("now_value", "cycle_value", "fill_value")))
    by = known.group_by("line_id", maintain_order=True).agg(pl.col("line_name").first(), pl.col("now_value", "cycle_value", "fill_value").sum())
    apart = pl.max_horizontal((pl.col(name) - pl.col("now_value")).abs() for name in ("cycle_value", "fill_value"))
    return by.with_columns(pl.coalesce("line_name", "line_id").alias("label")).sort(apart, "line_id", descending=[True, False], nulls_last=True)
