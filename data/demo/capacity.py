"""What can be made: lines of machines, their hours, the plan that they should carry, people, stages of the work."""

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from data.demo.company import Article
from data.demo.days import AUTUMN, dice
from data.demo.goods import Books, order_numbers
from data.demo.lines import LINES, Line
from data.demo.materials import Bill
from data.demo.places import people
from data.demo.plans import Outlook
from data.demo.supply import Store

PLAN_MONTHS, PLAN_HISTORY = 12, 24
STYLES = {"spirit": "R02", "herbal": "R02", "plain": "R03", "fruit": "R03", "canned": "R03", "wine": "R04", "gift": "R05"}
HOURS = {"R02": 0.0024, "R03": 0.0022, "R04": 0.006, "R05": 0.036, "R06": 0.0011}
BOTTLENECK = "R05"
RESOURCES = (
    ("R01", "勾调酒罐", "litres", 12, None, None, None, None, None),
    ("R02", "白酒灌装线", "hours", 18, 260.0, 390.0, 3000.0, 5000.0, 420.0),
    ("R03", "低度酒灌装线", "hours", 14, 220.0, 330.0, 3000.0, 5000.0, 380.0),
    ("R04", "葡萄酒灌装线", "hours", 8, 240.0, 360.0, 3000.0, 5000.0, 400.0),
    ("R05", "礼盒包装线", "hours", 26, 180.0, 270.0, 2600.0, 4500.0, 320.0),
    ("R06", "装箱码垛线", "hours", 10, 150.0, 225.0, 2600.0, 4500.0, None),
)
DEPARTMENTS = (("酿造", 46), ("灌装", 58), ("包装", 41), ("质检", 14), ("仓储物流", 27), ("销售", 48), ("市场", 12), ("采购", 8), ("财务行政", 23))
ORDER_STAGES = (("订单审核", 8), ("信用审核", 8), ("备货", 24), ("发运", 24), ("开票", 8))
BATCH_STAGES = (("勾调", 48), ("灌装", 16), ("包装", 16), ("质检", 24), ("入库", 8))
STAGE_DAYS = 75


def resource_of(articles: list[Article]) -> list[str]:
    """The line of machines on which each article is filled or packed."""
    return [STYLES[article.of.style] for article in articles]


def _made(line: Line) -> bool:
    return bool(line.share) and line.made_by != "third_party"


def hours(books: Books) -> dict[str, np.ndarray]:
    """Hours of each resource in one piece of each line (R01: litres, by article, is left out)."""
    use = {resource: np.zeros(len(LINES)) for resource in HOURS}
    for index, line in enumerate(LINES):
        if _made(line):
            use[STYLES[line.style]][index] = HOURS[STYLES[line.style]]
            use["R06"][index] = HOURS["R06"]
    return use


def planned_pieces(books: Books, view: Outlook) -> np.ndarray:
    """The newest production plan: lines × coming months, what sales are expected to ask for."""
    months = len(books.clock.months)
    made = np.array([_made(line) for line in LINES])
    return np.rint(view.of_lines(view.articles)[:, months : months + PLAN_MONTHS]) * made[:, None]


def peak_month(books: Books, load: np.ndarray) -> int:
    """The coming month, counted from 0, in which the festival of autumn loads the bottleneck most."""
    festival = next(day for day in AUTUMN if day > books.clock.as_of + timedelta(days=60))
    near = [
        step
        for step in range(PLAN_MONTHS)
        if 0
        <= (festival.year - books.clock.month(len(books.clock.months) + step).year) * 12
        + festival.month
        - books.clock.month(len(books.clock.months) + step).month
        <= 2
    ]
    return max(near, key=lambda step: load[step])


