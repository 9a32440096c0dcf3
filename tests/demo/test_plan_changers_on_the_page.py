"""Who was planted as changing plans is found by the page of plan changes, on both seeds; the page never opens the record of plants."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from engine.store.home import PROJECT
from tests.demo_home import files_of, home_of


@pytest.mark.parametrize("seed", [1, 2], ids=["seed 1", "seed 2"])
def test_the_page_names_the_dealers_that_change_their_plans(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    planted = json.loads((files_of(tmp_path_factory, seed).parent / "plants.json").read_text(encoding="utf-8"))
    monkeypatch.setenv("GRANARY_HOME", str(home_of(tmp_path_factory, seed).path))
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    at.query_params["language"] = "en"
    at.switch_page("pages/dealers/plan_changes.py")
    at.run()
    assert not at.exception, [each.stack_trace for each in at.exception]
    shown = at.dataframe[0].value
    found = set(shown["dealer_id"][shown["is_habit"] == "yes"])
    assert found == set(planted["dealers_that_change_plans"])
    assert set(shown["dealer_id"][: len(found)]) == found
