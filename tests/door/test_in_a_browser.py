"""In a real browser, through a real provider: three people sign in and out, under a policy that forbids everything foreign."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.access.frames import Visitor
from tests.door.conftest import Site
from tests.pages.browser.conftest import ARGUMENTS, CHROMIUM, LOCALES, Windows

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")]
OWN_SEARCH = "404 (Not Found)"
"""Streamlit's own page asks below a deep link's address first where its server is; that answer is in the console and no fault."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def windows(chromium: Any) -> Windows:
    return Windows(chromium)


@pytest.fixture
def window(windows: Windows, site: Site) -> Iterator[Callable[..., Any]]:
    """A window of its own; its page notes errors of the console and requests to other machines."""

    def open_window(language: str = "en") -> Any:
        page = windows.open(locale=LOCALES[language], viewport={"width": 1366, "height": 900})
        page.errors, page.foreign = [], []
        own = (site.address, site.address.replace("http", "ws", 1), site.provider.issuer, "data:", "blob:")
        page.on("console", lambda told: page.errors.append(told.text) if told.type == "error" and OWN_SEARCH not in told.text else None)
        page.on("pageerror", lambda fault: page.errors.append(str(fault)))
        page.on("request", lambda request: page.foreign.append(request.url) if not request.url.startswith(own) else None)
        return page

    yield open_window
    windows.give_back()


def enter(page: Any, site: Site, subject: str, address: str = "/") -> None:
    """Ask for an address, sign in at the provider, and be there."""
    page.goto(site.address + address)
    page.locator("[data-testid=stBaseButton-primary]").click()
    page.locator(f"#{subject}").click()
    page.wait_for_selector(".st-key-gr-nav")
    page.wait_for_selector(".gr-headline")


def until(page: Any, expression: str) -> None:
    """Wait until an expression is true in the page; the waiting of the browser's driver would need `unsafe-eval`, which the policy denies."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


@pytest.mark.parametrize(
    ("subject", "page_name", "others"),
    [("anna", "credit", ("Finance",)), ("sam", "credit", ()), ("ada", "people", ("Finance", "Warehouse"))],
)
def test_three_people_sign_in_and_land_where_they_wanted_to_go(window, site, subject, page_name, others):
    page = window()
    enter(page, site, subject, f"/{page_name}?language=en&dealer_id=2000")
    page.wait_for_url(f"**/{page_name}?*")
    assert "dealer_id=2000" in page.url
    rooms = page.locator(".st-key-gr-nav")
    for other in others:
        rooms.get_by_text(other).first.wait_for()
    assert page.errors == []
    assert page.foreign == []


def test_the_front_page_says_nothing_but_sign_in_in_the_language_of_the_browser(window, site):
    for language, word in (("en", "Sign in"), ("zh", "登录"), ("ru", "Войти")):
        page = window(language)
        page.goto(f"{site.address}/credit")
        page.wait_for_selector(".gr-headline")
        assert word in page.locator("[data-testid=stBaseButton-primary]").inner_text()
        assert page.locator(".st-key-gr-nav").count() == 0
        assert page.locator("[data-testid=stSidebarNav]").count() == 0
        assert page.errors == []
        assert page.foreign == []


def test_the_policy_lets_pages_pictures_themes_and_downloads_work(window, site):
    page = window()
    enter(page, site, "ada", "/health?language=en")
    for name in ("item", "dead_stock", "settings", "load", "health"):
        page.goto(f"{site.address}/{name}?language=en")
        page.wait_for_selector(".gr-headline")
        page.wait_for_selector("[data-testid=stSkeleton]", state="detached")
    page.wait_for_selector(".js-plotly-plot")
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    with page.expect_download() as fetched:
        page.locator("[data-testid=stDownloadButton] button").first.click()
    assert fetched.value.path().stat().st_size > 0
    page.locator("[data-testid=stPopover] button", has_text="English").click()
    with page.expect_event("load"):
        page.get_by_text("Dark", exact=True).click()
    until(page, "getComputedStyle(document.querySelector('.stApp') ?? document.body).backgroundColor === 'rgb(18, 24, 29)'")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.errors == []
    assert page.foreign == []


def test_a_script_that_slipped_into_a_page_is_not_run(window, site):
    page = window()
    enter(page, site, "anna")
    page.evaluate("const planted = document.createElement('script'); planted.textContent = 'window.stolen = 1'; document.body.append(planted)")
    page.evaluate("const planted = document.createElement('script'); planted.src = 'https://evil.invalid/a.js'; document.body.append(planted)")
    assert page.evaluate("window.stolen") is None
    assert any("Content Security Policy" in told for told in page.errors)


def test_whoever_is_disabled_is_out_within_a_minute_without_touching_anything(window, site):
    site.grant("eve", ("executive",))
    page = window()
    enter(page, site, "eve", "/credit?language=en")
    page.wait_for_selector("[data-testid=stDataFrame]")
    begun = time.monotonic()
    site.grant("eve", ("executive",), disabled=True)
    page.get_by_text("Your access to Granary has ended.").wait_for(timeout=60_000)
    assert time.monotonic() - begun < 60
    page.wait_for_selector(".st-key-gr-nav", state="detached")
    assert "经销商" not in page.content()


def test_signing_out_ends_it_at_the_provider_too_and_in_every_tab(window, site):
    page = window()
    enter(page, site, "anna", "/glossary?language=en")
    second = page.context.new_page()
    second.goto(f"{site.address}/credit?language=en")
    second.wait_for_selector(".st-key-gr-nav")
    page.locator("[data-testid=stPopover] button", has_text="English").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site.provider.issuer}/leave?**")
    second.get_by_text("You signed out").wait_for(timeout=60_000)
    second.wait_for_selector(".st-key-gr-nav", state="detached")
    with Visitor(site.address) as visitor:  # the provider sends people back without an answer: that is no failed sign-in
        assert visitor.fetch("/oauth2callback").headers["location"] == "/"


def test_a_sign_in_that_the_provider_refuses_is_said_and_noted(window, site):
    before = len(site.audited("refused"))
    page = window()
    page.goto(f"{site.address}/oauth2callback?error=access_denied&state=x&error_description=%0d%0aforged")
    page.get_by_text("The sign-in did not succeed.").wait_for()
    assert len(site.audited("refused")) == before + 1
