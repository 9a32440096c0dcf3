"""Homes for tests of the operation: a company with data, decisions, settings and a mapping, made once and copied."""

import json
import shutil
from pathlib import Path

from engine.answers import loading
from engine.answers.kpis import kpi
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store import control_totals, decisions
from engine.store.home import Home
from engine.store.records import opening
from engine.store.warehouse import open_warehouse
from tests.store.small_company import SALES, written

NAMES = (
    "net_sales",
    "sold_qty",
    "gross_margin",
    "margin_share",
    "stock_value",
    "stock_qty",
    "days_of_supply_backward",
    "turns",
    "gmroii",
    "unsold_stock_value",
)
GRAINS: tuple[tuple[str, ...], ...] = ((), ("product_group",), ("sku",), ("region",), ("month",))
"""Ten figures at five grains: the fifty that must come back to the cent."""


def load(home: Home, *paths: Path) -> int:
    """Load and publish. Returns the version."""
    prepared = loading.prepare(home, list(paths))
    assert prepared.receipt.publishable, prepared.receipt.why_not()
    return loading.publish(home, prepared, None)


def lived_in(folder: Path) -> Home:
    """A home in which people have worked: two versions, three decisions, a setting, a total of the ledger."""
    home = Home(folder / "home")
    load(home, written(folder / "files"))
    load(home, further(folder, 1))
    for number in range(3):
        decisions.append(home, "action", f"count place {number}", {"due": f"2026-01-0{number + 1}"}, "Anna", 1)
    from datetime import date

    control_totals.enter(home, "net_sales", date(2025, 10, 1), 231.0, "Olga")
    (home.path / "settings.json").write_text(json.dumps({"window_days": 60}), encoding="utf-8")
    return home


def further(folder: Path, number: int) -> Path:
    """One more sale of 100, in a month of its own."""
    file = folder / f"sales-{number}.csv"
    day = f"20{26 + number // 12}-{1 + number % 12:02}-05"
    file.write_text(f"{SALES.splitlines()[0]}\n{day},D1,A1,5,100,50,N{number},1\n", encoding="utf-8")
    return file


def copied(home: Home, to: Path) -> Home:
    """A copy of a home, its records closed first so that the file is whole."""
    opening.let_go()
    shutil.copytree(home.path, to)
    return Home(to)


def figures(home: Home) -> dict[tuple[str, ...], list[dict[str, object]]]:
    """The fifty figures, unrounded: grain -> rows."""
    warehouse = open_warehouse(home)
    return {grain: kpi(warehouse, NAMES, Selection(by=grain), EVERYTHING).frame.sort(grain or NAMES[:1]).to_dicts() for grain in GRAINS}
