"""The desk of the dealers: who runs out, who is stuffed, who owes, what each should order; the most money at risk first."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from engine.answers import channel, credit, scorecard
from engine.answers.answer import Answer, Column
from engine.answers.dealer_standing import by_dealer, standing_on, stock_at_dealers
from engine.answers.measured import Measured
from engine.answers.periods import last_day
from engine.answers.picking import pick_of
from engine.answers.replenishing import positions
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection

NEEDED = ("dealers", "locations", "stock", "dealer_sales", "replenishment", "invoices", "credit_terms")
MOST_LINES = 12
COLUMNS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("risk_value", message("Money at risk"), "money", "down"),
    Column("days_of_supply", message("Days of supply"), "days", "band"),
    Column("low", message("Band from"), "days"),
    Column("high", message("Band to"), "days"),
    Column("out_count", message("Products out of stock"), "count", "down"),
    Column("out_value", message("Sales at risk"), "money", "down"),
    Column("over_count", message("Products with excess"), "count", "down"),
    Column("over_value", message("Excess"), "money", "down"),
    Column("channel_load", message("Channel load"), "ratio", "down"),
    Column("overdue_value", message("Overdue"), "money", "down"),
    Column("order_value", message("Suggested order"), "money"),
    Column("tier", message("Tier"), "text"),
    Column("alarm", message("Alarm"), "message"),
    Column("counted_on", message("Last report"), "date"),
    Column("region", message("Region"), "text"),
    Column("sales_rep", message("Sales rep"), "text"),
    Column("stock_value", message("Stock at cost"), "money"),
    Column("is_stuffed", message("Stuffed"), "flag"),
    Column("is_estimated", message("Estimated"), "flag"),
    Column("days_of_supply_why", message("Why unknown"), "message"),
)
ALARMS: dict[str, Message] = {
    "stuffed": message("Stuffed"),
    "runs_out": message("Runs out"),
    "overdue": message("Orders wait"),
    "silent": message("Does not report"),
}
WHY_NO_STOCK = message("The dealer has never reported its stock.")
WHY_NO_PLACE = message("No place of the dealer is known, so its stock is not either.")
WHY_NO_DEMAND = message("Nothing was sold on, so there is no demand to compare the stock with.")


def dealer_desk(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a dealer, the most money at risk first (COLUMNS). risk_value = sales at risk + overstock + overdue; days are working days.

    is_stuffed: channel load above the limit for months running, and stock above its band. alarm: the gravest of ALARMS, or null.
    extra: `matrix` (region, line, days: Σ stock ÷ Σ demand at cost, of the lines with most stock), `bullets` (label, key, value, low, high).
    facts: `measures`, `band` (low, high: of all positions together, for the matrix), `running_out`, `stuffed` (dealers, largest money first).
    """
    answer: Answer = _dealer_desk(warehouse, selection, scope)
    return answer


