"""What dealers owe us, how late they are, how much more they may order. Pure formulas, no data of their own.

Money that a dealer owes is the sum of the open parts of invoices; what a dealer has overpaid, credit notes and payments that settle
no invoice stand apart, as unapplied credit, and never make another invoice look paid. Source: D9; reference §2.10.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from engine.messages import Message, message

NEVER = date(9999, 12, 31)
PARTS = ("receivable_value", "shipped_not_invoiced_value", "open_orders_value")
"""What makes exposure larger, by name."""
OFFSETS = ("deposit_value", "unapplied_value")
"""What makes it smaller."""
WHYS: MappingProxyType[str, Message] = MappingProxyType(
    {
        "left": message("The dealer is no longer supplied."),
        "no_limit": message("The dealer has no credit limit; set one first."),
        "expired": message("The credit limit has expired; renew it first."),
        "late": message("Too much has been overdue for too long."),
        "slow": message("What is owed is overdue by too many days, weighed by amount."),
        "full": message("The credit limit is used up."),
        "part": message("The limit covers a part of the order."),
        "fits": message("The order fits into the limit."),
        "unknown_value": message("What the order is worth is unknown: it has no value and its article no list price."),
        "later": message("It is wanted after the horizon and needs no decision yet."),
    }
)
"""Why an order is released or held, by the word that `order_check` uses."""


def open_items(invoices: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The open part of each invoice and its age on a day.

    invoices: invoice_id, dealer_id, invoiced_on, due_on, amount, paid_value (paid until `as_of`), money.
    Returns these with balance (below zero: overpaid, or a credit note), days_overdue and days_invoiced (below zero: not yet).
    A payment changes the balance and never the age.
    """
    day = pl.lit(as_of)
    return invoices.with_columns(
        (pl.col("amount") - pl.col("paid_value")).round(2).alias("balance"),
        (day - pl.col("due_on")).dt.total_days().alias("days_overdue"),
        (day - pl.col("invoiced_on")).dt.total_days().alias("days_invoiced"),
    )


def bucket_names(starts: Sequence[int]) -> tuple[str, ...]:
    """Columns of the ageing: what is younger than the first start, then one for each start."""
    return ("aged_0_value", *(f"aged_{start}_value" for start in starts))


def aged(items: pl.DataFrame, starts: Sequence[int], age_from: str = "due", late_days: int = 60) -> pl.DataFrame:
    """Open items by dealer and age.

    items: as of `open_items`. starts: the days with which buckets begin, ascending. age_from: `due` (days past the due day) or `invoice`.
    Returns dealer_id, the buckets (`bucket_names`), receivable_value = their sum, credit_value (what stands in favour of the dealer,
    positive), overdue_value, overdue_over_60_value (past `late_days`), money_days = Σ amount × days overdue, oldest_overdue_days (null:
    nothing is overdue). The balance of the dealer is receivable_value − credit_value.
    """
    age = pl.col("days_overdue") if age_from == "due" else pl.col("days_invoiced")
    owed = pl.col("balance").clip(lower_bound=0.0)
    ends: list[int | None] = [*starts, None]
    buckets = []
    for name, first, after in zip(bucket_names(starts), [None, *starts], ends, strict=True):
        inside = pl.lit(True) if first is None else age >= first
        inside = inside if after is None else inside & (age < after)
        buckets.append(owed.filter(inside).sum().alias(name))
    late = pl.col("days_overdue") > 0
    return items.group_by("dealer_id", maintain_order=True).agg(
        *buckets,
        owed.sum().alias("receivable_value"),
        (-pl.col("balance").clip(upper_bound=0.0)).sum().alias("credit_value"),
        owed.filter(late).sum().alias("overdue_value"),
        owed.filter(pl.col("days_overdue") > late_days).sum().alias("overdue_over_60_value"),
        (owed * pl.col("days_overdue")).filter(late).sum().alias("money_days"),
        pl.col("days_overdue").filter(late & (owed > 0)).max().alias("oldest_overdue_days"),
    )


