"""Credit: what dealers owe us against what they may owe, how late they are, and which of their orders may be shipped."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from engine import credit as formulas
from engine.answers import records
from engine.answers.answer import Answer
from engine.answers.credit_tables import ORDER_COLUMNS, REVIEW_COLUMNS, ageing_columns, beside_overdue, dealer_columns
from engine.answers.measured import Measured
from engine.answers.periods import Window, last_day, year_to
from engine.answers.picking import pick_of
from engine.answers.source import Memory, Source, remembered
from engine.errors import BadUse
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

NEEDED = ("invoices", "payments", "credit_terms", "orders")
MONTHS_OF_HABITS = 12.0
MONEY = ("receivable_value", "credit_value", "overdue_value", "overdue_over_60_value", "money_days")
_KEPT = Memory(6)
DECISIONS = ("release", "release_up_to", "hold")
NO_LIMITS = message("No credit limits are loaded, so nothing can be said of orders.")


def exposures(source: Source, as_of: date, scope: Scope, selection: Selection | None = None) -> pl.DataFrame:
    """What each dealer owes us on a day and how that stands to the limit; one row a dealer who has terms, owes or orders anything.

    Returns dealer_id, dealer_name, region, sales_rep, credit_limit (null: none in force), last_limit, credit_days, limit_status (valid |
    expired | missing | left: no longer supplied, so without a limit), valid_to, review_on, receivable_value, shipped_not_invoiced_value,
    open_orders_value, deposit_value, unapplied_value,
    exposure_value = the first three less the last two, headroom_value, used_share, the ageing (`formulas.bucket_names`), overdue_value,
    overdue_over_60_value (past the setting credit_late_days), money_days (Σ amount × days overdue), overdue_mean_days (money_days ÷ receivable),
    oldest_overdue_days, block, verdict (release | release_up_to | hold; null without any limits loaded), why (a word of `formulas.WHYS`).
    A part is null where its table is not loaded; exposure is null without invoices. Within the scope and the selection's dealers.
    """
    standing, _ = _standing(source, as_of, scope, selection or Selection())
    return standing


def _standing(source: Source, as_of: date, scope: Scope, selection: Selection) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The standing of dealers, and their open orders with what to do about each. That of all dealers is kept: each stands for itself."""
    dealers, decided = pick_of(source, selection, scope).dealers, _decided(source)
    whole = _KEPT.recall((source, as_of, tuple(decided.rows())), lambda: _standing_of_all(source, as_of, decided))
    if dealers is None:
        return whole
    mine = pl.col("dealer_id").is_in(dealers)
    return whole[0].filter(mine), whole[1].filter(mine)


def _standing_of_all(source: Source, as_of: date, decided: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    orders = _orders(source, as_of, None)
    parts = _parts(source, as_of, None, orders)
    standing = formulas.with_exposure(parts)
    if not source.has("invoices"):
        standing = standing.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("exposure_value", "headroom_value", "used_share"))
    standing = formulas.blocked(standing, float(source.settings["credit_late_share"]), float(source.settings["credit_slow_days"]))
    mean = pl.when(pl.col("receivable_value") > 0).then(pl.col("money_days") / pl.col("receivable_value"))
    standing = standing.with_columns(mean.alias("overdue_mean_days"))
    checked = formulas.order_check(orders, standing, decided)
    standing = formulas.dealer_verdicts(standing, checked)
    if not source.has("credit_terms"):
        nothing = [pl.lit(None, dtype=pl.String).alias(name) for name in ("verdict", "why")]
        standing, checked = standing.with_columns(nothing), checked.with_columns(nothing)
    return standing, checked


