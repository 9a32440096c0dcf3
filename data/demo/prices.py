"""Prices and unit costs: settled once the quantities are known, so that a year's net sales come out as the story says."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data.demo.company import Article
from data.demo.days import Clock, dice
from data.demo.flow import Flow
from data.demo.lines import LINES
from data.demo.places import Dealers
from data.demo.scenario import Scenario

MEAN_DISCOUNT = 0.11
COST_RISE = 0.025


@dataclass(frozen=True)
class Prices:
    """unit_cost: CNY today. lists: list price, steps × articles; step_of: the step in force on each day. depth, campaign:
    discount of the promotion that runs, and its row (-1: none), lines × days.
    """

    unit_cost: np.ndarray
    lists: np.ndarray
    steps: list[date]
    step_of: np.ndarray
    depth: np.ndarray
    campaign: np.ndarray
    line: np.ndarray
    discount: np.ndarray

    @property
    def today(self) -> np.ndarray:
        return self.lists[-1]

    def list_value(self, day: np.ndarray, article: np.ndarray, qty: np.ndarray) -> np.ndarray:
        return np.round(qty * self.lists[self.step_of[day], article], 2)

    def net_value(self, day: np.ndarray, dealer: np.ndarray, article: np.ndarray, qty: np.ndarray) -> np.ndarray:
        """CNY of each row, to the cent."""
        share = (1 - self.discount[dealer]) * (1 - self.depth[self.line[article], day])
        return np.round(qty * self.lists[self.step_of[day], article] * share, 2)


def _rounded(price: np.ndarray) -> np.ndarray:
    """List prices are round: to a yuan above a hundred, to fifty cents above twenty, to ten below."""
    step = np.where(price >= 100, 1.0, np.where(price >= 20, 0.5, 0.1))
    return np.round(np.round(price / step) * step, 2)


def settle(seed: int, story: Scenario, articles: list[Article], buyers: Dealers, flow: Flow, clock: Clock, campaigns: pl.DataFrame) -> Prices:
    """Prices of a seed. The level is the one factor that brings the last twelve months to the story's net sales."""
    draw = dice(seed, "prices")
    years = [clock.first.year + 1 + turn for turn in range(3)]
    steps = [clock.first, *(date(year, 4, 1) for year in years)]
    rises = np.where(draw.random((len(LINES), 3)) < 0.55, draw.uniform(0.015, 0.05, (len(LINES), 3)), 0)
    line = np.array([article.line for article in articles])
    back = np.ones((4, len(articles)))
    for step in (2, 1, 0):
        back[step] = back[step + 1] / (1 + rises[line, step])
    days = np.arange(len(clock.days))
    step_of = np.searchsorted([clock.index(step) for step in steps], days, side="right") - 1
    depth, campaign = np.zeros((len(LINES), len(days))), np.full((len(LINES), len(days)), -1)
    numbers = {each.line_id: index for index, each in enumerate(LINES)}
    for row, (line_id, start, end, deep, kind) in enumerate(campaigns.select("line_id", "started_on", "ended_on", "depth", "kind").iter_rows()):
        window = (numbers[line_id], slice(max(0, clock.index(start)), max(0, clock.index(end) + 1)))
        stronger = deep > depth[window]
        campaign[window] = np.where(stronger | (kind != "star"), row, campaign[window])
        depth[window] = np.maximum(depth[window], deep)
    raw = np.array([article.price for article in articles])
    cost = raw * (1 - MEAN_DISCOUNT) * (1 - np.array([article.margin for article in articles]))
    draft = Prices(cost, raw * back, steps, step_of, depth, campaign, line, buyers.discount)
    orders = flow.orders
    year = (orders["shipped"] > 0) & (orders["due"] >= clock.length - 365)
    reached = draft.net_value(orders["due"][year], orders["dealer"][year], orders["article"][year], orders["shipped"][year]).sum()
    level = story.net_sales / reached
    lists = _rounded(raw * level * back)
    return Prices(np.round(cost * level, 2), lists, steps, step_of, depth, campaign, line, buyers.discount)


def price_changes(articles: list[Article], prices: Prices) -> pl.DataFrame:
    """List prices since the beginning of the history, one row where a price moved."""
    rows = []
    for index, article in enumerate(articles):
        for step, changed_on in enumerate(prices.steps):
            price = float(prices.lists[step, index])
            if step and price == prices.lists[step - 1, index]:
                continue
            if step == 0 or article.state != "unsold":
                rows.append((article.sku, changed_on, price, round(price * 0.82, 2)))
    return pl.DataFrame(rows, schema=["sku", "changed_on", "list_price", "best_discount_price"], orient="row")
