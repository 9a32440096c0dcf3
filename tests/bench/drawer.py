"""The what-if drawer on the server: one number turned, the whole page run again with its answer, over 60 families × 18 months × 12 shared resources."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from engine.sop.grid import months_from
from engine.store.home import PROJECT, Home
from pages.parts.executive.stage import WHAT_IF
from tests.bench.measures import processor_seconds, rounds
from tests.bench.sop import company, slowest_of_20
from tests.bench.table import Line
from tests.small_warehouse import published

PAGE = "pages/meeting/executive.py"
LEVER = "what-if-0-demand"
AHEAD, BEHIND = 18, 24
MOVES = (1, *(percent for percent in range(-10, 11) if percent not in (0, 1)), 11)
"""Percent of demand that the lever is moved by, one after the other; the first brings the drawer into being and is not counted."""
USUAL = len(MOVES) - 1


def written(folder: Path, families: int = 60, resources: int = 12) -> Home:
    """A home with the company of the lever's lines: the same demand, capacity and use, as tables that a company would load."""
    home = Home(folder)
    home.path.mkdir(parents=True)
    (home.path / "settings.json").write_text(json.dumps({"meeting_months": AHEAD}), encoding="utf-8")
    plan = company(families, AHEAD, resources)
    behind, ahead = months_from(date(2024, 1, 1), BEHIND), plan.axes.months
    cost = plan.unit_cost
    products, sales, stock, forecasts, made, uses = _of_families(plan.axes.families, plan.demand, cost, behind, ahead, plan.bill.per_unit)
    machines = [
        {"resource_id": name, "resource_name": name, "unit": "hours", "workers": 12, "hour_cost": 50.0, "overtime_cost": 75.0, "subcontract_cost": 110.0}
        for name in plan.resources
    ]
    capacity = [
        {"month": month, "resource_id": name, "available": float(plan.available[row, column]), "overtime_available": float(plan.overtime_most[row, column]),
         "subcontract_available": float(plan.outside_most[row, column])}
        for row, name in enumerate(plan.resources)
        for column, month in enumerate(ahead)
    ]  # fmt: skip
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = {
        "products": products, "sales": sales, "stock": stock, "forecasts": forecasts, "production_plan": made, "resources": machines, "capacity": capacity,
        "resource_use": [{**use, "resource_id": plan.resources[use["resource_id"]]} for use in uses],
        "dealers": [{"dealer_id": "D1", "dealer_name": "One", "region": "North", "channel": "shops"}],
        "locations": [{"location_id": "P", "location_name": "Plant", "kind": "plant"}],
    }  # fmt: skip
    return published(home.path, tables).home


def _of_families(
    families: Sequence[str], demand: np.ndarray, cost: np.ndarray, behind: Sequence[date], ahead: Sequence[date], per_unit: Mapping[int, np.ndarray]
) -> tuple[list[dict[str, Any]], ...]:
    """Products, sales, stock, forecasts, production plan and resource use (resource by its row), one product a family."""
    products, sales, stock, forecasts, made, uses = [], [], [], [], [], []
    for row, family in enumerate(families):
        price, sku = float(cost[row]) * 1.6, f"S-{family}"
        products.append({"sku": sku, "product_name": sku, "sphere": "s", "product_group": "g", "line_id": family, "unit_cost": float(cost[row]),
                         "list_price": price, "made_by": "own"})  # fmt: skip
        for place, month in enumerate(behind):
            qty = float(demand[row, place % 12])
            sales.append({"shipped_on": month.replace(day=28), "dealer_id": "D1", "sku": sku, "qty": qty, "net_value": qty * price,
                          "cost_value": qty * float(cost[row])})  # fmt: skip
        stock.append({"counted_on": date(2025, 12, 31), "location_id": "P", "item_id": sku, "on_hand_qty": float(demand[row, 0]) / 2,
                      "unit_cost": float(cost[row])})  # fmt: skip
        for column, month in enumerate(ahead):
            qty = float(demand[row, column])
            forecasts.append({"made_on": date(2025, 12, 25), "month": month, "source": "consensus", "line_id": family, "qty": qty, "excludes_deals": True})
            made.append({"month": month, "line_id": family, "version": "2025-12", "qty": qty})
        for offset, rates in per_unit.items():
            for column in np.flatnonzero(rates[row]):
                uses.append({"line_id": family, "resource_id": int(column), "per_unit": float(rates[row, column]), "months_ahead": int(offset)})
    return products, sales, stock, forecasts, made, uses


def opened(home: Home) -> AppTest:
    """The executive page with its drawer open, once drawn."""
    os.environ["GRANARY_HOME"] = str(home.path)
    shown = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=300)
    shown.query_params["item"] = "decisions"
    shown.session_state[WHAT_IF] = True
    shown.switch_page(PAGE)
    shown.run()
    if shown.exception or shown.error:
        raise RuntimeError(str([*(each.value for each in shown.exception), *(each.value for each in shown.error)]))
    return shown


def reruns(folder: Path, families: int = 60, times: int = USUAL) -> list[Line]:
    """Each turn is a demand that nobody asked for before; in processor time of Python and of the programme, AppTest's own work left out. The whole page runs
    here, in a browser only the drawer does."""
    shown = opened(written(folder, families))
    idle = AppTest.from_string("import streamlit as st\nst.write('.')", default_timeout=120).run()
    empty = 1000 * processor_seconds(lambda: idle.run(timeout=120), 6)
    turns = iter(MOVES)

    def turn(_: int) -> None:
        shown.number_input(key=LEVER).set_value(next(turns)).run()
        if shown.exception:
            raise RuntimeError(str([each.value for each in shown.exception]))

    turn(0)
    taken = slowest_of_20(turn, rounds(times)) - empty
    return [Line("what-if drawer: rerun on the server, p95", taken, "ms", 500.0, 250.0, f"{families} families × {AHEAD} months × 12 resources, whole page")]