def terms_on(terms: pl.DataFrame, as_of: date, expired: str = "hold") -> pl.DataFrame:
    """The terms that hold for each dealer on a day: of several the one that began last.

    terms: dealer_id, valid_from, valid_to, credit_limit, credit_days, deposit, review_on.
    expired: what a limit that has ended is worth: `hold` = nothing (the limit is unknown), `last` = it is used until it is renewed.
    Returns dealer_id, credit_limit, last_limit, credit_days, deposit, review_on, valid_to, limit_status (valid | expired). Terms
    that only begin later do not count; a deposit is still with us when the limit has ended.
    """
    begun = terms.filter(pl.col("valid_from") <= as_of)
    newest = begun.sort("valid_from").group_by("dealer_id", maintain_order=True).last()
    # An earlier row that still runs goes before a later one that has ended.
    running = begun.filter(pl.col("valid_to").fill_null(NEVER) >= as_of).sort("valid_from").group_by("dealer_id", maintain_order=True).last()
    chosen = pl.concat([running, newest.join(running, on="dealer_id", how="anti")])
    is_valid = pl.col("valid_to").fill_null(NEVER) >= as_of
    usable = is_valid if expired == "hold" else pl.lit(True)
    return chosen.select(
        "dealer_id",
        pl.when(usable).then("credit_limit").alias("credit_limit"),
        pl.col("credit_limit").alias("last_limit"),
        "credit_days",
        "deposit",
        "review_on",
        "valid_to",
        pl.when(is_valid).then(pl.lit("valid")).otherwise(pl.lit("expired")).alias("limit_status"),
    ).sort("dealer_id")


def order_values(lines: pl.DataFrame) -> pl.DataFrame:
    """What is still to be shipped of each order line, in money: its share of the line's value, else quantity × list price.

    lines: order_id, dealer_id, ordered_on, wanted_on, qty, open_qty, net_value, list_price. Returns them with open_value (null: neither
    is known) and is_estimated (by list price).
    """
    by_value = pl.when(pl.col("qty") > 0).then(pl.col("net_value") * pl.col("open_qty") / pl.col("qty"))
    by_list = pl.col("open_qty") * pl.col("list_price")
    return lines.with_columns(pl.coalesce(by_value, by_list).alias("open_value"), (by_value.is_null() & by_list.is_not_null()).alias("is_estimated"))


def orders_of(lines: pl.DataFrame, as_of: date, horizon_days: int) -> pl.DataFrame:
    """Order lines with open_value as one row an order: order_id, dealer_id, ordered_on, wanted_on, order_value (null where a line's value
    is unknown), is_estimated, is_near (wanted within the horizon; without a day it counts as near)."""
    orders = lines.group_by("order_id", "dealer_id", maintain_order=True).agg(
        pl.col("ordered_on").min(),
        pl.col("wanted_on").min(),
        pl.when(pl.col("open_value").null_count() == 0).then(pl.col("open_value").sum()).alias("order_value"),
        pl.col("is_estimated").any(),
    )
    return orders.with_columns((pl.col("wanted_on").is_null() | (pl.col("wanted_on") <= as_of + timedelta(horizon_days))).alias("is_near"))


def with_exposure(parts: pl.DataFrame) -> pl.DataFrame:
    """Exposure and what is left of the limit: the sum of PARTS less OFFSETS. A part that is null is not counted.

    parts: dealer_id, PARTS, OFFSETS, credit_limit. Adds exposure_value, headroom_value (null without a limit), used_share (of a limit above 0).
    """
    total = pl.sum_horizontal(pl.col(name).fill_null(0.0) for name in PARTS) - pl.sum_horizontal(pl.col(name).fill_null(0.0) for name in OFFSETS)
    exposed = parts.with_columns(total.alias("exposure_value"))
    return exposed.with_columns(
        (pl.col("credit_limit") - pl.col("exposure_value")).alias("headroom_value"),
        pl.when(pl.col("credit_limit") > 0).then(pl.col("exposure_value") / pl.col("credit_limit")).alias("used_share"),
    )


