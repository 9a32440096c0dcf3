"""A real server and a real browser. Skipped, with the reason, where there is no Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

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
# The driver's own waiting evaluates text in the page, which our content security policy denies; that pages work under it is tested in tests/door/.
LOCALES = {"en": "en-GB", "zh": "zh-CN", "ru": "ru-RU"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


def settled(page: "playwright.Page", rest: int = 400) -> None:
    """Until nothing runs and nothing is awaited any more. rest: milliseconds in which what was drawn comes to stand."""
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget],[data-testid=stSkeleton],[data-stale=true]')", timeout=PATIENCE)
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


@pytest.fixture
def visit(chromium: "playwright.Browser") -> Iterator[Callable[..., "playwright.Page"]]:
    """Open an address in a window of its own; requests to other machines are noted on the page as `foreign`."""
    contexts = []

    def open_window(url: str, language: str = "en", theme: str = "light", width: int = 1366, height: int = 900) -> "playwright.Page":
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme, locale=LOCALES[language], bypass_csp=True)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.foreign = []
        page.on(
            "request",
            lambda request: page.foreign.append(request.url) if not request.url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")) else None,
        )
        page.goto(url)
        page.wait_for_selector(".gr-headline")
        return page

    yield open_window
    for context in contexts:
        context.close()
