"""Every odd input of dealers and inventory, one by one: what the page says of it."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.answers import ANSWERS, loading
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.pages.conftest import opened
from tests.pages.test_every_page import texts
from tests.small_warehouse import published
from tests.store.small_company import written
from tests.test_replenishing import TABLES, counted, product, resold

AS_OF = date(2025, 10, 31)


def invoice(number, dealer, amount):
    return {"invoice_id": number, "dealer_id": dealer, "invoiced_on": date(2025, 9, 1), "due_on": date(2025, 10, 1), "amount": amount}


def paid(number, dealer, amount, of):
    return {"payment_id": number, "dealer_id": dealer, "paid_on": date(2025, 10, 5), "amount": amount, "invoice_id": of}


ODD = TABLES | {
    "products": [*TABLES["products"], product("RING"), product("HALTED")],
    "materials": [
        {"material_id": "M", "material_name": "Good", "unit_cost": 1.0, "withdrawn_on": None},
        {"material_id": "MGONE", "material_name": "Withdrawn", "unit_cost": 1.0, "withdrawn_on": date(2025, 1, 1)},
    ],
    "recipes": [{"sku": "RING", "material_id": "RING", "qty_per": 1.0}, {"sku": "HALTED", "material_id": "MGONE", "qty_per": 1.0}],
    "stock": [*TABLES["stock"], counted("P", "MGONE", 3), counted("LD1", "A", 10, day=date(2025, 9, 30))],
    "dealer_sales": [*TABLES["dealer_sales"], resold(date(2025, 10, 8), "D1", "A", 5000)],
    "orders": [
        {"order_id": number, "line_no": "1", "ordered_on": AS_OF, "dealer_id": dealer, "sku": "A", "qty": 2.0, "net_value": 40.0, "status": "open"}
        for number, dealer in (("O1", "D1"), ("O2", "D2"))
    ],
    "credit_terms": [{"dealer_id": "D1", "valid_from": date(2024, 1, 1), "valid_to": date(2024, 12, 31), "credit_limit": 100.0, "credit_days": 30}],
    "invoices": [invoice("I1", "D1", 100.0), invoice("I2", "D2", 50.0)],
    "payments": [paid("Z1", "D1", 130.0, "I1"), paid("Z2", "D2", 20.0, "NOWHERE"), paid("Z3", "D2", 5.0, None)],
}  # fmt: skip

OUTCOMES = {
    "dealer_without_stock_report": ("inventory/replenishment", ("Who has not reported", "Never", "marked as estimated")),
    "negative_stock": ("inventory/replenishment", ("The books show less than nothing; it counts as none.",)),
    "sell_through_above_stock": (
        "warehouse/quality", ("A dealer reported more sales of an article than it had at the beginning of the month and bought until its end.",),
    ),
    "dealer_in_two_regions": (
        "warehouse/quality", ("A dealer's place stands in another region than the dealer; sales and stock count for the dealer's region throughout.",),
    ),
    "limit_missing": ("dealers/credit", ("missing", "no limit")),
    "limit_expired": ("dealers/credit", ("expired", "limit has ended")),
    "payment_above_its_invoice": ("warehouse/quality", ("More was paid on an invoice than it says; what is above it stands as unapplied credit.",)),
    "payment_without_its_invoice": (
        "warehouse/quality", ("A payment names an invoice that was not loaded; its money stands as unapplied credit.",),
    ),
    "recipe_with_a_withdrawn_material": ("inventory/materials", ("uses a withdrawn material",)),
    "circular_recipe": ("inventory/materials", ("leads back to itself",)),
    "location_without_dealer": ("inventory/replenishment", ("place belongs to no dealer",)),
    "pack_of_0": ("inventory/replenishment?location_id=B", ("The pack of 0 in the master data counts as one piece.",)),
    "lead_time_longer_than_the_history": ("inventory/replenishment?location_id=LD1", ("shorter than interval and lead time together",)),
    "new_article_without_sales": ("inventory/replenishment?location_id=B", ("It is new and has not been sold yet.",)),
}  # fmt: skip
"""Odd input -> the page that tells of it, and words that stand there."""


@pytest.fixture(scope="module")
def odd_home(tmp_path_factory) -> Home:
    """A company with every odd input, served."""
    home = published(tmp_path_factory.mktemp("odd") / "home", ODD).home
    return home


@pytest.mark.parametrize("case", OUTCOMES)
def test_each_odd_input_has_its_sentence_on_screen(odd_home: Home, at_home: Callable[[Home], None], case: str) -> None:
    at_home(odd_home)
    page, said = OUTCOMES[case]
    file, _, place = page.partition("?location_id=")
    at = opened(f"pages/{file}.py", **({"location_id": place} if place else {}))
    shown = " ".join(texts(at))
    if case == "negative_stock":
        shown = " ".join(texts(opened(f"pages/{file}.py", location_id="B")))
    assert not [words for words in said if words not in shown]


def test_a_payment_that_names_no_invoice_is_unapplied_money_of_the_dealer(odd_home: Home) -> None:
    found = ANSWERS["credit"](open_warehouse(odd_home), Selection(), EVERYTHING).frame
    assert dict(found.select("dealer_id", "unapplied_value").iter_rows()) == {"D1": 30.0, "D2": 25.0}


MOVED = """dealer_id,dealer_name,region,started_on,status
D1,North Trading,North,2019-01-01,ended
D1,North Trading,South,2025-10-01,active
D2,South Trading,South,2018-01-01,active
"""


def test_a_dealer_that_moved_counts_for_its_newest_region_with_all_its_history_and_the_page_says_so(tmp_path, at_home: Callable[[Home], None]) -> None:
    home = Home(tmp_path / "home")
    prepared = loading.prepare(home, [written(tmp_path / "files", dealers=MOVED)])
    loading.publish(home, prepared)
    (file,) = [each for each in prepared.receipt.files if each["file"] == "dealers.csv"]
    assert (file["loaded"], file["rejected"], file["set_aside"]) == (2, 0, 1)
    found = ANSWERS["kpi"](open_warehouse(home), Selection(first=date(2025, 9, 1), last=AS_OF, by=("region",)), EVERYTHING, "net_sales").frame
    assert dict(found.select("region", "net_sales").iter_rows()) == {"South": 407}
    at_home(home)
    shown = " ".join(texts(opened("pages/warehouse/quality.py")))
    assert "earlier standing of a key" in shown, shown


def test_rows_of_one_dealer_that_begin_on_the_same_day_contradict_each_other_and_the_second_is_rejected(tmp_path) -> None:
    home = Home(tmp_path / "home")
    same = MOVED.replace("2025-10-01", "2019-01-01")
    (file,) = [each for each in loading.prepare(home, [written(tmp_path / "files", dealers=same)]).receipt.files if each["file"] == "dealers.csv"]
    assert (file["loaded"], file["rejected"]) == (2, 1)
