"""Every position that is supplied: article × our own branches and the dealers' places, with its stock, demand, objective and status."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from engine import abc, replenishment
from engine.answers import ordering_rules
from engine.answers.periods import Window, first_of, last_day, months_before, span_of
from engine.answers.picking import pick_of
from engine.answers.positions_read import of_places, positions_read
from engine.answers.source import Memory, Source
from engine.answers.workdays import Workdays
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    "location_id", "dealer_id", "sku", "on_hand_qty", "in_transit_qty", "committed_qty", "position_qty", "daily_qty", "ico_qty", "low_qty", "safety_qty",
    "days_of_supply", "position_days", "low_days", "high_days", "interval_days", "lead_days", "needed_qty", "order_qty", "order_value", "pack_qty",
    "min_order_qty", "status", "severity", "gap_days", "at_risk_qty", "at_risk_value", "excess_value", "unit_cost", "unit_price", "sold_qty", "days",
    "out_share", "adjustment", "safety_share", "counted_on", "reported_on", "is_estimated", "demand_from", "rules_from", "remark",
)  # fmt: skip
_KEPT = Memory(6)

REMARKS: dict[str, Message] = {
    "no_dealer": message("The place belongs to no dealer, so its demand is unknown."),
    "negative": message("The books show less than nothing; it counts as none."),
    "not_counted": message("The count of the place does not name it; it counts as none there."),
    "withdrawn": message("It is withdrawn: nothing more is ordered."),
    "new": message("It is new and has not been sold yet."),
    "short_history": message("Its history is shorter than interval and lead time together."),
    "year": message("It was hardly in stock; its demand is that of a year."),
    "sell_in": message("The dealer does not report what it sells; what we shipped stands for it."),
    "estimated": message("The stock is that of an earlier report, carried forward."),
    "no_pack": message("The pack of 0 in the master data counts as one piece."),
}
"""What must be known of a row, the most important first."""


def window_of(source: Source, selection: Selection) -> tuple[date, Window]:
    """(day of the stock, days of the demand): the window that holds on every page (`span_of`), until the day of the stock."""
    span = span_of(source, selection, by_month=False)
    return span.as_of, Window(span.first, min(span.last, span.as_of))


def supplied_places(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    """The places that are supplied and may be seen: location_id, location_name, kind, is_own, dealer_id, dealer_name, region.

    Places of dealers who are with us, of a dealer with several the first, with the region of the dealer; our own branches, or where there are none, all of
    our own. Customers' places are not supplied by us. Our own are left out where dealers or channels are asked for, or the scope names dealers.
    """
    pick = pick_of(source, selection, scope)
    is_with_us = pl.col("status").is_null() | (pl.col("status") == "active")
    known = source.dealers.select("dealer_id", "dealer_name", pl.col("region").alias("of_dealer"), (~is_with_us).alias("is_gone"))
    places = source.places.filter(pl.col("kind").is_null() | (pl.col("kind") != "customer")).join(known, on="dealer_id", how="left", maintain_order="left")
    own = places.filter("is_own")
    branches = own.filter(pl.col("kind").is_null() | (pl.col("kind") == "branch"))
    own = branches if branches.height else own
    others = places.filter(~pl.col("is_own")).sort("location_id")
    single = others.filter(pl.col("dealer_id").is_null())
    owned = others.filter(pl.col("dealer_id").is_not_null(), ~pl.col("is_gone").fill_null(False)).unique("dealer_id", keep="first", maintain_order=True)
    others = pl.concat([owned, single]).with_columns(pl.coalesce("of_dealer", "region").alias("region"))
    bound = scope.dealers is not None or any(selection.allowed(key) is not None for key in ("dealer_id", "channel"))
    nobodys = pl.col("dealer_id").is_null() & (pl.lit(not bound) & pl.col("location_id").is_in(pick.places or []) | pl.lit(pick.places is None and not bound))
    if pick.dealers is not None:
        others = others.filter(pl.col("dealer_id").is_in(pick.dealers).fill_null(False) | nobodys)
    if pick.places is not None:
        own = own.filter(pl.col("location_id").is_in(pick.places))
    whole = pl.concat([own.clear() if bound else own, others])
    at = selection.allowed("location_id")
    if at is not None:
        whole = whole.filter(pl.col("location_id").is_in(at))
    return whole.select("location_id", "location_name", "kind", "is_own", "dealer_id", "dealer_name", "region")


def positions(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    """One row a location_id × sku with stock, goods under way or demand: COLUMNS, in the order of places and articles.

    Quantities in pieces, days in working days. days_of_supply: on hand ÷ daily demand; position_days: with what is under way, less what is
    promised: that is what stands against low_days (reorder point) and high_days (the ICO). Dealers without any count have no row (see
    `unreported`). status is one of `engine.replenishment.STATUSES`; rules_from, remark: a Message as JSON, the second may be null.
    """
    asked = Selection(selection.as_of, selection.first, selection.last, (), selection.where)
    return _KEPT.recall((source, asked, scope, ordering_rules.review_heads(source)), lambda: _positions(source, asked, scope))


def _positions(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    """As the build kept them for the newest day and the usual window, of those places and articles that are asked for, else worked out.

    A position hangs on its own place and article alone, so that a choice of them is a part of the whole. Where orders hang on the classes of the
    assortment, what people decide about these after the build counts too, so that nothing kept holds.
    """
    is_usual = window_of(source, selection) == window_of(source, Selection())
    if not is_usual or source.is_bounded or ordering_rules.is_by_review(source.settings):
        return worked_out(source, selection, scope)
    places = supplied_places(source, selection, scope)["location_id"].to_list() if selection.where else None
    kept = source.read("supplied_positions", as_of=last_day(source), settings=source.settings.fingerprint, places=places)
    if kept.is_empty():
        return worked_out(source, selection, scope)
    items = pick_of(source, selection, scope).items
    mine = kept if items is None else kept.filter(pl.col("sku").is_in(items))
    judged = mine.with_columns(pl.col("status").cast(pl.Enum(replenishment.STATUSES)))
    return judged.with_columns(replenishment.severity().alias("severity")).select(COLUMNS)


def worked_out(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    """The same from counts, sales and rules."""
    as_of, window = window_of(source, selection)
    places = supplied_places(source, selection, scope)
    work = Workdays(source, min(window.first, as_of), max(window.last, as_of))
    items = pick_of(source, selection, scope).items
    frame = positions_read(source, as_of, window, work, places["location_id"].to_list(), items)
    frame = frame.with_columns(source.places[name].gather(frame["place_no"].cast(pl.UInt32)).alias(name) for name in ("dealer_id", "is_own"))
    frame = with_items(source, frame, as_of)
    frame = frame.filter(pl.col("item_kind") == "product")
    frame = with_demand(source, frame, window, work)
    frame = by_year_where_hardly_there(source, frame, as_of, work)
    frame = ordering_rules.with_rules(source, frame, as_of)
    frame = with_stock(source, frame, places, as_of)
    judged = replenishment.positions(
        frame, most_out_share=float(source.settings["most_out_of_stock_share"]), transit_share=float(source.settings["transit_lead_share"]),
        excess_times=float(source.settings["excess_objective_times"]),
    )  # fmt: skip
    return _remarked(_without_withdrawn(judged, as_of), as_of, source).select(COLUMNS)


def with_items(source: Source, frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """With what is known of each article: kind, newest cost, price paid over a year (else the list price), pack, days in the catalogue."""
    costs = source.costs.filter(pl.col("valid_from") <= as_of).group_by("item_id", maintain_order=True).agg(pl.col("unit_cost").last().alias("stock_cost"))
    paid = source.whole.read("prices_paid", first_month=months_before(first_of(as_of), 11), last_month=first_of(as_of))
    paid = paid.select("sku", pl.when(pl.col("qty") > 0).then(pl.col("net_value") / pl.col("qty")).alias("paid_price"), pl.col("net_value").alias("turnover"))
    known = (
        source.items.select("item_id", "item_kind", "unit_cost", "list_price", "catalogue_on", "withdrawn_on")
        .with_row_index("item_no")
        .join(costs, on="item_id", how="left", maintain_order="left")
        .rename({"item_id": "sku"})
        .join(paid, on="sku", how="left", maintain_order="left")
        .join(source.read("order_packs"), on="sku", how="left", maintain_order="left")
        .with_columns(pl.coalesce("stock_cost", "unit_cost").alias("unit_cost"), pl.coalesce("paid_price", "list_price").alias("unit_price"))
    )
    limits = float(source.settings["abc_a_share"]), float(source.settings["abc_b_share"])
    known = abc.classed(known, "turnover", limits=limits).sort("item_no")
    names = ("item_kind", "unit_cost", "unit_price", "catalogue_on", "withdrawn_on", "pack_qty", "min_order_qty", "abc_class")
    return frame.with_columns(known[name].gather(frame["item_no"].cast(pl.UInt32)).alias(name) for name in names)


def with_demand(source: Source, frame: pl.DataFrame, window: Window, work: Workdays) -> pl.DataFrame:
    """With sold_qty and the working days in which it was sold (`days`), and from what the demand is known (`demand_from`).

    Where it is known on which days an article was in stock, the months of which that is known count, and they alone. Else the days since
    sales are recorded, or since the article entered the catalogue, until the dealer's last report. A dealer who reports too little, or
    nothing, is judged by what we shipped to it.
    """
    reports = source.places.select("dealer_id").join(source.read("dealer_reports"), on="dealer_id", how="left", maintain_order="left")
    frame = frame.with_columns(of_places(reports, frame, "first_sold_on", "last_sold_on"))
    least = int(source.settings["least_report_days"])
    began = pl.max_horizontal(pl.lit(window.first), "first_sold_on")
    until = pl.min_horizontal(pl.lit(window.last), "last_sold_on")
    is_silent = ~pl.col("is_own") & (((until - began).dt.total_days() + 1 < least) | pl.col("last_sold_on").is_null())
    frame = frame.with_columns(is_silent.fill_null(False).alias("_silent"))
    silent = frame.filter(pl.col("_silent") & pl.col("dealer_id").is_not_null())["dealer_id"].unique().sort().to_list()
    if silent:
        shipped = source.read("sell_in_between", first=window.first, last=window.last, dealers=silent).select(
            "dealer_id", "sku", pl.col("qty").alias("_shipped")
        )
        frame = frame.join(shipped, on=["dealer_id", "sku"], how="left")
    else:
        frame = frame.with_columns(pl.lit(None, dtype=pl.Float64).alias("_shipped"))
    sales = source.days.get("sales")
    recorded = max(window.first, sales[0]) if sales else window.first
    frame = frame.with_columns(
        pl.max_horizontal(pl.when(pl.col("is_own") | pl.col("_silent")).then(pl.lit(recorded)).otherwise(began), "catalogue_on").alias("_first"),
        pl.when(pl.col("is_own") | pl.col("_silent")).then(pl.lit(window.last)).otherwise(until).alias("_last"),
    )
    days = work.between_each(_ordinals(frame["_first"], window.first), _ordinals(frame["_last"], window.last))
    frame = frame.with_columns(pl.Series("_days", days))
    covered = (pl.col("covered_months") > 0) & ~pl.col("_silent")
    own_kind = pl.when(pl.col("_silent")).then(pl.lit("sell_in")).when(pl.col("is_own")).then(pl.lit("shipped")).otherwise(pl.lit("sell_through"))
    return frame.with_columns(
        pl.when(pl.col("_silent"))
        .then(pl.col("_shipped"))
        .when(covered)
        .then(pl.col("covered_qty"))
        .otherwise(pl.col("sold_qty"))
        .fill_null(0.0)
        .alias("sold_qty"),
        pl.when(covered).then(pl.col("covered_days")).otherwise(pl.col("_days")).alias("days"),
        pl.when(covered).then(pl.col("covered_days")).alias("covered_days"),
        pl.when(covered).then(pl.col("in_stock_days")).alias("in_stock_days"),
        own_kind.alias("demand_from"),
    )


def _ordinals(days: pl.Series, otherwise: date) -> Any:
    epoch = date(1970, 1, 1).toordinal()
    return days.fill_null(otherwise).to_physical().cast(pl.Int64).to_numpy() + epoch


def by_year_where_hardly_there(source: Source, frame: pl.DataFrame, as_of: date, work: Workdays) -> pl.DataFrame:
    """Where an article was hardly in stock in the window, its demand is that of the twelve months before: else what sold nothing because
    there was nothing would never be ordered again."""
    least = float(source.settings["least_in_stock_share"])
    is_through = (pl.col("in_stock_days") <= 0) & (pl.col("sold_qty") > 0)
    hardly = ((pl.col("in_stock_days") < least * pl.col("covered_days")) & ~is_through).fill_null(False)
    poor = frame.filter(hardly)
    if poor.is_empty():
        return frame
    year = Window(months_before(first_of(as_of), 12), as_of)
    wide = Workdays(source, year.first, as_of)
    found = positions_read(source, as_of, year, wide, poor["location_id"].unique().to_list(), poor["sku"].unique().to_list())
    found = found.filter(pl.col("in_stock_days") > 0).select(
        "location_id", "sku", pl.col("covered_qty").alias("_sold"), pl.col("covered_days").alias("_covered"), pl.col("in_stock_days").alias("_there")
    )
    frame = frame.join(found, on=["location_id", "sku"], how="left")
    better = hardly & pl.col("_there").is_not_null()
    return frame.with_columns(
        pl.when(better).then(pl.col("_sold").fill_null(0.0)).otherwise("sold_qty").alias("sold_qty"),
        *(pl.when(better).then(pl.col("_covered")).otherwise(name).alias(name) for name in ("days", "covered_days")),
        pl.when(better).then(pl.col("_there")).otherwise("in_stock_days").alias("in_stock_days"),
        pl.when(better).then(pl.lit("year")).otherwise("demand_from").alias("demand_from"),
    )


def with_stock(source: Source, frame: pl.DataFrame, places: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """With the stock as it counts: an article that the count of its place does not name is not there; a place without any count is unknown."""
    counted = source.counts.filter(pl.col("counted_on") <= as_of).group_by("location_id").agg(pl.col("counted_on").max().alias("newest_on"))
    newest = source.places.select("location_id").join(counted, on="location_id", how="left", maintain_order="left")
    frame = frame.with_columns(of_places(newest, frame, "newest_on")).filter(pl.col("newest_on").is_not_null())
    age = (pl.lit(as_of) - pl.col("counted_on")).dt.total_days()
    return frame.with_columns(
        pl.col("on_hand_qty").is_null().alias("_unnamed"),
        pl.col("on_hand_qty", "in_transit_qty", "committed_qty").fill_null(0.0),
        pl.coalesce("counted_on", "newest_on").alias("counted_on"),
        pl.coalesce("reported_on", "counted_on", "newest_on").alias("reported_on"),
    ).with_columns((age > int(source.settings["dealer_report_days"])).fill_null(False).alias("is_estimated"))


def _without_withdrawn(frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Nothing more is ordered of what is withdrawn; rows of nothing at all are left out."""
    gone = (pl.col("withdrawn_on") <= as_of).fill_null(False)
    zero = pl.lit(0.0)
    frame = frame.with_columns(
        gone.alias("_withdrawn"),
        *(pl.when(gone).then(zero).otherwise(name).alias(name) for name in ("needed_qty", "order_qty", "order_value", "at_risk_qty", "at_risk_value")),
    )
    is_there = (pl.col("on_hand_qty") != 0) | (pl.col("in_transit_qty") > 0)
    return frame.filter(is_there | ((pl.col("daily_qty") > 0) & ~gone))