def blocked(standing: pl.DataFrame, late_share: float, slow_days: float) -> pl.DataFrame:
    """Adds `block`: why a dealer's orders are held whatever the limit leaves: left (no longer supplied), no_limit, expired, late, slow; else null.

    late: more than `late_share` of what is owed has been overdue for longer than the late days. slow: amount × days overdue ÷ what is owed is
    above `slow_days`, so that one old large invoice weighs more than ten small ones. Neither counts where what the dealer has left with us
    (OFFSETS) covers what is overdue.
    """
    owed = pl.col("receivable_value")
    uncovered = (owed > 0) & (pl.col("overdue_value") > pl.sum_horizontal(pl.col(name).fill_null(0.0) for name in OFFSETS))
    return standing.with_columns(
        pl.when(pl.col("limit_status") == "left")
        .then(pl.lit("left"))
        .when(pl.col("credit_limit").is_null() & (pl.col("limit_status") == "expired"))
        .then(pl.lit("expired"))
        .when(pl.col("credit_limit").is_null())
        .then(pl.lit("no_limit"))
        .when(uncovered & (pl.col("overdue_over_60_value") > late_share * owed))
        .then(pl.lit("late"))
        .when(uncovered & (pl.col("money_days") > slow_days * owed))
        .then(pl.lit("slow"))
        .otherwise(pl.lit(None, dtype=pl.String))
        .alias("block")
    )


