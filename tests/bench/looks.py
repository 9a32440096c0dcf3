"""Looking at figures: a page rerun, a changed filter, and all KPIs of a large assortment."""

import os
import statistics
from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from engine.answers.kpis import figures, kpi
from engine.answers.source import Source
from engine.kpis import BOOK
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import PROJECT, Home
from engine.store.warehouse import Warehouse, open_warehouse
from pages.parts import rooms
from tests.bench.measures import alternately, processor_seconds, seconds
from tests.bench.table import Line

SHOWN = ("net_sales", "gross_margin", "stock_value", "days_of_supply", "turns", "gmroii")


def reruns(home: Home, times: int = 6) -> list[Line]:
    """Each page once more, nothing changed: the slowest of them. AppTest's own work is measured on an empty script and left out."""
    os.environ["GRANARY_HOME"] = str(home.path)
    idle = AppTest.from_string("import streamlit as st\nst.write('.')", default_timeout=120).run()
    empty = processor_seconds(lambda: idle.run(timeout=120), times)
    shown = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=300).run()
    taken: dict[str, float] = {}
    for page in rooms.pages():
        shown.switch_page(page.file).run()
        assert not shown.exception, shown.exception
        shown.run()
        taken[page.name] = processor_seconds(shown.run, times) - empty
    slowest = max(taken, key=taken.__getitem__)
    how = f"processor time of Python, slowest of {len(taken)} pages ({slowest}); half of them within {1000 * statistics.median(taken.values()):.0f} ms"
    return [Line("page rerun with cached answers", 1000 * taken[slowest], "ms", 60, 30, how)]


def changed_filter(warehouse: Warehouse) -> Callable[[], object]:
    """An act: the page's figures under a filter that nobody asked for before, each time another region and window."""
    numbers = iter(range(10_000))

    def act() -> None:
        number = next(numbers)
        where = (("region", (f"Region {number % 6}",)),)
        kpi(warehouse, SHOWN, Selection(as_of=date(2025, 10, 28 - number % 20), by=("sphere", "product_group"), where=where), EVERYTHING)

    return act


def filters(small: Home, large: Home, sizes: tuple[int, int], times: int = 18) -> list[Line]:
    """A changed filter on many rows as a multiple of the same on few."""
    few, many = alternately(changed_filter(open_warehouse(small)), changed_filter(open_warehouse(large)), times)
    how = f"{sizes[1] / 1e6:g} M sales rows: {1000 * many:.0f} ms; {sizes[0] / 1e6:g} M: {1000 * few:.0f} ms"
    return [Line("changed filter, many rows ÷ few", many / few, "×", 1.5, None, how)]


def all_kpis(home: Home, skus: int, months: int = 24, times: int = 3) -> list[Line]:
    """Every KPI of the book by SKU and month, from the marts; each time on a source of its own, so that nothing is remembered."""
    last = date(2025, 10, 31)
    first = date(last.year - months // 12, 11, 1)
    warehouse, frames = open_warehouse(home), []

    def act() -> None:
        source = Source(warehouse, warehouse.version, home.settings())
        frames.append(figures(source, tuple(BOOK.values()), Selection(as_of=last, first=first, last=last, by=("sku", "month")), EVERYTHING)[0])

    taken = seconds(act, times)
    how = f"{len(BOOK)} KPIs, {skus} SKUs × {months} months: {frames[-1].height} rows"
    return [Line("all KPIs of a large assortment", taken, "s", 0.5, None, how)]
