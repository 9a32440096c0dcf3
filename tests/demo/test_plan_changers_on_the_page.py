"""Who was planted as changing plans is found by the page of plan changes, on both seeds; the page never opens the record of plants."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.demo_home import files_of


@pytest.mark.parametrize("seed", [1, 2], ids=["seed 1", "seed 2"])
def test_the_page_names_the_dealers_that_change_their_plans(
    tmp_path_factory: pytest.TempPathFactory, open_page: Callable[[int, str], AppTest], seed: int
) -> None:
    planted = json.loads((files_of(tmp_path_factory, seed).parent / "plants.json").read_text(encoding="utf-8"))
    shown = open_page(seed, "pages/dealers/plan_changes.py").dataframe[0].value
    found = set(shown["dealer_id"][shown["is_habit"] == "yes"])
    assert found == set(planted["dealers_that_change_plans"])
    assert set(shown["dealer_id"][: len(found)]) == found
