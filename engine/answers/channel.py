"""Channel stock: what lies in our plants and branches, at dealers and customers, by line and month; who is stuffed, who has not reported."""

from datetime import date

import polars as pl

from engine import channel as formulas
from engine.answers import replenishing
from engine.answers.answer import Answer, Column
from engine.answers.dealer_standing import stays_in
from engine.answers.measured import Measured
from engine.answers.periods import end_of, first_of, following, last_day, months_before
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.answers.statuses import KIND_WORDS
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

MONTHS = 13
KINDS = ("own", "branch", "dealer", "customer")
NEEDED = ("locations", "dealers", "dealer_sales")
COLUMNS = (
    Column("line_id", message("Line"), "code"),
    Column("line_name", message("Name"), "text"),
    Column("own_value", message("Plants"), "money"),
    Column("branch_value", message("Branches"), "money"),
    Column("dealer_value", message("Dealers"), "money"),
    Column("customer_value", message("Customers"), "money"),
    Column("stock_value", message("Whole channel at cost"), "money"),
    Column("stock_qty", message("Whole channel"), "qty"),
    Column("outside_share", message("Of it outside our walls"), "share"),
    Column("estimated_share", message("Of it estimated"), "share"),
    Column("last_year_value", message("A year before"), "money"),
    Column("change_share", message("Change"), "share"),
)
DEALER_COLUMNS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("region", message("Region"), "text"),
    Column("stock_value", message("Stock at cost"), "money"),
    Column("counted_on", message("Last report"), "date"),
    Column("is_estimated", message("Estimated"), "flag"),
    Column("sell_in_qty", message("Bought in three months"), "qty"),
    Column("sell_through_qty", message("Sold on in three months"), "qty"),
    Column("channel_load", message("Channel load"), "ratio"),
    Column("is_stuffed", message("Stuffed"), "flag"),
)


def channel_load(source: Source, as_of: date, scope: Scope, selection: Selection | None = None) -> pl.DataFrame:
    """Sell-in against sell-through by dealer and month, over two years to the last whole month until as_of.

    Returns dealer_id, month, sell_in_qty, sell_through_qty (null: not reported), channel_load (of the months of the setting), is_stuffed;
    every dealer of the scope that bought or sold on has every month.
    """
    last = first_of(as_of) if as_of == end_of(as_of) or as_of >= last_day(source) else months_before(first_of(as_of), 1)
    first = months_before(last, 23)
    flows = source.read("dealer_flow_months", first_month=first, last_month=last)
    dealers = pick_of(source, selection or Selection(), scope).dealers
    if dealers is not None:
        flows = flows.filter(pl.col("dealer_id").is_in(dealers))
    flows = flows.filter(pl.col("dealer_id").is_not_null())
    months = [first]
    while months[-1] < last:
        months.append(following(months[-1]))
    grid = flows.select("dealer_id").unique().sort("dealer_id").join(pl.DataFrame({"month": months}), how="cross")
    whole = grid.join(flows, on=["dealer_id", "month"], how="left", maintain_order="left").select(
        "dealer_id", "month", pl.col("bought_qty").fill_null(0.0).alias("sell_in_qty"), pl.col("sold_on_qty").alias("sell_through_qty")
    )
    settings = source.settings
    return formulas.channel_load(whole, int(settings["channel_load_months"]), float(settings["stuffing_load"]), int(settings["stuffing_months"]))


def stock_of_channel(source: Source, as_of: date, scope: Scope, selection: Selection) -> pl.DataFrame:
    """What lies where at the end of each of 13 months: month, location_id, place (own | branch | dealer | customer), dealer_id, line_id, counted_on,
    stock_qty, stock_value, is_estimated (the newest count is of an earlier month; it is carried forward, never taken as nothing).

    A dealer who has left counts until the month in which it left.
    """
    pick = pick_of(source, selection, scope)
    last = first_of(as_of)
    lines = None if pick.items is None else source.items.filter(pl.col("item_id").is_in(pick.items))["line_id"].drop_nulls().unique().to_list()
    found = source.read("channel_months", first_month=months_before(last, MONTHS - 1), last_month=last, lines=lines)
    place = (
        pl.when(~pl.col("is_own")).then(pl.coalesce("kind", pl.lit("dealer"))).when(pl.col("kind") == "branch").then(pl.lit("branch")).otherwise(pl.lit("own"))
    )
    places = source.places.with_columns(place.alias("place")).join(source.dealers.select("dealer_id", "status", "ended_on"), on="dealer_id", how="left")
    bound = scope.dealers is not None or any(selection.allowed(key) is not None for key in ("dealer_id", "channel"))
    if pick.dealers is not None:
        named = pl.col("dealer_id").is_in(pick.dealers).fill_null(False)
        places = places.filter(named | (pl.col("dealer_id").is_null() & ~pl.lit(bound)))
    if pick.places is not None:
        places = places.filter(pl.col("location_id").is_in(pick.places) | pl.col("dealer_id").is_not_null())
    whole = found.join(places.select("location_id", "place", "dealer_id", "status", "ended_on"), on="location_id")
    whole = whole.filter(stays_in(pl.col("month")))
    return whole.with_columns((pl.col("counted_on") < pl.col("month")).alias("is_estimated")).drop("status", "ended_on")


