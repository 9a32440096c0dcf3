"""What every test shares: the long campaigns run only when they are asked for (`make proof`)."""

import pytest

from engine.store.home import Home
from tests.demo_home import home_of


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "proof" in config.option.markexpr or any("tests/proof" in argument.replace("\\", "/") for argument in config.args):
        return
    campaigns = [item for item in items if item.get_closest_marker("proof")]
    if campaigns:
        config.hook.pytest_deselected(items=campaigns)
        items[:] = [item for item in items if not item.get_closest_marker("proof")]


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that serves the demo company, for reading only."""
    return home_of(tmp_path_factory, 1)


@pytest.fixture(scope="session")
def other_demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The company of another seed: what is found in the first must not hang on its sums."""
    return home_of(tmp_path_factory, 2)
