"""A real server and a real browser. Skipped, with the reason, where there is no Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engine.store.home import PROJECT, Home

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (found := shutil.which(name))), None)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--no-first-run", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 90_000
"""Milliseconds: two workers share the machine with servers and browsers; what is slow there is not wrong."""
LOOKED_EVERY = 150
"""Milliseconds: without it the driver looks at every frame, and the browser draws sixty a second to be looked at."""
# The driver's own waiting evaluates text in the page, which our content security policy denies; that pages work under it is tested in tests/door/.
LOCALES = {"en": "en-GB", "zh": "zh-CN", "ru": "ru-RU"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


def until(page: "playwright.Page", expression: str, arg: object = None, timeout: int = PATIENCE) -> None:
    """Wait for an expression to be true in the page, which may be a function of `arg`."""
    page.wait_for_function(expression, arg=arg, timeout=timeout, polling=LOOKED_EVERY)


def settled(page: "playwright.Page", rest: int = 400) -> None:
    """Until nothing runs and nothing is awaited any more. rest: milliseconds in which what was drawn comes to stand."""
    until(page, "!document.querySelector('[data-testid=stStatusWidget],[data-testid=stSkeleton],[data-stale=true]')")
    page.wait_for_timeout(rest)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def serving() -> Iterator[Callable[[Home], str]]:
    """Start a server on a home; gives its address. Every server is stopped at the end of the file."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(home: Home) -> str:
        port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
        servers.append(
            subprocess.Popen(command, cwd=PROJECT, env=os.environ | {"GRANARY_HOME": str(home.path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        for _ in range(150):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                    return f"http://127.0.0.1:{port}"
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server did not start")

    yield start
    for server in servers:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def chromium() -> Iterator["playwright.Browser"]:
    """A browser for the tests of one file: while it lives this thread has a running event loop, and no test beside it could start its own."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(chromium: "playwright.Browser") -> Iterator["playwright.Page"]:
    """One window for many pages: what it fetched once it need not fetch for each."""
    context = chromium.new_context(locale=LOCALES["en"], bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


class Windows:
    """Windows that know nothing of each other. One that was given back comes again as new, but need not fetch and read the program's scripts once more:
    that takes two seconds of a browser."""

    def __init__(self, browser: "playwright.Browser") -> None:
        self._browser = browser
        self._free: dict[str, list[playwright.BrowserContext]] = {}
        self._taken: list[tuple[str, playwright.BrowserContext]] = []

    def open(self, **looks: Any) -> "playwright.Page":
        """A page in a window that looks as asked (`Browser.new_context`)."""
        asked = repr(looks)
        free = self._free.get(asked)
        context = free.pop() if free else self._browser.new_context(**looks)
        context.set_default_timeout(PATIENCE)
        self._taken.append((asked, context))
        return context.new_page()

    def give_back(self) -> None:
        """Close every page, and forget what a window was told."""
        for asked, context in self._taken:
            for page in context.pages:
                with suppress(playwright.Error):  # it may stand on no page that has a memory
                    page.evaluate("localStorage.clear(), sessionStorage.clear()")
                page.close()
            context.clear_cookies()
            context.clear_permissions()
            self._free.setdefault(asked, []).append(context)
        self._taken.clear()


@pytest.fixture(scope="module")
def windows(chromium: "playwright.Browser") -> Windows:
    """The windows of one file of tests; they close with the browser."""
    return Windows(chromium)


@pytest.fixture
def visit(windows: Windows) -> Iterator[Callable[..., "playwright.Page"]]:
    """Open an address in a window of its own; requests to other machines are noted on the page as `foreign`."""

    def open_window(url: str, language: str = "en", theme: str = "light", width: int = 1366, height: int = 900) -> "playwright.Page":
        page = windows.open(viewport={"width": width, "height": height}, color_scheme=theme, locale=LOCALES[language], bypass_csp=True)
        page.foreign = []
        page.on(
            "request",
            lambda request: page.foreign.append(request.url) if not request.url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")) else None,
        )
        page.goto(url)
        page.wait_for_selector(".gr-headline")
        return page

    yield open_window
    windows.give_back()
