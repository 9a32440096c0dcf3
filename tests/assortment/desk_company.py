"""A small maker of tableware for tests of the desk: four lines, one product that earns too little, one launch, one promotion; every figure by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from engine.store.warehouse import Warehouse
from tests.small_warehouse import published

HOME, HORECA = "Дом", "HoReCa"
QTY = {"K1": 100.0, "K2": 80.0, "K3": 50.0, "K4": 10.0, "M1": 20.0, "M2": 20.0, "M3": 10.0, "S1": 30.0, "S2": 30.0, "S3": 30.0}
PRICE, COST = 20.0, 12.0
LINE_OF = {"K": ("Посуда", "K"), "M": ("Посуда", "M"), "S": ("Ножи", "S"), "N": ("Посуда", "N")}
LAUNCHED = date(2025, 3, 1)
MONTHS = [date(2023 + number // 12, number % 12 + 1, 1) for number in range(33)]
"""January 2023 to September 2025."""
STOCK_OF_K4 = {(2025, 1): 120.0, (2025, 4): 60.0, (2025, 7): 0.0}


def sold(sku: str, month: date) -> float:
    """Pieces a month. M: a promotion in October 2024 sells 60 % more, of which a tenth is missing in November; K3 loses a little by it."""
    if sku[0] == "M":
        return QTY[sku] * {date(2024, 10, 1): 1.6, date(2024, 11, 1): 0.9}.get(month, 1.0)
    if sku == "K3" and month == date(2024, 10, 1):
        return 47.5
    if sku == "K4" and month >= date(2025, 8, 1):
        return 0.0
    return QTY[sku]


def _sales() -> Iterator[dict[str, Any]]:
    number = 0
    for month in MONTHS:
        rows = [(sku, sold(sku, month)) for sku in QTY]
        rows += [(sku, 15.0) for sku in ("N1", "N2", "N3") if month >= LAUNCHED]
        for sku, qty in rows:
            cost = 19.4 if sku == "K4" else COST
            parts = [("D1", qty * 0.6), ("D2", qty * 0.4)] if sku == "K4" else [("D1", qty)]
            for dealer, pieces in parts:
                number += 1
                yield {
                    "shipped_on": month.replace(day=15), "dealer_id": dealer, "sku": sku, "qty": pieces, "net_value": pieces * PRICE,
                    "cost_value": pieces * cost, "invoice_id": str(number),
                }  # fmt: skip


def _stock() -> Iterator[dict[str, Any]]:
    for month, day in ((1, 31), (4, 30), (7, 31), (9, 30)):
        for sku in (*QTY, *(("N1",) if month >= 4 else ())):
            qty = STOCK_OF_K4.get((2025, month), 0.0) if sku == "K4" else 7.0 if sku == "S3" and month == 9 else 200.0
            yield {"counted_on": date(2025, month, day), "location_id": "P", "item_id": sku, "on_hand_qty": qty, "unit_cost": COST}


def _products() -> Iterator[dict[str, Any]]:
    for sku in (*QTY, "N1", "N2", "N3"):
        group, line = LINE_OF[sku[0]]
        yield {
            "sku": sku, "product_name": f"Изделие {sku}", "sphere": HOME, "product_group": group, "line_id": line, "line_name": f"Линия {line}",
            "unit_cost": COST, "list_price": PRICE, "made_by": "own", "catalogue_on": LAUNCHED if line == "N" else date(2020, 3, 1),
            "is_innovation": line == "N", "life_cycle": "decline" if sku == "K4" else None,
        }  # fmt: skip


def tables() -> dict[str, list[dict[str, Any]]]:
    """Contract table -> rows."""
    return {
        "products": list(_products()),
        "locations": [{"location_id": "P", "location_name": "P", "kind": "plant", "region": "N"}],
        "dealers": [{"dealer_id": name, "dealer_name": name, "region": "N", "status": "active"} for name in ("D1", "D2")],
        "sales": list(_sales()),
        "stock": list(_stock()),
        "promotions": [
            {"promotion_id": name, "line_id": line, "started_on": first, "ended_on": last, "planned_spend": 90.0, "spend": spend, "depth": 0.1, "kind": "other"}
            for name, line, first, last, spend in (
                ("PR1", "M", date(2024, 10, 1), date(2024, 10, 31), 100.0),
                ("PR2", "S", date(2024, 11, 1), date(2024, 11, 30), None),
                ("PR3", "S", date(2025, 5, 1), date(2025, 5, 31), 100.0),
                ("PR4", "N", date(2025, 7, 1), date(2025, 7, 31), 100.0),
                ("PR5", "K", date(2025, 6, 1), date(2025, 6, 30), 100.0),
                ("PR6", "K", date(2025, 9, 30), date(2025, 9, 1), 100.0),
            )
        ],
        "forecasts": [
            {"made_on": date(2025, 4, 20), "month": month, "source": "statistical", "sku": sku, "line_id": None, "qty": qty}
            for month in (date(2025, 5, 1), date(2025, 6, 1))
            for sku, qty in (("S1", 30.0), ("S2", 30.0), ("S3", 20.0))
        ],
        "marketing_budget": [{"month": month, "sphere": HOME, "budget": 1000.0, "hours_a": 80.0, "hours_new": 15.0, "hours_other": 5.0} for month in MONTHS],
        "projects": [
            {"project_id": "X1", "line_id": "N", "sourcing": "own", "investment": 5400.0, "expected_margin_share": 0.4, "planned_skus": 3,
             "launch_on": LAUNCHED, "approved_on": None, "status": "proposed"},
            {"project_id": "X2", "line_id": "Q", "sourcing": "own", "investment": 10.0, "expected_margin_share": 0.4, "planned_skus": 2,
             "launch_on": date(2025, 3, 2), "approved_on": None, "status": "proposed"},
        ],
        "contracts": [
            {"contract_id": "C1", "sku": "K4", "line_id": None, "month": date(2025, 3, 1), "dealer_id": "D2", "kind": "small", "agreed_qty": 12.0,
             "delivered_qty": 2.0},
        ],
        "requests": [
            {"made_on": made_on, "month": month, "dealer_id": "D1", "sku": "K1", "qty": qty, "ship_on": ship_on}
            for made_on, month, qty, ship_on in (
                (date(2025, 1, 10), date(2025, 2, 1), 90.0, date(2025, 2, 5)),
                (date(2025, 1, 20), date(2025, 2, 1), 130.0, date(2025, 2, 3)),
                (date(2025, 9, 20), date(2025, 10, 1), 260.0, None),
            )
        ],
    }  # fmt: skip


def company(folder: Path) -> Warehouse:
    """The company, published."""
    return published(folder, tables())
