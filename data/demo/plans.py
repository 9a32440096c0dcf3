"""What was thought beforehand: forecasts of five sources, the budget, the production plan, requests of dealers and sales areas."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.days import Clock, dice
from data.demo.demand import Demand
from data.demo.goods import Books, coded
from data.demo.lines import LINES
from data.demo.places import REGIONS

LEAD_DAYS = 22
AHEAD, DEEP_MAKINGS, MAKINGS = 12, 6, 25
SOURCES = ("sales", "marketing", "statistical", "expert", "consensus")
BY_ARTICLE = ("statistical", "consensus")


@dataclass(frozen=True)
class Outlook:
    """Sell-in that the company may expect, pieces a month: articles × months, and regions × articles × months."""

    articles: np.ndarray
    regions: np.ndarray
    net_price: np.ndarray
    line: np.ndarray

    def of_lines(self, per_article: np.ndarray) -> np.ndarray:
        """Sum over the articles of each line; the articles' axis becomes the lines'."""
        total = np.zeros((len(LINES), *per_article.shape[1:]))
        np.add.at(total, self.line, per_article)
        return total


def outlook(books: Books, wanted: Demand) -> Outlook:
    """Dealers buy about three weeks before they sell, so sell-in is the known demand of three weeks later."""
    clock, buyers = books.clock, books.buyers
    later = np.minimum(np.arange(len(clock.days)) + LEAD_DAYS, len(clock.days) - 1)
    months = int(clock.month_of[-1])
    bounds = np.searchsorted(clock.month_of, np.arange(months))
    stopped = np.array([article.stopped_on for article in books.articles])
    launched = np.array([article.launched_on for article in books.articles])
    days = np.arange(len(clock.days))
    allowed = (days <= stopped[:, None]) & (days >= launched[:, None])
    by_region = []
    for region in REGIONS:
        inside = buyers.region == region
        daily = (wanted.base[inside].T @ wanted.pull[inside][:, later]) * wanted.known[:, later] * allowed
        by_region.append(np.add.reduceat(daily, bounds, axis=1))
    regions = np.stack(by_region)
    price = books.prices.today * (1 - float((buyers.discount * buyers.size).sum() / buyers.size.sum()))
    return Outlook(regions.sum(axis=0), regions, price, np.array([article.line for article in books.articles]))


def made_on(clock: Clock, month: int) -> date:
    """Forecasts are made on the 25th for the months that follow."""
    return clock.month(month) + timedelta(days=24)


def forecasts(books: Books, view: Outlook) -> pl.DataFrame:
    """Statistical and consensus by article, marketing and expert by line, sales by line and area; made every month."""
    draw, clock = dice(books.seed, "forecasts"), books.clock
    lines, line_regions = view.of_lines(view.articles), np.stack([view.of_lines(part) for part in view.regions])
    price = np.divide(view.of_lines(view.articles * view.net_price[:, None]), np.maximum(lines, 1e-9))
    inflating = np.array([region == books.buyers.inflating for region in REGIONS])
    area_bias = np.where(inflating, books.story.inflation, draw.uniform(0.97, 1.06, len(REGIONS)))
    parts: list[tuple[np.ndarray, ...]] = []

    def add(source: str, month: int, target: int, qty: np.ndarray, worth: np.ndarray) -> None:
        """Keep what is not zero; `qty` by article, by line, or by area and line."""
        place = np.nonzero(np.rint(qty))
        kept = np.rint(qty)[place]
        none = np.full(len(kept), -1)
        sku, line = (place[0], none) if source in BY_ARTICLE else (none, place[-1])
        area = place[0] if source == "sales" else none
        when = (np.full(len(kept), month), np.full(len(kept), target), np.full(len(kept), SOURCES.index(source)))
        parts.append((*when, sku, line, area, kept, kept * worth[place[-1]]))

    for month in range(len(clock.months) - MAKINGS, len(clock.months)):
        ahead = AHEAD if month >= len(clock.months) - DEEP_MAKINGS else 3
        for lag in range(1, ahead + 1):
            target, blur = month + lag, 0.5 + 0.08 * lag
            article, line, near = view.articles[:, target], lines[:, target], line_regions[:, :, target]
            add("statistical", month, target, article * np.exp(draw.normal(0, 0.16 * blur, len(article))), view.net_price)
            add("consensus", month, target, article * np.exp(draw.normal(0.01, 0.11 * blur, len(article))), view.net_price)
            add("marketing", month, target, line * np.exp(draw.normal(0.09, 0.14 * blur, len(line))), price[:, target])
            add("expert", month, target, line * np.exp(draw.normal(-0.02, 0.12 * blur, len(line))), price[:, target])
            add("sales", month, target, near * area_bias[:, None] * np.exp(draw.normal(0, 0.13 * blur, near.shape)), price[:, target])
    made, wanted, source, sku, line, area, qty, value = (np.concatenate([part[place] for part in parts]) for place in range(8))
    months = [clock.month(index) for index in range(int(wanted.max()) + 1)]
    return pl.DataFrame(
        {
            "made_on": pl.Series([made_on(clock, index) for index in range(len(clock.months))]).gather(made),
            "month": pl.Series(months).gather(wanted),
            "source": coded(SOURCES, source),
            "sku": books.skus(sku),
            "line_id": coded([each.line_id for each in LINES], line),
            "dealer_id": pl.Series([None] * len(qty), dtype=pl.String),
            "area": coded(list(REGIONS), area),
            "qty": qty,
            "value": np.round(value, 2),
            "excludes_deals": np.isin(source, [SOURCES.index("consensus"), SOURCES.index("sales")]),
        }
    )


def budget(books: Books, view: Outlook) -> pl.DataFrame:
    """By calendar year, set a little above what was to be expected; some lines far off."""
    draw, clock = dice(books.seed, "budget"), books.clock
    frames = []
    cost = books.prices.unit_cost
    regions = np.array(list(REGIONS))
    line_ids = np.array([line.line_id for line in LINES])
    for year in range(clock.first.year + 1, clock.as_of.year + 2):
        aim = draw.normal(1.04, 0.09, len(LINES))
        tilt = draw.normal(1.0, 0.05, (len(REGIONS), len(LINES)))
        for number in range(1, 13):
            month = (year - clock.first.year) * 12 + number - clock.first.month
            if not 0 <= month < view.articles.shape[1]:
                continue
            qty = np.stack([view.of_lines(part[:, month]) for part in view.regions])
            value = np.stack([view.of_lines(part[:, month] * view.net_price) for part in view.regions])
            costs = np.stack([view.of_lines(part[:, month] * cost) for part in view.regions])
            factor = aim * tilt
            region, line = np.nonzero(np.rint(qty * factor))
            scale = np.rint(qty * factor)[region, line] / qty[region, line]
            frames.append(
                pl.DataFrame(
                    {
                        "month": [date(year, number, 1)] * len(line),
                        "line_id": line_ids[line],
                        "region": regions[region],
                        "qty": np.rint(qty * factor)[region, line],
                        "net_value": np.round(value[region, line] * scale, 2),
                        "margin_value": np.round((value - costs)[region, line] * scale, 2),
                    }
                )
            )
    return pl.concat(frames)
