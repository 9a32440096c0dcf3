"""The company of canaries, served: by its warehouse, and to the app."""

from collections.abc import Callable

import pytest

from engine.store.home import Home
from engine.store.warehouse import Warehouse, open_warehouse
from tests.access import canary


@pytest.fixture(scope="session")
def canary_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return canary.home_of(tmp_path_factory)


@pytest.fixture(scope="session")
def canaries(canary_home: Home) -> Warehouse:
    return open_warehouse(canary_home)


@pytest.fixture
def at_canaries(canary_home: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Home]:
    """The home that the app serves is the company's."""
    monkeypatch.setenv("GRANARY_HOME", str(canary_home.path))
    return lambda: canary_home
