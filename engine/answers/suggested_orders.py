"""Suggested orders: what each place should order now, in packs, within the credit of its dealer and what our places have."""

import math
from typing import Any

import polars as pl

from engine import credit as credit_formulas
from engine import replenishment as formulas
from engine.answers import credit, replenishing
from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.source import Source, remembered
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

NEEDED = ("products", "sales", "stock", "replenishment", "availability", "calendar", "dealer_sales", "credit_terms")
COLUMNS = (
    Column("location_id", message("Location"), "code"),
    Column("sku", message("Product"), "code"),
    Column("dealer_id", message("Dealer"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("status", message("Status"), "text"),
    Column("daily_qty", message("Demand a working day"), "qty"),
    Column("ico", message("Objective (ICO)"), "qty"),
    Column("position", message("Position"), "qty"),
    Column("needed_qty", message("Needed"), "qty"),
    Column("pack_qty", message("Pack"), "qty"),
    Column("order_qty", message("Suggested order"), "qty"),
    Column("order_value", message("Value of the order"), "money"),
    Column("within_credit_qty", message("Within the credit"), "qty"),
    Column("available_qty", message("We have"), "qty"),
    Column("given_qty", message("Can be given"), "qty"),
    Column("given_value", message("Value of what can be given"), "money"),
    Column("at_risk_value", message("Sales at risk"), "money"),
    Column("rules_from", message("Ordered by"), "message"),
    Column("remark", message("Remark"), "message"),
)
CHECK_COLUMNS = (
    Column("sku", message("Product"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("status", message("Status"), "text"),
    Column("position", message("Position"), "qty"),
    Column("ico", message("Objective (ICO)"), "qty"),
    Column("wanted_qty", message("Suggested order"), "qty"),
    Column("suggested_qty", message("Can be given"), "qty"),
    Column("order_qty", message("Order"), "qty"),
    Column("final_qty", message("In packs"), "qty"),
    Column("available_qty", message("We have"), "qty"),
    Column("unit_price", message("Price"), "money_per_unit"),
    Column("order_value", message("Value of the order"), "money"),
    Column("remark", message("Remark"), "message"),
)


def suggested_orders(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """What each place should order now.

    frame: one row a location × article with demand (COLUMNS), the largest order first. order_qty: what the place should order, in packs;
    within_credit_qty: of it what the dealer's credit allows, the most urgent first (null: no limit is known); available_qty: what our places
    have and have not promised; given_qty: what can be given, shared fairly where there is not enough. extra: `places` (location_id, dealer_id, name,
    at_risk_value, order_value). facts: measures.
    """
    answer: Answer = _suggested_orders(warehouse, selection, scope)
    return answer


def capped(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    """The positions with demand, with available_qty, headroom_value, within_credit_qty and given_qty; the most urgent of each place first."""
    found = replenishing.positions(source, selection, scope).filter(pl.col("daily_qty") > 0)
    own = set(source.places.filter("is_own")["location_id"])
    found = found.with_columns(pl.col("location_id").is_in(list(own)).alias("_own"))
    found = found.join(available(source, selection), on=["sku", "_own"], how="left", maintain_order="left").with_columns(pl.col("available_qty").fill_null(0.0))
    found = found.join(headrooms(source, selection, scope), on="dealer_id", how="left", maintain_order="left")
    found = found.sort(["location_id", "status", "position_days", "sku"], maintain_order=True)
    credits = formulas.within_credit(found, "order_qty", "unit_price", "headroom_value", "pack_qty", "location_id")
    found = found.with_columns(credits.alias("_credit")).with_columns(
        pl.when(pl.col("headroom_value").is_not_null()).then(pl.col("_credit")).alias("within_credit_qty")
    )
    given = formulas.fair_shares(found, "_credit", "available_qty", "pack_qty", "sku", "_own")
    return found.with_columns(given.alias("given_qty")).drop("_credit")


def available(source: Source, selection: Selection) -> pl.DataFrame:
    """What we have of each article and have not promised, for orders of dealers (of all our places) and of our branches (of the plants):
    sku, _own, available_qty. Damaged and expired pieces are left out."""
    as_of, _ = replenishing.window_of(source, selection)
    source = source.whole
    own = source.places.filter("is_own")
    plants = own.filter(pl.col("kind") == "plant") if (own["kind"] == "plant").any() else own.clear()
    found = source.read("stock_sound_on", as_of=as_of, places=own["location_id"].to_list())
    free = (pl.col("on_hand_qty").clip(lower_bound=0.0) - pl.col("committed_qty")).sum().clip(lower_bound=0.0).alias("available_qty")
    of_plants = found.filter(pl.col("location_id").is_in(plants["location_id"].to_list())).group_by("sku").agg(free)
    return pl.concat([found.group_by("sku").agg(free).with_columns(_own=pl.lit(False)), of_plants.with_columns(_own=pl.lit(True))])


def headrooms(source: Source, selection: Selection, scope: Scope) -> pl.DataFrame:
    """How much more each dealer may owe us: dealer_id, headroom_value (null: no limit is in force or none is known), verdict, credit_limit."""
    as_of, _ = replenishing.window_of(source, selection)
    if not source.has("credit_terms"):
        return pl.DataFrame(schema={"dealer_id": pl.String, "headroom_value": pl.Float64, "credit_limit": pl.Float64, "block": pl.String})
    return credit.exposures(source, as_of, scope, selection).select("dealer_id", "headroom_value", "credit_limit", pl.col("block").cast(pl.String))


@remembered
def _suggested_orders(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of, window = replenishing.window_of(source, selection)
    found = capped(source, selection, scope)
    names = source.items.select(pl.col("item_id").alias("sku"), "item_name")
    frame = found.join(names, on="sku", how="left", maintain_order="left").with_columns(
        pl.col("ico_qty").alias("ico"), pl.col("position_qty").alias("position"), pl.col("status").cast(pl.String),
        (pl.col("given_qty") * pl.col("unit_price")).alias("given_value"),
    )  # fmt: skip
    frame = frame.sort(["order_value", "at_risk_value", "location_id", "sku"], descending=[True, True, False, False], nulls_last=True)
    return Answer(
        name="suggested_orders",
        headline=_headline(frame),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        first=window.first,
        last=window.last,
        notes=_notes(source),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={"places": _places(source, frame, selection, scope)},
        facts={"measures": _measures(frame)},
        scope=scope,
        selection=selection,
    )


def _places(source: Source, frame: pl.DataFrame, selection: Selection, scope: Scope) -> pl.DataFrame:
    """Places with demand, the most sales at risk first: location_id, dealer_id, name, at_risk_value, order_value."""
    places = replenishing.supplied_places(source, selection, scope)
    named = places.select("location_id", "dealer_id", pl.coalesce("dealer_name", "location_name").alias("name"))
    by = frame.group_by("location_id").agg(pl.col("at_risk_value", "order_value").sum()).join(named, on="location_id", how="left")
    return by.select("location_id", "dealer_id", "name", "at_risk_value", "order_value").sort(
        ["at_risk_value", "order_value", "location_id"], descending=[True, True, False], nulls_last=True
    )


def _headline(frame: pl.DataFrame) -> Message:
    wanted = frame.filter(pl.col("order_qty") > 0)
    if wanted.is_empty():
        return message("No place needs an order now.")
    places = wanted["location_id"].n_unique()
    value = float(wanted["order_value"].sum() or 0.0)
    given = float(wanted["given_value"].sum() or 0.0)
    if given < value * (1 - 1e-9):
        return plural(
            "{n} place should order for {order_money} now; {given_money} of it can be given.",
            "{n} places should order for {order_money} now; {given_money} of it can be given.",
            n=places, order_money=value, given_money=given,
        )  # fmt: skip
    return plural(
        "{n} place should order for {order_money} now; all of it can be given.",
        "{n} places should order for {order_money} now; all of it can be given.",
        n=places, order_money=value,
    )  # fmt: skip


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    def total(value: pl.Expr) -> float:
        return float(frame.select(value.sum()).item() or 0.0)

    price = pl.when(pl.col("order_qty") > 0).then(pl.col("order_value") / pl.col("order_qty"))
    over_credit = total((pl.col("order_qty") - pl.coalesce("within_credit_qty", "order_qty")) * price)
    lacking = total((pl.coalesce("within_credit_qty", "order_qty") - pl.col("given_qty")).clip(lower_bound=0.0) * price)
    return (
        Measured(message("To order now"), total(pl.col("order_value")), "money", message("All suggested orders, at the price paid.")),
        Measured(message("Beyond the credit"), over_credit, "money", message("What the dealers' credit does not allow.")),
        Measured(message("Not there to give"), lacking, "money", message("What our places lack; what they have is shared fairly.")),
        Measured(message("Can be given"), total(pl.col("given_value")), "money", message("In whole packs, within credit and stock.")),
    )


def _notes(source: Source) -> tuple[Message, ...]:
    notes = [
        message("Days are working days. Objective = (order interval + lead time + safety days) × demand a day; order = objective − position, in whole packs.")
    ]
    if not source.has("credit_terms"):
        notes.append(message("No credit limits are loaded: orders are not checked against credit."))
    notes.append(message("Orders of dealers draw on all our places, orders of branches on the plants; what is short is shared by what was wanted."))
    return tuple(notes)


# ── one order, as it is being written ────────────────────────────────────────────────────────────────────────────────────


def order_check(warehouse: object, selection: Selection, scope: Scope, location_id: str = "", typed: tuple[tuple[str, float], ...] = ()) -> Answer:
    """The order of one place as it is being written: suggested, typed, rounded, checked.

    location_id: the place (empty: the one with the largest suggested order). typed: (sku, quantity) where somebody wrote another than what is
    suggested. frame: CHECK_COLUMNS, the most urgent first; final_qty is what was typed rounded up to packs and the minimum, cut to what we have.
    facts: measures, location_id, dealer_id, name, total_value, headroom_value, over_value (null: no limit known), is_within (flag or None),
    block (why credit holds every order of the dealer, or None).
    Raises BadUse for a place that is not supplied or outside the scope.
    """
    answer: Answer = _order_check(warehouse, selection, scope, location_id, typed)
    return answer


@remembered
def _order_check(source: Source, selection: Selection, scope: Scope, location_id: str, typed: tuple[tuple[str, float], ...]) -> Answer:
    as_of, window = replenishing.window_of(source, selection)
    places = replenishing.supplied_places(source, selection, scope)
    found = capped(source, selection, scope)
    chosen = location_id or _largest(found)
    place = places.filter(pl.col("location_id") == chosen)
    if chosen and place.is_empty():
        raise BadUse(message("There is no place “{place}” that is supplied.", place=chosen))
    rows = found.filter(pl.col("location_id") == chosen)
    rows = rows.sort([pl.col("given_qty") <= 0, "status", pl.col("given_qty") * pl.col("unit_price"), "sku"], descending=[False, False, True, False])
    frame = _checked(source, rows, typed)
    row: dict[str, Any] = place.row(0, named=True) if place.height else {"dealer_id": None, "dealer_name": None, "location_name": ""}
    facts = _money(source, frame, selection, scope, row) | {
        "location_id": chosen,
        "dealer_id": row["dealer_id"],
        "name": row["dealer_name"] or row["location_name"],
    }
    return Answer(
        name="order_check",
        headline=_check_headline(facts),
        frame=frame.select(column.name for column in CHECK_COLUMNS),
        columns=CHECK_COLUMNS,
        version=source.version,
        as_of=as_of,
        first=window.first,
        last=window.last,
        notes=_notes(source),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        facts=facts,
        scope=scope,
        selection=selection,
    )


def _largest(found: pl.DataFrame) -> str:
    """The place with the most sales at risk."""
    by = (
        found.group_by("location_id")
        .agg(pl.col("at_risk_value", "order_value").sum())
        .sort("at_risk_value", "order_value", "location_id", descending=[True, True, False])
    )
    return "" if by.is_empty() else str(by["location_id"][0])


def _checked(source: Source, rows: pl.DataFrame, typed: tuple[tuple[str, float], ...]) -> pl.DataFrame:
    names = source.items.select(pl.col("item_id").alias("sku"), "item_name")
    wanted = pl.DataFrame(list(typed), schema={"sku": pl.String, "_typed": pl.Float64}, orient="row").unique("sku", keep="last")
    frame = rows.join(names, on="sku", how="left", maintain_order="left").join(wanted, on="sku", how="left", maintain_order="left")
    asked = pl.coalesce("_typed", "given_qty").clip(lower_bound=0.0)
    frame = frame.with_columns(pl.col("order_qty").alias("wanted_qty"), pl.col("given_qty").alias("suggested_qty"), asked.alias("order_qty"))
    packed = formulas.rounded_up(pl.col("order_qty"), pl.col("pack_qty"), pl.col("min_order_qty"))
    unit = pl.when(pl.col("pack_qty") > 0).then(pl.col("pack_qty")).otherwise(1.0)
    most = (pl.col("available_qty") / unit).floor() * unit
    frame = frame.with_columns(packed.alias("_packed")).with_columns(pl.min_horizontal("_packed", most).alias("final_qty"))
    remarks = [
        _said(old, packed_qty, final, wanted_qty, pack, there)
        for old, packed_qty, final, wanted_qty, pack, there in frame.select(
            "remark", "_packed", "final_qty", "order_qty", "pack_qty", "available_qty"
        ).iter_rows()
    ]
    return frame.with_columns(
        (pl.col("final_qty") * pl.col("unit_price")).alias("order_value"), pl.Series("remark", remarks, dtype=pl.String),
        pl.col("ico_qty").alias("ico"), pl.col("position_qty").alias("position"), pl.col("status").cast(pl.String),
    )  # fmt: skip


def _said(old: str | None, packed: float, final: float, wanted: float, pack: float | None, there: float) -> str | None:
    """What happened to a quantity that was typed; else what must be known of the row."""
    if final < packed:
        return message("We have only {there_qty}.", there_qty=math.floor(there)).to_json()
    if packed > wanted + 1e-9:
        return message("Rounded up to whole packs of {pack_qty}.", pack_qty=pack if pack and pack > 0 else 1).to_json()
    return old


def _money(source: Source, frame: pl.DataFrame, selection: Selection, scope: Scope, place: dict[str, Any]) -> dict[str, Any]:
    total = float(frame["order_value"].sum() or 0.0)
    rooms = headrooms(source, selection, scope).filter(pl.col("dealer_id") == place["dealer_id"]) if place["dealer_id"] else None
    room = None if rooms is None or rooms.is_empty() else rooms["headroom_value"][0]
    block = None if rooms is None or rooms.is_empty() else rooms["block"][0]
    over = None if room is None else max(total - max(room, 0.0), 0.0)
    unknown = credit_formulas.WHYS[block] if block else message("No credit limit is known for this place.")
    of_credit = (
        Measured(message("Credit that is free"), room, "money", message("Limit less what is owed, shipped and on order."), unknown),
        Measured(message("Beyond the credit"), over, "money", message("What would have to be paid first."), unknown),
    )
    measures = (
        Measured(message("This order"), total, "money", message("At the price paid.")),
        *(of_credit if place["dealer_id"] else ()),
        Measured(message("Order lines"), float(frame.filter(pl.col("final_qty") > 0).height), "count", None),
    )
    return {
        "measures": measures,
        "total_value": total,
        "headroom_value": room,
        "over_value": over,
        "is_within": None if over is None else over <= 0,
        "block": block,
    }


def _check_headline(facts: dict[str, Any]) -> Message:
    if not facts["location_id"]:
        return message("No place needs an order now.")
    if facts["over_value"] and not facts["block"]:
        return message(
            "{name}: an order of {order_money} is {over_money} more than the free credit allows.",
            name=facts["name"], order_money=facts["total_value"], over_money=facts["over_value"],
        )  # fmt: skip
    if facts["block"] and facts["total_value"]:
        why = credit_formulas.WHYS[facts["block"]]
        return message("{name}: an order of {order_money} would be held. {why}", name=facts["name"], order_money=facts["total_value"], why=why)
    if not facts["total_value"]:
        return message("{name} needs no order now.", name=facts["name"])
    if not facts["dealer_id"]:
        return message("{name}: goods worth {order_money} from our plants; no credit is needed.", name=facts["name"], order_money=facts["total_value"])
    if facts["is_within"]:
        return message("{name}: an order of {order_money}, within the free credit.", name=facts["name"], order_money=facts["total_value"])
    return message("{name}: an order of {order_money}; no credit limit is known.", name=facts["name"], order_money=facts["total_value"])