def order_check(orders: pl.DataFrame, standing: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """What to do with each open order: release, release up to an amount, hold, or later; the most pressing first within a dealer.

    orders: as of `orders_of`. standing: dealer_id, block, credit_limit, exposure_value, open_orders_value.
    decided: order_id, decision (release | release_up_to | hold), decided_value (the order's value at that moment), up_to_value.
    The room for orders is the limit less all exposure but that of orders; orders take it in the order in which they are wanted. A decided
    order takes what was decided (a held one nothing); a decision on an order that has changed since does not count (`is_stale`).
    Adds available_value (room before the order), verdict, up_to_value (what may be shipped), why (a word of WHYS), decision, is_stale.
    """
    room = standing.select(
        "dealer_id", "block", (pl.col("credit_limit") - pl.col("exposure_value") + pl.col("open_orders_value").fill_null(0.0)).alias("room_value")
    )
    known = decided.select("order_id", "decision", "decided_value", pl.col("up_to_value").alias("decided_up_to"))
    queue = orders.join(room, on="dealer_id", how="left").join(known, on="order_id", how="left")
    changed = (pl.col("decided_value").fill_null(0.0) - pl.col("order_value").fill_null(0.0)).abs() >= 0.005
    queue = queue.with_columns((pl.col("decision").is_not_null() & changed).alias("is_stale"))
    counts = pl.col("decision").is_not_null() & ~pl.col("is_stale")
    asked = pl.when("is_near").then(pl.col("order_value").fill_null(0.0)).otherwise(0.0)
    taken = (
        pl.when(counts & (pl.col("decision") == "hold")).then(0.0)
        .when(counts & (pl.col("decision") == "release_up_to")).then(pl.col("decided_up_to").fill_null(0.0))
        .when(counts).then(pl.col("order_value").fill_null(0.0))
        .otherwise(asked)
    )  # fmt: skip
    queue = queue.sort("dealer_id", pl.coalesce("wanted_on", "ordered_on"), "ordered_on", "order_id").with_columns(taken.alias("_taken"))
    before = pl.col("_taken").cum_sum().over("dealer_id") - pl.col("_taken")
    left = pl.col("room_value") - before
    queue = queue.with_columns(pl.when(left > 0).then(left).when(left.is_not_null()).then(0.0).alias("available_value"))
    fits = pl.col("order_value") <= pl.col("available_value") + 0.005
    why = (
        pl.when(~pl.col("is_near")).then(pl.lit("later"))
        .when(pl.col("room_value").is_null() & pl.col("block").is_null()).then(pl.lit("no_limit"))
        .when(pl.col("block").is_not_null()).then(pl.col("block"))
        .when(pl.col("order_value").is_null()).then(pl.lit("unknown_value"))
        .when(fits).then(pl.lit("fits"))
        .when(pl.col("available_value") > 0).then(pl.lit("part"))
        .otherwise(pl.lit("full"))
    )  # fmt: skip
    verdicts = {"later": "later", "fits": "release", "part": "release_up_to"}
    queue = queue.with_columns(why.alias("why")).with_columns(pl.col("why").replace_strict(verdicts, default="hold", return_dtype=pl.String).alias("verdict"))
    may_ship = pl.when(pl.col("verdict") == "release").then("order_value").when(pl.col("verdict") == "release_up_to").then("available_value")
    return queue.with_columns(may_ship.otherwise(pl.when(pl.col("verdict") == "hold").then(0.0)).alias("up_to_value")).drop(
        "_taken", "room_value", "block", "decided_value"
    )


def dealer_verdicts(standing: pl.DataFrame, checked: pl.DataFrame) -> pl.DataFrame:
    """One verdict a dealer: release (everything near fits), release_up_to (a part), hold (nothing); with the reason's word.

    Without an open order the verdict is what the next one would meet: release while something is left of the limit.
    """
    near = checked.filter(pl.col("verdict") != "later").group_by("dealer_id").agg(
        (pl.col("verdict") == "release").all().alias("_all"), (pl.col("verdict") == "hold").all().alias("_none")
    )  # fmt: skip
    joined = standing.join(near, on="dealer_id", how="left", maintain_order="left")
    free = pl.col("headroom_value") > 0
    verdict = (
        pl.when(pl.col("block").is_not_null()).then(pl.lit("hold"))
        .when(pl.col("_all").is_null()).then(pl.when(free).then(pl.lit("release")).otherwise(pl.lit("hold")))
        .when("_all").then(pl.lit("release"))
        .when("_none").then(pl.lit("hold"))
        .otherwise(pl.lit("release_up_to"))
    )  # fmt: skip
    words = {"release": "fits", "release_up_to": "part", "hold": "full"}
    joined = joined.with_columns(verdict.alias("verdict"))
    return joined.with_columns(pl.coalesce("block", pl.col("verdict").replace_strict(words, return_dtype=pl.String)).alias("why")).drop("_all", "_none")


def proposals(
    standing: pl.DataFrame, habits: pl.DataFrame, as_of: date, *, months: float, cushion_days: float, ladder: Sequence[tuple[float, float]], step: float,
    ahead_days: int,
) -> pl.DataFrame:  # fmt: skip
    """Which limits are due for review, and what the data propose.

    standing: dealer_id, last_limit, credit_days, review_on, valid_to, limit_status. habits: dealer_id, invoiced_value, paid_value,
    money_days_late, over `months` months. Limit = purchases of a month × (credit days + cushion) ÷ 30 × factor, rounded to `step`.
    ladder: (from days late, factor), ascending; the first row also holds for whoever pays earlier; unknown behaviour counts as factor 1.
    Adds month_value, days_late (mean, weighed by amount; null: nothing was paid), proposed_limit (null: nothing was bought), review_why
    (missing | expired | due | ending, or null) and is_due.
    """
    late = pl.when(pl.col("paid_value") > 0).then(pl.col("money_days_late") / pl.col("paid_value"))
    factor: pl.Expr = pl.lit(ladder[0][1] if ladder else 1.0)
    for start, value in ladder[1:]:
        factor = pl.when(pl.col("days_late") >= start).then(pl.lit(value)).otherwise(factor)
    met = standing.join(habits, on="dealer_id", how="left", maintain_order="left").with_columns(
        late.alias("days_late"), (pl.col("invoiced_value").clip(lower_bound=0.0) / months).alias("month_value")
    )
    wanted = (
        pl.col("month_value") * (pl.col("credit_days").fill_null(0) + cushion_days) / 30 * pl.when(pl.col("days_late").is_null()).then(1.0).otherwise(factor)
    )
    why = (
        pl.when(pl.col("limit_status") == "missing").then(pl.lit("missing"))
        .when(pl.col("limit_status") == "expired").then(pl.lit("expired"))
        .when(pl.col("review_on") <= as_of).then(pl.lit("due"))
        .when(pl.col("valid_to") <= as_of + timedelta(ahead_days)).then(pl.lit("ending"))
        .otherwise(pl.lit(None, dtype=pl.String))
    )  # fmt: skip
    return met.with_columns(
        pl.when(pl.col("month_value") > 0).then((wanted / step).round(0, mode="half_away_from_zero") * step).alias("proposed_limit"), why.alias("review_why")
    ).with_columns(pl.col("review_why").is_not_null().alias("is_due"))
