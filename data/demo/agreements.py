"""What was agreed with dealers: contracts, deals under negotiation, credit terms, targets."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.days import dice, month_start
from data.demo.goods import Books, numbered, order_numbers
from data.demo.lines import LINES

LARGE_BUYERS, SMALL_BUYERS = 12, 20
CUSTOMERS = (
    "川渝宴席连锁",
    "华南酒店集团",
    "中原商超集团",
    "沪上名酒连锁",
    "江南会所联盟",
    "京津烟酒专卖",
    "北国餐饮管理",
    "西域商贸联合",
    "央企工会福利",
    "校友会定制",
    "地产年会礼赠",
    "银行贵宾礼品",
)
NEAR_DAYS = 30
STAGES = (("初步接洽", 0.15), ("样品确认", 0.35), ("报价谈判", 0.55), ("合同审批", 0.85))


@dataclass(frozen=True)
class Agreed:
    """Contracts as a table, and the contract of each row of the flow's orders ("" where there is none)."""

    table: pl.DataFrame
    of_order: np.ndarray


def contracts(books: Books) -> Agreed:
    """Large contracts by line and calendar year with the largest dealers; small ones by article for a quarter with others.

    Every order of a contract's line or article in its months is an order of the contract: what was delivered is their sum.
    """
    draw, buyers, clock = dice(books.seed, "contracts"), books.buyers, books.clock
    orders = books.relics.flow.orders
    line = np.array([article.line for article in books.articles])
    pack = np.array([article.variant.pack for article in books.articles])
    month = clock.month_of[orders["due"]]
    year = (month + clock.first.month - 1) // 12 + clock.first.year
    steady = [index for index in np.argsort(-buyers.size) if buyers.status[index] == "active" and buyers.started[index] < 0]
    of_order = np.full(len(month), "", dtype="<U12")
    rows: list[tuple[str, str | None, str | None, date, str, str, float, float | None]] = []

    def agree(contract: str, mine: np.ndarray, usual: float, dealer: int, months: list[int], sku: str | None, line_id: str | None, unit: int) -> None:
        of_order[mine] = contract
        shipped = np.zeros(int(clock.month_of[-1]) + 1)
        np.add.at(shipped, month[mine], np.maximum(orders["shipped"][mine], 0))
        for each in months:
            if each >= len(shipped):
                continue
            level = shipped[each] if shipped[each] > 0 and each < len(clock.months) else usual
            agreed = max(unit, round(level * draw.uniform(0.85, 1.25) / unit) * unit)
            delivered = float(shipped[each]) if each < len(clock.months) else None
            rows.append((contract, sku, line_id, clock.month(each), str(buyers.id[dealer]), "large" if line_id else "small", float(agreed), delivered))

    for turn in range(clock.first.year + 1, clock.as_of.year + 2):
        for place, dealer in enumerate(steady[:LARGE_BUYERS]):
            if turn > clock.as_of.year and place % 2:
                continue
            contract = f"HT{turn}{place + 1:03d}"
            first = (turn - clock.first.year) * 12 + 1 - clock.first.month
            bought = np.bincount(line[orders["article"][orders["dealer"] == dealer]], minlength=len(LINES))
            for which in np.argsort(-bought)[: 2 + place % 3]:
                bought_it = (orders["dealer"] == dealer) & (line[orders["article"]] == which)
                usual = float(orders["shipped"][bought_it & (orders["shipped"] > 0)].sum()) / len(clock.months)
                agree(contract, bought_it & (year == turn), usual, dealer, list(range(first, first + 12)), None, LINES[which].line_id, 12)
    for place, dealer in enumerate(steady[LARGE_BUYERS : LARGE_BUYERS + SMALL_BUYERS]):
        for quarter in (len(clock.months) - 7, len(clock.months) - 4, len(clock.months) - 1):
            can = np.flatnonzero((orders["dealer"] == dealer) & (month >= quarter) & (month < quarter + 3) & (of_order == ""))
            if not len(can):
                continue
            article = int(np.bincount(orders["article"][can]).argmax())
            mine = (orders["dealer"] == dealer) & (orders["article"] == article) & (month >= quarter) & (month < quarter + 3)
            usual = float(np.maximum(orders["shipped"][mine], 0).sum()) / 3
            agree(
                f"XH{quarter:02d}{place + 1:03d}", mine, usual, dealer, list(range(quarter, quarter + 3)), books.articles[article].sku, None, int(pack[article])
            )
    names = ["contract_id", "sku", "line_id", "month", "dealer_id", "kind", "agreed_qty", "delivered_qty"]
    schema = {"sku": pl.String, "line_id": pl.String, "delivered_qty": pl.Float64}
    return Agreed(pl.DataFrame(rows, schema=names, orient="row", schema_overrides=schema), of_order)


