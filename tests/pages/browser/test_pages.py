"""The pages as a browser shows them: cold links, themes, Back, exports, print, narrow windows, names that try to be markup."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlparse

import openpyxl
import pytest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from pages.parts import rooms
from tests.pages.browser.conftest import settled, until

PATHS = ["" if page.name == "start" else page.name for page in rooms.pages()]


@pytest.fixture(scope="module")
def served(serving: Callable[[Home], str], company_home: Home, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server on a copy: what is taken along there is noted."""
    return serving(Home(Path(shutil.copytree(company_home.path, tmp_path_factory.mktemp("served") / "home"))))


def test_a_deep_link_is_the_first_thing_a_fresh_server_hears(serving: Callable[[Home], str], company_home: Home, visit: Callable) -> None:
    page = visit(serving(company_home) + "/health?language=ru&period=12m", "ru")
    page.wait_for_selector("[data-testid=stMetric]")
    settled(page, 700)
    assert page.query_selector("[role=dialog]") is None
    assert page.query_selector(".st-key-gr-nav") is not None
    assert parse_qs(urlparse(page.url).query) == {"language": ["ru"], "period": ["12m"]}
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert page.foreign == []


def test_a_name_that_tries_to_be_markup_is_shown_letter_by_letter(served: str, visit: Callable) -> None:
    page = visit(served + "/item?sku=10005")
    page.wait_for_selector("[data-testid=stMetric]")
    settled(page, 700)
    assert page.query_selector(".katex") is None
    assert page.query_selector("a[href*='x.invalid']") is None
    assert page.query_selector("img[src*='x.invalid']") is None
    assert "**猫** $α^2$ :red[赤] <img src=//x.invalid/a.png>" in page.inner_text(".gr-headline")
    assert page.foreign == []


def test_the_theme_is_switched_and_stays_for_every_page(served: str, visit: Callable) -> None:
    page = visit(served + "/health?period=30d")
    before = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    page.click(".st-key-gr-nav [data-testid=stPopover] button")
    page.wait_for_selector(".st-key-gr-theme")
    page.click(".st-key-gr-theme label:has-text('Dark')")
    until(
        page,
        "before => { const app = document.querySelector('[data-testid=stApp]'); return app && getComputedStyle(app).backgroundColor !== before }",
        arg=before,
    )
    settled(page, 700)
    dark = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert dark == "rgb(18, 24, 29)"
    assert "period=30d" in page.url
    page.goto(served + "/glossary")
    page.wait_for_selector(".gr-headline")
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor") == dark


def test_back_returns_to_what_was_chosen_before(served: str, visit: Callable) -> None:
    page = visit(served + "/health")
    settled(page, 700)
    page.click(".st-key-gr-chips [data-testid=stPopover] button >> nth=0")
    page.click(".st-key-gr-period label:has-text('12 months')")
    until(page, "location.search.includes('period=12m')")
    settled(page, 700)
    page.keyboard.press("Escape")
    page.click(".st-key-gr-nav a:has-text('Item')")
    until(page, "location.pathname.endsWith('/item') && location.search.includes('period=12m')")
    settled(page, 700)
    page.go_back()
    until(page, "location.pathname.endsWith('/health')")
    settled(page, 700)
    assert "period=12m" in page.url
    page.go_back()
    until(page, "!location.search.includes('period')")
    settled(page, 700)
    assert "90 days" in page.inner_text(".st-key-gr-chips")


def test_the_workbook_holds_the_answer_of_the_page_unrounded(served: str, company_home: Home, visit: Callable) -> None:
    page = visit(served + "/health?language=zh", "zh")
    page.wait_for_selector("[data-testid=stMetric]")
    settled(page, 700)
    with page.expect_download(timeout=30_000) as waited:
        page.click(".st-key-xlsx-health button")
    book = openpyxl.load_workbook(io.BytesIO(waited.value.path().read_bytes()))
    answer = ANSWERS["health"](open_warehouse(company_home), Selection(compare="last_year"), EVERYTHING)
    sheet = book.worksheets[0]
    place = [column.name for column in answer.columns].index("stock_value")
    shown = [row[place] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert shown[: answer.frame.height] == pytest.approx(answer.frame["stock_value"].to_list())
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_number_explains_itself_and_agrees(served: str, visit: Callable) -> None:
    page = visit(served + "/health")
    page.wait_for_selector("[data-testid=stMetric]")
    settled(page, 700)
    page.click(".st-key-explain-turns button")
    page.wait_for_selector("[data-testid=stPopoverBody] .gr-fact", timeout=30_000)
    said = page.inner_text("[data-testid=stPopoverBody]")
    assert "counted once more from the loaded rows and is the same" in said
    assert "sales.csv" in said


WIDTHS = (1024, 390)


def turn_to(window, served: str, path: str) -> None:
    """A page of the program in a window that need not fetch it anew: from the second page on as the browser's Back button would."""
    if window.url.startswith(served):
        window.evaluate("path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }", f"/{path}")
        window.wait_for_timeout(300)
    else:
        window.goto(f"{served}/{path}")
    window.wait_for_selector(".gr-headline")
    settled(window, 700)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_scrolls_sideways_in_a_narrow_window(served: str, window, path: str) -> None:
    turn_to(window, served, path)
    # first as wide as the page before was left: a page that nobody looks at any more need not be drawn in another width
    for width in sorted(WIDTHS, key=lambda width: width != window.viewport_size["width"]):
        window.set_viewport_size({"width": width, "height": 900})
        window.wait_for_timeout(250)
        assert window.evaluate("document.documentElement.scrollWidth") <= width
        assert window.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollWidth") <= width


def test_paper_shows_figures_without_buttons(served: str, visit: Callable) -> None:
    page = visit(served + "/health")
    page.wait_for_selector("[data-testid=stMetric]")
    settled(page, 700)
    page.emulate_media(media="print")
    assert not page.is_visible(".st-key-gr-nav")
    assert not page.is_visible(".st-key-gr-chips")
    assert not page.is_visible("[data-testid=stDownloadButton]")
    assert page.is_visible(".gr-headline")


def test_a_click_on_a_row_leads_a_level_down_and_a_link_says_so(served: str, visit: Callable) -> None:
    page = visit(f"{served}/health?sphere={quote('白酒')}&level=product_group")
    page.wait_for_selector("[data-testid=stDataFrame]")
    settled(page, 700)
    table = page.locator("[data-testid=stDataFrame]").last
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = table.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + 37 + 17)
    until(page, "location.search.includes('product_group=')", timeout=20_000)
    settled(page, 700)
    chosen = parse_qs(urlparse(page.url).query)
    assert chosen["sphere"] == ["白酒"]
    assert "level" not in chosen
