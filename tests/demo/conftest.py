"""Both seeds of the demo company, each made once for all tests of this folder."""

import pytest

from tests.demo.company_files import Company, read_back
from tests.demo_home import files_of


@pytest.fixture(scope="session", params=[1, 2], ids=["seed 1", "seed 2"])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Company:
    return read_back(files_of(tmp_path_factory, request.param))
