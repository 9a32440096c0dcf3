"""Replenishment: how each position stands, what is at risk and what is too much, and where a position goes until the next order arrives."""

import itertools
from datetime import date
from typing import Any

import polars as pl

from engine import replenishment as formulas
from engine.answers import ordering_rules, replenishing
from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.answers.workdays import Workdays
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

NEEDED = ("products", "sales", "stock", "replenishment", "availability", "calendar", "dealer_sales")
COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("sku", message("Product"), "code"),
    Column("dealer_id", message("Dealer"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("status", message("Status"), "text"),
    Column("severity", message("Severity"), "text"),
    Column("at_risk_value", message("Sales at risk"), "money"),
    Column("position_qty", message("Position"), "qty"),
    Column("ico_qty", message("Objective (ICO)"), "qty"),
    Column("order_qty", message("Suggested order"), "qty"),
    Column("excess_value", message("Excess, at cost"), "money"),
    Column("on_hand_qty", message("On hand"), "qty"),
    Column("in_transit_qty", message("Under way"), "qty"),
    Column("committed_qty", message("Committed"), "qty"),
    Column("daily_qty", message("Demand a working day"), "qty"),
    Column("days_of_supply", message("On hand lasts"), "days"),
    Column("position_days", message("Position lasts"), "days"),
    Column("low_days", message("Reorder point"), "days"),
    Column("high_days", message("Objective"), "days"),
    Column("reported_on", message("Stock reported on"), "date"),
    Column("is_estimated", message("Estimated"), "flag"),
    Column("rules_from", message("Ordered by"), "message"),
    Column("remark", message("Remark"), "message"),
)
PLACE_COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("name", message("Name"), "text"),
    Column("region", message("Region"), "text"),
    Column("at_risk_value", message("Sales at risk"), "money"),
    Column("out_n", message("Out of stock now"), "count"),
    Column("out_before_n", message("Out before the order arrives"), "count"),
    Column("below_n", message("Below the reorder point"), "count"),
    Column("order_value", message("To order now"), "money"),
    Column("excess_value", message("Excess, at cost"), "money"),
    Column("excess_n", message("Positions with excess"), "count"),
    Column("days_of_supply", message("On hand lasts"), "days"),
    Column("position_days", message("Position lasts"), "days"),
    Column("low_days", message("Reorder point"), "days"),
    Column("high_days", message("Objective"), "days"),
    Column("next_order_on", message("Order next on"), "date"),
    Column("regular_share", message("Orders that came regularly"), "share"),
    Column("reported_on", message("Stock reported on"), "date"),
    Column("is_estimated", message("Estimated"), "flag"),
)
CLASSES_SAID = {
    "assortment": message(
        "Where no rule of the article or place is loaded, interval, lead time, safety share and adjustment are those of its class code or class: the "
        "assortment's in its own sphere, where the review knows it, else by turnover of a year."
    ),
    "turnover": message(
        "Where no rule of the article or place is loaded, interval, lead time, safety share and adjustment are those of its class by turnover of a year."
    ),
}
"""Whose class it is by which orders go, by the setting that chooses it."""


def replenishment(warehouse: object, selection: Selection, scope: Scope, *details: str) -> Answer:
    """How each position stands.

    details: location_id and sku of the position whose days ahead are wanted; else the one with the most sales at risk.
    frame: one row a location × article (COLUMNS), the most sales at risk first. extra: `places` (PLACE_COLUMNS with dealer_id, one row a
    place), `projection` (day, on_hand, with_order, low_qty, ico_qty, from today until the order after this one arrives), `unreported` (dealer_id,
    dealer_name, region, counted_on). facts: measures, position (the row that is projected, or None), words.
    """
    answer: Answer = _replenishment(warehouse, selection, scope, *details)
    return answer


@remembered
def _replenishment(source: Source, selection: Selection, scope: Scope, *details: str) -> Answer:
    found = replenishing.positions(source, selection, scope)
    as_of, window = replenishing.window_of(source, selection)
    work = Workdays(source, window.first, as_of)
    names = source.items.select(pl.col("item_id").alias("sku"), "item_name")
    whole = replenishing.urgent_first(found.join(names, on="sku", how="left", maintain_order="left"))
    shown = _position(whole, details)
    late = replenishing.unreported(source, selection, scope)
    return Answer(
        name="replenishment",
        headline=_headline(found),
        frame=whole.select(column.name for column in COLUMNS).with_columns(pl.col("status").cast(pl.String)),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        first=window.first,
        last=window.last,
        notes=_notes(source, found, late),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={
            "places": places_of(source, found, selection, scope, as_of, work),
            "projection": _projection(source, shown, as_of, work),
            "unreported": late,
        },
        facts={"measures": _measures(found), "position": shown},
        scope=scope,
        selection=selection,
    )


