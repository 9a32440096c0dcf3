"""The clearance programme: items that were listed to be cleared by a deadline, as records; what became of each by the stock of later days."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from engine import clearance as formulas
from engine.answers import flows, records
from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.periods import Window, last_day
from engine.answers.picking import OUT_OF_SCOPE, Pick, pick_of
from engine.answers.source import Source, remembered
from engine.clearance import quarter_of
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

PLANS: dict[str, Message] = {
    "discount": message("sell at a discount"),
    "bundle": message("sell in a bundle"),
    "rework": message("rework"),
    "return": message("return to the supplier"),
    "scrap": message("scrap"),
}
STATUSES: dict[str, Message] = {
    "late": message("late"), "soon": message("due soon"), "running": message("under way"), "unknown": message("not counted since"), "done": message("done"),
}  # fmt: skip
NOT_COUNTED = message("No stock was counted there since it was listed.")
COLUMNS = (
    Column("item_id", message("Item"), "code"),
    Column("location_id", message("Location"), "code"),
    Column("name", message("Name"), "text"),
    Column("status", message("Status"), "message"),
    Column("days_late", message("Days late"), "count"),
    Column("left_value", message("Still there at cost"), "money", "down"),
    Column("cleared_share", message("Cleared"), "share", "up"),
    Column("freed_value", message("Money freed"), "money", "up"),
    Column("owner", message("Owner"), "text"),
    Column("plan", message("Plan"), "message"),
    Column("deadline", message("Deadline"), "date"),
    Column("quarter", message("Quarter"), "text"),
    Column("listed_value", message("Listed at cost"), "money"),
    Column("listed_qty", message("Listed"), "qty"),
    Column("left_qty", message("Still there"), "qty"),
    Column("left_why", message("Why unknown"), "message"),
)
EDITING = ("subject", "record_id", "plan_code", "note", "closed_on", "status_code")
"""What a change of a listed item needs beside what is shown of it."""
_TEXTS = ("subject", "item_id", "location_id", "quarter", "owner", "plan_code", "note")
_DAYS = ("listed_on", "deadline", "closed_on")
_NUMBERS = ("listed_qty", "listed_value", "proceeds_value")
_LISTED = {"record_id": pl.Int64} | dict.fromkeys(_TEXTS, pl.String) | dict.fromkeys(_DAYS, pl.Date) | dict.fromkeys(_NUMBERS, pl.Float64)


def clearance(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The items of the programme, late ones first.

    frame: COLUMNS; item_id and location_id (null = all our places together) lead, one row an item, place and quarter. extra: `editing`
    (EDITING, the same rows in the same order), `waterfall` (label as JSON, value, is_total) from what was listed to what still lies
    there, `quarters` (quarter, items_n, listed_value, left_value, freed_value).
    facts: `measures`, `deadline` (proposed), `left_value`.
    """
    answer: Answer = _clearance(warehouse, selection, scope)
    return answer


