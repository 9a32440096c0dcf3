"""Who was planted as stuffed, and who does not report, is found by the desk and the scorecard on both seeds; neither opens the record of plants."""

import json
from pathlib import Path

import pytest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.warehouse import open_warehouse
from tests.demo_home import files_of, home_of

SEEDS = pytest.mark.parametrize("seed", [1, 2], ids=["seed 1", "seed 2"])


def plants_of(tmp_path_factory: pytest.TempPathFactory, seed: int) -> dict:
    folder: Path = files_of(tmp_path_factory, seed).parent
    return json.loads((folder / "plants.json").read_text(encoding="utf-8"))


@SEEDS
def test_the_page_of_the_desk_names_the_stuffed_dealer_and_nobody_else(tmp_path_factory, open_page, seed: int) -> None:
    shown = open_page(seed, "pages/dealers/dealer_desk.py").dataframe[0].value
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