def _remarked(frame: pl.DataFrame, as_of: date, source: Source) -> pl.DataFrame:
    """With the most important of REMARKS that holds for each row."""
    new = (pl.col("catalogue_on") > as_of - timedelta(int(source.settings["window_days"]))).fill_null(False)
    holds = {
        "no_dealer": pl.col("dealer_id").is_null() & ~pl.col("is_own"),
        "negative": pl.col("on_hand_qty") < 0,
        "withdrawn": pl.col("_withdrawn"),
        "new": new & (pl.col("sold_qty") <= 0),
        "short_history": (pl.col("days") < pl.col("interval_days") + pl.col("lead_days")) & (pl.col("sold_qty") > 0),
        "year": pl.col("demand_from") == "year",
        "sell_in": pl.col("demand_from") == "sell_in",
        "estimated": pl.col("is_estimated"),
        "not_counted": pl.col("_unnamed"),
        "no_pack": (pl.col("pack_qty") <= 0).fill_null(False),
    }
    number = pl.lit(None, dtype=pl.UInt8)
    for place, name in reversed(list(enumerate(holds))):
        number = pl.when(holds[name].fill_null(False)).then(pl.lit(place, dtype=pl.UInt8)).otherwise(number)
    said = pl.Series([REMARKS[name].to_json() for name in holds])
    excess = pl.when(new & (pl.col("status") == "no_demand")).then(0.0).otherwise("excess_value")
    whole = frame.with_columns(number.alias("_remark"), excess.alias("excess_value"))
    return whole.with_columns(said.gather(whole["_remark"].cast(pl.UInt32)).alias("remark"))


