"""The dealers' own books: what they sell of ours and of others, what it costs them, what they own, what we spend on them."""

from datetime import date

import numpy as np
import polars as pl

from data.demo.channel import reports
from data.demo.days import dice
from data.demo.goods import Books, coded
from data.demo.lines import LINES

MONTHS = 13
OTHERS = (("啤酒", 0.09), ("饮料", 0.16), ("食品", 0.20), ("名酒代理", 0.12))
SPLIT = (("餐饮", 0.42, -0.01), ("流通", 0.58, 0.01))
COSTS = (
    ("warehousing", 0.010, False),
    ("transport", 0.014, True),
    ("people", 0.052, True),
    ("office", 0.011, False),
    ("marketing", 0.016, True),
    ("bad_debt", 0.003, False),
    ("other", 0.006, True),
)
SERVE = (("运费", 0.016), ("拜访与人员", 0.014), ("促销支持", 0.012), ("售后服务", 0.003), ("资金占用", 0.004))
TAX = 0.25
NEW_PRODUCTS = 0.25
"""What part of the target outlets, by their cases, should have bought a new product."""


def _own(books: Books, sell_through: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """(net value, cost, pieces) of our goods that each dealer sold on, by month and sphere; and the spheres."""
    spheres = list(dict.fromkeys(line.sphere for line in LINES))
    clock, buyers = books.clock, books.buyers
    dealer_no = {name: place for place, name in enumerate(buyers.id)}
    article_no = {article.sku: place for place, article in enumerate(books.articles)}
    sphere_no = np.array([spheres.index(article.of.sphere) for article in books.articles])
    dealer = sell_through["dealer_id"].replace_strict(dealer_no, return_dtype=pl.Int64).to_numpy()
    article = sell_through["sku"].replace_strict(article_no, return_dtype=pl.Int64).to_numpy()
    day = (sell_through["sold_on"].to_numpy() - np.datetime64(clock.first)).astype(int)
    qty, value = sell_through["qty"].to_numpy(), sell_through["net_value"].to_numpy()
    cost = qty * books.prices.lists[books.prices.step_of[day], article] * (1 - buyers.discount[dealer])
    shape = (len(buyers), len(clock.months), len(spheres))
    place = np.ravel_multi_index((dealer, clock.month_of[day], sphere_no[article]), shape)
    total = [np.bincount(place, weights=weights, minlength=int(np.prod(shape))).reshape(shape)[:, -MONTHS:] for weights in (value, cost, qty)]
    return total[0], total[1], total[2], spheres


def tables(books: Books, sell_through: pl.DataFrame, sell_in: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """dealer_mix, dealer_costs, dealer_assets, dealer_targets, cost_to_serve for the last thirteen months."""
    draw, clock, buyers = dice(books.seed, "accounts"), books.clock, books.buyers
    value, cost, pieces, spheres = _own(books, sell_through)
    months = clock.months[-MONTHS:]
    said = reports(books)[:, -MONTHS:] & (buyers.status == "active")[:, None] & (value.sum(axis=2) > 0)
    appetite = draw.uniform(0.5, 2.2, (len(buyers), len(OTHERS))) * (draw.random((len(buyers), len(OTHERS))) < 0.75)
    wave = draw.lognormal(0, 0.08, (len(buyers), MONTHS, len(OTHERS)))
    usual = value.sum(axis=2).mean(axis=1)[:, None, None]
    other = np.round(usual * appetite[:, None, :] * 0.5 * wave, 2)
    margins = np.array([share for _, share in OTHERS]) + draw.normal(0, 0.01, (len(buyers), len(OTHERS)))
    mix = _mix(books, said, months, (value, cost, pieces, spheres), other, margins)
    turnover = value.sum(axis=2) + other.sum(axis=2)
    gross = (value - cost).sum(axis=2) + (other * margins[:, None, :]).sum(axis=2)
    costs = _costs(books, draw, said, months, turnover, gross, value.sum(axis=2))
    dealer, month = np.nonzero(said)
    fixed = turnover.mean(axis=1) * draw.uniform(0.1, 0.35, len(buyers))
    assets = pl.DataFrame(
        {
            "dealer_id": books.dealers(dealer),
            "month": _months(months, month),
            "receivables": np.round(turnover[dealer, month] * draw.uniform(0.35, 0.9, len(buyers))[dealer], 2),
            "claims": np.round(turnover[dealer, month] * 0.02 * draw.uniform(0.3, 1.6, len(dealer)), 2),
            "fixed_assets": np.round(fixed[dealer] * 0.985**month, 2),
        }
    )
    return {
        "dealer_mix": mix,
        "dealer_costs": costs,
        "dealer_assets": assets,
        "dealer_targets": _targets(books, draw, value.sum(axis=2)),
        "cost_to_serve": _serve(books, draw, sell_in),
    }


def _months(months: list[date], which: np.ndarray) -> pl.Series:
    return pl.Series(months, dtype=pl.Date).gather(which)


def _mix(
    books: Books, said: np.ndarray, months: list[date], own: tuple[np.ndarray, np.ndarray, np.ndarray, list[str]], other: np.ndarray, margins: np.ndarray
) -> pl.DataFrame:
    """Our spheres add up to the dealer's sell-through of the month; other suppliers' categories stand beside them."""
    value, cost, pieces, spheres = own
    frames = []
    for place, (channel, share, tilt) in enumerate(SPLIT):

        def part(total: np.ndarray, first: bool = place == 0, portion: float = share) -> np.ndarray:
            head = np.round(total * SPLIT[0][1], 2)
            return head if first else np.round(total - head, 2) if portion else head

        dealer, month, sphere = np.nonzero((value > 0) & said[:, :, None])
        sold, spent = value[dealer, month, sphere], cost[dealer, month, sphere]
        margin = 1 - spent / sold + tilt
        frames.append((dealer, month, coded(spheres, sphere), channel, "own", part(sold), np.round(margin, 4), part(pieces[dealer, month, sphere])))
        dealer, month, which = np.nonzero((other > 0) & said[:, :, None])
        rest = np.full(len(dealer), np.nan)
        frames.append(
            (
                dealer,
                month,
                coded([name for name, _ in OTHERS], which),
                channel,
                "other",
                part(other[dealer, month, which]),
                np.round(margins[dealer, which] + tilt, 4),
                rest,
            )
        )
    return pl.concat(
        [
            pl.DataFrame(
                {
                    "dealer_id": books.dealers(dealer),
                    "month": _months(months, month),
                    "category": category,
                    "channel": [channel] * len(dealer),
                    "supplier": [supplier] * len(dealer),
                    "net_value": sold,
                    "margin_share": margin,
                    "qty": pl.Series(qty).fill_nan(None),
                }
            )
            for dealer, month, category, channel, supplier, sold, margin, qty in frames
        ]
    ).sort("dealer_id", "month", "supplier", "category", "channel")


def _costs(
    books: Books, draw: np.random.Generator, said: np.ndarray, months: list[date], turnover: np.ndarray, gross: np.ndarray, own: np.ndarray
) -> pl.DataFrame:
    """Costs as shares of turnover with each dealer's habits, rebates from us and others, tax on what is left."""
    dealer, month = np.nonzero(said)
    frames: list[tuple[str, str | None, np.ndarray, bool]] = []
    spent = np.zeros(len(dealer))
    thrift = draw.lognormal(0, 0.22, (len(books.buyers), len(COSTS)))
    thrift[dealer[0], 2] = 2.4
    for place, (item, share, controllable) in enumerate(COSTS):
        amount = np.round(turnover[dealer, month] * share * thrift[dealer, place] * draw.lognormal(0, 0.05, len(dealer)), 2)
        spent += amount
        frames.append((item, None, amount, controllable))
    rebates = (
        ("rebate", "own", np.round(own[dealer, month] * 0.018, 2)),
        ("rebate", "other", np.round((turnover - own)[dealer, month] * 0.009, 2)),
        ("other_income", None, np.round(turnover[dealer, month] * 0.002, 2)),
    )
    earned = gross[dealer, month] - spent + sum(amount for _, _, amount in rebates)
    frames += [(item, supplier, amount, False) for item, supplier, amount in rebates]
    frames.append(("tax", None, np.round(np.maximum(earned, 0) * TAX, 2), False))
    return pl.concat(
        [
            pl.DataFrame(
                {
                    "dealer_id": books.dealers(dealer),
                    "month": _months(months, month),
                    "item": [item] * len(dealer),
                    "supplier": pl.Series([supplier] * len(dealer), dtype=pl.String),
                    "amount": amount,
                    "controllable": [controllable] * len(dealer),
                }
            )
            for item, supplier, amount, controllable in frames
        ]
    ).filter(pl.col("amount") != 0)


def _targets(books: Books, draw: np.random.Generator, own: np.ndarray) -> pl.DataFrame:
    """Targets of each active dealer for the last year and the coming quarter."""
    clock, buyers = books.clock, books.buyers
    margins = dice(books.seed, "margin plans").uniform(0.165, 0.195, len(buyers))
    rows = []
    for index in np.flatnonzero(buyers.status == "active"):
        ambition = draw.uniform(0.92, 1.18)
        for step in range(-12, 3):
            base = own[index, MONTHS + step] if step < 0 else own[index, step + 1]
            if base <= 0:
                continue
            name, month = str(buyers.id[index]), clock.month(len(clock.months) + step)
            rows.append((name, month, "sell_through", float(round(base * ambition * draw.uniform(0.95, 1.05), -2))))
            rows.append((name, month, "distribution", float(round(draw.uniform(0.6, 0.9), 2))))
            rows.append((name, month, "new_outlets", float(draw.integers(1, 6))))
            rows.append((name, month, "margin_share", float(round(margins[index], 3))))
            rows.append((name, month, "new_products", NEW_PRODUCTS))
    return pl.DataFrame(rows, schema=["dealer_id", "month", "measure", "target"], orient="row")


def _serve(books: Books, draw: np.random.Generator, sell_in: pl.DataFrame) -> pl.DataFrame:
    """What we spend on each dealer, as shares of what he buys; small and far ones cost more."""
    clock, buyers = books.clock, books.buyers
    bought = (
        sell_in.filter(pl.col("shipped_on") >= clock.months[-MONTHS])
        .group_by("dealer_id", pl.col("shipped_on").dt.truncate("1mo").alias("month"))
        .agg(pl.col("net_value").sum())
        .filter(pl.col("net_value") > 0)
        .sort("dealer_id", "month")
    )
    burden = dict(zip(buyers.id, draw.lognormal(0, 0.3, len(buyers)) * np.clip(0.02 / np.maximum(buyers.size, 0.004), 0.7, 2.2), strict=True))
    weight = bought["dealer_id"].replace_strict(burden, return_dtype=pl.Float64)
    return pl.concat(
        [
            bought.select(
                "dealer_id",
                "month",
                item=pl.lit(item),
                amount=(pl.col("net_value") * share * weight * pl.Series(draw.lognormal(0, 0.1, bought.height))).round(2),
            )
            for item, share in SERVE
        ]
    ).sort("dealer_id", "month", "item")