def _parts(source: Source, as_of: date, dealers: list[str] | None, orders: pl.DataFrame) -> pl.DataFrame:
    """One row a dealer with all that exposure is made of; null where the table that says it is not loaded, 0 where it says nothing."""
    settings = source.settings
    items = formulas.open_items(source.read("credit_invoices", as_of=as_of, dealers=dealers), as_of)
    starts = [int(row[0]) for row in settings["credit_ageing_days"]]
    owed = formulas.aged(items, starts, settings["credit_age_from"], int(settings["credit_late_days"]))
    loose = source.read("credit_unapplied", as_of=as_of, dealers=dealers).group_by("dealer_id").agg(pl.col("amount").sum().alias("loose_value"))
    with_tax = 1 + float(settings["credit_vat_share"])
    shipped = _shipped(source, as_of, dealers).group_by("dealer_id").agg((pl.col("net_value").sum() * with_tax).alias("shipped_not_invoiced_value"))
    ordered = orders.filter("is_near").group_by("dealer_id").agg(pl.col("order_value").sum().alias("open_orders_value"))
    terms = formulas.terms_on(source.read("credit_terms", dealers=dealers), as_of, settings["credit_expired_limit"])
    frames = (owed, loose, shipped, ordered, terms)
    named = source.dealers.select("dealer_id", "dealer_name", "region", "sales_rep", "status", "ended_on")
    known = pl.concat([frame.select("dealer_id") for frame in frames]).drop_nulls().unique().join(named, on="dealer_id", how="left")
    for frame in frames:
        known = known.join(frame, on="dealer_id", how="left")
    money = [*MONEY, *formulas.bucket_names(starts)]
    filled = known.with_columns(
        *(_part(source, name, "invoices") for name in money),
        _part(source, "shipped_not_invoiced_value", "invoices"),
        _part(source, "open_orders_value", "orders"),
        _part(source, "loose_value", "payments"),
        _part(source, "deposit", "credit_terms").alias("deposit_value"),
        pl.col("limit_status").fill_null("missing"),
    ).with_columns(pl.sum_horizontal("credit_value", "loose_value", ignore_nulls=True).alias("unapplied_value"))
    gone = (pl.col("status") == "ended").fill_null(False) & (pl.col("ended_on").is_null() | (pl.col("ended_on") <= as_of))
    filled = filled.with_columns(
        pl.when(gone).then(pl.lit("left")).otherwise("limit_status").alias("limit_status"),
        *(pl.when(~gone).then(pl.col(name)).alias(name) for name in ("credit_limit", "review_on", "valid_to")),
    )
    idle = pl.col("status").is_in(["ended", "candidate"]) & (pl.sum_horizontal(pl.col(name).abs() for name in (*formulas.PARTS, "unapplied_value")) == 0)
    return filled.filter(~idle.fill_null(False)).drop("status", "ended_on", "deposit", "credit_value", "loose_value").sort("dealer_id")


def _part(source: Source, name: str, table: str) -> pl.Expr:
    """What a table says of a dealer: 0 where it is loaded and says nothing, null where it is not loaded."""
    return pl.col(name).fill_null(0.0) if source.has(table) else pl.lit(None, dtype=pl.Float64).alias(name)


def _shipped(source: Source, as_of: date, dealers: list[str] | None) -> pl.DataFrame:
    """Shipments without an invoice that are young enough to wait for one."""
    first = as_of - timedelta(int(source.settings["credit_uninvoiced_days"]) - 1)
    return source.read("credit_shipments", as_of=as_of, first=first, dealers=dealers).filter("is_named")


def _orders(source: Source, as_of: date, dealers: list[str] | None) -> pl.DataFrame:
    lines = formulas.order_values(source.read("credit_orders", as_of=as_of, dealers=dealers))
    with_tax = lines.with_columns(pl.col("open_value") * (1 + float(source.settings["credit_vat_share"])))
    return formulas.orders_of(with_tax, as_of, int(source.settings["credit_horizon_days"]))