def capacity(books: Books, view: Outlook) -> tuple[pl.DataFrame, dict[str, object]]:
    """(capacity, the planted peak): enough everywhere but at the bottleneck in autumn, where the plan exceeds it by the story's factor."""
    clock, months = books.clock, len(books.clock.months)
    plan, use = planned_pieces(books, view), hours(books)
    lines = view.of_lines(view.articles)
    working = np.array([clock.working[clock.month_of == month].sum() for month in range(months + PLAN_MONTHS)])
    rows: list[tuple[date, str, float, float, float | None]] = []
    litres = np.array([article.variant.litres * (not article.bought) for article in books.articles])
    expected = {resource: np.concatenate([amount @ lines[:, :months], amount @ plan]) for resource, amount in use.items()}
    expected["R01"] = litres @ view.articles[:, : months + PLAN_MONTHS]
    load = expected[BOTTLENECK][months:]
    peak = peak_month(books, load)
    base = load[peak] / books.story.peak / working[months + peak]
    found: dict[str, object] = {}
    for resource, *_ in RESOURCES:
        if resource == BOTTLENECK:
            available = base * working
            seasonal = np.arange(months + PLAN_MONTHS) - months
            spare = np.where(
                seasonal == peak, available, np.maximum(available, expected[resource] / np.where(np.isin(seasonal, (peak - 1, peak + 1)), 1.04, 0.96))
            )
            available = np.round(spare, 1)
            available[months + peak] = round(load[peak] / books.story.peak, 1)
            found = {
                "resource_id": resource,
                "month": clock.month(months + peak).isoformat(),
                "load": round(float(load[peak]), 4),
                "available": float(available[months + peak]),
            }
        else:
            available = np.round(working * (expected[resource] / working)[-2 * PLAN_MONTHS :].max() / 0.88, 1)
        for month in range(months + PLAN_MONTHS):
            rows.append(
                (
                    clock.month(month),
                    resource,
                    float(available[month]),
                    round(float(available[month]) * 0.15, 1),
                    round(float(available[month]) * 0.1, 1) if resource in ("R02", "R05") else None,
                )
            )
    names = ["month", "resource_id", "available", "overtime_available", "subcontract_available"]
    return pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"subcontract_available": pl.Float64}), found


def resources() -> pl.DataFrame:
    names = ["resource_id", "resource_name", "unit", "workers", "hour_cost", "overtime_cost", "hire_cost", "layoff_cost", "subcontract_cost"]
    return pl.DataFrame(RESOURCES, schema=names, orient="row")


def resource_use(books: Books) -> pl.DataFrame:
    """Hours by line; litres in the blending tanks by article, a month ahead."""
    rows: list[tuple[str | None, str | None, str, float, int]] = []
    for resource, amount in hours(books).items():
        rows += [(None, LINES[index].line_id, resource, float(amount[index]), 0) for index in np.flatnonzero(amount)]
    rows += [(article.sku, None, "R01", article.variant.litres, 1) for article in books.articles if not article.bought and article.state == "live"]
    return pl.DataFrame(
        rows, schema=["sku", "line_id", "resource_id", "per_unit", "months_ahead"], orient="row", schema_overrides={"sku": pl.String, "line_id": pl.String}
    )


def production_plan(books: Books, view: Outlook) -> pl.DataFrame:
    """By line and version: the plan made in each month for the next three, the newest one for a year."""
    draw, clock, months = dice(books.seed, "production plan"), books.clock, len(books.clock.months)
    rows = []
    made = np.array([_made(line) for line in LINES])
    ran = np.rint(view.of_lines(books.relics.flow.planned.T.astype(float))) * made[:, None]
    newest = planned_pieces(books, view)
    for version in range(months - PLAN_HISTORY - 1, months):
        label = clock.month(version).strftime("%Y-%m")
        for ahead in range(1, (PLAN_MONTHS if version == months - 1 else 3) + 1):
            month = version + ahead
            if version == months - 1:
                qty = newest[:, ahead - 1]
            elif month < months:
                qty = ran[:, month] if ahead == 1 else np.rint(ran[:, month] * draw.lognormal(0, 0.07 * ahead, len(LINES)) / 10) * 10
            else:
                qty = np.rint(newest[:, month - months] * draw.lognormal(0, 0.05 * ahead, len(LINES)) / 10) * 10
            rows += [(clock.month(month), None, LINES[index].line_id, label, float(qty[index])) for index in np.flatnonzero(qty)]
    return pl.DataFrame(rows, schema=["month", "sku", "line_id", "version", "qty"], orient="row", schema_overrides={"sku": pl.String})


def purchase_plan(books: Books, store: Store, parts: Bill, view: Outlook) -> pl.DataFrame:
    """What was planned to be bought, month by month, and for the next three months what expected production will use."""
    months = len(books.clock.months)
    total: dict[tuple[int, str], float] = {}
    for month, material, qty in store.plan:
        key = (month, parts.id[material])
        total[key] = total.get(key, 0.0) + qty
    bought = np.array([article.bought for article in books.articles])
    for month in range(months):
        for article in np.flatnonzero(books.relics.flow.planned[month] * bought):
            total[month, books.articles[article].sku] = float(books.relics.flow.planned[month, article])
    for month in range(months, months + 3):
        need = parts.per.T @ np.where(bought, 0, view.articles[:, month])
        total |= {(month, parts.id[index]): float(np.ceil(need[index])) for index in np.flatnonzero(need >= 1)}
        total |= {
            (month, books.articles[index].sku): float(np.rint(view.articles[index, month])) for index in np.flatnonzero(bought & (view.articles[:, month] >= 1))
        }
    rows = [(books.clock.month(month), item, round(qty, 4)) for (month, item), qty in sorted(total.items()) if qty]
    return pl.DataFrame(rows, schema=["month", "item_id", "planned_qty"], orient="row")


