"""Who was planted as stuffed, and who does not report, is found by the desk and the scorecard on both seeds; neither opens the record of plants."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.home import PROJECT
from engine.store.warehouse import open_warehouse
from tests.demo_home import files_of, home_of

SEEDS = pytest.mark.parametrize("seed", [1, 2], ids=["seed 1", "seed 2"])


def plants_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> dict:
    folder: Path = files_of(tmp_path_factory, seed).parent
    return json.loads((folder / "plants.json").read_text(encoding="utf-8"))


@SEEDS
def test_the_page_of_the_desk_names_the_stuffed_dealer_and_nobody_else(tmp_path_factory, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setenv("GRANARY_HOME", str(home_of(tmp_path_factory, seed).path))
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    at.query_params["language"] = "en"
    at.switch_page("pages/dealers/dealer_desk.py")
    at.run()
    assert not at.exception, [each.stack_trace for each in at.exception]
    shown = at.dataframe[0].value
    stuffed = shown["dealer_name"][shown["alarm"] == "Stuffed"].to_list()
    answer = ANSWERS["dealer_desk"](open_warehouse(home_of(tmp_path_factory, seed)), Selection(), EVERYTHING)
    names = dict(answer.frame.select("dealer_id", "dealer_name").iter_rows())
    assert stuffed == [names[plants_of(tmp_path_factory, seed)["stuffed_dealer"]["dealer_id"]]]
    assert shown["dealer_name"].iloc[0] == stuffed[0]


@SEEDS
def test_dealers_without_consent_or_with_late_reports_are_not_rated(tmp_path_factory, seed: int) -> None:
    planted = plants_of(tmp_path_factory, seed)
    answer = ANSWERS["scorecard"](open_warehouse(home_of(tmp_path_factory, seed)), Selection(), EVERYTHING)
    silent = {*planted["dealers_without_consent"], *planted["dealers_reporting_late"]}
    unrated = set(answer.frame.filter(answer.frame["score"].is_null())["dealer_id"])
    assert silent <= unrated
    assert set(answer.extra["gates"].filter(answer.extra["gates"]["gate"] == "stuffed")["dealer_id"]) == {planted["stuffed_dealer"]["dealer_id"]}
