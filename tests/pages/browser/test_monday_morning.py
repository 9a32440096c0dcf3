"""A Monday morning in Chinese: from the first page to a suggested order of one dealer, edited, checked for credit, recorded and handed out."""

import io
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from engine.answers import records
from engine.store.home import Home
from tests.demo_home import home_of
from tests.pages.browser.conftest import settled, until

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
MOST_CLICKS = 12
TRIES = 3
"""A key that is pressed while the grid still draws itself goes nowhere: who sees that nothing changed clicks again, and the click counts."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the demo's home, because the morning writes a record."""
    copy = tmp_path_factory.mktemp("monday") / "home"
    shutil.copytree(home_of(tmp_path_factory, 1).path, copy)
    return Home(copy)


class Hand:
    """Clicks, and counts them."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, 0

    def on(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1
        settled(self.page, 900)

    def on_row(self, table: str, row: int, x: int = 15) -> None:
        """A row of a table, at its left edge."""
        found = self.page.locator(table).first
        found.scroll_into_view_if_needed()
        self.page.wait_for_timeout(400)
        box = found.bounding_box()
        self.page.mouse.click(box["x"] + x, box["y"] + 37 + 35 * row + 17)
        self.clicks += 1
        settled(self.page, 900)


def test_from_start_to_an_order_recorded_and_handed_out_in_at_most_12_clicks(demo: Home, serving: Callable[[Home], str], visit: Callable) -> None:
    page = visit(serving(demo) + "/?language=zh", "zh")
    settled(page, 900)
    hand = Hand(page)
    hand.on(".st-key-gr-nav a:has-text('经销商')")
    page.wait_for_selector("[data-testid=stDataFrame]", timeout=90_000)
    settled(page, 900)
    hand.on_row("[data-testid=stDataFrame]", 1)
    until(page, "location.search.includes('dealer_id=')", timeout=90_000)
    settled(page, 900)
    hand.on("[data-testid=stMain] a[href*='replenishment'], [data-testid=stMain] a[href*='orders']")
    if "/replenishment" in page.url:
        hand.on("[data-testid=stMain] a:has-text('填写订单')")
    page.wait_for_selector(".st-key-record-order button", timeout=90_000)
    settled(page, 900)
    before = page.inner_text(".gr-headline")

    for _ in range(TRIES):
        hand.on_row("[data-testid=stDataFrame]", 0, x=60)
        for _ in range(6):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(500)
        page.keyboard.type("101", delay=80)
        page.keyboard.press("Enter")
        with suppress(playwright.TimeoutError):
            until(page, "before => document.querySelector('.gr-headline').innerText !== before", arg=before, timeout=25_000)
            break
    settled(page, 900)
    assert "信用额度" in page.inner_text("[data-testid=stMain]")

    hand.on(".st-key-record-order button")
    page.wait_for_selector("[data-testid=stAlert]", timeout=90_000)
    assert "已记录订单" in page.inner_text("[data-testid=stAlert]")
    with page.expect_download(timeout=90_000) as waited:
        hand.on(".st-key-xlsx-order button")
    assert hand.clicks <= MOST_CLICKS

    (kept,) = records.newest(demo, "order_file")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(waited.value.path()).read_bytes())).worksheets[0]
    exported = {row[1]: row[3] for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]}
    assert exported == {line["sku"]: line["qty"] for line in kept.payload["lines"]}
    assert any(qty >= 101 for qty in exported.values())
    assert kept.payload["headroom_value"] is not None or kept.payload["block"]
    assert page.foreign == []