@remembered
def _clearance(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    pick = pick_of(source, Selection(where=(("item_kind", ("all",)),)), scope)
    listed = _within(_listed(source), pick)
    found = formulas.late_first(formulas.progress(_with_flows(source, listed, as_of), as_of, int(source.settings["clearance_soon_days"])))
    names = source.items.select("item_id", pl.col("item_name").alias("name"))
    said = {
        "status": {code: words.to_json() for code, words in STATUSES.items()},
        "plan": {code: words.to_json() for code, words in PLANS.items()},
    }
    frame = found.join(names, on="item_id", how="left", maintain_order="left").with_columns(
        pl.col("status").alias("status_code"),
        pl.col("status").replace_strict(said["status"], return_dtype=pl.String),
        pl.col("plan_code").replace_strict(said["plan"], default=None, return_dtype=pl.String).alias("plan"),
        pl.when(pl.col("left_qty").is_null()).then(pl.lit(NOT_COUNTED.to_json())).alias("left_why"),
    )
    return Answer(
        name="clearance",
        headline=_headline(frame, pick),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        missing=tuple(table for table in ("stock",) if not source.has(table)),
        notes=(
            message("What was listed is what counts: newer goods of the same item neither undo progress nor add to it."),
            message("Money freed is what the cleared pieces were sold for, and what was entered for scrap and returned goods."),
        ),
        extra={"editing": frame.select(EDITING), "waterfall": _waterfall(found), "quarters": _quarters(found)},
        facts={
            "measures": _measures(found), "deadline": as_of + timedelta(days=int(source.settings["clearance_days"])),
            "left_value": float(found.filter(pl.col("status") != "done")["left_value"].sum()),
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def still_open(source: Source, scope: Scope) -> pl.DataFrame:
    """What is listed and not cleared yet, within a scope: subject, item_id, location_id, owner, deadline."""
    as_of, pick = last_day(source), pick_of(source, Selection(where=(("item_kind", ("all",)),)), scope)
    listed = _within(_listed(source), pick)
    found = formulas.progress(_with_flows(source, listed, as_of), as_of, int(source.settings["clearance_soon_days"]))
    return found.filter(pl.col("status") != "done").select("subject", "item_id", "location_id", "owner", "deadline")


def _listed(source: Source) -> pl.DataFrame:
    """Every item of the programme that was not taken off the list, as it stands now."""
    rows = [
        {"subject": record.subject, "record_id": record.id, **_fields(record.payload or {})} for record in records.newest(source.home, "clearance")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=_LISTED)


def _fields(kept: Mapping[str, Any]) -> dict[str, Any]:
    named = dict(kept) | {"plan_code": kept.get("plan")}
    texts = {name: named.get(name) for name in _TEXTS if name != "subject"}
    days = {name: date.fromisoformat(named[name]) if named.get(name) else None for name in _DAYS}
    return texts | days | {name: None if named.get(name) is None else float(named[name]) for name in _NUMBERS}


def _within(listed: pl.DataFrame, pick: Pick) -> pl.DataFrame:
    """Only places that the scope lets through; whoever sees single dealers only does not see our own stock."""
    if pick.no_stock is not None:
        return listed.clear()
    return listed if pick.places is None else listed.filter(pl.col("location_id").is_in(pick.places))


def _with_flows(source: Source, listed: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Adds now_qty (null = nothing was counted there since), gone_qty, sold_qty and sold_value since the listing."""
    if listed.is_empty():
        return listed.with_columns(*(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("now_qty", "gone_qty", "sold_qty", "sold_value")))
    items = listed["item_id"].unique().sort().to_list()
    pick = Pick(kind=None, items=items, dealers=None, places=None, shipped_from=None, own_only=True)
    stock = flows.stock_at(source, as_of, pick, True)
    here = stock.group_by("item_id", "location_id").agg(pl.col("stock_qty").sum().alias("_here"))
    anywhere = stock.group_by("item_id").agg(pl.col("stock_qty").sum().alias("_anywhere"))
    counted = source.counts.filter(pl.col("is_own") & (pl.col("counted_on") <= as_of))
    last_here, last_anywhere = counted.group_by("location_id").agg(pl.col("counted_on").max().alias("_counted_on")), counted["counted_on"].max()
    joined = (
        listed.join(here, on=["item_id", "location_id"], how="left", maintain_order="left")
        .join(anywhere, on="item_id", how="left", maintain_order="left")
        .join(last_here, on="location_id", how="left", maintain_order="left")
        .join(_stock_then(source, listed, pick), on=["listed_on", "item_id"], how="left", maintain_order="left")
    )
    is_everywhere = pl.col("location_id").is_null()
    counted_on = pl.when(is_everywhere).then(pl.lit(last_anywhere, dtype=pl.Date)).otherwise(pl.col("_counted_on"))
    now = pl.when(is_everywhere).then(pl.col("_anywhere")).otherwise(pl.col("_here")).fill_null(0.0)
    return joined.with_columns(
        pl.when(counted_on >= pl.col("listed_on")).then(now).alias("now_qty"),
        (pl.col("_then").fill_null(0.0) - pl.col("_anywhere").fill_null(0.0)).alias("gone_qty"),
        *_sold(source, listed, pick, as_of),
    ).drop("_here", "_anywhere", "_counted_on", "_then")  # fmt: skip


def _stock_then(source: Source, listed: pl.DataFrame, pick: Pick) -> pl.DataFrame:
    """Our stock of each item on each day of a listing, all places together: listed_on, item_id, _then."""
    days = listed["listed_on"].drop_nulls().unique().sort().to_list()
    frames = [flows.stock_at(source, day, pick, False).select(pl.lit(day).alias("listed_on"), "item_id", pl.col("stock_qty").alias("_then")) for day in days]
    return pl.concat(frames).group_by("listed_on", "item_id").agg(pl.col("_then").sum())


def _sold(source: Source, listed: pl.DataFrame, pick: Pick, as_of: date) -> tuple[pl.Series, pl.Series]:
    """Pieces and money of the sales of each listed item since the day after its listing."""
    days = sorted({day for day in listed["listed_on"].to_list() if day is not None and day < as_of})
    sums: dict[tuple[date, str], tuple[float, float]] = {}
    if days:
        sales = flows.sales_in(source, [Window(day + timedelta(1), as_of) for day in days], pick, [flows.ITEM])
        codes = source.of_items(sales[flows.ITEM], "item_id")
        for window, code, qty, value in zip(sales["window_no"], codes, sales["qty"], sales["net_value"], strict=True):
            sums[days[window], code] = (qty or 0.0, value or 0.0)
    pairs = [sums.get((day, code), (0.0, 0.0)) for day, code in listed.select("listed_on", "item_id").iter_rows()]
    return pl.Series("sold_qty", [pair[0] for pair in pairs], dtype=pl.Float64), pl.Series("sold_value", [pair[1] for pair in pairs], dtype=pl.Float64)


def _headline(frame: pl.DataFrame, pick: Pick) -> Message:
    if pick.no_stock is not None:
        return OUT_OF_SCOPE
    if frame.is_empty():
        return message("Nothing is listed for clearance yet.")
    still, late = frame.filter(pl.col("status_code") != "done"), frame.filter(pl.col("status_code") == "late")
    freed, left = float(frame["freed_value"].sum()), float(still["left_value"].sum())
    if late.height:
        return plural(
            "{n} item is late with {late_money}; {left_money} still lie there, {freed_money} were freed.",
            "{n} items are late with {late_money}; {left_money} still lie there, {freed_money} were freed.",
            n=late.height, late_money=float(late["left_value"].sum()), left_money=left, freed_money=freed,
        )  # fmt: skip
    return plural(
        "{n} item is still to be cleared, none is late; {left_money} lie there, {freed_money} were freed.",
        "{n} items are still to be cleared, none is late; {left_money} lie there, {freed_money} were freed.",
        n=still.height, left_money=left, freed_money=freed,
    )  # fmt: skip


def _waterfall(found: pl.DataFrame) -> pl.DataFrame:
    """From what was listed, at cost, to what still lies there; items that were not counted since count as still there."""
    known = found.with_columns(pl.coalesce("left_value", "listed_value").alias("_left"))
    listed, left = float(known["listed_value"].sum()), float(known["_left"].sum())
    sold = float((known["listed_value"] * known["sold_share"].fill_null(0.0)).sum())
    otherwise = float(known.select(pl.col("listed_value") * pl.col("otherwise_qty") / pl.col("listed_qty")).to_series().fill_nan(0.0).sum() or 0.0)
    rows = [
        (message("Listed").to_json(), listed, True), (message("Sold").to_json(), 0.0 - sold, False),
        (message("Scrapped, reworked, returned").to_json(), 0.0 - otherwise, False), (message("Still there").to_json(), left, True),
    ]  # fmt: skip
    return pl.DataFrame(rows if listed else [], schema={"label": pl.String, "value": pl.Float64, "is_total": pl.Boolean}, orient="row")


def _quarters(found: pl.DataFrame) -> pl.DataFrame:
    sums = (pl.col(name).sum() for name in ("listed_value", "left_value", "freed_value"))
    return found.group_by("quarter").agg(pl.len().alias("items_n"), *sums).sort("quarter", descending=True)


def _measures(found: pl.DataFrame) -> tuple[Measured, ...]:
    late, still = found.filter(pl.col("status") == "late"), found.filter(pl.col("status") != "done")
    listed, left = float(found["listed_value"].sum()), float(found.select(pl.coalesce("left_value", "listed_value").sum()).item() or 0.0)
    nothing = message("Nothing is listed for clearance yet.")
    return (
        Measured(message("Past the deadline"), float(late["left_value"].sum()), "money"),
        Measured(message("Items still there"), float(still.height), "count"),
        Measured(message("Still there"), float(still["left_value"].sum()), "money"),
        Measured(message("Cleared"), 1 - left / listed if listed else None, "share", why_unknown=nothing),
        Measured(message("Money freed"), float(found["freed_value"].sum()), "money"),
    )


def proposed(warehouse: object, selection: Selection, scope: Scope) -> pl.DataFrame:
    """The dead stock that is not on the list, one row an item and place: class, item_id, location_id, name, qty, value; the most money first.

    What is dead in two classes is listed once, whole, under the class of its most money: what leaves is counted by item and place alone.
    """
    found: pl.DataFrame = _proposed(warehouse, selection, scope)
    return found


@remembered
def _proposed(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    from engine.answers import dead_stock

    as_of = selection.as_of or last_day(source)
    dead = _whole(dead_stock.dead_items(source, as_of, scope).group_by("class", "item_id", "location_id").agg(pl.col("qty").sum(), pl.col("value").sum()))
    listed = _listed(source).filter(pl.col("closed_on").is_null())
    somewhere, everywhere = listed.filter(pl.col("location_id").is_not_null()), listed.filter(pl.col("location_id").is_null())
    rest = dead.join(somewhere, on=["item_id", "location_id"], how="anti", nulls_equal=True).join(everywhere, on="item_id", how="anti")
    names = source.items.select("item_id", pl.col("item_name").alias("name"))
    named = rest.join(names, on="item_id", how="left")
    return named.select("class", "item_id", "location_id", "name", "qty", "value").sort("value", "item_id", descending=[True, False], nulls_last=True)


def _whole(items: pl.DataFrame) -> pl.DataFrame:
    """One row an item and place (null = all our places): quantity and value added up, the class of the most money."""
    ranked = items.sort("value", "class", descending=[True, False], nulls_last=True) if "class" in items.columns else items
    first = [pl.col("class").first()] if "class" in items.columns else []
    return ranked.group_by("item_id", "location_id", maintain_order=True).agg(*first, pl.col("qty").sum(), pl.col("value").sum())


def add(
    home: str, items: pl.DataFrame, listed_on: date, deadline: date, owner: str, plan: str, who: Scope, version: int | None, note: str = ""
) -> int:  # fmt: skip
    """List items to be cleared: item_id, location_id (null = all our places), class (may lack), qty, value. Returns how many.

    Rows of the same item and place are one listing, added up.
    Raises BadUse for a plan that there is not, an empty owner, a deadline before the listing, or no items.
    """
    _check(owner, plan, listed_on, deadline)
    if items.is_empty():
        raise BadUse(message("Choose at least one item to list."))
    quarter = quarter_of(listed_on)
    entries = []
    for row in _whole(items).iter_rows(named=True):
        subject = " ".join(part for part in (quarter, row["item_id"], row["location_id"]) if part)
        fields = {"item_id": row["item_id"], "location_id": row["location_id"], "class": row.get("class"), "quarter": quarter}
        figures = {"listed_qty": round(row["qty"], 6), "listed_value": round(row["value"], 6), "listed_on": listed_on, "deadline": deadline}
        entries.append((subject, fields | figures | {"owner": owner.strip(), "plan": plan, "note": note}))
    records.record_all(home, "clearance", entries, who, version)
    return len(entries)


def change(home: str, subject: str, who: Scope, version: int | None, seen_id: int, **changes: Any) -> None:
    """Change owner, plan, deadline or note of a listed item, or close it (closed_on, proceeds_value). Raises BadUse, NotKept."""
    kept = records.newest(home, "clearance", subject)
    if not kept:
        raise BadUse(message("What you want to change is no longer there; look again."))
    payload = dict(kept[0].payload or {}) | changes
    listed_on, deadline = (date.fromisoformat(str(payload[name])) for name in ("listed_on", "deadline"))
    _check(str(payload["owner"]), str(payload["plan"]), listed_on, deadline)
    if (payload.get("proceeds_value") or 0) < 0:
        raise BadUse(message("Money from scrap or returned goods cannot be negative."))
    records.record(home, "clearance", subject, payload, who, version, seen_id)


def take_off(home: str, subject: str, who: Scope, version: int | None, seen_id: int) -> None:
    """Take an item off the list, as one that should not have been on it."""
    records.record(home, "clearance", subject, {"ended": True}, who, version, seen_id)


def _check(owner: str, plan: str, listed_on: date, deadline: date) -> None:
    if plan not in PLANS:
        raise BadUse(message("“{plan}” is no plan; choose one of {plans}.", plan=plan, plans=", ".join(PLANS)))
    if not owner.strip():
        raise BadUse(message("Somebody must own the clearance of an item."))
    if deadline < listed_on:
        raise BadUse(message("The deadline {deadline_on} lies before the day of the listing, {listed_on}.", deadline_on=deadline, listed_on=listed_on))
