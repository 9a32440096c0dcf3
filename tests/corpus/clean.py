"""The clean tables that the polluter spoils: small, coherent, with every kind of code and name that has been spoilt elsewhere."""

from datetime import date, timedelta
from random import Random
from typing import Any

Record = dict[str, Any]

CANARIES = ("茅台镇老窖酒业", "ООО «Ёлочка-Щука»", "Brauerei Müßig & Söhne")

SKUS = ("00123", "1E5", "123456789012345678", "A-01", "B-02", "C-03", "MK-500", "0007", "X9", "PL-1L", "D10", "E-11")
DEALERS = tuple(f"D{number:03d}" for number in range(1, 9))
CITIES = ("北京", "上海", "广州", "Москва", "Казань", "Омск", "München", "Lyon")


def products() -> list[Record]:
    """What can be sold, and one product that was withdrawn before the first sale."""
    sold = [
        {
            "sku": sku,
            "product_name": f"Article {sku}",
            "sphere": "Spirits",
            "product_group": "Vodka" if place % 2 else "Baijiu",
            "line_id": f"L{place % 3}",
            "unit_cost": 10.0 + place,
            "withdrawn_on": None,
        }
        for place, sku in enumerate(SKUS)
    ]
    return [*sold, {**sold[0], "sku": "W-99", "product_name": "Withdrawn", "withdrawn_on": date(2024, 6, 30)}]


def dealers() -> list[Record]:
    names = (*CANARIES, "四川泸州大曲经销部", "ЗАО «Объединённые склады»", "North Trade", "上海黄浦酒行", "ИП Жуков Ё.Э.")
    return [{"dealer_id": code, "dealer_name": name, "city": city, "region": "North"} for code, name, city in zip(DEALERS, names, CITIES, strict=True)]


def locations() -> list[Record]:
    return [
        {"location_id": "P1", "location_name": "Plant", "kind": "plant", "region": "North"},
        {"location_id": "B1", "location_name": "Branch", "kind": "branch", "region": "North"},
    ]


def sales(count: int = 40, seed: int = 1, fractions: bool = True) -> list[Record]:
    """Invoice lines of February and March 2025, days beyond the 12th among them, so that day and month cannot be mistaken."""
    chance = Random(seed)
    rows = []
    for number in range(count):
        qty = float(chance.randint(1, 400)) if number != 5 else -3.0
        value = round(qty * chance.uniform(9.5, 99.5), 2)
        rows.append(
            {
                "shipped_on": date(2025, 2, 1) + timedelta(days=(number * 59) // count),
                "dealer_id": DEALERS[number % len(DEALERS)],
                "sku": SKUS[chance.randrange(len(SKUS))],
                "qty": qty,
                "net_value": value if fractions else float(round(value)),
                "invoice_id": f"INV-{1000 + number}",
                "line_no": "1",
            }
        )
    return rows


def stock(count: int = 24) -> list[Record]:
    days = (date(2025, 2, 28), date(2025, 3, 31))
    rows = [
        {"counted_on": day, "location_id": place, "item_id": sku, "on_hand_qty": float(100 + 7 * number), "unit_cost": 10.5 + number}
        for day in days
        for place in ("P1", "B1")
        for number, sku in enumerate(SKUS)
    ]
    return rows[:count]


def totals(rows: list[Record]) -> dict[str, float]:
    """What the manifest holds against a load: how many rows, and the sum of every number."""
    sums: dict[str, float] = {"rows": float(len(rows))}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, float):
                sums[name] = round(sums.get(name, 0.0) + value, 6)
    return sums
