"""Why cash is short when profit is good, and whether it is enough for what must be paid."""

from datetime import date
from typing import Any

import polars as pl

from engine import cash_bridge as formulas
from engine.answers.answer import Answer, Column
from engine.answers.bought import months_of
from engine.answers.measured import Measured
from engine.answers.periods import end_of, first_of, following, months_before, span_of, year_before
from engine.answers.picking import OUT_OF_SCOPE
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    Column("step", message("Code"), "code"),
    Column("step_name", message("Step"), "message"),
    Column("value", message("Adds to cash"), "money"),
    Column("last_year", message("Last year"), "money"),
    Column("difference_value", message("Change on last year"), "money"),
    Column("value_why", message("Why unknown"), "message"),
)
PAYMENT_COLUMNS = (
    Column("due_on", message("Due on"), "date"),
    Column("what", message("What for"), "text"),
    Column("amount", message("Amount"), "money"),
    Column("sure_cash", message("Cash at the month's end, sure"), "money"),
    Column("expected_cash", message("Cash at the month's end, expected"), "money"),
)
WHYS: dict[str, Message] = {
    "no_month": message("The cash table lacks a month of this period."),
    "not_given": message("The cash table does not say it for every month of this period."),
    "no_balance_before": message("The balance before the first month is not in the cash table."),
}
TOTALS = ("not_explained", "change", "opening", "closing")


