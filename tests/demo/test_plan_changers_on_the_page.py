"""Who was planted as changing plans is found by the page of plan changes, on both seeds; the page never opens the record of plants."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.store.home import PROJECT
from tests.demo.company_files import Company
from tests.small_warehouse import published

NEEDED = ("dealers", "orders", "order_changes", "products", "sales", "stock", "locations")


@pytest.fixture
def demo_home(company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AppTest]:
    """The seed's company as the own home, from its files by the real marts; opens pages."""
    prepare = []
    for name in NEEDED:
        company[name].write_parquet(tmp_path / f"{name}.parquet")
        prepare.append(f"create table raw.{name} as from '{tmp_path / name}.parquet'")
    home = published(tmp_path / "home", selects={name: f"select * from raw.{name}" for name in NEEDED}, prepare=prepare).home
    monkeypatch.setenv("GRANARY_HOME", str(home.path))

    def open_page(page: str) -> AppTest:
        at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
        at.query_params["language"] = "en"
        at.switch_page(page)
        at.run()
        assert not at.exception, [each.stack_trace for each in at.exception]
        return at

    return open_page


def test_the_page_names_the_dealers_that_change_their_plans(company: Company, demo_home: Callable[[str], AppTest]) -> None:
    at = demo_home("pages/dealers/plan_changes.py")
    shown = at.dataframe[0].value
    found = set(shown["dealer_id"][shown["is_habit"] == "yes"])
    assert found == set(company.plants["dealers_that_change_plans"])
    assert set(shown["dealer_id"][: len(found)]) == found