def deals(books: Books) -> pl.DataFrame:
    """Large deals under negotiation on the last day, each over one to three months."""
    draw, clock = dice(books.seed, "deals"), books.clock
    lines = [line for line in LINES if line.share and line.price > 60]
    rows = []
    for number in range(24):
        line = lines[int(draw.integers(0, len(lines)))]
        stage, chance = STAGES[int(draw.integers(0, len(STAGES)))]
        chance = round(chance + float(draw.uniform(-0.1, 0.1)), 2)
        customer = CUSTOMERS[number % len(CUSTOMERS)]
        dealer = str(books.buyers.id[int(draw.integers(0, 40))]) if draw.random() < 0.6 else None
        start = len(clock.months) + int(draw.integers(0, 4))
        signed = clock.as_of + timedelta(days=int(draw.integers(5, 70)))
        for step in range(int(draw.integers(1, 4))):
            qty = float(round(line.share * books.story.net_sales / line.price * draw.uniform(0.004, 0.02)) * 12 // 12)
            rows.append(
                (
                    f"SJ{number + 1:03d}",
                    line.line_id,
                    clock.month(start + step),
                    customer,
                    dealer,
                    max(qty, 24.0),
                    chance,
                    stage,
                    clock.as_of,
                    signed,
                )
            )
    names = ["deal_id", "line_id", "month", "customer", "dealer_id", "qty", "probability", "stage", "as_of", "expected_sign_on"]
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"dealer_id": pl.String})


def credit_terms(books: Books, invoices: pl.DataFrame) -> pl.DataFrame:
    """Limits and terms by year. Some limits are too low for what the dealer buys, and some were not renewed."""
    draw, buyers, clock = dice(books.seed, "credit"), books.buyers, books.clock
    bought = dict(invoices.group_by("dealer_id").agg(pl.col("amount").sum()).iter_rows())
    rows: list[tuple[str, date, date | None, float, int, float, date]] = []
    for index in np.flatnonzero(buyers.buying):
        name, days = str(buyers.id[index]), int(buyers.credit_days[index])
        held = min(clock.length, int(buyers.ended[index])) - max(0, int(buyers.started[index]))
        monthly = float(bought.get(name, 0.0)) / max(held, 30) * 30
        tight = 0.55 if index % 13 == 5 else 1.0
        stale = index % 17 == 3
        first = max(clock.first.year, clock.day(max(0, int(buyers.started[index]))).year)
        for year in range(first, clock.as_of.year + (0 if stale else 1)):
            start = clock.first if year == clock.first.year else date(year, 1, 1)
            end = date(year, 12, 31)
            limit = max(20_000.0, round(monthly * (days / 30 + 0.9) * draw.uniform(1.0, 1.5) * tight, -4))
            rows.append((name, start, end, limit, days, float(round(monthly * draw.uniform(0.1, 0.3), -3)), month_start(end, -1)))
    names = ["dealer_id", "valid_from", "valid_to", "credit_limit", "credit_days", "deposit", "review_on"]
    return pl.DataFrame(rows, schema=names, orient="row")


def outgrown(books: Books, terms: pl.DataFrame, orders: pl.DataFrame, bills: pl.DataFrame, payments: pl.DataFrame) -> pl.DataFrame:
    """The terms, with one limit of this year that leaves room for 60 % of the dealer's largest open order: of a dealer who owes nothing overdue.

    bills: of everything that was shipped, invoiced or not.
    """
    as_of = books.clock.as_of
    waiting = orders.filter(pl.col("status") == "open").with_columns(
        (pl.col("net_value") * (1 - pl.col("shipped_qty").fill_null(0.0) / pl.col("qty"))).alias("value")
    )
    by_order = waiting.group_by("dealer_id", "order_id").agg(pl.col("value").sum(), pl.col("requested_on").min())
    near = by_order.filter(pl.col("requested_on").is_null() | (pl.col("requested_on") <= as_of + timedelta(days=NEAR_DAYS)))
    ordered = near.group_by("dealer_id").agg(pl.col("value").sum().alias("all"), pl.col("value").max().alias("largest"))
    paid = payments.group_by("invoice_id").agg(pl.col("amount").sum().alias("paid"))
    owed = bills.join(paid, on="invoice_id", how="left").with_columns((pl.col("amount") - pl.col("paid").fill_null(0.0)).alias("open"))
    late = owed.filter(pl.col("open") > 0.005, pl.col("due_on") < as_of)["dealer_id"].unique()
    loose = payments.filter(pl.col("invoice_id").is_null()).group_by("dealer_id").agg(pl.col("amount").sum().alias("loose"))
    current = terms.filter(pl.col("valid_from") <= as_of, pl.col("valid_to") >= as_of).select("dealer_id", "deposit")
    known = (
        ordered.join(current, on="dealer_id")
        .join(owed.group_by("dealer_id").agg(pl.col("open").sum()), on="dealer_id")
        .join(loose, on="dealer_id", how="left")
        .filter(~pl.col("dealer_id").is_in(late.implode()), pl.col("dealer_id") != str(books.buyers.id[books.buyers.stuffed]))
    )
    room = pl.col("open") - pl.col("deposit") - pl.col("loose").fill_null(0.0) + pl.col("all") - 0.4 * pl.col("largest")
    fits = known.with_columns(((room / 100).round() * 100).alias("limit")).filter(pl.col("limit") > 0)
    chosen = fits.sort("largest", "dealer_id", descending=[True, False]).head(1)
    limits = terms.join(chosen.select("dealer_id", "limit"), on="dealer_id", how="left", maintain_order="left")
    is_now = (pl.col("valid_from") <= as_of) & (pl.col("valid_to") >= as_of)
    return limits.with_columns(pl.when(is_now).then(pl.coalesce("limit", "credit_limit")).otherwise("credit_limit").alias("credit_limit")).drop("limit")


