"""The pages of replenishment, suggested orders, channel stock and lost sales, on the company of the positions' tests."""

from collections.abc import Callable

import pytest

from engine.answers import records
from engine.scope import EVERYTHING
from engine.store.home import Home
from tests.pages.conftest import opened
from tests.small_warehouse import published
from tests.test_replenishing import TABLES

PAGES = ("pages/inventory/replenishment.py", "pages/inventory/channel.py", "pages/inventory/lost_sales.py", "pages/dealers/orders.py")


@pytest.fixture
def supplied_home(tmp_path, at_home: Callable[[Home], None]) -> Home:
    """The small company as the own home."""
    home = published(tmp_path / "home", TABLES).home
    at_home(home)
    return home


def bodies(at) -> str:
    return " ".join(getattr(each.proto, "body", "") for each in at.get("html"))


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_supply_open_on_rich_data_in_every_language(supplied_home: Home, page: str, language: str) -> None:
    at = opened(page, language)
    assert not at.error, [each.value for each in at.error]
    assert len(at.dataframe) >= 1


def test_replenishment_names_who_has_not_reported_and_marks_old_stock(supplied_home: Home) -> None:
    said = bodies(opened("pages/inventory/replenishment.py"))
    assert "Who has not reported" in said
    assert "belongs to no dealer" in said


def test_one_place_shows_where_its_position_goes(supplied_home: Home) -> None:
    at = opened("pages/inventory/replenishment.py", location_id="B")
    (drawn,) = at.get("plotly_chart")
    assert "without an order" in drawn.proto.alt or "does not run out" in drawn.proto.alt
    assert any("orders" in each.proto.page for each in at.get("page_link"))


def test_a_dealer_in_the_address_leads_to_its_order(supplied_home: Home) -> None:
    at = opened("pages/dealers/orders.py", dealer_id="D1")
    assert at.selectbox(key="gr-order-place").value == "LD1"


def test_what_is_typed_is_kept_as_a_draft_rounded_and_recorded(supplied_home: Home) -> None:
    records.save_draft(supplied_home, EVERYTHING, "order:B", {"typed": {"PACK": 20.0}})
    at = opened("pages/dealers/orders.py", location_id="B")
    grid = at.dataframe[0].value
    assert "24" in grid.loc[grid["sku"] == "PACK", "final_qty"].to_list()
    at.button(key="record-order").click().run()
    assert not at.exception
    (kept,) = records.newest(supplied_home, "order_file", "B")
    assert {"sku": "PACK", "qty": 24.0, "price": 20.0} in kept.payload["lines"]
    assert kept.payload["order_value"] > 0
    assert at.success


def test_a_draft_is_given_up_by_one_button(supplied_home: Home) -> None:
    records.save_draft(supplied_home, EVERYTHING, "order:B", {"typed": {"PACK": 20.0}})
    at = opened("pages/dealers/orders.py", location_id="B")
    at.button(key="drop-order").click().run()
    assert records.draft(supplied_home, EVERYTHING, "order:B") is None


def test_lost_sales_and_the_channel_show_a_picture_with_its_sentence(supplied_home: Home) -> None:
    for page in ("pages/inventory/channel.py", "pages/inventory/lost_sales.py"):
        charts = opened(page).get("plotly_chart")
        assert all(chart.proto.alt for chart in charts)
