"""A small company with deadlines of every kind, and people who are to be told of them."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.answers import actions, contacts, people, records
from engine.answers.contacts import Contact
from engine.scope import Scope
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.warehouse import Warehouse, open_warehouse
from tests.small_warehouse import published

NOW = datetime(2025, 11, 10, 9, 30, tzinfo=UTC)
TODAY = NOW.astimezone().date()
ANNA, WANG = Scope(who="Anna"), Scope(who="王芳")
HOSTILE = "Bcc: all@x.example\r\nSubject: hacked <script>alert(1)</script> \u202e"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two dealers; the first reported its stock long ago, its limit ends soon, and one of its customers complains."""
    terms = {"valid_from": date(2025, 1, 1), "credit_limit": 1000.0, "credit_days": 30}
    warehouse = published(
        tmp_path_factory.mktemp("company") / "home",
        {
            "products": [{"sku": "A", "product_name": "Plum wine"}],
            "dealers": [
                {"dealer_id": "d1", "dealer_name": HOSTILE, "region": "North", "status": "active"},
                {"dealer_id": "d2", "dealer_name": "Хлеб и вино", "region": "South", "status": "active"},
            ],
            "locations": [
                {"location_id": "P", "location_name": "Plant", "kind": "plant", "dealer_id": None, "region": "North"},
                {"location_id": "s1", "location_name": "d1", "kind": "dealer", "dealer_id": "d1", "region": "North"},
                {"location_id": "s2", "location_name": "d2", "kind": "dealer", "dealer_id": "d2", "region": "South"},
            ],
            "sales": [{"shipped_on": date(2025, 10, 31), "dealer_id": "d1", "sku": "A", "qty": 1.0, "net_value": 10.0, "invoice_id": "1", "line_no": "1"}],
            "stock": [
                {"counted_on": date(2025, 10, 31), "location_id": "P", "item_id": "A", "batch_id": None, "on_hand_qty": 5.0},
                {"counted_on": date(2025, 6, 30), "location_id": "s1", "item_id": "A", "batch_id": None, "on_hand_qty": 5.0},
                {"counted_on": date(2025, 10, 31), "location_id": "s2", "item_id": "A", "batch_id": None, "on_hand_qty": 5.0},
            ],
            "credit_terms": [
                terms | {"dealer_id": "d1", "valid_to": date(2025, 12, 1), "review_on": None},
                terms | {"dealer_id": "d2", "valid_to": None, "review_on": date(2027, 1, 1)},
            ],
            "complaints": [
                {"complaint_id": "c1", "reported_on": date(2025, 9, 1), "sku": "A", "kind": "taste", "dealer_id": "d2", "closed_on": None},
                {"complaint_id": "c2", "reported_on": date(2025, 9, 1), "sku": "A", "kind": "taste", "dealer_id": "d2", "closed_on": date(2025, 9, 5)},
            ],
        },
    )
    return warehouse.home.path


@pytest.fixture
def company(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """A copy of the company, for this test alone."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    return open_warehouse(Home(Path(shutil.copytree(made, tmp_path / "home"))))


@pytest.fixture
def home(company: Warehouse) -> Home:
    """The company, with two people and an action that Anna owns."""
    path = str(company.home.path)
    for name in ("Anna", "王芳"):
        people.add(path, name, Scope())
    actions.agree(path, "d2", "bring the new price list", "anna ", date(2025, 11, 12), date(2025, 10, 1), WANG, 1)
    return company.home


def told(home: Home, name: str, language: str = "en", by_mail: bool = True, by_chat: bool = False, email: str = "anna@company.example") -> Contact:
    """Somebody says where reminders go."""
    return contacts.choose(str(home.path), Scope(who=name), Contact(name, email, language, by_mail, by_chat))


def kept(home: Home) -> list[str]:
    """The states that the records hold of deliveries, oldest first."""
    return [str((record.payload or {})["state"]) for record in records.history(home, "reminder")]
