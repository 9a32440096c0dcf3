"""What is watched: stocktakes, diversion of goods, prices by city, rewards, complaints."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.days import dice
from data.demo.goods import KINDS, Books, coded, own_batches
from data.demo.materials import Bill
from data.demo.places import OWN, REGIONS, people
from data.demo.supply import Store

CAUSES = ("破损未报", "发货差错", "入库差错", "批次混放", "盘点误差")
STEPS = ((0, "投诉受理"), (3, "事业部核实"), (12, "总部分析"), (14, "判定并通知"), (17, "经销商确认收货"), (21, "经销商付款"), (25, "结案通报"))
COMPLAINT = {
    **dict.fromkeys(("complaint_id", "sku", "batch_id"), pl.String), "complained_on": pl.Date, **dict.fromkeys(("victim_dealer_id", "city"), pl.String),
    **dict.fromkeys(("qty", "recovered_price", "freight_per_unit"), pl.Float64), **dict.fromkeys(("special_mark", "evidence", "source_dealer_id"), pl.String),
    "is_active": pl.Boolean,
}  # fmt: skip
SURVEY = 0.18
JUDGED_AFTER_DAYS = 120  # older complaints are judged, newer ones are still to be traced


def stocktakes(books: Books) -> pl.DataFrame:
    """A part of the own positions at each quarter's end; what differed is booked as an adjustment of the same day."""
    draw, clock, traced, flow = dice(books.seed, "stocktakes"), books.clock, books.traced, books.relics.flow
    count, place, batch, pieces = own_batches(books)
    quarters = [index + 1 for index, month in enumerate(clock.months) if month.month % 3 == 0]
    row = traced.adjusted.row
    found = flow.adjusted["kind"][row] == len(KINDS) - 1
    missing: dict[tuple[int, int, int], int] = {}
    for index, lot, qty in zip(row[found], traced.adjusted.batch[found], traced.adjusted.qty[found], strict=True):
        key = (int(clock.month_of[flow.adjusted["day"][index]]) + 1, int(flow.adjusted["place"][index]), int(lot))
        missing[key] = missing.get(key, 0) + int(qty)
    counted = {(int(each[0]), int(each[1]), int(each[2])): int(each[3]) for each in zip(count, place, batch, pieces, strict=True) if each[0] in quarters}
    keys = sorted({key for key in counted if draw.random() < SURVEY} | set(missing))
    names = people(draw, 7)
    rows = []
    for when, where, lot in keys:
        after, less = counted.get((when, where, lot), 0), missing.get((when, where, lot), 0)
        day = clock.month(when) - timedelta(days=1)
        rows.append(
            (
                day,
                OWN[where],
                books.articles[traced.batches.article[lot]].sku,
                f"P{lot + 1:06d}",
                float(after + less),
                float(after),
                str(draw.choice(CAUSES)) if less else None,
                names[where],
            )
        )
    schema = ["counted_on", "location_id", "item_id", "batch_id", "book_qty", "counted_qty", "cause", "responsible"]
    return pl.DataFrame(rows, schema=schema, orient="row", schema_overrides={"cause": pl.String})


def city_prices(books: Books) -> pl.DataFrame:
    """First-tier and shelf prices by city and article; goods are cheapest where the diverting dealer sits."""
    draw, buyers = dice(books.seed, "city prices"), books.buyers
    live = [index for index, article in enumerate(books.articles) if article.state == "live"][::2]
    cheap = str(buyers.city[buyers.diverter])
    rows = []
    for _, cities in REGIONS.values():
        for city, tier in cities:
            level = {1: 1.06, 2: 1.02, 3: 1.0, 4: 0.985}[tier] * draw.normal(1, 0.012) * (0.93 if city == cheap else 1.0)
            for index in live:
                base = float(books.prices.today[index])
                first = base * 0.9 * level
                rows.append(
                    (
                        city,
                        books.articles[index].sku,
                        books.prices.steps[-1],
                        round(first, 2),
                        round(first * 1.24, 2),
                        round(base * 0.02, 2),
                        round(base * 0.01, 2),
                    )
                )
    names = ["city", "sku", "valid_from", "first_tier_price", "point_price", "company_support", "dealer_support"]
    return pl.DataFrame(rows, schema=names, orient="row")


def rewards(books: Books) -> pl.DataFrame:
    """Reward a piece, to the dealer and passed on to the shelf, at the beginning and since the last price step."""
    rows: list[tuple[str, date, float, float]] = []
    for index, article in enumerate(books.articles):
        if article.state == "live":
            for start, share in ((books.clock.first, 0.012), (books.prices.steps[-1], 0.015)):
                rows.append((article.sku, start, round(float(books.prices.today[index]) * share, 2), round(float(books.prices.today[index]) * share * 0.5, 2)))
    return pl.DataFrame(rows, schema=["sku", "valid_from", "own_per_unit", "passed_on_per_unit"], orient="row")


