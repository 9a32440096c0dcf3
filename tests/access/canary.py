"""A company in which every region and every dealer carries a word and an amount of its own, and the search for those that do not belong to who asks.

Whatever a page, an export or an explanation gives to somebody is searched for the words and amounts of everybody else: as text, as text with the
separators of any language, and as eight bytes of a floating-point number.
"""

import csv
import io
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.answers import actions, loading, records
from engine.scope import EVERYTHING, Scope
from engine.store.home import Home
from tests.once import once

REGIONS = (1, 2, 3, 4)
PER_REGION = 2
SKUS = ("1001", "1002", "1003", "1004")
LAST = date(2025, 10, 31)
MONTHS = [date(2024 + (8 + back) // 12, (8 + back) % 12 + 1, 1) for back in range(14)]
"""September 2024 to October 2025."""


def region(number: int) -> str:
    return f"Regi{number}onx"


def word(dealer: str) -> str:
    """The word of a dealer, which stands in everything that is called after it. dealer: `11` is the first of region 1."""
    return f"Zorv{dealer}ane"


DEALERS = tuple(f"{number}{place}" for number in REGIONS for place in range(1, PER_REGION + 1))


def amount(dealer: str) -> float:
    """The limit of a dealer: no other figure of the company is near it."""
    return 7_000_000.0 + 977.0 * int(dealer) ** 2


def _ends(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def tables() -> dict[str, list[dict[str, Any]]]:
    """The company's tables, by name of the contract."""
    found = {name: list(rows) for name, rows in {**_goods(), **_places(), **_flows(), **_money(), **_outlets()}.items()}
    return found


def _goods() -> dict[str, Iterable[dict[str, Any]]]:
    return {
        "products": [
            {
                "sku": sku, "product_name": f"Product {sku}", "sphere": "S1" if place < 2 else "S2", "product_group": f"G{place}", "line_id": f"L{place}",
                "line_name": f"Line {place}", "unit_cost": 10.0 + place, "list_price": 24.0 + place, "unit": "pc",
            }
            for place, sku in enumerate(SKUS)
        ],
        "cash": [{"month": month, "profit": 5000.0, "opening_cash": 90000.0, "closing_cash": 91000.0} for month in MONTHS],
    }  # fmt: skip


def _places() -> dict[str, Iterable[dict[str, Any]]]:
    dealers = [
        {
            "dealer_id": f"{word(one)}D", "dealer_name": f"{word(one)} trade", "region": region(int(one[0])), "city": f"{word(one)} city", "channel": "shops",
            "city_tier": "1", "sales_rep": f"{word(one)} rep", "status": "active", "started_on": date(2020, 1, 1), "consents_to_data": True,
        }
        for one in DEALERS
    ]  # fmt: skip
    places = [{"location_id": "PLANT", "location_name": "Plant", "kind": "plant", "dealer_id": None, "region": None}]
    places += [
        {"location_id": f"B{number}", "location_name": f"{region(number)} branch", "kind": "branch", "dealer_id": None, "region": region(number)}
        for number in REGIONS
    ]
    places += [
        {"location_id": f"{word(one)}L", "location_name": f"{word(one)} store", "kind": "dealer", "dealer_id": f"{word(one)}D", "region": region(int(one[0]))}
        for one in DEALERS
    ]
    rules = [{"location_id": place["location_id"], "order_interval_days": 5.0, "lead_time_days": 3.0, "safety_share": 0.3} for place in places]
    return {"dealers": dealers, "locations": places, "replenishment": rules}


def _flows() -> dict[str, Iterable[dict[str, Any]]]:
    sales, sold_on, stock, availability = [], [], [], []
    for back, month in enumerate(MONTHS):
        for one in DEALERS:
            for place, sku in enumerate(SKUS):
                qty = 20.0 + (int(one) * 7 + place * 5 + back * 3) % 17
                sales.append(
                    {
                        "shipped_on": month.replace(day=4 + place), "dealer_id": f"{word(one)}D", "sku": sku, "qty": qty,
                        "net_value": qty * (18 + place) + int(one), "cost_value": qty * (10 + place), "invoice_id": f"{word(one)}I{back}",
                        "line_no": str(place), "location_id": f"B{one[0]}",
                    }
                )  # fmt: skip
                sold_on.append(
                    {
                        "sold_on": month.replace(day=15),
                        "dealer_id": f"{word(one)}D",
                        "sku": sku,
                        "qty": qty - 2,
                        "net_value": qty * 25,
                        "outlet_id": f"{word(one)}O",
                    }
                )
                stock.append(
                    {
                        "counted_on": _ends(month), "location_id": f"{word(one)}L", "item_id": sku, "on_hand_qty": float((int(one) * place + back) % 30),
                        "reported_on": _ends(month), "batch_id": f"{word(one)}X{place}",
                    }
                )  # fmt: skip
                availability.append(
                    {"month": month, "location_id": f"{word(one)}L", "sku": sku, "working_days": 22.0, "in_stock_days": 22.0 - (place + back) % 9}
                )
        for number in (*REGIONS, 0):
            code, batch = (f"B{number}", f"{region(number)} lot") if number else ("PLANT", "P lot")
            for place, sku in enumerate(SKUS):
                received = month - timedelta(days=200 + 90 * place) if place else None
                stock.append(
                    {
                        "counted_on": _ends(month), "location_id": code, "item_id": sku, "on_hand_qty": 300.0 + 11 * number + back, "unit_cost": 10.0 + place,
                        "batch_id": batch, "received_on": received, "condition": "damaged" if place == 3 and number % 2 else "good",
                    }
                )  # fmt: skip
    return {"sales": sales, "dealer_sales": sold_on, "stock": stock, "availability": availability}


def _money() -> dict[str, Iterable[dict[str, Any]]]:
    terms = [
        {
            "dealer_id": f"{word(one)}D", "valid_from": date(2025, 1, 1), "valid_to": date(2025, 12, 31), "credit_limit": amount(one), "credit_days": 30,
            "deposit": amount(one) / 4, "review_on": date(2025, 11, 5),
        }
        for one in DEALERS
    ]  # fmt: skip
    invoices = [
        {"invoice_id": f"{word(one)}I{late}", "dealer_id": f"{word(one)}D", "invoiced_on": date(2025, 6, 1), "due_on": due, "amount": amount(one) / (late + 2)}
        for one in DEALERS for late, due in enumerate((date(2025, 7, 1), date(2025, 12, 1)))
    ]  # fmt: skip
    payments = [
        {"payment_id": f"{word(one)}P", "dealer_id": f"{word(one)}D", "paid_on": date(2025, 9, 1), "amount": 1234.5 + int(one), "invoice_id": f"{word(one)}I0"}
        for one in DEALERS
    ]
    orders = [
        {
            "order_id": f"{word(one)}O{line}", "line_no": "1", "ordered_on": date(2025, 10, 3 + line), "dealer_id": f"{word(one)}D", "sku": SKUS[line],
            "qty": 50.0, "net_value": amount(one) / 100, "requested_on": date(2025, 11, 10), "status": "open",
        }
        for one in DEALERS for line in range(2)
    ]  # fmt: skip
    changes = [
        {
            "order_id": f"{word(one)}O0", "line_no": "1", "changed_on": date(2025, 10, 8), "kind": "qty", "qty_before": 40.0, "qty_after": 50.0,
            "asked_by": "dealer", "reason": "other",
        }
        for one in DEALERS
    ]  # fmt: skip
    books = [(one, month) for one in DEALERS for month in MONTHS]
    key = [{"dealer_id": f"{word(one)}D", "month": month} for one, month in books]
    mix = [
        row | {"category": "wine", "channel": "shops", "supplier": "own", "net_value": amount(one) / 10, "margin_share": 0.2}
        for row, (one, _) in zip(key, books, strict=True)
    ]
    costs = [row | {"item": "people", "amount": amount(one) / 100, "controllable": True} for row, (one, _) in zip(key, books, strict=True)]
    assets = [row | {"receivables": amount(one) / 8, "claims": 10.0, "fixed_assets": amount(one) / 5} for row, (one, _) in zip(key, books, strict=True)]
    targets = [row | {"measure": "sell_through", "target": 2500.0 + int(one)} for row, (one, _) in zip(key, books, strict=True)]
    serve = [row | {"item": "delivery", "amount": 77.0 + int(one)} for row, (one, _) in zip(key, books, strict=True)]
    requests = [row | {"made_on": row["month"], "sku": SKUS[0], "qty": 30.0 + int(one)} for row, (one, _) in zip(key, books, strict=True)]
    return {
        "credit_terms": terms, "invoices": invoices, "payments": payments, "orders": orders, "order_changes": changes, "dealer_mix": mix, "dealer_costs": costs,
        "dealer_assets": assets, "dealer_targets": targets, "cost_to_serve": serve, "requests": requests,
    }  # fmt: skip


def _outlets() -> dict[str, Iterable[dict[str, Any]]]:
    outlets = [
        {"outlet_id": f"{word(one)}O", "dealer_id": f"{word(one)}D", "channel": "shops", "outlet_class": "A", "opened_on": date(2025, 9, 1)} for one in DEALERS
    ]
    visits = [
        {"visited_on": date(2025, 10, 7), "outlet_id": f"{word(one)}O", "sales_rep": f"{word(one)} rep", "planned": True, "price_seen": 20.0 + place}
        for place, one in enumerate(DEALERS)
    ]
    counts = [
        {
            "counted_on": date(2025, 10, 20), "location_id": f"B{number}", "item_id": SKUS[0], "batch_id": f"{region(number)} lot", "book_qty": 310.0,
            "counted_qty": 305.0 + number, "cause": f"{region(number)} cause", "responsible": f"{region(number)} keeper",
        }
        for number in REGIONS
    ]  # fmt: skip
    return {"outlets": outlets, "visits": visits, "stocktakes": counts, "sales_reps": [{"sales_rep": f"{word(one)} rep", "kind": "own"} for one in DEALERS]}


def home_of(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that serves the company, with records about every dealer; for reading only."""

    def make(folder: Path) -> None:
        files = folder / "files"
        files.mkdir()
        for name, rows in tables().items():
            with open(files / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
                writer.writeheader()
                writer.writerows(rows)
        home = Home(folder / "home")
        prepared = loading.prepare(home, [files])
        assert prepared.receipt.publishable, prepared.receipt.why_not()
        assert not [file["file"] for file in prepared.receipt.files if file["rejected"]]
        loading.publish(home, prepared)
        _decide(str(home.path))

    return Home(once(tmp_path_factory, "canaries", make) / "home")


def _decide(home: str) -> None:
    """Records about every dealer and place, each with its word."""
    by = Scope(who="clerk")
    for one in DEALERS:
        code = f"{word(one)}D"
        actions.agree(home, code, f"{word(one)} must pay", f"{word(one)} rep", date(2025, 11, 1), LAST, by, 1)
        actions.hold_review(home, code, LAST, "A", 80.0, f"{word(one)} note", by, 1)
        order = {"location_id": f"{word(one)}L", "dealer_id": code, "lines": [], "order_value": amount(one)}
        records.record(home, "order_file", f"{word(one)}L", order, by, 1)
        decision = {"dealer_id": code, "verdict": "hold", "decision": "hold", "decided_value": amount(one) / 100, "up_to_value": 0.0}
        records.record(home, "credit_decision", f"{word(one)}O0", decision, by, 1)
    for number in REGIONS:
        listing = {
            "item_id": SKUS[1], "location_id": f"B{number}", "class": "damaged", "quarter": "2025Q4", "listed_qty": 5.0,
            "listed_value": 55.0 + number, "listed_on": date(2025, 10, 1), "deadline": date(2025, 12, 1),
            "owner": f"{region(number)} keeper", "plan": "scrap", "note": f"{region(number)} says",
        }  # fmt: skip
        records.record(home, "clearance", f"2025Q4 {SKUS[1]} B{number}", listing, by, 1)


# ── who looks, and what must not be found ────────────────────────────────────────────────────────────────────────────────


def own_dealers(scope: Scope) -> set[str]:
    """The dealers of a scope, by their short names."""
    if scope.sees_all:
        return set(DEALERS)
    by_region = {one for one in DEALERS if scope.regions is None or region(int(one[0])) in scope.regions}
    return {one for one in by_region if scope.dealers is None or f"{word(one)}D" in scope.dealers}


def own_regions(scope: Scope) -> set[int]:
    """The regions whose names a scope may read: its own, and those of its dealers."""
    named = {number for number in REGIONS if scope.regions is not None and region(number) in scope.regions and scope.dealers is None}
    return set(REGIONS) if scope.sees_all else named | {int(one[0]) for one in own_dealers(scope)}


class Search:
    """The words and amounts that must not reach somebody."""

    def __init__(self, scope: Scope) -> None:
        foreign = [one for one in DEALERS if one not in own_dealers(scope)]
        self.words = [*(word(one) for one in foreign), *(region(number) for number in REGIONS if number not in own_regions(scope))]
        amounts = [amount(one) / part for one in foreign for part in (1, 2, 3, 4, 5, 8, 10, 100)]
        self.digits = [re.sub(r"\D", "", f"{value:.2f}") for value in amounts if value >= 1_000_000]
        self.numbers = [struct.pack("<d", value) for value in amounts]
        self._word = re.compile("|".join(map(re.escape, self.words)).encode()) if self.words else None
        self._digit = re.compile("|".join(whole[:-2] for whole in self.digits).encode()) if self.digits else None

    def found(self, given: bytes) -> list[str]:
        """The canaries of somebody else in what was given to this person."""
        if self._word is None or self._digit is None:
            return []
        said = [match.decode() for match in self._word.findall(given)]
        plain = re.sub(rb"(?<=\d)(?:[, .']|\xc2\xa0|\xe2\x80\xaf|\xe2\x80\x99)(?=\d)", b"", given)
        said += [match.decode() for match in self._digit.findall(plain)]
        return said + [f"{struct.unpack('<d', number)[0]}" for number in self.numbers if number in given]


def unpacked(workbook: bytes) -> bytes:
    """All texts of a workbook, one after the other."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


SCOPES: dict[str, Scope] = {
    "everything": EVERYTHING,
    "one region": Scope("manager of 1", regions=frozenset({region(1)})),
    "two regions": Scope("manager of 2 and 3", regions=frozenset({region(2), region(3)})),
    "one dealer": Scope("keeper of 42", dealers=frozenset({f"{word('42')}D"})),
    "dealers of two regions": Scope("keeper of 11 and 31", dealers=frozenset({f"{word('11')}D", f"{word('31')}D"})),
    "a dealer of another region": Scope("nobody's", regions=frozenset({region(1)}), dealers=frozenset({f"{word('42')}D"})),
    "nothing": Scope("nobody", regions=frozenset()),
}


def bounded() -> Iterator[tuple[str, Scope]]:
    """Every scope that does not see all."""
    return ((name, scope) for name, scope in SCOPES.items() if not scope.sees_all)
