"""The pages of the assortment: from the matrix to the cell to the product, lines of the BCG that are moved, limits that are tried out."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.answers import records
from engine.store.home import Home
from tests.pages.conftest import opened


@pytest.fixture
def home(company_home: Home, at_home: Callable[[Home], None], tmp_path: Path) -> Home:
    """A copy of the company's home, which the pages may write to."""
    shutil.copytree(company_home.path, tmp_path / "home")
    at_home(Home(tmp_path / "home"))
    return Home(tmp_path / "home")


def headings(at) -> list[str]:
    return [each.proto.body for each in at.get("html") if "gr-heading" in getattr(each.proto, "body", "")]


def test_a_cell_of_the_address_narrows_the_list_to_its_products(home: Home) -> None:
    whole, cell = opened("pages/assortment/abc_xyz.py"), opened("pages/assortment/abc_xyz.py", cell="AZ")
    assert any("All products" in heading for heading in headings(whole))
    assert any("Products of cell AZ" in heading for heading in headings(cell))
    cell.button(key="all-cells").click().run()
    assert any("All products" in heading for heading in headings(cell))


def test_what_is_done_in_each_cell_stands_in_a_table_of_its_own_that_has_room_for_it(home: Home) -> None:
    tables = [each.value for each in opened("pages/assortment/abc_xyz.py").dataframe]
    (done,) = [table for table in tables if "policy" in table]
    assert list(done) == ["class", "xyz", "policy", "service_share"]
    assert not done.duplicated(["class", "xyz"]).any()


def test_other_limits_are_tried_out_without_a_change_of_settings(home: Home) -> None:
    at = opened("pages/assortment/abc_xyz.py")
    at.slider(key="limit-a").set_value(10).run()
    assert not at.exception
    assert records.newest(home, "setting") == []


def test_a_moved_line_of_the_bcg_stands_in_the_address_and_goes_back(home: Home) -> None:
    at = opened("pages/assortment/bcg.py", growth="90")
    assert at.slider(key="gr-line-growth").value == 90
    at.button(key="lines-back").click().run()
    assert not at.exception
    assert "growth" not in at.query_params


@pytest.mark.parametrize("level", ["group", "line", "sku", "galaxy"])
def test_the_bcg_is_drawn_for_groups_lines_and_products(home: Home, level: str) -> None:
    at = opened("pages/assortment/bcg.py", level=level)
    assert not at.error
    assert at.get("plotly_chart")


def test_the_page_and_the_command_line_ask_for_the_same_levels() -> None:
    from engine.answers.assortment.places import LEVELS
    from pages.parts import growth_share

    assert set(growth_share.LEVELS) == set(LEVELS)
    assert {level for level, _ in growth_share.BELOW.values()} | {"group"} == set(LEVELS)


def test_a_number_that_is_none_does_not_move_a_line(home: Home) -> None:
    assert not opened("pages/assortment/bcg.py", growth="much", share="more").error