def _shares(books: Books) -> tuple[np.ndarray, np.ndarray]:
    """(pieces of each batch shipped to each dealer: batches × dealers, last day of shipment by batch and dealer)."""
    traced, orders = books.traced, books.relics.flow.orders
    shipped = np.zeros((len(traced.batches.day), len(books.buyers)), dtype=np.int64)
    dealer = orders["dealer"][traced.sold.row]
    np.add.at(shipped, (traced.sold.batch, dealer), traced.sold.qty)
    last = np.full(shipped.shape, -1)
    np.maximum.at(last, (traced.sold.batch, dealer), orders["due"][traced.sold.row])
    return shipped, last


def _telling(shipped: np.ndarray, candidates: np.ndarray, culprit: int, many: int = 9) -> np.ndarray:
    """So many of the candidate batches as together point at one dealer: each next one is what least suits anybody else."""
    others = np.delete(shipped, culprit, axis=1)
    chosen: list[int] = []
    while len(chosen) < min(many, len(candidates)):
        left = [int(lot) for lot in candidates if lot not in chosen]
        suits = [
            others[[*chosen, lot]].sum(axis=0).max() / shipped[[*chosen, lot], culprit].sum() + 0.2 * (others[[*chosen, lot]] > 0).sum(axis=0).max()
            for lot in left
        ]
        chosen.append(left[int(np.argmin(suits))])
    return np.array(chosen)


