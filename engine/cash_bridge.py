"""Why cash is short when profit is good: from the profit of some months to the change of cash, and cash ahead against what must be paid."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

FLOWS = ("profit", "depreciation", "write_offs", "tax", "capex", "financing", "dividends")
BALANCES = ("receivables", "stock_value", "payables", "advances")
STEPS = ("profit", "depreciation", "write_offs", "stock_value", "receivables", "payables", "advances", "tax", "capex", "financing", "dividends")
"""The bars in their order; profit is where they begin."""
RISES = {"payables": 1.0, "advances": 1.0, "receivables": -1.0, "stock_value": -1.0}
"""What a rise of a balance does to cash: what we owe leaves it with us, what we are owed and what lies in stock ties it up."""
OUTWARD = ("tax", "capex", "dividends")
WHYS = ("no_month", "not_given", "no_balance_before")
_CENT = 0.005


@dataclass(frozen=True)
class Step:
    """One bar. value: what it adds to cash, None where unknown; why: one of WHYS, and n of how many months it is lacking."""

    name: str
    value: float | None
    why: str | None = None
    n: int = 0


@dataclass(frozen=True)
class Bridge:
    """From profit to cash over some months. steps: STEPS in order. not_explained: what cash changed by and no known step says, so that
    profit + steps + not_explained = change = closing − opening. broken: months that do not begin with the cash the month before
    ended with, and by how much. All None where the months have no cash."""

    first: date
    last: date
    opening: float | None
    closing: float | None
    steps: tuple[Step, ...]
    not_explained: float | None
    broken: tuple[tuple[date, float], ...] = ()

    @property
    def change(self) -> float | None:
        return None if self.opening is None or self.closing is None else math.fsum((self.closing, -self.opening))

    def value(self, name: str) -> float | None:
        """What a step adds to cash; None where unknown."""
        return next(step.value for step in self.steps if step.name == name)


def bridge(cash: pl.DataFrame, months: Sequence[date], before: Callable[[date], date], profit_is_before_tax: bool = True) -> Bridge:
    """The bridge over consecutive months.

    cash: one row a month: month, profit, opening_cash, closing_cash and, where given, the other columns of FLOWS and BALANCES (balances at
    the month's end). before: the month before a month.
    A flow that lacks in one of the months is unknown, never half known; a balance needs the end of the month before the first one.
    What was written off had lowered profit and stock without costing cash: it is added back and taken out of the step of the stock.
    Where profit is after tax, tax is in it already and its step is 0. Source: I13.
    """
    rows = {row["month"]: row for row in cash.iter_rows(named=True)}
    told = [rows.get(month, {}) for month in months]
    first, last = months[0], months[-1]
    opening, closing = told[0].get("opening_cash"), told[-1].get("closing_cash")
    written_off = _flow("write_offs", told)
    steps: list[Step] = []
    for name in STEPS:
        step = _flow(name, told) if name in FLOWS else _balance(name, rows.get(before(first), {}), told[-1])
        if name == "stock_value" and step.value is not None and written_off.value:
            step = Step(name, step.value - written_off.value)
        if name == "tax" and not profit_is_before_tax:
            step = Step(name, 0.0)
        steps.append(step)
    rest = None
    if opening is not None and closing is not None:
        rest = math.fsum((closing, -opening, *(-step.value for step in steps if step.value is not None)))
        rest = 0.0 if abs(rest) < _CENT else rest
    return Bridge(first, last, opening, closing, tuple(steps), rest, _broken(rows, months[1:], before))


def _flow(name: str, told: Sequence[dict[str, float]]) -> Step:
    values = [row.get(name) for row in told]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        absent = sum(not row for row in told)
        return Step(name, None, "no_month", absent) if absent else Step(name, None, "not_given", len(values) - len(known))
    return Step(name, math.fsum(known) * (-1.0 if name in OUTWARD else 1.0))


def _balance(name: str, earlier: dict[str, float], later: dict[str, float]) -> Step:
    start, end = earlier.get(name), later.get(name)
    if end is None:
        return Step(name, None, "not_given" if later else "no_month", 1)
    if start is None:
        return Step(name, None, "no_balance_before", 1)
    return Step(name, (end - start) * RISES[name])


def _broken(rows: dict[date, dict[str, float]], months: Sequence[date], before: Callable[[date], date]) -> tuple[tuple[date, float], ...]:
    found = []
    for month in months:
        earlier, own = rows.get(before(month), {}).get("closing_cash"), rows.get(month, {}).get("opening_cash")
        if earlier is not None and own is not None and abs(own - earlier) >= _CENT:
            found.append((month, own - earlier))
    return tuple(found)


def ahead(opening: float, months: Sequence[date], invoiced: dict[date, float], usual: dict[date, float] | None, planned: dict[date, float]) -> pl.DataFrame:
    """Cash at the end of each coming month: month, invoiced_value, usual_value, planned_value, sure_cash, expected_cash.

    invoiced: what is invoiced and open, by the month in which it is expected (what is overdue: in the first). usual: what usually comes in
    in a month, null for None. planned: payments by month. sure_cash = cash + what is invoiced − what is planned, month after month;
    expected_cash takes the larger of what is invoiced and what usually comes in. Payments that nobody planned are not in either.
    """
    sure = expected = opening
    rows = []
    for month in months:
        sales, out = invoiced.get(month, 0.0), planned.get(month, 0.0)
        often = None if usual is None else usual.get(month)
        sure += sales - out
        expected += max(sales, often or 0.0) - out
        rows.append((month, sales, often, out, sure, expected if usual is not None else None))
    names = ("month", "invoiced_value", "usual_value", "planned_value", "sure_cash", "expected_cash")
    return pl.DataFrame(rows, schema={name: pl.Date if name == "month" else pl.Float64 for name in names}, orient="row")
