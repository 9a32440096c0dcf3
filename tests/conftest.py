"""What every test shares: the long campaigns run only when they are asked for (`make proof`)."""

import gc
from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from engine.store import build
from engine.store.home import Home
from tests import homes
from tests.demo_home import home_of
from tests.warm_worker import IS_POSSIBLE, Subprocess, Warm

WAITING = ("pages/browser/", "door/")
"""Where tests wait for a browser or a server more than they work."""
LONG = ("access/", "corpus/", "demo/", "store/", "pages/", "test_kpis.py", "test_adventureworks.py")
"""Where the long files are that work, the longest first."""
BETWEEN = 2
"""Working files to a waiting one: workers take files in this order, so while one waits the others work, and none is left alone with a long one at the end."""


def _in_turn(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests with their files in the order that keeps every core busy."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0].removeprefix("tests/"), []).append(item)
    waiting = [path for path in files if path.startswith(WAITING)]
    working = sorted(files.keys() - set(waiting), key=lambda path: (_length(path), path))
    turns = len(waiting) * BETWEEN
    mixed = [path for place, each in enumerate(waiting) for path in (each, *working[place * BETWEEN : (place + 1) * BETWEEN])]
    return [item for path in (*mixed, *working[turns:]) for item in files[path]]


def _length(path: str) -> int:
    return next((place for place, start in enumerate(LONG) if path.startswith(start)), len(LONG))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items[:] = _in_turn(items)
    if "proof" in config.option.markexpr or any("tests/proof" in argument.replace("\\", "/") for argument in config.args):
        return
    campaigns = [item for item in items if item.get_closest_marker("proof")]
    if campaigns:
        config.hook.pytest_deselected(items=campaigns)
        items[:] = [item for item in items if not item.get_closest_marker("proof")]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector of garbage need not go through all of it again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def warm_builds() -> Iterator[None]:
    """Builds in this process are forked from a warm one, where the system can."""
    if not IS_POSSIBLE:
        yield
        return
    warm = Warm()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "subprocess", Subprocess(warm))
        yield
    warm.stop()


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components when a server starts; a test of a page is a server too, and the packages stay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="module", autouse=True)
def homes_let_go() -> Iterator[None]:
    """After a file of tests, what it opened may go."""
    yield
    homes.let_go_when_many()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that serves the demo company, for reading only."""
    return home_of(tmp_path_factory, 1)


@pytest.fixture(scope="session")
def other_demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The company of another seed: what is found in the first must not hang on its sums."""
    return home_of(tmp_path_factory, 2)
