"""Every question of the stock desk and the dealer desk, answered from the marts with nothing remembered."""

from pathlib import Path

from engine.answers import ANSWERS, loading, source
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.bench import desks
from tests.bench.measures import processor_seconds, seconds
from tests.bench.table import Line

QUESTIONS = (
    "start", "dead_stock", "ageing", "stock_by_purpose", "holding_cost", "clearance", "replenishment", "safety_stock", "suggested_orders", "channel_stock",
    "lost_sales", "record_accuracy", "materials", "cash_bridge", "dealer_desk", "dealer", "scorecard", "review", "dealer_profit", "ctm", "plan_changes",
    "credit",
)  # fmt: skip
LIMIT = 0.5


def published(folder: Path, skus: int, dealers: int) -> tuple[Home, dict[str, int]]:
    """A home in which the company of the desks is published, loaded as a user loads; and the rows of its files."""
    files, rows = desks.written(folder / "files", skus, dealers)
    home = Home(folder / "home")
    load = loading.prepare(home, [files])
    assert load.receipt.publishable, load.receipt.why_not()
    loading.publish(home, load)
    return home, rows


def answers(home: Home, skus: int, dealers: int, times: int = 3) -> list[Line]:
    """One line a question: the shortest of some runs, each on a source of its own; processor time beside it, as other work meets it less."""
    warehouse, lines = open_warehouse(home), []
    for name in QUESTIONS:
        rows: list[int] = []

        def ask(name: str = name, rows: list[int] = rows) -> None:
            source.forget()
            rows.append(ANSWERS[name](warehouse, Selection(), EVERYTHING).frame.height)

        taken, worked = seconds(ask, times), processor_seconds(ask)
        how = f"{skus} SKUs × {dealers} dealers × {desks.MONTHS} months: {rows[-1]} rows; {worked:.2f} s of processor time"
        lines.append(Line(f"answer: {name.replace('_', ' ')}", taken, "s", LIMIT, None, how))
    return lines