def headcount(books: Books) -> pl.DataFrame:
    """Heads by department, seasonal workers in packing before the festivals, planned ones for the coming year."""
    draw, clock, rows = dice(books.seed, "heads"), books.clock, []
    for department, heads in DEPARTMENTS:
        drift = np.cumsum(draw.choice([-1, 0, 0, 0, 1], len(clock.months) + PLAN_MONTHS, p=[0.08, 0.3, 0.27, 0.2, 0.15]))
        for step, moved in enumerate(drift):
            month = clock.month(step)
            extra = 9 if department == "包装" and month.month in (8, 9, 12, 1) else 0
            rows.append((month, department, float(heads + moved + extra)))
    return pl.DataFrame(rows, schema=["month", "department", "heads"], orient="row")


def stage_standards() -> pl.DataFrame:
    rows: list[tuple[str, str | None, float]] = [(name, None, float(standard)) for name, standard in (*ORDER_STAGES, *BATCH_STAGES)]
    rows += [("包装", "节庆礼盒", 40.0), ("包装", "企业定制", 48.0), ("勾调", "酱香型", 72.0)]
    return pl.DataFrame(rows, schema=["stage", "product_group", "standard_hours"], orient="row", schema_overrides={"product_group": pl.String})


def stages(books: Books) -> pl.DataFrame:
    """The way of each order and batch of the last weeks through the house; what is still under way has no end yet."""
    draw, clock = dice(books.seed, "stages"), books.clock
    rows: list[tuple[str | None, str | None, str | None, str, datetime, datetime | None, str, str | None]] = []
    names = people(draw, 14)
    closing = datetime.combine(clock.as_of, datetime.min.time()) + timedelta(hours=18)

    def walk(order: str | None, batch: str | None, begun: datetime, ends: datetime | None, steps: tuple[tuple[str, int], ...], slow: float) -> None:
        spans = np.array([standard for _, standard in steps]) * draw.lognormal(-0.15, 0.35, len(steps)) * slow
        if ends is not None:
            spans *= max((ends - begun).total_seconds() / 3600, 10.0) / spans.sum()
        at = begun
        for place, ((stage, _), span) in enumerate(zip(steps, spans, strict=True)):
            if at > closing:
                return
            until = at + timedelta(minutes=int(span * 60))
            who = names[(place * 3 + len(rows)) % len(names)]
            rows.append((order, batch, None, stage, at, until if until <= closing else None, who, "顺达物流" if stage == "发运" else None))
            at = until

    flow_orders = books.relics.flow.orders
    number, _ = order_numbers(books)
    recent = np.flatnonzero(flow_orders["ordered"] >= clock.length - STAGE_DAYS)
    keys, first = np.unique(number[recent], return_index=True)
    for key, row in zip(keys.tolist(), recent[first].tolist(), strict=True):
        begun = datetime.combine(clock.day(flow_orders["ordered"][row]), datetime.min.time()) + timedelta(hours=9, minutes=int(draw.integers(0, 240)))
        shipped = flow_orders["due"][row] < clock.length
        ends = datetime.combine(clock.day(flow_orders["due"][row]), datetime.min.time()) + timedelta(hours=17) if shipped else None
        walk(f"SO{key:06d}", None, begun, ends, ORDER_STAGES, 1.0 if shipped else 2.2)
    batches = books.traced.batches
    for index in np.flatnonzero(batches.day >= clock.length - STAGE_DAYS):
        if not books.articles[batches.article[index]].bought:
            ends = datetime.combine(clock.day(batches.day[index]), datetime.min.time()) + timedelta(hours=16)
            walk(None, f"P{index + 1:06d}", ends - timedelta(hours=float(draw.uniform(90, 170))), ends, BATCH_STAGES, 1.0)
    schema = {
        "order_id": pl.String(),
        "batch_id": pl.String(),
        "line_no": pl.String(),
        "stage": pl.String(),
        "started_at": pl.Datetime("us"),
        "finished_at": pl.Datetime("us"),
        "responsible": pl.String(),
        "company": pl.String(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
