"""The review of the assortment: every class and matrix from the marts, and once more with a moved threshold; beside packages that class by ABC alone."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import polars as pl

from engine import abc
from engine.answers import ANSWERS
from engine.answers.assortment import basis, standing
from engine.answers.source import forget, source_of
from engine.assortment import classes
from engine.assortment.criterion import weighted
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.warehouse import Warehouse
from tests.bench import others
from tests.bench.measures import processor_seconds, seconds
from tests.bench.table import Line
from tests.small_warehouse import published

MONTHS = 36
SPHERES = 5
AS_OF = date(2025, 12, 31)


def company(folder: Path, skus: int, spheres_each: int) -> Warehouse:
    """Products in five spheres, each in `spheres_each` of them, sold in every month of three years: a line has ten products and stands in one group."""
    selects = {
        "products": f"""
            select 'S' || n as sku, 'Product ' || n as product_name, 'Sphere ' || (n % {SPHERES}) as sphere, 'Group ' || (n % 100) as product_group,
                'L' || (n % 5000) as line_id, 5.0 as unit_cost, 10.0 + n % 50 as list_price, 'own' as made_by, date '2020-01-01' as catalogue_on
            from range({skus}) as t(n)""",
        "product_tree": f"""
            select 'S' || n as sku, 'Sphere ' || ((n + k) % {SPHERES}) as sphere, date '2021-01-01' as valid_from, 'Group ' || (n % 100) as product_group,
                'L' || (n % 5000) as line_id, 'plan' as reason
            from range({skus}) as t(n), range({spheres_each}) as u(k)""",
        "sales": f"""
            select date '2023-01-15' + to_months(cast(m as integer)) as shipped_on, 'D1' as dealer_id, 'S' || n as sku,
                'Sphere ' || ((n + k) % {SPHERES}) as sphere, 5 + (hash(n * 41 + m * 7 + k) % 20) * (1 + n % 13) as qty,
                (5 + (hash(n * 41 + m * 7 + k) % 20) * (1 + n % 13)) * (8 + n % 40) as net_value,
                (5 + (hash(n * 41 + m * 7 + k) % 20) * (1 + n % 13)) * (6 + n % 37) as cost_value
            from range({skus}) as t(n), range({spheres_each}) as u(k), range({MONTHS}) as v(m)""",
    }  # fmt: skip
    dealers = [{"dealer_id": "D1", "dealer_name": "One", "region": "R", "channel": "C"}]
    return published(folder, {"dealers": dealers}, selects)


def review(folder: Path, skus: int, spheres_each: int = 1) -> list[Line]:
    """Two lines of the table: everything from the marts, and a moved threshold."""
    warehouse = company(folder / "home", skus, spheres_each)
    ANSWERS["bcg"](warehouse, Selection(), EVERYTHING)  # what is loaded once a process is no part of it

    def whole() -> None:
        """Classes, steadiness, growth, stages and codes of all positions; the cells of ABC × XYZ; the BCG of lines and groups."""
        forget()
        basis.forget()
        standing.forget()
        ANSWERS["abc_xyz"](warehouse, Selection(), EVERYTHING)
        ANSWERS["bcg"](warehouse, Selection(), EVERYTHING)
        ANSWERS["bcg"](warehouse, Selection(), EVERYTHING, "group")

    taken, worked = seconds(whole, 3), processor_seconds(whole)
    found = standing.standing_of(source_of(warehouse), Selection())
    sums = found.frame.select("sphere", "sku", "turnover", "margin", "factor")
    moved = 1000 * seconds(lambda: classes.positions_classed(weighted(sums, "sphere", factor="factor"), classes.Rules(limits=(0.75, 0.95))), 5)
    positions = f"{found.frame.height} positions × {MONTHS} months"
    return [
        Line("review of the assortment: classes and matrices", taken, "s", 1.0, 0.5, f"{positions}; {worked:.2f} s of processor time; {_beside(sums)}"),
        Line("… with a moved threshold", moved, "ms", 100.0, None, positions),
    ]


def _beside(sums: pl.DataFrame) -> str:
    """How long ABC by profit and by turnover within the spheres takes here, and what the open packages take that are installed."""
    limits = (0.80, 0.95)
    taken = seconds(lambda: [abc.classed(sums.select("sphere", value), value, "sphere", limits=limits) for value in ("margin", "turnover")], 3)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "positions.csv"
        sums.select("sku", "sphere", "turnover", "margin").write_csv(file)
        said = [f"{name.partition('.')[0]} {_of_package(name, file)}" for name in others.ACTS]
    return f"ABC alone {taken:.2f} s; " + "; ".join(said)


def _of_package(name: str, file: Path) -> str:
    """What one package takes, or why nothing is said. GRANARY_BENCH_OTHERS: the interpreter that has it, as it brings what is not ours."""
    python = os.environ.get("GRANARY_BENCH_OTHERS", sys.executable)
    ran = subprocess.run([python, others.__file__, name, str(file)], capture_output=True, text=True, timeout=300, check=False)
    if ran.returncode == others.NOT_INSTALLED:
        return "not installed"
    if ran.returncode:
        return f"fails ({ran.stderr.strip().splitlines()[-1][:80]})"
    return f"{float(ran.stdout.strip().splitlines()[-1]):.2f} s"
