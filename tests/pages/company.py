"""A company for looking at pages: three years of sales, two places, no Latin letter in any name but one that tries to be markup.

The names hold no Latin words, so that a page in Chinese or Russian must hold none either; one product's name is an attempt at
Markdown, maths, HTML and emoji, which must come out letter by letter.
"""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HOSTILE = "**猫** $α^2$ :red[赤] <img src=//x.invalid/a.png> [去](http://x.invalid) :smile: `码`"
LAST = date(2025, 10, 31)
GROUPS = (("白酒", "浓香", 1), ("白酒", "清香", 2), ("果酒", "梅酒", 3), ("礼品", "礼盒", 4))
REGIONS = ("北区", "南区", "东区")


def products() -> list[dict[str, Any]]:
    """Sixteen products in four lines; costs and prices in steps."""
    rows = []
    for number in range(16):
        sphere, group, line = GROUPS[number % len(GROUPS)]
        cost = 8 + 3 * number
        rows.append(
            {
                "sku": f"{10000 + number}", "product_name": HOSTILE if number == 5 else f"产品{number + 1:02}", "sphere": sphere, "product_group": group,
                "line_id": f"{100 + line}", "line_name": f"{group}系列", "unit_cost": cost, "list_price": 2 * cost, "unit": "瓶",
            }
        )  # fmt: skip
    return rows


def dealers() -> list[dict[str, Any]]:
    return [{"dealer_id": f"2{number:03}", "dealer_name": f"经销商{number + 1}", "region": REGIONS[number % 3], "channel": "批发"} for number in range(9)]


def locations() -> list[dict[str, Any]]:
    return [
        {"location_id": "31", "location_name": "总厂", "kind": "plant", "dealer_id": "", "region": "北区"},
        {"location_id": "32", "location_name": "南仓", "kind": "branch", "dealer_id": "", "region": "南区"},
    ]


def sales() -> list[dict[str, Any]]:
    """Twice a week for three years; the last two products have not sold for a year and a half; more before the festivals."""
    rows, day, number = [], LAST - timedelta(days=3 * 365), 0
    while day <= LAST:
        for place in range(6):
            product = (number * 5 + place * 3) % 16
            if product >= 14 and day > LAST - timedelta(days=540):
                continue
            number += 1
            qty = 6 + (number * 7 + product) % 12 + (10 if day.month in (1, 9) else 0) + (day.year - 2022) * 2
            cost = 8 + 3 * product
            rows.append(
                {
                    "shipped_on": day.isoformat(), "dealer_id": f"2{(number + place) % 9:03}", "sku": f"{10000 + product}", "qty": qty,
                    "net_value": round(qty * cost * (1.2 + 0.06 * (product % 7)), 2), "cost_value": qty * cost, "invoice_id": f"9{number:06}", "line_no": "1",
                }
            )  # fmt: skip
        day += timedelta(days=3)
    return rows


def stock() -> list[dict[str, Any]]:
    """A count of both places at the end of each month; two products are gone from one place at the end."""
    rows, month = [], date(2022, 11, 1)
    while month <= LAST:
        month = (month.replace(day=28) + timedelta(days=5)).replace(day=1)
        counted = month - timedelta(days=1)
        for product in range(16):
            for place, share in (("31", 2), ("32", 1)):
                if counted == LAST and product in (2, 3) and place == "32":
                    continue
                qty = share * (20 + (product * 13 + counted.month * 5) % 40)
                rows.append(
                    {"counted_on": counted.isoformat(), "location_id": place, "item_id": f"{10000 + product}", "on_hand_qty": qty, "unit_cost": 8 + 3 * product}
                )
    return rows


def written(folder: Path) -> Path:
    """The company's files in a folder. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("products", products()), ("dealers", dealers()), ("locations", locations()), ("sales", sales()), ("stock", stock())):
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    return folder