@remembered
def _dealer_desk(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    placed, frame = desk_rows(source, as_of, selection, scope)
    told = frame.filter(pl.col("stock_value").is_not_null())
    running_out = frame.filter(pl.col("_runs_out")).sort("out_value", descending=True)["dealer_id"].to_list()
    stuffed = frame.filter("is_stuffed").sort("over_value", descending=True)["dealer_id"].to_list()
    band = _band(placed)
    return Answer(
        name="dealer_desk",
        headline=_headline(frame, len(running_out), stuffed),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        notes=(*_notes(source, frame), *_of_those_who_left(source, as_of, selection, scope, frame)),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={
            "matrix": _matrix(source, placed),
            "bullets": told.select(
                pl.coalesce("dealer_name", "dealer_id").alias("label"), pl.col("dealer_id").alias("key"), pl.col("days_of_supply").alias("value"), "low", "high"
            ),
        },
        facts={"measures": _measures(frame, running_out, stuffed), "band": band, "running_out": running_out, "stuffed": stuffed},
        scope=scope,
        selection=selection,
    )  # fmt: skip


def desk_rows(source: Source, as_of: date, selection: Selection, scope: Scope) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The positions of the dealers that are asked for, and the desk's rows of them (COLUMNS and `_runs_out`)."""
    chosen = pick_of(source, selection, scope).dealers
    where = () if chosen is None else (("dealer_id", tuple(sorted(chosen))),)
    placed = positions(source, Selection(as_of, selection.first, selection.last, where=where), EVERYTHING).filter(pl.col("dealer_id").is_not_null())
    frame = _supplied(source, as_of, by_dealer(placed), chosen)
    for part in (_owed(source, as_of), _tiers(source, as_of)):
        frame = frame.join(part, on="dealer_id", how="left")
    risk = pl.sum_horizontal(pl.col(name).fill_null(0.0) for name in ("out_value", "over_value", "overdue_value")).alias("risk_value")
    alarms = {name: pl.lit(said.to_json()) for name, said in ALARMS.items()}
    alarm = (
        pl.when("is_stuffed").then(alarms["stuffed"]).when(pl.col("is_held").fill_null(False)).then(alarms["overdue"])
        .when("_runs_out").then(alarms["runs_out"]).when("_is_silent").then(alarms["silent"])
    )  # fmt: skip
    return placed, frame.with_columns(risk, alarm.alias("alarm")).sort("risk_value", "dealer_id", descending=[True, False])


def supply_rows(source: Source, as_of: date, selection: Selection, scope: Scope) -> pl.DataFrame:
    """Of each dealer that is asked for how its stock stands in the usual window (`by_dealer`), its channel load, is_stuffed, days_of_supply_why,
    `_runs_out`, `_is_silent`."""
    return _supplied(source, as_of, standing_on(source, as_of), pick_of(source, selection, scope).dealers)


def _supplied(source: Source, as_of: date, standing: pl.DataFrame, chosen: list[str] | None) -> pl.DataFrame:
    dealers = source.dealers.filter(~pl.col("status").is_in(["candidate", "ended"]).fill_null(False))
    mine = dealers if chosen is None else dealers.filter(pl.col("dealer_id").is_in(chosen))
    frame = mine.select("dealer_id", "dealer_name", "region", "sales_rep")
    held = stock_at_dealers(source, as_of).select("dealer_id", "stock_value")
    for part in (standing.drop("stock_value"), held, _loads(source, as_of)):
        frame = frame.join(part, on="dealer_id", how="left")
    places = source.places.filter(pl.col("dealer_id").is_not_null())["dealer_id"].unique().to_list()
    is_long = (pl.col("days_of_supply") > pl.col("high")).fill_null(False)
    never = pl.col("stock_value").is_null()
    return frame.with_columns(
        (pl.col("is_loaded").fill_null(False) & is_long).alias("is_stuffed"),
        (pl.col("out_count").fill_null(0) > 0).alias("_runs_out"),
        ((never & (len(places) > 0)) | pl.col("is_estimated").fill_null(False)).alias("_is_silent"),
        pl.when(~pl.col("dealer_id").is_in(places)).then(pl.lit(WHY_NO_PLACE.to_json()))
        .when(never).then(pl.lit(WHY_NO_STOCK.to_json()))
        .when(pl.col("days_of_supply").is_null()).then(pl.lit(WHY_NO_DEMAND.to_json())).alias("days_of_supply_why"),
    )  # fmt: skip


def _loads(source: Source, as_of: date) -> pl.DataFrame:
    """Channel load of each dealer in the newest month, and whether it is above the limit for months running."""
    loads = channel.channel_load(source, as_of, EVERYTHING)
    newest = loads.filter(pl.col("month") == pl.col("month").max())
    return newest.select("dealer_id", "channel_load", pl.col("is_stuffed").alias("is_loaded"))


def _owed(source: Source, as_of: date) -> pl.DataFrame:
    return credit.exposures(source, as_of, EVERYTHING).select("dealer_id", "overdue_value")


def _of_those_who_left(source: Source, as_of: date, selection: Selection, scope: Scope, frame: pl.DataFrame) -> Iterator[Message]:
    """What dealers who are no longer supplied still owe: the desk does not list them, so its overdue is not the one of Credit."""
    chosen = pick_of(source, selection, scope).dealers
    owed = _owed(source, as_of).filter(~pl.col("dealer_id").is_in(frame["dealer_id"].to_list()))
    owed = owed if chosen is None else owed.filter(pl.col("dealer_id").is_in(chosen))
    left = float(owed["overdue_value"].sum() or 0.0)
    if left:
        yield message("Dealers who left us owe {left_money} more that is overdue; it stands on the page Credit.", left_money=left)


def _tiers(source: Source, as_of: date) -> pl.DataFrame:
    return scorecard.scores(source, as_of, EVERYTHING).select("dealer_id", "tier", "score", "is_held")


def _band(placed: pl.DataFrame) -> tuple[float, float] | None:
    """Reorder point and ICO in days of demand over all positions together; None where nothing is known of them."""
    together = by_dealer(placed.with_columns(pl.lit("").alias("dealer_id")))
    low, high = (together[name][0] if together.height else None for name in ("low", "high"))
    return None if low is None or high is None else (float(low), float(high))


def _matrix(source: Source, placed: pl.DataFrame) -> pl.DataFrame:
    """Days of supply by line and region at cost, the line with the most stock first: line, region, days."""
    items = source.items.select(pl.col("item_id").alias("sku"), pl.coalesce("line_name", "line_id").alias("line"))
    regions = source.dealers.select("dealer_id", "region")
    cost = pl.col("unit_cost")
    valued = placed.join(items, on="sku").join(regions, on="dealer_id").filter(pl.col("line").is_not_null(), pl.col("region").is_not_null())
    sums = valued.group_by("line", "region").agg(
        (pl.col("on_hand_qty").clip(lower_bound=0.0) * cost).sum().alias("stock"), (pl.col("daily_qty") * cost).sum().alias("demand")
    )
    largest = sums.group_by("line").agg(pl.col("stock").sum().alias("whole")).sort("whole", "line", descending=[True, False]).head(MOST_LINES)
    days = pl.when(pl.col("demand") > 0).then(pl.col("stock") / pl.col("demand")).alias("days")
    return sums.join(largest, on="line").sort("whole", "line", "region", descending=[True, False, False]).select("line", "region", days)


def _measures(frame: pl.DataFrame, running_out: list[str], stuffed: list[str]) -> tuple[Measured, ...]:
    known = frame.filter(pl.col("stock_value").is_not_null())
    unknown = WHY_NO_STOCK if known.is_empty() else None

    def total(name: str) -> float | None:
        return float(frame[name].sum()) if frame[name].null_count() < frame.height else None

    def count(dealers: list[str]) -> int | None:
        return len(dealers) if known.height else None

    out = message("Dealers with products that are out of stock, or will be before an order arrives.")
    pushed = message("More is sold in than sold on, months running, and the stock lies above its band.")
    return (
        Measured(message("Dealers who run out"), count(running_out), "count", out, unknown),
        Measured(
            message("Sales at risk"), total("out_value"), "money", message("Sales lost until the next order but one, if nothing is ordered now."), unknown
        ),
        Measured(message("Stuffed dealers"), count(stuffed), "count", pushed, unknown),
        Measured(message("Excess"), total("over_value"), "money", message("Stock at dealers beyond what the objective allows."), unknown),
        Measured(
            message("Overdue"), total("overdue_value"), "money", message("Invoices of these dealers past their due day."), message("No invoices are loaded.")
        ),
        Measured(message("Suggested orders"), total("order_value"), "money", message("What all dealers should order now."), unknown),
    )


def _headline(frame: pl.DataFrame, running_out: int, stuffed: list[str]) -> Message:
    if frame.is_empty():
        return message("No dealer is in this choice.")
    if frame["stock_value"].null_count() == frame.height:
        return message("No dealer has reported its stock, so nobody knows who runs out.")
    at_risk = float(frame["out_value"].sum() or 0.0)
    over = float(frame["over_value"].sum() or 0.0)
    if stuffed:
        return plural(
            "{n} dealer runs out of something, {risk_money} of sales at risk; {stuffed_n} stuffed, {over_money} of excess.",
            "{n} dealers run out of something, {risk_money} of sales at risk; {stuffed_n} stuffed, {over_money} of excess.",
            n=running_out, risk_money=at_risk, stuffed_n=len(stuffed), over_money=over,
        )  # fmt: skip
    return plural(
        "{n} dealer runs out of something, {risk_money} of sales at risk; {over_money} of excess.",
        "{n} dealers run out of something, {risk_money} of sales at risk; {over_money} of excess.",
        n=running_out, risk_money=at_risk, over_money=over,
    )  # fmt: skip


def _notes(source: Source, frame: pl.DataFrame) -> tuple[Message, ...]:
    notes: list[Message] = [
        message("Days of supply are working days: stock at hand by daily demand, both at cost."),
        message("The band reaches from the reorder point to the inventory control objective (ICO)."),
        message("Money at risk: sales at risk, excess and what is overdue."),
    ]  # fmt: skip
    silent = frame.filter(pl.col("stock_value").is_null()).height
    if silent:
        notes.append(
            plural(
                "{n} dealer has never reported its stock; it is not taken as zero.",
                "{n} dealers have never reported their stock; it is not taken as zero.",
                n=silent,
            )
        )
    estimated = frame.filter(pl.col("is_estimated").fill_null(False)).height
    if estimated:
        notes.append(
            plural(
                "{n} dealer did not report lately; its last stock is carried forward.",
                "{n} dealers did not report lately; their last stock is carried forward.",
                n=estimated,
            )
        )  # fmt: skip
    limit: Any = source.settings["stuffing_load"]
    notes.append(message("Stuffed: channel load above {limit_ratio} for months running, and days of supply above the band.", limit_ratio=float(limit)))
    return tuple(notes)
