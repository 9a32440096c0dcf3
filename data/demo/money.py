"""Money that came and went: invoices, payments, the monthly cash account, what falls due."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.days import dice, month_start
from data.demo.goods import Books

CASH_MONTHS = 24
PAYABLE_DAYS = 45
RUNNING_COST_SHARE = 0.285


def invoices(books: Books, sales: pl.DataFrame) -> pl.DataFrame:
    """One invoice a shipment, its amount the sum of the sales lines; returns are credit notes with a negative amount."""
    days = pl.DataFrame({"dealer_id": books.buyers.id, "days": books.buyers.credit_days})
    return (
        sales.group_by("invoice_id")
        .agg(
            pl.col("dealer_id").first(),
            pl.col("shipped_on").first().alias("invoiced_on"),
            pl.col("net_value").sum().round(2).alias("amount"),
            pl.col("order_id").first(),
        )
        .join(days, on="dealer_id", how="left")
        .with_columns(due_on=pl.col("invoiced_on") + pl.duration(days="days"))
        .select("invoice_id", "dealer_id", "invoiced_on", "due_on", "amount", "order_id")
        .sort("invoiced_on", "invoice_id")
    )


def written(bills: pl.DataFrame) -> pl.DataFrame:
    """The invoices that are out by the evening of the last day: what was shipped on that day is invoiced on the next morning."""
    return bills.filter(pl.col("invoiced_on") < pl.col("invoiced_on").max())


def payments(books: Books, bills: pl.DataFrame) -> pl.DataFrame:
    """Payments of invoices with each dealer's habits; credit notes are offset by a negative payment; some advances at the end.

    An invoice that is paid at all is paid to the cent, in one part or two. What would be paid later than the last day is open.
    """
    draw, buyers, clock = dice(books.seed, "payments"), books.buyers, books.clock
    index = {name: place for place, name in enumerate(buyers.id)}
    dealer = np.array([index[name] for name in bills["dealer_id"]])
    habit = draw.choice([0.0, 6.0, 16.0, 38.0], len(buyers), p=[0.48, 0.30, 0.16, 0.06])
    habit[buyers.stuffed] = 40.0
    due = (bills["due_on"].to_numpy() - np.datetime64(clock.first)).astype(int)
    made = (bills["invoiced_on"].to_numpy() - np.datetime64(clock.first)).astype(int)
    amount = np.rint(bills["amount"].to_numpy() * 100).astype(np.int64)
    late = np.where(habit[dealer] > 0, draw.gamma(2.0, np.maximum(habit[dealer], 1) / 2), draw.integers(-4, 3, len(due)))
    paid = np.maximum(made, due + np.rint(late).astype(int))
    never = (buyers.status[dealer] == "ended") & (made > buyers.ended[dealer] - 75) & (dealer == np.flatnonzero(buyers.status == "ended")[0]) & (amount > 0)
    paid = np.where(amount < 0, made + 10, paid)
    split = (draw.random(len(due)) < 0.14) & (amount > 100_000)
    part = np.where(split, (amount * draw.uniform(0.3, 0.7, len(due))).astype(np.int64), amount)
    again = np.minimum(paid + draw.integers(5, 30, len(due)), clock.length + 400)
    ids = bills["invoice_id"]
    first = pl.DataFrame({"dealer": dealer, "day": paid, "cents": part, "invoice_id": ids, "never": never})
    second = pl.DataFrame(
        {"dealer": dealer[split], "day": again[split], "cents": (amount - part)[split], "invoice_id": ids.filter(pl.Series(split)), "never": never[split]}
    )
    early = draw.choice(np.flatnonzero(buyers.status == "active"), 6, replace=False)
    days = clock.length - 1 - draw.integers(0, 28, 6)
    advances = pl.DataFrame(
        {"dealer": early, "day": days, "cents": draw.integers(3, 12, 6) * 1_000_000, "invoice_id": pl.Series([None] * 6, dtype=pl.String), "never": [False] * 6}
    )
    rows = (
        pl.concat([first, second, advances])
        .filter(~pl.col("never"), pl.col("day") < clock.length)
        .sort("day", "dealer", "invoice_id", "cents", nulls_last=True)
    )
    return pl.DataFrame(
        {
            "payment_id": pl.Series([f"SK{number + 1:06d}" for number in range(rows.height)]),
            "dealer_id": books.dealers(rows["dealer"].to_numpy()),
            "paid_on": books.dates(rows["day"].to_numpy()),
            "amount": rows["cents"].to_numpy() / 100,
            "invoice_id": rows["invoice_id"],
        }
    )


def _by_month(books: Books, table: pl.DataFrame, day: str, value: str, shift: int = 0) -> np.ndarray:
    """Sums by month of history; what lies after it is left out."""
    months = len(books.clock.months)
    days = (table[day].to_numpy() - np.datetime64(books.clock.first)).astype(int) + shift
    inside = (days >= 0) & (days < books.clock.length)
    return np.bincount(books.clock.month_of[days[inside]], weights=table[value].to_numpy()[inside], minlength=months)


def cash(books: Books, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Two years of the cash account. It closes by

    closing = opening + profit + depreciation − rise of receivables and stock + rise of payables and advances
              − capex + financing − dividends − tax,

    write-offs being part of profit and of the fall in stock. Good profit, short cash: the company of the case.
    """
    draw, clock = dice(books.seed, "cash"), books.clock
    months = len(clock.months)
    net, cost = _by_month(books, tables["sales"], "shipped_on", "net_value"), _by_month(books, tables["sales"], "shipped_on", "cost_value")
    applied = tables["payments"].filter(pl.col("invoice_id").is_not_null())
    ahead = tables["payments"].filter(pl.col("invoice_id").is_null())
    receivables = np.cumsum(_by_month(books, tables["invoices"], "invoiced_on", "amount") - _by_month(books, applied, "paid_on", "amount"))
    advances = np.cumsum(_by_month(books, ahead, "paid_on", "amount"))
    own = tables["stock"].filter(pl.col("location_id").str.contains("^[PBM]"))
    held = own.group_by("counted_on").agg((pl.col("on_hand_qty") * pl.col("unit_cost")).sum().alias("value")).sort("counted_on")["value"].to_numpy()[1:]
    bought = _by_month(books, tables["purchases"], "received_on", "value")
    payables = np.cumsum(bought) - np.cumsum(_by_month(books, tables["purchases"], "received_on", "value", PAYABLE_DAYS))
    lost = -_by_month(books, tables["adjustments"], "adjusted_on", "value")
    running = net.mean() * RUNNING_COST_SHARE * 0.6 + net * RUNNING_COST_SHARE * 0.4
    depreciation = np.full(months, round(books.story.net_sales * 0.0018, 2))
    profit = np.round(net - cost - running - lost, 2)
    number = np.array([month.month for month in clock.months])
    capex = np.round(books.story.net_sales * np.where(np.isin(number, (3, 9)), 0.012, 0.002) * draw.uniform(0.8, 1.2, months), 2)
    dividends = np.where(number == 4, round(books.story.net_sales * 0.055, 2), 0.0)
    tax = np.round(np.maximum(profit, 0) * 0.25, 2)
    financing = np.where(number == 8, round(books.story.net_sales * 0.03, 2), np.where(number == 2, -round(books.story.net_sales * 0.018, 2), 0.0))
    balances = [np.round(values, 2) for values in (receivables, held, payables, advances)]
    rise = [np.diff(values, prepend=values[0]) for values in balances]
    change = np.round(profit + depreciation - rise[0] - rise[1] + rise[2] + rise[3] - capex + financing - dividends - tax, 2)[-CASH_MONTHS:]
    path = np.cumsum(change)
    start = round(max(books.story.net_sales * 0.01 - path.min(), books.story.net_sales * 0.03), 2)
    closing = np.round(start + path, 2)
    opening = np.concatenate([[start], closing[:-1]])
    columns = (profit, opening, closing, depreciation, *balances, capex, financing, dividends, tax, np.round(lost, 2))
    names = (
        "profit",
        "opening_cash",
        "closing_cash",
        "depreciation",
        "receivables",
        "stock_value",
        "payables",
        "advances",
        "capex",
        "financing",
        "dividends",
        "tax",
        "write_offs",
    )
    return pl.DataFrame({"month": clock.months[-CASH_MONTHS:], **{name: values[-CASH_MONTHS:] for name, values in zip(names, columns, strict=True)}})


def planned_payments(books: Books) -> pl.DataFrame:
    """The large payments of the coming half year."""
    clock, scale = books.clock, books.story.net_sales
    rows: list[tuple[date, float, str]] = []
    for ahead in range(1, 7):
        month = month_start(clock.as_of, ahead)
        rows.append((month + timedelta(days=9), round(scale * 0.0095, 2), "工资及社保"))
        rows.append((month + timedelta(days=14), round(scale * 0.006, 2), "税金"))
        rows.append((month + timedelta(days=24), round(scale * (0.045 if ahead in (2, 3) else 0.028), 2), "供应商货款"))
    rows += [
        (month_start(clock.as_of, 2) + timedelta(days=19), round(scale * 0.015, 2), "礼盒包装线技改设备款"),
        (month_start(clock.as_of, 3) + timedelta(days=11), round(scale * 0.012, 2), "年终奖金"),
        (month_start(clock.as_of, 4) + timedelta(days=2), round(scale * 0.018, 2), "银行贷款到期"),
        (month_start(clock.as_of, 5) + timedelta(days=29), round(scale * 0.0125, 2), "原酒年度采购定金"),
    ]
    return pl.DataFrame(rows, schema=["due_on", "amount", "what"], orient="row").sort("due_on", "what")
