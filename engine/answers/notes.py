"""What must be said beside a figure: which days, what was estimated, what is old, what was scaled."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from engine.answers.periods import Span
from engine.answers.source import Source
from engine.inventory import LEAST_SURE_DAYS, MONTH_ENDS_OF_A_YEAR
from engine.kpis import Kpi
from engine.messages import Message, message, plural
from engine.selection import Selection

STOCK_KPIS = frozenset({"stock_value", "stock_qty", "days_of_supply", "days_of_supply_backward", "out_of_stock_share", "unsold_stock_value"})
COST_KPIS = frozenset({"sales_cost", "gross_margin", "margin_share", "turns", "gmroii"})
YEAR_KPIS = frozenset({"turns", "gmroii"})


def notes_of(source: Source, asked: Sequence[Kpi], selection: Selection, span: Span, estimated: int) -> tuple[Message, ...]:
    """The notes for some KPIs, in the order in which they matter."""
    names = {one.name for one in asked}
    notes: list[Message] = []
    if names & COST_KPIS and estimated:
        notes.append(
            plural(
                "{n} sales line has no cost; its cost is quantity × unit cost of the article.",
                "{n} sales lines have no cost; their cost is quantity × unit cost of the article.",
                n=estimated,
            )
        )
    if names & YEAR_KPIS:
        notes += _of_the_year(source, span)
    if names & STOCK_KPIS:
        notes += _of_the_stock(source, selection, span)
    sales = source.days.get("sales")
    if names - {"stock_value", "stock_qty"} and sales and sales[1] < span.last:
        notes.append(message("The sales data end on {last_day}, before the window does.", last_day=sales[1]))
    return tuple(notes)


def _of_the_year(source: Source, span: Span) -> list[Message]:
    notes: list[Message] = []
    sales, stock = source.days.get("sales"), source.days.get("stock")
    if not span.periods:
        return notes
    first, last = span.periods[0], span.periods[-1]
    notes.append(message("Turns and GMROII: sales from {first_day} to {last_day}.", first_day=last.year.first, last_day=last.year.last))
    if sales and sales[0] > first.year.first:
        covered = (first.year.last - sales[0]).days + 1
        if covered < LEAST_SURE_DAYS:
            notes.append(message("The sales data begin on {first_day}: too few days for a yearly figure that can be relied on.", first_day=sales[0]))
        else:
            notes.append(message("The sales data begin on {first_day}; what they hold was scaled to a year of 365 days.", first_day=sales[0]))
    if stock:
        balances = sum(1 for day in first.balance_ends if day >= stock[0])
        if balances < MONTH_ENDS_OF_A_YEAR:
            notes.append(message("The mean stock is made from {n_balances} month ends instead of 13.", n_balances=balances))
    return notes


def _of_the_stock(source: Source, selection: Selection, span: Span) -> list[Message]:
    notes: list[Message] = []
    newest = counted_on(source, span.as_of)
    if newest is not None and newest < span.as_of:
        notes.append(
            message("The stock was last counted on {counted_on}; it is shown as it stood then, against sales until {as_of_day}.",
                    counted_on=newest, as_of_day=span.as_of)
        )  # fmt: skip
    stale = stale_places(source, span)
    if stale:
        notes.append(
            plural(
                "{n} place was last counted more than {stale_days} days before {as_of_day}; its stock is carried forward.",
                "{n} places were last counted more than {stale_days} days before {as_of_day}; their stock is carried forward.",
                n=len(stale),
                stale_days=int(source.settings["stale_stock_days"]),
                as_of_day=span.as_of,
            )
        )
    if "location_id" in selection.by and not source.places["is_own"].all():
        notes.append(message("The stock of dealers and customers is listed by location; totals of the company count our own places only."))
    return notes


def counted_on(source: Source, as_of: date) -> date | None:
    """The newest day until then on which one of our own places was counted: older stock is not the stock of that day."""
    found: date | None = source.counts.filter(pl.col("is_own"), pl.col("counted_on") <= as_of)["counted_on"].max()  # type: ignore[assignment]
    return found


def stale_places(source: Source, span: Span) -> list[str]:
    """Our own places whose newest count until the day of the stock is older than the setting allows."""
    newest = source.counts.filter(pl.col("is_own"), pl.col("counted_on") <= span.as_of).group_by("location_id").agg(pl.col("counted_on").max())
    limit = int(source.settings["stale_stock_days"])
    old = newest.filter((pl.lit(span.as_of) - pl.col("counted_on")).dt.total_days() > limit)
    return sorted(old["location_id"].to_list())