def _position(whole: pl.DataFrame, details: tuple[str, ...]) -> dict[str, Any] | None:
    chosen = whole
    if len(details) == 2:
        chosen = whole.filter(pl.col("location_id") == details[0], pl.col("sku") == details[1])
    asked = chosen.filter(pl.col("daily_qty") > 0)
    return asked.row(0, named=True) if asked.height else None


def _projection(source: Source, row: dict[str, Any] | None, as_of: date, work: Workdays) -> pl.DataFrame:
    """The position day by day until the order after this one arrives."""
    schema = {"day": pl.Date, "on_hand": pl.Float64, "with_order": pl.Float64, "low_qty": pl.Float64, "ico_qty": pl.Float64}
    if row is None:
        return pl.DataFrame(schema=schema)
    lead, interval = max(round(row["lead_days"]), 0), max(round(row["interval_days"]), 1)
    available = max(max(row["on_hand_qty"], 0.0) - (row["committed_qty"] or 0.0), 0.0)
    arrives = -int(-row["lead_days"] * float(source.settings["transit_lead_share"]) // 1)
    days = formulas.projected(available, row["in_transit_qty"] or 0.0, row["daily_qty"], arrives, row["order_qty"] or 0.0, lead, lead + interval)
    low, high = row["low_qty"], row["ico_qty"]
    return pl.DataFrame([(work.after(as_of, day), without, ordered, low, high) for day, without, ordered in days], schema=schema, orient="row")


def places_of(source: Source, found: pl.DataFrame, selection: Selection, scope: Scope, as_of: date, work: Workdays) -> pl.DataFrame:
    """One row a place (PLACE_COLUMNS and dealer_id): days are Σ stock ÷ Σ demand, both at cost; the most sales at risk first."""
    at_cost = {
        name: (pl.col(column) * pl.col("unit_cost")).sum() for name, column in (("_stock", "on_hand_qty"), ("_there", "position_qty"), ("_daily", "daily_qty"))
    }
    asked = pl.col("daily_qty") > 0
    bands = [((pl.col(f"{side}_days") * pl.col("daily_qty") * pl.col("unit_cost")).filter(asked).sum()).alias(f"_{side}") for side in ("low", "high")]
    counts = {"out_n": "out", "out_before_n": "out_before_arrival", "below_n": "below", "excess_n": "excess"}
    by = found.with_columns(pl.col("on_hand_qty", "position_qty").clip(lower_bound=0.0)).group_by("location_id", maintain_order=True).agg(
        *((pl.col("status") == status).sum().cast(pl.Int64).alias(name) for name, status in counts.items()),
        *((pl.col(column) * pl.col("unit_cost")).filter(asked).sum().alias(name) for name, column in (("_stock", "on_hand_qty"), ("_there", "position_qty"))),
        at_cost["_daily"].alias("_daily"),
        *bands,
        pl.col("at_risk_value", "excess_value", "order_value").sum(),
        pl.col("reported_on").min(),
        pl.col("is_estimated").any(),
    )  # fmt: skip
    daily = pl.when(pl.col("_daily") > 0).then(pl.col("_daily"))
    by = by.with_columns(
        (pl.col("_stock") / daily).alias("days_of_supply"), (pl.col("_there") / daily).alias("position_days"),
        (pl.col("_low") / daily).alias("low_days"), (pl.col("_high") / daily).alias("high_days"),
    )  # fmt: skip
    places = replenishing.supplied_places(source, selection, scope)
    named = places.select("location_id", "dealer_id", pl.coalesce("dealer_name", "location_name").alias("name"), "region")
    by = by.join(named, on="location_id", how="left", maintain_order="left").join(_rhythm(source, found, as_of, work), on="dealer_id", how="left")
    ordered = by.sort(["at_risk_value", "excess_value", "location_id"], descending=[True, True, False], nulls_last=True)
    return ordered.select("dealer_id", *(column.name for column in PLACE_COLUMNS))


def _rhythm(source: Source, found: pl.DataFrame, as_of: date, work: Workdays) -> pl.DataFrame:
    """When each dealer orders next (its last order + the agreed interval, at the earliest today) and how regularly it ordered in half a year."""
    intervals = dict(found.filter(pl.col("dealer_id").is_not_null()).group_by("dealer_id").agg(pl.col("interval_days").median()).iter_rows())
    first = date.fromordinal(as_of.toordinal() - 182)
    wide = Workdays(source, first, as_of)
    days: dict[str, list[date]] = {}
    for dealer, day in source.read("dealer_order_days", first=first, last=as_of).select("dealer_id", "ordered_on").iter_rows():
        days.setdefault(dealer, []).append(day)
    rows = []
    for dealer, interval in intervals.items():
        ordered = days.get(dealer, [])
        gaps = [float(wide.between(before, after) - 1) for before, after in itertools.pairwise(ordered)]
        coming = max(work.after(ordered[-1], round(interval)), as_of) if ordered else as_of
        rows.append((dealer, coming, formulas.regularity(gaps, interval, float(source.settings["order_regular_share"]))))
    return pl.DataFrame(rows, schema={"dealer_id": pl.String, "next_order_on": pl.Date, "regular_share": pl.Float64}, orient="row")


def _count(found: pl.DataFrame, *statuses: str) -> int:
    return found.filter(pl.col("status").is_in(list(statuses))).height


def _headline(found: pl.DataFrame) -> Message:
    urgent, risk = _count(found, "out", "out_before_arrival"), float(found["at_risk_value"].sum() or 0.0)
    if found.is_empty():
        return message("No place is known that is supplied.")
    if urgent:
        return plural(
            "{n} position is out of stock or will be before an order arrives; {risk_money} of sales are at risk.",
            "{n} positions are out of stock or will be before an order arrives; {risk_money} of sales are at risk.",
            n=urgent, risk_money=risk,
        )  # fmt: skip
    return message("Nothing runs out before an order arrives; {excess_money} are excess.", excess_money=float(found["excess_value"].sum() or 0.0))


def _measures(found: pl.DataFrame) -> tuple[Measured, ...]:
    def total(column: str) -> float:
        return float(found[column].sum() or 0.0)

    lost = message("Demand that finds nothing until the order after this one arrives, at the price paid.")
    return (
        Measured(message("Out of stock now"), float(_count(found, "out")), "count", message("Asked for, and nothing on hand.")),
        Measured(message("Out before the order arrives"), float(_count(found, "out_before_arrival")), "count", message("An order made today comes too late.")),
        Measured(message("Sales at risk"), total("at_risk_value"), "money", lost),
        Measured(message("Excess"), total("excess_value"), "money", message("What lies beyond the objective, at cost.")),
        Measured(message("To order now"), total("order_value"), "money", message("All suggested orders, at the price paid.")),
    )


def _notes(source: Source, found: pl.DataFrame, late: pl.DataFrame) -> tuple[Message, ...]:
    settings = source.settings
    notes = [
        message("Days are working days. Objective = (order interval + lead time + safety days) × demand a day; order = objective − position, in whole packs."),
        message("Goods under way are expected after {transit_share} of the lead time.", transit_share=float(settings["transit_lead_share"])),
    ]
    if ordering_rules.has_class_rules(settings):
        notes.append(CLASSES_SAID[str(settings["replenishment_class_from"])])
    uncorrected = found.filter(pl.col("out_share").is_null(), pl.col("daily_qty") > 0).height
    if uncorrected:
        notes.append(
            plural(
                "Of {n} position nobody counted the days out of stock; its demand is not corrected.",
                "Of {n} positions nobody counted the days out of stock; their demand is not corrected.",
                n=uncorrected,
            )
        )
    if not source.has("calendar"):
        notes.append(message("There is no calendar: the first {n} days of each week count as working days.", n=int(settings["working_days_a_week"])))
    if late.height:
        notes.append(
            plural(
                "{n} dealer has not reported its stock; what an earlier report says is marked as estimated, and without any nothing is suggested.",
                "{n} dealers have not reported their stock; what an earlier report says is marked as estimated, and without any nothing is suggested.",
                n=late.height,
            )
        )
    orphans = found.filter(pl.col("remark") == replenishing.REMARKS["no_dealer"].to_json())["location_id"].n_unique()
    if orphans:
        notes.append(plural("{n} place belongs to no dealer; its demand is unknown.", "{n} places belong to no dealer; their demand is unknown.", n=orphans))
    return tuple(notes)