def diversions(books: Books) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, object]]:
    """(complaints, steps, what was planted): most batches were shipped above all to one dealer, and none of those to the victim."""
    draw, clock, buyers = dice(books.seed, "diversions"), books.clock, books.buyers
    shipped, last = _shares(books)
    culprit, victim = buyers.diverter, buyers.victim
    total = shipped.sum(axis=1)
    dear = np.array([article.state == "live" and article.price > 60 for article in books.articles])[books.traced.batches.article]
    recent = (last[:, culprit] > clock.length - 200) & (last[:, culprit] < clock.length - 20) & dear & (shipped[:, culprit] >= 36)
    most = shipped[:, culprit] >= shipped.max(axis=1)
    score = np.where(recent & (shipped[:, victim] == 0), shipped[:, culprit] / np.maximum(total, 1) + most, 0)
    traced = np.sort(_telling(shipped, np.argsort(-score, kind="stable")[: min(60, int((score > 0).sum()))], culprit))
    noise = draw.choice(np.flatnonzero((total > 200) & dear & (last.max(axis=1) > clock.length - 200) & (score == 0)), 3, replace=False)
    rows, cases = [], []
    for place, lot in enumerate([*traced.tolist(), *noise.tolist()]):
        mine = place < len(traced)
        article = int(books.traced.batches.article[lot])
        source = culprit if mine else int(np.argmax(shipped[lot]))
        days = min(int(last[lot, source]) + int(draw.integers(6, 18)), clock.length - 3)
        who = victim if mine else int(draw.choice(np.flatnonzero((buyers.status == "active") & (buyers.region != buyers.region[source]))))
        qty = float(max(6, int(shipped[lot, source] * draw.uniform(0.3, 0.6)) // 6 * 6))
        price = round(float(books.prices.today[article]) * draw.uniform(0.86, 0.95), 2)
        evidence = str(draw.choice(["批号照片", "购货小票与照片", "第三方公证", "流向码扫描"]))
        cases.append(
            (
                days,
                books.articles[article].sku,
                f"P{lot + 1:06d}",
                str(buyers.id[who]),
                str(buyers.city[who]),
                qty,
                price,
                round(float(draw.uniform(2, 5)), 2),
                "喷码被刮" if draw.random() < 0.3 else None,
                evidence,
                mine,
                source,
            )
        )
    cases.sort(key=lambda case: case[0])
    steps: list[tuple[str, str, date | None, str | None]] = []
    names = people(draw, 5)
    planted = []
    for place, case in enumerate(cases):
        complaint, day = f"LH{place + 1:03d}", clock.day(case[0])
        judged = (clock.as_of - day).days > JUDGED_AFTER_DAYS
        rows.append((complaint, case[1], case[2], day, *case[3:10], str(buyers.id[case[11]]) if judged else None, False if judged else None))
        if case[10]:
            planted.append({"complaint_id": complaint, "batch_id": case[2], "sku": case[1]})
        for number, (due, step) in enumerate(STEPS):
            done = day + timedelta(days=due + int(draw.choice([0, 0, 1, 4])))
            late = place in (4, 7) and number > 2
            steps.append((complaint, step, done if done <= clock.as_of and not late else None, names[number % 5] if done <= clock.as_of and not late else None))
    table = pl.DataFrame(rows, schema=COMPLAINT, orient="row")
    ladder = pl.DataFrame(
        steps, schema=["complaint_id", "step", "done_on", "done_by"], orient="row", schema_overrides={"done_on": pl.Date, "done_by": pl.String}
    )
    return table, ladder, {"dealer_id": str(buyers.id[culprit]), "victim_dealer_id": str(buyers.id[victim]), "complaints": planted}


def complaints(books: Books, store: Store, parts: Bill) -> tuple[pl.DataFrame, dict[str, object]]:
    """(after-sales complaints, the planted cluster): one lot of caps leaks, whatever batch it went into."""
    draw, clock, buyers = dice(books.seed, "complaints"), books.clock, books.buyers
    shipped, last = _shares(books)
    batches = books.traced.batches
    lots, (lot, user, _) = store.lots, store.used
    bought = np.array([article.bought for article in books.articles])
    made = np.flatnonzero((batches.day >= 0) & ~bought[batches.article])
    caps = np.array([parts.kind[material] == "cap" for material in lots.material])
    recent = np.array(lots.day) > clock.length - 300
    uses = np.bincount(lot[user < len(made)], minlength=len(lots.day))
    bad = int(np.argmax(np.where(caps & recent & (np.array(lots.day) < clock.length - 150), uses, 0)))
    leaking = made[np.unique(user[(lot == bad) & (user < len(made))])]
    material, supplier = parts.id[lots.material[bad]], parts.supplier[lots.material[bad]]
    sold = np.flatnonzero((batches.day > 30) & (shipped.sum(axis=1) > 100))
    kinds = ("漏酒", "标签歪斜", "瓶身划痕", "口感异常", "沉淀", "少瓶", "外盒压损")
    rows: list[tuple[date, str, str, str | None, str, float, str, str | None, str | None, date | None]] = []
    for lot_of_goods, cause in [
        *((int(index), 0) for index in draw.choice(leaking, min(26, 3 * len(leaking)))),
        *((int(index), int(draw.integers(0, 7))) for index in draw.choice(sold, 130)),
    ]:
        if not shipped[lot_of_goods].any():
            continue
        dealer = int(draw.choice(len(buyers), p=shipped[lot_of_goods] / shipped[lot_of_goods].sum()))
        day = min(int(last[lot_of_goods, dealer]) + int(draw.gamma(2, 14)), clock.length - 1)
        open_ = day > clock.length - 20 and draw.random() < 0.7
        closed = clock.day(min(day + int(draw.integers(2, 20)), clock.length - 1))
        leak = lot_of_goods in leaking and cause == 0
        result = None if open_ else str(draw.choice(["换货", "退款", "补发", "致歉并赠品", "供应商赔付"]))
        article = int(batches.article[lot_of_goods])
        rows.append(
            (
                clock.day(day),
                f"P{lot_of_goods + 1:06d}",
                books.articles[article].sku,
                material if leak else None,
                kinds[cause],
                float(draw.integers(1, 13)),
                str(buyers.id[dealer]),
                supplier if leak else None,
                result,
                None if open_ else closed,
            )
        )
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    names = ["reported_on", "batch_id", "sku", "material_id", "kind", "qty", "dealer_id", "supplier", "result", "closed_on"]
    table = pl.DataFrame(
        rows, schema=names, orient="row", schema_overrides={"material_id": pl.String, "supplier": pl.String, "result": pl.String, "closed_on": pl.Date}
    )
    table = table.select(pl.Series("complaint_id", [f"TS{number + 1:05d}" for number in range(table.height)]), *names)
    return table, {
        "material_id": material,
        "supplier": supplier,
        "lot_id": lots.id(np.array([bad]))[0],
        "batches": [f"P{index + 1:06d}" for index in leaking.tolist()],
    }


def customer_stock(books: Books) -> tuple[list[tuple[str, str, int]], pl.DataFrame]:
    """(customers' stores as id, name, dealer; their reported stock): large customers of six dealers, a year of month ends."""
    draw, clock, buyers = dice(books.seed, "customers"), books.clock, books.buyers
    hosts = [index for index in np.argsort(-buyers.size) if buyers.status[index] == "active" and buyers.consents[index]][:6]
    customers = [
        (f"C{place + 1:02d}", f"{buyers.city[index]}{name}", int(index))
        for place, (index, name) in enumerate(zip(hosts, ("宴会中心", "连锁超市配送仓", "酒店集团", "烟酒连锁总店", "企业采购中心", "商超配送仓"), strict=True))
    ]
    live = np.flatnonzero(np.array([article.state == "live" for article in books.articles]))
    frames = []
    for key, _, _ in customers:
        carried = np.sort(draw.choice(live, 14, replace=False))
        level = draw.integers(12, 120, 14)
        for month in range(len(clock.months) - 12, len(clock.months)):
            day = int(clock.month_ends[month])
            qty = np.rint(level * draw.uniform(0.5, 1.5, 14))
            none = pl.Series([None] * 14, dtype=pl.String)
            frames.append(
                pl.DataFrame(
                    {
                        "counted_on": books.dates(np.full(14, day)),
                        "location_id": coded([key], np.zeros(14, dtype=np.int64)),
                        "item_id": books.skus(carried),
                        "batch_id": none,
                        "condition": pl.Series(["good"] * 14),
                        "on_hand_qty": qty,
                        "unit_cost": pl.Series([None] * 14, dtype=pl.Float64),
                        "received_on": pl.Series([None] * 14, dtype=pl.Date),
                        "in_transit_qty": np.zeros(14),
                        "committed_qty": np.zeros(14),
                        "purpose": none,
                        "reported_on": books.dates(np.full(14, min(day + 2, clock.length - 1))),
                    }
                )
            )
    return customers, pl.concat(frames)