def urgent_first(frame: pl.DataFrame) -> pl.DataFrame:
    """The positions with the most sales at risk first, then the largest excess, then by place and article."""
    return frame.sort(["at_risk_value", "excess_value", "location_id", "sku"], descending=[True, True, False, False], nulls_last=True)


def unreported(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    """Active dealers of whose stock no count is known on the day or only an old one: dealer_id, dealer_name, region, counted_on (null: never)."""
    as_of, _ = window_of(source, selection)
    pick = pick_of(source, selection, scope)
    newest = (
        source.counts.filter(pl.col("counted_on") <= as_of)
        .join(source.places.filter(~pl.col("is_own")).select("location_id", "dealer_id"), on="location_id")
        .group_by("dealer_id")
        .agg(pl.col("counted_on").max())
    )
    dealers = source.dealers if pick.dealers is None else source.dealers.filter(pl.col("dealer_id").is_in(pick.dealers))
    at = selection.allowed("location_id")
    if at is not None:
        dealers = dealers.filter(pl.col("dealer_id").is_in(source.places.filter(pl.col("location_id").is_in(at))["dealer_id"].drop_nulls().to_list()))
    active = dealers.filter(pl.col("status").is_null() | (pl.col("status") == "active")).join(newest, on="dealer_id", how="left")
    age = (pl.lit(as_of) - pl.col("counted_on")).dt.total_days()
    late = active.filter(pl.col("counted_on").is_null() | (age > int(source.settings["dealer_report_days"])))
    return late.select("dealer_id", "dealer_name", "region", "counted_on").sort("counted_on", "dealer_id", nulls_last=False)


def mean_days(values: np.ndarray[Any, Any], weights: np.ndarray[Any, Any]) -> float | None:
    """Mean of days weighted by money; None without any weight."""
    total = float(weights.sum())
    return float((values * weights).sum() / total) if total > 0 else None