def cash_bridge(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """From profit to the change of cash: one row a step in its order (COLUMNS), then what is not explained, the change, both ends.

    The months: those of the chosen window, else the last `cash_bridge_months` that the cash table knows. extra: `bars` (step, label as
    Message JSON, value, is_total: profit, the known steps, not explained, change), `ahead` (month, actual, forecast, low), `payments` (PAYMENT_COLUMNS).
    facts: `measures`, `profit`, `change`.
    """
    answer: Answer = _cash_bridge(warehouse, selection, scope)
    return answer


@remembered
def _cash_bridge(source: Source, selection: Selection, scope: Scope) -> Answer:
    as_of = span_of(source, selection, by_month=False).as_of
    cash = source.read("cash_months").filter(pl.col("month") <= as_of)
    if not scope.sees_all:
        cash = cash.clear()
    months = _months(source, selection, as_of, cash)
    now = formulas.bridge(cash, months, _before, bool(source.settings["profit_is_before_tax"])) if months else None
    earlier = formulas.bridge(cash, [year_before(month) for month in months], _before, bool(source.settings["profit_is_before_tax"])) if months else None
    frame = _rows(now, earlier)
    ahead, payments = _ahead(source, as_of, cash)
    if not scope.sees_all:
        ahead, payments = ahead.clear(), payments.clear()
    return Answer(
        name="cash_bridge",
        headline=_with_ahead(_headline(now, _why_nothing(source, scope)), ahead),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=as_of,
        first=months[0] if months else None,
        last=end_of(months[-1]) if months else None,
        notes=_notes(source, now, frame),
        missing=tuple(table for table in ("cash", "planned_payments", "invoices", "payments") if not source.has(table)),
        extra={"bars": _bars(frame), "ahead": _drawn(cash, ahead, as_of), "payments": payments},
        facts={"measures": _measures(now, ahead, payments, _why_nothing(source, scope))},
        scope=scope,
        selection=selection,
    )


def _before(month: date) -> date:
    return months_before(month, 1)


def _months(source: Source, selection: Selection, as_of: date, cash: pl.DataFrame) -> list[date]:
    """The months of the chosen window; without one the last that the cash table knows."""
    if cash.is_empty():
        return []
    months = months_of(source, selection, as_of, "cash_bridge_months")
    if selection.first is None and selection.last is None and not selection.allowed("month"):
        known = cash["month"].sort().to_list()[-int(source.settings["cash_bridge_months"]) :]
        months, month = [], known[0]
        while month <= known[-1]:
            months.append(month)
            month = following(month)
    return months


def _rows(now: formulas.Bridge | None, earlier: formulas.Bridge | None) -> pl.DataFrame:
    schema = {"step": pl.String, "step_name": pl.String, "value": pl.Float64, "last_year": pl.Float64, "difference_value": pl.Float64, "value_why": pl.String}
    if now is None or earlier is None:
        return pl.DataFrame(schema=schema)
    known = [(step.name, step.value, earlier.value(step.name), None if step.why is None else WHYS[step.why].to_json()) for step in now.steps]
    ends = [(name, getattr(now, name), getattr(earlier, name), None if getattr(now, name) is not None else WHYS["no_month"].to_json()) for name in TOTALS]
    rows = [(name, STEPS[name].to_json(), value, old, None if value is None or old is None else value - old, why) for name, value, old, why in (*known, *ends)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _bars(frame: pl.DataFrame) -> pl.DataFrame:
    """What is drawn: profit, each known step that moved anything, what is not explained, the change of cash."""
    steps = frame.filter(~pl.col("step").is_in(["opening", "closing"]), pl.col("value").is_not_null())
    moved = steps.filter((pl.col("value") != 0) | pl.col("step").is_in(["profit", "not_explained", "change"]))
    return moved.select("step", pl.col("step_name").alias("label"), "value", pl.col("step").is_in(["profit", "change"]).alias("is_total"))


def _ahead(source: Source, as_of: date, cash: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(cash at the end of each coming month, each planned payment with the cash after it)."""
    closing = cash.sort("month")["closing_cash"].to_list()[-1:] if cash.height else []
    month, months = following(first_of(as_of)) if as_of == end_of(as_of) else first_of(as_of), []
    for _ in range(int(source.settings["cash_ahead_months"])):
        months.append(month)
        month = following(month)
    planned = source.read("planned_payments", as_of=as_of).filter(pl.col("due_on") <= end_of(months[-1]))
    if not closing or cash["month"].max() != months_before(months[0], 1):
        unknown = pl.lit(None, dtype=pl.Float64)
        nothing = formulas.ahead(0.0, [], {}, None, {})
        return nothing, planned.with_columns(unknown.alias("sure_cash"), unknown.alias("expected_cash")).select(c.name for c in PAYMENT_COLUMNS)
    by_month = planned.group_by(pl.col("due_on").dt.truncate("1mo").alias("month")).agg(pl.col("amount").sum())
    invoiced = _invoiced(source, as_of, months[0])
    usual = _usual(source, as_of, months)
    ahead = formulas.ahead(closing[0], months, invoiced, usual, dict(by_month.iter_rows()))
    return ahead, _after_each(planned, ahead)


def _after_each(planned: pl.DataFrame, ahead: pl.DataFrame) -> pl.DataFrame:
    """Each payment with the cash that is there at the end of its month, as whole months are all that is known of what comes in."""
    ends = ahead.select("month", "sure_cash", "expected_cash")
    placed = planned.with_columns(pl.col("due_on").dt.truncate("1mo").alias("month")).join(ends, on="month", how="left", maintain_order="left")
    return placed.select(column.name for column in PAYMENT_COLUMNS).sort("amount", "due_on", descending=[True, False])


def _invoiced(source: Source, as_of: date, first: date) -> dict[date, float]:
    """What is invoiced and not paid, by the month in which it is due; what is overdue is expected in the first month."""
    open_now = source.read("credit_invoices", as_of=as_of, dealers=None)
    due = pl.max_horizontal(pl.col("due_on").dt.truncate("1mo"), pl.lit(first)).alias("month")
    return dict(open_now.group_by(due).agg((pl.col("amount") - pl.col("paid_value")).sum()).iter_rows())


def _usual(source: Source, as_of: date, months: list[date]) -> dict[date, float] | None:
    """What came in in the same months of last year; None where no payments of dealers are known."""
    came = dict(source.read("collected_months", as_of=as_of).iter_rows())
    found = {month: came[year_before(month)] for month in months if year_before(month) in came}
    return found or None


def _drawn(cash: pl.DataFrame, ahead: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Cash at the ends of the months behind (actual) and ahead (forecast: expected, plan: sure)."""
    past = cash.sort("month").tail(12).select("month", pl.col("closing_cash").alias("actual"))
    if ahead.is_empty():
        return past
    expected = pl.coalesce("expected_cash", "sure_cash")
    return pl.concat([past, ahead.select("month", expected.alias("forecast"), pl.col("sure_cash").alias("scenario"))], how="diagonal")


def _why_nothing(source: Source, scope: Scope) -> Message:
    if not scope.sees_all:
        return OUT_OF_SCOPE
    return message("The cash table has no month of this period.") if source.has("cash") else message("No cash table was loaded.")


def _headline(now: formulas.Bridge | None, why: Message) -> Message:
    profit = None if now is None else now.value("profit")
    if now is None or now.change is None or profit is None:
        return why
    largest = min((step for step in now.steps[1:] if step.value is not None), key=lambda step: step.value or 0.0, default=None)
    if profit > 0 > now.change and largest is not None and largest.value is not None and largest.value < 0:
        return message(
            "{profit_money} of profit, and yet cash fell by {fell_money}: most of it went into “{step}”, {step_money}.",
            profit_money=profit, fell_money=-now.change, step=STEPS[largest.name], step_money=-largest.value,
        )  # fmt: skip
    if now.change < profit and largest is not None and largest.value is not None and largest.value < 0:
        return message(
            "Of {profit_money} of profit {change_money} became cash; the most went into “{step}”, {step_money}.",
            profit_money=profit, change_money=now.change, step=STEPS[largest.name], step_money=-largest.value,
        )  # fmt: skip
    return message("{profit_money} of profit, and cash changed by {change_money}.", profit_money=profit, change_money=now.change)


def _with_ahead(said: Message, ahead: pl.DataFrame) -> Message:
    """The sentence, and after it the month in which sure money runs out; nothing is added where it lasts."""
    short = ahead.filter(pl.col("sure_cash") < 0)
    if short.is_empty():
        return said
    least = ahead.sort("sure_cash", "month").row(0, named=True)
    further = message(
        "If only what is invoiced comes in, cash runs out in {short_month} and falls to {least_money} in {least_month}.",
        short_month=short["month"].min(), least_money=least["sure_cash"], least_month=least["month"],
    )  # fmt: skip
    return message("{said} {further}", said=said, further=further)


STEPS: dict[str, Message] = {
    "profit": message("Profit"),
    "depreciation": message("Depreciation"),
    "write_offs": message("Write-offs"),
    "stock_value": message("Stock"),
    "receivables": message("Receivables"),
    "payables": message("Payables"),
    "advances": message("Advances of customers"),
    "tax": message("Tax"),
    "capex": message("Equipment"),
    "financing": message("Financing"),
    "dividends": message("Dividends"),
    "not_explained": message("Not explained"),
    "change": message("Change of cash"),
    "opening": message("Cash at the beginning"),
    "closing": message("Cash at the end"),
}


def _measures(now: formulas.Bridge | None, ahead: pl.DataFrame, payments: pl.DataFrame, why: Message) -> tuple[Measured, ...]:
    profit = None if now is None else now.value("profit")
    change = None if now is None else now.change
    planned: Any = payments["amount"].sum() if payments.height else None
    least: Any = ahead["sure_cash"].min() if ahead.height else None
    often: Any = ahead["expected_cash"].min() if ahead.height and ahead["expected_cash"].is_not_null().all() else None
    short = ahead.filter(pl.col("sure_cash") < 0)["month"].to_list()
    lasts = (
        message("If only what is invoiced came in, cash would be used up in {short_month}.", short_month=short[0])
        if short
        else message("Even if only what is invoiced came in, cash would last.")
    )
    if often is not None:
        lasts = message(
            "{said} {further}", said=lasts, further=message("With what usually comes in it stays at {expected_money} or more.", expected_money=often)
        )
    far = message("The cash table does not reach to the day, so nothing can be said of the months ahead.")
    return (
        Measured(message("Profit"), profit, "money", message("Sum of the months."), why),
        Measured(message("Change of cash"), change, "money", message("Cash at the end − cash at the beginning."), why),
        Measured(
            message("Not explained"), None if now is None else now.not_explained, "money",
            message("What cash changed by and no known step says."), why,
        ),
        Measured(message("Planned payments"), planned, "money", message("Due in the months ahead."), message("No payments are planned ahead.")),
        Measured(
            message("Least sure cash ahead"), least, "money", lasts, far,
        ),
    )  # fmt: skip


def _notes(source: Source, now: formulas.Bridge | None, frame: pl.DataFrame) -> tuple[Message, ...]:
    notes = [
        message("What was written off lowered profit and stock without costing cash: it is added back and taken out of the step of the stock."),
        message("A rise of stock and receivables ties cash up, a rise of payables and advances leaves it with us."),
        message(
            "Cash ahead: what is invoiced when it is due (overdue: in the first month), or what came in a year before if that is more, less planned payments."
        ),
    ]
    if not source.settings["profit_is_before_tax"]:
        notes.append(message("Profit is after tax, so tax is no step of its own."))
    unknown = frame["value_why"].drop_nulls().len() if frame.height else 0
    if unknown:
        notes.append(
            plural("{n} step is unknown; it is part of what is not explained.", "{n} steps are unknown; they are part of what is not explained.", n=unknown)
        )
    notes += [
        message("{month} begins with {difference_money} more than the month before ended with.", month=month, difference_money=difference)
        if difference > 0
        else message("{month} begins with {difference_money} less than the month before ended with.", month=month, difference_money=-difference)
        for month, difference in (now.broken if now is not None else ())
    ]
    return tuple(notes)