def channel_stock(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The stock of the whole channel.

    frame: one row a line on the day (COLUMNS), the most money first. extra: `months` (month, place, stock_value, estimated_value), `dealers`
    (DEALER_COLUMNS: the stuffed first), `unreported` (dealer_id, dealer_name, region, counted_on; null = never), `books` (month, dealer_id, sku,
    quantities of what does not close), `loads` (month, value: load of all dealers who report). facts: measures, places (words).
    """
    answer: Answer = _channel_stock(warehouse, selection, scope)
    return answer


@remembered
def _channel_stock(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    stock = stock_of_channel(source, as_of, scope, selection)
    last, before = first_of(as_of), months_before(first_of(as_of), 12)
    newest = stock["month"].max()
    now = stock.filter(pl.col("month") == newest) if newest is not None else stock.clear()
    loads = channel_load(source, as_of, scope, selection)
    dealers = _dealers(source, now, loads)
    late = replenishing.unreported(source, selection, scope)
    books = _books(source, selection, scope, last)
    frame = _lines(source, now, stock.filter(pl.col("month") == before))
    return Answer(
        name="channel_stock",
        headline=_headline(now, stock.filter(pl.col("month") == before), dealers),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        notes=_notes(source, selection, scope, late, books, now),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={"months": _months(stock), "dealers": dealers, "unreported": late, "books": books, "loads": _loads(loads)},
        facts={"measures": _measures(now, dealers, late), "places": dict(KIND_WORDS)},
        scope=scope,
        selection=selection,
    )


def _sum(frame: pl.DataFrame, column: str, *conditions: pl.Expr) -> float:
    return float(frame.filter(*conditions)[column].sum() or 0.0)


def _lines(source: Source, now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    by_place = [pl.col("stock_value").filter(pl.col("place") == kind).sum().alias(f"{kind}_value") for kind in KINDS]
    lines = now.group_by("line_id", maintain_order=True).agg(
        *by_place, pl.col("stock_value", "stock_qty").sum(), pl.col("stock_value").filter("is_estimated").sum().alias("_estimated")
    )
    earlier = before.group_by("line_id").agg(pl.col("stock_value").sum().alias("last_year_value"))
    titled = source.items.filter(pl.col("line_id").is_not_null()).unique("line_id", keep="first", maintain_order=True).select("line_id", "line_name")
    lines = lines.join(earlier, on="line_id", how="left", nulls_equal=True).join(titled, on="line_id", how="left")
    whole = pl.col("stock_value")
    return (
        lines.with_columns(
            pl.when(whole > 0).then((pl.col("dealer_value") + pl.col("customer_value")) / whole).alias("outside_share"),
            pl.when(whole > 0).then(pl.col("_estimated") / whole).alias("estimated_share"),
            pl.when(pl.col("last_year_value") > 0).then(whole / pl.col("last_year_value") - 1).alias("change_share"),
        )
        .select(column.name for column in COLUMNS)
        .sort("stock_value", "line_id", descending=[True, False], nulls_last=True)
    )


def _months(stock: pl.DataFrame) -> pl.DataFrame:
    by = stock.group_by("month", "place").agg(pl.col("stock_value").sum(), pl.col("stock_value").filter("is_estimated").sum().alias("estimated_value"))
    return by.sort("month", "place")


def _dealers(source: Source, now: pl.DataFrame, loads: pl.DataFrame) -> pl.DataFrame:
    """The dealers of the newest month: the stuffed first, then the highest load."""
    held = now.filter(pl.col("dealer_id").is_not_null(), pl.col("place") == "dealer")
    held = held.group_by("dealer_id").agg(pl.col("stock_value").sum(), pl.col("counted_on").min(), pl.col("is_estimated").any())
    sums = [pl.col(name).tail(3).sum().alias(name) for name in ("sell_in_qty",)]
    through = pl.when(pl.col("sell_through_qty").tail(3).null_count() == 0).then(pl.col("sell_through_qty").tail(3).sum()).alias("sell_through_qty")
    flows = loads.group_by("dealer_id", maintain_order=True).agg(*sums, through, pl.col("channel_load", "is_stuffed").last())
    whole = held.join(flows, on="dealer_id", how="full", coalesce=True).join(
        source.dealers.select("dealer_id", "dealer_name", "region"), on="dealer_id", how="left"
    )
    whole = whole.filter(pl.col("stock_value").is_not_null() | (pl.col("sell_in_qty") != 0))
    ordered = whole.sort(["is_stuffed", "channel_load", "stock_value", "dealer_id"], descending=[True, True, True, False], nulls_last=True)
    return ordered.select(column.name for column in DEALER_COLUMNS)


def _loads(loads: pl.DataFrame) -> pl.DataFrame:
    """Load of all dealers who reported the months: month, actual."""
    known = loads.filter(pl.col("sell_through_qty").is_not_null()).group_by("month").agg(pl.col("sell_in_qty", "sell_through_qty").sum()).sort("month")
    return known.select("month", pl.when(pl.col("sell_through_qty") > 0).then(pl.col("sell_in_qty") / pl.col("sell_through_qty")).alias("actual"))


def _books(source: Source, selection: Selection, scope: Scope, last: date) -> pl.DataFrame:
    found = source.read("dealer_books", first_month=months_before(last, MONTHS - 1), last_month=last)
    pick = pick_of(source, selection, scope)
    if pick.dealers is not None:
        found = found.filter(pl.col("dealer_id").is_in(pick.dealers))
    return found if pick.items is None else found.filter(pl.col("sku").is_in(pick.items))


def _headline(now: pl.DataFrame, before: pl.DataFrame, dealers: pl.DataFrame) -> Message:
    whole = _sum(now, "stock_value")
    if whole <= 0:
        return message("No stock is known for this choice.")
    outside = _sum(now, "stock_value", pl.col("place").is_in(["dealer", "customer"])) / whole
    stuffed = int(dealers["is_stuffed"].sum() or 0)
    if stuffed:
        return plural(
            "{stock_money} lie in the channel, {outside_share} of it outside our walls; {n} dealer buys more than it sells on.",
            "{stock_money} lie in the channel, {outside_share} of it outside our walls; {n} dealers buy more than they sell on.",
            n=stuffed, stock_money=whole, outside_share=outside,
        )  # fmt: skip
    return message("{stock_money} lie in the channel, {outside_share} of it outside our walls.", stock_money=whole, outside_share=outside)


def _measures(now: pl.DataFrame, dealers: pl.DataFrame, late: pl.DataFrame) -> tuple[Measured, ...]:
    estimated = _sum(now, "stock_value", pl.col("is_estimated"))
    return (
        Measured(
            message("Our own stock"), _sum(now, "stock_value", pl.col("place").is_in(["own", "branch"])), "money", message("Plants and branches, at cost.")
        ),
        Measured(
            message("At dealers"), _sum(now, "stock_value", pl.col("place") == "dealer"), "money", message("As reported or carried forward, at our cost.")
        ),
        Measured(
            message("At customers"), _sum(now, "stock_value", pl.col("place") == "customer"), "money", message("As reported or carried forward, at our cost.")
        ),
        Measured(message("Of it estimated"), estimated, "money", message("Counted in an earlier month and carried forward.")),
        Measured(message("Dealers without a report"), float(late.height), "count", message("No count, or only one that is too old.")),
        Measured(message("Stuffed dealers"), float(dealers["is_stuffed"].sum() or 0), "count", message("Buying above what they sell on, months running.")),
    )


def _notes(source: Source, selection: Selection, scope: Scope, late: pl.DataFrame, books: pl.DataFrame, now: pl.DataFrame) -> tuple[Message, ...]:
    notes: list[Message] = []
    never = late.filter(pl.col("counted_on").is_null()).height
    if never:
        notes.append(
            plural(
                "{n} dealer has never reported stock; nothing of it is in this picture, and nothing is not zero.",
                "{n} dealers have never reported stock; nothing of it is in this picture, and nothing is not zero.",
                n=never,
            )
        )
    if now.filter("is_estimated").height:
        notes.append(message("Stock that was not reported is carried forward from the last report and marked as estimated."))
    above = books.filter("is_sold_above_stock").height
    if above:
        notes.append(
            plural(
                "In {n} case a dealer reported more sales than it had to sell; its count stands, the difference is listed.",
                "In {n} cases dealers reported more sales than they had to sell; their counts stand, the differences are listed.",
                n=above,
            )
        )
    if books.height > above:
        notes.append(
            plural(
                "In {n} case a dealer's count is not what it had, bought and sold on.",
                "In {n} cases a dealer's count is not what it had, bought and sold on.",
                n=books.height - above,
            )
        )
    moved = _two_regions(source)
    if moved:
        notes.append(
            plural(
                "{n} dealer has a place in another region; it counts for the dealer's own region throughout.",
                "{n} dealers have a place in another region; it counts for the dealer's own region throughout.",
                n=moved,
            )
        )
    return tuple(notes)


def _two_regions(source: Source) -> int:
    named = source.dealers.select("dealer_id", pl.col("region").alias("of_dealer"))
    both = source.places.filter(~pl.col("is_own")).join(named, on="dealer_id")
    return both.filter((pl.col("region") != pl.col("of_dealer")).fill_null(False))["dealer_id"].n_unique()
