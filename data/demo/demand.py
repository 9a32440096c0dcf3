"""What consumers would buy: how much of each article at each dealer on each day, and what the company may know of it."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from data.demo.company import ALWAYS, NEVER, Article
from data.demo.days import AUTUMN, SPRING, Clock, dice
from data.demo.lines import LINES, SEASONS
from data.demo.places import Dealers
from data.demo.scenario import Scenario


@dataclass(frozen=True)
class Demand:
    """base: pieces a day, dealers × articles, at the reference date. true, known: factors, articles × days (history and
    horizon), with and without chance. pull: factors, dealers × days. listed: dealers × articles.
    """

    base: np.ndarray
    true: np.ndarray
    known: np.ndarray
    pull: np.ndarray
    listed: np.ndarray

    def expected(self) -> np.ndarray:
        """Pieces a day of all dealers together as the company knows it: articles × days."""
        return (self.base.T @ self.pull) * self.known


def season(name: str, clock: Clock) -> np.ndarray:
    """Sell-through of a seasonal shape for each day, mean 1 over the history."""
    spring, autumn, summer = SEASONS[name]
    to_spring, to_autumn = clock.days_to(SPRING), clock.days_to(AUTUMN)
    year_day = (clock.days - clock.days.astype("datetime64[Y]")).astype(int)
    level = 1 + spring * np.exp(-(((to_spring - 12) / 12) ** 2)) + autumn * np.exp(-(((to_autumn - 9) / 11) ** 2))
    level -= min(0.55, 0.35 * spring) * np.exp(-(((to_spring + 22) / 14) ** 2)) + min(0.4, 0.3 * autumn) * np.exp(-(((to_autumn + 18) / 9) ** 2))
    level += summer * np.exp(-(((year_day - 200) / 38) ** 2))
    if name == "wedding":
        level += 0.9 * np.exp(-(((year_day - 275) / 16) ** 2)) + 0.8 * np.exp(-(((year_day - 122) / 14) ** 2))
    return level / level[: clock.length].mean()


def promotions(seed: int, clock: Clock) -> pl.DataFrame:
    """Promotions of lines, with the uplift that they bring; one star line a group for half a year, launches, and short ones."""
    draw = dice(seed, "promotions")
    rows: list[tuple[object, ...]] = []
    groups = list(dict.fromkeys(line.group for line in LINES))

    def add(line_id: str, start: int, days: int, kind: str, depth: float, uplift: float, spend: float) -> None:
        state = "finished" if start + days <= clock.length - 1 else "running" if start < clock.length else "approved"
        spent = None if start >= clock.length else round(spend * draw.uniform(0.8, 1.25) * min(1.0, (clock.length - start) / days), 2)
        started = clock.day(start)
        rows.append((line_id, started, started + timedelta(days=days - 1), round(spend, 2), spent, round(depth, 3), kind, state, uplift))

    for group in groups:
        lines = [line for line in LINES if line.group == group and line.kind in ("star", "cow") and line.share] or [
            line for line in LINES if line.group == group and line.share
        ]
        for turn in range(7):
            line = lines[turn // 2 % len(lines)]
            add(line.line_id, 10 + turn * 184, 183, "star", 0.01, 0.06, line.share * 80e6 * 0.006)
    for line in LINES:
        if line.launched:
            add(line.line_id, clock.length - 1 - line.launched * 30, 120, "launch", 0.05, 0.25, line.share * 80e6 * 0.05)
        for _ in range(int(draw.integers(1, 4)) if line.share else 0):
            depth = float(draw.uniform(0.04, 0.15))
            add(
                line.line_id,
                int(draw.integers(20, clock.length + 40)),
                int(draw.integers(12, 35)),
                "other",
                depth,
                depth * draw.uniform(1.5, 5.0),
                line.share * 80e6 * 0.012,
            )
    names = ["line_id", "started_on", "ended_on", "planned_spend", "spend", "depth", "kind", "status", "uplift"]
    table = pl.DataFrame(rows, schema=names, orient="row").sort("started_on", "line_id")
    return table.select(pl.format("PR{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(3)).alias("promotion_id"), *names)


def _articles_by_day(seed: int, found: list[Article], clock: Clock, campaigns: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """(true, known) factors, articles × days."""
    draw = dice(seed, "chance")
    total = len(clock.days)
    reference = clock.length - 183
    uplift = np.ones((len(LINES), total))
    numbers = {line.line_id: index for index, line in enumerate(LINES)}
    for line_id, start, end, lift in campaigns.select("line_id", "started_on", "ended_on", "uplift").iter_rows():
        uplift[numbers[line_id], max(0, clock.index(start)) : max(0, clock.index(end) + 1)] += lift
    seasons = {name: season(name, clock) for name in SEASONS}
    line_noise = _wander(draw, len(LINES), clock, 0.05)
    true, known = np.zeros((len(found), total)), np.zeros((len(found), total))
    for index, article in enumerate(found):
        if article.state == "unsold":
            continue
        age = np.arange(total) - article.launched_on
        ramp = np.clip(age / 110, 0, 1) if article.launched_on > ALWAYS else np.ones(total)
        growth = np.maximum(1 + article.growth, 0.4) ** ((np.arange(total) - reference) / 365)
        alive = np.where(np.arange(total) > article.stopped_on + (5 if article.stopped_on < NEVER else 0), 0.35, 1.0)
        known[index] = seasons[article.of.season] * growth * ramp * uplift[article.line] * alive
        chance = _wander(draw, 1, clock, article.noise)[0] * line_noise[article.line]
        if article.intermittent:
            weeks = (draw.random(total // 7 + 1) < 0.22) * draw.gamma(2.0, 0.5, total // 7 + 1) / 0.22
            chance = chance * np.repeat(weeks, 7)[:total]
        true[index] = known[index] * chance
    return true, known


def _wander(draw: np.random.Generator, rows: int, clock: Clock, scale: float) -> np.ndarray:
    """A slowly wandering factor around 1, one step a month: rows × days."""
    months = int(clock.month_of[-1]) + 1
    steps = draw.normal(0, 1, (rows, months))
    level = np.zeros((rows, months))
    for month in range(1, months):
        level[:, month] = 0.55 * level[:, month - 1] + steps[:, month] * 0.835
    factor = np.exp(scale * level - scale * scale / 2)
    return factor[:, clock.month_of]


def demand(seed: int, story: Scenario, found: list[Article], buyers: Dealers, clock: Clock, campaigns: pl.DataFrame) -> Demand:
    """The demand of a seed. Articles unsold for years have none: what little they sold is told elsewhere."""
    draw = dice(seed, "listing")
    true, known = _articles_by_day(seed, found, clock, campaigns)
    share = np.array([article.share for article in found])
    price = np.array([article.price for article in found]) * 0.89
    pieces = share * story.net_sales / price / 365
    count = len(buyers)
    taste = 0.30 + 0.45 * (share / share.max()) ** 0.35 + 0.12 * (buyers.size / buyers.size.max())[:, None] ** 0.5
    listed = (draw.random((count, len(found))) < taste) & (pieces > 0) & buyers.buying[:, None]
    for index, article in enumerate(found):
        if article.special_for:
            listed[:, index] = buyers.id == article.special_for
        elif pieces[index] and not listed[:, index].any():
            listed[:10, index] = True
    weight = np.where(listed, buyers.size[:, None] * draw.lognormal(0, 0.35, listed.shape), 0.0)
    weight *= np.where(buyers.status == "ended", 0.6, 1.0)[:, None]
    total = weight.sum(axis=0)
    base = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0) * pieces
    days = np.arange(len(clock.days))
    trend = (1 + buyers.growth[:, None]) ** ((days - clock.length + 183) / 365)
    active = (days >= buyers.started[:, None]) & (days <= buyers.ended[:, None])
    ramp = np.clip((days - buyers.started[:, None]) / 90, 0.3, 1)
    pull = trend * active * ramp * _wander(draw, count, clock, 0.03)
    return Demand(base, true, known, pull, listed)