def order_changes(books: Books, orders: pl.DataFrame) -> pl.DataFrame:
    """Changes of order lines between order and shipment. A few dealers change their plans all the time.

    The last change of a line leaves it as it stands in `orders`.
    """
    draw, clock, rows = dice(books.seed, "changes"), books.clock, books.relics.flow.orders
    number, _ = order_numbers(books)
    fickle = np.isin(rows["dealer"], books.buyers.fickle)
    room = np.minimum(rows["due"], clock.length - 1) - rows["ordered"]
    chance = np.where(fickle, 0.20, 0.018)
    chosen = np.flatnonzero((draw.random(len(number)) < chance) & (room >= 2))
    kind = np.where(rows["shipped"][chosen] == 0, "cancel", draw.choice(["qty", "date"], len(chosen), p=[0.78, 0.22]))
    pack = np.array([article.variant.pack for article in books.articles])[rows["article"][chosen]]
    last = rows["qty"][chosen].astype(float)
    before = np.maximum(np.rint(last * draw.choice([0.5, 0.7, 1.4, 2.0, 2.5], len(chosen)) / pack), 1) * pack
    before = np.where(before == last, last + pack, before)
    twice = (kind == "qty") & (room[chosen] >= 3) & (draw.random(len(chosen)) < np.where(fickle[chosen], 0.35, 0.08))
    middle = np.where(twice, np.maximum(np.rint((before + last) / 2 / pack), 1) * pack + pack, before)
    shift = draw.integers(2, 8, len(chosen))
    wanted = orders["requested_on"].to_numpy().astype("datetime64[D]")[chosen]
    first = pl.DataFrame(
        {"order": chosen, "step": 1, "kind": kind, "qty_before": before, "qty_after": np.where(twice, middle, last), "on": rows["ordered"][chosen] + 1}
    )
    again = pl.DataFrame(
        {
            "order": chosen[twice],
            "step": 2,
            "kind": kind[twice],
            "qty_before": middle[twice],
            "qty_after": last[twice],
            "on": rows["ordered"][chosen[twice]] + 2,
        }
    )
    date_before = pl.Series(np.where(kind == "date", wanted - shift.astype("timedelta64[D]"), np.datetime64("NaT"))).cast(pl.Date)
    date_after = pl.Series(np.where(kind == "date", wanted, np.datetime64("NaT"))).cast(pl.Date)
    first = first.with_columns(date_before=date_before, date_after=date_after)
    again = again.with_columns(date_before=pl.lit(None, dtype=pl.Date), date_after=pl.lit(None, dtype=pl.Date))
    table = pl.concat([first, again]).sort("order", "step")
    count = table.height
    which = table["order"].to_numpy()
    is_qty, is_cancel = pl.col("kind") == "qty", pl.col("kind") == "cancel"
    return table.select(
        order_id=numbered("SO", number[which]),
        line_no=orders["line_no"].gather(which),
        changed_on=books.dates(table["on"].to_numpy()),
        kind="kind",
        qty_before=pl.when(is_qty).then("qty_before").when(is_cancel).then(pl.Series(rows["qty"][which].astype(float))),
        qty_after=pl.when(is_qty).then("qty_after").when(is_cancel).then(0.0),
        date_before="date_before",
        date_after="date_after",
        asked_by=pl.Series(draw.choice(["dealer", "sales", "production"], count, p=[0.78, 0.14, 0.08])),
        reason=pl.Series(draw.choice(["promotion", "competition", "funds", "other"], count, p=[0.34, 0.18, 0.28, 0.20])),
    )
