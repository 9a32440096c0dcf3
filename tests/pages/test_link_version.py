"""A link names the version of the data: the view stays what it was when it was sent."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.answers import loading
from engine.store.home import Home
from tests.pages.company import written
from tests.pages.conftest import opened

HEALTH = "pages/inventory/health.py"


@pytest.fixture(scope="module")
def twice_loaded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Version 1 is the company, version 2 holds one sale more."""
    home, files = Home(tmp_path_factory.mktemp("home")), written(tmp_path_factory.mktemp("files"))
    loading.publish(home, loading.prepare(home, [files]))
    later = tmp_path_factory.mktemp("more") / "more.csv"
    later.write_text("shipped_on,dealer_id,sku,qty,net_value,invoice_id,line_no\n2025-10-31,2001,10001,1,1000000,99,1\n", encoding="utf-8")
    loading.publish(home, loading.prepare(home, [Path(later)]))
    return home


def net_sales(page) -> str:
    return next(metric.value for metric in page.metric if metric.proto.label == "Net sales")


def test_a_link_with_a_version_shows_the_figures_of_that_version(twice_loaded: Home, at_home: Callable[[Home], None]) -> None:
    at_home(twice_loaded)
    start = "pages/overview/start.py"
    newest, first = opened(start), opened(start, version="1")
    assert net_sales(newest) != net_sales(first)
    assert net_sales(opened(start, version="2")) == net_sales(newest)
    assert any("version 1" in each.proto.body for each in first.get("html"))
    assert any("version=1" in each.proto.query_string for each in first.get("page_link"))


def test_a_version_that_is_not_kept_is_said_and_the_newest_is_shown(twice_loaded: Home, at_home: Callable[[Home], None]) -> None:
    at_home(twice_loaded)
    for asked in ("77", "x", "-1", "²"):
        shown = opened(HEALTH, version=asked)
        assert any("not kept any longer" in each.proto.body for each in shown.get("html")), asked
