"""Forecasts of a company: every product with its back-test, families agreed, over all cores."""

import time

import numpy as np

from engine.answers.cores import on_cores
from engine.forecast.company import prepared, worked_out
from engine.forecast.finishing import finished
from engine.forecast.shapes import Item
from engine.settings import DEFAULTS
from tests.bench.table import Line

PRODUCTS, MONTHS, MANY = 300, 60, 5000
MOST_SECONDS, MOST_MINUTES = 120.0, 30.0
"""What is promised on two cores: 300 products of five years, and 5,000."""


def company(products: int) -> list[Item]:
    """Lines of ten: most regular and seasonal, some short, intermittent, new and ended."""
    chance = np.random.default_rng(1)
    season = 1 + 0.4 * np.sin(np.arange(MONTHS) * np.pi / 6)
    items = []
    for number in range(products):
        shipped = chance.uniform(20, 2000) * season * (1 + 0.15 * chance.standard_normal(MONTHS)) * np.linspace(1, chance.uniform(0.7, 1.5), MONTHS)
        kind = number % 10
        shipped = shipped * (chance.random(MONTHS) < 0.4) if kind == 7 else shipped[-14:] if kind == 8 else shipped[-3:] if kind == 9 else shipped
        shipped = np.maximum(shipped, 0.0)
        shipped = shipped[int(np.argmax(shipped > 0)) :]
        none = np.full(len(shipped), np.nan)
        items.append(Item(f"S{number}", f"L{number // 10}", f"G{number // 50}", shipped, none, np.zeros(len(shipped)), np.zeros(18), 60, None))
    return items


def seconds_of(products: int) -> float:
    """How long the forecast of so many products takes on all cores; progress must be told on the way."""
    told: list[int] = []
    began = time.perf_counter()
    whole = prepared(company(products), MONTHS, 11, DEFAULTS)
    made = on_cores(worked_out, whole.tasks, lambda done, _: told.append(done))
    finished(whole, made, DEFAULTS)
    if not told or told[-1] != len(whole.tasks):
        raise RuntimeError("the forecast did not tell its progress")
    return time.perf_counter() - began


def forecasts(products: int, many: int) -> list[Line]:
    """The time of `products`, and of MANY by a sample of `many`. The promises hold for the full numbers; smaller ones are held to their share."""
    few, sample = seconds_of(products), seconds_of(many)
    share = max(products / PRODUCTS, 0.1)
    minutes = sample * MANY / many / 60
    limit = MOST_MINUTES if many >= PRODUCTS else MOST_MINUTES * 4  # starting the processes weighs on a small sample
    return [
        Line("forecast with back-test, five years", few, "s", MOST_SECONDS * share, MOST_SECONDS * share / 2, f"{products} products and their families"),
        Line(f"forecast of {MANY:,} products, by a sample", minutes, "min", limit, limit / 2, f"{many} products took {sample:.0f} s"),
    ]