def _decided(source: Source) -> pl.DataFrame:
    """What was decided of orders, the newest of each: order_id, decision, decided_value, up_to_value, decided_by, decided_at, decided_id."""
    rows = [
        (kept.subject, said["decision"], said.get("decided_value"), said.get("up_to_value"), kept.who, kept.at, kept.id)
        for kept in records.newest(source.home, "credit_decision")
        if (said := kept.payload) is not None and said.get("decision") in DECISIONS
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "order_id": pl.String, "decision": pl.String, "decided_value": pl.Float64, "up_to_value": pl.Float64, "decided_by": pl.String,
        "decided_at": pl.Datetime("us", "UTC"),
        "decided_id": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def credit(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every dealer's exposure against the limit, most money at risk first (frame: `dealer_columns`).

    extra: `orders` (ORDER_COLUMNS and decided_id: the order check, undecided ones first), `reviews` (REVIEW_COLUMNS: limits due for review with what the
    data propose), `ageing` (label as Message JSON, value, severity: all dealers together), `at_risk` (label, key, value, severity).
    facts: `measures` (label, value, unit), `beside_overdue` (why more can be overdue than is exposed, or None where it is so nowhere).
    """
    answer: Answer = _credit(warehouse, selection, scope)
    return answer


@remembered
def _credit(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = selection.as_of or last_day(source)
    standing, checked = _standing(source, as_of, scope, selection)
    reviewed = _reviewed(source, standing, as_of, pick_of(source, selection, scope).dealers)
    over = (-pl.col("headroom_value")).clip(lower_bound=0.0).fill_null(0.0)
    at_risk = pl.max_horizontal(pl.col("overdue_value").fill_null(0.0), over).alias("at_risk_value")
    frame = reviewed.with_columns(at_risk, _said("why")).sort("at_risk_value", "exposure_value", "dealer_id", descending=[True, True, False], nulls_last=True)
    columns = dealer_columns(source.settings)
    orders = _listed(source, checked, standing)
    return Answer(
        name="credit",
        headline=_headline(frame, orders, source),
        frame=frame.select(column.name for column in columns),
        columns=columns,
        version=source.version,
        as_of=as_of,
        notes=_notes(source, as_of, pick_of(source, selection, scope).dealers, orders),
        missing=tuple(table for table in NEEDED if not source.has(table)),
        extra={
            "orders": orders,
            "reviews": frame.filter("is_due").sort("month_value", descending=True, nulls_last=True).select(column.name for column in REVIEW_COLUMNS),
            "ageing": _ageing(frame, source),
            "at_risk": _at_risk(frame),
        },
        facts={"measures": _measures(frame, orders), "beside_overdue": beside_overdue(frame)},
        scope=scope,
        selection=selection,
    )


def _said(name: str) -> pl.Expr:
    words = {word: said.to_json() for word, said in formulas.WHYS.items()}
    return pl.col(name).replace_strict(words, default=None, return_dtype=pl.String)


def _reviewed(source: Source, standing: pl.DataFrame, as_of: date, dealers: list[str] | None) -> pl.DataFrame:
    year: Window = year_to(as_of)
    settings = source.settings
    return formulas.proposals(
        standing, source.read("credit_habits", first=year.first, last=year.last, dealers=dealers), as_of,
        months=MONTHS_OF_HABITS, cushion_days=float(settings["credit_cushion_days"]), ladder=settings["credit_behaviour"],
        step=float(settings["credit_limit_step"]), ahead_days=int(settings["credit_review_ahead_days"]),
    )  # fmt: skip


def _listed(source: Source, checked: pl.DataFrame, standing: pl.DataFrame) -> pl.DataFrame:
    """The order check as a list to work through: undecided before decided, held before released, large before small."""
    who = _decided(source).select("order_id", "decided_by", "decided_at", "decided_id")
    listed = checked.join(standing.select("dealer_id", "dealer_name"), on="dealer_id", how="left").join(who, on="order_id", how="left")
    rank = pl.col("verdict").replace_strict({"hold": 0, "release_up_to": 1, "release": 2, "later": 3}, default=4, return_dtype=pl.Int32)
    is_open = pl.col("decision").is_null() | pl.col("is_stale")
    listed = listed.with_columns(is_open.alias("is_open"), _said("why"))
    ordered = listed.sort(is_open, rank, pl.col("order_value").fill_null(0.0), "order_id", descending=[True, False, True, False])
    return ordered.select(*(column.name for column in ORDER_COLUMNS), "decided_id")


def decide(home: str, order: Mapping[str, Any], decision: str, up_to: float | None, who: Scope, version: int, reason: str = "") -> None:
    """Record what somebody decided of an open order. order: a row of `orders`; up_to: with `release_up_to`, the money that may be shipped.
    reason: why, if it was told.

    The decision holds for the order as it was seen: once its value changes, it waits again. Deciding again adds a row in place of the one before.
    Raises BadUse for an unknown decision, an amount that is not above 0, or a person without a name; NotKept where somebody else decided in the
    meantime.
    """
    _has_a_name(who)
    if decision not in DECISIONS:
        raise BadUse(message("There is no decision “{decision}”; there are {decisions}.", decision=decision, decisions=", ".join(DECISIONS)))
    if decision == "release_up_to" and (up_to is None or up_to <= 0):
        raise BadUse(message("Say up to which amount the order may be shipped."))
    value = order["order_value"]
    ships = {"hold": 0.0, "release": value, "release_up_to": up_to}[decision]
    seen = {name: order[name] for name in ("dealer_id", "verdict", "available_value")}
    payload = seen | {"decision": decision, "decided_value": value, "up_to_value": ships} | records.why(reason)
    records.record(home, "credit_decision", str(order["order_id"]), payload, who, version, order["decided_id"])


def take_back(home: str, order: Mapping[str, Any], who: Scope, version: int) -> None:
    """Take the decision of an order back, as a row of its own: the order waits again, and what was decided stays to be read.

    Raises BadUse where nothing was decided or the person has no name; NotKept where somebody else decided in the meantime.
    """
    _has_a_name(who)
    if order["decided_id"] is None:
        raise BadUse(message("Nothing was decided of order {order}.", order=str(order["order_id"])))
    records.record(home, "credit_decision", str(order["order_id"]), None, who, version, order["decided_id"])


def _has_a_name(who: Scope) -> None:
    if not who.is_named:
        raise BadUse(message("Say who you are before you decide: a decision stands under a name."))


def _headline(frame: pl.DataFrame, orders: pl.DataFrame, source: Source) -> Message:
    if not source.has("invoices"):
        return message("Without invoices nobody knows what dealers owe.")
    if frame.is_empty():
        return message("No dealer owes anything.")
    held = orders.filter(pl.col("is_open"), pl.col("verdict") == "hold")
    owed, overdue = float(frame["receivable_value"].sum()), float(frame["overdue_value"].sum())
    if held.height:
        return plural(
            "{n} order worth {held_money} should not be shipped; {overdue_money} of {owed_money} owed is overdue.",
            "{n} orders worth {held_money} should not be shipped; {overdue_money} of {owed_money} owed is overdue.",
            n=held.height, held_money=float(held["order_value"].sum()), overdue_money=overdue, owed_money=owed,
        )  # fmt: skip
    return message("Dealers owe {owed_money}, of which {overdue_money} is overdue; no order has to be held.", owed_money=owed, overdue_money=overdue)


def _measures(frame: pl.DataFrame, orders: pl.DataFrame) -> tuple[Measured, ...]:
    over = frame.filter(pl.col("headroom_value") < 0)
    waiting = orders.filter(pl.col("is_open"), pl.col("verdict").is_in(DECISIONS))
    owed, weighed = _total(frame, "receivable_value"), _total(frame, "money_days")
    return (
        Measured(
            message("Exposure"),
            _total(frame, "exposure_value"),
            "money",
            message("Receivables, goods shipped and not invoiced, and open orders that are wanted soon, less deposits and unapplied money."),
        ),
        Measured(message("Owed to us"), owed, "money"),
        Measured(message("Overdue"), _total(frame, "overdue_value"), "money"),
        Measured(
            message("Mean days overdue"),
            weighed / owed if owed and weighed is not None else None,
            "days",
            message("Σ amount × days overdue ÷ all that is owed: what is not due counts as 0 days."),
            message("Nothing is owed."),
        ),
        Measured(message("Dealers over their limit"), over.height if frame["headroom_value"].count() else None, "count"),
        Measured(message("Orders that wait for a decision"), waiting.height, "count"),
    )


def _total(frame: pl.DataFrame, name: str) -> float | None:
    return float(frame[name].sum()) if frame[name].count() else None


def _ageing(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    """All dealers together by age, in order: label (Message JSON), value, severity."""
    columns = ageing_columns(source.settings)
    severities = [None, *("attention" for _ in columns[1:-1]), "critical"][: len(columns)]
    rows = [(column.label.to_json(), _total(frame, column.name), severity) for column, severity in zip(columns, severities, strict=True)]
    return pl.DataFrame(rows, schema={"label": pl.String, "value": pl.Float64, "severity": pl.String}, orient="row")


def _at_risk(frame: pl.DataFrame) -> pl.DataFrame:
    """Dealers with money at risk for the picture: label, key, value, severity."""
    severity = pl.when(pl.col("verdict") == "hold").then(pl.lit("critical")).otherwise(pl.lit("attention"))
    return frame.filter(pl.col("at_risk_value") > 0).select(
        pl.coalesce("dealer_name", "dealer_id").alias("label"),
        pl.col("dealer_id").alias("key"),
        pl.col("at_risk_value").alias("value"),
        severity.alias("severity"),
    )


def _notes(source: Source, as_of: date, dealers: list[str] | None, orders: pl.DataFrame) -> tuple[Message, ...]:
    notes: list[Message] = [
        message(
            "Exposure = receivables + shipped and not invoiced + open orders wanted within {horizon_days} days − deposits − unapplied money.",
            horizon_days=int(source.settings["credit_horizon_days"]),
        )
    ]
    if source.has("invoices") and not source.has("payments"):
        notes.append(message("No payments are loaded; every invoice is taken as open in full."))
    unnamed = source.read("credit_shipments", as_of=as_of, first=as_of - timedelta(int(source.settings["credit_uninvoiced_days"]) - 1), dealers=dealers)
    unnamed = unnamed.filter(~pl.col("is_named"))
    if unnamed.height and source.has("invoices"):
        notes.append(
            plural(
                "{n} shipped line names no invoice ({lost_money}); whether it was invoiced is unknown, and it is not counted.",
                "{n} shipped lines name no invoice ({lost_money}); whether they were invoiced is unknown, and they are not counted.",
                n=int(unnamed["lines"].sum()), lost_money=float(unnamed["net_value"].sum() or 0.0),
            )
        )  # fmt: skip
    strange = source.read("credit_unapplied", as_of=as_of, dealers=dealers).filter(pl.col("why") == "unknown_invoice")
    if strange.height:
        notes.append(
            plural(
                "{n} payment names an invoice that was not loaded; its {paid_money} stand as unapplied money.",
                "{n} payments name invoices that were not loaded; their {paid_money} stand as unapplied money.",
                n=int(strange["payments"].sum()), paid_money=float(strange["amount"].sum()),
            )
        )  # fmt: skip
    estimated = orders.filter("is_estimated")
    if estimated.height:
        notes.append(
            plural(
                "{n} open order has no value; it is taken at list price.", "{n} open orders have no value; they are taken at list price.", n=estimated.height
            )
        )
    return tuple(notes)
