"""The board of fair numbers on the demo: what was planted in each department is found, and the rows behind a line add up to it."""

import json

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.meeting.fairness import MEASURES
from engine.errors import NotAllowed
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.fairness import RULES
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.demo_home import files_of
from tests.small_warehouse import published
from tests.sop.test_plan_answers import needed


@pytest.fixture(scope="module")
def board(demo_home: Home):
    return ANSWERS["fairness"](open_warehouse(demo_home), Selection(), EVERYTHING)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return json.loads((files_of(tmp_path_factory, 1).parent / "plants.json").read_text(encoding="utf-8"))


def of(board, measure: str) -> pl.DataFrame:
    return board.frame.filter(pl.col("measure_id") == measure)


def test_every_measure_is_judged_on_the_demo(board):
    assert set(MEASURES) == set(RULES)
    assert set(board.frame["measure_id"]) == set(RULES)
    assert board.missing == ()


def test_the_area_that_reports_twice_what_it_takes_leads_the_forecast_bias(board, planted):
    worst = of(board, "forecast_bias").row(0, named=True)
    assert worst["who"] == planted["inflating_area"]["area"]
    assert worst["signed_share"] == pytest.approx(1 - 1 / planted["inflating_area"]["reported_to_ordered"], abs=0.06)
    assert worst["is_lapse"]


def test_dealers_who_change_their_plans_lead_that_measure(board, planted, demo_home):
    names = dict(open_warehouse(demo_home).read("dealers").select("dealer_id", "dealer_name").iter_rows())
    worst = of(board, "plan_changes")["who"].to_list()[: len(planted["dealers_that_change_plans"])]
    assert set(worst) == {names[code] for code in planted["dealers_that_change_plans"]}


def test_everybody_is_ranked_by_the_same_yardstick(board):
    times = board.frame["times_ratio"].drop_nulls()
    assert times.to_list() == sorted(times, reverse=True)
    rows = board.frame.filter(pl.col("fair_share").is_not_null() & pl.col("limit_share").is_not_null())
    assert (rows["is_lapse"] == (rows["fair_share"] > rows["limit_share"])).all()
    assert len({Message.from_json(said).text for said in board.frame["department"]}) == 4


def test_the_rows_behind_a_line_add_up_to_it(board):
    evidence = board.extra["evidence"].group_by("measure_id", "who").agg(pl.col("part", "whole").sum())
    both = board.frame.join(evidence, on=["measure_id", "who"], how="left").filter(pl.col("whole") > 0)
    assert both.height == board.frame["fair_share"].drop_nulls().len()
    assert (both["part"].abs() / both["whole"] - both["fair_share"]).abs().max() == pytest.approx(0, abs=1e-9)


def test_limits_are_the_settings(demo_home):
    named = {name for name, _ in demo_home.settings()["fairness_limits"]}
    assert named == set(RULES)


def test_a_company_without_any_of_it_is_told_what_is_missing(tmp_path):
    found = ANSWERS["fairness"](published(tmp_path, needed()), Selection(), EVERYTHING)
    assert "production_plan" in found.missing
    assert set(found.frame["measure_id"]) <= {"clearance"}


def test_the_board_is_not_for_who_sees_own_rows_only(demo_home):
    with pytest.raises(NotAllowed):
        ANSWERS["fairness"](open_warehouse(demo_home), Selection(), Scope(who="Sun", regions=frozenset({"北区"}), roles=frozenset({"sales_manager"})))
