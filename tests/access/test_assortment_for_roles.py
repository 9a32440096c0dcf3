"""The assortment for roles from which figures are hidden: classes stay, money and margins do not; what is about margins alone is not open."""

import shutil

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from pages.parts import rooms
from tests.access.crawl import visit
from tests.access.test_pages_for_roles import as_role


@pytest.fixture(autouse=True)
def home(canary_home, tmp_path, monkeypatch) -> Home:
    """A home of this test's own: looking leaves lines in the audit."""
    place = Home(tmp_path / "home")
    shutil.copytree(canary_home.path, place.path)
    monkeypatch.setenv("GRANARY_HOME", str(place.path))
    return place


@pytest.mark.parametrize("page", ["assortment", "abc_xyz"])
@pytest.mark.parametrize("role", ["customer_service", "production"])
def test_a_page_opens_for_a_role_from_which_figures_are_hidden(page, role):
    at, sent = visit(rooms.page_named(page).file, as_role(role))
    assert not at.error, [error.value for error in at.error]
    assert b"gr-headline" in sent


@pytest.mark.parametrize(("page", "role"), [("bcg", "customer_service"), ("price_map", "production"), ("market", "purchasing")])
def test_what_is_about_hidden_figures_alone_is_not_open(page, role):
    assert not rooms.may_open(as_role(role), rooms.page_named(page))


@pytest.mark.parametrize("name", ["abc", "bcg", "assortment", "abc_xyz", "price_map", "competitors"])
def test_no_money_and_no_margin_reaches_production(home, name):
    found = ANSWERS[name](open_warehouse(home), Selection(), as_role("production"))
    money = [column.name for column in found.columns if column.unit in ("money", "money_per_unit")]
    assert money
    assert all(found.frame[column].null_count() == found.frame.height for column in money if column not in ("observed_on",))
    assert all(frame[name].null_count() == frame.height for frame in found.extra.values() for name in ("turnover", "margin") if name in frame.columns)


def test_classes_and_codes_are_shown_to_everybody(home):
    found = ANSWERS["abc"](open_warehouse(home), Selection(), as_role("production")).frame
    assert found["class"].null_count() == 0
    assert found.filter(pl.col("criterion").is_not_null()).is_empty()
