"""The demo comes with a meeting that was held: the pages of the next one open with what it decided, promised and left open."""

import time
from datetime import date

import polars as pl
import pytest

from data.demo import meeting as story
from engine.answers import ANSWERS, demo_meeting, records
from engine.answers.meeting import cycles, plans
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.sop.cycle import STEPS
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening
from engine.store.warehouse import open_warehouse

OCTOBER, NOVEMBER = date(2025, 10, 1), date(2025, 11, 1)
MOST_SECONDS = 12.0


def begun(demo_home: Home, folder) -> Home:
    home = Home(folder / "home")
    home.path.mkdir()
    for name in ("warehouse", "raw", "receipts"):
        (home.path / name).symlink_to(demo_home.path / name)
    demo_meeting.begin(home, 1)
    return home


@pytest.fixture(scope="module")
def home(demo_home: Home, tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(RECORDS_VARIABLE, raising=False)
        started = time.process_time()
        made = begun(demo_home, tmp_path_factory.mktemp("begun"))
        assert time.process_time() - started < MOST_SECONDS, "the demo is made in passing"
        yield made
        opening.let_go()


def ask(home: Home, name: str, *details: str):
    return ANSWERS[name](open_warehouse(home), Selection(), EVERYTHING, *details)


def test_the_month_before_is_finished_and_the_present_one_is_open(home):
    path = str(home.path)
    assert cycles.months(path) == [NOVEMBER, OCTOBER]
    assert all(step.is_closed for step in ask(home, "cycle", "2025-10").facts["steps"])
    now = ask(home, "cycle").facts["steps"]
    assert [step.signed for step in now] == [None] * len(STEPS)
    assert now[0].lacking == ()


def test_one_promise_was_kept_and_one_failed(home):
    found = ask(home, "decisions").extra["promises"]
    verdicts = dict(zip(found["question"], found["promise_verdict"], strict=True))
    assert (verdicts[story.PROMOTION.asked], verdicts[story.PREPARE.asked]) == ("missed", "kept")
    decisions = ask(home, "decisions").frame
    assert decisions.filter(pl.col("question") == story.PACKING.asked)["decision_state"].to_list() == ["refused"]


def test_a_question_of_the_present_month_waits_with_three_ways(home):
    found = ask(home, "decision_cards")
    assert [(card["question"], len(card["options"]), card["recommended"]) for card in found.facts["cards"]] == [(story.PEAK.asked, 3, "B")]
    assert found.frame["margin"].null_count() == 0


def test_actions_are_done_and_open(home):
    states = dict(ask(home, "actions").frame.select("what", "state").iter_rows())
    assert states[story.CHECK_STOCK] == "open"
    assert set(states.values()) == {"open", "done"}


def test_the_plan_of_then_is_approved_with_the_forecast_of_then_and_the_waterfall_starts_from_it(home):
    (version,) = plans.versions(str(home.path))
    assert (version.name, version.who) == ("2025-10-1", story.DIRECTOR)
    frozen = plans.frames_of(str(home.path), version)
    assert frozen["demand"]["month"].min() == OCTOBER
    moved = ask(home, "plan_waterfall")
    assert moved.facts["before"] == "2025-10-1"
    assert moved.frame["change_qty"].abs().sum() > 0
    lags = ask(home, "plan_accuracy").frame
    assert lags.height == 1, "October is known, so the plan for it is judged"


def test_nothing_was_written_past_the_chain_and_nothing_is_left_of_the_month_before(home):
    assert records.verified(home).is_sound
    assert not home.path.with_name("home-before").exists()


def test_the_same_seed_makes_the_same_meeting(home, demo_home: Home, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    again = begun(demo_home, tmp_path)
    for kind in ("decision", "meeting_action", "plan", "scenario", "minutes", "override", "cycle"):
        first, second = ([(row.subject, _rounded(row.payload), row.who) for row in records.history(each, kind)] for each in (home, again))
        assert first == second, kind
    opening.let_go()


def _rounded(said):
    """Sums over rows that threads add up in any order differ in their last digits."""
    if isinstance(said, dict):
        return {name: _rounded(value) for name, value in said.items() if name not in ("hash", "inputs")}
    return [_rounded(each) for each in said] if isinstance(said, list) else round(said, 3) if isinstance(said, float) else said


def test_no_play_goes_into_a_database_that_was_named(demo_home: Home, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(RECORDS_VARIABLE, "postgresql://nobody@localhost:1/none")
    with demo_meeting._a_month_earlier(Home(tmp_path / "home"), 1, NOVEMBER) as past:
        assert past is None
