"""How the orders of a month were served, and what waited at its end, with the reason where the data do not tell."""

from dataclasses import dataclass
from datetime import date

from engine.answers.periods import end_of
from engine.answers.source import Source
from engine.messages import Message, message
from engine.sop.deliveries import backlog, served

NO_ORDERS = message("No orders were loaded.")
NO_DAY = message("No order line was due in the month: a line needs a promised or a wanted day.")
NOT_TRACED = message("No shipment bears the number of an order, so nobody knows which order left when.")
NO_PRICE = message("Orders wait, but nobody knows what they are worth: neither a value nor a list price is known.")
NO_SALES = message("Nothing was shipped in the month, so a backlog cannot be told in days.")
NOTHING_WAITS = message("Nothing waits to be shipped.")


@dataclass(frozen=True)
class Deliveries:
    """otif: share of the lines due in the month that left complete and in time; backlog_days: what waited at its end ÷ what was shipped a day;
    overdue: of it, past its day. why: of what is None, by the same names. due, untold: lines."""

    otif: float | None
    backlog_days: float | None
    overdue: float | None
    why: dict[str, Message]
    due: int = 0
    untold: int = 0


def deliveries_of(source: Source, month: date, shipped_value: float) -> Deliveries:
    """The deliveries of the whole company in a month. shipped_value: its net sales."""
    if not source.has("orders"):
        return Deliveries(None, None, None, dict.fromkeys(("otif", "backlog", "overdue"), NO_ORDERS))
    last = end_of(month)
    met = served(source.whole.read("rows_orders_due", first=month, last=last))
    left = backlog(source.whole.read("rows_orders_waiting", until=last))
    unknown_worth = left.unpriced > 0 and left.value <= 0
    days = None if unknown_worth else left.days(shipped_value, (last - month).days + 1)
    why: dict[str, Message] = {}
    if met.share is None:
        why["otif"] = NO_DAY if not met.due else NOT_TRACED
    if days is None:
        why["backlog"] = NO_PRICE if unknown_worth else NO_SALES
    if left.overdue_share is None:
        why["overdue"] = NO_PRICE if unknown_worth else NOTHING_WAITS
    return Deliveries(met.share, days, left.overdue_share, why, met.due, met.untold)
