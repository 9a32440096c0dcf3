"""The columns of the tables about credit, and what is said beside them."""

import polars as pl

from engine.answers.answer import Column
from engine.credit import bucket_names
from engine.messages import Message, message, plural
from engine.settings import Settings

DEALER = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("verdict", message("Orders"), "text"),
    Column("at_risk_value", message("Money at risk"), "money", "down"),
    Column("exposure_value", message("Exposure"), "money", "down"),
    Column("credit_limit", message("Credit limit"), "money"),
    Column("headroom_value", message("Left of the limit"), "money", "up"),
    Column("used_share", message("Limit used"), "share", "down"),
    Column("overdue_value", message("Overdue"), "money", "down"),
    Column("overdue_mean_days", message("Mean days overdue"), "days", "down"),
    Column("oldest_overdue_days", message("Oldest overdue"), "days", "down"),
    Column("receivable_value", message("Receivables"), "money"),
    Column("shipped_not_invoiced_value", message("Shipped, not invoiced"), "money"),
    Column("open_orders_value", message("Open orders"), "money"),
    Column("deposit_value", message("Deposit"), "money"),
    Column("unapplied_value", message("Unapplied money"), "money"),
)
TERMS = (
    Column("limit_status", message("State of the limit"), "text"),
    Column("valid_to", message("Limit ends on"), "date"),
    Column("review_on", message("Review on"), "date"),
    Column("proposed_limit", message("Proposed limit"), "money"),
    Column("days_late", message("Pays late by"), "days", "down"),
    Column("region", message("Region"), "text"),
    Column("sales_rep", message("Sales rep"), "text"),
    Column("why", message("Why"), "message"),
)
ORDER_COLUMNS = (
    Column("order_id", message("Order"), "code"),
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("verdict", message("Proposed"), "text"),
    Column("order_value", message("Still to ship"), "money"),
    Column("available_value", message("Room for it"), "money"),
    Column("up_to_value", message("May be shipped"), "money"),
    Column("why", message("Why"), "message"),
    Column("ordered_on", message("Ordered on"), "date"),
    Column("wanted_on", message("Wanted on"), "date"),
    Column("decision", message("Decided"), "text"),
    Column("decided_by", message("Decided by"), "text"),
    Column("decided_at", message("Decided at"), "time"),
    Column("is_stale", message("Changed since"), "flag"),
    Column("is_open", message("Waits"), "flag"),
    Column("is_estimated", message("At list price"), "flag"),
)
REVIEW_COLUMNS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("review_why", message("Why now"), "text"),
    Column("last_limit", message("Limit so far"), "money"),
    Column("proposed_limit", message("Proposed limit"), "money"),
    Column("month_value", message("Buys in a month"), "money"),
    Column("days_late", message("Pays late by"), "days", "down"),
    Column("credit_days", message("Credit days"), "days"),
    Column("exposure_value", message("Exposure"), "money"),
    Column("valid_to", message("Limit ends on"), "date"),
    Column("review_on", message("Review on"), "date"),
)


def ageing_columns(settings: Settings) -> tuple[Column, ...]:
    """The buckets of the ageing by the setting `credit_ageing_days`, labelled by the setting `credit_age_from`."""
    starts = [int(row[0]) for row in settings["credit_ageing_days"]]
    by_due = settings["credit_age_from"] == "due"
    labels = [message("Not due") if by_due else message("New")]
    for first, after in zip(starts, [*starts[1:], None], strict=True):
        if after is None:
            said = message("{n_first} days overdue and more", n_first=first) if by_due else message("{n_first} days old and more", n_first=first)
        elif by_due:
            said = message("{n_first}–{n_last} days overdue", n_first=first, n_last=after - 1)
        else:
            said = message("{n_first}–{n_last} days old", n_first=first, n_last=after - 1)
        labels.append(said)
    return tuple(Column(name, label, "money") for name, label in zip(bucket_names(starts), labels, strict=True))


def dealer_columns(settings: Settings) -> tuple[Column, ...]:
    """The main table: who, verdict, money at risk, exposure and its parts, the ageing, the terms."""
    late = message("Overdue for more than {late_days} days", late_days=int(settings["credit_late_days"]))
    return (*DEALER, Column("overdue_over_60_value", late, "money", "down"), *ageing_columns(settings), *TERMS)


def beside_overdue(frame: pl.DataFrame) -> Message | None:
    """What is overdue is counted invoice by invoice; the exposure is what would be lost in the end. Where the first is larger, that is said."""
    above = frame.filter(pl.col("overdue_value") > pl.col("exposure_value") + 0.005).height
    if not above:
        return None
    return plural(
        "Of {n} dealer more is overdue than is exposed: a deposit and unapplied money lower the exposure, but no invoice becomes paid by them.",
        "Of {n} dealers more is overdue than is exposed: deposits and unapplied money lower the exposure, but no invoice becomes paid by them.",
        n=above,
    )  # fmt: skip
