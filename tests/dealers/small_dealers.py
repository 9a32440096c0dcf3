"""A small company with five dealers whose figures are reckoned by hand: one in order, one stuffed, one silent, one gone, one without a place."""

from datetime import date
from typing import Any

AS_OF = date(2025, 10, 31)
MONTHS = [date(2024, 7 + back, 1) if back < 6 else date(2025, back - 5, 1) for back in range(16)]
"""July 2024 to October 2025."""


def dealer(code: str, name: str, region: str, status: str = "active") -> dict[str, Any]:
    return {"dealer_id": code, "dealer_name": name, "region": region, "city_tier": "1", "sales_rep": "Ann", "status": status, "started_on": date(2020, 1, 1)}


def last_day(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def shipped(code: str, qty: float) -> list[dict[str, Any]]:
    return [
        {
            "shipped_on": month.replace(day=10),
            "dealer_id": code,
            "sku": "A",
            "qty": qty,
            "net_value": qty * 20,
            "invoice_id": f"{code}{month:%y%m}",
            "line_no": "1",
        }
        for month in MONTHS
    ]


def sold_on(code: str, qty: float) -> list[dict[str, Any]]:
    return [{"sold_on": month.replace(day=15), "dealer_id": code, "sku": "A", "qty": qty, "net_value": qty * 25} for month in MONTHS]


def counted(code: str, qty: float, late_days: int = 1) -> list[dict[str, Any]]:
    return [
        {
            "counted_on": last_day(month), "location_id": f"L{code}", "item_id": "A", "condition": "good", "on_hand_qty": qty,
            "reported_on": date.fromordinal(last_day(month).toordinal() + late_days),
        }
        for month in MONTHS
    ]  # fmt: skip


def target(code: str, measure: str, value: float) -> list[dict[str, Any]]:
    return [{"dealer_id": code, "month": month, "measure": measure, "target": value} for month in MONTHS]


DEALERS = [
    dealer("D1", "One", "North"),
    dealer("D2", "Two", "South"),
    dealer("D3", "Three", "South"),
    dealer("D4", "Gone", "North", "ended"),
    dealer("D5", "Five", "North"),
]
PRODUCTS = [
    {"sku": "A", "product_name": "Apple", "sphere": "S", "product_group": "G", "line_id": "L", "line_name": "Line", "unit_cost": 10.0, "list_price": 20.0}
]
PLACES = [
    {"location_id": "P", "location_name": "Plant", "kind": "plant", "dealer_id": None, "region": None},
    *({"location_id": f"L{code}", "location_name": f"Store of {code}", "kind": "dealer", "dealer_id": code, "region": None} for code in ("D1", "D2", "D3")),
]
RULES = [
    {"location_id": f"L{code}", "sku": None, "order_interval_days": 5.0, "lead_time_days": 3.0, "safety_share": 0.3, "adjustment": 1.0}
    for code in ("D1", "D2", "D3")
]
OWN = [{"counted_on": AS_OF, "location_id": "P", "item_id": "A", "condition": "good", "on_hand_qty": 500.0, "reported_on": AS_OF}]


def invoice(code: str, amount: float, due: date) -> dict[str, Any]:
    return {"invoice_id": f"I{code}{amount:.0f}", "dealer_id": code, "invoiced_on": date(2025, 6, 1), "due_on": due, "amount": amount}


TABLES: dict[str, list[dict[str, Any]]] = {
    "products": PRODUCTS,
    "dealers": DEALERS,
    "locations": PLACES,
    "replenishment": RULES,
    "sales": [*shipped("D1", 100), *shipped("D2", 200), *shipped("D3", 50)],
    "dealer_sales": [*sold_on("D1", 100), *sold_on("D2", 100)],
    "stock": [*counted("D1", 40), *counted("D2", 400, late_days=9), *OWN],
    "dealer_targets": [*target("D1", "sell_through", 2500), *target("D2", "sell_through", 5000), *target("D1", "new_outlets", 1)],
    "invoices": [invoice("D1", 900, date(2025, 11, 15)), invoice("D1", 100, date(2025, 10, 1)), invoice("D2", 500, date(2025, 7, 1))],
    "outlets": [
        {"outlet_id": f"O{number}", "dealer_id": "D1", "channel": "shops", "outlet_class": "A", "opened_on": date(2025, number, 1)} for number in (8, 9, 10)
    ],
    "visits": [
        {"visited_on": date(2025, 10, day), "outlet_id": "O8", "sales_rep": "Ann", "planned": day != 3, "minutes": 20.0, "price_seen": price}
        for day, price in ((1, 100.0), (2, 104.0), (3, 150.0), (6, 100.0))
    ],
    "sales_reps": [{"sales_rep": "Ann", "kind": "own", "trained_on": date(2025, 5, 1)}],
}
