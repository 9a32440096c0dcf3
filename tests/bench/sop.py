"""One lever of the meeting's what-if drawer: projections and money, and the linear programme, for 60 families × 18 months × 12 shared resources."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from engine.sop.grid import Axes, months_from
from engine.sop.levers import DemandLever
from engine.sop.optimal import optimal
from engine.sop.rccp import Use, bill_of
from engine.sop.scenarios import Scenario, outcome_of
from engine.sop.situation import CashTerms, Situation
from tests.bench.table import Line

MATERIALS = 300
USUAL = 20
"""Moves of the lever that are measured; the slowest but one of them is the 95th percentile."""


def company(families: int = 60, months: int = 18, resources: int = 12, seed: int = 1) -> Situation:
    """Families with a season, each on three of the shared resources, tight in the peak: overtime, hours from outside and stock all matter."""
    chance = np.random.default_rng(seed)
    axes = Axes(tuple(f"F{number:02}" for number in range(families)), months_from(date(2026, 1, 1), months))
    names = tuple(f"R{number:02}" for number in range(resources))
    season = 1 + 0.3 * np.sin(np.arange(months) / 12 * 2 * np.pi + chance.uniform(0, 1, (families, 1)))
    demand = chance.uniform(100, 2000, (families, 1)) * season * chance.lognormal(0, 0.1, (families, months))
    uses = [
        Use(family, str(resource), float(chance.uniform(0.01, 0.2)), int(chance.random() < 0.2))
        for family in axes.families
        for resource in chance.choice(names, min(3, resources), replace=False)
    ]
    bill = bill_of(axes.families, names, uses)
    load = sum((use.T @ demand for use in bill.per_unit.values()), start=np.zeros((resources, months)))
    available = load.mean(axis=1, keepdims=True) * np.ones(months) * 1.02
    cost = chance.uniform(20, 100, families)
    return Situation(
        axes, names, demand, demand.copy(), demand[:, 0] * 0.5, np.zeros(families), demand * 0.2, demand[:, 0] * 0.3, bill, available, available * 0.15,
        available * 0.1, np.full(months, 21.0), np.repeat(cost[:, None] * 1.6, months, axis=1), cost, cost * 0.7, cost * 0.015, cost * 0.2,
        np.full(families, np.inf), np.full(resources, 50.0), np.full(resources, 75.0), np.full(resources, 110.0),
        hours_per_head=np.full((resources, months), 150.0), cash=CashTerms(1e6, (0.2, 0.5, 0.3), 1),
    )  # fmt: skip


def slowest_of_20(act: Callable[[int], object], times: int) -> float:
    """The 95th percentile of some runs, in ms of processor time: what else the machine does is no part of it."""
    taken = []
    for turn in range(times):
        began = time.process_time()
        act(turn)
        taken.append(1000 * (time.process_time() - began))
    return sorted(taken)[max(math.ceil(0.95 * times) - 1, 0)]


def lever_moves(families: int = 60, times: int = USUAL) -> list[Line]:
    """Each move is a new change of demand: of every third family, or (for the programme alone) of all of them from −5 % to +5 %, from nothing."""
    base = company(families)
    chosen = base.axes.families[::3]
    kept = outcome_of(base, Scenario("base"))

    def projections(turn: int) -> object:
        return outcome_of(base, Scenario("move", (DemandLever(0.01 * turn, chosen),), "as_planned"))

    def programme(turn: int) -> object:
        return optimal(replace(base, demand=base.demand * (1 + 0.005 * (turn - times // 2))).supply())

    def whole(turn: int) -> object:
        return outcome_of(base, Scenario("move", (DemandLever(0.002 * turn, chosen),)), before=kept)

    how = f"{families} families × 18 months × 12 resources"
    return [
        Line("one lever: projections and money, p95", slowest_of_20(projections, times), "ms", 50.0, 25.0, how),
        Line("one lever: linear programme, p95", slowest_of_20(programme, times), "ms", 250.0, 125.0, how),
        Line("one lever: solved again and told in figures, p95", slowest_of_20(whole, times), "ms", 300.0, 150.0, how),
    ]
