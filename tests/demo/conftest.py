"""Both seeds of the demo company, each made once for all tests of this folder."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from engine.store.home import PROJECT
from tests.demo.company_files import Company, read_back
from tests.demo_home import files_of, home_of


@pytest.fixture(scope="session", params=[1, 2], ids=["seed 1", "seed 2"])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Company:
    return read_back(files_of(tmp_path_factory, request.param))


@pytest.fixture
def open_page(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, str], AppTest]:
    """Opens a page of a seed's company, in English."""

    def opened(seed: int, page: str) -> AppTest:
        monkeypatch.setenv("GRANARY_HOME", str(home_of(tmp_path_factory, seed).path))
        at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
        at.query_params["language"] = "en"
        at.switch_page(page)
        at.run()
        assert not at.exception, [each.stack_trace for each in at.exception]
        return at

    return opened
