"""What every test shares: the long campaigns run only when they are asked for (`make proof`)."""

from collections.abc import Iterator

import pytest

from engine.store import build
from engine.store.home import Home
from tests.demo_home import home_of
from tests.warm_worker import IS_POSSIBLE, Subprocess, Warm

LONG = ("bench/", "pages/browser/", "access/", "door/", "corpus/", "demo/", "store/", "pages/", "test_kpis.py", "test_adventureworks.py")
"""Where the long files are, the longest first: two workers share the files in this order, and neither waits long for the other at the end."""


def _length(item: pytest.Item) -> int:
    """The place of a test's file among the long ones."""
    path = item.nodeid.removeprefix("tests/")
    return next((place for place, start in enumerate(LONG) if path.startswith(start)), len(LONG))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=_length)
    if "proof" in config.option.markexpr or any("tests/proof" in argument.replace("\\", "/") for argument in config.args):
        return
    campaigns = [item for item in items if item.get_closest_marker("proof")]
    if campaigns:
        config.hook.pytest_deselected(items=campaigns)
        items[:] = [item for item in items if not item.get_closest_marker("proof")]


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


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that serves the demo company, for reading only."""
    return home_of(tmp_path_factory, 1)


@pytest.fixture(scope="session")
def other_demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The company of another seed: what is found in the first must not hang on its sums."""
    return home_of(tmp_path_factory, 2)
