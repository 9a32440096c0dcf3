"""Pictures of the demo for the README: `make screenshots` writes docs/*.png. Needs Chromium; the demo is built first where it is missing."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from engine.serving import LOOPBACK, free_port
from engine.store import versions
from engine.store.home import DEMO_HOME, PROJECT, Home

PICTURES = {
    # name: (address, language of the browser, colours)
    "health": ("/health", "en-GB", "light"),
    "desk": ("/dealer_desk", "en-GB", "light"),
    "dead-stock-zh": ("/dead_stock?language=zh", "zh-CN", "light"),
    "supply": ("/supply", "en-GB", "light"),
    "bcg-ru": ("/bcg?language=ru", "ru-RU", "light"),
}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]


@contextmanager
def served_demo():
    """The address of a server that shows the demo."""
    if versions.current(Home(DEMO_HOME)) is None:
        subprocess.run([sys.executable, "-m", "engine", "demo"], cwd=PROJECT, check=True)
    port = free_port(8601, LOOPBACK)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with tempfile.TemporaryDirectory() as empty:  # as long as the own home is empty, the demo is shown
        server = subprocess.Popen(command, cwd=PROJECT, env=os.environ | {"GRANARY_HOME": empty})
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://{LOOPBACK}:{port}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://{LOOPBACK}:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def settle(page: Page) -> None:
    """Until the figures stand and nothing moves any more."""
    page.wait_for_selector(".gr-headline", timeout=90_000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget],[data-testid=stSkeleton],[data-stale=true]')", timeout=90_000)
    page.wait_for_timeout(2500)  # tables and charts paint themselves after they have arrived


def main() -> None:
    """Write every picture."""
    chromium = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if chromium is None:
        sys.exit("Pictures need Chromium (Debian, Ubuntu: sudo apt install chromium fonts-noto-cjk).")
    (PROJECT / "docs").mkdir(exist_ok=True)
    with served_demo() as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name, (path, language, colours) in PICTURES.items():
            context = browser.new_context(viewport={"width": 1366, "height": 900}, locale=language, color_scheme=colours, bypass_csp=True)
            page = context.new_page()
            page.goto(address + path)
            settle(page)
            page.screenshot(path=PROJECT / "docs" / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
